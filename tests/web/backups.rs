//! Backups in the browser, and those of the night.

use crate::support::{PASSWORD, TestBlog, Visitor};
use monograph::blog::backup::nightly;
use rocket::http::Status;
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;

const DAY: i64 = 24 * 60 * 60;
/// A noon.
const NOW: i64 = 1_790_078_400;

fn folder(blog: &TestBlog) -> PathBuf {
    blog.dir().join("blog.db-backups")
}

fn names(blog: &TestBlog) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder(blog)) else { return Vec::new() };
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Makes a backup and says where its page is.
fn make(owner: &Visitor<'_>, blog: &TestBlog) -> String {
    let before = names(blog);
    assert_eq!(owner.post("/admin/backups", &[]).location(), "/admin/backups");
    let name = names(blog).into_iter().find(|name| !before.contains(name)).unwrap();
    format!("/admin/backups/{name}")
}

#[test]
fn the_owner_makes_a_backup_and_sees_what_is_in_it() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    assert!(ada.get("/admin/backups").says("There is none yet."));
    ada.write("Hello", "World");
    ada.write_with("Later", "x", &[("status", "draft")]);
    let place = make(&ada, &blog);
    let page = ada.get("/admin/backups");
    assert!(
        page.says("The backup is made and found to be sound. It holds 1 post, 0 pages, 1 draft,")
    );
    assert!(page.says(&format!("href=\"{place}\"")), "{}", page.body);
    let page = ada.get(&place);
    assert!(page.status == Status::Ok && page.says("It holds 1 post, 0 pages, 1 draft,"));
    assert_eq!(ada.post(&format!("{place}/check"), &[]).location(), place);
    assert!(ada.get(&place).says("It is sound."));
}

#[test]
fn a_backup_is_taken_away_only_with_the_password() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let place = make(&ada, &blog);
    for wrong in ["", "guess"] {
        let answer = ada.post(&format!("{place}/download"), &[("password", wrong)]);
        assert_eq!(answer.status, Status::UnprocessableEntity);
        assert!(answer.says("id=\"password-problem\"") && !answer.says("SQLite format 3"));
    }
    let answer = ada.post(&format!("{place}/download"), &[("password", PASSWORD)]);
    assert_eq!(answer.status, Status::Ok);
    let file = folder(&blog).join(&names(&blog)[0]);
    assert!(answer.bytes == fs::read(file).unwrap());
    assert!(
        answer
            .header("Content-Disposition")
            .starts_with("attachment; filename*=UTF-8''monograph-2")
    );
    assert_eq!(answer.header("Cache-Control"), "private, no-store");
    assert_eq!(answer.header("Content-Type"), "application/vnd.sqlite3");
    assert_eq!(ada.get(&format!("{place}/download")).status, Status::MethodNotAllowed);
}

#[test]
fn guessing_the_password_is_slowed_as_at_the_door() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let place = make(&ada, &blog);
    let guess = || ada.post(&format!("{place}/download"), &[("password", "guess")]);
    (0..10).for_each(|_| assert_eq!(guess().status, Status::UnprocessableEntity));
    let answer = guess();
    assert_eq!(answer.status, Status::TooManyRequests);
    assert!(answer.header("Retry-After").parse::<u32>().unwrap() > 0);
    let right = ada.post(&format!("{place}/download"), &[("password", PASSWORD)]);
    assert_eq!(right.status, Status::TooManyRequests);
}

#[test]
fn only_backups_are_found_there() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let place = make(&ada, &blog);
    fs::write(folder(&blog).join("notes.txt"), "mine").unwrap();
    for name in ["notes.txt", "..%2Fblog.db", "%2e%2e", "nightly-2026-01-01T000000Z.db", "blog.db"]
    {
        assert_eq!(ada.get(&format!("/admin/backups/{name}")).status, Status::NotFound, "{name}");
        for verb in ["download", "check", "delete"] {
            let answer =
                ada.post(&format!("/admin/backups/{name}/{verb}"), &[("password", PASSWORD)]);
            assert_eq!(answer.status, Status::NotFound, "{name}/{verb}");
        }
    }
    assert!(!ada.get("/admin/backups").says("notes.txt"));
    assert_eq!(ada.post(&format!("{place}/delete"), &[]).location(), "/admin/backups");
    assert_eq!(names(&blog), ["notes.txt"]);
}

