//! One line of log for every request, without what a visitor would not want in it: no query, no cookie.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Method;
use rocket::{Data, Request, Response};
use std::time::Instant;

/// The name under which these lines are logged.
pub const TARGET: &str = "access";

/// Writes the lines.
pub struct AccessLog;

/// A request as it arrived, before `HEAD` became `GET` and a refused one was led elsewhere.
struct Arrival {
    at: Instant,
    method: Method,
    path: String,
}

#[rocket::async_trait]
impl Fairing for AccessLog {
    fn info(&self) -> Info {
        Info { name: "Access log", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        arrival(request);
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let Arrival { at, method, path } = arrival(request);
        let micros = at.elapsed().as_micros() as u64;
        let status = response.status().code;
        let millis = micros as f64 / 1000.0;
        log::info!(
            target: TARGET, method = method.as_str(), path = path.as_str(), status = status, micros = micros;
            "{method} {path} {status} {millis:.1} ms"
        );
    }
}

fn arrival<'r>(request: &'r Request<'_>) -> &'r Arrival {
    request.local_cache(|| Arrival {
        at: Instant::now(),
        method: request.method(),
        path: request.uri().path().to_string(),
    })
}
