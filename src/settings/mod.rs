//! What the operator may set, and where it comes from.

mod edge;
mod https;
mod listed;
mod listen;
mod loopback;
mod proxies;
mod span;

pub use edge::Edge;
pub use https::{Acme, Certificate, Files};
pub use listen::{Listen, Places};
pub use loopback::Loopback;
pub use proxies::Proxies;
pub use span::Span;

use listed::Listed;

use crate::db;
use rocket::data::{ByteUnit, Limits, ToByteUnit};
use rocket::figment::providers::{Env, Format, Serialized, Toml};
use rocket::figment::{self, Figment, Profile};
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// Everything the operator may set. Each is a flag or `ROCKET_NAME` in the environment or `name` in `Rocket.toml`;
/// Rocket's own settings (`workers`, `limits`, `secret_key` …) work as in any Rocket application.
#[derive(Debug, Clone, Deserialize)]
pub struct Settings {
    /// The one file everything is kept in.
    pub database: PathBuf,
    /// The address to listen on.
    pub address: IpAddr,
    /// The port to listen on; 0 lets the system choose.
    pub port: u16,
    /// Further places to listen at.
    #[serde(default)]
    pub listen: Places,
    /// Where visitors find the blog, when that is not the address listened on: `https://blog.example`.
    pub base_url: Option<BaseUrl>,
    /// The cost of hashing a password, as bcrypt counts it: each step doubles the work.
    pub bcrypt_cost: u32,
    /// The most bytes of one file that is uploaded.
    pub upload_limit: ByteUnit,
    /// `text` or `json`.
    pub log_format: LogFormat,
    /// A directory whose `templates/` and `static/` override the built-in ones file by file.
    pub theme: Option<PathBuf>,
    /// The header in which a trusted proxy names the client's address; `false` when there is none.
    ip_header: IpHeader,
    /// The proxies whose word on a client counts; with `ip_header` alone those on this machine.
    trusted_proxies: Option<Proxies>,
    /// What stands before the blog itself.
    #[serde(skip)]
    pub edge: Edge,
    /// The certificate with which the blog speaks HTTPS; none where it does not, or a proxy does it.
    #[serde(skip)]
    pub certificate: Option<Certificate>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum IpHeader {
    Switch(bool),
    Name(String),
}

/// How lines of log look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line a person reads.
    Text,
    /// An object a program reads.
    Json,
}

/// A scheme and an authority, without a path: `https://blog.example`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BaseUrl(String);

/// What the command line says; what it leaves out is decided elsewhere.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Flags {
    /// See [`Settings::database`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<PathBuf>,
    /// See [`Settings::address`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    /// See [`Settings::port`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// See [`Settings::base_url`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// See [`Files::certificate`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_certificate: Option<PathBuf>,
    /// See [`Files::key`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_key: Option<PathBuf>,
    /// See [`Acme::contact`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acme: Option<String>,
    /// See [`Settings::log_format`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_format: Option<LogFormat>,
    /// See [`Settings::theme`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<PathBuf>,
}

/// Every source in its order: built-in default, `Rocket.toml` in the working directory, environment, command line.
pub fn figment(flags: &Flags) -> Figment {
    let profile = Profile::from_env_or("ROCKET_PROFILE", rocket::Config::DEFAULT_PROFILE);
    let defaults = Figment::from(rocket::Config::default())
        .merge(Serialized::default("address", Ipv4Addr::LOCALHOST))
        .merge(Serialized::default("port", 8000))
        .merge(Serialized::default("database", "monograph.db"))
        .merge(Serialized::default("bcrypt_cost", 12))
        .merge(Serialized::default("upload_limit", 50.megabytes()))
        .merge(Serialized::default("log_format", LogFormat::Text))
        .merge(Serialized::default("ip_header", false))
        .merge(Serialized::default("limits", limits()))
        .merge(Serialized::defaults(Edge::default()))
        .merge(Serialized::default("shutdown.grace", 5))
        .merge(Serialized::default("ident", false))
        .merge(Serialized::default("cli_colors", false));
    // Not Rocket's own search, which also looks in the folders above.
    let file = match Path::new("Rocket.toml").is_file() {
        true => defaults.merge(Toml::file_exact("Rocket.toml").nested()),
        false => defaults,
    };
    file.merge(Env::prefixed("ROCKET_").ignore(&["PROFILE"]).global())
        .merge(Serialized::globals(flags))
        .select(profile)
}

