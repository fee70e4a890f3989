use rocket::http::uri::Origin;

/// Where somebody was going before they had to sign in: always a place on this site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next(Origin<'static>);

impl Next {
    /// Reads a place from an address or a form; anything that could lead elsewhere is none.
    pub fn parse(text: &str) -> Option<Next> {
        let local = text.starts_with('/') && !text[1..].starts_with(['/', '\\']);
        let plain = text.chars().all(|c| !c.is_control() && c != '\\');
        (local && plain).then(|| Origin::parse_owned(text.to_owned()).ok()).flatten().map(Next)
    }

    /// The place.
    pub fn into_uri(self) -> Origin<'static> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_this_site_is_kept() {
        for place in ["/", "/posts/new", "/posts?page=2", "/posts/%C3%A9"] {
            assert_eq!(Next::parse(place).unwrap().into_uri().to_string(), place);
        }
    }

    #[test]
    fn a_place_elsewhere_is_none() {
        let elsewhere = [
            "",
            "posts",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/posts\r\nSet-Cookie: a=b",
            "\\evil",
            "/a\\b",
            " /posts",
        ];
        for place in elsewhere {
            assert_eq!(Next::parse(place), None, "{place:?}");
        }
    }
}
