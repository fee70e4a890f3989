use super::flows::Flows;
use super::pool::{Lease, Pool};
use super::{Body, Client, Pass, Refusal, Upload, headers};
use crate::settings;
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::{Method, Request, Response, Version};
use rocket::tokio::sync::{OwnedSemaphorePermit, Semaphore};
use rocket::tokio::time::timeout;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// The way to the blog itself: a private port that Rocket listens on.
pub struct Origin {
    pool: Arc<Pool>,
    pass: Pass,
    /// Requests that the blog works on.
    requests: Arc<Semaphore>,
    /// Answers that are on their way to slow clients, apart from the requests so that these go on.
    flows: Flows,
}

/// How long a request waits for its turn.
const QUEUE: Duration = Duration::from_secs(10);

/// Answers up to this size are taken at once, so that a slow client does not keep the blog.
const AT_ONCE: u64 = 256 << 10;

impl Origin {
    /// The way to whoever listens at `address` and knows `pass`.
    pub fn new(address: SocketAddr, pass: Pass, limits: &settings::Edge) -> Origin {
        let most = limits.requests_in_flight.max(1);
        let (requests, flows) = (Arc::new(Semaphore::new(most)), Flows::new(most, most / 2));
        Origin { pool: Pool::to(address), pass, requests, flows }
    }

    /// The blog's own answer to `request`, which `client` has made.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn ask(
        &self,
        mut request: Request<Upload>,
        client: &Client,
    ) -> Result<Response<Body>, Refusal> {
        headers::to_origin(request.headers_mut());
        request.headers_mut().insert(Pass::HEADER, self.pass.stamp(client));
        *request.version_mut() = Version::HTTP_11;
        let turn = turn(&self.requests).await?;
        let (mut answer, lease) = self.send(request).await?;
        headers::end_to_end(answer.headers_mut());
        self.take(answer, lease, turn, client).await
    }

    /// Ends the connections that wait for requests.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    async fn send(
        &self,
        mut request: Request<Upload>,
    ) -> Result<(Response<Incoming>, Lease), Refusal> {
        let mut again = repeatable(&request);
        loop {
            let mut lease = self.pool.lease().await.map_err(|_| Refusal::Busy)?;
            match lease.send(request).await {
                Ok(answer) => return Ok((answer, lease)),
                // It had been closed before anything was sent, or before anything came back.
                Err(mut error) => match error.take_message().or_else(|| again.take()) {
                    Some(unsent) => request = unsent,
                    None => return Err(Refusal::Broken),
                },
            }
        }
    }

    async fn take(
        &self,
        answer: Response<Incoming>,
        mut lease: Lease,
        turn: OwnedSemaphorePermit,
        client: &Client,
    ) -> Result<Response<Body>, Refusal> {
        let (head, incoming) = answer.into_parts();
        if incoming.size_hint().upper().is_none_or(|size| size > AT_ONCE) {
            drop(turn);
            let flow = self.flows.begin(incoming, lease, client)?;
            return Ok(Response::from_parts(head, Body::from(flow)));
        }
        let collected = incoming.collect().await.map_err(|_| Refusal::Broken)?;
        lease.give_back();
        Ok(Response::from_parts(head, Body::from(collected.to_bytes())))
    }
}

/// One of the `slots`, if one becomes free in time.
///
/// # Errors
/// None does.
pub async fn turn(slots: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Refusal> {
    let turn = timeout(QUEUE, slots.clone().acquire_owned()).await;
    turn.ok().and_then(Result::ok).ok_or(Refusal::Busy)
}

/// The same request for a second try, if it changes nothing and has no body.
fn repeatable(request: &Request<Upload>) -> Option<Request<Upload>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) || !request.body().is_end_stream() {
        return None;
    }
    let mut again = Request::new(Upload::none());
    *again.method_mut() = request.method().clone();
    *again.uri_mut() = request.uri().clone();
    *again.headers_mut() = request.headers().clone();
    Some(again)
}
