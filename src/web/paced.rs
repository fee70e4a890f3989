use multer::bytes::Bytes;
use rocket::futures::Stream;
use rocket::tokio::io::{AsyncRead, ReadBuf};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

/// How much is read at once.
const PIECE: usize = 64 * 1024;
/// The most that is held for a part of a form that does not come to an end.
const MOST: usize = 1024 * 1024;

/// A body in pieces. `multer` reads on for as long as anything is there, which can be all of it, and keeps the header of
/// a part whatever its length. So after each piece there is nothing for a moment, and an end when nobody takes any.
pub struct Paced<R> {
    body: R,
    rests: bool,
    held: Held,
}

/// How much was read: since something last came out, and in all.
#[derive(Clone, Default)]
pub struct Held {
    since: Arc<AtomicUsize>,
    all: Arc<AtomicU64>,
}

impl Held {
    /// Something came out.
    pub fn taken(&self) {
        self.since.store(0, Ordering::Relaxed);
    }

    /// How much was read in all.
    pub fn all(&self) -> u64 {
        self.all.load(Ordering::Relaxed)
    }

    fn add(&self, length: usize) -> usize {
        self.all.fetch_add(length as u64, Ordering::Relaxed);
        self.since.fetch_add(length, Ordering::Relaxed) + length
    }
}

impl<R> Paced<R> {
    /// The pieces of `body`.
    pub fn new(body: R, held: Held) -> Paced<R> {
        Paced { body, rests: false, held }
    }
}

impl<R: AsyncRead + Unpin> Stream for Paced<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        if std::mem::take(&mut self.rests) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let mut piece = vec![0; PIECE];
        let mut buffer = ReadBuf::new(&mut piece);
        ready!(Pin::new(&mut self.body).poll_read(cx, &mut buffer))?;
        let length = buffer.filled().len();
        if length == 0 {
            return Poll::Ready(None);
        }
        if self.held.add(length) > MOST {
            return Poll::Ready(Some(Err(io::Error::other("a part of the form has no end"))));
        }
        self.rests = true;
        piece.truncate(length);
        Poll::Ready(Some(Ok(piece.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rocket::futures::StreamExt;

    #[rocket::async_test]
    async fn every_piece_arrives() {
        let (body, held) = (vec![7; 3 * PIECE + 5], Held::default());
        let pieces: Vec<_> = Paced::new(body.as_slice(), held).map(Result::unwrap).collect().await;
        assert_eq!(pieces.concat(), body);
    }

    #[rocket::async_test]
    async fn what_nobody_takes_comes_to_an_end() {
        let (body, held) = (vec![7; 4 * MOST], Held::default());
        let mut pieces = Paced::new(body.as_slice(), held.clone());
        let mut length = 0;
        while let Some(Ok(piece)) = pieces.next().await {
            length += piece.len();
        }
        assert_eq!(length, MOST);
        held.taken();
        assert!(pieces.next().await.unwrap().is_ok());
    }
}
