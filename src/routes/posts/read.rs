use crate::blog::post::{At, Card, Kind, List, Neighbours, Page, Version, Visibility};
use crate::blog::search::{Related, related};
use crate::blog::series::Placement;
use crate::blog::site::ListStyle;
use crate::blog::{Error, Media, Post, former};
use crate::text::Slug;
use crate::text::markdown::Heading;
use crate::web::{self, Meta, Public, Result, Store, View, Visit, encoded, now};
use rocket::http::ContentType;
use rocket::response::{Redirect, Responder};
use rocket::serde::json::json;
use rocket::tokio::task::block_in_place;
use rocket::{Route, State, get, routes};
use rocket_dyn_templates::Template;
use rusqlite::Connection;
use uuid::Uuid;

#[get("/posts?<page>")]
pub async fn index(
    page: Option<Page>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Public<Template>> {
    list(page.unwrap_or(Page::FIRST), store, &view).await.map(Public)
}

/// A page of the list of posts, as the settings of `view` ask for it.
pub async fn list(page: Page, store: &Store, view: &View<'_>) -> Result<Template> {
    let (size, style) = (view.site().posts_per_page, view.site().list_style);
    let look = |conn: &Connection| front(conn, page, size, style);
    let (pinned, list) = match style {
        // Whole texts take longer.
        ListStyle::Full => store.read(look).await?,
        ListStyle::Summaries => store.glance(look).await?,
    };
    if list.cards.is_empty() && page != Page::FIRST {
        return Err(Error::NotFound.into());
    }
    let content = json!({ "list": list, "pinned": pinned, "is_first": list.newer.is_none(),
        "meta": Meta::home(view, page) });
    Ok(view.page("posts/index.html", content))
}

/// A page of the posts. On the first one the pinned posts stand above, and not again below.
fn front(
    conn: &Connection,
    page: Page,
    size: u32,
    style: ListStyle,
) -> Result<(Vec<Card>, List), Error> {
    let mut list = Post::listed(conn, page, size, now())?;
    let mut pinned = Vec::new();
    if list.newer.is_none() {
        pinned = Post::pinned(conn, size, now())?;
        list.cards.retain(|card| pinned.iter().all(|above| above.uuid != card.uuid));
    }
    if style == ListStyle::Full {
        pinned.iter_mut().chain(&mut list.cards).try_for_each(|card| card.unfold(conn))?;
    }
    Ok((pinned, list))
}

#[get("/posts/<slug>")]
pub async fn show(
    slug: &str,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Found> {
    if let Ok(uuid) = Uuid::try_parse(slug) {
        let path = store.read(|conn| Post::path_of(conn, &uuid, visit.user(), now())).await?;
        return Ok(Found::Elsewhere(Public(Redirect::moved(encoded(&path)))));
    }
    let found = match Address::parse(slug) {
        Some(address) => address.look_up(Kind::Post, store, &view).await,
        None => Err(Error::NotFound.into()),
    };
    or_former(found, &format!("posts/{slug}"), store, visit).await
}

/// What was found at `path`, or the list or feed that another program has there.
pub async fn or_former(
    found: Result<Found>,
    path: &str,
    store: &Store,
    visit: &Visit,
) -> Result<Found> {
    let Err(web::Error::Blog(Error::NotFound)) = found else { return found };
    let zone = visit.site.timezone;
    let now_at = store.read(|conn| former(conn, path, zone, now())).await?;
    Ok(Found::Elsewhere(Public(Redirect::moved(encoded(&now_at)))))
}

/// What an address leads to.
#[derive(Responder)]
pub enum Found {
    Page(Public<Template>),
    Source(Public<(ContentType, String)>),
    Elsewhere(Public<Redirect>),
}

/// The last part of an address: `hello`, or `hello.md` for the Markdown.
pub struct Address {
    slug: Slug,
    wants_source: bool,
}

impl Address {
    /// Reads an address; what can be none leads nowhere.
    pub fn parse(name: &str) -> Option<Address> {
        let (name, wants_source) = match name.strip_suffix(".md") {
            Some(name) => (name, true),
            None => (name, false),
        };
        Slug::parse(name).map(|slug| Address { slug, wants_source })
    }

    /// What the visitor finds where a `kind` has this address.
    pub async fn look_up(&self, kind: Kind, store: &Store, view: &View<'_>) -> Result<Found> {
        let reader = view.visit().user();
        match store.glance(|conn| Post::at(conn, kind, &self.slug, reader, now())).await? {
            At::Here(post) if self.wants_source => source(post),
            At::Here(post) if post.published_at.is_none() => draft(post, store, view).await,
            At::Here(post) => page(&post, store, view).await,
            At::Moved(path) => {
                let end = if self.wants_source { ".md" } else { "" };
                Ok(Found::Elsewhere(Public(Redirect::moved(encoded(&path) + end))))
            }
        }
    }
}

/// A draft, for those who may change it: as it would look if it came out now.
async fn draft(post: Post, store: &Store, view: &View<'_>) -> Result<Found> {
    let (manuscript, pictures) = store
        .read(|conn| {
            let manuscript = Version::working_copy(conn, &post)?.manuscript;
            Media::pictures(conn, &manuscript.content).map(|pictures| (manuscript, pictures))
        })
        .await?;
    let shown = block_in_place(|| post.showing(manuscript, &pictures))?;
    page(&shown, store, view).await
}

/// The page with a post, or the page that it is.
pub async fn page(post: &Post, store: &Store, view: &View<'_>) -> Result<Found> {
    let may_edit = view.visit().user().is_some_and(|user| post.may_be_changed_by(user));
    let is_out = post.published_at.is_some_and(|at| at <= now());
    // Of what is in no list, no list is told.
    let in_lists = post.kind == Kind::Post && post.is_listed(now());
    let around = match in_lists {
        true => store.glance(|conn| Around::of(conn, post)).await?,
        false => Around::default(),
    };
    let meta = (is_out && post.visibility == Visibility::Public).then(|| Meta::post(view, post));
    let content = json!({ "post": post, "may_edit": may_edit, "is_out": is_out, "in_lists": in_lists,
        "placement": around.placement, "neighbours": around.neighbours, "related": around.related, "contents": contents(post),
        "is_revised": is_revised(post), "meta": meta });
    Ok(Found::Page(Public(view.page("posts/show.html", content))))
}

/// What a post stands among.
#[derive(Default)]
struct Around {
    placement: Option<Placement>,
    neighbours: Neighbours,
    related: Vec<Related>,
}

impl Around {
    fn of(conn: &Connection, post: &Post) -> Result<Around, Error> {
        Ok(Around {
            placement: Placement::of(conn, post, now())?,
            neighbours: Neighbours::of(conn, post, now())?,
            related: related(conn, post, now())?,
        })
    }
}

/// The headings of a post that is long enough to be read in parts.
fn contents(post: &Post) -> Vec<&Heading> {
    let headings: Vec<_> = post.headings.iter().filter(|heading| heading.level <= 3).collect();
    if post.minutes >= 4 && headings.len() >= 3 { headings } else { Vec::new() }
}

/// Whether readers are told of a change: not of the slips that are mended on the first day.
fn is_revised(post: &Post) -> bool {
    let since = |at: i64| post.published_at.is_some_and(|out| at - out >= 24 * 60 * 60);
    post.revised_at.is_some_and(since)
}

/// The Markdown, for whoever finds the page by themselves.
fn source(post: Post) -> Result<Found> {
    match post.is_listed(now()) {
        true => {
            let markdown = ContentType::new("text", "markdown").with_params(("charset", "utf-8"));
            let text = format!("# {}\n\n{}", post.title, post.content);
            Ok(Found::Source(Public((markdown, text))))
        }
        false => Err(Error::NotFound.into()),
    }
}

/// Where posts are read.
pub fn routes() -> Vec<Route> {
    routes![index, show]
}
