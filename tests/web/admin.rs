use crate::support::TestBlog;

#[test]
fn the_dashboard_sorts_ones_posts_by_what_there_is_to_do() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    bo.write("Outword", "x");
    bo.write_with("Draftword", "x", &[("status", "draft")]);
    bo.write_with("Laterword", "x", &[("publish_at", "2999-01-01T00:00")]);
    let trashed = bo.write("Trashword", "x");
    bo.post(&format!("/posts/{trashed}/delete"), &[]);
    let words = ["Outword", "Draftword", "Laterword", "Trashword"];
    let shown = |name: &str, shelf: &str| {
        let page = blog.signed_in(name).get(&format!("/admin?show={shelf}"));
        words.iter().filter(|word| page.says(word)).copied().collect::<Vec<_>>()
    };
    for (shelf, word) in [("published", 0), ("drafts", 1), ("scheduled", 2), ("trash", 3)] {
        assert_eq!(shown("Bo", shelf), [words[word]], "{shelf}");
        assert_eq!(shown("Ed", shelf), [words[word]], "an editor sees everybody's");
        assert_eq!(shown("Cy", shelf), [""; 0], "another author does not");
    }
    assert!(bo.get("/admin").says("Drafts <span class=\"count\">1</span>"));
}

#[test]
fn a_long_shelf_has_pages() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    (0..51).for_each(|n| drop(bo.write(&format!("Number {n}!"), "")));
    let first = bo.get("/admin");
    assert!(!first.says("Number 0!") && first.says("Older →"));
    let older = first.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(bo.get(&older.replace("&amp;", "&")).says("Number 0!"), "{older}");
}
