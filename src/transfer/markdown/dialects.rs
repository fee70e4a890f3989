//! Tests that each system's files land as the posts they were there.

use chrono_tz::Tz;

use super::file::PostFile;
use crate::transfer::dates;

const ZONE: Tz = chrono_tz::Europe::Berlin;

const HUGO: &str = "+++
title = 'Hello, world'
date = 2019-09-25T12:00:00+02:00
lastmod = 2019-09-26
tags = ['Rust']
categories = ['Web dev']
description = 'A greeting'
url = '/2019/hello/'
aliases = ['/old/']
authors = ['Ada']
+++

Hello *there*.
";

const HUGO_JSON: &str = r#"{
    "title": "Hello, world",
    "date": "2019-09-25T10:00:00Z",
    "lastmod": "2019-09-26",
    "tags": ["Rust", "rust"],
    "categories": ["Web dev"],
    "summary": "A greeting",
    "url": "/2019/hello",
    "aliases": ["old"],
    "author": {"name": "Ada"}
}
Hello *there*.
"#;

const ZOLA: &str = r#"+++
title = "Hello, world"
date = 2019-09-25T10:00:00Z
updated = 2019-09-26
description = "A greeting"
path = "2019/hello"
aliases = ["old"]
authors = ["Ada"]

[taxonomies]
tags = ["Rust"]
categories = ["Web dev"]
+++
Hello *there*.
"#;

const JEKYLL: &str = "---
title: Hello, world
date: 2019-09-25 12:00:00 +0200
last_modified_at: 2019-09-26
tags: Rust rust
category: Web dev
excerpt: A greeting
permalink: /2019/hello/
redirect_from: /old/
author: Ada
---

Hello *there*.
";

const GOBLOG: &str = "---
path: /2019/hello
title: Hello, world
published: 2019-09-25T12:00:00+02:00
updated: 2019-09-26
status: published
summary: A greeting
tags:
- Rust
- Web dev
aliases:
- /old
author: Ada
---
Hello *there*.
";

/// Bear knows no `updated`, `path` and `author`.
const BEAR: &str = "title: Hello, world
published_date: 2019-09-25 12:00
updated: 2019-09-26
path: 2019/hello
alias: old
tags: Rust, Web dev
meta_description: A greeting
author: Ada

Hello *there*.
";

fn parse(path: &str, text: &str) -> PostFile {
    PostFile::parse(path, text, ZONE).unwrap()
}

#[test]
fn every_dialect_lands_as_the_same_post() {
    let expected = PostFile {
        title: "Hello, world".into(),
        content: "Hello *there*.\n".into(),
        slug: Some("hello".into()),
        date: dates::parse("2019-09-25T10:00:00Z", ZONE),
        updated: dates::parse("2019-09-26", ZONE),
        summary: "A greeting".into(),
        tags: vec!["Rust".into(), "Web dev".into()],
        authors: vec!["Ada".into()],
        aliases: vec!["2019/hello".into(), "old".into()],
        ..PostFile::default()
    };
    for text in [HUGO, HUGO_JSON, ZOLA, JEKYLL, GOBLOG, BEAR] {
        assert_eq!(parse("posts/some-file.md", text), expected, "{text}");
        assert_eq!(parse("some-file/index.md", &text.replace('\n', "\r\n")), expected, "{text}");
    }
}

#[test]
fn a_jekyll_file_takes_its_date_and_its_slug_from_its_name() {
    let post = parse("_posts/2019-09-25-hello.md", "---\ntitle: Hello, world\n---\n");
    assert_eq!(post.date, dates::parse("2019-09-25", ZONE));
    assert_eq!(post.slug.as_deref(), Some("hello"));
}

#[test]
fn a_zola_file_takes_its_date_from_its_path_key() {
    let post = parse("Welcome.md", "+++\npath = \"inside-rust/2019/09/25/Welcome\"\n+++\n");
    assert_eq!(post.date, dates::parse("2019-09-25", ZONE));
    assert_eq!(post.slug.as_deref(), Some("Welcome"));
    assert_eq!(post.aliases, ["inside-rust/2019/09/25/Welcome"]);
}

#[test]
fn mataroa_writes_the_date_below_the_heading() {
    let post = parse("hello.md", "# Hello\n\n> Published on Sep 25, 2019\n\nBody\n");
    assert_eq!(post.date, dates::parse("2019-09-25", ZONE));
    assert_eq!(post.content, "Body\n");
}

#[test]
fn drafts_are_marked_in_many_ways() {
    for header in ["draft: true", "draft: 'yes'", "published: false", "status: draft"] {
        let post = parse("a.md", &format!("---\n{header}\n---\n"));
        assert!(post.draft && post.extra.is_empty(), "{header}");
    }
    assert!(parse("_drafts/a.md", "Body").draft);
    for header in ["draft: false", "published: true", "published: 2019-09-25", "status: published"]
    {
        assert!(!parse("a.md", &format!("---\n{header}\n---\n")).draft, "{header}");
    }
}

#[test]
fn visibility_is_one_of_three_words() {
    let visibility = |header: &str| parse("a.md", &format!("---\n{header}\n---\n")).visibility;
    assert_eq!(visibility("visibility: unlisted").as_deref(), Some("unlisted"));
    assert_eq!(visibility("status: private").as_deref(), Some("private"));
    assert_eq!(visibility("visibility: friends"), None);
}
