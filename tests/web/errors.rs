use crate::support::TestBlog;
use rocket::http::{Method, Status};

#[test]
fn an_error_is_a_page_of_the_site_that_says_what_to_do() {
    let blog = TestBlog::inhabited();
    let page = blog.stranger().get("/posts/nothing");
    assert_eq!(page.status, Status::NotFound);
    assert!(
        page.says("There is no such page")
            && page.says("class=\"masthead\"")
            && page.says("noindex")
    );
    assert!(blog.signed_in("Bo").get("/nothing").says("Log out"));
    assert_eq!(blog.signed_in("Bo").get("/admin/settings").status, Status::Forbidden);
}

#[test]
fn a_program_that_asks_for_json_gets_json() {
    let blog = TestBlog::inhabited();
    for (path, status) in [("/nothing", Status::NotFound), ("/admin", Status::Unauthorized)] {
        let answer = blog.stranger().sending("Accept", "application/json").get(path);
        assert_eq!(answer.status, status);
        assert!(answer.json()["error"].is_string(), "{}", answer.body);
    }
}

#[test]
fn a_form_that_has_no_end_is_not_called_too_long() {
    let blog = TestBlog::inhabited();
    let cut = "--frontier\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nhalf a ti";
    for path in ["/posts", "/auth/login"] {
        for body in ["junk", cut, ""] {
            let bo = blog.signed_in("Bo").sending("Content-Length", body.len().to_string());
            let answer = bo.send_form(path, body.into());
            assert_eq!(answer.status, Status::BadRequest, "{path}: {body}");
        }
    }
    let long = "x".repeat(100_000);
    let stranger = blog.stranger().sending("Content-Length", long.len().to_string());
    let answer = stranger.send_form("/auth/login", long.into());
    assert_eq!(answer.status, Status::PayloadTooLarge);
}

#[test]
fn a_method_that_a_page_does_not_know_is_a_405_that_names_those_it_does() {
    let blog = TestBlog::inhabited();
    for (method, path, allowed) in [
        (Method::Delete, "/posts", "GET, POST"),
        (Method::Put, "/posts/some-post", "GET"),
        (Method::Get, "/auth/logout", "POST"),
        (Method::Patch, "/", "GET"),
    ] {
        let answer = blog.stranger().request(method, path);
        assert_eq!(
            (answer.status, answer.header("Allow")),
            (Status::MethodNotAllowed, allowed),
            "{path}"
        );
    }
    assert_eq!(blog.stranger().request(Method::Delete, "/nothing/at/all").status, Status::NotFound);
}

#[test]
fn every_answer_carries_the_headers_that_keep_it_safe() {
    let blog = TestBlog::inhabited();
    for path in ["/posts", "/auth/login", "/nothing", "/admin", "/favicon.ico", "/healthz"] {
        let answer = blog.stranger().get(path);
        let policy = answer.header("Content-Security-Policy").to_owned();
        for part in [
            "default-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        assert_eq!(answer.header("X-Content-Type-Options"), "nosniff", "{path}");
        assert_eq!(answer.header("X-Frame-Options"), "DENY", "{path}");
        assert_eq!(answer.header("Referrer-Policy"), "same-origin", "{path}");
        assert!(!answer.header("Permissions-Policy").is_empty(), "{path}");
        assert!(answer.header("Server").is_empty(), "{path}");
        assert!(answer.header("Strict-Transport-Security").is_empty(), "plain HTTP: {path}");
    }
}

#[test]
fn a_form_that_is_too_large_is_refused_with_a_page() {
    let blog = TestBlog::inhabited();
    let body = "x".repeat(9 * 1024 * 1024);
    let answer = blog.signed_in("Bo").post("/posts", &[("title", "Much"), ("content", &body)]);
    assert_eq!(answer.status, Status::PayloadTooLarge);
    assert!(answer.says("This is too much at once"));
}

#[test]
fn a_broken_database_is_never_taken_for_signed_out() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let sql = "ALTER TABLE sessions RENAME TO lost";
    blog.db().write(|tx| Ok::<_, monograph::db::Error>(tx.execute(sql, [])?)).unwrap();
    let answer = bo.get("/admin");
    assert_eq!(answer.status, Status::ServiceUnavailable);
    assert!(!answer.header("Retry-After").is_empty() && answer.says("cannot do this right now"));
}
