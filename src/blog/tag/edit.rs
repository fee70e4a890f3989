use super::{KnownTag, Tag};
use crate::blog::post::{Manuscript, Version};
use crate::blog::{Error, Problem, Result, found, taken};
use crate::text::Slug;
use rusqlite::{Transaction, named_params};

impl KnownTag {
    /// Gives the tag another name, and the texts of its posts with it. Its old address leads to the new one.
    pub fn rename(&self, tx: &Transaction<'_>, name: &str) -> Result<KnownTag> {
        let wish = Tag::parse(name).map_err(|problem| Problem { field: "name", ..problem })?;
        let sql =
            "UPDATE tags SET name = :name, slug = :slug WHERE id = :id RETURNING *, 0 AS posts";
        let values =
            named_params! { ":name": wish.name, ":slug": wish.slug.as_str(), ":id": self.id };
        let message =
            || format!("There is a tag “{}” already. You can merge this one into it.", wish.name);
        let renamed = tx
            .query_row(sql, values, KnownTag::from_row)
            .map_err(|error| taken(error, Problem::new("name", message())))?;
        if renamed.slug != self.slug {
            self.lead_to(tx, &renamed)?;
        }
        self.amend_texts(tx, Some(&renamed.name))?;
        Ok(renamed)
    }

    /// Gives the posts of this tag the tag that is called `into`; this one is gone, and its address leads there.
    pub fn merge(&self, tx: &Transaction<'_>, into: &str) -> Result<KnownTag> {
        let unknown = || Problem::new("into", format!("There is no tag “{}”.", into.trim()));
        let wish = Tag::parse(into).map_err(|_| unknown())?;
        let into = match KnownTag::at(tx, &wish.slug) {
            Err(Error::NotFound) => return Err(unknown().into()),
            other => other?,
        };
        if into.id == self.id {
            return Err(Problem::new("into", "A tag cannot be merged into itself.").into());
        }
        let values = named_params! { ":this": self.id, ":into": into.id };
        let sql = "UPDATE OR IGNORE post_tags SET tag_id = :into WHERE tag_id = :this";
        tx.execute(sql, values)?;
        let sql = "UPDATE tag_redirects SET tag_id = :into WHERE tag_id = :this";
        tx.execute(sql, values)?;
        self.amend_texts(tx, Some(&into.name))?;
        self.remove(tx)?;
        self.lead_to(tx, &into)?;
        Ok(into)
    }

    /// Takes the tag from all its posts.
    pub fn delete(&self, tx: &Transaction<'_>) -> Result<()> {
        self.amend_texts(tx, None)?;
        self.remove(tx)
    }

    fn remove(&self, tx: &Transaction<'_>) -> Result<()> {
        found(tx.execute("DELETE FROM tags WHERE id = :id", named_params! { ":id": self.id })?)
    }

    /// Lets the address that this tag had lead to `other`, which has its own for itself.
    fn lead_to(&self, tx: &Transaction<'_>, other: &KnownTag) -> Result<()> {
        let sql = "DELETE FROM tag_redirects WHERE slug = :slug";
        tx.execute(sql, named_params! { ":slug": other.slug })?;
        let sql = "INSERT INTO tag_redirects (slug, tag_id) VALUES (:slug, :tag)";
        tx.execute(sql, named_params! { ":slug": self.slug, ":tag": other.id })?;
        Ok(())
    }

    /// Changes every working copy that names the tag: it says what readers see, and what is deleted stays away.
    fn amend_texts(&self, tx: &Transaction<'_>, name: Option<&str>) -> Result<()> {
        let slug = Slug::parse(&self.slug).ok_or(Error::NotFound)?;
        Version::amend(tx, "TRUE", &[], |text| {
            let tags = in_place_of(&slug, name, &text.tags)?;
            Some(Manuscript { tags, ..text })
        })
    }
}

/// The list of tags with `name`, or nothing, in the place of every spelling of `slug`; `None` where it is not named.
/// What cannot be read as a tag stays as it is.
fn in_place_of(slug: &Slug, name: Option<&str>, list: &str) -> Option<String> {
    let is_it = |text: &str| Tag::parse(text).is_ok_and(|tag| tag.slug == *slug);
    let parts: Vec<_> = list.split(',').map(str::trim).collect();
    parts.iter().any(|text| is_it(text)).then_some(())?;
    let mut names: Vec<&str> = Vec::new();
    for part in parts {
        let part = if is_it(part) { name.unwrap_or_default() } else { part };
        if !part.is_empty() && !names.contains(&part) {
            names.push(part);
        }
    }
    Some(names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_replaced_in_every_spelling_and_the_rest_stays() {
        let slug = Slug::from_text("rust").unwrap();
        let replaced = |name, list| in_place_of(&slug, name, list);
        assert_eq!(replaced(Some("Oxide"), "a, #RUST ,!!, Rust"), Some("a, Oxide, !!".to_owned()));
        assert_eq!(replaced(Some("a"), "a, rust"), Some("a".to_owned()));
        assert_eq!(replaced(None, "rust"), Some(String::new()));
        assert_eq!(replaced(None, "trust, rusty"), None);
    }
}
