//! What the operator may set, and where.

use crate::blog::Blog;
use crate::running::Ran;
use crate::support::Folder;
use serde_json::Value;
use std::net::TcpListener;

const KEYS: [&str; 2] = [
    "8Xui8SN4mI+7egV/9dlfYYLGQJeEx4+DwmSQLwDVXJg=",
    "hPRYyVRiMyxpw5sBB1XeCMN1kFsDCqKvBi2QJxBVHQk=",
];

/// The link that `user recover` prints: it shows database and address without a start.
fn link(folder: &Folder, args: &[&str], environment: &[(&str, &str)]) -> Ran {
    let mut command = folder.command(&[&["user", "recover", "Ada"], args].concat());
    command.envs(environment.iter().copied());
    Ran::of(command, "")
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
    let folder = Folder::empty();
    let missing = |args: &[&str], environment: &[(&str, &str)]| {
        let line = link(&folder, args, environment).failed();
        line.strip_prefix("there is no database at ").unwrap().split(';').next().unwrap().to_owned()
    };
    let (flag, environment) = (["--database", "flag.db"], [("ROCKET_DATABASE", "environment.db")]);
    assert_eq!(missing(&[], &[]), "monograph.db");
    folder.write("Rocket.toml", "[default]\ndatabase = \"file.db\"\n");
    assert_eq!(missing(&[], &[]), "file.db");
    assert_eq!(missing(&[], &environment), "environment.db");
    assert_eq!(missing(&flag, &environment), "flag.db");
    assert_eq!(missing(&flag, &[]), "flag.db");
}

#[test]
fn every_source_knows_address_and_port() {
    let folder = Folder::with_owner();
    let url = |environment: &[(&str, &str)]| {
        let link = link(&folder, &[], environment).done();
        link.split_once("/auth/recover?token=").unwrap().0.to_owned()
    };
    assert_eq!(url(&[]), "http://127.0.0.1:8000");
    folder.write("Rocket.toml", "[default]\nport = 81\naddress = \"192.0.2.1\"\n");
    assert_eq!(url(&[]), "http://192.0.2.1:81");
    assert_eq!(url(&[("ROCKET_PORT", "82")]), "http://192.0.2.1:82");
    assert_eq!(url(&[("ROCKET_ADDRESS", "::1")]), "http://[::1]:81");
    assert_eq!(url(&[("ROCKET_BASE_URL", "https://Blog.example/")]), "https://blog.example");
}

#[test]
fn it_serves_where_each_source_says() {
    let folder = Folder::with_owner();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    folder.write("Rocket.toml", &format!("[default]\nport = {port}\n"));
    let line = folder.run(&["serve"]).failed();
    assert!(line.contains(&port), "{line}");

    let mut command = folder.command(&["serve"]);
    command.env("ROCKET_PORT", "0");
    assert_eq!(Blog::start(command).visitor().get("/healthz").status, 200);
    let mut command = folder.command(&["serve", "--port", "0"]);
    command.env("ROCKET_PORT", &port);
    assert_eq!(Blog::start(command).visitor().get("/healthz").status, 200);
}

#[test]
fn a_file_in_a_folder_above_does_not_count() {
    let folder = Folder::empty();
    folder.write("Rocket.toml", "[default]\ndatabase = \"file.db\"\n");
    folder.write("below/note", "");
    let mut command = folder.command(&["user", "list"]);
    command.current_dir(folder.path("below"));
    let line = Ran::of(command, "").failed();
    assert!(line.contains("there is no database at monograph.db"), "{line}");
}

#[test]
fn a_bad_setting_is_named_in_one_line_and_nothing_is_made() {
    let folder = Folder::empty();
    for (name, value, hint) in [
        ("ROCKET_PORT", "many", "port"),
        ("ROCKET_ADDRESS", "here", "address"),
        ("ROCKET_BCRYPT_COST", "99", "bcrypt_cost"),
        ("ROCKET_LOG_FORMAT", "xml", "log_format"),
        ("ROCKET_BASE_URL", "blog.example", "base_url"),
        ("ROCKET_SECRET_KEY", "short", "secret"),
        ("ROCKET_WORKERS", "many", "workers"),
    ] {
        let mut command = folder.command(&["serve"]);
        command.env("ROCKET_PORT", "0").env(name, value);
        let line = Ran::of(command, "").failed();
        assert!(line.to_lowercase().contains(hint), "{name}: {line}");
        assert!(folder.names().is_empty(), "{name}");
    }
}

#[test]
fn a_bad_file_is_named_in_one_line_and_nothing_is_made() {
    let folder = Folder::empty();
    folder.write("Rocket.toml", "[default\nport = what\n");
    let line = folder.run(&["serve", "--port", "0"]).failed();
    assert!(line.contains("Rocket.toml"), "{line}");
    assert_eq!(folder.names(), ["Rocket.toml"]);
}

#[test]
fn lines_of_log_are_objects_without_query_and_cookie() {
    let folder = Folder::with_owner();
    let blog = Blog::start(folder.command(&["serve", "--port", "0", "--log-format", "json"]));
    let mut ada = blog.ada();
    assert_eq!(ada.get("/posts?page=1&word=hush-hush").status, 200);
    assert_eq!(ada.get("/nowhere?word=hush-hush").status, 404);
    let cookie = ada.cookie.clone().unwrap();
    let log = blog.stop().done_serving().err;
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (method, path, status) in
        [("POST", "/auth/login", 303), ("GET", "/posts", 200), ("GET", "/nowhere", 404)]
    {
        let said = |line: &&Value| {
            line["method"] == method && line["path"] == path && line["status"] == status
        };
        assert_eq!(lines.iter().filter(said).count(), 1, "{method} {path} {status} in {log}");
    }
    let (_, value) = cookie.split_once('=').unwrap();
    assert!(!log.contains("hush-hush") && !log.contains(value), "{log}");
    assert!(!log.contains("heron"), "{log}");
}

#[test]
fn sessions_outlive_a_restart() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let ada = blog.ada();
    blog.stop().done_serving();
    assert!(ada.at(&folder.serve()).is_signed_in());
}

#[test]
fn the_operator_s_own_key_wins_over_the_kept_one() {
    let folder = Folder::with_owner();
    let serve = |key: Option<&str>| {
        let mut command = folder.command(&["serve", "--port", "0"]);
        command.envs(key.map(|key| ("ROCKET_SECRET_KEY", key)));
        Blog::start(command)
    };
    let ada = {
        let blog = serve(Some(KEYS[0]));
        let mut ada = blog.ada();
        assert!(ada.is_signed_in());
        blog.stop().done_serving();
        ada
    };
    for (key, known) in [(None, false), (Some(KEYS[1]), false), (Some(KEYS[0]), true)] {
        let blog = serve(key);
        assert_eq!(ada.at(&blog).is_signed_in(), known, "{key:?}");
        blog.stop().done_serving();
    }
}
