//! What a person does with the blog in a real browser. Needs Chromium and chromedriver; without them the tests are
//! skipped, except where `CI` is `true`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod blog;
mod checkers;
mod driver;
mod editor;
mod every_page;
mod hostile;
mod journey;
mod keeping;
mod keyboard;
mod pages;
mod support;
mod theme;
mod upload;
mod writing;
