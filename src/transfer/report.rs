use std::collections::BTreeMap;
use std::fmt;

/// The most lines of a list; how many more there were is told.
const MOST_LINES: usize = 5_000;
/// The most sorts of things that are told apart beside those that are known.
const MOST_SORTS: usize = 50;

/// What an import did, and everything that it could not bring.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many posts and pages came in.
    pub imported: usize,
    /// How many of them are drafts.
    pub drafts: usize,
    /// How many were here already, word for word.
    pub unchanged: usize,
    /// Posts that were imported before and have another text there now; ours was left as it is.
    pub changed: Lines,
    /// What was left out, and why.
    pub left_out: Lines,
    /// What came in but will not work as it did.
    pub notes: Lines,
    /// Pictures and files that the posts show and that did not come along, and why.
    pub pictures: Lines,
    /// What there was, sort by sort.
    pub counts: BTreeMap<Sort, Count>,
}

/// What becomes of things of a sort.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How many there were.
    pub found: usize,
    /// How many of them came in.
    pub imported: usize,
    /// How many were here already.
    pub here: usize,
    /// How many were left out.
    pub left_out: usize,
}

/// The sorts of things that there are in what is imported, in the order in which they are told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// What was written for a date.
    Posts,
    /// What stands for itself.
    Pages,
    /// Posts and pages that were not out.
    Drafts,
    /// Posts and pages whose date is still to come.
    Scheduled,
    /// Posts and pages for those who are signed in.
    Private,
    /// Posts and pages that waited for somebody's word; drafts here.
    Pending,
    /// Posts and pages behind a password of their own; private here.
    Protected,
    /// Posts that stood before all others.
    Pinned,
    /// What was in the trash there.
    Trashed,
    /// Pictures and files.
    Files,
    /// What readers wrote below posts.
    Comments,
    /// The same that was taken for rubbish.
    Spam,
    /// Who wrote it.
    Authors,
    /// What posts were sorted by.
    Categories,
    /// What posts had in common.
    Tags,
    /// Anything else, by the name it has there.
    Other(String),
}

/// Lines of a list. All are counted; so many are kept.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Lines {
    lines: Vec<String>,
    more: usize,
}

impl Report {
    /// The count of a sort, to be added to.
    pub fn count(&mut self, sort: Sort) -> &mut Count {
        let is_new = matches!(sort, Sort::Other(_)) && !self.counts.contains_key(&sort);
        let sort = match is_new && self.counts.len() > MOST_SORTS {
            true => Sort::Other("anything else".to_owned()),
            false => sort,
        };
        self.counts.entry(sort).or_default()
    }

    /// One more of each of these that came in.
    pub(super) fn came_in(&mut self, sorts: &[Sort]) {
        sorts.iter().for_each(|sort| self.count(sort.clone()).imported += 1);
    }

    /// The lists that have lines, with their headings.
    pub fn lists(&self) -> impl Iterator<Item = (&'static str, &Lines)> {
        let lists = [
            ("Changed since they were imported; left as they are here", &self.changed),
            ("Left out", &self.left_out),
            ("Please look at", &self.notes),
            ("Pictures and files that did not come along", &self.pictures),
        ];
        lists.into_iter().filter(|(_, lines)| !lines.is_empty())
    }

    /// What it did, in a sentence.
    pub fn sentence(&self) -> String {
        let Report { imported, drafts, unchanged, .. } = self;
        let posts = if *imported == 1 { "post" } else { "posts" };
        let are_drafts = if *drafts == 1 { "a draft" } else { "drafts" };
        let were = if *unchanged == 1 { "was" } else { "were" };
        format!(
            "{imported} {posts} imported, {drafts} of them {are_drafts}; {unchanged} {were} here already."
        )
    }
}

impl Lines {
    /// Adds a line.
    pub fn push(&mut self, line: String) {
        match self.lines.len() < MOST_LINES {
            true => self.lines.push(line),
            false => self.more += 1,
        }
    }

    /// How many lines were added.
    pub fn len(&self) -> usize {
        self.lines.len() + self.more
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Those that are kept, and what there is to say of the rest.
    pub fn iter(&self) -> impl Iterator<Item = String> {
        let rest = (self.more > 0).then(|| format!("… and {} more", self.more));
        self.lines.iter().cloned().chain(rest)
    }
}

impl Extend<String> for Lines {
    fn extend<I: IntoIterator<Item = String>>(&mut self, lines: I) {
        lines.into_iter().for_each(|line| self.push(line));
    }
}

impl Sort {
    /// What one of them is called, and what several are.
    fn names(&self) -> (&str, &str) {
        match self {
            Sort::Posts => ("post", "posts"),
            Sort::Pages => ("page", "pages"),
            Sort::Drafts => ("draft", "drafts"),
            Sort::Scheduled => ("scheduled", "scheduled"),
            Sort::Private => ("private", "private"),
            Sort::Pending => ("pending", "pending"),
            Sort::Protected => ("with a password", "with a password"),
            Sort::Pinned => ("pinned", "pinned"),
            Sort::Trashed => ("in the trash", "in the trash"),
            Sort::Files => ("picture or file", "pictures and files"),
            Sort::Comments => ("comment", "comments"),
            Sort::Spam => ("spam or deleted comment", "spam and deleted comments"),
            Sort::Authors => ("author", "authors"),
            Sort::Categories => ("category", "categories"),
            Sort::Tags => ("tag", "tags"),
            Sort::Other(name) => (name, name),
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names().1)
    }
}

/// `54 imported, 1 left out`, or nothing where all that is known is how many there were.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts =
            [(self.imported, "imported"), (self.here, "here already"), (self.left_out, "left out")];
        let told: Vec<_> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        f.write_str(&told.join(", "))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())?;
        if !self.counts.is_empty() {
            write!(f, "\n\nWhat there was:")?;
        }
        for (sort, count) in &self.counts {
            let became = count.to_string();
            let became = if became.is_empty() { became } else { format!(": {became}") };
            let (one, many) = sort.names();
            let name = if count.found == 1 { one } else { many };
            write!(f, "\n  {} {name}{became}", count.found)?;
        }
        for (heading, lines) in self.lists() {
            write!(f, "\n\n{heading} ({}):", lines.len())?;
            lines.iter().try_for_each(|line| write!(f, "\n  {line}"))?;
        }
        Ok(())
    }
}
