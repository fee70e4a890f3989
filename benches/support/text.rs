//! Prose with code between, of any length.

use std::fmt::Write;

const WORDS: [&str; 12] = [
    "a",
    "blog",
    "that",
    "keeps",
    "*everything*",
    "in",
    "one",
    "file",
    "and",
    "`serves`",
    "it",
    "[quickly](/posts)",
];
const CODE: [(&str, &str); 5] = [
    (
        "rust",
        "pub fn main() -> Result<(), Error> {\n    println!(\"{}\", 40 + 2);\n    Ok(())\n}\n",
    ),
    ("python", "def main(names):\n    for name in names:\n        print(f\"Hello, {name}\")\n"),
    ("html", "<main id=\"top\">\n  <p class=\"lead\">Hello <b>there</b></p>\n</main>\n"),
    ("sql", "SELECT title, count(*) FROM posts WHERE id > 7 GROUP BY title ORDER BY 2 DESC;\n"),
    ("sh", "for file in *.md; do\n  wc -w \"$file\" | cut -d' ' -f1\ndone\n"),
];

/// A text of so many words in paragraphs of a hundred, with code blocks of ten to twenty lines between them.
pub fn text(words: usize, blocks: usize) -> String {
    let mut text = String::new();
    for n in 0..words / 100 {
        if n % 5 == 0 {
            let _ = write!(text, "## Part {}\n\n", n / 5 + 1);
        }
        let paragraph: Vec<_> = (0..100).map(|i| WORDS[(n + i * 7) % WORDS.len()]).collect();
        let _ = write!(text, "{}.\n\n", paragraph.join(" "));
    }
    for n in 0..blocks {
        let (language, code) = CODE[n % CODE.len()];
        let _ = write!(text, "```{language}\n{}```\n\n", code.repeat(4));
    }
    text
}
