use crate::support::{PASSWORD, TestBlog};
use rocket::http::Status;

#[test]
fn a_stranger_at_a_guarded_page_signs_in_and_comes_back() {
    let blog = TestBlog::inhabited();
    let visitor = blog.stranger();
    let sent = visitor.get("/posts/new");
    assert_eq!((sent.status, sent.location()), (Status::SeeOther, "/auth/login?next=/posts/new"));
    let form = visitor.get(sent.location());
    assert!(form.says("name=\"next\" value=\"/posts/new\""));
    let fields = [("username", "ada"), ("password", PASSWORD), ("next", "/posts/new")];
    assert_eq!(visitor.post("/auth/login", &fields).location(), "/posts/new");
    assert_eq!(visitor.get("/posts/new").status, Status::Ok);
}

#[test]
fn the_query_of_a_guarded_page_comes_back_too() {
    let blog = TestBlog::inhabited();
    let sent = blog.stranger().get("/admin?show=trash&page=2");
    assert_eq!(sent.location(), "/auth/login?next=/admin?show=trash%26page=2");
    assert!(blog.stranger().get(sent.location()).says("show=trash&amp;page=2"));
}

#[test]
fn nobody_is_led_to_another_site() {
    let blog = TestBlog::inhabited();
    for next in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "javascript:x",
    ] {
        let fields = [("username", "ada"), ("password", PASSWORD), ("next", next)];
        assert_eq!(blog.stranger().post("/auth/login", &fields).location(), "/posts", "{next}");
        let path = format!("/auth/login?next={}", crate::support::encode(next));
        assert_eq!(blog.signed_in("ada").get(&path).location(), "/posts", "{next}");
    }
}

#[test]
fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let blog = TestBlog::inhabited();
    let answer = |name: &str| blog.stranger().sign_in(name, "something else");
    let (wrong, unknown) = (answer("Ada"), answer("Eve"));
    assert_eq!((wrong.status, unknown.status), (Status::Unauthorized, Status::Unauthorized));
    assert_eq!(wrong.body.replace("Ada", "Eve"), unknown.body);
    assert!(wrong.says("That name and password do not go together."));
    assert!(wrong.header("Set-Cookie").is_empty());
}

#[test]
fn what_can_be_nobodys_password_is_refused_without_a_hash() {
    // One hash of this cost would take hours.
    let blog = TestBlog::with(|figment| figment.merge(("bcrypt_cost", 31)));
    for password in ["x".repeat(72), "x".repeat(20_000), "nul\0".to_owned()] {
        let answer = blog.stranger().sign_in("nobody", &password);
        assert_eq!(answer.status, Status::Unauthorized);
        assert!(answer.says("That name and password do not go together."));
    }
}

#[test]
fn a_name_is_known_in_every_spelling_and_shown_as_typed() {
    let blog = TestBlog::new();
    blog.add_user("Émile_7", monograph::blog::Role::Owner);
    assert!(blog.signed_in("E\u{301}MILE_7").get("/account").says("Émile_7"));
}

#[test]
fn the_session_cookie_is_private_and_its_token_is_nowhere_in_the_file() {
    let blog = TestBlog::inhabited();
    let visitor = blog.stranger();
    let cookie = visitor.sign_in("Ada", PASSWORD).header("Set-Cookie").to_owned();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=7776000"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "the test blog is on plain HTTP");
    let token = visitor.cookie("session").unwrap();
    let file = std::fs::read(blog.db().path()).unwrap();
    assert!(!file.windows(token.len()).any(|window| window == token.as_bytes()));
}

#[test]
fn over_https_the_cookie_is_secure_and_bound_to_the_host() {
    let blog = TestBlog::with(|figment| figment.merge(("base_url", "https://blog.example")));
    blog.add_user("Ada", monograph::blog::Role::Owner);
    let visitor = blog.stranger();
    let answer = visitor.sign_in("Ada", PASSWORD);
    let cookie = answer.header("Set-Cookie").to_owned();
    assert!(cookie.starts_with("__Host-session=") && cookie.contains("Secure"), "{cookie}");
    assert_eq!(answer.header("Strict-Transport-Security"), "max-age=31536000");
    assert_eq!(visitor.get("/admin").status, Status::Ok);
    let out = visitor.post("/auth/logout", &[]);
    assert!(out.header("Set-Cookie").contains("Secure"), "or the browser keeps it");
}

#[test]
fn signing_out_ends_the_session_on_the_server() {
    let blog = TestBlog::inhabited();
    let visitor = blog.signed_in("Ada");
    let cookie = visitor.cookie("session").unwrap();
    assert_eq!(visitor.post("/auth/logout", &[]).location(), "/posts");
    assert_eq!(visitor.cookie("session"), None);
    let thief = blog.stranger();
    thief.set_cookie("session", &cookie);
    assert_eq!(thief.get("/admin").status, Status::SeeOther);
}

