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
    assert!(report.starts_with("1 posts imported"), "{report}");
    let told = "Left out (5):\n  four.md: it is a link, and links are not followed\n  more: it is a link, and links are not followed\n  \
        old/post.rst: only Markdown and HTML are read here\n  post.mdx: only Markdown and HTML are read here\n  \
        2 HTML files: only those in _posts and _drafts are posts\n";
    assert!(report.contains(told), "{report}");
}

#[test]
fn a_post_of_jekyll_in_html_becomes_markdown() {
    let folder = Folder::with_owner();
    let text = "---\r\ntitle: Old\r\n---\r\n<p>A <b>bold</b> word.</p>\r\n\r\n    <p><img src=\"/a.gif\"></p>\r\n<iframe src=\"https://b.example/\"></iframe>";
    folder.write("blog/_posts/2010-01-02-old.html", text);
    fs::write(folder.path("blog/a.gif"), dot(1)).unwrap();
    let report = folder.run(&["import", "markdown", "blog"]).done();
    assert!(report.starts_with("1 posts imported"), "{report}");
    assert!(report.contains("old.html: 1 frames of other sites are links now\n"), "{report}");
    let digest = folder.ask("SELECT digest FROM media").remove(0);
    let expected = format!(
        "Old|A **bold** word.\n\n![](/media/{digest}/a.gif)\n\n[https://b.example/](https://b.example/)\n"
    );
    assert_eq!(folder.ask("SELECT title, content FROM posts"), [expected]);
    let again = folder.run(&["import", "markdown", "blog"]).done();
    assert!(again.contains("1 were here already"), "{again}");
}
