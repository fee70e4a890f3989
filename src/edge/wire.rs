use super::link::Link;
use super::stream::Stream;
use bytes::BytesMut;
use hyper::body::Bytes;
use rocket::tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The bytes of a connection; it notes when some come and when none are taken.
pub struct Wire {
    stream: Stream,
    link: Arc<Link>,
    /// Bytes that have been read before and are read again.
    again: BytesMut,
    /// How much the client has taken since that was last noted.
    taken: usize,
}

/// What a client has to take within the time that it may take nothing: who takes a byte now and then takes nothing.
const FAIR_PART: usize = 4096;

impl Wire {
    /// The bytes of `stream`.
    pub fn new(stream: Stream, link: Arc<Link>) -> Wire {
        Wire { stream, link, again: BytesMut::new(), taken: 0 }
    }

    /// Reads `bytes` first.
    pub fn read_again(&mut self, bytes: Bytes) {
        // A copy, because they may lie in a buffer with room for more.
        self.again = BytesMut::from(&bytes[..]);
    }

    /// What has been read and is read again.
    pub fn read_ahead(&self) -> &[u8] {
        &self.again
    }

    /// Does not read the first `count` bytes of that again.
    pub fn forget(&mut self, count: usize) {
        let _ = self.again.split_to(count);
        if self.again.is_empty() {
            self.again = BytesMut::new();
        }
    }

    /// Reads what has come, to be read again later; how much it was, and 0 at the end.
    pub fn poll_ahead(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut bytes = [0; 1024];
        let mut buffer = ReadBuf::new(&mut bytes);
        ready!(self.stream().poll_read(cx, &mut buffer))?;
        let new = buffer.filled();
        if !new.is_empty() {
            self.link.pulse.heard();
        }
        self.again.extend_from_slice(new);
        Poll::Ready(Ok(new.len()))
    }

    fn stream(&mut self) -> Pin<&mut Stream> {
        Pin::new(&mut self.stream)
    }

    fn note(&mut self, written: &Poll<io::Result<usize>>) {
        match written {
            Poll::Pending => self.link.pulse.blocks(),
            Poll::Ready(Ok(count)) => {
                self.taken += count;
                if self.taken >= FAIR_PART {
                    self.taken = 0;
                    self.link.pulse.takes();
                }
            }
            Poll::Ready(Err(_)) => {}
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.again.is_empty() {
            let count = self.again.len().min(buffer.remaining());
            buffer.put_slice(&self.again[..count]);
            self.forget(count);
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        let read = self.stream().poll_read(cx, buffer);
        let new = &buffer.filled()[before..];
        if !new.is_empty() {
            self.link.hear(new);
        }
        read
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = self.stream().poll_write(cx, bytes);
        self.note(&written);
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = self.stream().poll_flush(cx);
        match flushed {
            Poll::Ready(_) => self.link.pulse.took_all(),
            Poll::Pending => self.link.pulse.blocks(),
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = self.stream().poll_write_vectored(cx, parts);
        self.note(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
