//! Numbers for who watches over the blog.

use crate::blog::Blog;
use crate::secure::free_port;
use crate::support::Folder;
use std::collections::HashMap;

/// A blog that counts, and where.
fn counting(folder: &Folder) -> (Blog, String) {
    let address = format!("127.0.0.1:{}", free_port());
    let mut command = folder.command(&["serve", "--port", "0"]);
    command.env("ROCKET_METRICS", &address);
    (Blog::start(command), format!("http://{address}"))
}

/// Each sample, checked as strictly as Prometheus does.
fn numbers(url: &str) -> HashMap<String, f64> {
    let mut answer = ureq::get(format!("{url}/metrics")).call().unwrap();
    assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    let text = answer.body_mut().read_to_string().unwrap();
    let (mut family, mut numbers) = (String::new(), HashMap::new());
    for line in text.lines() {
        if let Some(named) = line.strip_prefix("# TYPE ") {
            family = named.split(' ').next().unwrap().to_owned();
        } else if !line.starts_with("# HELP ") {
            assert!(line.starts_with(&family), "{line} does not belong to {family}");
            let (sample, value) = line.rsplit_once(' ').unwrap();
            assert!(numbers.insert(sample.to_owned(), value.parse().unwrap()).is_none(), "{line}");
        }
    }
    numbers
}

#[test]
fn requests_are_counted_by_route_and_status() {
    let folder = Folder::with_owner();
    let (blog, url) = counting(&folder);
    let mut ada = blog.ada();
    assert_eq!(ada.post("/posts", &[("title", "A heron"), ("content", "It stands.")]).status, 303);
    let mut visitor = blog.visitor();
    for path in ["/posts/a-heron", "/posts/a-heron", "/posts/none", "/no/where/1", "/no/where/2"] {
        visitor.get(path);
    }
    let numbers = numbers(&url);
    let count = |route: &str, status: u16| {
        numbers[&format!("monograph_requests_total{{route=\"{route}\",status=\"{status}\"}}")]
    };
    assert_eq!(count("/posts", 303), 1.0);
    assert_eq!(count("/posts/<slug>", 200), 2.0, "{numbers:?}");
    assert_eq!(count("/posts/<slug>", 404), 1.0);
    assert_eq!(count("/<path..>", 404), 2.0, "{numbers:?}");
    assert!(!numbers.keys().any(|key| key.contains("where")), "{numbers:?}");
    assert_eq!(numbers["monograph_sessions"], 1.0);
    let handled =
        |who| numbers[&format!("monograph_request_duration_seconds_count{{handled=\"{who}\"}}")];
    assert_eq!(handled("hit"), 1.0);
    assert!(handled("miss") >= 3.0 && handled("pass") >= 2.0);
    for name in ["cache_bytes", "cache_pages", "database_bytes", "database_pages", "connections"] {
        assert!(numbers[&format!("monograph_{name}")] > 0.0, "{name}");
    }
    assert!(numbers["process_resident_memory_bytes"] > 1e6);
}

#[test]
fn visitors_hear_nothing_of_it() {
    let folder = Folder::with_owner();
    let (blog, url) = counting(&folder);
    for _ in 0..2 {
        let answer = ureq::get(format!("{}/posts", blog.url)).call().unwrap();
        assert!(!answer.headers().contains_key("x-monograph-route"), "{answer:?}");
    }
    assert_eq!(blog.visitor().get("/metrics").status, 404);
    assert_eq!(
        ureq::get(format!("{url}/posts")).call().unwrap_err().to_string(),
        "http status: 404"
    );
}

#[test]
fn only_this_machine_may_know() {
    let folder = Folder::empty();
    for address in ["0.0.0.0:9100", "192.0.2.1:9100", "127.0.0.1"] {
        let mut command = folder.command(&["serve", "--port", "0"]);
        command.env("ROCKET_METRICS", address);
        let line = crate::running::Ran::of(command, "").failed();
        assert!(line.contains("METRICS") && line.contains("127.0.0.1:9100"), "{line}");
    }
    assert!(folder.names().is_empty());
}
