use super::agenda::{Agenda, Wanted};
use super::folder::Folder;
use super::link::{Link, Origin};
use super::links::{in_css, in_html, in_xml, names};
use super::place::{Content, Place};
use super::{Error, Mirrored};
use crate::app;
use crate::blog::{Post, search, sitemap};
use crate::db::Db;
use crate::settings::Settings;
use crate::web::now;
use rocket::figment::Figment;
use rocket::http::ContentType;
use rocket::local::asynchronous::Client;
use rocket::serde::json::json;
use rocket_dyn_templates::Template;
use std::mem;
use std::path::Path;

/// What no page need lead to.
const KNOWN: [&str; 11] = [
    "/",
    "/posts",
    "/archive",
    "/tags",
    "/feed.xml",
    "/rss.xml",
    "/feed.json",
    "/sitemap.xml",
    "/robots.txt",
    "/favicon.ico",
    "/custom.css",
];
/// What only the blog itself can do.
const SERVED: [&str; 8] =
    ["account", "admin", "auth", "healthz", "opensearch.xml", "search", "shared", "users"];
/// Nothing is there, so that it shows what a host should show then.
const NOWHERE: &str = "/404.html";

/// Writes the public site to `root`. `progress` is told how many addresses are done and how many are known so far.
pub async fn export(
    figment: Figment,
    settings: Settings,
    db: Db,
    root: &Path,
    progress: &dyn Fn(usize, usize),
) -> Result<Mirrored, Error> {
    // Nobody else need have run since the last change.
    Post::redraw_outdated(&db)?;
    search::catch_up_with_all(&db).map_err(crate::blog::Error::from)?;
    let base_url = settings.public_url().as_str().to_owned();
    let addresses = db.read(|conn| sitemap::addresses(conn, now()))?;
    let rocket = app::still(figment, settings, db).map_err(Error::Start)?;
    let client =
        Client::untracked(rocket).await.map_err(|error| Error::Start(error.to_string()))?;
    let mut crawl = Crawl {
        client,
        folder: Folder::open(root)?,
        agenda: Agenda::default(),
        base_url,
        ways: Vec::new(),
        left_out: Vec::new(),
    };
    let known = KNOWN.into_iter().chain(addresses.iter().map(String::as_str));
    known.for_each(|path| crawl.agenda.add(Wanted::known(path), None));
    crawl.run(progress).await
}

struct Crawl {
    client: Client,
    folder: Folder,
    agenda: Agenda,
    base_url: String,
    /// Addresses that lead on, and where.
    ways: Vec<(Place, Place)>,
    left_out: Vec<String>,
}

impl Crawl {
    async fn run(mut self, progress: &dyn Fn(usize, usize)) -> Result<Mirrored, Error> {
        self.nowhere().await?;
        let mut count = 0;
        while let Some(wanted) = self.agenda.next() {
            self.fetch(&wanted).await?;
            self.agenda.is_there(&wanted.place);
            count += 1;
            progress(count, self.agenda.len());
        }
        self.lay_ways()?;
        let (written, files) = (self.folder.written, self.folder.len());
        Ok(Mirrored {
            base_url: self.base_url,
            written,
            unchanged: files - written,
            removed: self.folder.close()?,
            broken: self.agenda.broken(),
            left_out: self.left_out,
        })
    }

    async fn fetch(&mut self, wanted: &Wanted) -> Result<(), Error> {
        if wanted.place.is_lasting()
            && wanted.place.file(Content::File).is_some_and(|file| self.folder.has(&file))
        {
            return Ok(());
        }
        let first = wanted.place.path.split('/').nth(1).unwrap_or_default();
        if SERVED.contains(&first) {
            self.agenda.is_nowhere(wanted);
            return Ok(());
        }
        let answer = Answer::of(&self.client, &wanted.url()).await;
        match (answer.status, &answer.location) {
            (200, _) => self.keep(&wanted.place, wanted, &answer),
            (300..400, Some(target)) => self.lead_on(wanted, target).await,
            (..500, _) => {
                self.agenda.is_nowhere(wanted);
                Ok(())
            }
            (status, _) => Err(Error::Page { path: wanted.url(), status }),
        }
    }

    /// Keeps in `place` what was found at `wanted`.
    fn keep(&mut self, place: &Place, wanted: &Wanted, answer: &Answer) -> Result<(), Error> {
        let text = || String::from_utf8_lossy(&answer.body);
        if answer.kind.is_html() {
            let html = self.led(wanted, &text());
            return self.put_or_tell(place, Content::Page, html.as_bytes());
        }
        let links = match () {
            () if answer.kind.is_css() => in_css(&text()),
            () if answer.body.starts_with(b"<?xml") => in_xml(&text()),
            () => Vec::new(),
        };
        links.iter().for_each(|link| drop(self.follow(wanted, link)));
        self.put_or_tell(place, Content::File, &answer.body)
    }

