use super::encoded;
use super::place::{Place, decoded};
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;

/// An address that is to be asked for.
pub struct Wanted {
    /// The address.
    pub place: Place,
    /// The page of a list, as the blog calls it.
    pub key: Option<String>,
}

impl Wanted {
    /// What no page need lead to.
    pub fn known(path: &str) -> Wanted {
        Wanted { place: Place::at(path), key: None }
    }

    /// As it is asked for.
    pub fn url(&self) -> String {
        let path = encoded(&self.place.path);
        self.key.as_ref().map_or_else(|| path.clone(), |key| format!("{path}?page={key}"))
    }
}

/// What is still to be asked for, and which links lead nowhere.
#[derive(Default)]
pub struct Agenda {
    waiting: VecDeque<Wanted>,
    seen: HashSet<Place>,
    /// The pages that lead to what is waited for.
    linked_from: HashMap<Place, Vec<String>>,
    /// Where nothing is.
    nowhere: HashSet<Place>,
    broken: Vec<(String, String)>,
    /// The pages, and the names of places in them; numbers, because there are many.
    pages: HashSet<u64>,
    names: HashSet<u64>,
    /// Links to a name on another page, which may not have been read yet.
    to_names: Vec<(String, Place, String)>,
}

impl Agenda {
    /// Adds an address, unless that was done before; `from` is the page that leads there.
    pub fn add(&mut self, wanted: Wanted, from: Option<String>) {
        let is_new = self.seen.insert(wanted.place.clone());
        match from {
            Some(page) if self.nowhere.contains(&wanted.place) => self.tell(page, wanted.url()),
            Some(page) if is_new || self.linked_from.contains_key(&wanted.place) => {
                self.linked_from.entry(wanted.place.clone()).or_default().push(page);
            }
            _ => {}
        }
        if is_new {
            self.waiting.push_back(wanted);
        }
    }

    /// An address need not be asked for.
    pub fn know(&mut self, place: &Place) {
        self.seen.insert(place.clone());
    }

    /// The next address. What the one before leads to is known by now.
    pub fn next(&mut self) -> Option<Wanted> {
        self.waiting.pop_front()
    }

    /// Something is there.
    pub fn is_there(&mut self, place: &Place) {
        self.linked_from.remove(place);
    }

    /// Nothing is there. What is known without a link, and is private or gone by now, is nobody's mistake.
    pub fn is_nowhere(&mut self, wanted: &Wanted) {
        for page in self.linked_from.remove(&wanted.place).unwrap_or_default() {
            self.tell(page, wanted.url());
        }
        self.nowhere.insert(wanted.place.clone());
    }

    /// A page has places with these names.
    pub fn names(&mut self, page: &Place, names: impl Iterator<Item = String>) {
        self.pages.insert(number(page, ""));
        self.names.extend(names.map(|name| number(page, &name)));
    }

    /// A page leads to the place with a name, `#name`, on that page or on another.
    pub fn add_name(&mut self, from: String, page: &Place, fragment: &str) {
        let name = decoded(fragment.trim_start_matches('#')).unwrap_or_default();
        // The beginning of a page has a name without saying so (HTML, 7.4.6.4); `:~:text=` names words.
        if !matches!(name.as_str(), "" | "top") && !name.contains(":~:") {
            self.to_names.push((from, page.clone(), name));
        }
    }

    /// How many addresses there are, as far as is known.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Every link that leads nowhere: the page, and where it wants to lead.
    pub fn broken(mut self) -> Vec<(String, String)> {
        for (from, page, name) in mem::take(&mut self.to_names) {
            let is_page = self.pages.contains(&number(&page, ""));
            if is_page && !self.names.contains(&number(&page, &name)) {
                self.tell(from, format!("{}#{name}", page.link()));
            }
        }
        self.broken
    }

    /// Once is enough, however often a page says it.
    fn tell(&mut self, page: String, link: String) {
        let told = (page, link);
        if self.broken.last() != Some(&told) {
            self.broken.push(told);
        }
    }
}

fn number(page: &Place, name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (page, name).hash(&mut hasher);
    hasher.finish()
}
