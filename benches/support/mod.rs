//! Blogs of several sizes, made through the same functions as real ones.

use monograph::blog::post::{Draft, Manuscript, Page, Release};
use monograph::blog::{self, Post, Role, User, UserName};
use monograph::db::Db;
use monograph::text::markdown::Pictures;
use tempfile::TempDir;
use uuid::Uuid;

/// How many posts the blogs have.
pub const SIZES: [usize; 3] = [100, 10_000, 100_000];
/// How many posts a page has.
pub const PAGE: u32 = 10;
/// The moment at which everything is asked.
pub const NOW: i64 = 1_700_000_000;

/// A blog with so many posts.
pub struct Blog {
    /// Its file.
    pub db: Db,
    /// How many pages its list has.
    pub pages: u32,
    _folder: TempDir,
}

impl Blog {
    /// A blog with `size` posts, one a minute, none in the future.
    pub fn of(size: usize) -> Blog {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("monograph.db")).unwrap();
        let owner = db.write(add_owner).unwrap();
        let numbers: Vec<usize> = (0..size).collect();
        for batch in numbers.chunks(10_000) {
            db.write(|tx| batch.iter().try_for_each(|n| add_post(tx, &owner, *n))).unwrap();
        }
        db.checkpoint().unwrap();
        let pages = u32::try_from(size).unwrap() / PAGE;
        Blog { db, pages, _folder: folder }
    }

    /// The page with this number, as the link on the page before it says it.
    pub fn cursor(&self, number: u32) -> Page {
        let before = Page::Number(number - 1);
        let list = self.db.read(|conn| Post::listed(conn, before, PAGE, NOW)).unwrap();
        list.older.unwrap().parse().unwrap()
    }
}

fn add_owner(tx: &rusqlite::Transaction<'_>) -> blog::Result<User> {
    User::add(tx, &UserName::parse("ada")?, "no hash", Role::Owner, NOW)
}

fn add_post(tx: &rusqlite::Transaction<'_>, by: &User, n: usize) -> blog::Result<()> {
    let text = format!("The text of post {n}: *short*, but with a [link](/posts) in it.");
    let at = NOW - 60 * i64::try_from(n).unwrap();
    let draft = Draft::of(
        Manuscript::new(&format!("Post {n}"), &text),
        Release::At(at),
        &Pictures::default(),
    );
    Post::create(tx, by, &Uuid::new_v4(), &draft.unwrap_or_else(|_| unreachable!()), NOW)
}
