use crate::support::{Folder, PASSWORD};

#[test]
fn an_account_is_made_with_a_password_from_standard_input() {
    let folder = Folder::empty();
    let said = folder.tell(&format!("{PASSWORD}\n"), &["user", "add", "Ada", "--role", "owner"]);
    assert_eq!(said.done(), "Ada is now owner.\n");
    assert_eq!(folder.names(), ["monograph.db"]);
    folder.serve().ada();
}

#[test]
fn only_the_first_line_is_the_password_and_its_spaces_count() {
    let folder = Folder::empty();
    let input = format!(" {PASSWORD} \r\nanother line\n");
    folder.tell(&input, &["user", "add", "Ada"]).done();
    let blog = folder.serve();
    assert_eq!(blog.visitor().sign_in("Ada", PASSWORD).status, 401);
    assert_eq!(blog.visitor().sign_in("Ada", &format!(" {PASSWORD} ")).status, 303);
}

#[test]
fn a_password_is_never_an_argument() {
    let folder = Folder::with_owner();
    for args in [
        &["user", "add", "Eve", PASSWORD][..],
        &["user", "add", "Eve", "--password", PASSWORD],
        &["user", "password", "Ada", PASSWORD],
        &["user", "password", "Ada", "--password", PASSWORD],
    ] {
        folder.tell(&format!("{PASSWORD}\n"), args).misused();
    }
    assert_eq!(folder.run(&["user", "list"]).done(), "owner   Ada\n");
}

#[test]
fn a_password_that_will_not_do_is_refused_and_nothing_is_left_behind() {
    let folder = Folder::empty();
    for (input, hint) in [
        ("", "no password came on standard input"),
        ("short\n", "at least 8 characters"),
        ("password1\n", "among the first that are guessed"),
        (&format!("{}\n", "long ".repeat(15)), "at most 71 bytes"),
    ] {
        let line = folder.tell(input, &["user", "add", "Ada"]).failed();
        assert!(line.contains(hint), "{line}");
    }
    assert!(folder.names().is_empty());
}

#[test]
fn a_password_that_is_no_text_is_refused() {
    let folder = Folder::with_owner();
    std::fs::write(folder.path("input"), b"\xff\xfe correct horse\n").unwrap();
    let mut command = folder.command(&["user", "password", "Ada"]);
    let ran = command.stdin(std::fs::File::open(folder.path("input")).unwrap()).output().unwrap();
    let line = String::from_utf8(ran.stderr).unwrap();
    assert!(line.contains("is not in UTF-8; nothing was changed"), "{line}");
}

#[test]
fn the_first_account_is_the_owner_unless_somebody_wants_it_otherwise() {
    let folder = Folder::empty();
    let said = folder.tell(PASSWORD, &["user", "add", "Ada"]).done();
    assert_eq!(said, "Ada is now owner, as the first account is.\n");
    let said = folder.tell(PASSWORD, &["user", "add", "Bob"]).done();
    assert_eq!(said, "Bob is now author.\n");

    let folder = Folder::empty();
    for (name, args) in
        [("Ada", &["user", "add", "Ada", "--role", "author"][..]), ("Bob", &["user", "add", "Bob"])]
    {
        let said = folder.tell(PASSWORD, args).done();
        let hint = format!(
            "{name} is now author.\nNobody is the owner of this blog; `monograph user role {name} owner` makes"
        );
        assert!(said.starts_with(&hint), "{said}");
    }
}

#[test]
fn a_name_that_will_not_do_is_refused_and_nothing_is_left_behind() {
    let folder = Folder::empty();
    for name in ["", "Ada Lovelace", "ada@example.org", &"a".repeat(33)] {
        let line = folder.tell(PASSWORD, &["user", "add", name]).failed();
        assert!(line.contains("user name"), "{line}");
    }
    assert!(folder.names().is_empty());
}

#[test]
fn a_name_belongs_to_one_account_in_every_spelling() {
    let folder = Folder::with_owner();
    let line = folder.tell(PASSWORD, &["user", "add", "ADA"]).failed();
    assert!(line.contains("This name is taken"), "{line}");
    assert_eq!(folder.run(&["user", "role", "aDa", "owner"]).done(), "Ada is now owner.\n");
}

#[test]
fn everybody_is_listed_with_their_role() {
    let folder = Folder::with_owner();
    folder.add("Bob", "editor");
    folder.tell(PASSWORD, &["user", "add", "Émile"]).done();
    let list = folder.run(&["user", "list"]).done();
    assert_eq!(list, "owner   Ada\neditor  Bob\nauthor  Émile\n");
}

