use serde_json::json;

use super::*;

/// A difference as one reads it: `{-gone-}`, `{+new+}`, `[3]` for lines left out.
fn read(diff: &Diff) -> String {
    let block = |block: &Block| match block {
        Block::Same { text } => text.clone(),
        Block::Skipped { lines } => format!("[{lines}]"),
        Block::Changed { pieces } => marked(pieces),
    };
    diff.blocks.iter().map(block).collect::<Vec<_>>().join(" | ")
}

fn marked(pieces: &[Piece]) -> String {
    let piece = |Piece { kind, text }: &Piece| match kind {
        Kind::Same => text.clone(),
        Kind::Added => format!("{{+{text}+}}"),
        Kind::Removed => format!("{{-{text}-}}"),
    };
    pieces.iter().map(piece).collect()
}

fn between(old: &str, new: &str) -> String {
    read(&Diff::between(old, new))
}

/// What a reader of one side only would see of it.
fn side(diff: &Diff, other: Kind) -> Vec<String> {
    let pieces = |block: &Block| match block {
        Block::Changed { pieces } => {
            pieces.iter().filter(|piece| piece.kind != other).map(|piece| &*piece.text).collect()
        }
        Block::Same { text } => text.clone(),
        Block::Skipped { .. } => String::new(),
    };
    diff.blocks.iter().map(pieces).flat_map(|text| words_of(&text)).collect()
}

