//! A blog that goes into an archive comes out of it as it was, whatever has happened in it.

use crate::media::{jpeg, sent};
use crate::support::TestBlog;
use monograph::blog::post::{Basis, Draft, Kind, Manuscript, Release, Visibility, Wish};
use monograph::blog::site::Key;
use monograph::blog::{Error, KnownTag, Media, Post, Role, Series, Site, User};
use monograph::db::Db;
use monograph::text::Slug;
use monograph::transfer::archive;
use std::path::Path;
use uuid::Uuid;

/// A source of numbers that gives the same ones for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        // SplitMix64, https://prng.di.unimi.it/splitmix64.c
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

const TITLES: [&str; 9] = [
    "Hello",
    "„Ein Titel“: \"mit\" 'allem' \\ und +++",
    "  ",
    "漢字の題名",
    "عنوان بالعربية",
    "---",
    "<script>alert(1)</script> & so on",
    "title = \"x\"",
    "🎉",
];
const TEXTS: [&str; 8] = [
    "",
    "Words.\n",
    "+++\ntitle = 'x'\n+++\n\nA text that looks like a header.",
    "\n\n    code\n\n{{< figure >}} {% raw %} {{ x() }}\n",
    "# Eins\n\nText\n\n## Zwei\n\n[x](/posts/hello) ![](/media/00000000000000000000000000000000/x.png)\n",
    "漢字 and עברית and \u{1F468}\u{200D}\u{1F469} \u{FEFF}\u{2028}end",
    "control \u{1}\u{7f}\u{85} and a nul \u{0}",
    "<div onclick=\"x\">html</div>\n\n~~~\nfn main() {}\n~~~\n",
];
const TAGS: [&str; 6] = ["", "Rust, C++, C#", "Été, 漢字", "rust", "a b, #c", "!!"];
const SERIES: [&str; 4] = ["", "Travels", "旅", "Über uns"];
const SLUGS: [&str; 4] = ["", "hello", "fixed-address", "!!"];

/// A blog in which anything may happen.
struct Story<'b> {
    blog: &'b TestBlog,
    chance: Chance,
    posts: Vec<Uuid>,
    media: Vec<String>,
    now: i64,
}

