use crate::blog::post::{At, Page, Version};
use crate::blog::{Error, Media, Post, post};
use crate::text::Slug;
use crate::web::{Public, Result, Store, View, Visit, now};
use rocket::http::uri::Segments;
use rocket::http::{ContentType, uri::fmt};
use rocket::response::{Redirect, Responder};
use rocket::serde::json::json;
use rocket::tokio::task::block_in_place;
use rocket::{Route, State, get, routes, uri};
use rocket_dyn_templates::Template;
use uuid::Uuid;

#[get("/posts?<page>")]
pub async fn index(
    page: Option<Page>,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Public<Template>> {
    let (page, size) = (page.unwrap_or(Page::FIRST), visit.site.posts_per_page);
    let list = store.read(|conn| Post::listed(conn, page, size, now())).await?;
    if list.cards.is_empty() && page != Page::FIRST {
        return Err(Error::NotFound.into());
    }
    let is_first = list.newer.is_none();
    Ok(Public(view.page("posts/index.html", json!({ "list": list, "is_first": is_first }))))
}

/// What an address under `/posts/` leads to.
#[derive(Responder)]
pub enum Found {
    Page(Public<Template>),
    Source(Public<(ContentType, String)>),
    Elsewhere(Redirect),
}

#[get("/posts/<slug>")]
pub async fn show(
    slug: &str,
    store: &State<Store>,
    view: View<'_>,
    visit: &Visit,
) -> Result<Found> {
    if let Ok(uuid) = Uuid::try_parse(slug) {
        let slug = store.read(|conn| Post::slug_of(conn, &uuid, visit.user(), now())).await?;
        return Ok(Found::Elsewhere(Redirect::moved(uri!(show(&slug)))));
    }
    let (name, wants_source) = match slug.strip_suffix(".md") {
        Some(name) => (name, true),
        None => (slug, false),
    };
    let name = Slug::parse(name).ok_or(Error::NotFound)?;
    match store.read(|conn| Post::at(conn, &name, visit.user(), now())).await? {
        At::Here(post) if wants_source => source(post),
        At::Here(post) if post.published_at.is_none() => draft(post, store, &view).await,
        At::Here(post) => Ok(Found::Page(Public(page(&post, &view)))),
        At::Moved(now_at) => {
            let end = if wants_source { ".md" } else { "" };
            Ok(Found::Elsewhere(Redirect::moved(uri!(show(&format!("{now_at}{end}"))))))
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
    let shown = block_in_place(|| post.showing(manuscript, &pictures));
    Ok(Found::Page(Public(page(&shown?, view))))
}

fn page(post: &Post, view: &View<'_>) -> Template {
    let may_edit = view.visit().user().is_some_and(|user| post.may_be_changed_by(user));
    let is_out = post.published_at.is_some_and(|at| at <= now());
    view.page("posts/show.html", json!({ "post": post, "may_edit": may_edit, "is_out": is_out }))
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

/// Addresses that a post had in the program it was imported from.
#[get("/<path..>", rank = 100)]
async fn formerly(
    path: Segments<'_, fmt::Path>,
    store: &State<Store>,
    visit: &Visit,
) -> Result<Redirect> {
    let path = path.collect::<Vec<_>>().join("/");
    let slug = store.read(|conn| post::elsewhere(conn, &path, visit.user(), now())).await?;
    Ok(Redirect::moved(uri!(show(&slug))))
}

/// Where posts are read.
pub fn routes() -> Vec<Route> {
    routes![index, show, formerly]
}
