//! Which parameters of an address count: <https://wicg.github.io/nav-speculation/no-vary-search.html>.

use hyper::HeaderMap;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::sync::Arc;

/// The header that says so.
pub const NO_VARY_SEARCH: &str = "no-vary-search";

/// The parameters that make a difference. Whatever else is asked for leads to the same page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params(Arc<[Box<str>]>);

impl Params {
    /// Reads `params, except=("page" "q")`; `None` where every parameter may count.
    pub fn read(headers: &HeaderMap) -> Option<Params> {
        let text = headers.get(NO_VARY_SEARCH)?.to_str().ok()?;
        let rest = text.trim().strip_prefix("params")?.trim_start();
        if rest.is_empty() {
            return Some(Params(Arc::default()));
        }
        let list = rest.strip_prefix(',')?.trim().strip_prefix("except=(")?.strip_suffix(')')?;
        let name = |quoted: &str| Some(quoted.strip_prefix('"')?.strip_suffix('"')?.into());
        list.split_ascii_whitespace().map(name).collect::<Option<_>>().map(Params)
    }

    /// The same address without what does not count.
    pub fn address<'a>(&self, address: &'a str) -> Cow<'a, str> {
        let Some((path, query)) = address.split_once('?') else { return address.into() };
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().replace('+', " ");
        let counts = |pair: &&str| {
            let name = name(pair);
            let name = percent_decode_str(&name).decode_utf8_lossy();
            self.0.iter().any(|known| **known == name)
        };
        let mut pairs: Vec<_> = query.split('&').filter(counts).collect();
        pairs.sort_by_key(|pair| name(pair));
        match pairs.is_empty() {
            true => path.into(),
            false => format!("{path}?{}", pairs.join("&")).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(header: &'static str) -> Option<Params> {
        let mut headers = HeaderMap::new();
        headers.insert(NO_VARY_SEARCH, header.parse().unwrap());
        Params::read(&headers)
    }

    #[test]
    fn only_what_counts_stays_in_an_address() {
        let params = params("params, except=(\"page\" \"q\")").unwrap();
        for (asked, left) in [
            ("/posts", "/posts"),
            ("/posts?", "/posts"),
            ("/posts?utm_source=x&page=2&fbclid", "/posts?page=2"),
            ("/posts?q=a%20b&page=2", "/posts?page=2&q=a%20b"),
            ("/posts?page=2&q=a%20b", "/posts?page=2&q=a%20b"),
            ("/posts?p%61ge=2&pages=3&PAGE=4", "/posts?p%61ge=2"),
            ("/posts?q=b&q=a", "/posts?q=b&q=a"),
            ("/posts?x?page=2", "/posts"),
        ] {
            assert_eq!(params.address(asked), left);
        }
    }

    #[test]
    fn without_a_clear_word_everything_counts() {
        assert_eq!(Params::read(&HeaderMap::new()), None);
        for header in ["", "key-order", "params=(\"utm\")", "params, except=(page)", "params; x"] {
            assert_eq!(params(header), None, "{header}");
        }
        let nothing = params("params").unwrap();
        assert_eq!(nothing.address("/feed.xml?page=2"), "/feed.xml");
        assert_eq!(params("params, except=()").unwrap(), nothing);
    }
}
