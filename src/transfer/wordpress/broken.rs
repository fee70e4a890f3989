//! Exports as they should not be.

use super::item::Item;
use super::scan::{LARGEST_FIELD, Scanner};
use super::survey::Survey;
use std::io::{self, Cursor, Read};

/// An export with these parts in its channel.
fn export(parts: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel>\
         <wp:wxr_version>1.2</wp:wxr_version>{parts}</channel></rss>"
    )
}

fn item(fields: &str) -> String {
    export(&format!(
        "<item><title>A</title>{fields}<wp:post_id>7</wp:post_id><wp:post_type>post</wp:post_type></item>"
    ))
}

fn only(fields: &str) -> Item {
    let items = Scanner::items(item(fields).leak());
    assert_eq!(items.len(), 1, "{fields}");
    let only = items.into_iter().next().unwrap();
    assert_eq!((only.id, only.kind.as_str(), only.is_whole), (7, "post", true), "{fields}");
    only
}

fn surveyed(xml: &str) -> Result<Survey, String> {
    let done = Survey::of(Cursor::new(xml.as_bytes().to_vec()), &|_| ());
    done.map(|(survey, _)| survey).map_err(|error| error.to_string())
}

#[test]
fn a_text_is_found_however_it_is_written() {
    for (written, text) in [
        ("<![CDATA[<p>a &amp; b</p>]]>", "<p>a &amp; b</p>"),
        ("<![CDATA[a ]]]]><![CDATA[> b]]>", "a ]]> b"),
        ("&lt;p&gt;a &amp;amp; b&lt;/p&gt; &#233;&#x20AC;", "<p>a &amp; b</p> é€"),
        (
            "<p class=\"x\">a <br/>b & c &nbsp; &eacute;</p>",
            "<p class=\"x\">a <br/>b & c &nbsp; &eacute;</p>",
        ),
        ("<!-- wp:paragraph --><p>a</p>", "<!-- wp:paragraph --><p>a</p>"),
        ("<![CDATA[a\u{8}\u{1}b]]>", "ab"),
        ("a &unknown; b &; c & d", "a &unknown; b &; c & d"),
        ("", ""),
    ] {
        let found = only(&format!("<content:encoded>{written}</content:encoded>")).content;
        assert_eq!(found, text, "{written}");
    }
}

#[test]
fn a_field_that_is_never_closed_takes_nothing_but_its_item() {
    let xml = export(
        "<item><title>A<wp:post_id>1</wp:post_id></item><item><title>B</title><wp:post_id>2</wp:post_id></item>",
    );
    let items = Scanner::items(xml.leak());
    assert_eq!(items.iter().map(|item| item.id).collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn an_item_that_is_never_closed_ends_where_the_next_begins() {
    let xml = export("<item><wp:post_id>1</wp:post_id><item><wp:post_id>2</wp:post_id></item>");
    let items = Scanner::items(xml.leak());
    assert_eq!(items.iter().map(|item| item.id).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_read_as_far_as_it_goes() {
    let whole = export(
        "<item><title>A</title><content:encoded><![CDATA[b]]></content:encoded><wp:post_id>1</wp:post_id></item>\
         <item><title>B</title><wp:comment><wp:comment_id>3</wp:comment_id></wp:comment></item>",
    );
    let first_end = whole.find("</item>").unwrap() + "</item>".len();
    for length in (0..whole.len()).filter(|length| whole.is_char_boundary(*length)) {
        let items = Scanner::items(whole[..length].to_owned().leak());
        let complete = items.iter().filter(|item| item.is_whole).count();
        assert!(length < first_end || complete >= 1, "{length}");
        if length > 400 {
            let survey = surveyed(&whole[..length]).unwrap();
            assert!(survey.cut.is_some() || length > whole.len() - "</rss>".len(), "{length}");
        }
    }
}

#[test]
fn an_export_without_a_version_is_read_and_told() {
    let xml = export("<item><wp:post_id>1</wp:post_id></item>")
        .replace("<wp:wxr_version>1.2</wp:wxr_version>", "");
    assert!(!surveyed(&xml).unwrap().has_version);
}

#[test]
fn what_is_no_export_is_refused() {
    for other in [
        "",
        "nonsense",
        "<html><body>x</body></html>",
        "{\"a\": 1}",
        "<rss><channel></channel></rss>",
    ] {
        assert!(surveyed(other).err().unwrap().contains("no export of WordPress"), "{other}");
    }
}

#[test]
fn entities_of_its_own_are_refused() {
    let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let outside = "<!DOCTYPE rss SYSTEM \"http://127.0.0.1/x.dtd\">";
    for definition in [bomb, outside] {
        let xml = export("<item><title>&b;</title></item>").replacen(
            "<rss",
            &format!("{definition}<rss"),
            1,
        );
        assert!(surveyed(&xml).err().unwrap().contains("document type definition"));
    }
}

#[test]
fn a_hundred_thousand_attributes_are_nothing_to_wait_for() {
    let many: String =
        (0..100_000).map(|n| format!(" xmlns:a{n}=\"http://wordpress.org/export/1.2/\"")).collect();
    let xml = export(&format!("<item{many}><wp:post_id>1</wp:post_id></item>"));
    let xml = xml.replacen("<rss", &format!("<rss{many}"), 1);
    assert_eq!(Scanner::items(xml.leak())[0].id, 1);
}

#[test]
fn one_text_without_end_is_refused_before_it_is_in_memory() {
    let begin = export("<item><content:encoded><![CDATA[");
    let begin = &begin[..begin.find("CDATA[").unwrap() + 6];
    let endless = Cursor::new(begin.as_bytes().to_vec()).chain(io::repeat(b'x').take(1 << 30));
    let refusal = Survey::of(endless, &|_| ()).err().unwrap().to_string();
    assert!(refusal.contains("a single part of it is larger"), "{refusal}");
}

#[test]
fn a_line_of_ten_megabytes_is_known_to_be_too_long() {
    let long = "x".repeat(10_000_000);
    let found = only(&format!("<content:encoded><![CDATA[{long}]]></content:encoded>"));
    assert_eq!(found.content.len(), LARGEST_FIELD + 1);
}

#[test]
fn terms_and_comments_without_end_are_not_all_kept() {
    let terms: String = (0..100_000)
        .map(|n| format!("<category domain=\"post_tag\" nicename=\"t{n}\">t{n}</category>"))
        .collect();
    assert_eq!(only(&terms).terms.len(), 2_000);
    let text = "x".repeat(100_000);
    let comment = format!(
        "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>{text}</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>"
    );
    let found = only(&comment.repeat(200));
    assert_eq!(found.comments.len() + found.uncounted_comments, 200);
    assert!(found.uncounted_comments > 100);
}
