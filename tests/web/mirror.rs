//! The public site as files: whatever the blog answers, a host of files answers, too.

use crate::media::{jpeg, sent};
use crate::support::{TestBlog, Visitor};
use monograph::blog::Site;
use monograph::blog::site::Key;
use monograph::mirror::{self, Mirrored};
use monograph::settings::{Flags, Settings, figment};
use rocket::http::Status;
use rocket::tokio::runtime::Builder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

const URL: &str = "https://blog.example";

fn export(blog: &TestBlog, root: &Path) -> Mirrored {
    let flags = Flags { base_url: Some(URL.to_owned()), ..Flags::default() };
    let figment = figment(&flags).merge(("log_level", "off"));
    let settings = Settings::extract(&figment).unwrap();
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let done = mirror::export(figment, settings, blog.db().clone(), root, &|_, _| {});
    runtime.block_on(done).unwrap()
}

fn blog() -> TestBlog {
    let blog = TestBlog::with(|figment| figment.merge(("base_url", URL)));
    blog.add_user("Ada", monograph::blog::Role::Owner);
    blog
}

/// A blog with something of everything; the posts are listed on three pages.
fn lively() -> TestBlog {
    let blog = blog();
    let ada = blog.signed_in("Ada");
    let picture = sent(&ada, "Möwe.jpg", &jpeg(900, 400));
    let show = format!(
        "{}\n\n[other](/posts/nummer-2) and [gone](/posts/nowhere)",
        picture["markdown"].as_str().unwrap()
    );
    blog.db().write(|tx| Site::set(tx, Key::PostsPerPage, "2")).unwrap();
    (0..5).for_each(|n| {
        drop(ada.write_with(&format!("Nummer {n}"), &show, &[("tags", "Été, Meer")]))
    });
    ada.write_with("Über uns", "Wir.", &[("kind", "page"), ("menu", "1")]);
    ada.write_with("Part one", "x", &[("series", "Reise")]);
    ada.write_with("Only for friends", "x", &[("visibility", "private")]);
    ada.write_with("Who has the link", "x", &[("visibility", "unlisted")]);
    ada.write_with("Half a thought", "x", &[("status", "draft")]);
    ada.write_with("Tomorrow", "x", &[("status", "scheduled"), ("publish_at", "2999-01-01T00:00")]);
    let id = ada.write_with("Old name", "x", &[("slug", "old-name")]);
    ada.post(
        &format!("/posts/{id}/edit"),
        &[("title", "New name"), ("content", "x"), ("slug", "new-name")],
    );
    assert_eq!(ada.post("/admin/tags/ete/rename", &[("name", "Sommer")]).status, Status::SeeOther);
    blog
}

/// What a host of files finds, as nginx does with `try_files $uri $uri.html $uri/index.html`.
fn served(root: &Path, path: &str) -> Option<Vec<u8>> {
    let path =
        percent_encoding::percent_decode_str(path.trim_start_matches('/')).decode_utf8().unwrap();
    let tries = [
        root.join(&*path),
        root.join(format!("{path}.html")),
        root.join(&*path).join("index.html"),
    ];
    tries.iter().find(|file| file.is_file()).map(|file| fs::read(file).unwrap())
}

fn links(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).chain(page.split("src=\"").skip(1));
    let links = links.map(|rest| rest.split('"').next().unwrap().split('#').next().unwrap());
    links.map(|link| link.replace("&amp;", "&")).filter(|link| link.starts_with('/')).collect()
}

fn is_only_served(path: &str) -> bool {
    let starts = ["/search", "/opensearch.xml", "/auth/", "/users/"];
    path == "/posts/new" || starts.iter().any(|start| path.starts_with(start))
}

/// The page without what only the blog itself can answer, and without the ways between the pages of a list.
fn lines(page: &[u8]) -> Vec<String> {
    let page = String::from_utf8_lossy(page);
    let is_other = |line: &&str| links(line).iter().any(|link| is_only_served(link));
    let differs = |line: &&str| {
        ["class=\"pagination", "rel=\"canonical", "og:url", "schema.org\",\"@type\":\"Blog\","]
            .iter()
            .any(|part| line.contains(part))
    };
    let is_search = |line: &&str| {
        ["role=\"search\"", "for=\"q\"", "id=\"q\"", "<button>Search"]
            .iter()
            .any(|part| line.contains(part))
    };
    let lines = page.lines().filter(|line| !is_other(line) && !differs(line) && !is_search(line));
    lines
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty() && line != "</form>")
        .collect()
}

/// Every address that a stranger finds from `/posts` on, each with the one that it has among the files.
fn found(stranger: &Visitor<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::from([("/posts".to_owned(), "/posts".to_owned())]);
    let mut open = vec!["/posts".to_owned()];
    while let Some(path) = open.pop() {
        let own = found[&path].clone();
        for link in links(&stranger.get(&path).body) {
            let (list, number) = own.split_once("/page/").unwrap_or((&own, "1"));
            let number: u32 = number.parse().unwrap();
            let file = match link.split_once("?page=") {
                Some((_, key)) if key.starts_with("older-") => {
                    format!("{list}/page/{}", number + 1)
                }
                Some(_) if number == 2 => list.to_owned(),
                Some(_) => format!("{list}/page/{}", number - 1),
                None => link.clone(),
            };
            if !is_only_served(&link) && !found.contains_key(&link) {
                found.insert(link.clone(), file);
                open.push(link);
            }
        }
    }
    found
}

