//! Numbers for who watches over the blog, as Prometheus reads them:
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>.

mod histogram;
mod serve;
mod text;

pub use serve::serve;

use histogram::Histogram;
use hyper::StatusCode;
use hyper::header::HeaderName;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use text::Text;

/// In this header the blog tells the edge which of its routes made an answer. It goes no further.
pub const ROUTE: HeaderName = HeaderName::from_static("x-monograph-route");

/// Who has answered a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handled {
    /// The cache had it.
    Hit,
    /// The cache may have it next time.
    Miss,
    /// It was not for the cache: a change, or somebody's own page.
    Pass,
    /// The edge itself: it refused, or led to HTTPS.
    Edge,
}

/// A number that is looked up when somebody asks.
pub struct Gauge {
    /// Its name.
    pub name: &'static str,
    /// What it says, in a sentence.
    pub help: &'static str,
    /// The number.
    pub value: u64,
}

/// Looks up what is to be seen at the moment.
pub type Look = Arc<dyn Fn() -> Vec<Gauge> + Send + Sync>;

/// What has been counted since the start.
#[derive(Default)]
pub struct Metrics {
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    /// By route and status; both are few.
    requests: HashMap<Box<str>, BTreeMap<u16, u64>>,
    /// By who has answered.
    times: [Histogram; 4],
}

impl Handled {
    const ALL: [Handled; 4] = [Handled::Hit, Handled::Miss, Handled::Pass, Handled::Edge];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Handled::Hit => "hit",
            Handled::Miss => "miss",
            Handled::Pass => "pass",
            Handled::Edge => "edge",
        }
    }
}

impl Metrics {
    /// A request has been answered.
    pub fn count(&self, route: &str, status: StatusCode, handled: Handled, took: Duration) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.times[handled as usize].add(took);
        let status = status.as_u16();
        match counted.requests.get_mut(route) {
            Some(statuses) => *statuses.entry(status).or_default() += 1,
            None => drop(counted.requests.insert(route.into(), BTreeMap::from([(status, 1)]))),
        }
    }

    /// All of it, and `gauges`, as text.
    pub fn text(&self, gauges: &[Gauge]) -> String {
        let mut text = Text::default();
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let name = "monograph_requests_total";
        text.family(name, "counter", "Answered requests by route and status.");
        let routes: BTreeMap<_, _> = counted.requests.iter().collect();
        for (route, statuses) in routes {
            for (status, count) in statuses {
                let status = status.to_string();
                text.sample(name, &[("route", route), ("status", &status)], count);
            }
        }
        let name = "monograph_request_duration_seconds";
        text.family(name, "histogram", "The time until an answer began, by who has answered.");
        for handled in Handled::ALL {
            counted.times[handled as usize].write(&mut text, name, ("handled", handled.word()));
        }
        drop(counted);
        for gauge in gauges {
            text.family(gauge.name, "gauge", gauge.help);
            text.sample(gauge.name, &[], gauge.value);
        }
        text.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route_and_status_and_their_times_by_who_answered() {
        let metrics = Metrics::default();
        let millis = Duration::from_millis;
        metrics.count("/posts/<slug>", StatusCode::OK, Handled::Hit, millis(1));
        metrics.count("/posts/<slug>", StatusCode::OK, Handled::Miss, millis(30));
        metrics.count("/posts/<slug>", StatusCode::NOT_FOUND, Handled::Miss, millis(20_000));
        let gauges = [Gauge { name: "monograph_sessions", help: "Sessions.", value: 7 }];
        let text = metrics.text(&gauges);
        for line in [
            "# TYPE monograph_requests_total counter",
            "monograph_requests_total{route=\"/posts/<slug>\",status=\"200\"} 2",
            "monograph_requests_total{route=\"/posts/<slug>\",status=\"404\"} 1",
            "monograph_request_duration_seconds_bucket{handled=\"hit\",le=\"0.001\"} 1",
            "monograph_request_duration_seconds_bucket{handled=\"miss\",le=\"0.025\"} 0",
            "monograph_request_duration_seconds_bucket{handled=\"miss\",le=\"0.05\"} 1",
            "monograph_request_duration_seconds_bucket{handled=\"miss\",le=\"+Inf\"} 2",
            "monograph_request_duration_seconds_sum{handled=\"miss\"} 20.03",
            "monograph_request_duration_seconds_count{handled=\"miss\"} 2",
            "monograph_sessions 7",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
    }
}