impl Story<'_> {
    fn step(&mut self) {
        self.now += [1, 60, 700, 20_000][self.chance.below(4)];
        match self.chance.below(16) {
            0..=7 => self.save(),
            8 => self.change_post(|post, tx, now| post.withdraw(tx, now)),
            9 => self.change_post(|post, tx, now| post.delete(tx, now)),
            10 => self.change_post(|post, tx, _| post.restore(tx)),
            11 if self.chance.below(4) == 0 => {
                self.change_post(|post, tx, now| post.remove(tx, now))
            }
            12 | 13 => self.change_tag(),
            14 => self.change_series(),
            15 if self.chance.below(2) == 0 => self.bring_from_elsewhere(),
            _ => self.set(),
        }
    }

    fn user(&mut self) -> User {
        let name = self.chance.of(&["Ada", "Ed", "Bo"]);
        self.blog.db().read(|conn| User::named(conn, name)).unwrap()
    }

    fn manuscript(&mut self) -> Manuscript {
        let chance = &mut self.chance;
        let mut content = chance.of(&TEXTS).repeat(1 + chance.below(3));
        if chance.below(20) == 0 {
            content = content.repeat(2000);
        }
        if !self.media.is_empty() {
            content += &self.media[chance.below(self.media.len())];
        }
        let kind = if chance.below(4) == 0 { Kind::Page } else { Kind::Post };
        let is_page = kind == Kind::Page;
        Manuscript {
            kind,
            slug: chance.of(&SLUGS).to_owned(),
            summary: chance.of(&["", "Of this \"and\" that", "概要"]).to_owned(),
            tags: chance.of(&TAGS).to_owned(),
            publish_at: Some(self.now - 1_000_000),
            visibility: [
                Visibility::Public,
                Visibility::Public,
                Visibility::Unlisted,
                Visibility::Private,
            ][chance.below(4)],
            series: if is_page { "" } else { chance.of(&SERIES) }.to_owned(),
            menu: (is_page && chance.below(2) == 0).then_some(3),
            pinned: !is_page && chance.below(5) == 0,
            language: chance.of(&["", "de", "ar"]).to_owned(),
            ..Manuscript::new(chance.of(&TITLES), &content)
        }
    }

    fn save(&mut self) {
        let (user, manuscript, now) = (self.user(), self.manuscript(), self.now);
        let id = match self.chance.below(3) {
            0 if !self.posts.is_empty() => self.posts[self.chance.below(self.posts.len())],
            _ => Uuid::from_u128(u128::from(self.chance.0)),
        };
        let release = [Release::Now, Release::At(now - 5_000), Release::At(now + 90_000_000)];
        let release = release[self.chance.below(3)];
        let pictures =
            self.blog.db().read(|conn| Media::pictures(conn, &manuscript.content)).unwrap();
        let wish = match self.chance.below(5) {
            0..=1 => Wish::Keep(manuscript),
            2 => Wish::Withdraw(manuscript),
            _ => match Draft::of(manuscript.clone(), release, &pictures) {
                Ok(draft) => Wish::Publish(Box::new(draft)),
                Err(_) => Wish::Keep(manuscript),
            },
        };
        let basis = [Basis::Latest, Basis::Seen(1), Basis::Restored(1)][self.chance.below(3)];
        // What is refused has not happened.
        if self.blog.db().write(|tx| Post::save(tx, &user, &id, basis, &wish, now)).is_ok() {
            self.posts.push(id);
        }
    }

    fn change_post(
        &mut self,
        change: impl FnOnce(&Post, &rusqlite::Transaction<'_>, i64) -> Result<(), Error>,
    ) {
        let (Some(id), now) = (self.posts.last().copied(), self.now) else { return };
        let ada = self.blog.db().read(|conn| User::named(conn, "Ada")).unwrap();
        let _ = self.blog.db().write(|tx| change(&Post::for_edit(tx, &ada, &id, now)?, tx, now));
    }

    fn change_tag(&mut self) {
        let slug = Slug::from_text(self.chance.of(&["rust", "ete", "a-b", "漢字"])).unwrap();
        let what = self.chance.below(3);
        let _ = self.blog.db().write(|tx| {
            let tag = KnownTag::at(tx, &slug)?;
            match what {
                0 => tag.rename(tx, "Renamed – „x“").map(drop),
                1 => tag.merge(tx, "C++").map(drop),
                _ => tag.delete(tx),
            }
        });
    }

    fn change_series(&mut self) {
        let is_rename = self.chance.below(3) > 0;
        let _ = self.blog.db().write(|tx| {
            let series = Series::all(tx)?.into_iter().next().ok_or(Error::NotFound)?;
            if is_rename { series.rename(tx, "Reisen 旅").map(drop) } else { series.delete(tx) }
        });
    }

    /// What an import leaves beside posts: comments that answer each other, and where a file came from.
    fn bring_from_elsewhere(&mut self) {
        let number = self.chance.below(1_000_000) as i64;
        let sql = "INSERT INTO comments (post_id, number, answers, kind, is_held, name, email, url, written_at, content)
                   SELECT posts.id, ?1, (SELECT max(id) FROM comments WHERE post_id = posts.id), 'comment', ?1 % 2,
                     'Zoë', '', '', iif(?1 % 3, ?1, NULL), '<b>„x“</b>' FROM posts ORDER BY posts.id % (1 + ?1 % 7) LIMIT 1";
        let source = "INSERT INTO media_sources VALUES ('elsewhere:' || ?1, '0011')";
        let bring = |tx: &rusqlite::Transaction<'_>| {
            tx.execute(sql, [number])?;
            Ok::<_, monograph::db::Error>(tx.execute(source, [number])?)
        };
        let _ = self.blog.db().write(bring);
    }

    fn set(&mut self) {
        let (key, value) = [
            (Key::Title, "Ein \"Blog\""),
            (Key::Footer, "*Fuß* {{ x }}"),
            (Key::Home, "hello"),
            (Key::CustomCss, "p { color: red }\n+++\n"),
            (Key::Profiles, "https://a.example\nhttps://b.example"),
        ][self.chance.below(5)];
        let _ = self.blog.db().write(|tx| Site::set(tx, key, value));
    }
}

fn packed(db: &Db, path: &Path) -> Vec<u8> {
    archive::export(db, path, &|_| {}).unwrap();
    std::fs::read(path).unwrap()
}

