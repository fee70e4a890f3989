use super::cache;
use super::check::{authority, check};
use super::link::Link;
use super::refusal::Wants;
use super::upload::Upload;
use super::{Body, Client, Refusal};
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONNECTION, HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::http::request::Parts;
use hyper::{Request, Response};
use rocket::tokio::select;
use rocket::tokio::time::timeout;

/// The answer to whatever comes through `link`; both are written down.
pub async fn answer(request: Request<Incoming>, link: &Link) -> Response<Body> {
    let edge = &link.edge;
    let arrival = edge.journal.arrival(&request);
    let (client, host) = edge.trust.client(&link.peer, request.headers());
    let wants = Wants::of(request.headers(), client.scheme);
    let found = find(request, client, host, link).await;
    let mut answer = found.unwrap_or_else(|refusal| refusal.answer(wants));
    edge.journal.departure(arrival, &client, &mut answer);
    answer
}

async fn find(
    mut request: Request<Incoming>,
    client: Client,
    host: Option<HeaderValue>,
    link: &Link,
) -> Result<Response<Body>, Refusal> {
    let edge = &link.edge;
    if let Err(refusal) = meet(&mut request, host, link) {
        link.leave_unread(!request.body().is_end_stream());
        return Err(refusal);
    }
    if edge.wants_https(&client, &link.peer) {
        link.leave_unread(!request.body().is_end_stream());
        return edge.to_https(&request);
    }
    if let Some(page) = edge.cache.ready(&request, client.scheme) {
        return Ok(page);
    }
    Box::pin(pass_on(request, client, link)).await
}

/// Finds the request in order, as it was made at `host` if a proxy tells so.
pub fn meet<B>(
    request: &mut Request<B>,
    host: Option<HeaderValue>,
    link: &Link,
) -> Result<(), Refusal> {
    check(request, link)?;
    if let Some(host) = host {
        authority(&host)?;
        request.headers_mut().insert(HOST, host);
    }
    Ok(())
}

/// The answer of the blog itself, or why there is none.
async fn pass_on(
    request: Request<Incoming>,
    client: Client,
    link: &Link,
) -> Result<Response<Body>, Refusal> {
    let in_chunks = request.headers().contains_key(TRANSFER_ENCODING);
    let limit = link.edge.settings.request_timeout.duration();
    let asked = timeout(limit, ask(request, client, link)).await;
    let late = if link.is_unread() { Refusal::Timeout } else { Refusal::Slow };
    let mut answer = asked.unwrap_or(Err(late))?;
    if in_chunks {
        // However its end was understood, nothing after it is (RFC 9112, section 6.3).
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(answer)
}

async fn ask(
    request: Request<Incoming>,
    client: Client,
    link: &Link,
) -> Result<Response<Body>, Refusal> {
    let edge = &link.edge;
    let (head, incoming) = request.into_parts();
    if !incoming.is_end_stream() {
        return send(head, incoming, &client, link).await.map(cache::passed);
    }
    let ask = async |request| {
        edge.rate.take(&client)?;
        edge.origin.ask(request, &client).await
    };
    edge.cache.answer(Request::from_parts(head, Upload::none()), client.scheme, ask).await
}

/// The same for a request with a body.
async fn send(
    head: Parts,
    incoming: Incoming,
    client: &Client,
    link: &Link,
) -> Result<Response<Body>, Refusal> {
    let edge = &link.edge;
    link.leave_unread(true);
    edge.rate.take(client)?;
    let begun = {
        let place = edge.bodies.place();
        select! {
            begun = Upload::begin(incoming, edge.settings.body_timeout.duration()) => begun?,
            () = place.given_up() => return Err(Refusal::Busy),
        }
    };
    if begun.is_whole() {
        link.leave_unread(false);
        return edge.origin.ask(Request::from_parts(head, begun.whole()), client).await;
    }
    let slot = edge.uploads.take(client).await?;
    let (upload, fate) = begun.flow(edge.settings.body_timeout.duration(), slot);
    let answer = edge.origin.ask(Request::from_parts(head, upload), client).await;
    link.leave_unread(!fate.is_whole());
    answer.map_err(|refusal| fate.refusal().unwrap_or(refusal))
}
