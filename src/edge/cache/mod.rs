//! Pages that are the same for everybody, kept ready for the next who asks.

mod asked;
mod coding;
mod found;
mod kept;
mod page;
mod params;
mod status;
mod terms;

pub use status::CACHE_STATUS;

use super::{Body, Refusal, Scheme, Upload};
use asked::Asked;
use found::Found;
use hyper::body::Body as HttpBody;
use hyper::http::request::Parts;
use hyper::{HeaderMap, Request, Response, Uri};
use kept::{Kept, Key, Place, Weight};
use page::Page;
use params::Params;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use terms::Terms;

/// What the site shows, as a number: another one whenever that may have changed.
pub type Generation = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The site's own answer, or why there is none.
type Given = Result<Response<Body>, Refusal>;

/// Pages, each for as long as the site shows the same.
pub struct PageCache {
    pages: Cache<Key, Kept, Weight>,
    /// By path: which parameters count there.
    params: Cache<Box<str>, Params>,
    generation: Generation,
    /// Of which generation pages were asked for last.
    last: AtomicU64,
    /// By which cookies the site knows its visitors.
    cookies: &'static [&'static str],
    /// The most bytes of one page that is kept.
    most: u64,
}

/// How many addresses at most are remembered for the parameters that count there.
const PATHS: usize = 4096;
/// About as many bytes a page takes.
const USUAL: u64 = 16 * 1024;
/// How long it is remembered that an address leads to nothing that is kept.
const NOTHING: Duration = Duration::from_secs(5);

/// Room for pages. It has few parts, because no page can be larger than the part that it falls into.
fn pages(room: u64) -> Cache<Key, Kept, Weight> {
    let mut options = OptionsBuilder::new();
    options.shards(4).estimated_items_capacity((room / USUAL) as usize).weight_capacity(room);
    let options = options.build().expect("all is said that has to be said");
    let (hasher, lifecycle) = (DefaultHashBuilder::default(), DefaultLifecycle::default());
    Cache::with_options(options, Weight, hasher, lifecycle)
}

