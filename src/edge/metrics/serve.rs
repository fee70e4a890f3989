use super::{Look, Metrics};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use rocket::tokio::net::TcpListener;
use rocket::tokio::spawn;
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;
use rocket::tokio::time::sleep;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How many may ask at the same time; they are on this machine, and should be one.
const MOST: usize = 16;
/// How long they may take to do so.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long it waits where nobody can come in.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers `GET /metrics` to whoever comes to `listener`. What `look` finds may take a while.
pub async fn serve(listener: TcpListener, metrics: Arc<Metrics>, look: Look) {
    let places = Arc::new(Semaphore::new(MOST));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // As when no more files may be open.
            sleep(PAUSE).await;
            continue;
        };
        let (metrics, look) = (metrics.clone(), look.clone());
        spawn(async move {
            let service = service_fn(|request| answer(request, metrics.clone(), look.clone()));
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
            // Whoever hangs up has had enough.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    metrics: Arc<Metrics>,
    look: Look,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let refused = |status, sentence: &'static str| {
        let mut answer = Response::new(Full::from(sentence));
        *answer.status_mut() = status;
        Ok(answer)
    };
    if request.uri().path() != "/metrics" {
        return refused(StatusCode::NOT_FOUND, "The numbers are at /metrics.\n");
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return refused(StatusCode::METHOD_NOT_ALLOWED, "The numbers can only be read.\n");
    }
    let Ok(text) = spawn_blocking(move || metrics.text(&look())).await else {
        return refused(StatusCode::INTERNAL_SERVER_ERROR, "The numbers could not be read.\n");
    };
    let mut answer = Response::new(Full::from(text));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    answer.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(answer)
}