#[test]
fn a_damaged_backup_is_told_from_a_sound_one() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let place = make(&ada, &blog);
    let file = folder(&blog).join(&names(&blog)[0]);
    let mut bytes = fs::read(&file).unwrap();
    bytes[4096 * 3..4096 * 12].fill(0x5a);
    fs::write(&file, bytes).unwrap();
    let answer = ada.post(&format!("{place}/check"), &[]);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(answer.says("is damaged"), "{}", answer.body);
    fs::write(&file, "no database").unwrap();
    assert!(
        ada.get("/admin/backups").says("is not a database"),
        "{}",
        ada.get("/admin/backups").body
    );
    assert_eq!(ada.get(&place).status, Status::Ok);
    assert!(ada.get("/admin").says("there is no good one"));
}

#[test]
fn where_none_can_be_made_the_page_says_why() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    fs::write(folder(&blog), "no folder").unwrap();
    let answer = ada.post("/admin/backups", &[]);
    assert_eq!(answer.status, Status::ServiceUnavailable);
    assert!(answer.says("cannot write"), "{}", answer.body);
}

#[test]
fn backups_of_the_night_are_made_when_they_are_switched_on_and_old_ones_go() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    assert_eq!(nightly(blog.db(), NOW).unwrap(), 0);
    let switch = |to: &str| ada.post("/admin/backups/nightly", &[("backups", to)]);
    assert_eq!(switch("nightly").location(), "/admin/backups");
    assert!(ada.get("/admin/backups").says("At three o’clock (UTC) a backup is made."));
    let by_hand = make(&ada, &blog).rsplit('/').next().unwrap().to_owned();
    for night in 0..10 {
        assert_eq!(nightly(blog.db(), NOW + night * DAY).unwrap(), 1, "{night}");
        assert_eq!(nightly(blog.db(), NOW + night * DAY + 3600).unwrap(), 0, "{night}");
    }
    // 22 September to 1 October 2026: seven days, of the weeks before the last day of one, and the last of September.
    let expected: Vec<_> = [25, 26, 27, 28, 29, 30]
        .map(|day| format!("nightly-2026-09-{day}T120000Z.db"))
        .into_iter()
        .chain(["nightly-2026-10-01T120000Z.db".to_owned()])
        .collect();
    let nights = names(&blog).into_iter().filter(|name| *name != by_hand).collect::<Vec<_>>();
    assert_eq!(nights, expected);
    assert!(names(&blog).contains(&by_hand), "what somebody asked for stays");
    assert_eq!(switch("off").location(), "/admin/backups");
    assert_eq!(nightly(blog.db(), NOW + 20 * DAY).unwrap(), 0);
    assert_eq!(switch("sometimes").status, Status::UnprocessableEntity);
}

#[test]
fn the_dashboard_shows_the_owner_the_last_good_backup() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    assert!(ada.get("/admin").says("there is none yet"));
    ada.write("Hello", "World");
    make(&ada, &blog);
    ada.get("/admin/backups");
    let page = ada.get("/admin");
    assert!(
        page.says("the last good one is of ") && page.says("and holds 1 post,"),
        "{}",
        page.body
    );
    assert!(!blog.signed_in("Ed").get("/admin").says("/admin/backups"));
}

#[test]
fn a_night_without_a_backup_needs_attention_until_there_is_one() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.post("/admin/backups/nightly", &[("backups", "nightly")]);
    fs::write(folder(&blog), "no folder").unwrap();
    assert!(nightly(blog.db(), NOW).is_err());
    let page = ada.get("/admin");
    assert!(page.says("The backups</a> need a look (22 September 2026, 12:00): cannot"));
    assert!(!blog.signed_in("Ed").get("/admin").says("The backups</a>"));
    fs::remove_file(folder(&blog)).unwrap();
    assert_eq!(nightly(blog.db(), NOW + 3600).unwrap(), 1);
    assert!(!ada.get("/admin").says("need a look"));
}

