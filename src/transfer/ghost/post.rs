//! A row of the table of posts as it comes in.

use super::survey::{Row, Survey, text};
use super::{Mover, lexical, markup, mobiledoc};
use crate::blog::post::{Kind, Visibility};
use crate::text::{markdown_of, single_line, words_of};
use crate::transfer::parcel::{Author, Label, Parcel};
use crate::transfer::{Error, dates, frames, idle};
use chrono_tz::Tz;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Where the text of a post is found, from the best place to the last.
enum Source {
    Markdown(String),
    Html(String),
}

impl Mover<'_> {
    /// Takes a post or a page in, with its pictures.
    pub(super) fn post(&mut self, row: &Row, n: u64) -> Result<(), Error> {
        let mut parcel = self.parcel(row, n);
        let sorts = parcel.all_sorts(self.intake.plan().now);
        self.found(&sorts);
        if !self.intake.expects(&parcel.label, &sorts, 0)? {
            return Ok(());
        }
        match self.content(row, &mut parcel)? {
            Ok(content) => parcel.manuscript.content = content,
            Err(reason) => {
                let place = parcel.label.place.clone();
                self.intake.leave_out(&place, &reason, &sorts);
                return Ok(());
            }
        }
        self.intake.take(parcel)
    }

    /// Everything but the text.
    fn parcel(&mut self, row: &Row, n: u64) -> Parcel {
        let (id, title) = (text(row, "id"), text(row, "title"));
        let mut parcel = Parcel::new(label(row, n), &title, "");
        parcel.manuscript.kind = kind(row);
        parcel.manuscript.slug = text(row, "slug");
        parcel.manuscript.summary = self.summary(row, &id);
        let status = text(row, "status");
        parcel.date = moment(row, "published_at");
        parcel.is_draft = is_draft(&status, parcel.date, &mut parcel.notes);
        parcel.updated_at = moment(row, "updated_at");
        parcel.manuscript.visibility = self.visibility(row, &status, &mut parcel.notes);
        self.add_tags(&id, &mut parcel);
        parcel.authors = self.authors(row, &id);
        let first_tag = first_tag(&self.survey, &id);
        parcel.aliases =
            self.redirects.aliases(&parcel.manuscript.slug, parcel.date, &id, first_tag);
        for key in ["canonical_url", "codeinjection_head", "codeinjection_foot", "custom_template"]
        {
            let value = text(row, key);
            if !value.is_empty() {
                if key.starts_with("codeinjection") {
                    parcel
                        .notes
                        .push(format!("its {key} does nothing here; it is kept beside the text"));
                }
                parcel.extra.insert(key.to_owned(), json!(value));
            }
        }
        if matches!(row.get("featured"), Some(Value::Bool(true))) || text(row, "featured") == "1" {
            parcel.extra.insert("featured".to_owned(), json!(true));
        }
        parcel
    }

    fn summary(&self, row: &Row, id: &str) -> String {
        let excerpt = text(row, "custom_excerpt");
        let said = self.meta_of(row, id).1;
        if excerpt.trim().is_empty() { single_line(&said) } else { single_line(&excerpt) }
    }

    /// What stands in a table of its own now stood in that of the posts once.
    fn meta_of(&self, row: &Row, id: &str) -> (String, String) {
        let kept = self.survey.meta.get(id).cloned();
        kept.unwrap_or_else(|| (text(row, "feature_image_alt"), text(row, "meta_description")))
    }

    fn visibility(&self, row: &Row, status: &str, notes: &mut Vec<String>) -> Visibility {
        let visibility = text(row, "visibility");
        match (status, visibility.as_str()) {
            ("sent", _) => {
                notes.push("it was only sent by mail; here it is for who is signed in".to_owned());
                Visibility::Private
            }
            (_, "" | "public") => Visibility::Public,
            (_, other) => {
                notes.push(format!("it was for “{other}”; here it is for who is signed in"));
                Visibility::Private
            }
        }
    }

    /// Tags that begin with a number sign were for the theme and not for readers.
    fn add_tags(&self, id: &str, parcel: &mut Parcel) {
        let tags = self.survey.posts_tags.get(id).into_iter().flatten();
        let names =
            tags.filter_map(|(_, tag)| self.survey.tags.get(tag).map(|(name, _)| name.clone()));
        let (internal, public): (Vec<_>, Vec<_>) = names.partition(|name| name.starts_with('#'));
        parcel.tags = public;
        if !internal.is_empty() {
            parcel.extra.insert("internal_tags".to_owned(), json!(internal));
        }
    }

    fn authors(&self, row: &Row, id: &str) -> Vec<Author> {
        let joined =
            self.survey.posts_authors.get(id).into_iter().flatten().map(|(_, user)| user.clone());
        let mut users: Vec<_> = joined.collect();
        if users.is_empty() {
            users.push(text(row, "author_id"));
        }
        let known = users.iter().filter_map(|user| self.survey.users.get(user));
        known.map(|(name, slug)| Author { name: name.clone(), login: Some(slug.clone()) }).collect()
    }

    /// The Markdown of a post, its pictures brought along; or why there is none.
    fn content(&mut self, row: &Row, parcel: &mut Parcel) -> Result<Result<String, String>, Error> {
        let place = parcel.label.place.clone();
        let source = match source(row, &mut parcel.notes) {
            Ok(source) => source,
            Err(reason) => return Ok(Err(reason)),
        };
        let content = match source {
            Source::Markdown(text) => {
                self.images.put_into_markdown(&mut self.intake, &place, &text)?
            }
            Source::Html(html) => {
                let (html, count) = frames::without(&html);
                if count > 0 {
                    parcel.notes.push(format!("{count} frames of other sites are links now"));
                }
                parcel.notes.extend(idle::in_html(&html));
                let html = self.images.put_into(&mut self.intake, &place, &html)?;
                match markdown_of(&html) {
                    Ok(text) => text,
                    Err(error) => return Ok(Err(error.to_string())),
                }
            }
        };
        let featured = text(row, "feature_image");
        if featured.is_empty() {
            return Ok(Ok(content));
        }
        let alt = words_of(&self.meta_of(row, &text(row, "id")).0);
        Ok(Ok(match self.images.bring(&mut self.intake, &featured, &alt)? {
            Some(Ok(media)) if content.contains(&media.digest) => content,
            Some(Ok(media)) => format!("{}\n\n{content}", media.markdown(&alt)),
            Some(Err(reason)) => {
                self.intake.report.pictures.push(format!("{place}: {featured} ({reason})"));
                content
            }
            None => {
                let reason = "it is on another host";
                self.intake.report.pictures.push(format!("{place}: {featured} ({reason})"));
                content
            }
        }))
    }
}

