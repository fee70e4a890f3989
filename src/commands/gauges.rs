use crate::blog::{self, Session};
use crate::db::Db;
use crate::edge::Edge;
use crate::edge::metrics::Gauge;
use crate::web::now;
use std::fs;

/// What there is to see of the blog at this moment, for who watches over it.
pub fn look(edge: &Edge, db: &Db) -> Vec<Gauge> {
    let mut gauges = vec![
        Gauge {
            name: "monograph_cache_bytes",
            help: "What the pages that are kept ready take.",
            value: edge.cache.size(),
        },
        Gauge {
            name: "monograph_cache_pages",
            help: "How many pages are kept ready.",
            value: edge.cache.count() as u64,
        },
        Gauge {
            name: "monograph_connections",
            help: "How many connections are open.",
            value: edge.connections() as u64,
        },
    ];
    if let Some(value) = resident() {
        let (name, help) = ("process_resident_memory_bytes", "The memory that the program takes.");
        gauges.push(Gauge { name, help, value });
    }
    let until = edge.tls.as_ref().and_then(|tls| tls.certificates.valid_until());
    if let Some(value) = until.and_then(|until| until.try_into().ok()) {
        let name = "monograph_certificate_expiry_timestamp_seconds";
        let help = "Until when the certificate is valid, in seconds since 1970.";
        gauges.push(Gauge { name, help, value });
    }
    match stored(db) {
        Ok(stored) => gauges.extend(stored),
        Err(error) => log::error!("the numbers of the database could not be read: {error}"),
    }
    gauges
}

fn stored(db: &Db) -> blog::Result<[Gauge; 5]> {
    let measure = db.measure()?;
    let gauge = |name, help, value| Gauge { name, help, value };
    Ok([
        gauge("monograph_database_bytes", "How large the database file is.", measure.bytes),
        gauge(
            "monograph_database_log_bytes",
            "How large the write-ahead log beside it is.",
            measure.log_bytes,
        ),
        gauge("monograph_database_pages", "The pages of the database.", measure.pages),
        gauge("monograph_database_free_pages", "Those of them that are empty.", measure.free_pages),
        gauge(
            "monograph_sessions",
            "How many sessions have not ended.",
            db.read(|conn| Session::count(conn, now()))?,
        ),
    ])
}

/// The bytes of memory that the program takes, where the system tells.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}