/// What is made of the rest, and has to be the same again.
fn drawn(db: &Db) -> Vec<String> {
    let queries = [
        "SELECT json_array(uuid, html, excerpt, minutes, headings, renderer, pictures_without_words, content) FROM posts
         ORDER BY uuid",
        "SELECT json_array(uuid, tags.slug, post_tags.listed_at) FROM post_tags JOIN posts ON posts.id = post_id
         JOIN tags ON tags.id = tag_id ORDER BY uuid, position",
        "SELECT json_array(uuid, path) FROM post_links JOIN posts ON posts.id = post_id ORDER BY uuid, path",
        "SELECT json_array(uuid, digest) FROM post_media JOIN posts ON posts.id = post_id ORDER BY uuid, digest",
        "SELECT json_array(key, value) FROM settings ORDER BY key",
        "SELECT json_array(digest, name, words, size) FROM media ORDER BY id",
        "SELECT json_array(uuid, number, is_held, name) FROM comments JOIN posts ON posts.id = post_id ORDER BY uuid, number",
    ];
    let rows = |sql: &&str| {
        db.read(|conn| {
            let mut statement = conn.prepare(sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok::<Vec<String>, monograph::db::Error>(rows.collect::<rusqlite::Result<_>>()?)
        })
    };
    queries.iter().flat_map(|sql| rows(sql).unwrap()).collect()
}

#[test]
fn every_blog_comes_back_as_it_was() {
    for seed in 0..std::env::var("MONOGRAPH_ROUNDS").map_or(5, |n| n.parse().unwrap()) {
        let blog = TestBlog::inhabited();
        let ada = blog.signed_in("Ada");
        let media = (0..seed % 3).map(|n| {
            let picture = jpeg(700 + n as u32, 300);
            sent(&ada, &format!("Bild {n} “ä”.jpg"), &picture)["markdown"]
                .as_str()
                .unwrap()
                .to_owned()
        });
        let media = media.collect();
        // So lately that nothing in the trash is old enough to go.
        let now = monograph::web::now() - 25 * 24 * 60 * 60;
        let mut story = Story { blog: &blog, chance: Chance(seed), posts: Vec::new(), media, now };
        (0..60).for_each(|_| story.step());
        if seed % 4 == 0 {
            let cy = blog.db().read(|conn| User::named(conn, "Bo")).unwrap();
            blog.db().write(|tx| cy.remove(tx)).unwrap();
        }
        comes_back(&blog, seed);
    }
}

fn comes_back(blog: &TestBlog, seed: u64) {
    let first = packed(blog.db(), &blog.dir().join("first.zip"));
    assert!(
        first == packed(blog.db(), &blog.dir().join("again.zip")),
        "seed {seed}: the same twice"
    );
    let other = TestBlog::new();
    archive::import(other.db(), &blog.dir().join("first.zip"), None, &|_, _| {}).unwrap();
    let second = packed(other.db(), &other.dir().join("second.zip"));
    assert!(first == second, "seed {seed}: another archive");
    let (before, after) = (drawn(blog.db()), drawn(other.db()));
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after, "seed {seed}");
    }
    assert_eq!(before.len(), after.len(), "seed {seed}");
    for path in ["/posts", "/tags", "/archive", "/feed.xml", "/sitemap.xml"] {
        assert_eq!(
            blog.stranger().get(path).body,
            other.stranger().get(path).body,
            "seed {seed}: {path}"
        );
    }
}

#[test]
fn an_account_comes_back_without_a_password_and_nobody_gets_in_without_one() {
    let blog = TestBlog::inhabited();
    packed(blog.db(), &blog.dir().join("blog.zip"));
    let other = TestBlog::new();
    archive::import(other.db(), &blog.dir().join("blog.zip"), None, &|_, _| {}).unwrap();
    for password in ["", crate::support::PASSWORD] {
        let status = other.stranger().sign_in("Ada", password).status;
        assert_eq!(status, rocket::http::Status::Unauthorized, "{password:?}");
    }
}

#[test]
fn who_is_here_already_keeps_their_password() {
    let blog = TestBlog::inhabited();
    blog.signed_in("Ada").write("A post", "x");
    packed(blog.db(), &blog.dir().join("blog.zip"));
    let other = TestBlog::new();
    other.add_user("ada", Role::Owner);
    archive::import(other.db(), &blog.dir().join("blog.zip"), None, &|_, _| {}).unwrap();
    assert!(other.signed_in("ADA").get("/admin").says("A post"));
    let names = other.db().read(User::all).unwrap().into_iter().map(|user| user.name);
    assert_eq!(names.collect::<Vec<_>>(), ["ada", "Ed", "Bo", "Cy"]);
}
