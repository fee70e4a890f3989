//! The texts of the pages in the languages that they are there in (Fluent, <https://projectfluent.org>). What a language
//! has no words for is said in English.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use rocket_dyn_templates::tera::{self, Value};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");
static BUNDLES: LazyLock<BTreeMap<&'static str, Bundle>> = LazyLock::new(bundles);
/// What the program says in English, and the name of each sentence.
static SAID: LazyLock<HashMap<String, String>> = LazyLock::new(said_in_english);

type Bundle = FluentBundle<FluentResource>;

const ENGLISH: &str = "en";
/// The names of sentences that the program says by itself begin so.
const SAID_BY_PROGRAM: &str = "said-";

/// The text called `key` in `language`, a BCP 47 tag; `None` where not even English has it.
pub fn text(language: &str, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundles = [bundle(language), BUNDLES.get(ENGLISH)];
    bundles.into_iter().flatten().find_map(|bundle| {
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    })
}

/// A sentence of the program's in `language`; as it is where nobody has put it into another language.
pub fn said<'s>(language: &str, sentence: &'s str) -> std::borrow::Cow<'s, str> {
    let text = SAID.get(sentence).and_then(|key| text(language, key, &FluentArgs::new()));
    text.map_or(sentence.into(), Into::into)
}

/// The text called `key`, which has no blanks, for programs.
pub fn in_english(key: &str) -> String {
    text(ENGLISH, key, &FluentArgs::new()).unwrap_or_default()
}

/// `t(l=lang, k="older-posts")`: a text in the language of the page. Further arguments are its blanks.
pub struct Texts;

impl tera::Function for Texts {
    fn call(&self, args: &HashMap<String, Value>) -> tera::Result<Value> {
        let word = |name: &str| args.get(name).and_then(Value::as_str).unwrap_or_default();
        let blanks = args.iter().filter(|(name, _)| *name != "l" && *name != "k");
        let blanks = blanks.map(|(name, value)| (name.as_str(), blank(value))).collect();
        match text(word("l"), word("k"), &blanks) {
            Some(text) => Ok(Value::String(text)),
            None => Err(format!("there is no text {:?} with these blanks", word("k")).into()),
        }
    }
}

fn blank(value: &Value) -> FluentValue<'_> {
    match value {
        Value::String(text) => text.as_str().into(),
        Value::Number(number) => number.as_f64().unwrap_or_default().into(),
        other => other.to_string().into(),
    }
}

fn bundle(language: &str) -> Option<&'static Bundle> {
    let language = language.to_ascii_lowercase();
    let general = language.split('-').next().unwrap_or_default();
    BUNDLES.get(language.as_str()).or_else(|| BUNDLES.get(general))
}

fn bundles() -> BTreeMap<&'static str, Bundle> {
    FILES
        .files()
        .filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
        .map(read)
        .collect()
}

fn read((language, source): (&'static str, &str)) -> (&'static str, Bundle) {
    let id: LanguageIdentifier = language.parse().unwrap_or_default();
    let is_rtl = crate::text::direction(language, "") == "rtl";
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // A name in other letters must not turn the sentence around it about.
    bundle.set_use_isolating(is_rtl);
    // A test sees to it that every file can be read whole.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(part, _)| part);
    bundle.add_resource_overriding(resource);
    (language, bundle)
}

fn said_in_english() -> HashMap<String, String> {
    let source = FILES.get_file("en.ftl").and_then(|file| file.contents_utf8()).unwrap_or_default();
    let lines = source.lines().filter(|line| line.starts_with(SAID_BY_PROGRAM));
    lines
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, text)| (text.to_owned(), key.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use walkdir::WalkDir;

    /// The names of the texts in a file, with the blanks of each.
    fn keys(language: &str) -> BTreeMap<String, BTreeSet<String>> {
        let source = FILES.get_file(format!("{language}.ftl")).unwrap().contents_utf8().unwrap();
        let mut keys = BTreeMap::new();
        let mut last = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                last = key.to_owned();
            }
            let blanks: &mut BTreeSet<String> = keys.entry(last.clone()).or_default();
            let named = line.split("{ $").skip(1);
            blanks.extend(named.map(|rest| rest.split([' ', '}']).next().unwrap().to_owned()));
        }
        keys.remove("");
        keys
    }

    fn sources(folder: &str) -> String {
        let files = WalkDir::new(folder)
            .into_iter()
            .map(Result::unwrap)
            .filter(|file| file.file_type().is_file());
        files.map(|file| std::fs::read_to_string(file.path()).unwrap()).collect()
    }

    #[test]
    fn every_language_has_every_text_with_the_same_blanks() {
        let english = keys(ENGLISH);
        for language in ["de", "fr", "es", "zh", "ar"] {
            let texts = keys(language);
            let missing: Vec<_> = english.keys().filter(|key| !texts.contains_key(*key)).collect();
            assert_eq!(missing, [] as [&String; 0], "{language} falls back to English here");
            for (key, blanks) in &texts {
                let known =
                    english.get(key).unwrap_or_else(|| panic!("{language} alone has {key}"));
                // The number of a month may stand for its name.
                let mut known = known.clone();
                if key.starts_with("date-") {
                    known.extend(["number".to_owned()]);
                }
                assert!(blanks.is_subset(&known), "{language}: {key} has {blanks:?}");
            }
        }
    }

    #[test]
    fn every_file_can_be_read_whole() {
        for file in FILES.files() {
            let source = file.contents_utf8().unwrap().to_owned();
            assert!(FluentResource::try_new(source).is_ok(), "{}", file.path().display());
        }
    }

    #[test]
    fn every_text_is_used_and_every_one_that_is_used_is_there() {
        let (templates, program) = (sources("templates"), sources("src"));
        for key in keys(ENGLISH).keys() {
            let is_made = ["month-", "date-", "error-"].iter().any(|start| key.starts_with(start));
            assert!(
                is_made
                    || key.starts_with(SAID_BY_PROGRAM)
                    || templates.contains(&format!("k=\"{key}\"")),
                "nobody says {key}"
            );
        }
        for sentence in SAID.keys() {
            assert!(program.contains(&format!("\"{sentence}\"")), "nobody says {sentence}");
        }
        for key in templates.split(" k=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(keys(ENGLISH).contains_key(key) || key.ends_with('-'), "{key} is missing");
        }
    }

    #[test]
    fn a_language_is_known_by_its_tag_or_by_the_beginning_of_it() {
        let older = |language| text(language, "older-posts", &FluentArgs::new()).unwrap();
        assert_eq!(older("de-AT"), "Ältere Beiträge");
        assert_eq!(older("zh-Hant-TW"), older("zh"));
        assert_eq!(older("tlh"), "Older posts");
    }

    #[test]
    fn plurals_are_as_the_language_has_them() {
        let minutes = |language, n: i64| {
            text(language, "minutes-to-read", &FluentArgs::from_iter([("minutes", n)])).unwrap()
        };
        assert_eq!(minutes("en", 1), "One minute to read");
        assert_eq!(minutes("ar", 2), "دقيقتان للقراءة");
        assert!(minutes("ar", 5).contains("دقائق") && minutes("ar", 11).contains("دقيقة"));
    }

    #[test]
    fn a_sentence_of_the_program_is_found_by_its_english_words() {
        assert_eq!(
            said("fr", "A password has at least 8 characters."),
            "Un mot de passe a au moins 8 caractères."
        );
        assert_eq!(said("fr", "Something new."), "Something new.");
    }
}
