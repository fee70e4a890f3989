use super::{Past, user_id};
use crate::blog::post::{Kind, Manuscript, Visibility};
use crate::blog::{Error, Media, Post, Problem, Result, Tag, Word};
use crate::text::Slug;
use crate::text::markdown::{self, Outline};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use uuid::Uuid;

/// A post or a page, whole but for its history. Of what was never out, this is the working copy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Writing {
    /// Its number in the file that it was read from; another will have another.
    pub id: i64,
    /// The name that never changes.
    pub uuid: Uuid,
    /// What it is for its readers.
    pub kind: Kind,
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// The Markdown.
    pub content: String,
    /// What it is about.
    pub summary: String,
    /// Its tags, in their order.
    pub tags: Vec<String>,
    /// The language of the text.
    pub language: String,
    /// The account that it belongs to.
    pub author: Option<String>,
    /// Who signed it, where that is somebody else.
    pub byline: Option<String>,
    /// Who may read it.
    pub visibility: Visibility,
    /// When it came or comes out.
    pub published_at: Option<i64>,
    /// When readers last got another text.
    pub revised_at: Option<i64>,
    /// When it began.
    pub created_at: i64,
    /// When it was last saved.
    pub updated_at: i64,
    /// When it went to the trash.
    pub deleted_at: Option<i64>,
    /// The number of the working copy.
    pub version: i64,
    /// The number of the version that readers see, if they ever saw one.
    pub live_version: Option<i64>,
    /// The slug of the series that it is part of.
    pub series: Option<String>,
    /// Its place there.
    pub series_position: Option<i64>,
    /// Its place in the menu.
    pub menu_position: Option<i64>,
    /// Whether it stands first.
    pub pinned: bool,
    /// Addresses it had before, without the slash in front.
    pub addresses: Vec<String>,
    /// Where it was imported from.
    pub source: Option<String>,
    /// The digest of the text that was imported, as hexadecimal digits.
    pub source_digest: Option<String>,
    /// Front matter that an import did not understand, as a JSON object.
    pub front_matter: String,
}

const NEXT: &str =
    "SELECT posts.*, hex(source_digest) AS digest, users.name AS author, series.slug AS series,
      versions.fields AS working_fields, versions.content AS working_content
    FROM posts LEFT JOIN users ON users.id = author_id LEFT JOIN series ON series.id = series_id
      LEFT JOIN versions ON versions.post_id = posts.id AND versions.number = posts.version
    WHERE posts.id > :after ORDER BY posts.id LIMIT 1";
const ADDRESSES: &str = "SELECT path FROM redirects WHERE post_id = :post ORDER BY path";

impl Writing {
    /// The post that began after `before`, or the first.
    pub fn after(conn: &Connection, before: Option<&Writing>) -> Result<Option<Writing>> {
        let values = named_params! { ":after": before.map_or(i64::MIN, |post| post.id) };
        let next = conn.prepare_cached(NEXT)?.query_row(values, Writing::from_row).optional()?;
        let Some(mut post) = next else { return Ok(None) };
        if post.live_version.is_some() {
            post.tags = Tag::of_post(conn, post.id)?.into_iter().map(|tag| tag.name).collect();
        }
        let mut statement = conn.prepare_cached(ADDRESSES)?;
        let paths = statement.query_map(named_params! { ":post": post.id }, |row| row.get(0))?;
        post.addresses = paths.collect::<rusqlite::Result<_>>()?;
        Ok(Some(post))
    }

    /// Shows `look` the whole history of it, the versions first, piece by piece. Where a version has the text that the
    /// post is found with, it is not said again.
    pub fn each_past<E: From<Error>>(
        &self,
        conn: &Connection,
        mut look: impl FnMut(Past) -> Result<(), E>,
    ) -> Result<(), E> {
        Past::each(conn, self.id, |past| {
            look(match past {
                Past::Version(mut text) => {
                    text.content = text.content.filter(|content| *content != self.content);
                    Past::Version(text)
                }
                other => other,
            })
        })
    }

    /// Takes in the post with its history, and draws what readers see. Says whether that could be done: what takes too
    /// long to draw is there all the same, and looks like nothing until it is saved again.
    pub fn bring<E: From<Error>>(
        &self,
        tx: &Transaction<'_>,
        history: impl Iterator<Item = Result<Past, E>>,
    ) -> Result<bool, E> {
        self.check().map_err(Error::from)?;
        let id = self.insert(tx)?;
        for past in history {
            past?.bring(tx, id, &self.content)?;
        }
        let mut insert = tx
            .prepare_cached("INSERT INTO redirects (path, post_id) VALUES (:path, :post)")
            .map_err(Error::from)?;
        for path in &self.addresses {
            insert.execute(named_params! { ":path": path, ":post": id }).map_err(Error::from)?;
        }
        Ok(self.draw(tx, id)?)
    }

    fn check(&self) -> Result<(), Problem> {
        Slug::parse(&self.slug)
            .map(drop)
            .or_else(|| (self.slug == self.uuid.to_string()).then_some(()))
            .ok_or_else(|| Problem::new("slug", format!("“{}” is no address.", self.slug)))?;
        Manuscript::new(&self.title, &self.content).fits()
    }