/// Ghost writes down the HTML of all that was ever saved; what it is made of is asked only where that is Markdown, or
/// where there is no HTML. Or why there is too much of it.
fn source(row: &Row, notes: &mut Vec<String>) -> Result<Source, String> {
    let (lexical, mobiledoc) = (text(row, "lexical"), text(row, "mobiledoc"));
    let markdown =
        lexical::only_markdown(&lexical).or_else(|| mobiledoc::only_markdown(&mobiledoc));
    if let Some(markdown) = markdown {
        return Ok(Source::Markdown(markdown));
    }
    let html = text(row, "html");
    if !html.trim().is_empty() {
        return Ok(Source::Html(html));
    }
    let mut unknown = Vec::new();
    let made =
        lexical::html(&lexical, &mut unknown).or_else(|| mobiledoc::html(&mobiledoc, &mut unknown));
    unknown.sort();
    unknown.dedup();
    notes.extend(unknown.iter().map(|name| format!("its card “{name}” shows nothing here")));
    let is_lost = made.is_none() && !(lexical.is_empty() && mobiledoc.is_empty());
    if is_lost {
        notes.push("its text could not be read".to_owned());
    }
    match made.unwrap_or_default() {
        made if made.len() > markup::LONGEST => Err("a post has at most 2 MiB of text".to_owned()),
        made => Ok(Source::Html(made)),
    }
}

fn first_tag<'s>(survey: &'s Survey, id: &str) -> Option<&'s str> {
    let (_, tag) = survey.posts_tags.get(id)?.first()?;
    survey.tags.get(tag).map(|(_, slug)| slug.as_str())
}

fn label(row: &Row, n: u64) -> Label {
    let (id, uuid, title) = (text(row, "id"), text(row, "uuid"), text(row, "title"));
    let shown: String = title.chars().take(60).collect();
    let mut digest = Sha256::new();
    for key in [
        "title",
        "slug",
        "html",
        "lexical",
        "mobiledoc",
        "status",
        "visibility",
        "custom_excerpt",
        "published_at",
        "feature_image",
    ] {
        let field = text(row, key);
        digest.update((field.len() as u64).to_le_bytes());
        digest.update(field);
    }
    let slug = text(row, "slug");
    let name = [uuid, id, slug].into_iter().find(|name| !name.is_empty());
    Label {
        place: format!("post {n} ({}), “{}”", text(row, "slug"), single_line(&shown)),
        source: format!("ghost:{}", name.unwrap_or_else(|| n.to_string())),
        digest: digest.finalize().into(),
    }
}

/// What was still to come does not come out now only because nobody can read when.
fn is_draft(status: &str, date: Option<i64>, notes: &mut Vec<String>) -> bool {
    let note = match (status, date) {
        ("published" | "scheduled" | "sent", Some(_)) => return false,
        ("published" | "sent", None) => "it has no date that can be read; it got the present one",
        ("scheduled", None) => "it was to come at a date that cannot be read; it is a draft now",
        _ => return true,
    };
    notes.push(note.to_owned());
    status == "scheduled"
}

fn kind(row: &Row) -> Kind {
    let was_page = matches!(row.get("page"), Some(Value::Bool(true))) || text(row, "page") == "1";
    if was_page || text(row, "type") == "page" { Kind::Page } else { Kind::Post }
}

/// A time: as text, or in milliseconds since 1970.
fn moment(row: &Row, key: &str) -> Option<i64> {
    match row.get(key)? {
        Value::String(text) => dates::parse(text, Tz::UTC),
        Value::Number(number) => Some(number.as_i64()? / 1000),
        _ => None,
    }
}
