//! The static files, carried in the program and kept by browsers for good.

use super::cache;
use include_dir::{Dir, DirEntry, include_dir};
use rocket::http::{ContentType, Header, Status};
use rocket::response::{Responder, Response};
use rocket::{Request, Route, State, get, routes};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Each made of all the files in its folder, in the order of their names: what readers load, and what only those who
/// write load after it.
const STYLE_SHEETS: [(&str, &str); 2] = [("writing.css", "css/writing/"), ("site.css", "css/")];

/// Modules import each other by name (`./keep.js`), so they share one digest, made of all of them.
const MODULES: &str = "js/";

/// The static files of the site: the built-in ones, and those of a theme in their place.
pub struct Assets {
    files: BTreeMap<String, Asset>,
    /// While a theme is made, its files are read anew for every request.
    theme: Option<PathBuf>,
}

/// A static file as it is sent.
#[derive(Clone)]
pub struct Asset {
    bytes: Arc<[u8]>,
    digest: String,
    kind: ContentType,
}

impl Assets {
    /// Reads the built-in files and those of `theme`.
    pub fn load(theme: Option<&Path>) -> Assets {
        let theme = theme.map(|theme| theme.join("static")).filter(|dir| dir.is_dir());
        Assets { files: read(theme.as_deref()), theme }
    }

    /// The address of a static file. It changes when the file does, so it can be kept for good.
    pub fn url(&self, path: &str) -> Option<String> {
        self.get(path).map(|asset| format!("/assets/{}/{path}", asset.digest))
    }

    fn get(&self, path: &str) -> Option<Asset> {
        match &self.theme {
            Some(theme) => read(Some(theme)).remove(path),
            None => self.files.get(path).cloned(),
        }
    }
}

fn read(theme: Option<&Path>) -> BTreeMap<String, Asset> {
    let mut sources = BTreeMap::new();
    built_in(&BUILT_IN, &mut sources);
    if let Some(theme) = theme {
        from_disk(theme, &mut sources);
    }
    for (name, folder) in STYLE_SHEETS {
        let css = sources.extract_if(.., |path, _| path.starts_with(folder));
        let css = css.flat_map(|(_, css)| css).collect();
        sources.insert(name.to_owned(), css);
    }
    let modules = sources.iter().filter(|(path, _)| path.starts_with(MODULES));
    let of_modules = digest(modules.map(|(_, source)| source));
    let asset = |(path, bytes): (String, Vec<u8>)| {
        let is_module = path.starts_with(MODULES);
        let digest = if is_module { of_modules.clone() } else { digest([&bytes]) };
        let asset = Asset { bytes: bytes.into(), digest, kind: kind(&path) };
        (path, asset)
    };
    sources.into_iter().map(asset).collect()
}

fn digest<'a>(sources: impl IntoIterator<Item = &'a Vec<u8>>) -> String {
    let mut digest = Sha256::new();
    sources.into_iter().for_each(|source| digest.update(source));
    digest.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn kind(path: &str) -> ContentType {
    let extension = Path::new(path).extension().and_then(|end| end.to_str()).unwrap_or_default();
    ContentType::from_extension(extension).unwrap_or(ContentType::Binary)
}

fn built_in(dir: &Dir<'static>, sources: &mut BTreeMap<String, Vec<u8>>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => built_in(dir, sources),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                sources.insert(path, file.contents().to_vec());
            }
        }
    }
}

fn from_disk(theme: &Path, sources: &mut BTreeMap<String, Vec<u8>>) {
    for entry in walkdir::WalkDir::new(theme).into_iter().filter_map(Result::ok) {
        let Ok(path) = entry.path().strip_prefix(theme) else { continue };
        if let Ok(bytes) = std::fs::read(entry.path()) {
            sources.insert(path.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
}

impl Asset {
    fn answer(self, request: &Request<'_>, cache_control: &'static str) -> Response<'static> {
        let tag = format!("\"{}\"", self.digest);
        let mut response = Response::new();
        if cache::matches(request, &tag) {
            response.set_status(Status::NotModified);
        } else {
            response.set_header(self.kind);
            response.set_sized_body(self.bytes.len(), Cursor::new(self.bytes));
        }
        response.set_header(Header::new("ETag", tag));
        response.set_header(Header::new("Cache-Control", cache_control));
        response
    }
}

/// A file whose address holds its digest.
struct Lasting(Asset);

impl<'r> Responder<'r, 'static> for Lasting {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        Ok(self.0.answer(request, "public, max-age=31536000, immutable"))
    }
}

/// A file at an address of its own, which may change.
struct Daily(Asset);

impl<'r> Responder<'r, 'static> for Daily {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        Ok(self.0.answer(request, "public, max-age=86400"))
    }
}

#[get("/assets/<digest>/<path..>")]
fn asset(digest: &str, path: PathBuf, assets: &State<Arc<Assets>>) -> Option<Lasting> {
    let path = path.to_str()?.replace('\\', "/");
    assets.get(&path).filter(|asset| asset.digest == digest).map(Lasting)
}

#[get("/favicon.ico")]
fn favicon(assets: &State<Arc<Assets>>) -> Option<Daily> {
    assets.get("favicon.svg").map(Daily)
}

/// Where static files are found.
pub fn routes() -> Vec<Route> {
    routes![asset, favicon]
}
