//! Every route refuses what it should: a new one must say here who may come, or these tests fail.

use crate::support::{TestBlog, Visitor};
use rocket::http::{Method, Status};

/// Who may come to a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Everybody,
    SignedIn,
    Editors,
    Owner,
}

use Open::{Editors, Everybody, Owner, SignedIn};

const ROUTES: &[(Method, &str, Open)] = &[
    (Method::Get, "/", Everybody),
    (Method::Get, "/<path..>", Everybody),
    (Method::Get, "/archive", Everybody),
    (Method::Get, "/archive/<year>", Everybody),
    (Method::Get, "/archive/<year>/<month>", Everybody),
    (Method::Get, "/assets/<digest>/<path..>", Everybody),
    (Method::Get, "/auth/login", Everybody),
    (Method::Get, "/auth/recover", Everybody),
    (Method::Get, "/authors/<name>", Everybody),
    (Method::Get, "/authors/<name>/<kind>", Everybody),
    (Method::Get, "/checkup", Everybody),
    (Method::Get, "/covers/<id>/<file>", Everybody),
    (Method::Get, "/custom.css", Everybody),
    (Method::Get, "/favicon.ico", Everybody),
    (Method::Get, "/feed.json", Everybody),
    (Method::Get, "/feed.xml", Everybody),
    (Method::Get, "/healthz", Everybody),
    (Method::Get, "/media/<id>/<name>", Everybody),
    (Method::Get, "/posts", Everybody),
    (Method::Get, "/posts/<slug>", Everybody),
    (Method::Get, "/robots.txt", Everybody),
    (Method::Get, "/rss.xml", Everybody),
    (Method::Get, "/series/<slug>/<kind>", Everybody),
    (Method::Get, "/tags/<slug>/<kind>", Everybody),
    (Method::Get, "/opensearch.xml", Everybody),
    (Method::Get, "/search", Everybody),
    (Method::Get, "/shared", Everybody),
    (Method::Get, "/sitemap.xml", Everybody),
    (Method::Get, "/sitemaps/<name>", Everybody),
    (Method::Get, "/sitemaps/lists.xml", Everybody),
    (Method::Get, "/series/<slug>", Everybody),
    (Method::Get, "/tags", Everybody),
    (Method::Get, "/tags/<slug>", Everybody),
    (Method::Get, "/users/register", Everybody),
    (Method::Post, "/auth/login", Everybody),
    (Method::Post, "/auth/recover", Everybody),
    (Method::Post, "/checkup", Everybody),
    (Method::Post, "/refused", Everybody),
    (Method::Post, "/users/register", Everybody),
    (Method::Get, "/account", SignedIn),
    (Method::Get, "/admin", SignedIn),
    (Method::Get, "/admin/media", SignedIn),
    (Method::Get, "/admin/media/<id>", SignedIn),
    (Method::Get, "/posts/<id>/edit", SignedIn),
    (Method::Get, "/posts/new", SignedIn),
    (Method::Post, "/account", SignedIn),
    (Method::Post, "/account/sessions/<id>/end", SignedIn),
    (Method::Post, "/account/sessions/end-others", SignedIn),
    (Method::Post, "/admin/media", SignedIn),
    (Method::Post, "/admin/media/<id>", SignedIn),
    (Method::Post, "/admin/media/<id>/delete", SignedIn),
    (Method::Post, "/auth/logout", SignedIn),
    (Method::Post, "/posts", SignedIn),
    (Method::Post, "/posts/<id>/delete", SignedIn),
    (Method::Post, "/posts/<id>/edit", SignedIn),
    (Method::Post, "/posts/<id>/restore", SignedIn),
    (Method::Post, "/posts/preview", SignedIn),
    (Method::Get, "/posts/<id>/history", SignedIn),
    (Method::Get, "/posts/<id>/history/<version>", SignedIn),
    (Method::Post, "/posts/<id>/history/<version>/restore", SignedIn),
    (Method::Get, "/posts/<id>/share", SignedIn),
    (Method::Post, "/posts/<id>/share", SignedIn),
    (Method::Post, "/posts/<id>/share/<share>/revoke", SignedIn),
    (Method::Post, "/posts/<id>/remove", SignedIn),
    (Method::Post, "/posts/<id>/working-copy", SignedIn),
    (Method::Get, "/posts/<id>/conflicts/<number>", SignedIn),
    (Method::Post, "/posts/<id>/conflicts/<number>/settle", SignedIn),
    (Method::Post, "/posts/<id>/conflicts/<number>/take", SignedIn),
    (Method::Post, "/admin/trash/empty", SignedIn),
    (Method::Get, "/admin/series", Editors),
    (Method::Get, "/admin/series/<slug>", Editors),
    (Method::Get, "/admin/tags", Editors),
    (Method::Get, "/admin/tags/<slug>", Editors),
    (Method::Post, "/admin/series/<slug>/delete", Editors),
    (Method::Post, "/admin/series/<slug>/move", Editors),
    (Method::Post, "/admin/series/<slug>/rename", Editors),
    (Method::Post, "/admin/tags/<slug>/delete", Editors),
    (Method::Post, "/admin/tags/<slug>/merge", Editors),
    (Method::Post, "/admin/tags/<slug>/rename", Editors),
    (Method::Get, "/admin/accounts", Owner),
    (Method::Get, "/admin/import", Owner),
    (Method::Get, "/admin/backups", Owner),
    (Method::Get, "/admin/backups/<name>", Owner),
    (Method::Get, "/admin/invites", Owner),
    (Method::Get, "/admin/settings", Owner),
    (Method::Get, "/admin/settings/preview.css", Owner),
    (Method::Post, "/admin/settings/preview", Owner),
    (Method::Post, "/admin/accounts", Owner),
    (Method::Post, "/admin/accounts/<name>/recover", Owner),
    (Method::Post, "/admin/accounts/<name>/remove", Owner),
    (Method::Post, "/admin/accounts/<name>/role", Owner),
    (Method::Post, "/admin/import", Owner),
    (Method::Post, "/admin/import/forget", Owner),
    (Method::Post, "/admin/import/start", Owner),
    (Method::Post, "/admin/backups", Owner),
    (Method::Post, "/admin/backups/<name>/check", Owner),
    (Method::Post, "/admin/backups/<name>/delete", Owner),
    (Method::Post, "/admin/backups/<name>/download", Owner),
    (Method::Post, "/admin/backups/nightly", Owner),
    (Method::Post, "/admin/invites", Owner),
    (Method::Post, "/admin/invites/<id>/withdraw", Owner),
    (Method::Post, "/admin/settings", Owner),
];

