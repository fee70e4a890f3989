//! Looking after files.

use super::{picture, sent, text};
use crate::support::TestBlog;
use image::ImageFormat;
use rocket::http::Status;

#[test]
fn authors_look_after_their_own_files_and_editors_after_all() {
    let blog = TestBlog::inhabited();
    let file = sent(&blog.signed_in("Bo"), "mine.png", &picture(50, 40, ImageFormat::Png));
    let page = format!("/admin/media/{}", text(&file, "id"));
    let delete = format!("{page}/delete");
    for (name, status) in
        [("Cy", Status::NotFound), ("Bo", Status::Ok), ("Ed", Status::Ok), ("Ada", Status::Ok)]
    {
        let visitor = blog.signed_in(name);
        assert_eq!(visitor.get(&page).status, status, "{name}");
        assert_eq!(visitor.get("/admin/media").says("mine.png"), status == Status::Ok, "{name}");
    }
    let cy = blog.signed_in("Cy");
    assert_eq!(cy.post(&page, &[("alt", "x")]).status, Status::NotFound);
    assert_eq!(cy.post(&delete, &[("sure", "true")]).status, Status::NotFound);
    assert_eq!(blog.signed_in("Ed").post(&delete, &[]).status, Status::SeeOther);
    assert_eq!(blog.stranger().get(text(&file, "url")).status, Status::NotFound);
}

#[test]
fn a_description_is_saved_and_goes_into_the_markdown() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let file = sent(&bo, "a.png", &picture(50, 40, ImageFormat::Png));
    let page = format!("/admin/media/{}", text(&file, "id"));
    assert_eq!(bo.post(&page, &[("alt", " A <calm>\r\nsea ")]).status, Status::SeeOther);
    let shown = bo.get(&page);
    assert!(shown.says("![A \\&lt;calm\\&gt; sea]("), "{}", shown.body);
    let long = "x".repeat(1001);
    let refused = bo.post(&page, &[("alt", &long)]);
    assert_eq!(refused.status, Status::UnprocessableEntity);
    assert!(refused.says(&long) && refused.says("at most 1000 characters"));
}

#[test]
fn a_file_in_use_is_only_deleted_by_who_says_so() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let file = sent(&bo, "a.png", &picture(50, 40, ImageFormat::Png));
    let page = format!("/admin/media/{}", text(&file, "id"));
    let post = bo.write("Sea & sky", text(&file, "markdown"));
    let shown = bo.get(&page);
    assert!(
        shown.says(&format!("href=\"/posts/{post}/edit\">Sea &amp; sky</a>"))
            && shown.says("“Sea &amp; sky”")
    );
    let refused = bo.post(&format!("{page}/delete"), &[]);
    assert_eq!(refused.status, Status::UnprocessableEntity);
    assert!(refused.says("tick the box"));
    assert_eq!(bo.post(&format!("{page}/delete"), &[("sure", "true")]).status, Status::SeeOther);
    assert_eq!(blog.stranger().get(text(&file, "url")).status, Status::NotFound);
    assert_eq!(blog.stranger().get("/posts/sea-sky").status, Status::Ok);
}

#[test]
fn of_other_authors_drafts_a_file_tells_nothing() {
    let blog = TestBlog::inhabited();
    let (bo, cy) = (blog.signed_in("Bo"), blog.signed_in("Cy"));
    let file = sent(&bo, "a.png", &picture(50, 40, ImageFormat::Png));
    cy.write_with("Secret plan", text(&file, "markdown"), &[("status", "draft")]);
    let page = format!("/admin/media/{}", text(&file, "id"));
    assert!(!bo.get(&page).says("Secret plan"));
    assert!(blog.signed_in("Ed").get(&page).says("Secret plan"));
}

#[test]
fn the_library_is_searched_and_shows_what_nothing_mentions() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let used = sent(&ada, "Über den Fluss.bin", b"\0one");
    ada.upload(&[("other.bin", b"\0two")], "Die Brücke");
    let in_footer = sent(&ada, "footer.bin", b"\0three");
    let find = |query: &str| {
        let page = ada.get(&format!("/admin/media?{query}"));
        ["Fluss.bin</a>", "other.bin</a>", "footer.bin</a>"].map(|name| page.says(name))
    };
    assert_eq!(find("q=%C3%BCBER"), [true, false, false]);
    assert_eq!(find("q=BR%C3%9CCKE"), [false, true, false]);
    assert_eq!(find("q=100%25"), [false; 3]);
    let post = ada.write("Post", text(&used, "markdown"));
    ada.post("/admin/settings", &[("title", "Blog"), ("footer", text(&in_footer, "markdown"))]);
    let unused = ada.get("/admin/media?show=unused");
    assert!(unused.says("other.bin</a>") && !unused.says("Fluss.bin</a>"), "{}", unused.body);
    let version = [("title", "Post"), ("content", "Nothing any more.")];
    ada.post(&format!("/posts/{post}/edit"), &version);
    assert!(ada.get("/admin/media?show=unused").says("Fluss.bin</a>"));
}

#[test]
fn the_library_goes_on_page_by_page() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let names: Vec<_> = (0..60_u8).map(|n| (format!("file-{n}.bin"), [0, n])).collect();
    let files: Vec<_> =
        names.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    assert_eq!(bo.upload(&files, "").status, Status::Created);
    let first = bo.get("/admin/media");
    assert!(first.says("file-59.bin") && first.says("file-12.bin") && !first.says("file-11.bin"));
    let link = first.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = bo.get(&link.replace("&amp;", "&"));
    assert!(second.says("file-11.bin") && second.says("file-0.bin") && !second.says("file-12.bin"));
}

#[test]
fn the_same_file_twice_is_one_file() {
    let blog = TestBlog::inhabited();
    let (bo, cy) = (blog.signed_in("Bo"), blog.signed_in("Cy"));
    let first = sent(&bo, "a.bin", b"\0same");
    let again = sent(&bo, "b.bin", b"\0same");
    assert_eq!(first, again);
    assert_eq!(bo.get("/admin/media").body.matches("class=\"file\"").count(), 1);
    // Another author gets the address, and no say over the file.
    assert_eq!(sent(&cy, "c.bin", b"\0same"), first);
    assert_eq!(cy.get(&format!("/admin/media/{}", text(&first, "id"))).status, Status::NotFound);
}

#[test]
fn what_an_account_that_is_gone_has_sent_stays() {
    let blog = TestBlog::inhabited();
    let file = sent(&blog.signed_in("Bo"), "a.bin", b"\0a");
    let ada = blog.signed_in("Ada");
    assert_eq!(ada.post("/admin/accounts/Bo/remove", &[]).status, Status::SeeOther);
    assert_eq!(blog.stranger().get(text(&file, "url")).status, Status::Ok);
    assert!(ada.get("/admin/media").says("a.bin"));
}
