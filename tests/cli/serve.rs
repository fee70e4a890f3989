use crate::blog::Blog;
use crate::running::{Ran, Running};
use crate::support::{Folder, PASSWORD, until};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

#[test]
fn it_says_where_it_is_and_how_to_make_the_first_account() {
    let folder = Folder::empty();
    let blog = folder.serve();
    assert!(!blog.url.ends_with(":0") && blog.url.starts_with("http://127.0.0.1:"), "{}", blog.url);
    assert_eq!(blog.visitor().get("/healthz").text, "ok");
    let printed = blog.printed();
    assert!(printed.contains("\nIts database is monograph.db\n"), "{printed}");
    let claim = blog.claim().unwrap();
    assert!(claim.starts_with(&format!("{}/users/register?claim=", blog.url)), "{claim}");
}

#[test]
fn it_says_where_it_listens_if_visitors_find_it_elsewhere() {
    let folder = Folder::with_owner();
    let args = ["serve", "--port", "0", "--base-url", "https://x.example"];
    let running = Running::start(folder.command(&args));
    let address = until("the address", || {
        let printed = running.out.so_far();
        assert!(printed.is_empty() || printed.starts_with("Monograph is at https://x.example\n"));
        let (_, address) = printed.split_once("It listens at ")?;
        address.split_once('\n').map(|(address, _)| address.to_owned())
    });
    assert!(TcpStream::connect(&address).is_ok(), "{address}");
    drop(running);
    assert!(!folder.serve().printed().contains("It listens at"));
}

#[test]
fn without_a_command_it_serves() {
    let folder = Folder::with_owner();
    let blog = Blog::start(folder.command(&["--port", "0"]));
    assert_eq!(blog.visitor().get("/posts").status, 200);
}

#[test]
fn its_flags_may_stand_before_its_name() {
    let folder = Folder::with_owner();
    let blog = Blog::start(folder.command(&["--port", "0", "--log-format", "json", "serve"]));
    blog.visitor().get("/posts");
    assert!(blog.stop().done_serving().err.starts_with('{'));
}

#[test]
fn what_is_not_there_is_missing_and_what_cannot_be_done_is_not_allowed() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let mut ada = blog.ada();
    assert_eq!(ada.get("/posts?page=99").status, 404);
    assert_eq!(ada.get("/posts/67e55044-10b1-426f-9247-bb680e5fe0c8/edit").status, 404);
    assert_eq!(ada.get("/auth/logout").status, 405);
    assert_eq!(ada.post("/healthz", &[]).status, 405);
}

#[test]
fn the_claim_link_makes_the_owner_once() {
    let folder = Folder::empty();
    let blog = folder.serve();
    let claim = blog.claim().unwrap();
    let path = claim.strip_prefix(&blog.url).unwrap();
    let (_, token) = path.split_once("claim=").unwrap();

    // A visitor on this very machine needs no link; one who comes through a proxy does.
    assert_eq!(through_proxy(&blog, "/users/register"), 403);
    assert_eq!(through_proxy(&blog, "/users/register?claim=0123"), 403);
    assert_eq!(through_proxy(&blog, path), 200);

    let mut visitor = blog.visitor();
    let form = [("username", "Ada"), ("password", PASSWORD), ("claim", token)];
    assert_eq!(visitor.post("/users/register", &form).status, 303);
    blog.ada();
    assert_eq!(through_proxy(&blog, path), 403);
    let form = [("username", "Eve"), ("password", PASSWORD), ("claim", token)];
    assert_eq!(visitor.post("/users/register", &form).status, 403);
    assert_eq!(folder.run(&["user", "list"]).done(), "owner   Ada\n");
}

/// The status that somebody gets who is not at this machine.
fn through_proxy(blog: &Blog, path: &str) -> u16 {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let request = ureq::Agent::from(config).get(format!("{}{path}", blog.url));
    request.header("X-Forwarded-For", "192.0.2.7").call().unwrap().status().as_u16()
}

