use crate::blog::Visitor;
use crate::reader::Reader;
use crate::served::{Served, write};
use crate::support::{PASSWORD, until};

/// What a reader sees who asks right after a change; before it, the page was kept.
struct Watch {
    reader: Reader,
    ada: Visitor,
}

impl Watch {
    fn of(served: &Served) -> Watch {
        Watch { reader: served.reader(), ada: served.ada() }
    }

    /// Makes a change on `path` after the page there is kept; the next answer is this and says this.
    #[track_caller]
    fn changes(&mut self, path: &str, change: impl FnOnce(&mut Visitor), status: u16, says: &str) {
        let before = self.reader.get(path);
        let kept = self.reader.get(path);
        assert!(kept.body == before.body && (kept.cache() == "hit" || kept.status > 400), "{path}");
        assert!(says.is_empty() || !kept.says(says), "{path} says {says} already");
        change(&mut self.ada);
        let after = self.reader.get(path);
        assert_eq!(after.status, status, "{path}");
        assert!(says.is_empty() || after.says(says), "{path} does not say {says}");
    }
}

fn edit(
    path: &'static str,
    form: &'static [(&'static str, &'static str)],
) -> impl FnOnce(&mut Visitor) {
    move |ada| assert_eq!(ada.post(path, form).status, 303, "{path}")
}

#[test]
fn the_next_request_after_a_change_of_posts_shows_it() {
    let served = Served::start();
    let mut watch = Watch::of(&served);
    watch.changes("/posts", |ada| write(ada, "First", &[("tags", "Wether")]), 200, "First");
    let id = served.folder.ask("SELECT uuid FROM posts").concat();
    watch.changes("/feed.xml", |ada| write(ada, "Second", &[]), 200, "Second");
    let form = [("title", "First"), ("content", "Another text."), ("tags", "Wether")];
    let path = format!("/posts/{id}/edit");
    watch.changes("/posts/first", |ada| drop(ada.post(&path, &form)), 200, "Another text.");
    watch.changes(
        "/posts/first",
        edit("/admin/tags/wether/rename", &[("name", "Weather")]),
        200,
        "Weather",
    );
    watch.changes("/tags/wether", |ada| write(ada, "Third", &[("tags", "Weather")]), 301, "");
    watch.changes(
        "/tags/weather",
        |ada| write(ada, "Fourth", &[("tags", "Weather")]),
        200,
        "Fourth",
    );
    watch.changes("/search?q=fifth", |ada| write(ada, "Fifth", &[]), 200, "/posts/fifth");
    watch.changes(
        "/about",
        |ada| write(ada, "About", &[("kind", "page")]),
        200,
        "The text of About.",
    );
    let path = format!("/posts/{id}/delete");
    watch.changes("/posts/first", |ada| drop(ada.post(&path, &[])), 410, "");
    let path = format!("/posts/{id}/restore");
    watch.changes("/posts/first", |ada| drop(ada.post(&path, &[])), 200, "Another text.");
}

#[test]
fn the_next_request_after_a_change_of_the_site_shows_it() {
    let served = Served::start();
    let mut watch = Watch::of(&served);
    watch.changes(
        "/posts",
        edit("/admin/settings", &[("title", "Another name")]),
        200,
        "Another name",
    );
    let css = [("title", "Another name"), ("custom_css", "p { color: red }")];
    watch.changes("/custom.css", |ada| drop(ada.post("/admin/settings", &css)), 200, "red");
    served.folder.add("Bo", "author");
    let mut bo = served.blog.visitor();
    bo.sign_in("Bo", PASSWORD);
    watch.changes("/posts", |_| write(&mut bo, "By Bo", &[]), 200, "By Bo");
    watch.changes("/authors/Bo", edit("/admin/accounts/Bo/remove", &[]), 404, "");
}

#[test]
fn a_file_that_is_removed_is_gone_at_once() {
    let served = Served::start();
    let mut watch = Watch::of(&served);
    let cookie = watch.ada.cookie.clone().unwrap();
    let url = served.reader().sending("Cookie", &cookie).upload("notes.txt", b"Only a note.");
    let id = url.split('/').nth(2).unwrap();
    let path = format!("/admin/media/{id}/delete");
    watch.changes(&url, |ada| drop(ada.post(&path, &[])), 404, "");
}

#[test]
fn what_another_program_changes_shows_without_a_word_to_the_blog() {
    let served = Served::start();
    let mut reader = served.reader();
    let mut shows = |path: &str, text: &str| {
        until(text, || reader.get(path).says(text).then_some(()));
    };
    shows("/posts", "My Blog");
    served.folder.run(&["settings", "set", "title", "From the terminal"]).done();
    shows("/posts", "From the terminal");
    served
        .folder
        .write("texts/moved-in.md", "---\ntitle: Moved in\ndate: 2020-01-02\n---\nHere it is.\n");
    served.folder.run(&["import", "markdown", "texts", "--author", "Ada"]).done();
    shows("/posts", "Moved in");
    let sql = "UPDATE settings SET value = 'By hand' WHERE key = 'title'";
    rusqlite::Connection::open(served.folder.path("monograph.db"))
        .unwrap()
        .execute(sql, [])
        .unwrap();
    shows("/posts", "By hand");
}

/// What only authors see empties no cache.
#[test]
fn what_no_reader_sees_leaves_the_pages_where_they_are() {
    let served = Served::start();
    let mut ada = served.ada();
    write(&mut ada, "Hello", &[]);
    let id = served.folder.ask("SELECT uuid FROM posts").concat();
    let mut reader = served.reader();
    reader.get("/posts");
    write(&mut ada, "A draft", &[("status", "draft")]);
    let form = [("title", "Hello"), ("content", "Not out yet."), ("base_version", "1")];
    assert_eq!(ada.post(&format!("/posts/{id}/working-copy"), &form).status, 303);
    ada.post(&format!("/posts/{id}/share"), &[]);
    served.ada().post("/auth/logout", &[]);
    served.blog.visitor().sign_in("Ada", "wrong");
    assert_eq!(reader.get("/posts").cache(), "hit");
    assert!(reader.get("/posts/hello").says("The text of Hello."));
}
