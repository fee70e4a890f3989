//! Reads an item and the comments in it.

use super::item::Item;
use super::scan::{Scanner, Token, is_too_long};
use crate::blog::{Comment, CommentKind};
use crate::transfer::Error;
use crate::transfer::dates;
use chrono_tz::Tz;
use std::collections::HashSet;
use std::io::Read;

/// The most bytes of comments below one post that are kept in memory.
const MOST_COMMENTS: usize = 8 * 1024 * 1024;
/// The most words by which one post is sorted.
const MOST_TERMS: usize = 2_000;
/// What is noted about posts and matters here.
const META: [&str; 4] =
    ["_thumbnail_id", "_wp_attachment_image_alt", "_wp_old_slug", "_wp_old_date"];

impl<R: Read> Scanner<R> {
    /// The item whose beginning was just read.
    pub(super) fn item(&mut self) -> Result<Item, Error> {
        let mut item = Item { n: self.items, ..Item::default() };
        self.items += 1;
        let mut weight = 0;
        while !self.is_in_item {
            match self.token()? {
                Token::Start { name, attributes, .. } => match name.as_str() {
                    "item" => self.is_in_item = true,
                    "wp:comment" => {
                        let comment = self.comment()?;
                        item.add_comment(comment, &mut weight);
                    }
                    "wp:postmeta" => self.meta(&mut item)?,
                    "category" => self.term(&mut item, &attributes)?,
                    _ => {
                        let text = self.text(&name)?;
                        item.set(&name, text);
                    }
                },
                Token::End(name) if name == "item" => {
                    item.is_whole = true;
                    break;
                }
                Token::End(name) if name == "channel" || name == "rss" => break,
                Token::EndOfFile => break,
                _ => {}
            }
        }
        item.number_comments();
        // The next one can only begin where this one ends.
        item.is_whole |= self.is_in_item;
        Ok(item)
    }