    /// The page with links to files in the place of those that only the blog itself can follow.
    fn led(&mut self, wanted: &Wanted, html: &str) -> String {
        self.agenda.names(&wanted.place, names(html));
        let mut led = String::with_capacity(html.len());
        let mut at = 0;
        for (range, link) in in_html(html) {
            if let Some(other) = self.follow(wanted, &link) {
                led.push_str(&html[at..range.start]);
                led.push_str(&other);
                at = range.end;
            }
        }
        led + &html[at..]
    }

    /// Asks for what a link leads to; says what it has to be instead, if it cannot stay.
    fn follow(&mut self, on: &Wanted, link: &str) -> Option<String> {
        let link = self.read(on, link)?;
        let start = if link.is_whole { self.base_url.as_str() } else { "" };
        let changed =
            link.key.is_some().then(|| [start, &link.place.link(), &link.fragment].concat());
        self.agenda.add_name(on.url(), &link.place, &link.fragment);
        self.agenda.add(Wanted { place: link.place, key: link.key }, Some(on.url()));
        changed
    }

    fn read(&self, on: &Wanted, link: &str) -> Option<Link> {
        let base_url = self.base_url.as_str();
        Link::read(link, &Origin { base_url, place: &on.place, key: on.key.as_deref() })
    }

    /// A way becomes a page that leads on. The front door shows at once what it leads to today; a picture has to.
    async fn lead_on(&mut self, wanted: &Wanted, target: &str) -> Result<(), Error> {
        let Some(link) = self.read(wanted, target) else { return Ok(()) };
        if link.place.path == "/auth/login" {
            self.agenda.is_nowhere(wanted);
            return Ok(());
        }
        let target = Wanted { place: link.place, key: None };
        if wanted.place.path == "/" || wanted.place.is_lasting() {
            let answer = Answer::of(&self.client, &target.url()).await;
            return self.keep(&wanted.place, &target, &answer);
        }
        self.ways.push((wanted.place.clone(), target.place.clone()));
        self.agenda.add(target, Some(wanted.url()));
        Ok(())
    }

    /// Ways come last, so that none has the file of a page.
    fn lay_ways(&mut self) -> Result<(), Error> {
        for (place, target) in mem::take(&mut self.ways) {
            let context = json!({ "path": target.link(), "base_url": self.base_url });
            let page = Template::show(self.client.rocket(), "mirror/moved.html", context);
            let page = page.ok_or_else(|| {
                Error::Start("the template mirror/moved.html cannot be used".to_owned())
            })?;
            // `/posts/hello.html` needs no way to `/posts/hello`: it is its file.
            let file = place.file(Content::Way);
            let leads_to_itself = file.is_some() && file == target.file(Content::Page);
            match leads_to_itself {
                true => drop(self.put(&place, Content::Way, page.as_bytes())?),
                false => self.put_or_tell(&place, Content::Way, page.as_bytes())?,
            }
        }
        Ok(())
    }

    /// What a host shows for an address that leads nowhere.
    async fn nowhere(&mut self) -> Result<(), Error> {
        let wanted = Wanted::known(NOWHERE);
        self.agenda.know(&wanted.place);
        let answer = Answer::of(&self.client, NOWHERE).await;
        self.keep(&wanted.place, &wanted, &answer)
    }

    fn put_or_tell(&mut self, place: &Place, content: Content, bytes: &[u8]) -> Result<(), Error> {
        if !self.put(place, content, bytes)? {
            self.left_out.push(place.link());
        }
        Ok(())
    }

    /// Says whether there is a file for it.
    fn put(&mut self, place: &Place, content: Content, bytes: &[u8]) -> Result<bool, Error> {
        place.file(content).map_or(Ok(false), |file| self.folder.put(&file, bytes))
    }
}

/// What the blog answered.
struct Answer {
    status: u16,
    location: Option<String>,
    kind: ContentType,
    body: Vec<u8>,
}

impl Answer {
    async fn of(client: &Client, url: &str) -> Answer {
        let response = client.get(url).dispatch().await;
        Answer {
            status: response.status().code,
            location: response.headers().get_one("Location").map(str::to_owned),
            kind: response.content_type().unwrap_or(ContentType::Binary),
            body: response.into_bytes().await.unwrap_or_default(),
        }
    }
}
