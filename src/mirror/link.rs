use super::place::{Place, decoded};
use ammonia::Url;

/// What a link on a page leads to, if that is on the site.
pub struct Link {
    /// The address.
    pub place: Place,
    /// Of a list, which page of it, as the blog calls it.
    pub key: Option<String>,
    /// Whether the host is named.
    pub is_whole: bool,
    /// `#…`, or nothing.
    pub fragment: String,
}

/// Where a link is found.
pub struct Origin<'a> {
    /// Where the addresses of the site begin.
    pub base_url: &'a str,
    /// The page.
    pub place: &'a Place,
    /// Of a list, which page of it, as the blog calls it.
    pub key: Option<&'a str>,
}

impl Link {
    /// Understands a link; `None` where it leads elsewhere.
    pub fn read(text: &str, on: &Origin<'_>) -> Option<Link> {
        let page = Url::parse(&(on.base_url.to_owned() + &super::encoded(&on.place.path))).ok()?;
        let url = page.join(text).ok()?;
        if url.origin() != page.origin() {
            return None;
        }
        let path = decoded(url.path())?;
        let key =
            url.query_pairs().find(|(name, _)| name == "page").map(|(_, key)| key.into_owned());
        let number = key.as_ref().and_then(|key| number(key, &path, on));
        Some(Link {
            place: Place { path, page: number },
            key,
            is_whole: text.contains("://"),
            fragment: url.fragment().map(|name| format!("#{name}")).unwrap_or_default(),
        })
    }
}

/// The number of a page of a list, as far as it can be told from where the link is; the first has none.
///
/// The blog calls pages by the posts around them, which are others after every new one. Whoever follows these links from
/// the first page on can count.
fn number(key: &str, path: &str, on: &Origin<'_>) -> Option<String> {
    let own: Option<u32> = on.place.page.as_ref().map_or(Some(1), |page| page.parse().ok());
    let number = match own.filter(|_| path == on.place.path) {
        Some(own) if on.key == Some(key) => Some(own),
        Some(own) if key.starts_with("older-") => Some(own + 1),
        Some(own) if key.starts_with("newer-") => Some(own - 1),
        _ => key.parse().ok(),
    };
    match number {
        Some(0 | 1) => None,
        Some(number) => Some(number.to_string()),
        None => Some(key.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://blog.example";

    fn link(text: &str, place: &Place, key: Option<&str>) -> Option<String> {
        let link = Link::read(text, &Origin { base_url: BASE, place, key })?;
        Some(link.place.link() + &link.fragment)
    }

    #[test]
    fn a_link_is_understood_where_it_stands() {
        let post = Place::at("/posts/über");
        for (text, expected) in [
            ("/archive", "/archive"),
            ("other?x=1#y", "/posts/other#y"),
            ("../tags/%C3%A9t%C3%A9", "/tags/%C3%A9t%C3%A9"),
            ("#top", "/posts/%C3%BCber#top"),
            ("https://blog.example", "/"),
            ("https://blog.example/posts?page=3", "/posts/page/3"),
        ] {
            assert_eq!(link(text, &post, None).as_deref(), Some(expected), "{text}");
        }
        for text in
            ["https://blog.example.org/", "//other/", "mailto:a@b", "https://blog.example:81/"]
        {
            assert_eq!(link(text, &post, None), None, "{text}");
        }
    }

    #[test]
    fn pages_of_a_list_are_counted() {
        let place = Place { page: Some("2".to_owned()), ..Place::at("/posts") };
        let at = |text| link(text, &place, Some("older-5-1"));
        assert_eq!(at("/posts?page=older-4-1").as_deref(), Some("/posts/page/3"));
        assert_eq!(at("/posts?page=newer-5-1").as_deref(), Some("/posts"));
        assert_eq!(
            at("https://blog.example/posts?page=older-5-1").as_deref(),
            Some("/posts/page/2")
        );
        assert_eq!(at("/tags/a?page=older-4-1").as_deref(), Some("/tags/a/page/older-4-1"));
    }
}
