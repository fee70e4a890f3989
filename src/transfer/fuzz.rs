//! Whatever comes in from elsewhere, nothing panics, and what is refused is refused with a reason. `MONOGRAPH_FUZZ=600` goes
//! on for so many seconds; without it the same few hundred rounds are gone through every time.

use super::{Plan, archive, ghost, markdown, wordpress, writefreely};
use crate::blog::whole;
use crate::db::Db;
use crate::text::markdown_of;
use std::fs::{self, File};
use std::io::{Cursor, Read, Seek, Write};
use std::time::{Duration, Instant};

/// Rounds for each kind of input.
const ROUNDS: u64 = 120;

/// Texts to begin with.
const WXR: &str = r#"<?xml version="1.0" encoding="UTF-8"?><!-- c --><rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<link>https://a.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>b</wp:author_login></wp:author>
<item><title>A &amp; b</title><link>https://a.example/2019/09/25/a/</link><content:encoded><![CDATA[One [caption id="x"]<img src="https://a.example/wp-content/uploads/a-30x20.jpg"/> c[/caption]

[gallery ids="2,3"] <pre>x</pre><!-- wp:x {"a":1} /--><iframe src="//b"></iframe>]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_name>a</wp:post_name><wp:post_date>2019-09-25 10:00:00</wp:post_date><wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>b</wp:meta_value></wp:postmeta><category domain="post_tag" nicename="t">T</category>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>&lt;b&gt;x</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment></item>
<item><wp:post_id>2</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://a.example/x.jpg</wp:attachment_url></item></channel></rss>"#;
const GHOST: &str = r##"{"db":[{"data":{"posts":[{"id":"1","title":"A","slug":"a","status":"published","published_at":"2019-09-25T10:00:00Z","html":"<p>a<img src=\"__GHOST_URL__/content/images/a.png\"></p>","feature_image":"__GHOST_URL__/content/images/b.png"},
{"id":"2","slug":"b","status":"draft","lexical":"{\"root\":{\"children\":[{\"type\":\"list\",\"children\":[{\"type\":\"listitem\",\"children\":[{\"type\":\"text\",\"text\":\"x\",\"format\":255}]}]},{\"type\":\"callout\",\"calloutText\":\"<b>y\"}]}}"},
{"id":"3","mobiledoc":"{\"atoms\":[],\"cards\":[[\"image\",{\"src\":\"/x\"}]],\"markups\":[[\"a\",[\"href\",\"/\"]]],\"sections\":[[1,\"p\",[[0,[0],1,\"x\"]]],[10,0],[3,\"ul\",[[[0,[],0,\"y\"]]]]]}"}],
"tags":[{"id":"t","name":"#T"}],"posts_tags":[{"post_id":"1","tag_id":"t","sort_order":0}]}}]}"##;
const WRITEFREELY: &str = r##"{"collections":[{"alias":"a","posts":[{"id":"x","slug":"y","created":"2019-09-25T10:00:00Z","title":"T","body":"# a *b*","tags":["c"],"language":"de"}]}],"posts":[{"id":"z","body":"q"}]}"##;
const MARKDOWN: [&str; 4] = [
    "---\ntitle: A\ndate: 2019-09-25\ntags: [a, b]\naliases: [/x/]\nextra: {a: [1, {b: c}]}\n---\n![x](y.png) {{< z >}} <img src=q>\n\n[r]: s\n",
    "+++\ntitle = \"A\"\ndate = 2019-09-25T10:00:00Z\n[taxonomies]\ntags = [\"a\"]\n[extra]\nx = 1\n+++\n# B\n",
    "{\"title\": \"A\", \"date\": \"2019-09-25\", \"tags\": [\"a\"]}\n\ntext\n",
    "title: A\npublished_date: 2021-01-01 12:00\n\n# Title {#x}\n> Published on Jan 2, 2006\n",
];
const HTML: &str = "<h2 id=\"x\">A</h2><p>b <strong> c </strong><em>d</em><br/>1. e</p><ul><li>f<ol start=\"3\"><li><p>g</p><pre><code class=\"language-c\">h\n\n`i`</code></pre></li></ol></li></ul>\
    <table><thead><tr><th align=\"left\">j|</th></tr></thead><tbody><tr><td>k</td></tr></tbody></table><figure><img src=\"/l\" alt=\"[m]\"><figcaption>n</figcaption></figure><blockquote>o<p>p</p></blockquote>";
/// What is put in here and there.
const PIECES: [&str; 36] = [
    "<",
    ">",
    "&",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "\0",
    "\u{FEFF}",
    "é",
    "\u{202E}",
    "\n\n",
    "\r",
    "---\n",
    "+++\n",
    "\\",
    "`",
    "*",
    "<item>",
    "</item>",
    "</channel>",
    "<!DOCTYPE x>",
    "&#0;",
    "&#x10FFFF;",
    "99999999999999999999",
    "null",
    "../",
    "%00",
    "[/caption]",
    "<pre>",
];

/// The same numbers every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        // xorshift64 (Marsaglia, 2003).
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// Something like `seed`, and like nothing that anybody would write.
    fn spoiled(&mut self, seed: &[u8]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(6) {
            let (at, other) = (self.below(bytes.len() + 1), self.below(bytes.len() + 1));
            let (start, end) = (at.min(other), at.max(other));
            match self.below(7) {
                0 => drop(bytes.drain(start..end)),
                1 => bytes.truncate(at.max(10)),
                2 => {
                    let piece = bytes[start..end.min(start + 200)].to_vec();
                    bytes.splice(other..other, piece.repeat(1 + self.below(20)));
                }
                3 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                4 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                _ => {
                    let piece = PIECES[self.below(PIECES.len())].repeat(1 + self.below(3));
                    bytes.splice(at..at, piece.into_bytes());
                }
            }
            bytes.truncate(100_000);
        }
        bytes
    }
}

