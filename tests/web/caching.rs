use crate::support::TestBlog;
use rocket::http::Status;

#[test]
fn public_pages_have_a_tag_and_who_has_them_gets_a_304() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Bo").write("Tagged", "x");
    for path in ["/posts", "/posts/tagged", "/posts/tagged.md", "/robots.txt", "/favicon.ico"] {
        let page = blog.stranger().get(path);
        let tag = page.header("ETag").to_owned();
        assert!(tag.starts_with('"'), "{path}: {tag:?}");
        assert!(page.header("Cache-Control").starts_with("public"), "{path}");
        assert!(page.header("Set-Cookie").is_empty(), "{path}");
        for held in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let again = blog.stranger().sending("If-None-Match", held).get(path);
            assert_eq!((again.status, again.body.as_str()), (Status::NotModified, ""), "{path}");
            assert_eq!(again.header("ETag"), tag, "{path}");
        }
        assert_eq!(blog.stranger().sending("If-None-Match", "\"x\"").get(path).status, Status::Ok);
    }
}

#[test]
fn a_change_changes_the_tag() {
    let blog = TestBlog::inhabited();
    let before = blog.stranger().get("/posts").header("ETag").to_owned();
    blog.signed_in("Bo").write("New", "x");
    assert_ne!(blog.stranger().get("/posts").header("ETag"), before);
}

#[test]
fn what_somebody_with_a_session_gets_is_kept_by_no_cache() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write("Mine", "x");
    for path in ["/posts", "/posts/mine", "/admin", "/account", "/posts/new", "/nothing"] {
        let page = bo.get(path);
        assert_eq!(page.header("Cache-Control"), "private, no-store", "{path}");
        assert!(page.header("ETag").is_empty(), "{path}");
    }
    for path in ["/auth/login", "/users/register", "/nothing", "/healthz"] {
        assert_eq!(
            blog.stranger().get(path).header("Cache-Control"),
            "private, no-store",
            "{path}"
        );
    }
    assert_eq!(blog.stranger().get("/posts").header("Vary"), "Cookie");
}

#[test]
fn a_module_finds_the_others_beside_it() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let page = bo.get("/posts/new");
    let main = page.body.split("type=\"module\" src=\"").nth(1).unwrap().split('"').next().unwrap();
    let source = bo.get(main).body;
    let names: Vec<_> =
        source.split("from \"./").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        let module = bo.get(&main.replace("main.js", name));
        assert_eq!(module.status, Status::Ok, "{name}");
        assert!(module.header("Content-Type").starts_with("text/javascript"), "{name}");
        assert_eq!(module.header("Cache-Control"), "public, max-age=31536000, immutable");
    }
}

#[test]
fn static_files_have_addresses_that_last() {
    let blog = TestBlog::inhabited();
    let page = blog.stranger().get("/posts");
    let css =
        page.body.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let file = blog.stranger().get(css);
    assert_eq!(file.header("Cache-Control"), "public, max-age=31536000, immutable");
    assert!(file.header("Content-Type").starts_with("text/css") && file.says("@layer tokens"));
    let (digest, name) = css.strip_prefix("/assets/").unwrap().split_once('/').unwrap();
    assert_eq!(name, "site.css");
    let other = css.replace(digest, "0000000000000000");
    assert_eq!(blog.stranger().get(&other).status, Status::NotFound);
    for path in ["/assets/x/../Cargo.toml", "/assets/x/..%2fCargo.toml", "/assets/x/.git"] {
        assert_eq!(blog.stranger().get(path).status, Status::NotFound, "{path}");
    }
}

#[test]
fn what_is_public_says_who_may_keep_it_and_which_parameters_count() {
    let blog = TestBlog::with(|figment| figment.merge(("theme", None::<String>)));
    blog.add_user("Bo", monograph::blog::Role::Author);
    blog.signed_in("Bo").write("Hello", "x");
    for (path, counting) in [
        ("/", "params, except=(\"p\" \"page_id\")"),
        ("/posts", "params, except=(\"page\")"),
        ("/posts/hello", "params"),
        ("/search", "params, except=(\"q\" \"page\")"),
        ("/feed.xml", "params"),
    ] {
        let page = blog.stranger().get(path);
        assert_eq!(page.header("Cache-Control"), "public, max-age=0, s-maxage=1", "{path}");
        assert_eq!(page.header("CDN-Cache-Control"), "max-age=86400", "{path}");
        assert_eq!(page.header("No-Vary-Search"), counting, "{path}");
    }
    let own = blog.signed_in("Bo").get("/posts");
    assert_eq!((own.header("CDN-Cache-Control"), own.header("No-Vary-Search")), ("", ""));
}

#[test]
fn the_pages_of_a_theme_are_kept_for_a_moment_only() {
    let theme = tempfile::tempdir().unwrap();
    let folder = theme.path().to_str().unwrap().to_owned();
    let blog = TestBlog::with(|figment| figment.merge(("theme", folder)));
    assert_eq!(blog.stranger().get("/posts").header("CDN-Cache-Control"), "max-age=1");
}
