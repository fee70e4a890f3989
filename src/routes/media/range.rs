//! Parts of a file: <https://www.rfc-editor.org/rfc/rfc9110#section-14>.

/// Which bytes of a file to send.
#[derive(Debug, PartialEq, Eq)]
pub enum Span {
    /// All of them.
    Whole,
    /// From the first to the last, both included.
    Part(u64, u64),
    /// Some that it does not have.
    Outside,
}

impl Span {
    /// Reads a `Range` header. More than one part at once, and whatever makes no sense, is answered with all of it.
    pub fn parse(header: &str, size: u64) -> Span {
        let Some((first, last)) =
            header.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-'))
        else {
            return Span::Whole;
        };
        match (number(first), number(last)) {
            (Some(None), Some(Some(0))) => Span::Outside,
            (Some(None), Some(Some(length))) if size > 0 => {
                Span::Part(size.saturating_sub(length), size - 1)
            }
            (Some(Some(first)), Some(None)) if first < size => Span::Part(first, size - 1),
            (Some(Some(first)), Some(Some(last))) if first > last => Span::Whole,
            (Some(Some(first)), Some(Some(last))) if first < size => {
                Span::Part(first, last.min(size - 1))
            }
            (Some(Some(_)), Some(_)) => Span::Outside,
            _ => Span::Whole,
        }
    }
}

/// The number, or that there is none; `None` for anything else.
fn number(text: &str) -> Option<Option<u64>> {
    match text.trim() {
        "" => Some(None),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(Some(digits.parse().unwrap_or(u64::MAX)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_was_asked_for() {
        for (header, span) in [
            ("bytes=0-0", Span::Part(0, 0)),
            ("bytes=2-5", Span::Part(2, 5)),
            ("bytes=2-", Span::Part(2, 9)),
            ("bytes=2-99999999999999999999999", Span::Part(2, 9)),
            ("bytes=-3", Span::Part(7, 9)),
            ("bytes=-30", Span::Part(0, 9)),
            ("bytes=10-", Span::Outside),
            ("bytes=10-12", Span::Outside),
            ("bytes=-0", Span::Outside),
        ] {
            assert_eq!(Span::parse(header, 10), span, "{header}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_answered_with_all_of_it() {
        for header in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5-2",
            "bytes=a-b",
            "bytes=0-1,3-4",
            "lines=1-2",
            "bytes=+1-2",
        ] {
            assert_eq!(Span::parse(header, 10), Span::Whole, "{header}");
        }
    }
}