    fn insert(&self, tx: &Transaction<'_>) -> Result<i64> {
        let (is_live, content) = match self.live_version {
            Some(_) => (true, self.content.as_str()),
            None => (false, ""),
        };
        let sql = "INSERT INTO posts (uuid, kind, slug, title, author_id, byline, visibility, published_at, revised_at,
                     created_at, updated_at, deleted_at, version, live_version, series_id, series_position,
                     menu_position, pinned, language, summary, excerpt, source, source_digest, front_matter, content)
                   VALUES (:uuid, :kind, :slug, :title, :author, :byline, :visibility, :published, :revised,
                     :created, :updated, :deleted, :version, :live, (SELECT id FROM series WHERE slug = :series), :place,
                     :menu, :pinned, :language, :summary, '', :source, unhex(:digest), :front_matter, :content)";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":uuid": self.uuid.to_string(), ":kind": self.kind.word(), ":slug": self.slug, ":title": self.title,
            ":author": user_id(tx, self.author.as_ref())?, ":byline": self.byline,
            ":visibility": self.visibility.word(), ":published": self.published_at, ":revised": self.revised_at,
            ":created": self.created_at, ":updated": self.updated_at, ":deleted": self.deleted_at,
            ":version": self.version, ":live": self.live_version, ":series": self.series,
            ":place": self.series_position, ":menu": self.menu_position, ":pinned": self.pinned,
            ":language": self.language, ":summary": if is_live { &self.summary } else { "" },
            ":source": self.source, ":digest": self.source_digest, ":front_matter": self.front_matter,
            ":content": content,
        })?;
        Ok(tx.last_insert_rowid())
    }

    /// What is made of the text: its tags, what it mentions and leads to, and how it looks.
    fn draw(&self, tx: &Transaction<'_>, id: i64) -> Result<bool> {
        let sql = "SELECT content FROM versions WHERE post_id = :post AND number = :number";
        let missing = || Problem::new("version", "The version that it names is not there.");
        let text = |number: i64| {
            let values = named_params! { ":post": id, ":number": number };
            let content = tx.prepare_cached(sql)?.query_row(values, |row| row.get::<_, String>(0));
            Ok::<_, Error>(content.optional()?.ok_or_else(missing)?)
        };
        let working = text(self.version)?;
        let Some(live) = self.live_version else {
            return Media::note_uses(tx, id, &[&working]).map(|()| true);
        };
        text(live)?;
        Media::note_uses(tx, id, &[&working, &self.content])?;
        Tag::set(tx, id, &Tag::parse_all(self.tags.iter().map(String::as_str))?)?;
        let pictures = Media::pictures(tx, &self.content)?;
        // It was quick enough when it was saved; on a machine that is busy it may take a second try.
        let rendered = (0..3).find_map(|_| markdown::render(&self.content, &pictures).ok());
        let post = Post::by_id(tx, id)?;
        let outline = Outline::of(&self.content);
        rendered.as_ref().map(|rendered| post.draw(tx, rendered, &outline)).transpose()?;
        Ok(rendered.is_some())
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Writing> {
        let uuid: String = row.get("uuid")?;
        let writing = Writing {
            id: row.get("id")?,
            uuid: Uuid::try_parse(&uuid).unwrap_or_default(),
            kind: Kind::from_column(row, "kind")?,
            slug: row.get("slug")?,
            title: row.get("title")?,
            content: row.get("content")?,
            summary: row.get("summary")?,
            tags: Vec::new(),
            language: row.get("language")?,
            author: row.get("author")?,
            byline: row.get("byline")?,
            visibility: Visibility::from_column(row, "visibility")?,
            published_at: row.get("published_at")?,
            revised_at: row.get("revised_at")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            deleted_at: row.get("deleted_at")?,
            version: row.get("version")?,
            live_version: row.get("live_version")?,
            series: row.get("series")?,
            series_position: row.get("series_position")?,
            menu_position: row.get("menu_position")?,
            pinned: row.get("pinned")?,
            addresses: Vec::new(),
            source: row.get("source")?,
            source_digest: row.get::<_, Option<String>>("digest")?.filter(|hex| !hex.is_empty()),
            front_matter: row.get("front_matter")?,
        };
        match writing.live_version {
            Some(_) => Ok(writing),
            None => writing.with_working_copy(row),
        }
    }

    fn with_working_copy(self, row: &Row<'_>) -> rusqlite::Result<Writing> {
        let fields: Option<String> = row.get("working_fields")?;
        let fields: Manuscript =
            fields.and_then(|fields| serde_json::from_str(&fields).ok()).unwrap_or_default();
        let tags = fields.tags.split(',').map(str::trim).filter(|tag| !tag.is_empty());
        Ok(Writing {
            content: row.get::<_, Option<String>>("working_content")?.unwrap_or_default(),
            summary: fields.summary.clone(),
            tags: tags.map(str::to_owned).collect(),
            ..self
        })
    }
}
