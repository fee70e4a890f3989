//! Every `<img>` as it should stand in the page: with its size, so that nothing moves when it arrives; as something to
//! play, if that is what it is; and pictures on other hosts, which browsers are told not to load, as links to them.

use super::pictures::{Picture, Pictures, Shown};
use std::fmt::Write;

/// How wide a picture is shown: as wide as the column of a post, or as the window where that is less.
const SIZES: &str = "(min-width: 44rem) 40rem, 100vw";

/// Completes the pictures in HTML as the sanitizer writes it.
pub fn complete(html: &str, pictures: &Pictures) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut in_link, mut is_first) = (false, true);
    let mut rest = html;
    // The sanitizer escapes `<` and `>` everywhere else, so these are the ends of tags.
    while let Some((text, tail)) = rest.split_once('<')
        && let Some((tag, tail)) = tail.split_once('>')
    {
        out.push_str(text);
        match tag.strip_prefix("img ").and_then(Image::read) {
            Some(image) => out.push_str(&image.complete(pictures, in_link, &mut is_first)),
            None => out.extend(["<", tag, ">"]),
        }
        in_link = is_link(tag) || in_link && tag != "/a";
        rest = tail;
    }
    out + rest
}

fn is_link(tag: &str) -> bool {
    tag == "a" || tag.starts_with("a ")
}

/// An image with an address; all values are escaped.
struct Image<'t> {
    attributes: &'t str,
    address: &'t str,
    alt: Option<&'t str>,
}

