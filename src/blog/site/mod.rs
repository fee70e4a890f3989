//! The site's own settings, which its owner changes in the browser or with `monograph settings`.

mod home;
mod keys;
mod style;

pub use keys::{AiCrawlers, Backups, Key, ListStyle, Registration, Theme};

use super::{Media, Problem, Result, Word};
use crate::text::{direction, markdown};
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The site's settings, read.
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// The name of the blog.
    pub title: String,
    /// What it is about, in a line.
    pub tagline: String,
    /// The language of the pages, as a BCP 47 tag.
    pub language: String,
    /// The zone in which dates are shown and entered.
    pub timezone: Tz,
    /// Who may make an account.
    #[serde(skip)]
    pub registration: Registration,
    /// How many posts a list shows at once.
    pub posts_per_page: u32,
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// The colour of links as a hexadecimal number; empty for the built-in one.
    pub accent: String,
    /// The owner's own style sheet, and their colour in it.
    #[serde(skip)]
    pub style_sheet: String,
    /// What stands at the head of every page, rendered.
    pub header: String,
    /// The footer, rendered.
    pub footer: String,
    /// Where the author is found elsewhere.
    pub profiles: Vec<String>,
    /// What a list shows of each post.
    #[serde(skip)]
    pub list_style: ListStyle,
    /// How the language of the pages is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// The slug of the page at the front door; empty for the list of posts.
    pub home: String,
    /// What crawlers for training are told.
    #[serde(skip)]
    pub ai_crawlers: AiCrawlers,
    /// Whether backups are made without being asked for.
    #[serde(skip)]
    pub backups: Backups,
}

