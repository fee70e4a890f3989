use super::{Db, Error};
use std::fs;

/// How large the file is.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// The bytes of the file itself.
    pub bytes: u64,
    /// Those of the changes that are not in it yet.
    pub log_bytes: u64,
    /// The pages of the file.
    pub pages: u64,
    /// Those of them that are empty.
    pub free_pages: u64,
}

impl Db {
    /// How large the file is now.
    pub fn measure(&self) -> Result<Measure, Error> {
        let size = |end: &str| {
            let mut path = self.path().as_os_str().to_owned();
            path.push(end);
            fs::metadata(path).map_or(0, |found| found.len())
        };
        self.read(|conn| {
            let number = |pragma| {
                conn.pragma_query_value(None, pragma, |row| row.get(0)).map(i64::cast_unsigned)
            };
            let (pages, free_pages) = (number("page_count")?, number("freelist_count")?);
            Ok(Measure { bytes: size(""), log_bytes: size("-wal"), pages, free_pages })
        })
    }
}
