use super::dates;
use crate::blog::post::Kind;
use crate::blog::{Post, Site};
use crate::files::Cover;
use crate::text::Colour;

/// The colour of covers where the owner has none of their own: that of links, in `static/css/10-tokens.css`.
const GROUND: &str = "#17596a";

/// The cover of a post.
pub fn cover(site: &Site, post: &Post) -> Cover {
    let published_at = post.published_at.filter(|_| post.kind == Kind::Post);
    let ground = Colour::parse(&site.accent).or_else(|| Colour::parse(GROUND));
    Cover {
        title: post.title.clone(),
        site: site.title.clone(),
        author: post.byline.clone(),
        date: published_at.and_then(|at| dates::day(at, site.timezone, &site.language)),
        ground: ground.unwrap_or(Colour::BLACK),
    }
}

/// Where a cover is found: another address if it would show something else.
pub fn cover_path(post: &Post, cover: &Cover) -> String {
    format!("/covers/{}/{}.png", post.uuid, cover.digest())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_is_the_colour_of_links() {
        let tokens = include_str!("../../static/css/10-tokens.css");
        assert!(tokens.contains(&format!("--accent: light-dark({GROUND},")));
    }
}
