//! HTML as a serialiser writes it, piece by piece: every value stands in double quotes, and there are no comments.

/// A piece of HTML.
pub enum Token<'a> {
    Text(&'a str),
    Start(Tag<'a>),
    End(&'a str),
}

/// The beginning of an element.
#[derive(Clone, Copy)]
pub struct Tag<'a> {
    pub name: &'a str,
    /// As they stand there, with the space before them.
    pub attributes: &'a str,
}

/// The first piece, and what follows it.
pub fn next(html: &str) -> Option<(Token<'_>, &str)> {
    let Some(inside) = html.strip_prefix('<') else {
        let (text, rest) = html.split_at(html.find('<').unwrap_or(html.len()));
        return (!text.is_empty()).then_some((Token::Text(text), rest));
    };
    let mut in_value = false;
    let end = inside.find(|c| {
        in_value ^= c == '"';
        c == '>' && !in_value
    });
    let (tag, rest) = inside.split_at(end.unwrap_or(inside.len()));
    let rest = rest.strip_prefix('>').unwrap_or(rest);
    let token = match tag.strip_prefix('/') {
        Some(name) => Token::End(name),
        None => {
            let (name, attributes) = tag.split_at(tag.find(' ').unwrap_or(tag.len()));
            Token::Start(Tag { name, attributes })
        }
    };
    Some((token, rest))
}

/// Whether there is anything to read, or a picture, before the end of the element `name`.
pub fn says_something(mut html: &str, name: &str) -> bool {
    while let Some((token, rest)) = next(html) {
        match token {
            Token::Text(text) if !text.replace("&nbsp;", " ").trim().is_empty() => return true,
            Token::Start(Tag { name: "img", .. }) => return true,
            Token::End(end) if end == name => return false,
            _ => html = rest,
        }
    }
    false
}

impl<'a> Tag<'a> {
    /// The attributes with their values, which are still escaped.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, after) = rest.trim_start().split_once("=\"")?;
            let (value, after) = after.split_once('"')?;
            rest = after;
            Some((name, value))
        })
    }

    /// The value of an attribute.
    pub fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// The level of a heading.
    pub fn level(&self) -> Option<u8> {
        match self.name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
            _ => None,
        }
    }
}