    fn term(&mut self, item: &mut Item, attributes: &[(String, String)]) -> Result<(), Error> {
        let attribute = |name: &str| {
            let found = attributes.iter().find(|(found, _)| found == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        // Once in each form in old exports.
        let (domain, nicename) = (attribute("domain"), attribute("nicename"));
        let name = self.text("category")?;
        let domain = if domain.is_empty() { "category".to_owned() } else { domain };
        if item.terms.len() < MOST_TERMS {
            item.terms.push((domain, nicename, name));
        }
        Ok(())
    }

    fn meta(&mut self, item: &mut Item) -> Result<(), Error> {
        let (mut key, mut value) = (String::new(), String::new());
        loop {
            match self.token()? {
                Token::Start { name, .. } => {
                    let text = self.text(&name)?;
                    match name.as_str() {
                        "wp:meta_key" => key = text,
                        "wp:meta_value" => value = text,
                        _ => {}
                    }
                }
                Token::End(name) if name == "wp:postmeta" => break,
                Token::EndOfFile => break,
                _ => {}
            }
        }
        if META.contains(&key.trim()) && item.meta.len() < 200 && value.len() < 10_000 {
            item.meta.push((key.trim().to_owned(), value.trim().to_owned()));
        }
        Ok(())
    }

    /// A comment, unless it was spam or thrown away.
    fn comment(&mut self) -> Result<Option<Comment>, Error> {
        let mut comment = Comment {
            number: 0,
            answers: None,
            kind: CommentKind::Comment,
            is_held: false,
            name: String::new(),
            email: String::new(),
            url: String::new(),
            written_at: None,
            content: String::new(),
        };
        let mut is_kept = true;
        loop {
            let (name, text) = match self.token()? {
                Token::Start { name, .. } if name == "wp:commentmeta" => {
                    self.text(&name)?;
                    continue;
                }
                Token::Start { name, .. } => {
                    let text = self.text(&name)?;
                    (name, text)
                }
                Token::End(name) if name == "wp:comment" => break,
                Token::EndOfFile => break,
                _ => continue,
            };
            is_kept &= set(&mut comment, &name, text);
        }
        Ok(is_kept.then_some(comment))
    }
}

/// Takes a field of a comment; says whether it is one to be kept, as far as that field knows.
fn set(comment: &mut Comment, name: &str, text: String) -> bool {
    match name {
        "wp:comment_id" => comment.number = text.trim().parse().unwrap_or_default(),
        "wp:comment_parent" => comment.answers = text.trim().parse().ok().filter(|n| *n > 0),
        "wp:comment_author" => comment.name = short(&text),
        "wp:comment_author_email" => comment.email = short(&text),
        "wp:comment_author_url" => comment.url = short(&text),
        "wp:comment_date_gmt" => comment.written_at = moment(&text, Tz::UTC),
        "wp:comment_content" if !is_too_long(&text) => comment.content = text,
        "wp:comment_type" => {
            comment.kind = match text.trim() {
                "pingback" => CommentKind::Pingback,
                "trackback" => CommentKind::Trackback,
                _ => CommentKind::Comment,
            }
        }
        "wp:comment_approved" => {
            comment.is_held = text.trim() != "1";
            return matches!(text.trim(), "0" | "1" | "hold" | "approve");
        }
        _ => {}
    }
    true
}

impl Item {
    fn add_comment(&mut self, comment: Option<Comment>, weight: &mut usize) {
        let Some(comment) = comment else {
            self.spam += 1;
            return;
        };
        *weight += comment.content.len() + 300;
        match *weight > MOST_COMMENTS {
            true => self.uncounted_comments += 1,
            false => self.comments.push(comment),
        }
    }

    /// Gives a number to every comment that has none of its own. Those that are counted from below nothing meet no other.
    fn number_comments(&mut self) {
        let (mut seen, mut free) = (HashSet::new(), -1);
        for comment in &mut self.comments {
            if comment.number <= 0 || !seen.insert(comment.number) {
                comment.number = free;
                free -= 1;
            }
        }
    }

    fn set(&mut self, name: &str, text: String) {
        let number = |text: &str| text.trim().parse().unwrap_or_default();
        match name {
            "title" => self.title = text,
            "link" => self.link = short(&text),
            "guid" => self.guid = short(&text),
            "dc:creator" => self.creator = short(&text),
            "content:encoded" => self.content = text,
            "excerpt:encoded" => self.excerpt = text,
            "wp:post_id" => self.id = number(&text),
            "wp:post_parent" => self.parent = number(&text),
            "wp:post_date" => self.date = short(&text),
            "wp:post_date_gmt" => self.date_gmt = short(&text),
            "wp:post_modified_gmt" => self.modified_gmt = short(&text),
            "wp:post_name" => self.name = short(&text),
            "wp:status" => self.status = short(&text),
            "wp:post_type" => self.kind = short(&text),
            "wp:post_password" => self.password = short(&text),
            "wp:is_sticky" => self.is_sticky = text.trim() == "1",
            "wp:attachment_url" => self.file = short(&text),
            _ => {}
        }
    }

    /// When it came out.
    pub fn published_at(&self, zone: Tz) -> Option<i64> {
        moment(&self.date_gmt, Tz::UTC).or_else(|| moment(&self.date, zone))
    }

    /// When it was last changed.
    pub fn modified_at(&self) -> Option<i64> {
        moment(&self.modified_gmt, Tz::UTC)
    }
}

/// A time, unless it is the one that stands for none.
fn moment(text: &str, zone: Tz) -> Option<i64> {
    let text = text.trim();
    if text.starts_with("0000") {
        return None;
    }
    dates::parse(text, zone)
}

/// A text that is short, or not what it should be.
fn short(text: &str) -> String {
    let text = text.trim();
    text[..text.floor_char_boundary(4_000)].to_owned()
}
