use crate::blog::Word;
use crate::text::{Colour, language_tag, single_line, unix_lines};
use chrono_tz::Tz;

/// The settings there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The name of the blog.
    Title,
    /// What it is about, in a line.
    Tagline,
    /// A BCP 47 tag.
    Language,
    /// An IANA name.
    Timezone,
    /// See [`Registration`].
    Registration,
    /// 1 to 100.
    PostsPerPage,
    /// See [`Theme`].
    Theme,
    /// The colour of links, as `#17596a`; empty: the built-in one.
    Accent,
    /// A style sheet.
    CustomCss,
    /// Markdown.
    Header,
    /// Markdown.
    Footer,
    /// Addresses of the author elsewhere, one a line.
    Profiles,
    /// See [`ListStyle`].
    ListStyle,
    /// The slug of a page; empty: the list of posts.
    Home,
    /// See [`AiCrawlers`].
    AiCrawlers,
    /// See [`Backups`].
    Backups,
}

impl Word for Key {
    const ALL: &'static [(Key, &'static str)] = &[
        (Key::Title, "title"),
        (Key::Tagline, "tagline"),
        (Key::Language, "language"),
        (Key::Timezone, "timezone"),
        (Key::Registration, "registration"),
        (Key::PostsPerPage, "posts_per_page"),
        (Key::Theme, "theme"),
        (Key::Accent, "accent"),
        (Key::CustomCss, "custom_css"),
        (Key::Header, "header"),
        (Key::Footer, "footer"),
        (Key::Profiles, "profiles"),
        (Key::ListStyle, "list_style"),
        (Key::Home, "home"),
        (Key::AiCrawlers, "ai_crawlers"),
        (Key::Backups, "backups"),
    ];
}

impl Key {
    /// The value while nobody has set one.
    pub fn default(self) -> &'static str {
        match self {
            Key::Title => "My Blog",
            Key::Language => "en",
            Key::Timezone => "UTC",
            Key::Registration => Registration::Closed.word(),
            Key::PostsPerPage => "10",
            Key::Theme => Theme::Auto.word(),
            Key::AiCrawlers => AiCrawlers::Allow.word(),
            Key::Backups => Backups::Off.word(),
            Key::ListStyle => ListStyle::Summaries.word(),
            Key::Tagline
            | Key::Accent
            | Key::CustomCss
            | Key::Header
            | Key::Footer
            | Key::Profiles
            | Key::Home => "",
        }
    }

    /// The value to keep for what somebody entered, or what is wrong with it.
    pub fn parse(self, text: &str) -> Result<String, String> {
        let line = single_line(text);
        match self {
            Key::Title if line.is_empty() => Err("The blog needs a name.".to_owned()),
            Key::Title | Key::Tagline => limited(line, 200),
            Key::Language => language(line),
            Key::Timezone => zone(line),
            Key::Registration => word::<Registration>(line),
            Key::Theme => word::<Theme>(line),
            Key::AiCrawlers => word::<AiCrawlers>(line),
            Key::Backups => word::<Backups>(line),
            Key::PostsPerPage => match line.parse::<u32>() {
                Ok(1..=100) => Ok(line),
                _ => Err("Please enter a number from 1 to 100.".to_owned()),
            },
            Key::CustomCss | Key::Header | Key::Footer => limited(unix_lines(text), 100_000),
            Key::Accent => colour(line),
            Key::Profiles => profiles(text),
            Key::ListStyle => word::<ListStyle>(line),
            Key::Home => Ok(line.trim_start_matches('/').to_owned()),
        }
    }
}

fn limited(text: String, most: usize) -> Result<String, String> {
    match text.chars().count() <= most {
        true => Ok(text),
        false => Err(format!("This has at most {most} characters.")),
    }
}

fn word<W: Word>(text: String) -> Result<String, String> {
    W::from_word(&text).map(|_| text).ok_or_else(|| format!("Please choose {}.", W::words()))
}

fn colour(text: String) -> Result<String, String> {
    match text.is_empty() || Colour::parse(&text).is_some() {
        true => Ok(text),
        false => {
            Err("Please enter a colour as in #17596a, or nothing for the built-in one.".to_owned())
        }
    }
}

/// One address a line; empty lines go.
fn profiles(text: &str) -> Result<String, String> {
    let lines: Vec<_> = text.lines().map(single_line).filter(|line| !line.is_empty()).collect();
    let is_address = |line: &String| {
        let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"));
        rest.is_some_and(|rest| !rest.is_empty() && !line.contains(char::is_whitespace))
    };
    match lines.iter().find(|line| !is_address(line)) {
        Some(line) => Err(format!("“{line}” is no address that begins with https://.")),
        None if lines.len() > 20 => Err("Please enter at most 20 addresses.".to_owned()),
        None => limited(lines.join("\n"), 5_000),
    }
}

fn zone(text: String) -> Result<String, String> {
    let known = text.parse::<Tz>();
    known
        .map(|zone| zone.name().to_owned())
        .map_err(|_| "Please enter the name of a time zone, as in Europe/Berlin.".to_owned())
}

fn language(text: String) -> Result<String, String> {
    match language_tag(&text) {
        Some(_) => Ok(text),
        None => Err("Please enter a language tag, as in en, de or pt-BR.".to_owned()),
    }
}

/// Who may make an account once there is an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Nobody without an invitation; strangers read that it is closed.
    Closed,
    /// Nobody without an invitation; strangers read how to get one.
    Invite,
    /// Everybody.
    Open,
}

impl Word for Registration {
    const ALL: &'static [(Registration, &'static str)] = &[
        (Registration::Closed, "closed"),
        (Registration::Invite, "invite"),
        (Registration::Open, "open"),
    ];
}

/// Whether the pages are light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the visitor's system is.
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Word for Theme {
    const ALL: &'static [(Theme, &'static str)] =
        &[(Theme::Auto, "auto"), (Theme::Light, "light"), (Theme::Dark, "dark")];
}

/// What a list shows of each post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    /// Its summary, or the beginning of its text.
    Summaries,
    /// All of it.
    Full,
}

impl Word for ListStyle {
    const ALL: &'static [(ListStyle, &'static str)] =
        &[(ListStyle::Summaries, "summaries"), (ListStyle::Full, "full")];
}

/// What crawlers that collect texts for training are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AiCrawlers {
    /// They may read what everybody may.
    Allow,
    /// They are asked to stay away.
    Disallow,
}

impl Word for AiCrawlers {
    const ALL: &'static [(AiCrawlers, &'static str)] =
        &[(AiCrawlers::Allow, "allow"), (AiCrawlers::Disallow, "disallow")];
}

/// Whether backups are made without being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backups {
    /// Only when somebody asks.
    Off,
    /// Every night.
    Nightly,
}

impl Word for Backups {
    const ALL: &'static [(Backups, &'static str)] =
        &[(Backups::Off, "off"), (Backups::Nightly, "nightly")];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_value_that_may_be_set() {
        for (key, word) in Key::ALL {
            assert_eq!(key.parse(key.default()).as_deref(), Ok(key.default()), "{word}");
        }
    }

    #[test]
    fn a_value_that_will_not_do_is_refused_with_a_hint() {
        assert!(Key::Timezone.parse("Mars/Olympus").unwrap_err().contains("Europe/Berlin"));
        assert!(Key::Language.parse("en\" onload").is_err());
        assert!(Key::PostsPerPage.parse("0").is_err());
        assert!(Key::Registration.parse("maybe").unwrap_err().contains("closed, invite or open"));
        assert!(Key::Title.parse("  ").is_err());
    }
}
