use super::dot;
use crate::support::Folder;
use std::fs;

#[test]
#[cfg(unix)]
fn what_might_be_a_post_and_is_not_read_is_told() {
    let folder = Folder::with_owner();
    for (name, text) in [
        ("blog/post.md", "# One\n"),
        ("blog/post.mdx", "# Two\n"),
        ("blog/old/post.rst", "Three\n=====\n"),
        ("blog/_layouts/post.html", "---\nlayout: x\n---\n<p>x</p>"),
        ("blog/404.html", "<p>x</p>"),
        ("blog/style.css", "p {}"),
        ("elsewhere/four.md", "# Four\n"),
    ] {
        folder.write(name, text);
    }
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(folder.path(to), folder.path(at));
    link("elsewhere/four.md", "blog/four.md").unwrap();
    link("elsewhere", "blog/more").unwrap();
    link("blog/style.css", "blog/other.css").unwrap();
    let report = folder.run(&["import", "markdown", "blog"]).done();
    assert!(report.starts_with("1 post imported"), "{report}");
    let told = "Left out (5):\n  four.md: it is a link, and links are not followed\n  more: it is a link, and links are not followed\n  \
        old/post.rst: only Markdown and HTML are read here\n  post.mdx: only Markdown and HTML are read here\n  \
        2 HTML files: only those in _posts and _drafts are posts\n";
    assert!(report.contains(told), "{report}");
}

#[test]
fn a_post_of_jekyll_in_html_becomes_markdown() {
    let folder = Folder::with_owner();
    let text = "---\r\ntitle: Old\r\n---\r\n<p>A <b>bold</b> word.</p>\r\n\r\n    <p><img src=\"{{ site.baseurl }}/a.gif\"></p>\r\n<iframe src=\"https://b.example/\"></iframe>";
    folder.write("blog/_posts/2010-01-02-old.html", text);
    fs::write(folder.path("blog/a.gif"), dot(1)).unwrap();
    let report = folder.run(&["import", "markdown", "blog"]).done();
    assert!(report.starts_with("1 post imported"), "{report}");
    assert!(report.contains("old.html: 1 frames of other sites are links now\n"), "{report}");
    let digest = folder.ask("SELECT digest FROM media").remove(0);
    let expected = format!(
        "Old|A **bold** word.\n\n![](/media/{digest}/a.gif)\n\n[https://b.example/](https://b.example/)\n"
    );
    assert_eq!(folder.ask("SELECT title, content FROM posts"), [expected]);
    let again = folder.run(&["import", "markdown", "blog"]).done();
    assert!(again.contains("1 was here already"), "{again}");
}

/// A bundle with files of many kinds, and posts that a picture stands for.
fn bundle() -> Folder {
    let folder = Folder::with_owner();
    let text = "---\ntitle: One\ndate: 2020-01-01\ncover: cover.gif\n---\n[Paper](paper.pdf \"t\") and [![t](small.gif)](big.gif) and \
        <video poster='still.gif' src=\"film.webm\"></video> <a class=x href=notes.txt>n</a> [two][r] [next](../two/) [b](b.md) [c](c.html)\n\
        [gone](gone.pdf) [mail](mailto:a@b.pdf) [out](https://b.example/x.pdf) `[no](paper.pdf)`\n\n[r]: data.csv\n";
    for (name, text) in [
        ("one/index.md", text),
        ("one/b.md", "---\ntitle: Two\ndate: 2020-01-02\nimage:\n  path: /gone.gif\n---\nx\n"),
        (
            "three.md",
            "---\ntitle: Three\ndate: 2020-01-03\nfeatured_image: https://b.example/a.gif\n---\nx\n",
        ),
        (
            "four.md",
            "---\ntitle: Four\ndate: 2020-01-04\nimage: one/cover.gif\n---\n![x](one/cover.gif)\n",
        ),
        ("one/paper.pdf", "%PDF-1.4"),
        ("one/film.webm", "\x1A"),
        ("one/notes.txt", "x"),
        ("one/data.csv", "a,b"),
        ("one/c.html", "x"),
    ] {
        folder.write(&format!("blog/{name}"), text);
    }
    for (name, red) in [("cover", 1), ("small", 2), ("big", 3), ("still", 4)] {
        fs::write(folder.path(&format!("blog/one/{name}.gif")), dot(red)).unwrap();
    }
    folder
}

#[test]
fn what_a_bundle_leads_to_comes_along_and_what_does_not_is_told() {
    let folder = bundle();
    let rehearsed = folder.run(&["import", "markdown", "blog", "--dry-run"]).done();
    let report = folder.run(&["import", "markdown", "blog"]).done();
    assert_eq!(rehearsed, report);
    assert!(report.contains("  12 pictures and files: 10 imported, 2 left out\n"), "{report}");
    for line in [
        "  one/b.md: /gone.gif (it is not in the imported folder)",
        "  one/index.md, line 7: gone.pdf (it is not in the imported folder)",
        "  three.md: https://b.example/a.gif (it is on another host)",
    ] {
        assert!(report.lines().any(|told| told == line), "{line}\nin\n{report}");
    }
}

