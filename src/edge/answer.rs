use super::check::{authority, check};
use super::link::Link;
use super::upload::Upload;
use super::{Body, Client, Refusal};
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONNECTION, HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::{Request, Response};
use rocket::tokio::select;
use rocket::tokio::time::timeout;

/// The answer to whatever comes through `link`.
pub async fn answer(mut request: Request<Incoming>, link: &Link) -> Response<Body> {
    let client = match meet(&mut request, link) {
        Ok(client) => client,
        Err(refusal) => {
            link.leave_unread(!request.body().is_end_stream());
            return refusal.answer();
        }
    };
    Box::pin(pass_on(request, client, link)).await
}

/// Finds the request in order, and who makes it.
fn meet(request: &mut Request<Incoming>, link: &Link) -> Result<Client, Refusal> {
    check(request, link)?;
    let (client, host) = link.edge.trust.client(&link.peer, request.headers());
    if let Some(host) = host {
        authority(&host)?;
        request.headers_mut().insert(HOST, host);
    }
    Ok(client)
}

/// The answer of the blog itself, or why there is none.
async fn pass_on(request: Request<Incoming>, client: Client, link: &Link) -> Response<Body> {
    let in_chunks = request.headers().contains_key(TRANSFER_ENCODING);
    let limit = link.edge.settings.request_timeout.duration();
    let asked = timeout(limit, ask(request, client, link)).await;
    let late = if link.is_unread() { Refusal::Timeout } else { Refusal::Slow };
    let mut answer = asked.unwrap_or(Err(late)).unwrap_or_else(|refusal| refusal.answer());
    if in_chunks {
        // However its end was understood, nothing after it is (RFC 9112, section 6.3).
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

async fn ask(
    request: Request<Incoming>,
    client: Client,
    link: &Link,
) -> Result<Response<Body>, Refusal> {
    let edge = &link.edge;
    let (head, incoming) = request.into_parts();
    if incoming.is_end_stream() {
        edge.rate.take(&client)?;
        return edge.origin.ask(Request::from_parts(head, Upload::none()), &client).await;
    }
    link.leave_unread(true);
    edge.rate.take(&client)?;
    let begun = {
        let place = edge.bodies.place();
        select! {
            begun = Upload::begin(incoming, edge.settings.body_timeout.duration()) => begun?,
            () = place.given_up() => return Err(Refusal::Busy),
        }
    };
    if begun.is_whole() {
        link.leave_unread(false);
        return edge.origin.ask(Request::from_parts(head, begun.whole()), &client).await;
    }
    let slot = edge.upload_slot().await?;
    let (upload, fate) = begun.flow(edge.settings.body_timeout.duration(), slot);
    let answer = edge.origin.ask(Request::from_parts(head, upload), &client).await;
    link.leave_unread(!fate.is_whole());
    answer.map_err(|refusal| fate.refusal().unwrap_or(refusal))
}
