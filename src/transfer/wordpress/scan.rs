//! Reads an export part by part, however broken it is.

#[cfg(test)]
use super::item::Item;
use super::item::Part;
use super::names::Names;
use crate::transfer::Error;
use crate::transfer::utf8::Utf8;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::io::Read;

/// The most bytes of one piece of XML: a text, a tag, a comment.
const LARGEST_PIECE: usize = 16 * 1024 * 1024;
/// The most bytes of a field that are kept; more than a post may have.
pub const LARGEST_FIELD: usize = 4 * 1024 * 1024;
/// The most attributes of an element that are looked at.
const MOST_ATTRIBUTES: usize = 30;

/// Reads an export.
pub struct Scanner<R> {
    pub(super) reader: Reader<Utf8<R>>,
    buffer: Vec<u8>,
    pub(super) names: Names,
    /// An item that began before the one before it had ended.
    pub(super) is_in_item: bool,
    pub(super) items: usize,
    /// Why there is no more, if that is not its proper end.
    pub cut: Option<String>,
    is_at_end: bool,
}

/// What comes next, without the loan of the reader's buffer.
pub(super) enum Token {
    Start { name: String, raw: String, attributes: Vec<(String, String)> },
    Empty { raw: String },
    End(String),
    Text(String),
    EndOfFile,
}

impl<R: Read> Scanner<R> {
    /// Begins to read.
    pub fn new(from: R) -> Result<Scanner<R>, Error> {
        let text = Utf8::new(from, LARGEST_PIECE).map_err(|error| refused(&error.to_string()))?;
        let mut reader = Reader::from_reader(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Ok(Scanner {
            reader,
            buffer: Vec::new(),
            names: Names::default(),
            is_in_item: false,
            items: 0,
            cut: None,
            is_at_end: false,
        })
    }

    /// How many bytes are read.
    pub fn position(&self) -> u64 {
        self.reader.get_ref().position()
    }

    /// How many bytes were no text and had to be mended.
    pub fn mended(&self) -> usize {
        self.reader.get_ref().mended()
    }

    /// The next part.
    ///
    /// # Errors
    /// It is no export that anybody would read.
    pub fn next(&mut self) -> Result<Option<Part>, Error> {
        if std::mem::take(&mut self.is_in_item) {
            return self.item().map(|item| Some(Part::Item(Box::new(item))));
        }
        loop {
            let (name, attributes) = match self.token()? {
                Token::Start { name, attributes, .. } => (name, attributes),
                Token::EndOfFile => return Ok(None),
                Token::End(name) if name == "rss" => {
                    self.is_at_end = true;
                    continue;
                }
                _ => continue,
            };
            match name.as_str() {
                "rss" => self.names.learn(&attributes),
                "channel" => {}
                "item" => return self.item().map(|item| Some(Part::Item(Box::new(item)))),
                "wp:author" => return self.author().map(Some),
                "wp:category" => return self.skip(&name).map(|()| Some(Part::Term("category"))),
                "wp:tag" => return self.skip(&name).map(|()| Some(Part::Term("tag"))),
                "wp:term" => return self.skip(&name).map(|()| Some(Part::Term("term"))),
                _ => {
                    let text = self.text(&name)?;
                    return Ok(Some(Part::Site(name, text)));
                }
            }
        }
    }

    fn author(&mut self) -> Result<Part, Error> {
        let (mut login, mut shown) = (String::new(), String::new());
        loop {
            match self.token()? {
                Token::Start { name, .. } => {
                    let text = self.text(&name)?;
                    match name.as_str() {
                        "wp:author_login" => login = text,
                        "wp:author_display_name" => shown = text,
                        _ => {}
                    }
                }
                Token::End(name) if name == "wp:author" => break,
                Token::EndOfFile => break,
                _ => {}
            }
        }
        Ok(Part::Author(login, shown))
    }

    fn skip(&mut self, name: &str) -> Result<(), Error> {
        loop {
            match self.token()? {
                Token::End(found) if found == name => return Ok(()),
                Token::EndOfFile => return Ok(()),
                _ => {}
            }
        }
    }

    /// All that stands between a tag and its end. Where the text stands there without `CDATA`, its tags are part of it.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Error> {
        let mut text = String::new();
        loop {
            let piece = match self.token()? {
                Token::Text(piece) => piece,
                Token::End(end) if end == name => break,
                // The field was never closed.
                Token::Start { name: start, .. } if start == "item" => {
                    self.is_in_item = true;
                    break;
                }
                Token::End(end) if end == "item" || end == "channel" => {
                    self.is_in_item = false;
                    break;
                }
                Token::Start { raw, .. } => format!("<{raw}>"),
                Token::Empty { raw } => format!("<{raw}/>"),
                Token::End(end) => format!("</{end}>"),
                Token::EndOfFile => break,
            };
            if text.len() + piece.len() <= LARGEST_FIELD {
                text.push_str(&piece);
            } else if text.len() <= LARGEST_FIELD {
                // What is longer than anything that can be kept is known to be so by its length.
                text.push_str(&" ".repeat(LARGEST_FIELD + 1 - text.len()));
            }
        }
        Ok(text)
    }