#[test]
fn files_answer_every_address_that_the_blog_answers() {
    let (blog, root) = (lively(), tempfile::tempdir().unwrap());
    export(&blog, root.path());
    let stranger = blog.stranger();
    let mut found = found(&stranger);
    let others = [
        "/feed.xml",
        "/rss.xml",
        "/feed.json",
        "/sitemap.xml",
        "/robots.txt",
        "/favicon.ico",
        "/posts/nummer-3.md",
        "/tags/ete/feed.xml",
        "/posts/who-has-the-link",
        "/uber-uns.md",
    ];
    found.extend(others.map(|path| (path.to_owned(), path.to_owned())));
    assert!(found.values().any(|file| file == "/tags/sommer/page/3"), "{found:?}");
    for (path, file) in found {
        let answer = stranger.get(&path);
        let kept = served(root.path(), &file);
        match answer.status {
            Status::Ok => assert_eq!(
                lines(&kept.unwrap_or_else(|| panic!("{path}"))),
                lines(&answer.bytes),
                "{path}"
            ),
            _ => assert_eq!((answer.status, kept), (Status::NotFound, None), "{path}"),
        }
    }
}

#[test]
fn what_moved_leads_on() {
    let (blog, root) = (lively(), tempfile::tempdir().unwrap());
    export(&blog, root.path());
    for (old, new) in [
        ("/posts/old-name", "/posts/new-name"),
        ("/tags/ete", "/tags/sommer"),
        ("/posts/uber-uns", ""),
    ] {
        let page = served(root.path(), old).map(|page| String::from_utf8(page).unwrap());
        match page {
            Some(page) => {
                assert!(page.contains(&format!("content=\"0; url={new}\"")), "{page}");
                assert!(page.contains(&format!("rel=\"canonical\" href=\"{URL}{new}\"")), "{page}");
            }
            None => assert!(new.is_empty(), "{old}"),
        }
    }
    assert_eq!(
        served(root.path(), "/").map(|page| lines(&page)),
        served(root.path(), "/posts").map(|page| lines(&page))
    );
    assert!(served(root.path(), "/404.html").is_some());
}

fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    entries.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn nothing_gets_out_that_is_not_public_and_nothing_leads_to_what_no_file_can_do() {
    let (blog, root) = (lively(), tempfile::tempdir().unwrap());
    export(&blog, root.path());
    for (path, bytes) in files(root.path()) {
        let text = String::from_utf8_lossy(&bytes);
        for secret in
            ["Only for friends", "Half a thought", "Tomorrow", "only-for-friends", "half-a-thought"]
        {
            assert!(
                !text.contains(secret) && !path.to_string_lossy().contains(secret),
                "{}",
                path.display()
            );
        }
        if path.extension().is_some_and(|end| end == "html") {
            assert!(!text.contains("<form"), "{}", path.display());
            let dead: Vec<_> = links(&text)
                .into_iter()
                .filter(|link| is_only_served(link) || link.contains('?'))
                .collect();
            assert!(dead.is_empty(), "{}: {dead:?}", path.display());
        }
    }
}

#[test]
fn a_link_that_leads_nowhere_is_told_with_its_page() {
    let blog = blog();
    let ada = blog.signed_in("Ada");
    ada.write("One", "[a](/posts/nowhere) [b](two#here) [c](https://blog.example/search?q=x) [d](https://other.example/x)\n\n[e](two#the-sea) [f](#nothing)");
    ada.write("Two", "[a](/posts/nowhere)\n\n## The sea");
    let root = tempfile::tempdir().unwrap();
    let broken: BTreeSet<_> = export(&blog, root.path()).broken.into_iter().collect();
    let told = [
        ("/posts/one", "/posts/nowhere"),
        ("/posts/one", "/posts/two#here"),
        ("/posts/one", "/posts/one#nothing"),
        ("/posts/one", "/search"),
        ("/posts/two", "/posts/nowhere"),
    ];
    assert_eq!(broken, told.map(|(page, link)| (page.to_owned(), link.to_owned())).into());
}

#[test]
fn a_second_export_writes_only_what_has_changed_and_takes_away_what_is_gone() {
    let blog = blog();
    let ada = blog.signed_in("Ada");
    let (one, two) = (ada.write("One", "x"), ada.write("Two", "x"));
    let root = tempfile::tempdir().unwrap();
    let first = export(&blog, root.path());
    assert_eq!((first.unchanged, first.removed), (0, 0));
    let before = files(root.path());
    let second = export(&blog, root.path());
    assert_eq!((second.written, second.unchanged, second.removed), (0, first.written, 0));
    assert_eq!(files(root.path()), before);

    ada.post(&format!("/posts/{one}/delete"), &[]);
    ada.post(&format!("/posts/{two}/edit"), &[("title", "Two"), ("content", "y")]);
    let third = export(&blog, root.path());
    assert!(third.written < first.written && third.removed >= 3, "{third:?}");
    assert_eq!(served(root.path(), "/posts/one"), None);
    assert!(
        String::from_utf8(served(root.path(), "/posts/two").unwrap()).unwrap().contains("<p>y</p>")
    );
}