#[test]
fn what_stands_for_a_post_is_shown_before_its_text_and_links_lead_to_the_files_here() {
    let folder = bundle();
    folder.run(&["import", "markdown", "blog"]).done();
    let file = |name: &str| {
        let digest = folder.ask(&format!("SELECT digest FROM media WHERE name = '{name}'"));
        format!("/media/{}/{name}", digest.first().unwrap_or_else(|| panic!("{name}")))
    };
    let [cover, small, big, still] =
        ["cover", "small", "big", "still"].map(|name| file(&format!("{name}.gif")));
    let content = folder.ask("SELECT content FROM posts WHERE title = 'One'").remove(0);
    let expected = format!(
        "![]({cover})\n\n[Paper]({} \"t\") and [![t]({small})]({big}) and <video poster='{still}' src=\"{}\"></video> <a class=x href={}>n</a> \
         [two][r] [next](../two/) [b](/posts/b) [c](c.html)\n\
         [gone](gone.pdf) [mail](mailto:a@b.pdf) [out](https://b.example/x.pdf) `[no](paper.pdf)`\n\n[r]: {}\n",
        file("paper.pdf"),
        file("film.webm"),
        file("notes.txt"),
        file("data.csv")
    );
    assert_eq!(content, expected);
    let four = folder.ask("SELECT content FROM posts WHERE title = 'Four'");
    assert_eq!(four, [format!("![x]({cover})\n")]);
}

#[test]
fn the_addresses_that_jekyll_gives_of_its_own_accord_lead_to_the_posts() {
    let folder = Folder::with_owner();
    for (name, header) in [
        ("_posts/2019-09-25-hello.md", "title: A"),
        ("_posts/2019-09-26-two.md", "title: B\ncategories: News Odd"),
        ("birds/_posts/2019-09-27-three.md", "title: C\ncategory: Grey ones"),
        ("_posts/2019-09-28-four.md", "title: D\ndate: 2019-10-01 12:00:00\nslug: 4"),
        ("_posts/2019-09-29-five.md", "title: E\npermalink: /five/"),
        ("2019-09-30-six.md", "title: F"),
    ] {
        folder.write(&format!("blog/{name}"), &format!("---\n{header}\n---\nx\n"));
    }
    folder.run(&["import", "markdown", "blog"]).done();
    let blog = folder.serve();
    for (old, new) in [
        ("/2019/09/25/hello.html", "/posts/hello"),
        ("/2019/09/25/hello/", "/posts/hello"),
        ("/news/odd/2019/09/26/two.html", "/posts/two"),
        ("/birds/grey%20ones/2019/09/27/three.html", "/posts/three"),
        ("/2019/10/01/4.html", "/posts/4"),
        ("/five/", "/posts/five"),
    ] {
        assert_eq!(blog.visitor().get(old).location.as_deref(), Some(new), "{old}");
    }
    for none in ["/2019/09/29/five.html", "/2019/09/30/six.html"] {
        assert_eq!(blog.visitor().get(none).status, 404, "{none}");
    }
}

#[test]
fn an_old_address_that_two_posts_claim_is_told() {
    let folder = Folder::with_owner();
    for (name, alias) in [("a", "/old/"), ("b", "old")] {
        let text = format!("---\ntitle: {name}\naliases: [{alias}]\n---\nx\n");
        folder.write(&format!("blog/{name}.md"), &text);
    }
    let report = folder.run(&["import", "markdown", "blog"]).done();
    assert!(
        report.contains("b.md: its old address /old leads to another post already"),
        "{report}"
    );
    assert!(!report.contains("a.md: its old"), "{report}");
}

#[test]
fn links_between_the_texts_of_a_folder_lead_to_the_posts() {
    let folder = Folder::with_owner();
    for (name, text) in [
        (
            "blog/a/one.md",
            "---\ntitle: One\ndate: 2020-01-01\n---\n[2](../two.md#end) [3](@/site/a/three.md) <a href=\"three.md\">3</a> [4][f]\n\
             [gone](gone.md) `[2](../two.md)` [twice](@/b/same.md) [out](https://b.example/two.md)\n\n[f]: /content/four.md\n",
        ),
        ("blog/two.md", "---\ntitle: The second\nslug: zwei\ndate: 2020-01-02\n---\nx\n"),
        ("blog/a/three.md", "# Three\n"),
        ("blog/content/four.md", "# Four\n"),
        ("blog/a/same.md", "# Same\n"),
        ("blog/b/same.md", "# Same\n"),
    ] {
        folder.write(name, text);
    }
    let tried = folder.run(&["import", "markdown", "blog", "--dry-run"]).done();
    let report = folder.run(&["import", "markdown", "blog"]).done();
    let line = "a/one.md: Line 6: the link to";
    for told in [
        format!("{line} `gone.md` leads to no text in the imported folder; it stays as it is."),
        format!(
            "{line} `@/b/same.md` leads to one of several texts whose addresses are the same; it stays as it is."
        ),
    ] {
        assert!(report.contains(&told) && tried.contains(&told), "{report}");
    }
    let expected = "[2](/posts/zwei#end) [3](/posts/three) <a href=\"/posts/three\">3</a> [4][f]\n\
        [gone](gone.md) `[2](../two.md)` [twice](@/b/same.md) [out](https://b.example/two.md)\n\n[f]: /posts/four\n";
    assert_eq!(folder.ask("SELECT content FROM posts WHERE title = 'One'"), [expected]);
}