    fn ended(&mut self) -> Token {
        if !self.is_at_end {
            let reason = "the file ends before its end: it was cut off";
            self.cut.get_or_insert(reason.to_owned());
        }
        Token::EndOfFile
    }

    pub(super) fn token(&mut self) -> Result<Token, Error> {
        loop {
            self.reader.get_mut().go_on();
            self.buffer.clear();
            if self.buffer.capacity() > 1024 * 1024 {
                self.buffer = Vec::new();
            }
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(quick_xml::Error::Io(error)) => return Err(refused(&error.to_string())),
                Err(error) => {
                    let at = self.reader.buffer_position();
                    self.cut.get_or_insert(format!(
                        "the file cannot be read beyond byte {at}: {error}"
                    ));
                    return Ok(Token::EndOfFile);
                }
            };
            return Ok(match event {
                Event::Start(tag) => {
                    let (name, raw, attributes) = self.names.parted(&tag);
                    Token::Start { name, raw, attributes }
                }
                Event::Empty(tag) => Token::Empty { raw: (*tag).to_owned() },
                Event::End(tag) => Token::End(self.names.canonical(tag.name().0.trim())),
                Event::Text(text) => Token::Text((*text).to_owned()),
                Event::CData(text) => Token::Text((*text).to_owned()),
                Event::GeneralRef(entity) => Token::Text(meaning(&entity)),
                // Blocks of the editor, where the text stands without CDATA.
                Event::Comment(text) => Token::Text(format!("<!--{}-->", &*text)),
                Event::DocType(_) => {
                    let reason = "it has a document type definition, as no export of WordPress has";
                    return Err(refused(reason));
                }
                Event::Decl(_) | Event::PI(_) => continue,
                Event::Eof => self.ended(),
            });
        }
    }
}

impl Names {
    /// The name of a tag, the tag as it is written, and its first attributes.
    fn parted(&self, tag: &BytesStart<'_>) -> (String, String, Vec<(String, String)>) {
        let mut attributes = tag.attributes();
        let attributes = attributes.with_checks(false).flatten().take(MOST_ATTRIBUTES);
        let attributes = attributes.map(|attribute| {
            let value = attribute.value.replace("&quot;", "\"").replace("&amp;", "&");
            (attribute.key.0.to_owned(), value)
        });
        (self.canonical(tag.name().0), (**tag).to_owned(), attributes.collect())
    }
}

/// The character that an entity of XML stands for. Those of HTML stay what they are: the text is HTML.
fn meaning(entity: &BytesRef<'_>) -> String {
    let name: &str = entity;
    match name {
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "amp" => "&".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => match entity.resolve_char_ref() {
            Ok(Some(c)) => c.to_string(),
            _ => format!("&{name};"),
        },
    }
}

fn refused(reason: &str) -> Error {
    Error::Refused(format!("this export cannot be read: {reason}"))
}

/// Whether a field was longer than is kept.
pub fn is_too_long(text: &str) -> bool {
    text.len() > LARGEST_FIELD
}

#[cfg(test)]
impl Scanner<&'static [u8]> {
    /// The items of a short export.
    pub fn items(xml: &'static str) -> Vec<Item> {
        let mut scanner = Scanner::new(xml.as_bytes()).unwrap();
        let mut items = Vec::new();
        while let Some(part) = scanner.next().unwrap() {
            if let Part::Item(item) = part {
                items.push(*item);
            }
        }
        items
    }
}
