use crate::support::TestBlog;
use rocket::http::Status;

fn blog_in(language: &str) -> TestBlog {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.post("/admin/settings", &[("language", language)]);
    ada.write_with("Hello", "Text.", &[("publish_at", "2024-03-01T12:00"), ("tags", "Sea")]);
    blog
}

#[test]
fn the_pages_speak_the_language_of_the_site() {
    let blog = blog_in("de-AT");
    let stranger = blog.stranger();
    let list = stranger.get("/posts");
    assert!(list.says("<html lang=\"de-AT\" dir=\"ltr\"") && list.says("1. März 2024"));
    assert!(list.says(">Archiv</a>") && list.says(">Anmelden</a>"));
    assert!(stranger.get("/posts/hello").says("Eine Minute Lesezeit"));
    assert!(stranger.get("/archive").says(">März</a>"));
    let missing = stranger.get("/nowhere");
    assert_eq!(missing.status, Status::NotFound);
    assert!(missing.says("<h1 class=\"page-title\">Diese Seite gibt es nicht</h1>"));
    assert_eq!(stranger.program().get("/nowhere").json()["error"], "There is no such page");
}

#[test]
fn what_is_wrong_with_a_form_is_said_in_the_language_of_the_site() {
    let blog = blog_in("fr");
    blog.signed_in("Ada").post("/admin/settings", &[("registration", "open")]);
    let answer =
        blog.stranger().post("/users/register", &[("username", "a b"), ("password", "short")]);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(
        answer.says("Un mot de passe a au moins 8 caractères.") && answer.says("sans espaces."),
        "{}",
        answer.body
    );
    assert!(
        blog.stranger()
            .sign_in("Ada", "wrong")
            .says("Ce nom et ce mot de passe ne vont pas ensemble.")
    );
}

#[test]
fn arabic_pages_run_from_right_to_left_and_latin_posts_in_them_do_not() {
    let blog = blog_in("ar");
    let page = blog.stranger().get("/posts/hello");
    assert!(page.says("<html lang=\"ar\" dir=\"rtl\"") && page.says("مارس"));
    assert!(page.says("<h1 class=\"post__title p-name\" dir=\"ltr\">Hello</h1>"));
}

#[test]
fn every_page_can_be_drawn_in_every_language() {
    for language in ["de", "es", "zh", "ar", "tlh"] {
        let blog = blog_in(language);
        let ada = blog.signed_in("Ada");
        for path in [
            "/posts",
            "/posts/hello",
            "/archive",
            "/archive/2024",
            "/archive/2024/3",
            "/tags",
            "/tags/sea",
            "/authors/Ada",
            "/search",
            "/search?q=hello",
            "/search?q=nothing",
            "/search?q=-",
            "/auth/login",
            "/feed.xml",
            "/rss.xml",
        ] {
            assert_eq!(blog.stranger().get(path).status, Status::Ok, "{language} {path}");
        }
        assert_eq!(ada.get("/account").status, Status::Ok);
        assert_eq!(blog.stranger().get("/users/register").status, Status::Forbidden);
    }
}
