//! The places a visitor can go.

mod account;
mod accounts;
mod admin;
mod archive;
mod auth;
mod authors;
mod invites;
mod media;
mod posts;
mod recovery;
mod search;
mod series;
mod settings;
mod site;
mod tags;
mod users;

pub use settings::Previews;

/// Every place there is.
pub fn all() -> Vec<rocket::Route> {
    [
        site::routes(),
        posts::routes(),
        media::routes(),
        tags::routes(),
        archive::routes(),
        search::routes(),
        authors::routes(),
        series::routes(),
        users::routes(),
        auth::routes(),
        recovery::routes(),
        account::routes(),
        admin::routes(),
        settings::routes(),
        accounts::routes(),
        invites::routes(),
    ]
    .concat()
}
