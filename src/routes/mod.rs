//! The places a visitor can go.

mod account;
mod accounts;
mod admin;
mod archive;
mod auth;
mod authors;
mod backups;
mod checkup;
mod covers;
mod feeds;
mod imports;
mod invites;
mod media;
mod posts;
mod recovery;
mod search;
mod series;
mod settings;
mod site;
mod sitemap;
mod tags;
mod users;

pub use imports::Imports;
pub use settings::Previews;

/// Every place there is.
pub fn all() -> Vec<rocket::Route> {
    [
        site::routes(),
        checkup::routes(),
        sitemap::routes(),
        posts::routes(),
        media::routes(),
        tags::routes(),
        archive::routes(),
        feeds::routes(),
        search::routes(),
        authors::routes(),
        covers::routes(),
        series::routes(),
        users::routes(),
        auth::routes(),
        recovery::routes(),
        account::routes(),
        admin::routes(),
        settings::routes(),
        accounts::routes(),
        invites::routes(),
        imports::routes(),
        backups::routes(),
    ]
    .concat()
}
