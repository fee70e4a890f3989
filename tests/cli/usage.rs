use crate::support::Folder;

const COMMANDS: [&[&str]; 18] = [
    &[],
    &["serve"],
    &["user"],
    &["user", "add"],
    &["user", "list"],
    &["user", "remove"],
    &["user", "role"],
    &["user", "password"],
    &["user", "recover"],
    &["settings"],
    &["settings", "list"],
    &["settings", "get"],
    &["settings", "set"],
    &["import", "markdown"],
    &["backup"],
    &["restore"],
    &["check"],
    &["upgrade"],
];

#[test]
fn every_command_explains_itself() {
    let folder = Folder::empty();
    for command in COMMANDS {
        let help = folder.run(&[command, &["--help"]].concat()).done();
        assert!(help.contains("Usage: monograph"), "{command:?}: {help}");
        assert!(help.contains("--database <FILE>"), "{command:?}: {help}");
    }
    assert!(folder.names().is_empty());
}

#[test]
fn every_command_knows_its_version() {
    let folder = Folder::empty();
    let version = format!("monograph {}\n", env!("CARGO_PKG_VERSION"));
    for command in COMMANDS {
        let said = folder.run(&[command, &["--version"]].concat()).done();
        assert_eq!(said, version, "{command:?}");
    }
}

#[test]
fn a_command_called_wrongly_says_how_to_call_it_and_does_nothing() {
    let folder = Folder::empty();
    let wrong: [&[&str]; 20] = [
        &["restore"],
        &["check", "one.db", "two.db"],
        &["publish"],
        &["--nonsense"],
        &["serve", "--port", "many"],
        &["serve", "--port", "65536"],
        &["serve", "--address", "here"],
        &["serve", "--log-format", "xml"],
        &["serve", "--base-url", "ftp://blog.example"],
        &["export", "site", "out", "--base-url", "blog.example"],
        &["user"],
        &["user", "add"],
        &["user", "add", "ada", "--role", "king"],
        &["user", "role", "ada"],
        &["user", "role", "ada", "king"],
        &["settings"],
        &["settings", "get", "colour"],
        &["settings", "set", "colour", "red"],
        &["settings", "set", "title"],
        &["import", "markdown"],
    ];
    for args in wrong {
        folder.run(args).misused();
    }
    assert!(folder.names().is_empty());
}

#[test]
fn a_wrong_word_is_answered_with_the_right_ones() {
    let folder = Folder::empty();
    let roles = folder.run(&["user", "role", "ada", "king"]).misused();
    assert!(roles.contains("choose owner, editor or author"), "{roles}");
    let url = folder.run(&["serve", "--base-url", "ftp://x"]).misused();
    assert!(url.contains("as in https://blog.example") && !url.contains("src/"), "{url}");
    let keys = folder.run(&["settings", "get", "colour"]).misused();
    assert!(keys.contains("posts_per_page") && keys.contains("timezone"), "{keys}");
}
