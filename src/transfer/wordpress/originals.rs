//! Where the file may be that stands behind an address: WordPress writes sizes into the names of pictures that it made
//! smaller, and people into those of others.

use super::survey::Survey;
use crate::transfer::addresses::Address;
use std::collections::HashMap;

/// A place where a file may be.
pub struct Spot {
    /// Its address there.
    pub url: String,
    /// What it goes by here, whatever its address is written like.
    pub source: String,
}

/// The files of an export, by what they go by.
pub struct Originals<'a> {
    blog: &'a str,
    alts: HashMap<String, &'a str>,
}

impl<'a> Originals<'a> {
    /// Those of an export.
    pub fn of(survey: &'a Survey) -> Originals<'a> {
        let source = |url: &str| Spot::of(whole(url, &survey.blog)).source;
        let alts = survey.files.values().map(|file| (source(&file.url), &*file.alt));
        Originals { blog: &survey.blog, alts: alts.collect() }
    }

    /// What there is to see on the file, if the export says so; it goes by `source`.
    pub fn alt(&self, source: &str) -> Option<&'a str> {
        self.alts.get(source).copied().filter(|alt| !alt.is_empty())
    }

    /// Where to look for what is at `url`, one after the other. What the export lists is the whole picture; of what it does
    /// not list nobody knows whether it was made smaller.
    pub fn spots(&self, url: &str) -> Vec<Spot> {
        let exact = Spot::of(whole(url, self.blog));
        let Some(larger) = without_size(&exact.url).map(Spot::of) else { return vec![exact] };
        match () {
            () if self.lists(&exact) => vec![exact],
            () if self.lists(&larger) || self.lists(&larger.scaled()) => vec![larger, exact],
            () => vec![exact, larger],
        }
    }

    fn lists(&self, spot: &Spot) -> bool {
        self.alts.contains_key(&spot.source)
    }
}

impl Spot {
    fn of(url: String) -> Spot {
        let address = Address::parse(&url);
        let source = address.map(|address| format!("{}/{}", address.host, address.path));
        Spot { source: format!("wordpress:{}", source.unwrap_or_else(|| url.clone())), url }
    }

    /// What the export lists in its place if it was very large.
    fn scaled(&self) -> Spot {
        let (name, ending) = self.url.rsplit_once('.').unwrap_or((&self.url, ""));
        Spot::of(format!("{name}-scaled.{ending}"))
    }
}

/// The address with its host, and without what follows the path.
fn whole(url: &str, blog: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.strip_prefix("//") {
        Some(rest) => format!("http://{rest}"),
        None if url.starts_with('/') => {
            let host = blog.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
            format!("{host}{url}")
        }
        None => url.to_owned(),
    }
}

/// What WordPress itself would have made a picture of: `heron-300x200.jpg` of `heron.jpg`.
fn without_size(url: &str) -> Option<String> {
    let (stem, ending) = url.rsplit_once('.')?;
    let (name, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| {
        (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    (is_number(width) && is_number(height) && !name.ends_with('/'))
        .then(|| format!("{name}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::super::survey::Attachment;
    use super::*;

    #[test]
    fn a_smaller_picture_leads_to_the_whole_one() {
        for (url, whole) in [
            ("https://a.example/x/heron-300x200.jpg", Some("https://a.example/x/heron.jpg")),
            ("https://a.example/x/300x200.jpg", None),
            ("https://a.example/x/heron-scaled.jpg", None),
            ("https://a.example/x/a-1x.jpg", None),
        ] {
            assert_eq!(without_size(url).as_deref(), whole, "{url}");
        }
    }

    #[test]
    fn what_the_export_lists_is_looked_for_first() {
        let file = |url: &str| Attachment {
            url: format!("https://a.example/{url}").into(),
            alt: "".into(),
            caption: "".into(),
            parent: 0,
        };
        let files = ["heron.jpg", "sea-scaled.jpg", "screen-1024x768.png"].map(file);
        let survey = Survey {
            blog: "https://a.example".to_owned(),
            files: (1..).zip(files).collect(),
            ..Survey::default()
        };
        let originals = Originals::of(&survey);
        for (url, places) in [
            ("/heron-300x200.jpg?x", ["/heron.jpg", "/heron-300x200.jpg"].as_slice()),
            ("//www.a.example/sea-30x20.jpg", &["/sea.jpg", "/sea-30x20.jpg"]),
            ("/screen-1024x768.png", &["/screen-1024x768.png"]),
            ("/screen-1024x768-30x20.png", &["/screen-1024x768.png", "/screen-1024x768-30x20.png"]),
            ("/other-30x20.png", &["/other-30x20.png", "/other.png"]),
            ("/other.png", &["/other.png"]),
        ] {
            let found: Vec<_> = originals.spots(url).into_iter().map(|spot| spot.source).collect();
            let expected: Vec<_> =
                places.iter().map(|place| format!("wordpress:a.example{place}")).collect();
            assert_eq!(found, expected, "{url}");
        }
    }
}
