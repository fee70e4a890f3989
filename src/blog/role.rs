use super::Word;
use serde::{Deserialize, Serialize};

/// What somebody may do here; each may do all that the next one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Runs the blog: accounts, invitations, settings.
    Owner,
    /// Edits everybody's posts.
    Editor,
    /// Writes their own posts.
    Author,
}

impl Word for Role {
    const ALL: &'static [(Role, &'static str)] =
        &[(Role::Owner, "owner"), (Role::Editor, "editor"), (Role::Author, "author")];
}
