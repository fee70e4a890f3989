//! What readers look for.

use crate::blog::search::{self, Hits};
use crate::text::search::Query;
use crate::web::{Public, PublicUrl, Result, Store, View, now};
use rocket::http::ContentType;
use rocket::serde::json::json;
use rocket::{Route, State, get, routes};
use rocket_dyn_templates::Template;

#[get("/search?<q>&<page>")]
async fn index(
    q: Option<&str>,
    page: Option<u32>,
    store: &State<Store>,
    view: View<'_>,
) -> Result<Public<Template>> {
    let q = q.unwrap_or_default();
    let (query, page) = (Query::parse(q), page.unwrap_or(1).clamp(1, search::PAGES));
    let Hits { hits, more } = store.read(|conn| search::search(conn, &query, page, now())).await?;
    let next = (more && page < search::PAGES).then_some(page + 1);
    let content =
        json!({ "q": q, "asked": !query.is_empty(), "hits": hits, "page": page, "next": next });
    Ok(Public(view.page("search/index.html", content)))
}

/// OpenSearch 1.1: lets a browser offer the search of this site.
#[get("/opensearch.xml")]
fn description(url: PublicUrl, view: View<'_>) -> Public<(ContentType, Template)> {
    let kind = ContentType::new("application", "opensearchdescription+xml")
        .with_params(("charset", "utf-8"));
    Public((kind, view.page("search/description.xml", json!({ "url": url.0 }))))
}

/// Where readers search.
pub fn routes() -> Vec<Route> {
    routes![index, description]
}
