//! Posts that came in before, and get another text from the same source.

use super::Error;
use super::intake::Intake;
use super::parcel::Label;
use crate::blog::post::Imported;
use crate::blog::{Media, Post};
use crate::text::markdown::{self, Outline};

impl Intake<'_> {
    /// What is here of a post that is the same there as when it came in.
    pub fn here(&self, label: &Label) -> Result<Option<Imported>, Error> {
        let here = self.plan().db.read(|conn| Imported::of(conn, &label.source))?;
        Ok(here.filter(|here| here.digest == label.digest))
    }

    /// Puts a text in the place of the one with which a post came in. Says whether it can be shown.
    pub fn renew(&self, label: &Label, text: &str) -> Result<bool, Error> {
        let db = self.plan().db;
        let pictures = db.read(|conn| Media::pictures(conn, text))?;
        let Ok(rendered) = markdown::render(text, &pictures) else { return Ok(false) };
        let outline = Outline::of(text);
        db.write(|tx| Post::renew(tx, &label.source, text, &rendered, &outline))?;
        Ok(true)
    }
}
