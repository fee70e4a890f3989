//! What feed readers ask for.

mod data;
mod entry;

use crate::blog::feed::Entry;
use crate::blog::{Error, KnownTag, Series, User};
use crate::text::Slug;
use crate::web::{Public, Result, Store, View, now};
use entry::Item;
use rocket::http::ContentType;
use rocket::request::FromParam;
use rocket::response::Responder;
use rocket::serde::json::json;
use rocket::{Route, State, get, routes};
use rocket_dyn_templates::Template;

/// The kinds of feed.
#[derive(Clone, Copy)]
enum Kind {
    /// RFC 4287.
    Atom,
    /// <https://www.rssboard.org/rss-specification>
    Rss,
    /// <https://www.jsonfeed.org/version/1.1/>
    Json,
}

impl Kind {
    fn file_name(self) -> &'static str {
        match self {
            Kind::Atom => "feed.xml",
            Kind::Rss => "rss.xml",
            Kind::Json => "feed.json",
        }
    }
}

impl<'a> FromParam<'a> for Kind {
    type Error = ();

    fn from_param(name: &'a str) -> Result<Kind, ()> {
        [Kind::Atom, Kind::Rss, Kind::Json]
            .into_iter()
            .find(|kind| kind.file_name() == name)
            .ok_or(())
    }
}

/// A feed, drawn.
#[derive(Responder)]
enum Feed {
    Drawn(Box<Public<(ContentType, Template)>>),
    Data(Public<(ContentType, String)>),
}

/// What a feed is of.
struct Subject {
    /// What it is called beside the site.
    name: Option<String>,
    /// Where its posts are listed.
    path: String,
    /// The beginning of its own address.
    place: String,
}

impl Subject {
    fn site() -> Subject {
        Subject { name: None, path: "/posts".to_owned(), place: "/".to_owned() }
    }

    fn at(name: String, path: String) -> Subject {
        Subject { name: Some(name), place: format!("{path}/"), path }
    }
}

#[get("/feed.xml")]
async fn atom(store: &State<Store>, view: View<'_>) -> Result<Feed> {
    let entries = store.read(|conn| Entry::latest(conn, now())).await?;
    Ok(feed(Kind::Atom, &Subject::site(), entries, &view))
}

#[get("/rss.xml")]
async fn rss(store: &State<Store>, view: View<'_>) -> Result<Feed> {
    let entries = store.read(|conn| Entry::latest(conn, now())).await?;
    Ok(feed(Kind::Rss, &Subject::site(), entries, &view))
}

#[get("/feed.json")]
async fn json(store: &State<Store>, view: View<'_>) -> Result<Feed> {
    let entries = store.read(|conn| Entry::latest(conn, now())).await?;
    Ok(feed(Kind::Json, &Subject::site(), entries, &view))
}

#[get("/tags/<slug>/<kind>")]
async fn of_tag(slug: &str, kind: Kind, store: &State<Store>, view: View<'_>) -> Result<Feed> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let (tag, entries) = store
        .read(|conn| {
            let tag = KnownTag::at(conn, &slug)?;
            Entry::tagged(conn, &tag, now()).map(|entries| (tag, entries))
        })
        .await?;
    let subject = Subject::at(tag.name, format!("/tags/{}", tag.slug));
    some(kind, &subject, entries, &view)
}

#[get("/series/<slug>/<kind>")]
async fn of_series(slug: &str, kind: Kind, store: &State<Store>, view: View<'_>) -> Result<Feed> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let (series, entries) = store
        .read(|conn| {
            let series = Series::at(conn, &slug)?;
            Entry::of_series(conn, &series, now()).map(|entries| (series, entries))
        })
        .await?;
    let subject = Subject::at(series.name, format!("/series/{}", series.slug));
    some(kind, &subject, entries, &view)
}

#[get("/authors/<name>/<kind>")]
async fn of_author(name: &str, kind: Kind, store: &State<Store>, view: View<'_>) -> Result<Feed> {
    let (author, entries) = store
        .read(|conn| {
            let author = User::named(conn, name)?;
            Entry::authored(conn, &author, now()).map(|entries| (author, entries))
        })
        .await?;
    let path = format!("/authors/{}", author.name);
    some(kind, &Subject::at(author.name, path), entries, &view)
}

/// A feed of something of which nobody learns that it exists while there is nothing to read.
fn some(kind: Kind, subject: &Subject, entries: Vec<Entry>, view: &View<'_>) -> Result<Feed> {
    match entries.is_empty() {
        true => Err(Error::NotFound.into()),
        false => Ok(feed(kind, subject, entries, view)),
    }
}

fn feed(kind: Kind, subject: &Subject, entries: Vec<Entry>, view: &View<'_>) -> Feed {
    let items: Vec<Item> = entries.into_iter().map(|entry| Item::of(entry, view)).collect();
    let site = view.site();
    let title = match &subject.name {
        Some(name) => format!("{name} · {}", site.title),
        None => site.title.clone(),
    };
    let own = view.absolute(&format!("{}{}", subject.place, kind.file_name()));
    let home = view.absolute(&subject.path);
    let utf8 = |kind: &'static str| {
        ContentType::new("application", kind).with_params(("charset", "utf-8"))
    };
    let template = match kind {
        Kind::Json => {
            let text = data::feed(&title, &home, &own, site, &items);
            return Feed::Data(Public((utf8("feed+json"), text)));
        }
        Kind::Atom => ("atom+xml", "feeds/atom.xml"),
        Kind::Rss => ("rss+xml", "feeds/rss.xml"),
    };
    let updated = items.iter().map(|item| item.updated.clone()).max();
    let built = items.iter().map(|item| item.changed).max();
    let content = json!({ "title": title, "home": home, "own": own, "items": items, "updated": updated,
        "built": built });
    Feed::Drawn(Box::new(Public((utf8(template.0), view.page(template.1, content)))))
}

/// Where feeds are found.
pub fn routes() -> Vec<Route> {
    routes![atom, rss, json, of_tag, of_series, of_author]
}
