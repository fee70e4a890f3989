use crate::media::picture;
use crate::support::{Answer, TestBlog, Visitor};
use monograph::transfer::{Plan, markdown};
use rocket::http::Status;
use std::fs;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

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

/// A form with a file to import.
fn form(kind: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--frontier\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n{kind}\r\n\
         --frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n--frontier--\r\n"].concat()
}

/// The page, once nothing is under way any more.
fn in_the_end(visitor: &Visitor<'_>) -> Answer {
    let started = Instant::now();
    loop {
        let page = visitor.get("/admin/import");
        assert_eq!(page.status, Status::Ok);
        if page.header("Refresh").is_empty() {
            return page;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{}", page.body);
        std::thread::yield_now();
    }
}

const EXPORT: &str = "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
    <wp:wxr_version>1.2</wp:wxr_version><item><title>From afar</title><link>https://old.example/2019/afar/</link><wp:post_id>7</wp:post_id>\
    <wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2019-09-25 10:00:00</wp:post_date_gmt>\
    <content:encoded><![CDATA[Hello <b>there</b>]]></content:encoded></item></channel></rss>";

#[test]
fn an_export_is_tried_first_and_then_brought_in() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    assert!(ada.get("/admin/import").says("Try it"));
    let sent = ada.send_form("/admin/import", form("wordpress", "old.xml", EXPORT.as_bytes()));
    assert_eq!((sent.status, sent.location()), (Status::SeeOther, "/admin/import"));
    let tried = in_the_end(&ada);
    assert!(
        tried.says("1 post imported") && tried.says("Nothing has been changed yet"),
        "{}",
        tried.body
    );
    assert_eq!(blog.stranger().get("/posts/from-afar").status, Status::NotFound);

    assert_eq!(ada.post("/admin/import/start", &[]).status, Status::SeeOther);
    let done = in_the_end(&ada);
    assert!(done.says("has done") && done.says("1 post imported"), "{}", done.body);
    assert!(blog.stranger().get("/posts/from-afar").says("<strong>there</strong>"));
    assert_eq!(blog.stranger().get("/?p=7").location(), "/posts/from-afar");
    ada.post("/admin/import/forget", &[]);
    assert!(ada.get("/admin/import").says("Try it"));
}

#[test]
fn a_zip_of_markdown_files_comes_in_with_its_pictures() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let picture = picture(30, 20, image::ImageFormat::Png);
    let text = b"---\ntitle: Herons\ndate: 2020-01-01\n---\n![A heron](heron.png)\n".as_slice();
    for (name, content) in [("blog/herons/index.md", text), ("blog/herons/heron.png", &picture)] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    let archive = writer.finish().unwrap().into_inner();
    ada.send_form("/admin/import", form("markdown", "blog.zip", &archive));
    let tried = in_the_end(&ada);
    assert!(tried.says("1 post imported"), "{}", tried.body);
    ada.post("/admin/import/start", &[]);
    in_the_end(&ada);
    assert!(blog.stranger().get("/posts/herons").says("<img src=\"/media/"));
}

#[test]
fn what_cannot_be_imported_says_why_and_changes_nothing() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let nothing = ada.send_form("/admin/import", form("wordpress", "", b""));
    assert_eq!(nothing.status, Status::UnprocessableEntity);
    assert!(nothing.says("Please choose a file."));
    let empty = ada.send_form("/admin/import", form("wordpress", "x.xml", b""));
    assert_eq!(empty.status, Status::UnprocessableEntity);
    assert!(empty.says("id=\"file-problem\"") && empty.says("There is nothing in this file."));
    let unknown = ada.send_form("/admin/import", form("blogger", "x.xml", b"x"));
    assert_eq!(unknown.status, Status::UnprocessableEntity);
    assert!(unknown.says("Please say where the file comes from."));
    ada.send_form("/admin/import", form("ghost", "<b>x.json", b"{\"db\": 1"));
    let failed = in_the_end(&ada);
    assert!(
        failed.says("cannot be imported") && failed.says("this JSON cannot be read"),
        "{}",
        failed.body
    );
    assert!(!failed.says("<b>x"));
    ada.post("/admin/import/start", &[]);
    assert!(ada.get("/admin/import").says("There is nothing to import."));
}

#[test]
fn a_file_that_comes_while_another_is_under_way_is_refused_aloud() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let send = |name| ada.send_form("/admin/import", form("wordpress", name, EXPORT.as_bytes()));
    let refused = blog.db().write(|_| {
        // Nothing is copied while somebody writes.
        assert_eq!(send("first.xml").status, Status::SeeOther);
        Ok::<_, monograph::db::Error>(send("second.xml"))
    });
    let refused = refused.unwrap();
    assert_eq!(refused.status, Status::Conflict);
    assert!(refused.says("This file was not taken") && refused.says("first.xml"));
    let tried = in_the_end(&ada);
    assert!(tried.says("first.xml") && !tried.says("second.xml"), "{}", tried.body);
}

#[test]
fn a_file_that_is_too_long_is_refused() {
    let blog = TestBlog::with(|figment| figment.merge(("upload_limit", "1 KB")));
    blog.add_user("Ada", monograph::blog::Role::Owner);
    let ada = blog.signed_in("Ada");
    let refused = ada.send_form("/admin/import", form("wordpress", "x.xml", &[b'x'; 30_000]));
    assert_eq!(refused.status, Status::PayloadTooLarge);
    assert!(refused.says("monograph import"), "{}", refused.body);
}
