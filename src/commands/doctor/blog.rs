//! The blog in the file: its settings, its backups, its links.

use super::finding::Finding;
use crate::blog::backup::Folder;
use crate::blog::post::About;
use crate::blog::{Error, Post, Registration, Result, Site, User};
use crate::settings::Settings;
use rusqlite::Connection;

const DAY: i64 = 24 * 60 * 60;
/// A backup older than this is old.
const OLD: i64 = 8 * DAY;
/// So many broken links are named.
const NAMED: u32 = 5;

/// Looks at everything the blog says of itself.
pub fn look(conn: &Connection, settings: &Settings, now: i64) -> Vec<Finding> {
    let looks: [(&str, Result<Vec<Finding>>); 5] = [
        ("clock", written_later(conn, now)),
        ("accounts", accounts(conn)),
        ("address", Site::last_url(conn).map(|url| address(settings, url.as_deref()))),
        ("backups", backups(settings, now)),
        ("links", links(conn, now)),
    ];
    let told =
        looks.into_iter().map(|(what, found)| found.unwrap_or_else(|error| unseen(what, &error)));
    told.flatten().collect()
}

fn unseen(what: &str, error: &Error) -> Vec<Finding> {
    vec![Finding::problem(format!("The {what} cannot be looked at: {error}."))]
}

/// A clock that went back is seen from what was written before.
fn written_later(conn: &Connection, now: i64) -> Result<Vec<Finding>> {
    let last = Post::last_saved(conn)?;
    Ok(last.filter(|last| *last > now + 60).map(late).into_iter().collect())
}

fn late(last: i64) -> Finding {
    let shown = chrono::DateTime::from_timestamp(last, 0).unwrap_or_default();
    Finding::problem(format!(
        "The clock is behind: something was written at {shown}, which it says is to come. Set it, as with \
         `timedatectl set-ntp true`."
    ))
}

fn accounts(conn: &Connection) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    if !User::any(conn)? {
        findings.push(Finding::note(
            "There is no account yet: `monograph user add NAME` makes the first, which is the owner.",
        ));
    } else if User::first_owner(conn)?.is_none() {
        findings.push(Finding::problem(
            "Nobody is the owner of this blog: `monograph user role NAME owner` makes somebody it.",
        ));
    }
    if Site::load(conn)?.registration == Registration::Open {
        findings.push(Finding::note(
            "Everybody may make an account; `monograph settings set registration closed` ends that.",
        ));
    }
    Ok(findings)
}

/// Where the blog was served last counts: whoever asks may not have the environment of the service.
fn address(settings: &Settings, served: Option<&str>) -> Vec<Finding> {
    let configured = settings.base_url.as_ref().map(|url| url.as_str());
    let mut findings = vec![match configured.or(served) {
        None => Finding::note("The blog has not been served yet."),
        Some(url) if url.starts_with("https://") => {
            Finding::ok(format!("Visitors find the blog at {url}."))
        }
        Some(url) if is_at_this_machine(url) => Finding::note(format!(
            "The blog was last served at {url}, which leads nobody here but this machine. Where it has an address, say so: \
             `ROCKET_BASE_URL=https://blog.example`."
        )),
        Some(url) => Finding::problem(format!(
            "The blog was last served at {url}: passwords and cookies can be read on the way. Put HTTPS in front, then \
             `ROCKET_BASE_URL=https://…`."
        )),
    }];
    if settings.bcrypt_cost < 10 {
        findings.push(Finding::problem(format!(
            "`bcrypt_cost` is {}: passwords are guessed quickly from a stolen file. Leave it out for 12.",
            settings.bcrypt_cost
        )));
    }
    findings
}

fn is_at_this_machine(url: &str) -> bool {
    ["http://127.", "http://localhost", "http://[::1]"].iter().any(|here| url.starts_with(here))
}

fn backups(settings: &Settings, now: i64) -> Result<Vec<Finding>> {
    let all = Folder::beside(&settings.database).all()?;
    let how = "`monograph backup` makes one while the blog serves";
    Ok(vec![match all.first().map(|last| now - last.name.made_at) {
        None => Finding::note(format!("There is no backup beside the database; {how}.")),
        Some(age @ OLD..) => Finding::problem(format!(
            "The last backup beside the database is {} days old; {how}.",
            age / DAY
        )),
        Some(age) => Finding::ok(format!("The last backup is {} hours old.", age.max(0) / 3600)),
    }])
}

fn links(conn: &Connection, now: i64) -> Result<Vec<Finding>> {
    let broken = Post::broken(conn, NAMED, now)?;
    let told = broken.into_iter().filter_map(|matter| match matter.about {
        About::Broken { path } => Some(Finding::note(format!(
            "“{}” leads to {path}, where nothing is; its author sees it on the dashboard.",
            matter.title
        ))),
        _ => None,
    });
    let mut told: Vec<_> = told.collect();
    if told.is_empty() {
        told.push(Finding::ok("Every link from post to post leads somewhere."));
    }
    Ok(told)
}
