//! The templates, carried in the program; a theme's own override them by name and reload while it runs.

use super::assets::Assets;
use super::dates::date;
use super::languages::{self, Texts};
use super::theme;
use include_dir::{Dir, include_dir};
use rocket::fairing::Fairing;
use rocket_dyn_templates::tera::{self, Tera, Value};
use rocket_dyn_templates::{Engines, Template};
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Name to source. A name keeps its ending (`posts/show.html`): Tera escapes by it.
pub type Sources = BTreeMap<String, String>;

/// Draws the built-in templates, and those of the `theme` in their place.
pub fn stage(theme: Option<PathBuf>, assets: Arc<Assets>) -> impl Fairing {
    let theme = theme.map(|theme| theme.join("templates"));
    Template::try_custom(move |engines| load(engines, theme.as_deref(), &assets))
}

/// The directory to watch for changes. `rocket_dyn_templates` insists on a path that exists and would itself read
/// only files that end in `.tera`; without a theme any file serves, and the program itself is one.
pub fn watched(theme: Option<&Path>) -> io::Result<PathBuf> {
    if let Some(theme) = theme.filter(|theme| !theme.is_dir()) {
        let message = format!("there is no theme at {}", theme.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    match theme.map(|theme| theme.join("templates")).filter(|dir| dir.is_dir()) {
        Some(dir) => Ok(dir),
        None => std::env::current_exe(),
    }
}

fn load(
    engines: &mut Engines,
    theme: Option<&Path>,
    assets: &Arc<Assets>,
) -> Result<(), Box<dyn Error>> {
    let mut sources = Sources::new();
    built_in(&BUILT_IN, &mut sources);
    if let Some(theme) = theme.filter(|theme| theme.is_dir()) {
        sources = theme::dressed(&sources, from_disk(theme)?);
    }
    equip(&mut engines.tera, assets.clone());
    // All at once: inheritance is checked after the last one is in.
    engines.tera.add_raw_templates(&sources).map_err(|error| chain(&error))?;
    Ok(())
}

fn built_in(dir: &Dir<'static>, sources: &mut Sources) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        sources.insert(name, file.contents_utf8().unwrap_or_default().to_owned());
    }
    dir.dirs().for_each(|dir| built_in(dir, sources));
}

fn from_disk(theme: &Path) -> Result<Sources, Box<dyn Error>> {
    let mut sources = Sources::new();
    for entry in WalkDir::new(theme) {
        let entry = entry?;
        let path = entry.path();
        if path.extension().is_some_and(|end| end == "html" || end == "xml" || end == "txt") {
            let name = path.strip_prefix(theme)?.to_string_lossy().replace('\\', "/");
            sources.insert(name, std::fs::read_to_string(path)?);
        }
    }
    Ok(sources)
}

fn equip(tera: &mut Tera, assets: Arc<Assets>) {
    tera.autoescape_on(vec![".html", ".xml"]);
    // A slash needs no escape in text or in a quoted attribute, and addresses stay readable.
    tera.set_escape_fn(|text| tera::escape_html(text).replace("&#x2F;", "/"));
    tera.register_function("asset", AssetUrl(assets));
    // Tera's own reads the environment of the process, where secrets may be.
    tera.register_function("get_env", |_: &HashMap<String, Value>| {
        Err("get_env is switched off".into())
    });
    tera.register_function("linked_data", LinkedData);
    tera.register_function("t", Texts);
    tera.register_filter("said", said);
    tera.register_filter("date", date);
}

/// `asset(path="site.css")`: the address of a static file.
struct AssetUrl(Arc<Assets>);

impl tera::Function for AssetUrl {
    fn call(&self, args: &HashMap<String, Value>) -> tera::Result<Value> {
        let path = args.get("path").and_then(Value::as_str).unwrap_or_default();
        self.0
            .url(path)
            .map(Value::String)
            .ok_or_else(|| format!("there is no static file {path}").into())
    }

    /// Made of hexadecimal digits and a name of ours.
    fn is_safe(&self) -> bool {
        true
    }
}

/// `linked_data(of=…)`: JSON that ends no script element (HTML, 4.12.1.3).
struct LinkedData;

impl tera::Function for LinkedData {
    fn call(&self, args: &HashMap<String, Value>) -> tera::Result<Value> {
        let json = args.get("of").and_then(Value::as_str).unwrap_or_default();
        let escaped = json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
        Ok(Value::String(escaped))
    }

    /// What could end the element is escaped in the way of JSON.
    fn is_safe(&self) -> bool {
        true
    }
}

/// `sentence | said(l=lang)`: what the program says, in the language of the page.
fn said(value: &Value, args: &HashMap<String, Value>) -> tera::Result<Value> {
    let language = args.get("l").and_then(Value::as_str).unwrap_or_default();
    let sentence = value.as_str().unwrap_or_default();
    Ok(Value::String(languages::said(language, sentence).into_owned()))
}

/// An error with its causes, which hold the line and column.
pub fn chain(error: &dyn Error) -> String {
    let (mut message, mut cause) = (error.to_string(), error.source());
    while let Some(error) = cause {
        message += &format!(": {error}");
        cause = error.source();
    }
    message
}
