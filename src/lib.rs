//! Monograph: a blog in one executable and one file.
//!
//! The source is a house whose floors only look down; `docs/ARCHITECTURE.md` shows it.

pub mod app;
pub mod blog;
pub mod commands;
pub mod db;
pub mod edge;
pub mod files;
pub mod jobs;
pub mod logging;
pub mod mirror;
pub mod routes;
pub mod settings;
pub mod text;
pub mod transfer;
pub mod web;
