use std::fmt;

/// What an import did, and everything that it could not bring.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many posts came in.
    pub imported: usize,
    /// How many of them are drafts.
    pub drafts: usize,
    /// How many were here already, word for word.
    pub unchanged: usize,
    /// Posts that were imported before and have another text there now; ours was left as it is.
    pub changed: Vec<String>,
    /// Files that were left out, and why.
    pub left_out: Vec<String>,
    /// What came in but will not work as it did.
    pub notes: Vec<String>,
    /// Pictures that the posts show and that did not come along.
    pub pictures: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { imported, drafts, unchanged, .. } = self;
        write!(
            f,
            "{imported} posts imported, {drafts} of them drafts; {unchanged} were here already."
        )?;
        let parts = [
            ("Changed since they were imported; left as they are here", &self.changed),
            ("Left out", &self.left_out),
            ("Please look at", &self.notes),
            ("Pictures that are not brought yet", &self.pictures),
        ];
        for (heading, lines) in parts.iter().filter(|(_, lines)| !lines.is_empty()) {
            write!(f, "\n\n{heading} ({}):", lines.len())?;
            lines.iter().try_for_each(|line| write!(f, "\n  {line}"))?;
        }
        Ok(())
    }
}
