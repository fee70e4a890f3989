use super::REMOVED_WHOLE;
use std::collections::BTreeSet;

/// Elements that do nothing here, though the words in them stay.
const IDLE: [&str; 4] = ["applet", "canvas", "embed", "form"];

/// The elements in `html` that are not in clean HTML and showed or did something where it comes from.
pub fn removed(html: &str) -> BTreeSet<&'static str> {
    let after_comment = |piece| <str>::split_once(piece, "-->").map_or("", |(_, after)| after);
    let mut pieces = html.split("<!--");
    let first = pieces.next();
    let shown = first.into_iter().chain(pieces.map(after_comment));
    let tags = shown.flat_map(|piece| piece.split('<').skip(1));
    let known = |tag: &str| {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let all = REMOVED_WHOLE.into_iter().chain(IDLE);
        all.into_iter().find(|known| known.eq_ignore_ascii_case(name))
    };
    tags.filter_map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_removed_is_known_by_name() {
        for (html, names) in [
            ("<p>a <b>b</b></p> 1 <2 &lt;script&gt;", [].as_slice()),
            ("<SCRIPT src=/x></SCRIPT><svg><path/></svg>", &["script", "svg"]),
            ("<form><input><textarea>a</textarea></form>", &["form", "textarea"]),
            ("<!-- <script> --><math>", &["math"]),
            ("<scripts><!-- <svg>", &[]),
        ] {
            assert_eq!(removed(html).into_iter().collect::<Vec<_>>(), names, "{html}");
        }
    }
}