#[test]
fn the_claim_link_is_another_one_at_every_start() {
    let folder = Folder::empty();
    let token = |blog: &Blog| blog.claim().unwrap().split_once("claim=").unwrap().1.to_owned();
    let blog = folder.serve();
    let first = token(&blog);
    blog.stop().done_serving();
    let blog = folder.serve();
    assert_ne!(first, token(&blog));
    assert_eq!(through_proxy(&blog, &format!("/users/register?claim={first}")), 403);
}

#[test]
fn with_an_account_there_is_no_claim_link() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    blog.visitor().get("/posts");
    let said = blog.stop().done_serving();
    assert!(!said.out.contains("claim") && !said.err.contains("claim"), "{said:?}");
}

#[test]
fn a_port_in_use_is_named_and_nothing_is_made() {
    let folder = Folder::empty();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let line = folder.run(&["serve", "--port", &port]).failed();
    assert!(line.contains(&port) && line.contains("--port"), "{line}");
    assert!(folder.names().is_empty());
}

#[test]
fn an_address_that_is_not_ours_is_named_and_nothing_is_made() {
    let folder = Folder::empty();
    let line = folder.run(&["serve", "--port", "0", "--address", "192.0.2.1"]).failed();
    assert!(line.contains("192.0.2.1"), "{line}");
    assert!(folder.names().is_empty());
}

#[test]
fn a_bad_base_url_is_refused_and_nothing_is_made() {
    let folder = Folder::empty();
    let line = folder.run(&["serve", "--port", "0", "--base-url", "blog.example"]).misused();
    assert!(line.contains("https://blog.example"), "{line}");
    let mut command = folder.command(&["serve", "--port", "0"]);
    command.env("ROCKET_BASE_URL", "blog.example");
    let line = Ran::of(command, "").failed();
    assert!(line.contains("https://blog.example"), "{line}");
    assert!(folder.names().is_empty());
}

#[test]
fn a_clean_stop_leaves_a_single_file_and_loses_nothing() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let mut ada = blog.ada();
    for n in 1..=12 {
        let title = format!("Post {n}");
        assert_eq!(ada.post("/posts", &[("title", &title), ("content", "Words")]).status, 303);
    }
    blog.stop().done_serving();
    assert_eq!(folder.names(), ["monograph.db"]);

    let blog = folder.serve();
    for n in 1..=12 {
        assert_eq!(blog.visitor().get(&format!("/posts/post-{n}")).status, 200, "post {n}");
    }
    blog.stop().done_serving();
    assert_eq!(folder.names(), ["monograph.db"]);
}

#[test]
fn a_request_that_is_under_way_is_finished_before_the_end() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let host = blog.url.strip_prefix("http://").unwrap().to_owned();
    let body = format!("username=Ada&password={}", PASSWORD.replace(' ', "+"));
    let mut stream = TcpStream::connect(&host).unwrap();
    let head = format!(
        "POST /auth/login HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server says "continue" when the handler begins to read the form: from then on the request is under way.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on[..21], b"HTTP/1.1 100 Continue");

    blog.ask_to_stop();
    until("the closed door", || TcpStream::connect(&host).is_err().then_some(()));
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer:?} {:?}", blog.end());
    blog.end().done_serving();
    assert_eq!(folder.names(), ["monograph.db"]);
    assert_eq!(folder.ask("SELECT count(*) FROM sessions"), ["1"]);
}

#[test]
fn other_commands_work_while_it_serves() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    folder.add("Bob", "author");
    assert_eq!(blog.visitor().sign_in("Bob", PASSWORD).status, 303);
    folder.write("posts/heron.md", "---\ntitle: A heron\ndate: 2020-01-01\n---\nIt stands.\n");
    folder.run(&["import", "markdown", "posts"]).done();
    assert!(blog.visitor().get("/posts/heron").text.contains("It stands."));
    blog.stop().done_serving();
}

#[test]
fn a_log_that_cannot_be_written_stops_nothing() {
    let folder = Folder::with_owner();
    let mut command = Command::new("sh");
    command.args(["-c", "exec \"$0\" serve --port 0 2>/dev/full", env!("CARGO_BIN_EXE_monograph")]);
    command.current_dir(folder.path("."));
    let blog = Blog::start(command);
    assert_eq!(blog.visitor().get("/posts").status, 200);
}
