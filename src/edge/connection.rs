use super::head::{Head, head};
use super::link::{Exchange, Link};
use super::pulse::{Doing, Order};
use super::quick::{self, Sent};
use super::stream::Stream;
use super::streams::Streams;
use super::wire::Wire;
use super::{Body, Scheme, answer};
use hyper::body::Incoming;
use hyper::header::CONNECTION;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::time::timeout;
use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// How long a client may go on sending what nobody reads before it is cut off; until then it can read why.
const LINGER: Duration = Duration::from_secs(2);

/// How a connection came to its end.
enum End {
    /// By itself.
    Done(Result<(), hyper::Error>),
    /// By an order.
    Ordered(Order),
    /// Not at all: it waits for a request.
    Waits,
}

/// Shakes hands with whoever is at the other end of `stream`, and answers whatever comes through it.
pub async fn welcome(stream: Stream, mut link: Link) {
    match shake_hands(stream, &link).await {
        Ok(Some(stream)) => {
            if matches!(stream, Stream::Tls(_)) {
                link.peer.scheme = Scheme::Https;
            }
            serve(stream, Arc::new(link)).await;
        }
        Ok(None) => {}
        Err(error) => log::debug!("no handshake: {error}"),
    }
}

/// Nothing, if there is an order to close before hands are shaken.
async fn shake_hands(stream: Stream, link: &Link) -> io::Result<Option<Stream>> {
    let mut hands = Box::pin(link.edge.shake_hands(stream));
    let shaken = poll_fn(|cx| match link.pulse.order(cx) {
        // Whoever has come before the end may still ask for something.
        Some(Order::Finish) | None => hands.as_mut().poll(cx),
        Some(_) => Poll::Ready(Ok(None)),
    });
    shaken.await
}

/// Answers whatever comes through `stream` until it is closed. To wait takes little memory; to answer takes more, which
/// is there only then.
async fn serve(stream: Stream, link: Arc<Link>) {
    let mut wire = Wire::new(stream, link.clone());
    let mut is_first = true;
    loop {
        match head(&mut wire, &link, mem::replace(&mut is_first, false)).await {
            Head::Here => match quick::answer(&mut wire, &link).await {
                Some(Sent::Whole) => continue,
                Some(Sent::Cut) => return,
                None => {}
            },
            Head::Http2 => return Box::pin(serve_http2(wire, link)).await,
            Head::Gone => return,
            Head::Ordered(order) => return Box::pin(obey(order, wire, link)).await,
        }
        link.pulse.wake(true);
        link.hear_from_here(wire.read_ahead());
        match Box::pin(serve_http1(wire, &link)).await {
            Some(waiting) => wire = waiting,
            None => return,
        }
        link.pulse.wake(false);
    }
}

/// Answers requests until the connection is closed, or until none has come for a while.
async fn serve_http1(wire: Wire, link: &Arc<Link>) -> Option<Wire> {
    let service = service_fn(|request| serve_request(request, link.clone()));
    let mut connection = http1_settings(link).serve_connection(TokioIo::new(wire), service);
    let end = poll_fn(|cx| {
        let order = link.pulse.order(cx);
        if let Some(order) = order.filter(|order| *order > Order::Finish) {
            return Poll::Ready(End::Ordered(order));
        }
        // What has arrived by now is heard, whatever the order.
        let polled = Pin::new(&mut connection).poll(cx);
        if polled.is_pending() && order.is_some() {
            Pin::new(&mut connection).graceful_shutdown();
            return Pin::new(&mut connection).poll(cx).map(End::Done);
        }
        if polled.is_pending() && link.pulse.is_tired() {
            return Poll::Ready(End::Waits);
        }
        polled.map(End::Done)
    })
    .await;
    let parts = connection.into_parts();
    let mut wire = parts.io.into_inner();
    match end {
        End::Waits => {
            wire.read_again(parts.read_buf);
            return Some(wire);
        }
        // The answer to it has been written.
        End::Done(Err(error)) if error.is_parse() => linger(wire).await,
        End::Done(_) if link.is_unread() => linger(wire).await,
        End::Done(_) => {}
        End::Ordered(order) => obey(order, wire, link.clone()).await,
    }
    None
}

/// Ends the connection as ordered.
async fn obey(order: Order, wire: Wire, link: Arc<Link>) {
    if order == Order::TimedOut && link.pulse.doing() == Doing::Head {
        say_time_is_over(wire).await;
    }
}

/// Answers whatever comes in HTTP/2.
async fn serve_http2(wire: Wire, link: Arc<Link>) {
    link.multiplex();
    let service = {
        let link = link.clone();
        service_fn(move |request| {
            let answered = serve_request(request, link.clone());
            async {
                let mut answer = answered.await?;
                // There is no such header here (RFC 9113, section 8.2.2).
                answer.headers_mut().remove(CONNECTION);
                Ok::<_, Infallible>(answer)
            }
        })
    };
    let connection = http2_settings(&link).serve_connection(TokioIo::new(wire), service);
    let mut connection = pin!(connection);
    let mut finishing = false;
    poll_fn(|cx| {
        match link.pulse.order(cx) {
            Some(Order::Finish) if !finishing => {
                finishing = true;
                connection.as_mut().graceful_shutdown();
            }
            Some(Order::Finish) | None => {}
            Some(_) => return Poll::Ready(()),
        }
        connection.as_mut().poll(cx).map(drop)
    })
    .await;
}

fn serve_request(
    request: Request<Incoming>,
    link: Arc<Link>,
) -> impl Future<Output = Result<Response<Body>, Infallible>> {
    let exchange = Exchange::begin(link);
    async move {
        let answer = answer(request, exchange.link()).await;
        Ok(answer.map(|body| body.during(exchange)))
    }
}

fn http1_settings(link: &Link) -> http1::Builder {
    let limits = &link.edge.settings;
    let mut settings = http1::Builder::new();
    // Times are looked after for all connections together.
    settings.header_read_timeout(None).max_header_size(limits.header_limit.as_u64() as usize);
    settings.max_buf_size(64 << 10);
    // hyper's own number costs no memory.
    if limits.header_count != 100 {
        settings.max_headers(limits.header_count);
    }
    settings
}

fn http2_settings(link: &Link) -> http2::Builder<Streams> {
    let limits = &link.edge.settings;
    let mut settings = http2::Builder::new(Streams(limits.write_timeout.duration()));
    settings
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10))
        .max_concurrent_streams(64)
        .max_header_list_size(limits.header_limit.as_u64() as u32)
        .max_send_buf_size(64 << 10)
        .initial_stream_window_size(128 << 10)
        .initial_connection_window_size(512 << 10);
    settings
}

/// To close a connection with something unread makes the system at the other end forget our answer.
async fn linger(mut wire: Wire) {
    let mut unread = [0; 1024];
    let read = async {
        let _ = wire.shutdown().await;
        while let Ok(1..) = wire.read(&mut unread).await {}
    };
    let _ = timeout(LINGER, read).await;
}

/// If it can be said without waiting.
async fn say_time_is_over(mut wire: Wire) {
    const SAID: &[u8] =
        b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let _ = timeout(Duration::from_millis(100), wire.write_all(SAID)).await;
    let _ = timeout(Duration::from_millis(100), wire.shutdown()).await;
}
