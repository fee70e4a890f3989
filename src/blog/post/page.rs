use std::fmt;
use std::str::FromStr;

/// Which part of a list: pages go by the place of a post, so that they cost the same however deep they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The page with this number; the first, with the latest posts, is 1.
    Number(u32),
    /// What stands below a place.
    Older(Edge),
    /// What stands above a place.
    Newer(Edge),
}

/// The place of a post in a list: what the list is ordered by, then the post's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub(super) position: i64,
    pub(super) id: i64,
}

impl Page {
    /// The top of a list.
    pub const FIRST: Page = Page::Number(1);
}

impl Edge {
    pub(super) const BOTTOM: Edge = Edge { position: i64::MIN, id: i64::MIN };
    pub(super) const TOP: Edge = Edge { position: i64::MAX, id: i64::MAX };

    /// Above everything up to and including `position`, below everything after it.
    pub(super) fn after(position: i64) -> Edge {
        Edge { position, id: i64::MAX }
    }
}

/// As it stands in an address: `2`, `older-1700000000-42`.
impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Page::Number(n) => write!(f, "{n}"),
            Page::Older(edge) => write!(f, "older-{}-{}", edge.position, edge.id),
            Page::Newer(edge) => write!(f, "newer-{}-{}", edge.position, edge.id),
        }
    }
}

impl FromStr for Page {
    type Err = ();

    fn from_str(text: &str) -> Result<Page, ()> {
        let edge = |text: &str| {
            let (position, id) = text.rsplit_once('-').ok_or(())?;
            Ok(Edge { position: position.parse().map_err(drop)?, id: id.parse().map_err(drop)? })
        };
        match text.split_once('-') {
            Some(("older", place)) => edge(place).map(Page::Older),
            Some(("newer", place)) => edge(place).map(Page::Newer),
            _ => match text.parse() {
                Ok(0) | Err(_) => Err(()),
                Ok(n) => Ok(Page::Number(n)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_it_is_written() {
        let edge = Edge { position: -5, id: 42 };
        for page in [Page::FIRST, Page::Number(7), Page::Older(edge), Page::Newer(edge)] {
            assert_eq!(page.to_string().parse(), Ok(page));
        }
    }

    #[test]
    fn anything_else_is_no_page() {
        for text in
            ["", "0", "-1", "older", "older-1", "older-x-1", "9999999999999", "sideways-1-2"]
        {
            assert_eq!(text.parse::<Page>(), Err(()), "{text}");
        }
    }
}
