//! Frames of other sites, which are not shown here.

use super::addresses::changed;

/// `html` with links in place of frames, which are not shown here; and how many there were.
pub fn without(html: &str) -> (String, usize) {
    let mut out = String::with_capacity(html.len());
    let (mut rest, mut count, mut has_end) = (html, 0, true);
    while let Some(start) = find(rest, "<iframe") {
        out.push_str(&rest[..start]);
        let frame = &rest[start..];
        let end =
            has_end.then(|| find(frame, "</iframe>")).flatten().map(|at| at + "</iframe>".len());
        // If there is no end here, there is none further on.
        has_end = end.is_some();
        let end = end.or_else(|| frame.find('>').map(|at| at + 1)).unwrap_or(frame.len());
        let mut address = None;
        changed(&frame[..end], |name, found| {
            if name == "iframe" && address.is_none() {
                address = Some(found.to_owned());
            }
            None
        });
        if let Some(address) = address.filter(|address| !address.is_empty()) {
            let address = address.replace('&', "&amp;").replace('"', "%22").replace('<', "&lt;");
            out.push_str(&format!("<a href=\"{address}\">{address}</a>"));
        }
        count += 1;
        rest = &frame[end..];
    }
    out.push_str(rest);
    (out, count)
}

/// Where `name` stands, in small or capital letters.
pub fn find(text: &str, name: &str) -> Option<usize> {
    let first = text.match_indices('<').map(|(at, _)| at);
    first.into_iter().find(|at| {
        text.as_bytes()
            .get(*at..at + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_becomes_a_link() {
        let (html, count) = without(
            "a<IFRAME width=1 src=\"https://a.example/?b&amp;c\"></iframe>b<iframe src=/x>",
        );
        assert_eq!(count, 2);
        assert_eq!(
            html,
            "a<a href=\"https://a.example/?b&amp;c\">https://a.example/?b&amp;c</a>b<a href=\"/x\">/x</a>"
        );
        assert_eq!(without("<p>é < b</p>").1, 0);
    }
}
