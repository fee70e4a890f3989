use super::refusal::Refusal;
use super::slots::Slot;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Bytes, Frame, Incoming, SizeHint};
use rocket::tokio::time::{Instant, Sleep, sleep, timeout};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;

/// The body of a request on its way to the blog itself.
#[derive(Default)]
pub struct Upload {
    /// What has come already.
    early: Option<Bytes>,
    /// What is still to come.
    rest: Option<Box<Rest>>,
}

struct Rest {
    incoming: Incoming,
    /// How long it may pause.
    patience: Duration,
    pause: Pin<Box<Sleep>>,
    fate: Fate,
    _slot: Slot,
}

/// What became of a body: it is on its way, or one of those below.
#[derive(Debug, Clone, Default)]
pub struct Fate(Arc<AtomicU8>);

const WHOLE: u8 = 1;
const PAUSED: u8 = 2;
const BROKEN: u8 = 3;

/// So much of a body has to be there before the blog hears of the request. Most forms are there by then; of the others
/// it is known that they come at all.
const EARLY: usize = 16 << 10;

impl Upload {
    /// Nothing.
    pub fn none() -> Upload {
        Upload::default()
    }

    /// Waits for the first part of a body, which may pause for as long as `patience`.
    ///
    /// # Errors
    /// It pauses for longer, or is malformed.
    pub async fn begin(mut incoming: Incoming, patience: Duration) -> Result<Begun, Refusal> {
        let mut early = Vec::new();
        while early.len() < EARLY {
            let frame = timeout(patience, incoming.frame()).await.map_err(|_| Refusal::Timeout)?;
            match frame {
                None => return Ok(Begun { early: early.into(), rest: None }),
                Some(Err(_)) => return Err(Refusal::Malformed),
                Some(Ok(frame)) => {
                    if let Some(data) = frame.data_ref() {
                        early.extend_from_slice(data);
                    }
                }
            }
        }
        let rest = Some(incoming).filter(|incoming| !incoming.is_end_stream());
        Ok(Begun { early: early.into(), rest })
    }
}

/// A body of which the first part is here.
pub struct Begun {
    early: Bytes,
    rest: Option<Incoming>,
}

impl Begun {
    /// Whether all of it is here.
    pub fn is_whole(&self) -> bool {
        self.rest.is_none()
    }

    /// All of it.
    pub fn whole(self) -> Upload {
        Upload { early: Some(self.early).filter(|early| !early.is_empty()), rest: None }
    }

    /// The rest comes while the blog reads it, and `slot` is taken until then.
    pub fn flow(self, patience: Duration, slot: Slot) -> (Upload, Fate) {
        let fate = Fate::default();
        let rest = self.rest.map(|incoming| {
            let pause = Box::pin(sleep(patience));
            Box::new(Rest { incoming, patience, pause, fate: fate.clone(), _slot: slot })
        });
        (Upload { early: Some(self.early), rest }, fate)
    }
}

impl Fate {
    /// Whether all of it has arrived.
    pub fn is_whole(&self) -> bool {
        self.0.load(Relaxed) == WHOLE
    }

    /// Why the body did not arrive, if that is known.
    pub fn refusal(&self) -> Option<Refusal> {
        match self.0.load(Relaxed) {
            PAUSED => Some(Refusal::Timeout),
            BROKEN => Some(Refusal::Malformed),
            _ => None,
        }
    }

    fn is(&self, fate: u8) -> io::Error {
        self.0.store(fate, Relaxed);
        io::ErrorKind::InvalidData.into()
    }
}

impl Rest {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match Pin::new(&mut self.incoming).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                self.pause.as_mut().reset(Instant::now() + self.patience);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(_))) => Poll::Ready(Some(Err(self.fate.is(BROKEN)))),
            Poll::Ready(None) => {
                self.fate.0.store(WHOLE, Relaxed);
                Poll::Ready(None)
            }
            Poll::Pending => self.pause.as_mut().poll(cx).map(|()| Some(Err(self.fate.is(PAUSED)))),
        }
    }
}

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(early) = self.early.take() {
            return Poll::Ready(Some(Ok(Frame::data(early))));
        }
        match &mut self.rest {
            None => Poll::Ready(None),
            Some(rest) => match rest.poll(cx) {
                // Trailers concern this connection only.
                Poll::Ready(Some(Ok(frame))) if frame.is_trailers() => Poll::Ready(None),
                polled => polled,
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        self.early.is_none() && self.rest.as_ref().is_none_or(|rest| rest.incoming.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        let early = self.early.as_ref().map_or(0, |early| early.len() as u64);
        let rest =
            self.rest.as_ref().map_or(SizeHint::with_exact(0), |rest| rest.incoming.size_hint());
        match rest.exact() {
            Some(rest) => SizeHint::with_exact(early + rest),
            None => SizeHint::new(),
        }
    }
}