#[test]
fn the_last_owner_stays_and_stays_owner() {
    let folder = Folder::with_owner();
    folder.add("Bob", "author");
    for args in [&["user", "remove", "Ada"][..], &["user", "role", "Ada", "editor"]] {
        let line = folder.run(args).failed();
        assert!(line.contains("Make somebody else an owner first"), "{line}");
    }
    assert_eq!(folder.run(&["user", "list"]).done(), "owner   Ada\nauthor  Bob\n");
    folder.run(&["user", "role", "Bob", "owner"]).done();
    folder.run(&["user", "role", "Ada", "author"]).done();
    folder.run(&["user", "remove", "Ada"]).done();
    assert_eq!(folder.run(&["user", "list"]).done(), "owner   Bob\n");
}

#[test]
fn what_a_removed_account_wrote_stays_signed() {
    let folder = Folder::with_owner();
    folder.add("Bob", "author");
    let blog = folder.serve();
    let mut bob = blog.visitor();
    bob.sign_in("Bob", PASSWORD);
    bob.post("/posts", &[("title", "By Bob"), ("content", "Words")]);
    folder.run(&["user", "remove", "Bob"]).done();
    assert!(!bob.is_signed_in());
    let page = bob.get("/posts/by-bob");
    assert!(page.status == 200 && page.text.contains("Bob"), "{page:?}");
}

#[test]
fn a_new_password_ends_all_sessions_of_a_running_blog() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let (mut here, mut there) = (blog.ada(), blog.ada());
    assert!(here.is_signed_in() && there.is_signed_in());
    let said = folder.tell("another heron entirely\n", &["user", "password", "Ada"]).done();
    assert_eq!(said, "Ada has a new password and is signed out everywhere.\n");
    assert!(!here.is_signed_in() && !there.is_signed_in());
    assert_eq!(here.sign_in("Ada", PASSWORD).status, 401);
    assert_eq!(here.sign_in("Ada", "another heron entirely").status, 303);
}

#[test]
fn a_bad_new_password_changes_nothing() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let mut ada = blog.ada();
    folder.tell("short\n", &["user", "password", "Ada"]).failed();
    assert!(ada.is_signed_in());
    blog.ada();
}

#[test]
fn a_new_role_counts_at_once() {
    let folder = Folder::with_owner();
    folder.add("Bob", "author");
    let blog = folder.serve();
    let mut bob = blog.visitor();
    bob.sign_in("Bob", PASSWORD);
    assert_eq!(bob.get("/admin/settings").status, 403);
    folder.run(&["user", "role", "Bob", "owner"]).done();
    bob.sign_in("Bob", PASSWORD);
    assert_eq!(bob.get("/admin/settings").status, 200);
}

#[test]
fn a_recovery_link_sets_a_password_once() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let mut ada = blog.ada();
    let link = folder.run(&["user", "recover", "Ada"]).done();
    let path = link.trim_end().strip_prefix(blog.url.as_str()).unwrap();
    assert!(ada.is_signed_in());

    let mut visitor = blog.visitor();
    assert_eq!(visitor.get(path).status, 200);
    let token = path.strip_prefix("/auth/recover?token=").unwrap();
    let form = [("token", token), ("password", "the second heron")];
    assert_eq!(visitor.post("/auth/recover", &form).status, 303);
    assert!(!ada.is_signed_in());
    assert_eq!(visitor.sign_in("Ada", "the second heron").status, 303);

    assert_eq!(visitor.get(path).status, 403);
    assert_eq!(visitor.post("/auth/recover", &form).status, 403);
}

#[test]
fn a_second_recovery_link_voids_the_first() {
    let folder = Folder::with_owner();
    let link = || {
        let link = folder.run(&["user", "recover", "Ada"]).done();
        link.trim_end().strip_prefix("http://127.0.0.1:8000").unwrap().to_owned()
    };
    let (first, second) = (link(), link());
    let blog = folder.serve();
    assert_eq!(blog.visitor().get(&first).status, 403);
    assert_eq!(blog.visitor().get(&second).status, 200);
}

#[test]
fn nobody_is_found_under_a_wrong_name() {
    let folder = Folder::with_owner();
    for args in [
        &["user", "remove", "Eve"][..],
        &["user", "role", "Eve", "editor"],
        &["user", "password", "Eve"],
        &["user", "recover", "Eve"],
        &["user", "recover", "no name at all"],
    ] {
        let line = folder.tell(PASSWORD, args).failed();
        assert!(line.contains("nobody here is called"), "{line}");
        assert!(line.contains("monograph user list"), "{line}");
    }
}
