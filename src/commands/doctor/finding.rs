use std::fmt;

/// One thing that the doctor has looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub level: Level,
    /// What it is, in a sentence, and what to do about it.
    text: String,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// As it should be.
    Ok,
    /// Worth knowing; it may be meant so.
    Note,
    /// To be mended.
    Problem,
}

impl Finding {
    /// All is well.
    pub fn ok(text: impl Into<String>) -> Finding {
        Finding { level: Level::Ok, text: text.into() }
    }

    /// Something worth knowing.
    pub fn note(text: impl Into<String>) -> Finding {
        Finding { level: Level::Note, text: text.into() }
    }

    /// Something to be mended.
    pub fn problem(text: impl Into<String>) -> Finding {
        Finding { level: Level::Problem, text: text.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Ok => "ok",
            Level::Note => "note",
            Level::Problem => "problem",
        };
        write!(f, "{level:8}{}", self.text)
    }
}