/// An address that a route takes.
fn example(path: &str) -> String {
    path.replace("<path..>", "some/where")
        .replace("<id>", "1")
        .replace("<number>", "1")
        .replace("<version>", "1")
        .replace("<share>", "1")
        .replace("<digest>", "d")
        .replace(['<', '>'], "")
}

fn ask(visitor: &Visitor<'_>, method: Method, path: &str) -> crate::support::Answer {
    match method {
        Method::Post => visitor.post(&example(path), &[("role", "author")]),
        other => visitor.request(other, &example(path)),
    }
}

#[test]
fn every_route_says_who_may_come() {
    let blog = TestBlog::new();
    let mut found: Vec<_> =
        blog.rocket().routes().map(|route| (route.method, route.uri.path())).collect();
    let mut known: Vec<_> = ROUTES.iter().map(|(method, path, _)| (*method, *path)).collect();
    let order = |(method, path): &(Method, &str)| (path.to_string(), method.as_str());
    found.sort_by_key(order);
    known.sort_by_key(order);
    assert_eq!(found, known);
}

#[test]
fn every_guarded_route_sends_strangers_to_sign_in() {
    let blog = TestBlog::inhabited();
    for (method, path, open) in ROUTES.iter().filter(|(.., open)| *open != Everybody) {
        let answer = ask(&blog.stranger(), *method, path);
        assert_eq!(answer.status, Status::SeeOther, "{method} {path} is {open:?}");
        assert!(
            answer.location().starts_with("/auth/login?next=/"),
            "{method} {path}: {}",
            answer.location()
        );
    }
}

