//! The blog, asked from outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod account;
mod accounts;
mod admin;
mod auth;
mod caching;
mod checking;
mod covers;
mod errors;
mod feeds;
mod history;
mod house_rules;
mod import;
mod invites;
mod languages;
mod lists;
mod markdown;
mod media;
mod never_lost;
mod own_pages;
mod posts;
mod reading;
mod recovery;
mod routing_table;
mod saving;
mod search;
mod series;
mod settings;
mod sharing;
mod site;
mod slugs;
mod support;
mod tags;
mod throttle;
mod users;
mod visibility;