impl<'t> Image<'t> {
    fn read(attributes: &'t str) -> Option<Image<'t>> {
        let address = attribute(attributes, "src")?.trim();
        Some(Image { attributes, address, alt: attribute(attributes, "alt") })
    }

    fn complete(&self, pictures: &Pictures, in_link: bool, is_first: &mut bool) -> String {
        let known = pictures.at(self.address);
        match known.map(|picture| picture.shown) {
            None if self.is_foreign() => self.link(in_link),
            Some(Shown::AsLink) => self.link(in_link),
            Some(Shown::AsAudio) => self.player("audio", None),
            Some(Shown::AsVideo) => self.player("video", known.and_then(|film| film.size)),
            // What stands below the first picture need not load before anybody scrolls there.
            None | Some(Shown::AsPicture) => self.picture(known, !std::mem::take(is_first)),
        }
    }

    fn is_foreign(&self) -> bool {
        let starts_with = |start: &str| {
            self.address.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
        };
        ["http:", "https:", "//"].into_iter().any(starts_with)
    }

    fn link(&self, in_link: bool) -> String {
        let address = self.address;
        let text = self.alt.filter(|alt| !alt.trim().is_empty()).unwrap_or(address);
        if in_link { text.to_owned() } else { format!("<a href=\"{address}\">{text}</a>") }
    }

    fn player(&self, name: &str, size: Option<(u32, u32)>) -> String {
        let label = self.alt.filter(|alt| !alt.is_empty());
        let label = label.map(|alt| format!(" aria-label=\"{alt}\"")).unwrap_or_default();
        let size = size.map(|size| self.missing_sides(size)).unwrap_or_default();
        format!(
            "<{name} src=\"{}\"{label}{size} controls=\"\" preload=\"metadata\"></{name}>",
            self.address
        )
    }

    fn picture(&self, known: Option<&Picture>, lazy: bool) -> String {
        let mut tag = format!("<img {}", self.attributes);
        if let Some((width, height)) = known.and_then(|picture| picture.size) {
            tag += &self.missing_sides((width, height));
            if let Some(narrower) =
                known.map(|picture| &picture.narrower).filter(|all| !all.is_empty())
            {
                tag += " srcset=\"";
                for (width, address) in narrower {
                    let _ = write!(tag, "{address} {width}w, ");
                }
                let _ = write!(tag, "{} {width}w\" sizes=\"{SIZES}\"", self.address);
            }
        }
        tag += if lazy { " loading=\"lazy\"" } else { "" };
        tag + " decoding=\"async\">"
    }

    /// Width and height, as far as the author has not said them; what they say of one side decides the other.
    fn missing_sides(&self, (width, height): (u32, u32)) -> String {
        let own = |name| attribute(self.attributes, name);
        let scaled = |own: &str, this: u32, other: u32| {
            let own: u64 = own.trim().parse().ok()?;
            Some((own.saturating_mul(other.into()) / u64::from(this.max(1))).max(1))
        };
        match (own("width"), own("height")) {
            (None, None) => format!(" width=\"{width}\" height=\"{height}\""),
            (Some(own), None) => scaled(own, width, height)
                .map(|height| format!(" height=\"{height}\""))
                .unwrap_or_default(),
            (None, Some(own)) => scaled(own, height, width)
                .map(|width| format!(" width=\"{width}\""))
                .unwrap_or_default(),
            (Some(_), Some(_)) => String::new(),
        }
    }
}

/// The escaped value of an attribute; all values stand in double quotes.
fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let mut parts = attributes.split('"');
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        if key.trim().strip_suffix('=') == Some(name) {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::pictures::{Picture, Pictures, Shown};
    use super::super::render;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    fn html(markdown: &str) -> String {
        render(markdown, &Pictures::default()).unwrap().html
    }

    /// The text with `@` for the address of a file that is shown so.
    fn knowing(shown: Shown, markdown: &str) -> String {
        let narrower = vec![(640, "/media/n/a.jpg".to_owned())];
        let picture = Picture { shown, size: Some((1000, 500)), narrower };
        let address = format!("/media/{ID}/a");
        let known = Pictures::from_iter([(ID.to_owned(), picture)]);
        render(&markdown.replace('@', &address), &known).unwrap().html.replace(&address, "@")
    }

    #[test]
    fn a_picture_on_another_host_becomes_a_link() {
        assert_eq!(
            html("![A < \"B\"](https://b.example/c?d&e)"),
            "<p><a href=\"https://b.example/c?d&amp;e\">A &lt; &quot;B&quot;</a></p>\n"
        );
    }

    #[test]
    fn a_picture_without_words_is_named_by_its_address() {
        assert_eq!(
            html("![](//b.example/c)"),
            "<p><a href=\"//b.example/c\">//b.example/c</a></p>\n"
        );
    }

    #[test]
    fn a_picture_in_raw_html_is_treated_the_same() {
        assert_eq!(
            html("<img alt=A src='HTTP://b.example/c'>"),
            "<a href=\"HTTP://b.example/c\">A</a>\n"
        );
    }

    #[test]
    fn a_picture_inside_a_link_leaves_its_words() {
        assert_eq!(
            html("[![A](https://b.example/c)](/d) ![E](https://b.example/f)"),
            "<p><a href=\"/d\">A</a> <a href=\"https://b.example/f\">E</a></p>\n"
        );
    }

    #[test]
    fn a_picture_of_this_site_stays() {
        assert_eq!(
            html("![A](/a.png \"B\")"),
            "<p><img src=\"/a.png\" alt=\"A\" title=\"B\" decoding=\"async\"></p>\n"
        );
    }

    #[test]
    fn a_known_picture_has_its_size_and_narrower_ones() {
        assert_eq!(
            knowing(Shown::AsPicture, "![A](@)"),
            "<p><img src=\"@\" alt=\"A\" width=\"1000\" height=\"500\" \
             srcset=\"/media/n/a.jpg 640w, @ 1000w\" sizes=\"(min-width: 44rem) 40rem, 100vw\" \
             decoding=\"async\"></p>\n"
        );
    }

    #[test]
    fn what_the_author_says_of_one_side_decides_the_other() {
        for (own, completed) in [
            ("width=\"100\"", "width=\"100\" height=\"50\""),
            ("height=\"100\"", "height=\"100\" width=\"200\""),
            ("height=\"3\" width=\"2\"", "height=\"3\" width=\"2\""),
        ] {
            let html = knowing(Shown::AsPicture, &format!("<img alt=\"\" src=\"@\" {own}>"));
            assert!(html.contains(&format!("{completed} srcset")), "{html}");
        }
    }

    #[test]
    fn every_picture_but_the_first_waits_until_it_is_needed() {
        let html = html("![](/a) ![](https://b.example/b)\n\n![](/c)\n\n![](/d)");
        assert_eq!(html.matches("loading=\"lazy\"").count(), 2);
        assert!(html.find("/a\"") < html.find("loading"), "{html}");
    }

    #[test]
    fn sound_and_films_can_be_played() {
        assert_eq!(
            knowing(Shown::AsAudio, "![A](@)"),
            "<p><audio src=\"@\" aria-label=\"A\" controls=\"\" preload=\"metadata\"></audio></p>\n"
        );
        assert_eq!(
            knowing(Shown::AsVideo, "![](@)"),
            "<p><video src=\"@\" width=\"1000\" height=\"500\" controls=\"\" preload=\"metadata\"></video></p>\n"
        );
    }

    #[test]
    fn what_can_only_be_downloaded_is_a_link() {
        assert_eq!(knowing(Shown::AsLink, "![A](@)"), "<p><a href=\"@\">A</a></p>\n");
    }
}
