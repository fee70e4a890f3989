use crate::served::{Served, write};
use crate::support::until;
use std::time::{SystemTime, UNIX_EPOCH};

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}

#[test]
fn a_scheduled_post_appears_at_its_time_in_a_list_that_is_kept() {
    let served = Served::start();
    let mut ada = served.ada();
    write(&mut ada, "Now", &[]);
    let later = [("status", "scheduled"), ("publish_at", "2099-01-01T00:00")];
    write(&mut ada, "Later", &later);
    let conn = rusqlite::Connection::open(served.folder.path("monograph.db")).unwrap();
    for (seconds, title) in [(2, "Later"), (1, "Latest")] {
        if title == "Latest" {
            write(&mut ada, title, &later);
        }
        let at = now() + seconds;
        let sql = "UPDATE posts SET published_at = ?1 WHERE title = ?2";
        conn.execute(sql, (at, title)).unwrap();
        let mut reader = served.reader();
        let link = format!(">{title}<");
        let (mut kept, mut before) = (0, true);
        while before {
            let page = reader.get("/posts");
            before = !page.says(&link);
            kept += usize::from(before && page.cache() == "hit");
            assert!(before || now() >= at, "{title} is out before its time");
        }
        assert!(kept > 0, "{title}: the list was never kept");
        until("its page", || (reader.get("/feed.xml").says(title)).then_some(()));
    }
}