/// Goes through rounds, or on for as long as was asked for.
fn rounds(name: &str, mut round: impl FnMut(&mut Dice)) {
    let seconds = std::env::var("MONOGRAPH_FUZZ").ok().and_then(|text| text.parse().ok());
    let started = Instant::now();
    let mut count: u64 = 0;
    while seconds.map_or(count < ROUNDS, |seconds| started.elapsed() < Duration::from_secs(seconds))
    {
        count += 1;
        round(&mut Dice(0x9E37_79B9_7F4A_7C15 ^ count.wrapping_mul(0x2545_F491_4F6C_DD1D)));
    }
    if seconds.is_some() {
        println!("{name}: {count} rounds in {:?}", started.elapsed());
    }
}

/// Imports into a blog of its own.
fn imported(import: impl Fn(&Plan<'_>)) {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&dir.path().join("blog.db")).unwrap();
    let plan =
        Plan { db: &db, author: None, now: 0, largest_file: 1_000_000, progress: &|_, _| () };
    import(&plan);
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

/// A report, or a sentence.
fn settled<T: ToString, E: ToString>(done: Result<T, E>) {
    let said = done.map_or_else(|error| error.to_string(), |report| report.to_string());
    assert!(!said.is_empty());
}

#[test]
fn spoiled_exports_of_wordpress_are_imported_or_refused() {
    rounds("WordPress", |dice| {
        let bytes = dice.spoiled(WXR.as_bytes());
        imported(|plan| {
            let sources = wordpress::Sources { may_be_cut: true, ..Default::default() };
            settled(wordpress::import(plan, file(&bytes), sources))
        });
    });
}

#[test]
fn spoiled_exports_of_ghost_and_writefreely_are_imported_or_refused() {
    rounds("Ghost and WriteFreely", |dice| {
        let (ghost, other) = (dice.spoiled(GHOST.as_bytes()), dice.spoiled(WRITEFREELY.as_bytes()));
        imported(|plan| {
            settled(ghost::import(plan, file(&ghost)));
            settled(writefreely::import(plan, file(&other)));
        });
    });
}

#[test]
fn spoiled_markdown_files_are_imported_or_left_out() {
    rounds("Markdown", |dice| {
        let dir = tempfile::tempdir().unwrap();
        for (n, text) in MARKDOWN.iter().enumerate() {
            fs::write(dir.path().join(format!("{n}.md")), dice.spoiled(text.as_bytes())).unwrap();
        }
        imported(|plan| settled(markdown::import(plan, dir.path())));
    });
}

#[test]
fn spoiled_archives_are_imported_or_refused() {
    let seed = zipped(&[
        ("data/a.json", GHOST),
        ("content/images/a.png", "x"),
        ("a/index.md", MARKDOWN[0]),
        ("b/c_d.txt", "# x"),
    ]);
    rounds("archives", |dice| {
        let bytes = dice.spoiled(&seed);
        imported(|plan| {
            settled(ghost::import(plan, file(&bytes)));
            settled(writefreely::import(plan, file(&bytes)));
            settled(markdown::import_zip(plan, file(&bytes)));
        });
    });
}

fn zipped<N: AsRef<str>, C: AsRef<[u8]>>(files: &[(N, C)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(name.as_ref(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The files of an archive with a blog of ours in it.
fn archived() -> Vec<(String, Vec<u8>)> {
    let dir = tempfile::tempdir().unwrap();
    for (n, text) in MARKDOWN.iter().enumerate() {
        fs::write(dir.path().join(format!("{n}.md")), text).unwrap();
    }
    image::RgbImage::new(40, 30).save(dir.path().join("y.png")).unwrap();
    let path = dir.path().join("whole.zip");
    let db = Db::open(&dir.path().join("blog.db")).unwrap();
    let plan =
        Plan { db: &db, author: None, now: 0, largest_file: 1_000_000, progress: &|_, _| () };
    markdown::import(&plan, dir.path()).unwrap();
    archive::export(&db, &path, &|_| ()).unwrap();
    let mut zip = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut content = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    names.iter().map(|name| (name.clone(), content(name))).collect()
}

#[test]
fn spoiled_archives_of_ours_come_in_whole_or_not_at_all() {
    let files = archived();
    rounds("archives of ours", |dice| {
        let dir = tempfile::tempdir().unwrap();
        let (mut files, path) = (files.clone(), dir.path().join("spoiled.zip"));
        for _ in 0..=dice.below(2) {
            let n = dice.below(files.len());
            files[n].1 = dice.spoiled(&files[n].1);
        }
        fs::write(&path, zipped(&files)).unwrap();
        let db = Db::open(&dir.path().join("blog.db")).unwrap();
        match archive::import(&db, &path, None, &|_, _| ()) {
            Ok(_) => drop(archive::export(&db, &path, &|_| ()).unwrap()),
            Err(error) => {
                assert!(!error.to_string().is_empty());
                assert!(matches!(db.read(whole::is_empty), Ok(true)), "{error}");
            }
        }
    });
}

#[test]
fn spoiled_html_becomes_markdown_or_is_refused() {
    rounds("HTML", |dice| {
        let html = dice.spoiled(HTML.as_bytes());
        let html = String::from_utf8_lossy(&html);
        if let Ok(text) = markdown_of(&html) {
            // What was read as Markdown once is not read as something else the next time.
            settled(
                crate::text::markdown::render(&text, &Default::default())
                    .map(|done| done.excerpt + "."),
            );
        }
    });
}
