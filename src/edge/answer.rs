use super::{Body, Client, Edge, Upload};
use hyper::body::Incoming;
use hyper::{Request, Response};

/// The answer to a request that has been found in order: its address is a path, and its one `Host` names the site.
pub async fn answer(edge: &Edge, request: Request<Incoming>, client: Client) -> Response<Body> {
    let asked = edge.origin.ask(request.map(Upload::from), &client).await;
    asked.unwrap_or_else(|refusal| refusal.answer())
}
