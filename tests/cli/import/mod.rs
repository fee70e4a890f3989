//! Moving in, from a terminal.

mod folders;
mod ghost;
mod hostile;
mod markdown;
mod resuming;
mod whole;
mod wordpress;
mod writefreely;

use crate::support::Folder;

/// Every row of every table.
pub fn everything(folder: &Folder) -> Vec<String> {
    let tables = folder.ask("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    assert!(tables.len() > 5, "{tables:?}");
    let rows = |table: &String| {
        let mut rows = folder.ask(&format!("SELECT * FROM {table}"));
        rows.sort();
        rows.into_iter().map(|row| format!("{table}: {row}")).collect::<Vec<_>>()
    };
    tables.iter().flat_map(rows).collect()
}

/// A zip with these files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The smallest picture there is, of a colour.
pub fn dot(red: u8) -> Vec<u8> {
    let head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00";
    let rest = b"\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    [head.as_slice(), &[red], rest].concat()
}
