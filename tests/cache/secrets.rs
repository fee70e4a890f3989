use crate::blog::Visitor;
use crate::reader::Reader;
use crate::served::{Served, write};
use crate::support::PASSWORD;
use rocket::http::Method;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Three who write, and what only they may see.
const PEOPLE: [(&str, &str); 3] =
    [("Quilla", "Bergamot"), ("Quillon", "Coriander"), ("Quillet", "Dragonfly")];

/// What only somebody sees who is signed in.
const FRAME: &str = "/auth/logout";

/// Every address that is looked at, with names that lead somewhere.
fn addresses(served: &Served) -> Vec<String> {
    let draft = served.folder.ask("SELECT uuid FROM posts WHERE title = 'Bergamot'").concat();
    let get = monograph::routes::all().into_iter().filter(|route| route.method == Method::Get);
    let paths = get.map(|route| route.uri.path().to_owned());
    let mut paths: Vec<_> = paths
        .map(|path| {
            path.replace("<slug>", "hello")
                .replace("<id>", &draft)
                .replace("<name>", "Ada")
                .replace("<kind>", "feed.xml")
                .replace("<path..>", "about")
                .replace("<year>", "2026")
                .replace("<month>", "11")
                .replace(['<', '>'], "")
        })
        .collect();
    paths.extend(
        ["/posts/bergamot", "/posts/coriander", "/search?q=text", "/nothing"].map(str::to_owned),
    );
    assert!(paths.len() > 40, "{paths:?}");
    paths
}

fn signed_in(served: &Served, name: &str) -> Visitor {
    let mut visitor = served.blog.visitor();
    assert_eq!(visitor.sign_in(name, PASSWORD).status, 303);
    visitor
}

/// Looks at everything and finds nothing that is another's.
fn look(reader: &mut Reader, addresses: &[String], own: Option<&str>) {
    for (n, path) in addresses.iter().enumerate() {
        let method = if n % 7 == 6 { "HEAD" } else { "GET" };
        let page = reader.ask(method, path, &[]);
        let text = String::from_utf8_lossy(&page.body);
        for (_, mark) in PEOPLE.iter().filter(|(_, mark)| Some(*mark) != own) {
            assert!(!text.contains(mark), "{own:?} sees {mark} at {path}");
        }
        if own.is_none() {
            assert!(!text.contains(FRAME), "a stranger sees a page of somebody's at {path}");
            assert_eq!(page.header("set-cookie"), "", "{path}");
        } else if method == "GET" && page.status == 200 && text.contains("</html>") {
            assert!(text.contains(FRAME), "{own:?} gets a page for strangers at {path}");
            assert_eq!(page.header("cache-control"), "private, no-store", "{path}");
        }
    }
}

#[test]
fn nobody_ever_sees_a_page_of_somebody_else() {
    let served = Served::start();
    let mut ada = served.ada();
    write(&mut ada, "Hello", &[("tags", "hello"), ("series", "Hello")]);
    let cookies = PEOPLE.map(|(name, mark)| {
        served.folder.add(name, "author");
        let mut person = signed_in(&served, name);
        write(&mut person, mark, &[("status", "draft")]);
        person.cookie.unwrap()
    });
    let addresses = addresses(&served);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        // Pages are made anew all the time.
        scope.spawn(|| {
            let mut n = 0;
            while !done.load(Ordering::Relaxed) {
                n += 1;
                write(&mut ada, &format!("News {n}"), &[]);
            }
        });
        let mut readers = Vec::new();
        for (cookie, (_, mark)) in cookies.iter().zip(PEOPLE) {
            let own = served.reader().sending("Cookie", cookie);
            readers.push(scope.spawn(|| read_all(own, &addresses, Some(mark))));
        }
        for _ in 0..3 {
            let stranger = served.reader();
            readers.push(scope.spawn(|| read_all(stranger, &addresses, None)));
        }
        let ended: Vec<_> = readers.into_iter().map(|reader| reader.join()).collect();
        done.store(true, Ordering::Relaxed);
        ended.into_iter().for_each(|ended| ended.unwrap());
    });
}

fn read_all(mut reader: Reader, addresses: &[String], own: Option<&str>) {
    (0..3).for_each(|_| look(&mut reader, addresses, own));
}
