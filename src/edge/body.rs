use super::flows::Flow;
use super::link::Exchange;
use super::streams::note_progress;
use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The body of an answer.
pub struct Body {
    content: Content,
    /// The request that it answers, which is under way until all of it has been taken.
    exchange: Option<Exchange>,
}

/// As much as HTTP/2 puts into one frame.
const PART: usize = 16 << 10;

enum Content {
    /// All of it is here; nothing once it is taken.
    Whole(Option<Bytes>),
    /// It comes from the blog itself.
    Flow(Flow),
}

impl Body {
    /// Nothing.
    pub const fn empty() -> Body {
        Body { content: Content::Whole(None), exchange: None }
    }

    /// All of it, if it is here already.
    pub fn whole(&self) -> Option<Bytes> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes.clone().unwrap_or_default()),
            Content::Flow(_) => None,
        }
    }

    /// The same; while it is there `exchange` is under way.
    pub fn during(self, exchange: Exchange) -> Body {
        note_progress();
        Body { exchange: Some(exchange), ..self }
    }

    /// How much of it is sent in one go. Side by side with others it is little, or all of it would lie where nobody sees
    /// that the client does not take it.
    fn part(&self) -> usize {
        let is_multiplexed = |exchange: &Exchange| exchange.link().is_multiplexed();
        if self.exchange.as_ref().is_some_and(is_multiplexed) { PART } else { usize::MAX }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Body {
        let whole = Some(bytes).filter(|bytes| !bytes.is_empty());
        Body { content: Content::Whole(whole), exchange: None }
    }
}

impl From<Flow> for Body {
    fn from(flow: Flow) -> Body {
        Body { content: Content::Flow(flow), exchange: None }
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Body {
        Body::from(Bytes::from_static(text.as_bytes()))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        note_progress();
        let part = self.part();
        match &mut self.content {
            Content::Whole(None) => Poll::Ready(None),
            Content::Whole(Some(bytes)) if bytes.len() > part => {
                Poll::Ready(Some(Ok(Frame::data(bytes.split_to(part)))))
            }
            Content::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Content::Flow(flow) => flow.poll(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Whole(bytes) => bytes.is_none(),
            Content::Flow(flow) => flow.is_end(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Content::Flow(flow) => flow.size(),
        }
    }
}
