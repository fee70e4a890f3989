//! Source code as HTML, its words marked by what they are.

mod classes;

use std::sync::LazyLock;
use std::time::Duration;

use comrak::html::escape;
use syntect::parsing::{ParseState, ScopeStack, ScopeStackOp, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::work::Work;
pub use classes::CLASS_NAMES;
use classes::{Class, class_of};

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

const MAX_BYTES: usize = 256 * 1024;
const MAX_LINE: usize = 2_000;
const MAX_NAME: usize = 30;
const MAX_TIME: Duration = Duration::from_millis(400);

/// Highlights the code of one document, until the document has had its share of work.
pub struct Highlighter {
    bytes: usize,
    time: Duration,
}

impl Default for Highlighter {
    fn default() -> Self {
        Self { bytes: MAX_BYTES, time: MAX_TIME }
    }
}

impl Highlighter {
    /// The HTML of a code block, `info` being what the author wrote behind the fence.
    pub fn code_block(&mut self, info: &str, code: &str) -> String {
        let language = language(info);
        let mut body = Body::default();
        let work = Work::begin();
        let rest = self.highlight(&language, code, &mut body);
        self.time = self.time.saturating_sub(work.done());
        body.push(None, rest);
        let body = body.finish();
        if language.is_empty() {
            format!("<pre class=\"code\" tabindex=\"0\"><code>{body}</code></pre>\n")
        } else {
            format!(
                "<pre class=\"code\" data-language=\"{language}\" tabindex=\"0\"><code class=\"language-{language}\">{body}</code></pre>\n"
            )
        }
    }

    /// Highlights as much as the budget allows, and returns the code that is left.
    fn highlight<'c>(&mut self, language: &str, code: &'c str, body: &mut Body) -> &'c str {
        let work = Work::begin();
        if self.time.is_zero() {
            return code;
        }
        let Some(syntax) = find_syntax(language) else { return code };
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        let mut rest = code;
        for line in LinesWithEndings::from(code) {
            if line.len() > MAX_LINE.min(self.bytes) || work.done() > self.time {
                break;
            }
            let Ok(changes) = state.parse_line(line, &SYNTAXES) else { break };
            push_line(line, &changes, &mut scopes, body);
            rest = &rest[line.len()..];
            self.bytes -= line.len();
        }
        rest
    }
}

/// The language an info string names: `rust` in `rust,ignore`, `{.rust}` and `Rust title="x"`.
fn language(info: &str) -> String {
    let is_outside = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | ',' | ':' | ';' | '=');
    let name = info.split(is_outside).find(|word| !word.is_empty()).unwrap_or_default();
    let is_inside = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_');
    name.to_ascii_lowercase().chars().filter(is_inside).take(MAX_NAME).collect()
}

fn find_syntax(language: &str) -> Option<&'static SyntaxReference> {
    let token = match language {
        "" => return None,
        "console" | "shell" | "shellsession" | "shell-session" | "terminal" => "sh",
        "csharp" => "cs",
        "docker" => "dockerfile",
        "elisp" => "el",
        "fsharp" | "fs" => "f#",
        "golang" => "go",
        "javascriptreact" | "jsx" => "tsx",
        "json5" | "jsonc" => "json",
        "objc" => "objective-c",
        "postgresql" | "mysql" | "sqlite" => "sql",
        "python3" => "py",
        "vimscript" => "vim",
        other => other,
    };
    SYNTAXES.find_syntax_by_token(token)
}

fn push_line(
    line: &str,
    changes: &[(usize, ScopeStackOp)],
    scopes: &mut ScopeStack,
    body: &mut Body,
) {
    let mut start = 0;
    for (end, change) in changes {
        body.push(class_of(scopes), &line[start..*end]);
        start = *end;
        // A grammar that restores what it never cleared leaves the scopes as they are.
        let _ = scopes.apply(change);
    }
    body.push(class_of(scopes), &line[start..]);
}

/// The inside of a code block: runs of text, each with its class.
#[derive(Default)]
struct Body {
    html: String,
    open: Class,
}

impl Body {
    fn push(&mut self, class: Class, text: &str) {
        let is_space = text.chars().all(char::is_whitespace);
        if class != self.open && !is_space {
            self.close();
            if let Some(class) = class {
                self.html.push_str(&format!("<span class=\"{class}\">"));
            }
            self.open = class;
        }
        escape(&mut self.html, text).expect("a string takes every text");
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(info: &str, code: &str) -> String {
        Highlighter { bytes: MAX_BYTES, time: Duration::MAX }.code_block(info, code)
    }

    #[test]
    fn words_are_marked_by_what_they_are() {
        assert_eq!(
            html("rust", "// é\nlet x = \"<\"; // 1\n"),
            "<pre class=\"code\" data-language=\"rust\" tabindex=\"0\"><code class=\"language-rust\">\
             <span class=\"tok-comment\">// é\n</span>\
             <span class=\"tok-keyword\">let</span> x = \
             <span class=\"tok-string\">&quot;&lt;&quot;</span>; \
             <span class=\"tok-comment\">// 1\n</span></code></pre>\n"
        );
    }

    #[test]
    fn neighbours_of_one_class_share_a_span() {
        let code = html("rs", "// one\n// two\n");
        assert_eq!(code.matches("<span").count(), 1);
    }

    #[test]
    fn a_language_is_known_by_many_names() {
        for info in [
            "rust,ignore",
            "{.rust}",
            "RS",
            "sh",
            "console",
            "c++",
            "c#",
            "toml",
            "Dockerfile",
            "js",
            "jsx",
            "ts",
            "python title=\"a.py\"",
            "php",
            "html",
            "diff",
            "json",
            "yaml",
        ] {
            assert!(find_syntax(&language(info)).is_some(), "{info} is unknown");
        }
    }

    #[test]
    fn an_unknown_language_is_plain_text() {
        assert_eq!(
            html("klingon\" onclick=x", "<b>&\n"),
            "<pre class=\"code\" data-language=\"klingon\" tabindex=\"0\"><code class=\"language-klingon\">&lt;b&gt;&amp;\n</code></pre>\n"
        );
    }

    #[test]
    fn code_without_a_language_has_no_class() {
        assert_eq!(html("", "a\n"), "<pre class=\"code\" tabindex=\"0\"><code>a\n</code></pre>\n");
    }

    #[test]
    fn a_long_line_and_what_follows_is_plain_text() {
        let code = format!("let a;\n// {}\nlet b;\n", "x".repeat(MAX_LINE));
        assert_eq!(html("rust", &code).matches("tok-").count(), 1);
    }

    #[test]
    fn a_document_gets_only_its_share_of_highlighting() {
        let mut highlighter = Highlighter { bytes: 10, time: Duration::MAX };
        assert!(highlighter.code_block("rust", "let a;\n").contains("tok-keyword"));
        assert!(!highlighter.code_block("rust", "let b;\n").contains("tok-keyword"));
        let mut late = Highlighter { bytes: MAX_BYTES, time: Duration::ZERO };
        assert!(!late.code_block("rust", "let a;\n").contains("tok-keyword"));
    }

    #[test]
    fn no_character_of_the_code_is_lost() {
        let code = "<?php\n\techo \"a $b {$c['d']}\"; ?>\n<p>é</p>\n\n";
        let text = html("php", code).replace("&quot;", "\"").replace("&lt;", "\u{1}");
        let text: String =
            text.split('<').map(|tag| tag.split_once('>').map_or(tag, |t| t.1)).collect();
        assert_eq!(text.replace('\u{1}', "<").replace("&gt;", ">"), format!("{code}\n"));
    }
}
