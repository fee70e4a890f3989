//! What is written down of each request: a line of log, and numbers. There is nothing in it that a visitor would not want
//! there: no query, no cookie.

use super::cache::CACHE_STATUS;
use super::metrics::{Handled, Metrics, ROUTE};
use super::{Body, Client};
use crate::settings;
use hyper::header::HeaderValue;
use hyper::{Method, Request, Response, StatusCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The name under which the lines are logged.
const TARGET: &str = "access";

/// What is to be written down.
pub struct Journal {
    access_log: bool,
    /// Where the numbers go, if somebody wants them.
    pub metrics: Option<Arc<Metrics>>,
}

/// A request as it came.
pub struct Arrival {
    at: Instant,
    method: Method,
    path: String,
}

/// What counts of an answer.
pub struct Said<'a> {
    /// Its status.
    pub status: StatusCode,
    /// Which of the blog's routes has made it, as the blog says.
    pub route: Option<&'a HeaderValue>,
    /// Who has answered.
    pub handled: Handled,
}

impl Journal {
    /// As the operator wants it.
    pub fn new(settings: &settings::Edge) -> Journal {
        let metrics = settings.metrics.map(|_| Arc::default());
        Journal { access_log: settings.access_log, metrics }
    }

    /// A request comes; nothing, where nothing is to be written down.
    pub fn arrival<B>(&self, request: &Request<B>) -> Option<Arrival> {
        (self.access_log || self.metrics.is_some()).then(|| Arrival {
            at: Instant::now(),
            method: request.method().clone(),
            path: if self.access_log { request.uri().path().to_owned() } else { String::new() },
        })
    }

    /// Its answer goes.
    pub fn departure(
        &self,
        arrival: Option<Arrival>,
        client: &Client,
        answer: &mut Response<Body>,
    ) {
        let Some(arrival) = arrival else { return };
        let route = answer.headers_mut().remove(ROUTE);
        let (status, handled) = (answer.status(), handled(answer));
        self.note(&arrival, client, &Said { status, route: route.as_ref(), handled });
    }

    /// The same for an answer of which this is known.
    pub fn note(&self, arrival: &Arrival, client: &Client, said: &Said<'_>) {
        let took = arrival.at.elapsed();
        if let Some(metrics) = &self.metrics {
            let route = said.route.and_then(|route| route.to_str().ok()).unwrap_or("none");
            metrics.count(route, said.status, said.handled, took);
        }
        if self.access_log {
            write(arrival, client, said, took);
        }
    }
}

/// Who has answered, as the cache says it.
fn handled(answer: &Response<Body>) -> Handled {
    let status = answer.headers().get(CACHE_STATUS).and_then(|status| status.to_str().ok());
    match status {
        Some(status) if status.contains("; hit") => Handled::Hit,
        Some(status) if status.contains("uri-miss") => Handled::Miss,
        Some(_) => Handled::Pass,
        None => Handled::Edge,
    }
}

fn write(arrival: &Arrival, client: &Client, said: &Said<'_>, took: Duration) {
    let (method, path) = (arrival.method.as_str(), arrival.path.as_str());
    let (status, cache) = (said.status.as_u16(), said.handled.word());
    let address =
        client.address.map_or("-".to_owned(), |address| address.to_canonical().to_string());
    let micros = took.as_micros() as u64;
    let millis = micros as f64 / 1000.0;
    log::info!(
        target: TARGET, method = method, path = path, status = status, micros = micros, cache = cache,
        client = address.as_str();
        "{method} {path} {status} {millis:.1} ms {cache} {address}"
    );
}
