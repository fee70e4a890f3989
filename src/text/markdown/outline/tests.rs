use super::*;

fn stumbles(markdown: &str) -> Vec<(usize, Over)> {
    let all = Outline::of(markdown).stumbles.into_iter();
    all.map(|stumble| (stumble.line, stumble.over)).collect()
}

fn addresses(targets: &[Target]) -> Vec<(usize, &str)> {
    targets.iter().map(|target| (target.line, target.address.as_str())).collect()
}

#[test]
fn a_picture_without_words_is_found_with_its_line() {
    let text =
        "![A cat](/a)\n\n![](/b)\n\nHere: <img src=/c alt=''> and <img src=\"/d\" alt=\"D\">";
    assert_eq!(stumbles(text), [(3, Over::PictureWithoutWords), (5, Over::PictureWithoutWords)]);
    let outline = Outline::of(text);
    assert_eq!(addresses(&outline.pictures), [(1, "/a"), (3, "/b"), (5, "/c"), (5, "/d")]);
}

#[test]
fn a_heading_that_skips_a_level_is_found() {
    assert_eq!(stumbles("## A\n\n### B\n\n## C"), []);
    assert_eq!(stumbles("## A\n\n#### B"), [(3, Over::HeadingJump(2, 4))]);
    assert_eq!(stumbles("### A"), [(1, Over::HeadingJump(1, 3))]);
    assert_eq!(stumbles("# A"), [(1, Over::SecondTitle)]);
}

#[test]
fn a_link_to_a_heading_that_is_not_there_is_found() {
    let text = "## Été *1*\n\n[a](#été-1) [b](#%C3%A9t%C3%A9-1) [c](#other) [d](#)";
    assert_eq!(stumbles(text), [(3, Over::NoSuchHeading("other".to_owned()))]);
    assert_eq!(stumbles("<a id=\"other\"></a>\n\n[c](#other)"), [], "HTML may have any name");
}

#[test]
fn a_link_needs_a_word_or_a_picture() {
    assert_eq!(stumbles("[](/a)"), [(1, Over::LinkWithoutWords)]);
    assert_eq!(stumbles("[![A](/b)](/a)"), []);
}

#[test]
fn links_of_every_form_are_found() {
    let text = "[a](/a) <a class=x HREF='/b'>b</a>\n[c]\n\n[c]: /c\n\n`[d](/d)`";
    assert_eq!(addresses(&Outline::of(text).links), [(1, "/a"), (1, "/b"), (2, "/c")]);
}

#[test]
fn prose_is_counted_and_code_blocks_are_not() {
    let outline = Outline::of(
        "One *two* `three`.\n\n```\nfour five\n```\n\n漢字かな [six](http://seven.example)",
    );
    assert_eq!((outline.words, outline.minutes), (8, 1));
    assert_eq!(Outline::of(&"word ".repeat(2300)).minutes, 10);
    assert_eq!(Outline::of("").minutes, 0);
}

#[test]
fn hostile_texts_are_looked_over_too() {
    for text in [
        "\0",
        "<",
        "<img",
        "<img src",
        "<img src=",
        "<a href=\"",
        "[",
        "é<é href=",
        &">".repeat(100_000),
    ] {
        Outline::of(text);
    }
}