impl PageCache {
    /// A cache with `room` bytes, for a site that shows the same as long as `generation` says the same, and knows its
    /// visitors by `cookies`.
    pub fn new(room: u64, cookies: &'static [&'static str], generation: Generation) -> PageCache {
        PageCache {
            pages: pages(room),
            params: Cache::new(PATHS),
            last: generation().into(),
            generation,
            cookies,
            // No single one drives all the others out.
            most: found::WHOLE.min(room / 32),
        }
    }

    /// How many bytes the pages take.
    pub fn size(&self) -> u64 {
        self.pages.weight()
    }

    /// How many pages there are.
    pub fn count(&self) -> usize {
        self.pages.len()
    }

    /// The answer to `request`, which came in this way, where a page is kept that has only to be sent.
    pub fn ready<B>(&self, request: &Request<B>, scheme: Scheme) -> Option<Response<Body>>
    where
        B: HttpBody,
    {
        self.page(request, scheme)?.ready(request.method(), request.headers(), status::HIT)
    }

    /// The page that is kept for `request`, which came in this way.
    pub fn page<B>(&self, request: &Request<B>, scheme: Scheme) -> Option<Arc<Page>>
    where
        B: HttpBody,
    {
        let asked = Asked::by(request, self.cookies);
        if asked == Asked::Change || asked == Asked::Apart || !request.body().is_end_stream() {
            return None;
        }
        let address = self.address(request.uri());
        let place = Place { generation: (self.generation)(), scheme, address: &address };
        self.kept(&place, asked)
    }

    /// The answer to `request`, which came in this way: a page that is kept, or what `ask` brings from the site.
    ///
    /// # Errors
    /// Those of `ask`.
    pub async fn answer<F: Future<Output = Given>>(
        &self,
        request: Request<Upload>,
        scheme: Scheme,
        ask: impl FnOnce(Request<Upload>) -> F,
    ) -> Given {
        let asked = Asked::by(&request, self.cookies);
        if asked == Asked::Change {
            return ask(request).await.map(passed);
        }
        // Read before the site is asked: what changes while it makes the page, the page may not show yet.
        let generation = (self.generation)();
        let (parts, body) = request.into_parts();
        let address = self.address(&parts.uri);
        let place = Place { generation, scheme, address: &address };
        let found = match self.kept(&place, asked) {
            Some(page) => Found::Page(page, status::HIT),
            None if asked == Asked::Anybody => {
                let request = asked::for_all(&parts, &address, body);
                self.find(place.key(), &parts, request, ask).await?
            }
            None => {
                let answer = ask(asked::for_one(&parts, asked, body)).await?;
                Found::of(answer, &parts, status::BYPASS).await?
            }
        };
        Ok(found.answer(&parts).await)
    }

    /// The address without what does not count in it.
    fn address<'a>(&self, uri: &'a Uri) -> Cow<'a, str> {
        let address = uri.path_and_query().map_or("/", |address| address.as_str());
        match uri.query().and_then(|_| self.params.get(uri.path())) {
            Some(params) => params.address(address),
            None => address.into(),
        }
    }

    /// The page that is kept there, if it will do.
    fn kept(&self, place: &Place<'_>, asked: Asked) -> Option<Arc<Page>> {
        let kept = self.pages.get(place)?;
        let now = Instant::now();
        if kept.is_over(now) {
            self.pages.remove_if(place, |kept| kept.is_over(now));
            return None;
        }
        match kept {
            Kept::Page { page, .. } if asked == Asked::Anybody => Some(page),
            Kept::Page { page, by_cookie: false, .. } if asked == Asked::Known => Some(page),
            _ => None,
        }
    }

    /// Asks the site, once however many want it at the same time, for what everybody may have, and keeps it.
    async fn find<F: Future<Output = Given>>(
        &self,
        key: Key,
        asked: &Parts,
        request: Request<Upload>,
        ask: impl FnOnce(Request<Upload>) -> F,
    ) -> Result<Found, Refusal> {
        self.forget_others(key.generation);
        let guard = match self.pages.get_value_or_guard_async(&key).await {
            Ok(Kept::Page { page, .. }) => return Ok(Found::Page(page, status::COLLAPSED)),
            Ok(Kept::Nothing { .. }) => {
                return Found::of(ask(request).await?, asked, status::MISS).await;
            }
            // Should this one go away before there is an answer, the next who waits asks.
            Err(guard) => guard,
        };
        let answer = ask(request).await?;
        let terms = Terms::read(answer.status(), answer.headers());
        let Some(terms) = terms.filter(|_| found::length(&answer).is_some_and(|n| n <= self.most))
        else {
            let _ = guard.insert(Kept::Nothing { until: Instant::now() + NOTHING });
            return Found::of(answer, asked, status::MISS).await;
        };
        self.note_params(&key.address, answer.headers());
        let page = Arc::new(Page::read(answer).await?);
        let until = Instant::now() + terms.lasts;
        let kept = Kept::Page { page: page.clone(), by_cookie: terms.by_cookie, until };
        let _ = guard.insert(kept);
        Ok(Found::Page(page, status::STORED))
    }

    /// Nobody asks any more for what the site showed before.
    fn forget_others(&self, generation: u64) {
        if self.last.swap(generation, Ordering::AcqRel) != generation {
            self.pages.retain(|key, _| key.generation == generation);
        }
    }

    fn note_params(&self, address: &str, headers: &HeaderMap) {
        let path = address.split('?').next().unwrap_or_default();
        if let Some(params) = Params::read(headers)
            && self.params.get(path).as_ref() != Some(&params)
        {
            self.params.insert(path.into(), params);
        }
    }
}

/// An answer that has nothing to do with what is kept.
pub fn passed(answer: Response<Body>) -> Response<Body> {
    found::marked(answer, status::METHOD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_page_that_is_kept_fits_into_a_part_with_its_packed_ones() {
        let cache = PageCache::new(32 << 20, &[], Arc::new(|| 0));
        assert!(cache.most >= 1 << 20 && cache.pages.shard_capacity() > 3 * cache.most);
    }
}
