use crate::running::Ran;
use crate::support::Folder;
use std::fs;

const POST: &str = "+++\ntitle = 'A heron'\ndate = 2019-09-25T12:00:00Z\ntags = ['Birds']\naliases = ['/2019/heron/']\nweight = 7\n+++\nStill water.\n";
const DRAFT: &str = "---\ntitle: Half a thought\ndraft: true\n---\nWor\n";

/// A blog with two posts, the owner Ada and a setting.
fn folder() -> Folder {
    let folder = Folder::with_owner();
    folder.write("posts/heron.md", POST);
    folder.write("posts/draft.md", DRAFT);
    folder.run(&["import", "markdown", "posts"]).done();
    folder.run(&["settings", "set", "title", "Birds"]).done();
    folder
}

fn import(folder: &Folder, more: &[&str]) -> Ran {
    folder.run(&[&["--database", "new.db", "import", "archive", "blog.zip"], more].concat())
}

#[test]
fn an_archive_comes_back_byte_for_byte() {
    let folder = folder();
    let said = folder.run(&["export", "archive", "blog.zip"]).done();
    assert_eq!(said, "2 posts and pages with 2 versions and saves, 0 files.\n");
    let report = import(&folder, &[]).done();
    assert!(
        report.starts_with("2 posts and pages imported with 2 versions and saves, 0 files.\n"),
        "{report}"
    );
    assert!(
        report.contains("\nAccounts (1): Ada\n") && report.contains("user password"),
        "{report}"
    );
    folder.run(&["--database", "new.db", "export", "archive", "again.zip"]).done();
    let read = |name| std::fs::read(folder.path(name)).unwrap();
    assert!(read("blog.zip") == read("again.zip"));
}

#[test]
fn what_nests_deeper_than_toml_reads_and_what_packs_well_comes_back_too() {
    let folder = Folder::with_owner();
    let deep = format!("{}1{}", "{\"a\":[".repeat(45), "]}".repeat(45));
    folder.write(
        "posts/deep.md",
        &format!("{{\"title\": \"Deep\", \"date\": \"2019-09-25\", \"x\": {deep}}}\nx\n"),
    );
    for n in 0..4 {
        let text = format!(
            "---\ntitle: Long {n}\ndate: 2019-09-25\n---\n{}\n",
            "aaaaaaa ".repeat(240_000)
        );
        folder.write(&format!("posts/{n}.md"), &text);
    }
    let report = folder.run(&["import", "markdown", "posts"]).done();
    assert!(report.starts_with("5 posts imported"), "{report}");
    folder.run(&["export", "archive", "blog.zip"]).done();
    import(&folder, &[]).done();
    folder.run(&["--database", "new.db", "export", "archive", "again.zip"]).done();
    let read = |name| std::fs::read(folder.path(name)).unwrap();
    assert!(read("blog.zip") == read("again.zip"));
}

#[cfg(unix)]
#[test]
fn an_archive_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    folder.run(&["export", "archive", "blog.zip"]).done();
    let mode = folder.path("blog.zip").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn an_archive_holds_markdown_with_the_usual_keys() {
    let folder = folder();
    folder.run(&["export", "archive", "blog.zip"]).done();
    let mut zip =
        zip::ZipArchive::new(std::fs::File::open(folder.path("blog.zip")).unwrap()).unwrap();
    let mut text = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    let post = text("content/posts/heron/index.md");
    for line in [
        "title = \"A heron\"",
        "date = 2019-09-25T12:00:00Z",
        "tags = [\"Birds\"]",
        "aliases = [\"/2019/heron\"]",
        "[extra.front_matter]",
        "weight = 7",
        "Still water.",
    ] {
        assert!(post.lines().any(|found| found == line), "{line}\nin\n{post}");
    }
    assert!(text("content/posts/draft/index.md").contains("\ndraft = true\n"));
    assert!(text("config.toml").contains("title = \"Birds\""));
    assert!(!text("monograph.json").contains("password"));
}

#[test]
fn an_archive_comes_into_an_empty_blog_only() {
    let folder = folder();
    folder.run(&["export", "archive", "blog.zip"]).done();
    let before = folder.ask("SELECT uuid FROM posts ORDER BY uuid");
    let again = folder.run(&["import", "archive", "blog.zip"]).done();
    assert_eq!(again, "0 posts imported; 2 were here already.\n");
    folder.run(&["import", "markdown", "posts", "--dry-run"]).done();
    let other = self::folder();
    std::fs::copy(folder.path("blog.zip"), other.path("blog.zip")).unwrap();
    let line = other.run(&["import", "archive", "blog.zip"]).failed();
    assert!(line.contains("into an empty blog"), "{line}");
    assert_eq!(folder.ask("SELECT uuid FROM posts ORDER BY uuid"), before);
}

#[test]
fn a_dry_run_of_an_archive_says_the_same_and_makes_nothing() {
    let folder = folder();
    folder.run(&["export", "archive", "blog.zip"]).done();
    let names = folder.names();
    let said = import(&folder, &["--dry-run"]).done();
    assert_eq!(folder.names(), names);
    assert_eq!(import(&folder, &[]).done(), said);
}

