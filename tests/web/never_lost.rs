//! Whatever several people do to a post, in whatever order: no text that was acknowledged is ever out of reach.

use crate::support::TestBlog;
use monograph::blog::post::{At, Basis, Draft, Kept, Kind, Manuscript, Release, Version, Wish};
use monograph::blog::{Error, Post, User};
use monograph::text::Slug;
use monograph::text::markdown::Pictures;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A source of numbers that gives the same ones for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        // SplitMix64, https://prng.di.unimi.it/splitmix64.c
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// Somebody with the editor open.
struct Writer {
    user: User,
    text: String,
    base: i64,
}

/// A post and all that is known of it from outside.
struct Story<'b> {
    blog: &'b TestBlog,
    chance: Chance,
    id: Uuid,
    now: i64,
    writers: Vec<Writer>,
    /// The number and the text of every save that was acknowledged.
    acknowledged: Vec<(i64, String)>,
    /// What readers see, if they see anything.
    public: Option<String>,
    is_deleted: bool,
}

impl<'b> Story<'b> {
    fn new(blog: &'b TestBlog, seed: u64) -> Story<'b> {
        let user = |name| blog.db().read(|conn| User::named(conn, name)).unwrap();
        let writer = |name| Writer { user: user(name), text: String::new(), base: 0 };
        Story {
            blog,
            chance: Chance(seed),
            id: Uuid::new_v4(),
            now: 1_700_000_000,
            writers: ["Bo", "Ed", "Ada"].map(writer).into(),
            acknowledged: Vec::new(),
            public: None,
            is_deleted: false,
        }
    }

    fn step(&mut self) {
        self.now += [1, 5, 90, 700][self.chance.below(4) as usize];
        let who = self.chance.below(self.writers.len() as u64) as usize;
        match self.chance.below(12) {
            0..=2 => self.write(who),
            3..=6 => self.save(who, Intent::Keep),
            7..=8 => self.save(who, Intent::Publish),
            9 => self.save(who, Intent::Withdraw),
            10 => self.restore_some_version(who),
            _ => self.delete_or_bring_back(who),
        }
        self.check();
    }

    /// Types a word somewhere, or takes a part away.
    fn write(&mut self, who: usize) {
        let number = self.chance.below(1000);
        let at = self.chance.below(200) as usize;
        let text = &mut self.writers[who].text;
        let at = text.floor_char_boundary(at.min(text.len()));
        match number % 5 {
            0 => text.truncate(at),
            _ => text.insert_str(at, &format!("wörd{number} 漢{number}\n")),
        }
    }

    fn save(&mut self, who: usize, intent: Intent) {
        let writer = &self.writers[who];
        let manuscript = Manuscript {
            slug: format!("story-{}", self.id.simple()),
            publish_at: Some(1_600_000_000),
            ..Manuscript::new("Story", &writer.text)
        };
        let text = manuscript.content.clone();
        let wish = match intent {
            Intent::Keep => Wish::Keep(manuscript),
            Intent::Withdraw => Wish::Withdraw(manuscript),
            Intent::Publish => {
                let draft = Draft::of(manuscript, Release::At(1_600_000_000), &Pictures::default());
                Wish::Publish(Box::new(draft.unwrap_or_else(|_| unreachable!())))
            }
        };
        let (basis, now) = (Basis::Seen(writer.base), self.now);
        let saved =
            self.blog.db().write(|tx| Post::save(tx, &writer.user, &self.id, basis, &wish, now));
        match saved.map(|saved| saved.kept) {
            Ok(Kept::Working(number)) => {
                self.acknowledged.push((number, text.clone()));
                self.writers[who].base = number;
                match intent {
                    Intent::Keep => {}
                    Intent::Withdraw => self.public = None,
                    Intent::Publish => self.public = Some(text),
                }
            }
            Ok(Kept::Aside(number)) => {
                self.acknowledged.push((number, text));
                if self.chance.below(2) == 0 {
                    self.take_up_the_latest(who);
                }
            }
            Err(Error::Gone) => assert!(self.is_deleted && matches!(intent, Intent::Publish)),
            Err(error) => panic!("{error}"),
        }
    }

    /// Loads the editor anew.
    fn take_up_the_latest(&mut self, who: usize) {
        let head = self.with_post(|conn, post| Version::working_copy(conn, post).unwrap());
        self.writers[who].base = head.number;
        self.writers[who].text = head.manuscript.content;
    }

    fn restore_some_version(&mut self, who: usize) {
        let Some(n) = (self.acknowledged.len() as u64).checked_sub(1) else { return };
        let number = self.acknowledged[self.chance.below(n + 1) as usize].0;
        let manuscript = self.with_post(|conn, post| {
            Version::at(conn, post, number).unwrap().to_restore(conn, post).unwrap()
        });
        let text = manuscript.content.clone();
        let (user, basis, now) = (&self.writers[who].user, Basis::Restored(number), self.now);
        let wish = Wish::Keep(manuscript);
        let saved = self.blog.db().write(|tx| Post::save(tx, user, &self.id, basis, &wish, now));
        match saved.unwrap().kept {
            Kept::Working(number) => self.acknowledged.push((number, text)),
            Kept::Aside(_) => panic!("going back is no conflict"),
        }
    }

    fn delete_or_bring_back(&mut self, who: usize) {
        if self.acknowledged.is_empty() {
            return;
        }
        let (user, now, is_deleted) = (&self.writers[who].user, self.now, self.is_deleted);
        let changed = self.blog.db().write(|tx| {
            let post = Post::for_edit(tx, user, &self.id, now)?;
            if is_deleted { post.restore(tx) } else { post.delete(tx, now) }
        });
        changed.unwrap();
        self.is_deleted = !is_deleted;
    }

    /// What the property says.
    fn check(&mut self) {
        if self.acknowledged.is_empty() {
            return;
        }
        for (number, text) in &self.acknowledged {
            let found = self.with_post(|conn, post| Version::at(conn, post, *number).unwrap());
            assert_eq!(&found.manuscript.content, text, "save {number}");
        }
        let listed = self.with_post(|conn, post| {
            let history = post.history(conn, None, 10_000).unwrap();
            let versions =
                history.lines.iter().map(|line| Version::at(conn, post, line.number).unwrap());
            let numbers = versions.flat_map(|version| {
                let saves = version.saves(conn).unwrap();
                saves.into_iter().map(|(number, _)| number).chain([version.number])
            });
            numbers.collect::<BTreeSet<_>>()
        });
        assert!(
            self.acknowledged.iter().all(|(number, _)| listed.contains(number)),
            "all are listed"
        );
        let slug = self.with_post(|_, post| Slug::parse(&post.slug)).unwrap();
        let seen = self.blog.db().read(|conn| Post::at(conn, Kind::Post, &slug, None, self.now));
        match (seen, &self.public, self.is_deleted) {
            (Ok(At::Here(post)), Some(text), false) => assert_eq!(&post.content, text),
            (Err(Error::Gone), Some(_), true) | (Err(Error::NotFound), None, _) => {}
            (Err(error), public, _) => panic!("{error}, where {public:?} was published last"),
            (Ok(_), public, is_deleted) => panic!("readers see {public:?}, deleted: {is_deleted}"),
        }
    }

    fn with_post<T>(&self, ask: impl FnOnce(&rusqlite::Connection, &Post) -> T) -> T {
        let owner = &self.writers[2].user;
        let asked = self.blog.db().read(|conn| {
            let post = Post::for_edit(conn, owner, &self.id, self.now)?;
            Ok::<_, Error>(ask(conn, &post))
        });
        asked.unwrap()
    }
}

#[derive(Clone, Copy)]
enum Intent {
    Keep,
    Publish,
    Withdraw,
}

#[test]
fn every_acknowledged_text_is_found_again_and_readers_see_what_was_published_last() {
    let blog = TestBlog::inhabited();
    for seed in 0..40 {
        let mut story = Story::new(&blog, seed);
        // Bo's post, so that all three may change it.
        story.write(0);
        story.save(0, Intent::Keep);
        (0..60).for_each(|_| story.step());
        assert!(story.acknowledged.len() > 10, "seed {seed} tells too little");
    }
}