#[test]
fn every_sign_in_has_a_token_of_its_own() {
    let blog = TestBlog::inhabited();
    let visitor = blog.signed_in("Ada");
    let first = visitor.cookie("session").unwrap();
    visitor.sign_in("Ada", PASSWORD);
    assert_ne!(visitor.cookie("session").unwrap(), first);
}

#[test]
fn a_cookie_that_is_not_ours_is_as_good_as_none() {
    let blog = TestBlog::inhabited();
    let real = blog.signed_in("Ada").cookie("session").unwrap();
    for cookie in ["", "x", &real[..real.len() - 4], &"A".repeat(8000), "%00%ff"] {
        let visitor = blog.stranger();
        visitor.set_cookie("session", cookie);
        assert_eq!(visitor.get("/posts").status, Status::Ok);
        assert_eq!(visitor.get("/admin").status, Status::SeeOther);
    }
}

#[test]
fn a_session_ends_after_thirty_days_without_use_and_after_ninety_in_all() {
    const DAY: i64 = 24 * 60 * 60;
    let blog = TestBlog::inhabited();
    let age = |started: i64, used: i64| {
        let visitor = blog.signed_in("Ada");
        let (now, id) = (monograph::web::now(), "(SELECT max(id) FROM sessions)");
        let ends = "min(last_used_at + 30 * 86400, started_at + 90 * 86400)";
        let (started, used) = (now - started, now - used);
        let sql = format!(
            "UPDATE sessions SET started_at = {started}, last_used_at = {used} WHERE id = {id};
             UPDATE sessions SET ends_at = {ends} WHERE id = {id};"
        );
        blog.db().write(|tx| Ok::<_, monograph::db::Error>(tx.execute_batch(&sql)?)).unwrap();
        visitor.get("/admin").status
    };
    assert_eq!(age(29 * DAY, 29 * DAY), Status::Ok);
    assert_eq!(age(31 * DAY, 31 * DAY), Status::SeeOther);
    assert_eq!(age(89 * DAY, DAY), Status::Ok);
    assert_eq!(age(91 * DAY, DAY), Status::SeeOther);
}

#[test]
fn a_session_in_use_goes_on() {
    let blog = TestBlog::inhabited();
    let visitor = blog.signed_in("Ada");
    let sql = "UPDATE sessions SET last_used_at = last_used_at - 7200, ends_at = unixepoch() + 60";
    blog.db().write(|tx| Ok::<_, monograph::db::Error>(tx.execute(sql, [])?)).unwrap();
    visitor.get("/posts");
    let sql = "SELECT ends_at - unixepoch() FROM sessions";
    let left: i64 = blog
        .db()
        .read(|conn| Ok::<_, monograph::db::Error>(conn.query_row(sql, [], |row| row.get(0))?))
        .unwrap();
    assert!(left > 29 * 24 * 60 * 60, "{left} seconds are left");
}

#[test]
fn a_hash_of_a_lower_cost_is_made_anew_at_sign_in() {
    let blog = TestBlog::with(|figment| figment.merge(("bcrypt_cost", 5)));
    blog.add_user("Ada", monograph::blog::Role::Owner);
    blog.signed_in("Ada");
    let sql = "SELECT password_hash FROM users";
    let hash: String = blog
        .db()
        .read(|conn| Ok::<_, monograph::db::Error>(conn.query_row(sql, [], |row| row.get(0))?))
        .unwrap();
    assert!(hash.starts_with("$2b$05$"), "{hash}");
    blog.signed_in("Ada");
}

#[test]
fn signing_in_again_ends_the_session_that_the_browser_had() {
    let blog = TestBlog::inhabited();
    let visitor = blog.signed_in("Ada");
    let before = visitor.cookie("session").unwrap();
    visitor.sign_in("Ada", PASSWORD);
    let thief = blog.stranger();
    thief.set_cookie("session", &before);
    assert_eq!(thief.get("/admin").status, Status::SeeOther);
}

#[test]
fn a_stranger_who_tried_an_action_comes_back_to_a_page() {
    let blog = TestBlog::inhabited();
    for (path, next) in [
        ("/posts", "/posts/new"),
        ("/account", "/account"),
        ("/admin/invites/1/withdraw", "/admin"),
        ("/auth/logout", "/admin"),
        ("/admin/backups", "/admin/backups"),
        ("/admin/backups/nightly", "/admin"),
        ("/posts/preview", "/admin"),
        ("/posts/1/delete", "/admin"),
    ] {
        let sent = blog.stranger().post(path, &[]);
        assert_eq!(sent.location(), format!("/auth/login?next={next}"), "{path}");
    }
}
