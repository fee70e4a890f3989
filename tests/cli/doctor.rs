use crate::nginx::Nginx;
use crate::running::{Ran, Running};
use crate::support::{Folder, until};
use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

/// What the doctor says of the blog in `folder`, found at `url` if that is to be looked at.
fn doctor(folder: &Folder, url: Option<&str>) -> Ran {
    let url = url.map(|url| ["--url", url]);
    let args: Vec<&str> = ["doctor"].into_iter().chain(url.into_iter().flatten()).collect();
    let mut command = folder.command(&args);
    command.env_remove("ROCKET_BCRYPT_COST");
    Ran::of(command, "")
}

/// It found nothing to mend; what it said.
#[track_caller]
fn well(ran: Ran) -> String {
    let said = ran.done();
    assert!(!said.contains("problem"), "{said}");
    said
}

/// It found this one problem and no other; the line with it.
#[track_caller]
fn ill(ran: Ran) -> String {
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let problems: Vec<_> = ran.out.lines().filter(|line| line.starts_with("problem ")).collect();
    assert_eq!(problems.len(), 1, "{}", ran.out);
    assert_eq!(ran.err, "monograph: there is a problem; the line above says what to do\n");
    problems[0].to_owned()
}

#[test]
fn a_blog_that_is_well_has_no_problem_and_is_left_as_it_is() {
    let folder = Folder::with_owner();
    let before = fs::read(folder.path("monograph.db")).unwrap();
    let said = well(doctor(&folder, None));
    for word in
        ["Monograph's", "Only its owner", "can be written to", "left.", "clock", "link from post"]
    {
        assert!(
            said.lines().any(|line| line.starts_with("ok ") && line.contains(word)),
            "{word}: {said}"
        );
    }
    assert!(said.contains("note    There is no backup"), "{said}");
    assert_eq!(folder.names(), ["monograph.db"]);
    assert!(fs::read(folder.path("monograph.db")).unwrap() == before);
    folder.run(&["backup"]).done();
    assert!(well(doctor(&folder, None)).contains("ok      The last backup is 0 hours old"));
}

#[test]
fn a_blog_that_nobody_owns_is_no_good() {
    let folder = Folder::empty();
    folder.add("Bob", "author");
    assert!(ill(doctor(&folder, None)).contains("Nobody is the owner of this blog"));
    folder.run(&["user", "role", "Bob", "owner"]).done();
    well(doctor(&folder, None));
}

#[test]
fn where_there_is_no_blog_it_says_so() {
    let folder = Folder::empty();
    assert!(ill(doctor(&folder, None)).contains("there is no database at monograph.db"));
    folder.write("monograph.db", "milk, eggs");
    assert!(ill(doctor(&folder, None)).contains("is not a database of Monograph"));
    assert_eq!(folder.names(), ["monograph.db"]);
}

#[test]
fn a_file_that_others_may_read_is_a_problem() {
    let folder = Folder::with_owner();
    fs::set_permissions(folder.path("monograph.db"), Permissions::from_mode(0o644)).unwrap();
    assert!(ill(doctor(&folder, None)).contains("`chmod 600 monograph.db`"));
}

#[test]
fn a_clock_that_went_back_is_a_problem() {
    let folder = Folder::with_owner();
    folder.write("posts/a.md", "# A\n\nWords.\n");
    folder.run(&["import", "markdown", "posts"]).done();
    folder.ask("UPDATE versions SET saved_at = saved_at + 5000000 RETURNING id");
    assert!(ill(doctor(&folder, None)).contains("The clock is behind"));
}

#[test]
fn an_address_that_leads_to_the_blog_itself_is_well() {
    let folder = Folder::with_owner();
    let blog = folder.serve();
    let said = well(doctor(&folder, Some(&blog.url)));
    for word in
        ["leads to this blog", "The host arrives", "gets through", "not sent again", "agree"]
    {
        assert!(
            said.lines().any(|line| line.starts_with("ok ") && line.contains(word)),
            "{word}: {said}"
        );
    }
    assert_eq!(folder.ask("SELECT count(*) FROM checkups"), ["0"]);
    let other = Folder::with_owner();
    assert!(ill(doctor(&other, Some(&blog.url))).contains("not a blog with this database"));
    blog.stop().done_serving();
    assert!(ill(doctor(&folder, Some("http://127.0.0.1:1"))).contains("cannot be reached"));
    assert!(ill(doctor(&folder, Some("blog.example"))).contains("is no address"));
}

