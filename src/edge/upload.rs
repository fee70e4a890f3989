use hyper::body::{Body as HttpBody, Bytes, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The body of a request on its way to the blog itself.
pub struct Upload(Option<Incoming>);

impl Upload {
    /// Nothing.
    pub const fn none() -> Upload {
        Upload(None)
    }
}

impl From<Incoming> for Upload {
    fn from(incoming: Incoming) -> Upload {
        Upload(Some(incoming).filter(|incoming| !incoming.is_end_stream()))
    }
}

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        match &mut self.0 {
            None => Poll::Ready(None),
            Some(incoming) => Pin::new(incoming).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or(SizeHint::with_exact(0), HttpBody::size_hint)
    }
}
