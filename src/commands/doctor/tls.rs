//! The certificate, where the blog speaks HTTPS by itself.

use super::finding::Finding;
use crate::edge::tls::Pair;
use crate::settings::{Certificate, Files, Settings};
use chrono::DateTime;
use std::fs;
use std::path::Path;

const DAY: i64 = 24 * 60 * 60;
/// Whoever renews certificates has done so by then.
const SOON: i64 = 14 * DAY;

/// Looks at the files of the certificate, if there are any. One that an authority hands out is kept in the database, and
/// `--url` shows whether browsers take it.
pub fn look(settings: &Settings, now: i64) -> Option<Finding> {
    let Some(Certificate::Files(files)) = &settings.certificate else { return None };
    Some(match read(files) {
        Ok(pair) => lasting(&pair, files, now),
        Err(finding) => finding,
    })
}

fn read(files: &Files) -> Result<Pair, Finding> {
    let bytes = |path: &Path| {
        let unread =
            |error| Finding::problem(format!("{} cannot be read: {error}.", path.display()));
        fs::read(path).map_err(unread)
    };
    let (certificate, key) = (bytes(&files.certificate)?, bytes(&files.key)?);
    Pair::from_pem(&certificate, &key).map_err(|error| {
        let (certificate, key) = (files.certificate.display(), files.key.display());
        Finding::problem(format!(
            "The certificate {certificate} with the key {key} is of no use: {error}."
        ))
    })
}

fn lasting(pair: &Pair, files: &Files, now: i64) -> Finding {
    let path = files.certificate.display();
    match pair.valid_until - now {
        ..0 => Finding::problem(format!(
            "The certificate {path} has ended, and browsers refuse it: renew it."
        )),
        0..SOON => Finding::problem(format!(
            "The certificate {path} ends on {}: renew it, and see why nothing did.",
            day(pair.valid_until)
        )),
        _ if pair.valid_from > now => Finding::problem(format!(
            "The certificate {path} is not valid yet; is the clock right?"
        )),
        _ => {
            Finding::ok(format!("The certificate {path} is good until {}.", day(pair.valid_until)))
        }
    }
}

fn day(moment: i64) -> String {
    let moment = DateTime::from_timestamp(moment, 0).unwrap_or_default();
    moment.format("%-d %B %Y").to_string()
}
