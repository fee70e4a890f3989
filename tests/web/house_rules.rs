//! What holds for the whole house, so that no single change has to remember it.

use crate::support::TestBlog;
use rocket::http::Status;
use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

fn files(folder: &str, end: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = WalkDir::new(root).into_iter().map(Result::unwrap);
    let wanted = entries.filter(|entry| entry.path().extension().is_some_and(|found| found == end));
    let files: Vec<_> = wanted
        .map(|entry| (entry.path().to_owned(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    assert!(!files.is_empty(), "no {end} files in {folder}");
    files
}

#[test]
fn no_floor_looks_up() {
    let may_not_know = [
        ("files", ["db", "blog", "transfer", "web", "routes"].as_slice()),
        ("text", &["files", "db", "blog", "transfer", "web", "routes"]),
        ("db", &["files", "text", "blog", "transfer", "web", "routes"]),
        ("blog", &["transfer", "web", "routes", "settings"]),
        ("edge", &["files", "text", "db", "blog", "transfer", "web", "routes"]),
        ("transfer", &["web", "routes", "commands"]),
        ("web", &["transfer", "routes", "commands"]),
        ("routes", &["commands", "jobs", "app", "mirror"]),
        ("mirror", &["routes", "transfer", "commands"]),
    ];
    for (floor, above) in may_not_know {
        for (path, source) in files(&format!("src/{floor}"), "rs") {
            for name in above {
                assert!(
                    !source.contains(&format!("crate::{name}")),
                    "{} looks up to {name}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn only_the_blog_and_the_database_speak_sql() {
    for (path, source) in files("src", "rs") {
        let allowed =
            path.components().any(|part| part.as_os_str() == "blog" || part.as_os_str() == "db");
        let speaks = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"PRAGMA "]
            .iter()
            .any(|sql| source.contains(sql));
        assert!(allowed || !speaks, "{} speaks SQL", path.display());
    }
}

#[test]
fn no_file_is_longer_than_three_hundred_lines() {
    for (path, source) in files("src", "rs").into_iter().chain(files("tests", "rs")) {
        let lines = source.lines().count();
        assert!(lines <= 300, "{} has {lines} lines", path.display());
    }
}

#[test]
fn html_is_trusted_in_one_place_only() {
    let templates = files("templates", "html");
    let trusting: Vec<_> = templates
        .iter()
        .filter(|(_, source)| source.contains("safe"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(trusting.len(), 1, "{trusting:?}");
    assert!(trusting[0].ends_with("parts/_prose.html"));
}

#[test]
fn no_template_holds_style_or_script_of_its_own() {
    for (path, source) in files("templates", "html") {
        for inline in
            ["<style", "style=\"", "<script>", " onclick", " onload", " onsubmit", "javascript:"]
        {
            assert!(!source.contains(inline), "{} holds {inline}", path.display());
        }
    }
}

#[test]
fn raw_colours_stand_in_the_tokens_only() {
    for (path, source) in
        files("static/css", "css").iter().filter(|(path, _)| !path.ends_with("10-tokens.css"))
    {
        let colour =
            |line: &&str| line.contains(": #") || line.contains("rgb(") || line.contains("hsl(");
        assert_eq!(source.lines().find(colour), None, "{}", path.display());
    }
}

#[test]
fn every_setting_stands_in_the_readme() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let own = [
        "database",
        "address",
        "port",
        "base_url",
        "bcrypt_cost",
        "log_format",
        "upload_limit",
        "theme",
        "ip_header",
        "page_cache",
        "secret_key",
        "listen",
        "trusted_proxies",
        "tls_certificate",
        "tls_key",
        "acme",
        "acme_directory",
        "acme_root",
    ];
    let edge = serde_json::to_value(monograph::settings::Edge::default()).unwrap();
    let edge = edge.as_object().unwrap().keys().map(String::as_str);
    let site =
        <monograph::blog::site::Key as monograph::blog::Word>::ALL.iter().map(|(_, word)| *word);
    for name in own.into_iter().chain(edge).chain(site) {
        assert!(readme.contains(&format!("`{name}`")), "{name} is missing");
    }
}

#[test]
fn every_link_on_the_site_leads_somewhere() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    (0..12).for_each(|n| drop(ada.write_with(&format!("Été {n}"), "Text.", &[("tags", "a")])));
    ada.write_with("Draft", "x", &[("status", "draft")]);
    for visitor in [&ada, &blog.stranger()] {
        let mut seen = BTreeSet::new();
        let mut open = VecDeque::from(["/posts".to_owned()]);
        while let Some(path) = open.pop_front() {
            let page = visitor.get(&path);
            assert!(
                [Status::Ok, Status::SeeOther].contains(&page.status),
                "{path}: {}",
                page.status
            );
            let links =
                page.body.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
            let links = links.map(|link| link.replace("&amp;", "&"));
            for link in links.filter(|link| link.starts_with('/')) {
                if seen.insert(link.clone()) {
                    open.push_back(link);
                }
            }
        }
        assert!(seen.len() > 10, "{seen:?}");
    }
}

/// The edge passes no other cookies on to a page that anybody may have.
#[test]
fn every_cookie_is_among_those_that_the_edge_knows() {
    for (path, source) in files("src", "rs") {
        let names_one = source.contains("Cookie::build(") || source.contains("Cookie::new(");
        assert!(
            !names_one || source.contains("super::cookies::"),
            "{} names a cookie of its own",
            path.display()
        );
    }
}
