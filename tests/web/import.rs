use crate::support::TestBlog;
use monograph::transfer::{Plan, markdown};
use rocket::http::Status;
use std::fs;

#[test]
fn imported_posts_are_found_at_their_new_and_old_addresses() {
    let blog = TestBlog::inhabited();
    let folder = blog.dir().join("content");
    fs::create_dir_all(folder.join("2019")).unwrap();
    let zola = "+++\npath = \"inside/2019/09/25/Welcome\"\ntitle = \"Welcome!\"\nauthors = [\"Niko\"]\n\
                aliases = [\"old/über.html\"]\n+++\n\nHello, *world*.\n";
    fs::write(folder.join("2019/welcome.md"), zola).unwrap();
    fs::write(folder.join("_index.md"), "+++\ntitle = \"Section\"\n+++\n").unwrap();
    let plan =
        Plan { db: blog.db(), author: None, now: 0, largest_file: 1_000_000, progress: &|_, _| () };
    let import = || markdown::import(&plan, &folder).unwrap();

    let report = import();
    assert_eq!((report.imported, report.left_out.len()), (1, 1), "{report}");
    let stranger = blog.stranger();
    let page = stranger.get("/posts/welcome");
    assert!(
        page.says("<em>world</em>") && page.says("25 September 2019") && page.says("h-card\">Niko")
    );
    for old in ["/inside/2019/09/25/Welcome", "/inside/2019/09/25/Welcome/", "/old/%C3%BCber.html"]
    {
        let moved = stranger.get(old);
        assert_eq!(
            (moved.status, moved.location()),
            (Status::MovedPermanently, "/posts/welcome"),
            "{old}"
        );
    }
    assert_eq!(import().unchanged, 1);
    assert_eq!(blog.signed_in("Ada").get("/admin").body.matches("Welcome!").count(), 1);
}
