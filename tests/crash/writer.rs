//! Somebody who writes without a pause.

use crate::blog::Visitor;
use crate::chance::words;
use crate::ledger::{Ledger, Shelf};
use fastrand::Rng;
use std::sync::Mutex;

/// A writer, and what they sent.
pub struct Writer {
    /// Their number among the writers.
    pub number: usize,
    pub visitor: Visitor,
    pub rng: Rng,
    /// Counts on from writer to writer, so that of two saves of a post the later has the higher number.
    saves: usize,
}

impl Writer {
    /// A writer who is signed in.
    pub fn new(number: usize, visitor: Visitor, rng: Rng) -> Writer {
        Writer { number, visitor, rng, saves: number * 1_000_000 }
    }

    /// Writes until the blog is gone; as long as it is there, it has to take everything.
    pub fn write_on(&mut self, ledger: &Mutex<Ledger>) {
        while let Ok(status) = self.act(ledger) {
            assert!(status < 400, "{status}");
        }
    }

    /// Writes until the blog is gone or says that it cannot.
    pub fn write_until_refused(&mut self, ledger: &Mutex<Ledger>) {
        while let Ok(..400) = self.act(ledger) {}
    }

    /// Does one thing: a new post, a change or a file. The status of the answer, if there is one.
    pub fn act(&mut self, ledger: &Mutex<Ledger>) -> Result<u16, ureq::Error> {
        let known = ledger.lock().unwrap().posts();
        match self.rng.u32(..10) {
            0..=2 => self.upload(ledger),
            3..=5 if !known.is_empty() => {
                let (id, shelf) = known[self.rng.usize(..known.len())].clone();
                self.save(ledger, &id, shelf, &format!("/posts/{id}/edit"))
            }
            _ => {
                let id = uuid::Builder::from_random_bytes(self.rng.u128(..).to_le_bytes());
                let shelf = if self.rng.bool() { Shelf::Published } else { Shelf::Draft };
                self.save(ledger, &id.into_uuid().to_string(), shelf, "/posts")
            }
        }
    }

    fn save(
        &mut self,
        ledger: &Mutex<Ledger>,
        id: &str,
        shelf: Shelf,
        to: &str,
    ) -> Result<u16, ureq::Error> {
        self.saves += 1;
        let length = self.rng.usize(1..300);
        let text =
            format!("Save {} by {}\n\n{}", self.saves, self.number, words(&mut self.rng, length));
        let title = format!("Post {} of {}", &id[..8], self.number);
        let status = if shelf == Shelf::Draft { "draft" } else { "published" };
        let form = [("title", &*title), ("content", &text), ("draft", id), ("status", status)];
        ledger.lock().unwrap().sends(id, shelf, &text);
        let answer = self.visitor.try_post(to, &form)?;
        let to_sign_in = |place: &String| place.starts_with("/auth/login");
        match answer.status {
            303 if !answer.location.as_ref().is_some_and(to_sign_in) => {
                ledger.lock().unwrap().has_sent(id);
            }
            // Whatever a failed save left behind, nobody was promised it.
            status => assert!(status == 303 || status >= 400, "{answer:?}"),
        }
        Ok(answer.status)
    }

    fn upload(&mut self, ledger: &Mutex<Ledger>) -> Result<u16, ureq::Error> {
        let length = self.rng.usize(1..60_000);
        let bytes: Vec<u8> = (0..length).map(|_| self.rng.u8(..)).collect();
        let answer = self.visitor.upload("noise.bin", &bytes)?;
        if answer.status != 201 {
            assert!(answer.status == 303 || answer.status >= 400, "{answer:?}");
            return Ok(answer.status);
        }
        let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        let address = told["files"][0]["url"].as_str().unwrap().to_owned();
        ledger.lock().unwrap().has_uploaded(address, bytes);
        Ok(answer.status)
    }
}
