use std::fmt;

/// What an export did, and every link that leads nowhere.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mirrored {
    /// Where the addresses in it begin.
    pub base_url: String,
    /// How many files are new or have changed.
    pub written: usize,
    /// How many are as they were.
    pub unchanged: usize,
    /// How many of an earlier export are gone.
    pub removed: usize,
    /// Links that lead nowhere: the page, and where it wants to lead.
    pub broken: Vec<(String, String)>,
    /// Addresses that no file can have, or whose file is that of a page.
    pub left_out: Vec<String>,
}

impl fmt::Display for Mirrored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mirrored { base_url, written, unchanged, removed, .. } = self;
        write!(
            f,
            "{written} files written, {unchanged} unchanged, {removed} removed; for {base_url}."
        )?;
        if !self.broken.is_empty() {
            write!(f, "\n\nLinks that lead nowhere ({}):", self.broken.len())?;
            self.broken.iter().try_for_each(|(page, link)| write!(f, "\n  {page}: {link}"))?;
        }
        if !self.left_out.is_empty() {
            let count = self.left_out.len();
            write!(
                f,
                "\n\nOld addresses that have no file here, or that of another page ({count}):"
            )?;
            self.left_out.iter().try_for_each(|path| write!(f, "\n  {path}"))?;
        }
        Ok(())
    }
}
