use crate::blog;
use crate::db::Db;
use crate::edge::tls::Safe;
use rocket::tokio::task::block_in_place;
use std::io;

/// The certificates of the edge are kept in the one file, too.
impl Safe for Db {
    fn find(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        block_in_place(|| self.read(|conn| blog::secret(conn, name))).map_err(io::Error::other)
    }

    fn keep(&self, name: &str, value: &[u8]) -> io::Result<()> {
        let kept = block_in_place(|| self.write(|tx| blog::keep_secret(tx, name, value)));
        kept.map_err(io::Error::other)
    }
}