impl Site {
    /// The settings as they are now.
    pub fn load(conn: &Connection) -> Result<Site> {
        let mut statement = conn.prepare_cached("SELECT key, value FROM settings")?;
        let rows = statement.query_map([], |row| Ok((row.get("key")?, row.get("value")?)))?;
        Ok(Site::from_values(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// Every setting with its value, for a list or a form.
    pub fn values(conn: &Connection) -> Result<Vec<(Key, String)>> {
        Key::ALL.iter().map(|(key, _)| Ok((*key, Site::value(conn, *key)?))).collect()
    }

    /// One setting.
    pub fn value(conn: &Connection, key: Key) -> Result<String> {
        let sql = "SELECT value FROM settings WHERE key = :key";
        match conn.query_row(sql, named_params! { ":key": key.word() }, |row| row.get(0)) {
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(key.default().to_owned()),
            other => Ok(other?),
        }
    }

    /// The value to keep for what somebody entered, or what is wrong with it.
    pub fn check(key: Key, value: &str) -> Result<String, Problem> {
        key.parse(value).map_err(|message| Problem::new(key.word(), message))
    }

    /// Changes one setting, if the value will do.
    pub fn set(tx: &Transaction<'_>, key: Key, value: &str) -> Result<()> {
        let value = Site::check(key, value)?;
        if key == Key::Home {
            Site::check_home(tx, &value)?;
        }
        Site::keep(tx, key, &value)
    }

    /// Keeps a setting as it was in another file; a page that was not there then need not be here.
    pub(in crate::blog) fn bring(tx: &Transaction<'_>, key: Key, value: &str) -> Result<()> {
        Site::keep(tx, key, &Site::check(key, value)?)
    }

    fn keep(tx: &Transaction<'_>, key: Key, value: &str) -> Result<()> {
        if let Some((place, html)) = Site::rendered(tx, key, value)? {
            store(tx, place, &html)?;
        }
        store(tx, key.word(), value)
    }

    /// The settings that somebody has made, by their words; those of this installation are not among them.
    pub(in crate::blog) fn made(conn: &Connection) -> Result<BTreeMap<String, String>> {
        let mut statement = conn.prepare("SELECT key, value FROM settings")?;
        let rows = statement.query_map([], |row| Ok((row.get("key")?, row.get("value")?)))?;
        let mut made: BTreeMap<String, String> = rows.collect::<rusqlite::Result<_>>()?;
        made.retain(|word, _| Key::from_word(word).is_some());
        Ok(made)
    }

    /// The settings as they would be with these values in place of some, which have been checked.
    pub fn with(conn: &Connection, values: &[(Key, String)]) -> Result<Site> {
        let mut all: HashMap<String, String> = HashMap::new();
        for (key, value) in Site::values(conn)? {
            let entered = values.iter().find(|(entered, _)| *entered == key);
            let value = entered.map_or(value, |(_, value)| value.clone());
            if let Some((place, html)) = Site::rendered(conn, key, &value)? {
                all.insert(place.to_owned(), html);
            }
            all.insert(key.word().to_owned(), value);
        }
        Ok(Site::from_values(all))
    }

    /// Beside the Markdown of some settings stands what it renders to, so that a page need not render it: where, and what.
    fn rendered(
        conn: &Connection,
        key: Key,
        value: &str,
    ) -> Result<Option<(&'static str, String)>> {
        let place = match key {
            Key::Header => HEADER_HTML,
            Key::Footer => FOOTER_HTML,
            _ => return Ok(None),
        };
        let rendered = markdown::render(value, &Media::pictures(conn, value)?)
            .map_err(|error| Problem::new(key.word(), error.to_string()))?;
        Ok(Some((place, rendered.html)))
    }

    /// Keeps the address at which the blog is served, for links that a command makes.
    pub fn remember_url(tx: &Transaction<'_>, url: &str) -> Result<()> {
        Site::note(tx, SERVED_AT, url)
    }

    /// The address at which the blog was last served.
    pub fn last_url(conn: &Connection) -> Result<Option<String>> {
        Site::noted(conn, SERVED_AT)
    }

    /// Keeps something that nobody sets, under a name that no setting has.
    pub(super) fn note(tx: &Transaction<'_>, name: &str, text: &str) -> Result<()> {
        store(tx, name, text)
    }

    /// What was last kept under that name.
    pub(super) fn noted(conn: &Connection, name: &str) -> Result<Option<String>> {
        let sql = "SELECT value FROM settings WHERE key = :key";
        let values = named_params! { ":key": name };
        Ok(conn.query_row(sql, values, |row| row.get(0)).optional()?)
    }

    /// Keeps it no more.
    pub(super) fn forget(tx: &Transaction<'_>, name: &str) -> Result<()> {
        tx.execute("DELETE FROM settings WHERE key = :key", named_params! { ":key": name })?;
        Ok(())
    }

    fn from_values(values: HashMap<String, String>) -> Site {
        let value =
            |key: Key| values.get(key.word()).cloned().unwrap_or_else(|| key.default().to_owned());
        let accent = value(Key::Accent);
        let style_sheet = style::style_sheet(&accent, &value(Key::CustomCss));
        let language = value(Key::Language);
        Site {
            title: value(Key::Title),
            tagline: value(Key::Tagline),
            direction: direction(&language, ""),
            language,
            timezone: value(Key::Timezone).parse().unwrap_or(Tz::UTC),
            registration: Registration::from_word(&value(Key::Registration))
                .unwrap_or(Registration::Closed),
            posts_per_page: value(Key::PostsPerPage).parse().unwrap_or(10),
            theme: Theme::from_word(&value(Key::Theme)).unwrap_or(Theme::Auto).word(),
            accent,
            style_sheet,
            profiles: value(Key::Profiles).lines().map(str::to_owned).collect(),
            list_style: ListStyle::from_word(&value(Key::ListStyle))
                .unwrap_or(ListStyle::Summaries),
            header: values.get(HEADER_HTML).cloned().unwrap_or_default(),
            home: value(Key::Home),
            footer: values.get(FOOTER_HTML).cloned().unwrap_or_default(),
            ai_crawlers: AiCrawlers::from_word(&value(Key::AiCrawlers))
                .unwrap_or(AiCrawlers::Allow),
            backups: Backups::from_word(&value(Key::Backups)).unwrap_or(Backups::Off),
        }
    }
}

impl Default for Site {
    fn default() -> Site {
        Site::from_values(HashMap::new())
    }
}

const HEADER_HTML: &str = "header_html";
const FOOTER_HTML: &str = "footer_html";

/// Where the blog was last served.
const SERVED_AT: &str = "served_at";

fn store(tx: &Transaction<'_>, key: &str, value: &str) -> Result<()> {
    let sql = "INSERT INTO settings (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value";
    tx.execute(sql, named_params! { ":key": key, ":value": value })?;
    Ok(())
}
