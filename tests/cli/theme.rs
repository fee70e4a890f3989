//! A folder of templates and static files in place of the built-in ones.

use crate::support::Folder;

#[test]
fn a_theme_replaces_what_it_holds_and_a_broken_template_gives_way_to_the_built_in_one() {
    let folder = Folder::with_owner();
    folder.write("theme/templates/tags/index.html", "My own tags");
    folder.write("theme/templates/posts/index.html", "{% if %} broken");
    folder.write("theme/static/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let theme = folder.path("theme");
    let mut command = folder.command(&["serve", "--port", "0", "--theme"]);
    command.arg(theme);
    let blog = crate::blog::Blog::start(command);
    let mut visitor = blog.visitor();
    assert_eq!(visitor.get("/tags").text, "My own tags");
    let posts = visitor.get("/posts");
    assert!(posts.status == 200 && posts.text.contains("<main"), "{}", posts.text);
    let log = blog.stop().done_serving().err;
    let lines: Vec<_> = log.lines().filter(|line| line.contains("posts/index.html")).collect();
    assert!(lines.len() == 1 && lines[0].contains("is not used"), "{log}");
}