#[test]
fn what_is_no_whole_archive_leaves_nothing_behind() {
    let folder = folder();
    folder.run(&["export", "archive", "blog.zip"]).done();
    let whole = std::fs::read(folder.path("blog.zip")).unwrap();
    let names = folder.names();
    for bytes in [&b"no zip"[..], &whole[..whole.len() / 2], &with_other_text(&whole)] {
        std::fs::write(folder.path("blog.zip"), bytes).unwrap();
        import(&folder, &[]).failed();
        assert_eq!(folder.names(), names);
    }
    std::fs::remove_file(folder.path("blog.zip")).unwrap();
    let line = import(&folder, &[]).failed();
    assert!(line.contains("blog.zip"), "{line}");
}

/// The archive with a version that its post names and nobody has.
fn with_other_text(whole: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut zip = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut other = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().to_string();
        other.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        if !name.starts_with("history/draft") {
            other.write_all(&bytes).unwrap();
        }
    }
    other.finish().unwrap().into_inner()
}

#[test]
fn an_archive_that_cannot_be_written_is_not_half_there() {
    let folder = folder();
    let names = folder.names();
    let line = folder.run(&["export", "archive", "no/such/folder.zip"]).failed();
    assert!(line.contains("no/such/folder.zip"), "{line}");
    assert_eq!(folder.names(), names);
    let line = folder.run(&["--database", "other.db", "export", "archive", "blog.zip"]).failed();
    assert!(line.contains("other.db"), "{line}");
    assert_eq!(folder.names(), names);
}

#[test]
fn an_archive_takes_the_place_of_nothing_but_an_archive() {
    let folder = Folder::with_owner();
    folder.write("diary.txt", &"Dear diary, ".repeat(100));
    for name in ["monograph.db", "diary.txt"] {
        let before = fs::read(folder.path(name)).unwrap();
        let line = folder.run(&["export", "archive", name]).failed();
        assert!(line.contains("is no archive of a blog; it was left as it is"), "{line}");
        assert_eq!(fs::read(folder.path(name)).unwrap(), before, "{name}");
    }
    folder.write("blog.zip", "");
    folder.run(&["export", "archive", "blog.zip"]).done();
    folder.run(&["export", "archive", "blog.zip"]).done();
    let line = folder.run(&["export", "archive", "."]).failed();
    assert!(line.contains(". is a folder; name a file, as ./blog.zip"), "{line}");
    let line = folder.run(&["export", "archive", "nowhere/blog.zip"]).failed();
    assert!(line.contains("cannot write nowhere/blog.zip: ") && !line.contains(".tmp"), "{line}");
}

#[test]
fn a_site_is_written_for_the_address_that_it_will_have() {
    let folder = folder();
    let args = ["export", "site", "site", "--base-url", "https://birds.example"];
    let said = folder.run(&args).done();
    assert!(
        said.contains(" files written, 0 unchanged, 0 removed; for https://birds.example.\n"),
        "{said}"
    );
    let page = std::fs::read_to_string(folder.path("site/posts/heron.html")).unwrap();
    assert!(
        page.contains("<link rel=\"canonical\" href=\"https://birds.example/posts/heron\">"),
        "{page}"
    );
    let again = folder.run(&args).done();
    assert!(again.starts_with("0 files written, "), "{again}");
    assert!(folder.path("site/2019/heron/index.html").exists());
    assert!(!folder.path("site/posts/draft.html").exists());
}

#[test]
fn a_page_stays_where_an_old_address_would_have_its_file() {
    let folder = folder();
    let front = "---\ntitle: Crane\ndate: 2020-01-01\naliases:";
    folder.write(
        "more/crane.md",
        &format!(
            "{front} [/index.html, /posts.html, /posts/crane.html, /feed.xml/old, /crane]\n---\nx"
        ),
    );
    folder.run(&["import", "markdown", "more"]).done();
    let args = ["export", "site", "site", "--base-url", "https://birds.example"];
    for _ in 0..2 {
        let said = folder.run(&args).done();
        assert!(
            said.ends_with(
                "or that of another page (3):\n  /feed.xml/old\n  /index.html\n  /posts.html\n"
            ),
            "{said}"
        );
        for page in ["index.html", "posts.html", "posts/crane.html"] {
            let html = fs::read_to_string(folder.path(&format!("site/{page}"))).unwrap();
            assert!(html.contains("<main") && !html.contains("http-equiv=\"refresh\""), "{html}");
        }
        assert!(folder.path("site/crane/index.html").exists());
    }
    let again = folder.run(&args).done();
    assert!(again.starts_with("0 files written, "), "{again}");
}

#[test]
fn a_folder_with_other_things_in_it_is_left_alone() {
    let folder = folder();
    folder.write("site/index.html", "mine");
    let line = folder.run(&["export", "site", "site"]).failed();
    assert!(line.contains("site/index.html was not written by an export"), "{line}");
    assert_eq!(std::fs::read_dir(folder.path("site")).unwrap().count(), 1);
}
