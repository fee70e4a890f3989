//! Where things lie in an archive.

use crate::blog::post::{Kind, Visibility};
use crate::blog::whole::{StoredFile, Writing};

/// What there is once.
pub const HEAD: &str = "monograph.json";
/// A line for each file in `static/media/`.
pub const FILES: &str = "media.jsonl";

/// The folders of posts. Zola and Hugo read only what is in `content/`, so that nobody publishes what was not public.
const FOLDERS: [&str; 5] = ["content/posts/", "content/", "unlisted/", "private/", "trash/"];
const INDEX: &str = "/index.md";

/// The file of a post.
pub fn of_post(post: &Writing) -> String {
    let folder = match (post.deleted_at, post.visibility, post.kind) {
        (Some(_), ..) => "trash/",
        (None, Visibility::Unlisted, _) => "unlisted/",
        (None, Visibility::Private, _) => "private/",
        (None, Visibility::Public, Kind::Page) => "content/",
        (None, Visibility::Public, Kind::Post) => "content/posts/",
    };
    format!("{folder}{}{INDEX}", post.slug)
}

/// The slug of the post whose file this is, if it is one.
pub fn slug_in(name: &str) -> Option<&str> {
    let path = name.strip_suffix(INDEX)?;
    let slugs = FOLDERS.iter().filter_map(|folder| path.strip_prefix(folder));
    slugs.into_iter().find(|slug| !slug.is_empty() && !slug.contains('/'))
}

/// The history of a post: a line for each version and each save.
pub fn of_history(slug: &str) -> String {
    format!("history/{slug}.jsonl")
}

/// A picture or a file: generators leave it at the address that texts show it with.
pub fn of_file(file: &StoredFile) -> String {
    format!("static/media/{}/{}", file.digest, file.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_known_by_its_place() {
        let mut post = Writing { slug: "hello".to_owned(), ..Writing::default() };
        for (kind, visibility, deleted_at, place) in [
            (Kind::Post, Visibility::Public, None, "content/posts/hello/index.md"),
            (Kind::Page, Visibility::Public, None, "content/hello/index.md"),
            (Kind::Page, Visibility::Unlisted, None, "unlisted/hello/index.md"),
            (Kind::Post, Visibility::Private, None, "private/hello/index.md"),
            (Kind::Post, Visibility::Private, Some(1), "trash/hello/index.md"),
        ] {
            post = Writing { kind, visibility, deleted_at, ..post };
            assert_eq!(of_post(&post), place);
            assert_eq!(slug_in(place), Some("hello"));
        }
        for other in
            ["content/_index.md", "content/posts/_index.md", "content/a/b/index.md", "index.md"]
        {
            assert_eq!(slug_in(other), None, "{other}");
        }
    }
}
