//! Pictures that come later than the posts that show them.

use super::item::Item;
use super::{Mover, convert};
use crate::transfer::Error;
use crate::transfer::parcel::Label;

impl Mover<'_> {
    /// Gives a post that is here already the pictures that have come since, unless somebody has changed it here.
    pub(super) fn renew(&mut self, item: &Item, label: &Label) -> Result<(), Error> {
        let Some(here) = self.intake.here(label)? else { return Ok(()) };
        let place = &label.place;
        let shows_there = self.files.shows_there(&here.content);
        if !here.is_untouched {
            if shows_there {
                let reason = "it was changed here, so its text stays as it is";
                let note = format!("{place}: it shows files of the old blog; {reason}");
                self.intake.report.notes.push(note);
            }
            return Ok(());
        }
        if !shows_there && !self.lacks_featured(item, &here.content)? {
            return Ok(());
        }
        let (files, intake) = (&mut self.files, &mut self.intake);
        let text = convert::content(item, self.survey, files, intake, &mut Vec::new())?;
        if let Some(text) = text.ok().filter(|text| *text != here.content)
            && intake.renew(label, &text)?
        {
            let note = format!("{place}: its text shows pictures now that have come since");
            intake.report.notes.push(note);
        }
        Ok(())
    }

    /// Whether the picture that stands for a post has come and is not in its text.
    fn lacks_featured(&mut self, item: &Item, text: &str) -> Result<bool, Error> {
        let file = convert::featured(item).and_then(|id| self.survey.files.get(&id));
        let Some(file) = file else { return Ok(false) };
        let media = self.files.bring(&mut self.intake, &file.url, &file.alt)?;
        Ok(media.is_ok_and(|media| !text.contains(&media.digest)))
    }
}
