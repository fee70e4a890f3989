//! What is logged of requests.

use crate::blog::Blog;
use crate::support::Folder;
use serde_json::Value;

fn serve(folder: &Folder, environment: &[(&str, &str)]) -> Blog {
    let mut command = folder.command(&["serve", "--port", "0"]);
    command.envs(environment.iter().copied());
    Blog::start(command)
}

#[test]
fn a_line_says_who_asked_for_what_and_who_has_answered() {
    let folder = Folder::with_owner();
    let blog = serve(&folder, &[("ROCKET_LOG_FORMAT", "json")]);
    blog.ada();
    for path in ["/posts?page=1&word=hush-hush", "/posts", "/nowhere"] {
        blog.visitor().get(path);
    }
    let log = blog.stop().done_serving().err;
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let said = |method: &str, path: &str| -> Vec<(u64, &str, &str)> {
        let lines = lines.iter().filter(|line| line["method"] == method && line["path"] == path);
        let word = |line: &'_ Value, name: &str| line[name].as_str().unwrap().to_owned();
        let lines = lines.map(|line| {
            assert!(line["micros"].is_u64() && line["client"] == "127.0.0.1", "{line}");
            assert_eq!(word(line, "target"), "access");
            (line["status"].as_u64().unwrap(), line["cache"].as_str().unwrap(), "")
        });
        lines.collect()
    };
    assert_eq!(said("POST", "/auth/login"), [(303, "pass", "")]);
    assert_eq!(said("GET", "/posts").len(), 2);
    assert_eq!(said("GET", "/nowhere"), [(404, "miss", "")]);
    assert!(!log.contains("hush") && !log.contains("session=") && !log.contains("heron"), "{log}");
}

#[test]
fn a_line_stays_a_line_whatever_is_asked_for() {
    let folder = Folder::with_owner();
    let blog = serve(&folder, &[]);
    for path in ["/a%0d%0aINFO%20forged", "/%1b%5b31m", "/\"},{\"level\":\"ERROR"] {
        let address = format!("{}{path}", blog.url);
        let _ = ureq::get(address.replace('"', "%22")).call();
    }
    let log = blog.stop().done_serving().err;
    assert!(!log.contains('\u{1b}'), "{log}");
    assert!(log.lines().all(|line| line.starts_with("20")), "{log}");
}

#[test]
fn without_the_access_log_there_is_no_line_of_a_request() {
    let folder = Folder::with_owner();
    let blog = serve(&folder, &[("ROCKET_ACCESS_LOG", "false")]);
    blog.visitor().get("/posts");
    assert_eq!(blog.stop().done_serving().err, "");
}
