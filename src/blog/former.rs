//! Addresses that lists and feeds have in other programs, and those here that show the same. They need not be known:
//! each program makes them in its one way.

use super::post::Page;
use super::{Error, KnownTag, Post, Result, User, archive};
use crate::text::Slug;
use chrono_tz::Tz;
use rusqlite::Connection;

/// What a list shows.
#[derive(Debug, PartialEq, Eq)]
enum List<'p> {
    All,
    Tag(&'p str),
    Author(&'p str),
    Period(i32, Option<u32>),
}

/// Feeds, by how their addresses end.
const FEEDS: [(&[&str], &str); 12] = [
    (&["feed", "atom"], "feed.xml"),
    (&["feed", "rdf"], "rss.xml"),
    (&["feed", "rss"], "rss.xml"),
    (&["feed", "rss2"], "rss.xml"),
    (&["feed"], "rss.xml"),
    (&["rss"], "rss.xml"),
    (&["rss2"], "rss.xml"),
    (&["index.xml"], "rss.xml"),
    (&["rss.xml"], "rss.xml"),
    (&["atom"], "feed.xml"),
    (&["atom.xml"], "feed.xml"),
    (&["feed.xml"], "feed.xml"),
];

/// The address here of the list or feed that other programs have at `path`.
///
/// # Errors
/// It is no such address, or nothing is listed there by `now`.
pub fn former(conn: &Connection, path: &str, zone: Tz, now: i64) -> Result<String> {
    let (list, feed) = parse(path).ok_or(Error::NotFound)?;
    let (place, posts) = match list {
        List::All => ("/posts".to_owned(), None),
        List::Tag(slug) => {
            let tag = KnownTag::at(conn, &Slug::parse(slug).ok_or(Error::NotFound)?)?;
            let posts = Post::tagged(conn, &tag, Page::FIRST, 1, now)?;
            (format!("/tags/{}", tag.slug), Some(posts))
        }
        List::Author(name) => {
            let author = User::named(conn, name)?;
            let posts = Post::authored(conn, &author, Page::FIRST, 1, now)?;
            (format!("/authors/{}", author.name), Some(posts))
        }
        List::Period(year, month) => {
            let period = archive::period(year, month, zone).ok_or(Error::NotFound)?;
            let month = month.map(|month| format!("/{month}")).unwrap_or_default();
            let posts = Post::of_period(conn, period, Page::FIRST, 1, now)?;
            (format!("/archive/{year}{month}"), Some(posts))
        }
    };
    // Of a tag or an account that only drafts have, nobody learns that it exists.
    if posts.is_some_and(|posts| posts.cards.is_empty()) {
        return Err(Error::NotFound);
    }
    Ok(match feed {
        None => place,
        Some(feed) if list == List::All => format!("/{feed}"),
        Some(feed) => format!("{place}/{feed}"),
    })
}

fn parse(path: &str) -> Option<(List<'_>, Option<&'static str>)> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let (parts, feed) = match FEEDS.iter().find(|(end, _)| parts.ends_with(end)) {
        Some((end, feed)) => (&parts[..parts.len() - end.len()], Some(*feed)),
        None => (&parts[..], None),
    };
    // How many posts a page had there has nothing to do with how many it has here.
    let (parts, is_further) = match parts {
        [list @ .., "page", number] if number.parse::<u32>().is_ok() => (list, true),
        _ => (parts, false),
    };
    let list = match parts {
        // All of it may have been in a folder.
        [] | ["blog" | "posts"] if feed.is_some() || is_further => List::All,
        ["category" | "categories" | "tag" | "tags", .., slug]
        | [_, "category" | "categories" | "tag" | "tags", .., slug] => List::Tag(slug),
        ["author" | "authors", name] | [_, "author" | "authors", name] => List::Author(name),
        dates if feed.is_none() => period(dates).or_else(|| period(dates.get(1..)?))?,
        _ => return None,
    };
    Some((list, feed))
}

/// `2019`, `2019/09` or `2019/09/25`: a day has no list here.
fn period<'p>(dates: &[&str]) -> Option<List<'p>> {
    let number = |text: &str, digits: usize| {
        let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (year, month) = match dates {
        [year] => (year, None),
        [year, month] => (year, Some(number(month, 2)?)),
        [year, month, day] => (year, Some(number(month, 2).filter(|_| number(day, 2).is_some())?)),
        _ => return None,
    };
    Some(List::Period(number(year, 4)?.cast_signed(), month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_feeds_of_other_programs_are_known_by_their_addresses() {
        for (path, list, feed) in [
            ("feed", List::All, Some("rss.xml")),
            ("blog/feed/atom", List::All, Some("feed.xml")),
            ("posts/index.xml", List::All, Some("rss.xml")),
            ("page/2", List::All, None),
            ("category/food/soup", List::Tag("soup"), None),
            ("blog/tag/soup/page/3", List::Tag("soup"), None),
            ("category/food/feed", List::Tag("food"), Some("rss.xml")),
            ("author/ada", List::Author("ada"), None),
            ("author/ada/feed", List::Author("ada"), Some("rss.xml")),
            ("2019", List::Period(2019, None), None),
            ("blog/2019/09", List::Period(2019, Some(9)), None),
            ("2019/09/25", List::Period(2019, Some(9)), None),
        ] {
            assert_eq!(parse(path), Some((list, feed)), "{path}");
        }
    }

    #[test]
    fn other_addresses_are_no_lists() {
        for path in [
            "",
            "a",
            "page",
            "page/x",
            "category",
            "tag",
            "author",
            "author/a/b",
            "a/feed",
            "209",
            "20190",
            "2019/9",
            "2019/09/hello",
            "2019/foo/bar",
            "a/2019/09/b",
            "2019/09/25/a",
            "a/b/category/c",
            "comments/feed",
            "2019/feed",
        ] {
            assert_eq!(parse(path), None, "{path}");
        }
    }
}