#[test]
fn a_night_that_is_days_ago_needs_attention_too() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.post("/admin/backups/nightly", &[("backups", "nightly")]);
    nightly(blog.db(), monograph::web::now() - 3 * DAY).unwrap();
    assert!(ada.get("/admin").says("The backups</a> of the last nights are missing"));
    nightly(blog.db(), monograph::web::now()).unwrap();
    assert!(!ada.get("/admin").says("are missing"));
}

/// Makes a backup with a hole where nobody looks who only counts.
fn make_damaged(owner: &Visitor<'_>, blog: &TestBlog) -> String {
    let place = make(owner, blog);
    let file = folder(blog).join(place.rsplit('/').next().unwrap());
    let sql = "SELECT rootpage - 1 FROM sqlite_schema WHERE name = 'removed'";
    let page: i64 = Connection::open(&file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
    let mut bytes = fs::read(&file).unwrap();
    bytes[4096 * page as usize..][..512].fill(0x5a);
    fs::write(&file, bytes).unwrap();
    place
}

#[test]
fn a_backup_that_rots_is_found_by_night_and_named_as_long_as_it_lies_there() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.post("/admin/backups/nightly", &[("backups", "nightly")]);
    let place = make_damaged(&ada, &blog);
    let made = monograph::web::now();
    let is_named = || {
        let link = format!("href=\"{place}\"");
        let dashboard = ada.get("/admin");
        dashboard.says(&link)
            && dashboard.says("is damaged")
            && ada.get("/admin/backups").says("is damaged")
    };
    let found = (1..=2).position(|night| nightly(blog.db(), made + night * DAY).is_err());
    assert!(found.is_some(), "it is the oldest by then");
    assert!(is_named());
    for night in 3..6 {
        // In some of them it has its turn again.
        drop(nightly(blog.db(), made + night * DAY));
        assert!(is_named(), "{night}");
    }
    let dashboard = ada.get("/admin");
    assert!(!dashboard.says("need a look"), "backups are made");
    assert!(!blog.signed_in("Ed").get("/admin").says("is damaged"));
    ada.post(&format!("{place}/delete"), &[]);
    assert!(!ada.get("/admin").says("is damaged"));
}

#[test]
fn every_backup_has_its_turn_the_one_that_waited_longest_first() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    ada.post("/admin/backups/nightly", &[("backups", "nightly")]);
    (0..20).for_each(|night| assert_eq!(nightly(blog.db(), NOW + night * DAY).unwrap(), 1));
    let first = names(&blog)[0].clone();
    let file = folder(&blog).join(&first);
    fs::write(&file, "no database").unwrap();
    // As many nights as there are backups, at most.
    let nights = 20..20 + i64::try_from(names(&blog).len()).unwrap();
    assert!(nights.into_iter().any(|night| nightly(blog.db(), NOW + night * DAY).is_err()));
}

#[test]
fn what_a_check_in_the_browser_finds_is_kept_too() {
    let blog = TestBlog::inhabited();
    let ada = blog.signed_in("Ada");
    let place = make_damaged(&ada, &blog);
    assert!(ada.get("/admin").says("the last good one is of "), "nobody knows yet");
    ada.post(&format!("{place}/check"), &[]);
    let dashboard = ada.get("/admin");
    assert!(dashboard.says("there is no good one"), "{}", dashboard.body);
    assert!(dashboard.says(&format!("href=\"{place}\"")) && dashboard.says("is damaged"));
    assert!(ada.get("/admin/backups").says("is damaged"));
    assert!(ada.get(&place).says("is damaged"));
    // The operator has put the sound file back.
    let name = place.rsplit('/').next().unwrap();
    fs::remove_file(folder(&blog).join(name)).unwrap();
    make(&ada, &blog);
    fs::rename(folder(&blog).join(&names(&blog)[0]), folder(&blog).join(name)).unwrap();
    assert_eq!(ada.post(&format!("{place}/check"), &[]).location(), place);
    let dashboard = ada.get("/admin");
    assert!(dashboard.says("the last good one is of ") && !dashboard.says("is damaged"));
}