/// As it should be.
const GOOD: &str =
    "client_max_body_size 6m; proxy_set_header Host $http_host; proxy_set_header Forwarded \"\";
    proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Forwarded-For $remote_addr;";

/// What the doctor says of a blog that trusts the header of its proxy, behind an nginx with these lines.
fn behind_nginx(lines: &str) -> Option<Ran> {
    behind(lines, &[("ROCKET_IP_HEADER", "X-Real-IP")])
}

fn behind(lines: &str, environment: &[(&str, &str)]) -> Option<Ran> {
    let folder = Folder::with_owner();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let mut command = folder.command(&["serve", "--port", &port]);
    command.env("ROCKET_UPLOAD_LIMIT", "5 MB").envs(environment.iter().copied());
    let blog = Running::start(command);
    until("the blog", || blog.out.so_far().contains("Its database").then_some(()));
    let nginx = Nginx::before(&format!("http://127.0.0.1:{port}"), lines)?;
    Some(doctor(&folder, Some(&nginx.url)))
}

#[test]
fn a_proxy_that_is_set_up_well_is_well() {
    let Some(ran) = behind_nginx(GOOD) else { return };
    assert!(well(ran).contains("The blog takes this visitor for 127.0.0.1"));
}

#[test]
fn for_each_mistake_of_a_proxy_the_doctor_names_the_line() {
    let without = |line: &str| GOOD.replace(line, "");
    let with = |line: &str| format!("{GOOD} {line}");
    for (lines, advice) in [
        (without("proxy_set_header Host $http_host;"), "`proxy_set_header Host $http_host;`"),
        (without("client_max_body_size 6m;"), "`client_max_body_size 6m;`"),
        (
            without("proxy_set_header X-Real-IP $remote_addr;"),
            "`proxy_set_header X-Real-IP $remote_addr;`",
        ),
        (with("expires 1h;"), "`expires …;`"),
        (
            with("add_header Content-Security-Policy \"default-src *\";"),
            "`add_header Content-Security-Policy …;`",
        ),
        (
            with("proxy_hide_header Content-Security-Policy;"),
            "`proxy_hide_header Content-Security-Policy;`",
        ),
        (
            with(
                "proxy_cache kept; proxy_cache_valid any 1h; proxy_ignore_headers Cache-Control Vary;",
            ),
            "`proxy_ignore_headers`",
        ),
        (
            with("return 301 https://www.blog.example$request_uri;"),
            "`ROCKET_BASE_URL=https://www.blog.example`",
        ),
        (with("return 502;"), "`proxy_pass http://127.0.0.1:8000;`"),
        (with("return 404;"), "proxy_pass http://127.0.0.1:8000; }"),
    ] {
        let Some(ran) = behind_nginx(&lines) else { return };
        let line = ill(ran);
        assert!(line.contains(advice), "{lines}: {line}");
    }
}

#[test]
fn a_proxy_whose_word_the_blog_does_not_take_is_a_problem_of_the_blog() {
    let Some(ran) = behind(GOOD, &[]) else { return };
    let line = ill(ran);
    assert!(line.contains("`ROCKET_IP_HEADER=X-Real-IP`"), "{line}");
}

#[test]
fn a_proxy_in_the_clear_before_a_blog_for_https_is_a_problem() {
    let environment =
        [("ROCKET_IP_HEADER", "X-Real-IP"), ("ROCKET_BASE_URL", "https://blog.example")];
    let Some(ran) = behind(GOOD, &environment) else { return };
    let line = ill(ran);
    assert!(line.contains("`return 301 https://$host$request_uri;`"), "{line}");
}

#[test]
fn a_certificate_that_is_of_no_use_is_a_problem() {
    let folder = Folder::with_owner();
    folder.write("text.pem", "milk, eggs");
    for (file, hint) in [
        ("nothing.pem", "nothing.pem cannot be read"),
        ("text.pem", "there is no certificate in it"),
    ] {
        let mut command = folder.command(&["doctor"]);
        command.env_remove("ROCKET_BCRYPT_COST").env("ROCKET_TLS_CERTIFICATE", file);
        let line = ill(Ran::of(command, ""));
        assert!(line.contains(hint), "{line}");
    }
}
