use super::everything;
use super::wordpress::{export, item};
use crate::running::Running;
use crate::support::{Folder, until};

/// More posts than come in at once.
fn many() -> String {
    let text = "<content:encoded><![CDATA[Some <b>words</b> of no consequence, to be rendered.\n\nAnd more.]]></content:encoded>";
    (1..=600).map(|id| item(id, "post", "publish", &format!("Post {id}"), text)).collect()
}

#[test]
fn an_import_that_is_killed_is_gone_on_with_by_the_next() {
    let (folder, other) = (Folder::with_owner(), Folder::with_owner());
    folder.write("old.xml", &export(&many()));
    other.write("old.xml", &export(&many()));
    let mut import = Running::start(folder.command(&["import", "wordpress", "old.xml"]));
    let count = || folder.ask("SELECT count(*) FROM posts").remove(0).parse::<usize>().unwrap();
    until("the first batch", || (count() > 0 || import.has_ended()).then_some(()));
    import.kill();
    let before = count();
    assert!(before % 100 == 0, "half a batch is here: {before}");
    let report = folder.run(&["import", "wordpress", "old.xml"]).done();
    let expected =
        format!("{} posts imported, 0 of them drafts; {before} were here already.\n", 600 - before);
    assert!(report.starts_with(&expected), "{report}");
    other.run(&["import", "wordpress", "old.xml"]).done();
    let texts = "SELECT title, slug, content, published_at FROM posts ORDER BY source";
    assert_eq!(folder.ask(texts), other.ask(texts));
    let before = everything(&folder);
    folder.run(&["import", "wordpress", "old.xml"]).done();
    assert_eq!(everything(&folder), before);
}
