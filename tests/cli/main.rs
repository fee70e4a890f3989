//! The built program, as somebody at a terminal and a visitor with a browser meet it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod backup;
mod blog;
mod check;
mod damage;
mod database;
mod doctor;
mod edge;
mod export;
mod import;
mod lasting;
mod nginx;
mod operator;
mod restore;
mod running;
mod serve;
mod settings;
mod support;
mod theme;
mod upgrade;
mod usage;
mod user;
