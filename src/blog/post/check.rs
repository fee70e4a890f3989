use super::{Manuscript, Post, Visibility};
use crate::blog::{Error, Media, Result, User};
use crate::text::Slug;
use crate::text::markdown::{Outline, Over, Stumble, Target};
use percent_encoding::percent_decode_str;
use rusqlite::{Connection, OptionalExtension, named_params};
use serde::Serialize;

/// Something that a careful friend would say before a post goes out.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The line of the text that it is about, if it is about one.
    pub line: Option<usize>,
    /// A sentence.
    pub text: String,
}

/// A picture of more bytes than this keeps readers waiting, if there is no smaller one to send.
const LARGE: u64 = 1_500_000;

const REDIRECTED: &str = "SELECT 1 FROM redirects WHERE path = :path";

impl Manuscript {
    /// What a careful friend would say of it to `user`; `outline` is that of its text.
    pub fn findings(
        &self,
        conn: &Connection,
        user: &User,
        outline: &Outline,
        now: i64,
    ) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let mut say = |line, text: String| findings.push(Finding { line, text });
        if self.summary.is_empty() && !self.content.is_empty() {
            say(None, "It has no summary; lists and search engines show how it begins.".to_owned());
        }
        if self.publish_at.is_some_and(|at| at > now) {
            say(None, "Its date is still to come: it comes out then.".to_owned());
        }
        for stumble in &outline.stumbles {
            say(Some(stumble.line), said_of(stumble));
        }
        for link in &outline.links {
            if let Some(text) = said_of_link(conn, user, link, now)? {
                say(Some(link.line), text);
            }
        }
        for picture in &outline.pictures {
            if let Some(text) = said_of_picture(conn, picture)? {
                say(Some(picture.line), text);
            }
        }
        findings.sort_by_key(|finding| finding.line);
        Ok(findings)
    }
}

fn said_of(stumble: &Stumble) -> String {
    match &stumble.over {
        Over::PictureWithoutWords => {
            "This picture says nothing to who cannot see it; describe it between [ and ]."
                .to_owned()
        }
        Over::HeadingJump(1, to) => {
            format!("The first heading is of level {to}; below the title comes level 2.")
        }
        Over::HeadingJump(from, to) => {
            format!("A heading of level {to} comes right after one of level {from}.")
        }
        Over::SecondTitle => {
            "A heading of level 1 stands beside the title; ## makes one of level 2.".to_owned()
        }
        Over::LinkWithoutWords => "A link has no words to click on.".to_owned(),
        Over::NoSuchHeading(name) => format!("No heading here is called #{name}."),
    }
}

fn said_of_link(conn: &Connection, user: &User, link: &Target, now: i64) -> Result<Option<String>> {
    let Some(path) = local_path(&link.address) else { return Ok(None) };
    if path.starts_with("/media/") {
        return said_of_picture(conn, link);
    }
    let Some(slug) = path.strip_prefix("/posts/").filter(|slug| !slug.contains('/')) else {
        return Ok(None);
    };
    let nothing = || Ok(Some(format!("{path} leads nowhere.")));
    let Some(slug) = Slug::parse(slug.trim_end_matches(".md")) else { return nothing() };
    let values = named_params! { ":path": format!("posts/{}", slug.as_str()) };
    match Post::by_slug(conn, &slug)? {
        None if conn.prepare_cached(REDIRECTED)?.exists(values)? => Ok(None),
        None => nothing(),
        // Of anothers' draft an author does not learn that it exists.
        Some(post) if !post.may_be_changed_by(user) && !post.is_out(now) => nothing(),
        Some(post) => Ok(match post.visibility {
            _ if post.deleted_at.is_some() => Some(format!("{path} is in the trash.")),
            _ if post.published_at.is_none_or(|at| at > now) => {
                Some(format!("{path} is not out yet."))
            }
            Visibility::Public => None,
            other => Some(format!("{path} is {}.", crate::blog::Word::word(other))),
        }),
    }
}

fn said_of_picture(conn: &Connection, picture: &Target) -> Result<Option<String>> {
    let Some(path) = local_path(&picture.address) else {
        let elsewhere =
            "This picture is on another host; readers get a link to it. Upload it to show it here.";
        return Ok(Some(elsewhere.to_owned()));
    };
    let digest = path.strip_prefix("/media/").and_then(|rest| rest.split('/').next());
    let media = match digest.map(|digest| Media::at(conn, digest)) {
        None if path.starts_with("/assets/") => return Ok(None),
        None | Some(Err(Error::NotFound)) => {
            return Ok(Some(format!("There is no picture or file at {path}.")));
        }
        Some(found) => found?,
    };
    let is_heavy =
        media.size > LARGE && media.dimensions.is_some() && media.narrower(conn)?.is_empty();
    let size = media.size as f64 / 1_000_000.0;
    let text = || format!("{} has {size:.1} MB, and there is no smaller one to send.", media.name);
    Ok(is_heavy.then(text))
}

/// The path on this site that an address in a text leads to, without query and fragment.
pub(super) fn local_path(address: &str) -> Option<String> {
    let path = address.trim().split(['?', '#']).next().unwrap_or_default();
    let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    if path.is_empty() || has_scheme || path.starts_with("//") {
        return None;
    }
    let path = match path.strip_prefix("../") {
        _ if path.starts_with('/') => path.to_owned(),
        Some(above) => format!("/{above}"),
        None => format!("/posts/{}", path.trim_start_matches("./")),
    };
    Some(percent_decode_str(&path).decode_utf8_lossy().into_owned())
}

impl Post {
    fn by_slug(conn: &Connection, slug: &Slug) -> Result<Option<Post>> {
        let sql = format!("{} WHERE slug = :slug", super::SELECT);
        let values = named_params! { ":slug": slug.as_str() };
        Ok(conn.prepare_cached(&sql)?.query_row(values, Post::from_row).optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_ours_or_it_is_not() {
        for (address, path) in [
            ("/posts/a?b#c", Some("/posts/a")),
            ("/posts/%C3%A9t%C3%A9", Some("/posts/été")),
            ("b", Some("/posts/b")),
            ("./b", Some("/posts/b")),
            ("../about", Some("/about")),
            ("#c", None),
            ("//a.example/b", None),
            ("https://a.example/b", None),
            ("mailto:a@b.example", None),
            ("", None),
        ] {
            assert_eq!(local_path(address).as_deref(), path, "{address}");
        }
    }
}
