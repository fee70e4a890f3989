//! What an item goes by, however often it comes.

use super::item::Item;
use super::survey::Survey;
use crate::blog::Digest;
use crate::transfer::parcel::{Label, hex};
use sha2::{Digest as _, Sha256};

/// The label of an item.
pub fn of(item: &Item, survey: &Survey) -> Label {
    let digest = digest(item);
    let name = name(item, survey, &digest);
    Label { place: item.place(), source: format!("wordpress:{}:{name}", survey.blog), digest }
}

/// Its number, or else an address that no other has, or else all that is known of it.
fn name(item: &Item, survey: &Survey, digest: &Digest) -> String {
    if item.id > 0 {
        return item.id.to_string();
    }
    let home = survey.blog.trim_end_matches('/');
    let is_its_own = |address: &&String| !["", home].contains(&address.trim_end_matches('/'));
    match [&item.guid, &item.link].into_iter().find(is_its_own) {
        Some(address) => address.clone(),
        None => {
            format!("{}:{}:{}", item.name, item.date, hex(digest))
        }
    }
}

fn digest(item: &Item) -> Digest {
    let mut digest = Sha256::new();
    for field in [
        &item.title,
        &item.content,
        &item.excerpt,
        &item.status,
        &item.date_gmt,
        &item.date,
        &item.name,
        &item.password,
    ] {
        digest.update((field.len() as u64).to_le_bytes());
        digest.update(field);
    }
    for (domain, _, name) in &item.terms {
        digest.update([domain.as_str(), "\0", name, "\0"].concat());
    }
    digest.finalize().into()
}
