//! The way from a visitor to the blog, through whatever stands in front.

mod arrival;
mod caching;
mod client;
mod size;
mod visitor;

use super::finding::Finding;
use crate::blog::{Checkup, Error};
use crate::db::Db;
use crate::settings::{BaseUrl, Settings};
use crate::web::now;
use visitor::Visitor;

/// Goes to `url` as a visitor does, with a token by which the blog knows whom to tell what it sees.
pub fn look(settings: &Settings, url: &str, may_write: bool) -> Vec<Finding> {
    let url = match BaseUrl::try_from(url.to_owned()) {
        Ok(url) => url,
        Err(_) => {
            return vec![Finding::problem(format!(
                "`--url {url}` is no address; it looks like https://blog.example."
            ))];
        }
    };
    if !may_write {
        return vec![Finding::note(
            "What visitors get cannot be looked at before the database is well.",
        )];
    }
    match with_token(settings, |token| go(&url, token)) {
        Ok(findings) => findings,
        Err(error) => {
            vec![Finding::problem(format!("What visitors get cannot be looked at: {error}."))]
        }
    }
}

/// The token is good for as long as the look takes.
fn with_token<T>(settings: &Settings, look: impl FnOnce(&str) -> T) -> Result<T, Error> {
    let db = Db::open_existing(&settings.database)?;
    let token = db.write(|tx| Checkup::begin(tx, now()))?;
    let seen = look(&token.to_string());
    db.write(Checkup::end)?;
    Ok(seen)
}

fn go(url: &BaseUrl, token: &str) -> Vec<Finding> {
    let visitor = Visitor::new(url.as_str(), token);
    let (seen, headers) = match visitor.arrive() {
        Ok(arrived) => arrived,
        Err(finding) => return vec![finding],
    };
    let mut findings = vec![
        Finding::ok(format!("{} leads to this blog.", url.as_str())),
        arrival::host(url.as_str(), &seen),
        arrival::scheme(url.as_str(), &seen),
        client::look(&visitor, &seen),
        size::look(&visitor, &seen),
        caching::look(&visitor, &seen, &headers),
    ];
    findings.extend(arrival::clock(&headers, now()));
    findings.extend(arrival::policy(&headers));
    findings
}