fn words_of(text: &str) -> Vec<String> {
    words::words(text)
        .iter()
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn a_changed_word_stands_beside_the_old_one() {
    assert_eq!(
        between("We met on Monday.", "We met on Tuesday."),
        "We met on {-Monday-}{+Tuesday+}."
    );
}

#[test]
fn words_are_counted_and_marks_are_not() {
    let diff = Diff::between("One two, three.", "One four five, three!");
    assert_eq!((diff.added, diff.removed, diff.extent), (2, 1, Extent::Words));
}

#[test]
fn a_space_belongs_to_the_word_that_came_or_went() {
    assert_eq!(between("foo, bar", "foo baz, bar"), "foo{+ baz+}, bar");
    assert_eq!(between("foo baz, bar", "foo, bar"), "foo{- baz-}, bar");
}

#[test]
fn only_the_changed_paragraphs_are_marked() {
    assert_eq!(
        between("A b.\n\nSame.\n\nC d.\n", "A x.\n\nSame.\n\nC y.\n"),
        "A {-b-}{+x+}. | Same. | C {-d-}{+y+}."
    );
}

#[test]
fn a_new_paragraph_does_not_hide_what_stayed_of_the_next() {
    assert_eq!(
        between("# T\n\nOne two three four.\n", "# T\n\nNew here.\n\nOne two three five.\n"),
        "# T | {+New here.\n\n+}One two three {-four-}{+five+}."
    );
}

#[test]
fn two_changed_paragraphs_stay_two() {
    assert_eq!(
        between("a b c d.\n\ne f g h.", "a b c x.\n\ne f g y."),
        "a b c {-d-}{+x+}. | e f g {-h-}{+y+}."
    );
}

#[test]
fn a_word_changed_in_every_paragraph_of_a_long_text_is_all_that_is_marked() {
    let old = "One two three old four five.\n\n".repeat(5_000);
    let diff = Diff::between(&old, &old.replace("old", "new"));
    assert_eq!((diff.added, diff.removed), (5_000, 5_000));
}

#[test]
fn lines_filled_anew_are_no_change() {
    let diff = Diff::between("one two three\nfour  five six\n", "one two\nthree four five\nsix");
    assert_eq!((read(&diff), diff.extent), ("[3]".to_owned(), Extent::Spaces));
    assert_eq!((diff.added, diff.removed), (0, 0));
}

#[test]
fn a_word_changed_in_lines_filled_anew_is_the_only_change() {
    assert_eq!(
        between("one two three\nfour five six", "one two\nthree 4 five six"),
        "one two\nthree {-four -}{+4 +}five six"
    );
}

#[test]
fn indentation_is_a_change() {
    assert_eq!(between("if a:\n  b", "if a:\n    b"), "if a: | {-  -}{+    +}b");
    assert_eq!(between("- a\n- b\n- c", "- a\n  - b\n- x"), "- a | {+  +}- b\n- {-c-}{+x+}");
}

#[test]
fn a_single_word_that_stayed_by_chance_does_not_break_what_was_rewritten() {
    assert_eq!(
        between("Nobody ever understood a question.", "Everything considered, a beginning."),
        "{-Nobody ever understood a question-}{+Everything considered, a beginning+}."
    );
}

#[test]
fn scripts_without_spaces_change_by_character() {
    assert_eq!(
        between("我喜欢猫。他不来。", "我喜欢狗。他不来了。"),
        "我喜欢{-猫-}{+狗+}。他不来{+了+}。"
    );
    assert_eq!(between("แมวดำ", "แมวขาว"), "แมว{-ดำ-}{+ขาว+}");
}

#[test]
fn an_accent_belongs_to_its_letter() {
    assert_eq!(between("cafe au lait", "cafe\u{301} au lait"), "{-cafe -}{+cafe\u{301} +}au lait");
}

#[test]
fn what_is_far_from_a_change_is_left_out() {
    let old: Vec<_> = (0..20).map(|n| format!("Line {n}\n\n")).collect();
    let new = old.concat().replace("Line 9", "Line nine");
    assert_eq!(
        between(&old.concat(), &new),
        "[7] | Line 7\n\nLine 8 | Line {-9-}{+nine+} | Line 10\n\nLine 11 | [8]"
    );
}

#[test]
fn one_line_is_not_left_out() {
    assert_eq!(
        between("a\n1\n2\n3\n4\n5\nb", "x\n1\n2\n3\n4\n5\ny"),
        "{-a-}{+x+} | 1\n2\n3\n4\n5 | {-b-}{+y+}"
    );
}

#[test]
fn equal_texts_have_no_change() {
    for text in ["", "a", "a\n\nb\n"] {
        let diff = Diff::between(text, text);
        assert_eq!(diff.extent, Extent::Nothing);
        assert!(diff.blocks.iter().all(|block| block.pieces().is_empty()));
    }
}

#[test]
fn a_title_is_compared_as_one_line() {
    assert_eq!(marked(&line("On cats", "On dogs, mostly")), "On {-cats-}{+dogs, mostly+}");
    assert_eq!(line("", ""), []);
}

#[test]
fn a_template_gets_plain_data() {
    let diff = serde_json::to_value(Diff::between("a\n\n\nb c", "a\n\n\nb d")).unwrap();
    assert_eq!(diff["blocks"][0], json!({ "kind": "same", "text": "a" }));
    assert_eq!(diff["blocks"][1]["kind"], "changed");
    assert_eq!(diff["blocks"][1]["pieces"][1], json!({ "kind": "removed", "text": "c" }));
}

#[test]
fn no_word_of_either_text_is_lost() {
    let texts = [
        "",
        "a\n\n\n  b\nc",
        "b\n\nc\n\nd",
        "\n\n\nd",
        "x \n y\n\tz",
        "e\u{301}\0 שלום (a)\n",
        "- a\n- b\n\n  c",
    ];
    for (old, new) in texts.iter().flat_map(|old| texts.iter().map(move |new| (old, new))) {
        let diff = Diff::between(old, new);
        if !diff.blocks.iter().any(|block| matches!(block, Block::Skipped { .. })) {
            assert_eq!(side(&diff, Kind::Added), words_of(old), "{old:?} {new:?}");
            assert_eq!(side(&diff, Kind::Removed), words_of(new), "{old:?} {new:?}");
        }
    }
}

#[test]
fn no_text_is_too_long_or_too_strange() {
    for unit in [
        "a", " ", "\n", "\0", "\u{301}", "א\"", "a\n\n", "字", "🇩", "\u{200D}", "a b\n", "\r", ". ",
    ] {
        let long = unit.repeat((64 << 10) / unit.len());
        for other in ["", "a", &unit.repeat(1_000)] {
            Diff::between(&long, other);
            Diff::between(other, &long);
        }
    }
    for unit in ["a", "a\n\n"] {
        Diff::between(&unit.repeat((2 << 20) / unit.len()), "b");
    }
}
