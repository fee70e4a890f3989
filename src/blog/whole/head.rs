use crate::blog::site::Key;
use crate::blog::{Problem, Result, Role, Site, UserName, Word};
use crate::text::Slug;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What there is once in a blog.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The settings that somebody has made, by their words.
    pub settings: BTreeMap<String, String>,
    /// Who has an account, in the order they came.
    pub accounts: Vec<Account>,
    /// Every tag.
    pub tags: Vec<Label>,
    /// Every series.
    pub series: Vec<Label>,
    /// Public addresses whose posts were removed for good.
    pub removed: Vec<String>,
    /// Where imports had files from, each with the digest of the file, which may be gone since.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, String>,
}

/// An account without its password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// As they typed it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// When it was made.
    pub created_at: i64,
}

/// A tag or a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Where it lives.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Where it lived before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
}

/// Two tables that are alike, and the column that leads from one to the other.
struct Shelf {
    table: &'static str,
    redirects: &'static str,
    column: &'static str,
}

const TAGS: Shelf = Shelf { table: "tags", redirects: "tag_redirects", column: "tag_id" };
const SERIES: Shelf = Shelf { table: "series", redirects: "series_redirects", column: "series_id" };

impl Head {
    /// All of it, as it is now.
    pub fn read(conn: &Connection) -> Result<Head> {
        let sql = "SELECT path FROM removed ORDER BY path";
        let mut statement = conn.prepare(sql)?;
        let removed =
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let (settings, accounts, sources) =
            (Site::made(conn)?, Account::all(conn)?, sources(conn)?);
        Ok(Head {
            sources,
            settings,
            accounts,
            tags: TAGS.read(conn)?,
            series: SERIES.read(conn)?,
            removed,
        })
    }

    /// Takes in all but the settings. An account that is here already stays as it is.
    pub fn bring(&self, tx: &Transaction<'_>) -> Result<()> {
        self.accounts.iter().try_for_each(|account| account.bring(tx))?;
        self.tags.iter().try_for_each(|label| TAGS.bring(tx, label))?;
        self.series.iter().try_for_each(|label| SERIES.bring(tx, label))?;
        let mut statement = tx.prepare("INSERT OR IGNORE INTO removed (path) VALUES (:path)")?;
        for path in &self.removed {
            statement.execute(named_params! { ":path": path })?;
        }
        let sql = "INSERT INTO media_sources (source, digest) VALUES (:source, :digest)";
        let mut statement = tx.prepare(sql)?;
        for (source, digest) in &self.sources {
            statement.execute(named_params! { ":source": source, ":digest": digest })?;
        }
        Ok(())
    }

    /// Takes in the settings, which may show files and pages; says which of them are not known here.
    pub fn bring_settings(&self, tx: &Transaction<'_>) -> Result<Vec<&str>> {
        let mut unknown = Vec::new();
        for (word, value) in &self.settings {
            match Key::from_word(word) {
                Some(key) => Site::bring(tx, key, value)?,
                None => unknown.push(word.as_str()),
            }
        }
        Ok(unknown)
    }
}

fn sources(conn: &Connection) -> Result<BTreeMap<String, String>> {
    let mut statement = conn.prepare("SELECT source, digest FROM media_sources")?;
    let sources = statement.query_map([], |row| Ok((row.get("source")?, row.get("digest")?)))?;
    Ok(sources.collect::<rusqlite::Result<_>>()?)
}

impl Account {
    fn all(conn: &Connection) -> Result<Vec<Account>> {
        let sql = "SELECT name, role, created_at FROM users ORDER BY id";
        let mut statement = conn.prepare(sql)?;
        let all = statement.query_map([], |row| {
            let role = Role::from_column(row, "role")?;
            Ok(Account { name: row.get("name")?, role, created_at: row.get("created_at")? })
        })?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// Nobody knows a password whose hash is empty; another has to be set.
    fn bring(&self, tx: &Transaction<'_>) -> Result<()> {
        let name = UserName::parse(&self.name)?;
        let sql = "INSERT INTO users (name, name_key, password_hash, role, created_at)
                   VALUES (:name, :key, '', :role, :created) ON CONFLICT (name_key) DO NOTHING";
        tx.prepare_cached(sql)?.execute(named_params! {
            ":name": name.shown(), ":key": name.key(), ":role": self.role.word(), ":created": self.created_at,
        })?;
        Ok(())
    }
}

impl Shelf {
    fn read(&self, conn: &Connection) -> Result<Vec<Label>> {
        let Shelf { table, redirects, column } = self;
        let mut statement =
            conn.prepare(&format!("SELECT id, slug, name FROM {table} ORDER BY slug"))?;
        let sql = format!("SELECT slug FROM {redirects} WHERE {column} = :id ORDER BY slug");
        let mut former = conn.prepare(&sql)?;
        let mut labels = Vec::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let values = named_params! { ":id": row.get::<_, i64>("id")? };
            let formerly = former.query_map(values, |row| row.get(0))?;
            let formerly = formerly.collect::<rusqlite::Result<_>>()?;
            labels.push(Label { slug: row.get("slug")?, name: row.get("name")?, formerly });
        }
        Ok(labels)
    }

    fn bring(&self, tx: &Transaction<'_>, label: &Label) -> Result<()> {
        let Shelf { table, redirects, column } = self;
        let no_slug = || Problem::new("slug", format!("“{}” is no address.", label.slug));
        Slug::parse(&label.slug).ok_or_else(no_slug)?;
        let sql = format!("INSERT INTO {table} (slug, name) VALUES (:slug, :name) RETURNING id");
        let values = named_params! { ":slug": label.slug, ":name": label.name };
        let id: Option<i64> =
            tx.prepare_cached(&sql)?.query_row(values, |row| row.get(0)).optional()?;
        let sql = format!("INSERT INTO {redirects} (slug, {column}) VALUES (:slug, :id)");
        for slug in &label.formerly {
            tx.prepare_cached(&sql)?.execute(named_params! { ":slug": slug, ":id": id })?;
        }
        Ok(())
    }
}
