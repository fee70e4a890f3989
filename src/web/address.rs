use rocket::http::RawStr;

/// A path of ours as it stands in a header: letters of other scripts are percent-encoded.
pub fn encoded(path: &str) -> String {
    let parts = path.split('/').map(|part| RawStr::new(part).percent_encode().to_string());
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn letters_are_encoded_and_slashes_stay() {
        assert_eq!(encoded("/posts/über-uns"), "/posts/%C3%BCber-uns");
        assert_eq!(encoded("/about"), "/about");
    }
}
