//! Tells the prose of a Markdown text from its code, and finds the heading it opens with.

/// The text with all code in it blanked out: every byte and every line stays at its place.
pub fn without_code(content: &str) -> String {
    let mut prose = String::with_capacity(content.len());
    let mut fence = None;
    for line in content.split_inclusive('\n') {
        let mark = fence_mark(line);
        match (fence, mark) {
            (None, None) => blank_spans(line, &mut prose),
            (None, Some(_)) => {
                fence = mark;
                blank(line, &mut prose);
            }
            (Some(opening), _) => {
                if mark.is_some_and(|mark| closes(mark, opening, line)) {
                    fence = None;
                }
                blank(line, &mut prose);
            }
        }
    }
    prose
}

/// The character and the length of the fence this line opens or closes.
fn fence_mark(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let after = line.trim_start_matches(mark);
    let length = line.len() - after.len();
    // A line with more backticks further on is a code span.
    (length >= 3 && !(mark == '`' && after.contains('`'))).then_some((mark, length))
}

fn closes(mark: (char, usize), opening: (char, usize), line: &str) -> bool {
    mark.0 == opening.0 && mark.1 >= opening.1 && line.trim_end().ends_with(mark.0)
}

fn blank(code: &str, prose: &mut String) {
    prose.extend(code.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

/// Copies a line, blanking what stands between two runs of equally many backticks.
fn blank_spans(mut line: &str, prose: &mut String) {
    while let Some(start) = line.find('`') {
        let after = line[start..].trim_start_matches('`');
        let run = &line[start..line.len() - after.len()];
        let length = closing_run(after, run.len()).unwrap_or(0);
        prose.push_str(&line[..start]);
        blank(run, prose);
        blank(&after[..length], prose);
        line = &after[length..];
    }
    prose.push_str(line);
}

/// How far it is to the end of the next run of exactly `length` backticks.
fn closing_run(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + run;
        if run == length {
            return Some(at);
        }
    }
    None
}

/// The text from its first line with anything on it.
pub fn skip_blank_lines(text: &str) -> &str {
    let blank = text.len() - text.trim_start().len();
    let start = text[..blank].rfind('\n').map_or(0, |end| end + 1);
    &text[start..]
}

/// Cuts off the first-level heading that the text opens with.
pub fn cut_heading(text: &str) -> Option<(String, &str)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (heading, rest) = match line.strip_prefix('#') {
        Some(heading) if heading.starts_with([' ', '\t']) => (heading, rest),
        _ => {
            let (underline, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            let underline = underline.trim_end();
            let drawn = !underline.is_empty() && underline.bytes().all(|byte| byte == b'=');
            (drawn && !line.starts_with(' ')).then_some((line, rest))?
        }
    };
    let heading = without_anchor(without_closing(heading.trim())).trim();
    (!heading.is_empty()).then(|| (heading.to_owned(), skip_blank_lines(rest)))
}

/// The heading without the number signs that may end it, but not without that of `C#`.
fn without_closing(heading: &str) -> &str {
    let open = heading.trim_end_matches('#');
    if open.is_empty() || open.ends_with([' ', '\t']) { open } else { heading }
}

/// The heading without the `{#name}` that Hugo, Zola and Jekyll let follow it.
fn without_anchor(heading: &str) -> &str {
    let heading = heading.trim_end();
    let anchor = heading.rfind("{#").filter(|_| heading.ends_with('}'));
    anchor.map_or(heading, |start| &heading[..start])
}

/// Cuts off the `> Published on Jan 2, 2006` that Mataroa writes below the heading, and returns the day.
pub fn cut_published_on(text: &str) -> Option<(&str, &str)> {
    let (day, rest) = text.strip_prefix("> Published on ")?.split_once('\n')?;
    Some((day, skip_blank_lines(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_blanked_and_everything_else_stays_in_place() {
        let content = "a `b` c\n```rust\nd\n```\ne ``f ` g`` ` h\n~~~\n```\n~~~\nié`é`\n";
        let expected = "a     c\n       \n \n   \ne             h\n   \n   \n   \nié    \n";
        assert_eq!(without_code(content), expected);
    }

    #[test]
    fn a_fence_is_closed_by_its_own_kind_only() {
        assert_eq!(without_code("````\na\n```\nb\n```` x\nc\n````\nd").trim(), "d");
        assert_eq!(without_code("``` a ``` b").trim(), "b");
    }

    #[test]
    fn a_heading_is_cut_off_with_the_blank_lines_after_it() {
        for text in ["# A b\n\nBody", "# A b ##\nBody", "# A b {#ab}\nBody", "A b\n===\n\nBody"] {
            assert_eq!(cut_heading(text), Some(("A b".to_owned(), "Body")), "{text}");
        }
        for text in ["## A\n", "#tag\n", "#\n", "Body\n\n# A\n", "A\n---\n", ""] {
            assert_eq!(cut_heading(text), None, "{text}");
        }
        assert_eq!(cut_heading("# C#").unwrap().0, "C#");
    }

    #[test]
    fn indentation_survives_skipped_lines() {
        assert_eq!(skip_blank_lines("\n  \n    code\n"), "    code\n");
        assert_eq!(skip_blank_lines("\n\n"), "");
    }
}