/// Room for 2 MiB of text in which every byte takes three to send, so that what is too long comes back with a reason
/// instead of being cut off at the door.
fn limits() -> Limits {
    Limits::default().limit("form", 8.mebibytes()).limit("data-form", 8.mebibytes())
}

/// The same without line ends and without the picture that TOML draws of a mistake.
pub fn in_one_line(message: &str) -> String {
    let is_picture = |line: &&str| {
        line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').starts_with('|')
    };
    message.lines().filter(|line| !is_picture(line)).map(str::trim).collect::<Vec<_>>().join(" ")
}

impl Settings {
    /// Reads the settings out of `figment`, or says in one sentence which one is wrong.
    pub fn extract(figment: &Figment) -> Result<Settings, String> {
        let said = |error: figment::Error| in_one_line(&error.to_string());
        let edge = figment.extract().map_err(said)?;
        let settings: Settings = Settings { edge, ..figment.extract().map_err(said)? };
        let certificate = Certificate::extract(figment, settings.base_url.as_ref())?;
        let database = db::behind_links(&settings.database);
        let settings = Settings { certificate, database, ..settings };
        match settings.bcrypt_cost {
            4..=31 => Ok(settings),
            other => Err(format!("bcrypt_cost is {other}; it must be from 4 to 31")),
        }
    }

    /// Where visitors find the blog: `base_url`, else the address listened on.
    pub fn public_url(&self) -> BaseUrl {
        let reachable = match self.address.is_unspecified() {
            true => IpAddr::from(Ipv4Addr::LOCALHOST),
            false => self.address,
        };
        let listening = SocketAddr::new(reachable, self.port);
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        self.base_url.clone().unwrap_or_else(|| BaseUrl(format!("{scheme}://{listening}")))
    }

    /// Whether visitors come over HTTPS.
    pub fn is_https(&self) -> bool {
        self.certificate.is_some()
            || self.base_url.as_ref().is_some_and(|url| url.0.starts_with("https://"))
    }

    /// Whether a proxy in front is trusted to name the client's address.
    pub fn trusts_a_proxy(&self) -> bool {
        !self.proxies().is_empty()
    }

    /// The proxies that are trusted.
    pub fn proxies(&self) -> Proxies {
        let here = || self.ip_header().map(|_| Proxies::here());
        self.trusted_proxies.clone().or_else(here).unwrap_or_default()
    }

    /// The header in which they name the client's address, where it is not one of the usual.
    pub fn ip_header(&self) -> Option<&str> {
        match &self.ip_header {
            IpHeader::Switch(true) => Some("X-Real-IP"),
            IpHeader::Switch(false) => None,
            IpHeader::Name(name) => Some(name.as_str()).filter(|name| !name.is_empty()),
        }
    }
}

impl BaseUrl {
    /// The address without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = &'static str;

    fn try_from(text: String) -> Result<BaseUrl, Self::Error> {
        let url = text.trim_end_matches('/').to_ascii_lowercase();
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let allowed = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        match host {
            Some(host) if !host.is_empty() && host.chars().all(allowed) => Ok(BaseUrl(url)),
            _ => Err("base_url must be a scheme and a host, as in https://blog.example"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base_url(text: &str) -> Result<BaseUrl, &'static str> {
        BaseUrl::try_from(text.to_owned())
    }

    #[test]
    fn a_base_url_is_a_scheme_and_a_host() {
        assert_eq!(base_url("https://Blog.Example/").unwrap().as_str(), "https://blog.example");
        assert_eq!(base_url("http://[::1]:8000").unwrap().as_str(), "http://[::1]:8000");
        assert!(base_url("blog.example").is_err());
        assert!(base_url("https://blog.example/path").is_err());
        assert!(base_url("javascript://x\"y").is_err());
    }

    #[test]
    fn a_file_may_have_fifty_megabytes_unless_the_operator_says_otherwise() {
        let limit = |figment: &Figment| Settings::extract(figment).unwrap().upload_limit;
        let default = figment(&Flags::default());
        assert_eq!(limit(&default), 50.megabytes());
        assert_eq!(
            limit(&default.merge(Serialized::global("upload_limit", "200 MB"))),
            200.megabytes()
        );
    }

    #[test]
    fn a_flag_beats_the_built_in_default() {
        let flags = Flags { port: Some(9999), ..Flags::default() };
        let settings = Settings::extract(&figment(&flags)).unwrap();
        assert_eq!((settings.port, settings.bcrypt_cost), (9999, 12));
    }
}