#[test]
fn an_ended_session_opens_no_door() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    blog.db()
        .write(|tx| Ok::<_, monograph::db::Error>(tx.execute("DELETE FROM sessions", [])?))
        .unwrap();
    for (method, path, _) in ROUTES.iter().filter(|(.., open)| *open != Everybody) {
        let status = ask(&bo, *method, path).status;
        assert!(
            [Status::SeeOther, Status::Unauthorized, Status::NotFound].contains(&status),
            "{method} {path}: {status}"
        );
    }
    assert!(!blog.stranger().get("/posts").says("class=\"card\""));
}

#[test]
fn what_is_the_owners_is_nobody_elses() {
    let blog = TestBlog::inhabited();
    for (method, path, _) in ROUTES.iter().filter(|(.., open)| *open == Owner) {
        for name in ["Ed", "Bo"] {
            assert_eq!(
                ask(&blog.signed_in(name), *method, path).status,
                Status::Forbidden,
                "{name}: {method} {path}"
            );
        }
        assert_ne!(
            ask(&blog.signed_in("Ada"), *method, path).status,
            Status::Forbidden,
            "{method} {path}"
        );
    }
}

#[test]
fn what_is_the_editors_is_not_the_authors() {
    let blog = TestBlog::inhabited();
    for (method, path, _) in ROUTES.iter().filter(|(.., open)| *open == Editors) {
        let status = |name: &str| ask(&blog.signed_in(name), *method, path).status;
        assert_eq!(status("Bo"), Status::Forbidden, "{method} {path}");
        assert_ne!(status("Ed"), Status::Forbidden, "{method} {path}");
        assert_ne!(status("Ada"), Status::Forbidden, "{method} {path}");
    }
}

#[test]
fn every_change_that_another_site_asks_for_is_refused() {
    let blog = TestBlog::inhabited();
    let elsewhere = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", "http://blog.example:81"),
        ("Origin", "http://sub.blog.example"),
        ("Origin", "ftp://blog.example"),
        ("Referer", "https://evil.example/posts"),
    ];
    for (method, path, _) in ROUTES.iter().filter(|(method, ..)| *method != Method::Get) {
        for (name, value) in elsewhere {
            let visitor = blog.signed_in("Ada").sending(name, value);
            assert_eq!(
                ask(&visitor, *method, path).status,
                Status::Forbidden,
                "{method} {path} from {value}"
            );
        }
    }
    let visitor = blog.stranger().sending("Sec-Fetch-Site", "cross-site");
    assert_eq!(visitor.post("/nothing/here", &[]).status, Status::Forbidden, "on every path");
    assert_eq!(visitor.post("/auth/login", &[("_method", "put")]).status, Status::Forbidden);
    assert_eq!(blog.db().read(monograph::blog::User::all).unwrap().len(), 4, "nothing was changed");
}

#[test]
fn a_change_from_the_blogs_own_pages_is_taken() {
    let blog = TestBlog::inhabited();
    for (name, value) in [
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Site", "none"),
        ("Origin", "http://blog.example"),
        ("Origin", "https://blog.example"),
    ] {
        let visitor = blog.signed_in("Bo").sending(name, value);
        assert_eq!(
            visitor.post("/posts", &[("title", "x"), ("content", "")]).status,
            Status::SeeOther,
            "{value}"
        );
    }
}

#[test]
fn a_method_in_the_form_gets_nowhere() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    for (_, path, _) in ROUTES.iter().filter(|(method, ..)| *method == Method::Post) {
        for method in ["delete", "put", "patch", "head", "get"] {
            let status =
                ada.post(&example(path), &[("_method", method), ("role", "author")]).status;
            assert!(
                [Status::NotFound, Status::MethodNotAllowed].contains(&status),
                "{method} {path}: {status}"
            );
        }
    }
    assert_eq!(ada.get("/admin").status, Status::Ok);
}

#[test]
fn nothing_is_changed_by_looking() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.write("A post", "x");
    let dump = || std::fs::read(blog.db().path()).unwrap();
    blog.db().checkpoint().unwrap();
    let before = dump();
    for (method, path, _) in ROUTES.iter().filter(|(method, ..)| *method == Method::Get) {
        ask(&ada, *method, path);
        ada.head(&example(path));
    }
    blog.db().checkpoint().unwrap();
    assert_eq!(dump(), before);
    assert_eq!(ada.get("/admin").status, Status::Ok);
}
