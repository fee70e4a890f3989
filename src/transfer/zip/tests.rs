use super::*;
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(fill: impl FnOnce(&mut ZipWriter<&mut File>)) -> File {
    let mut file = tempfile::tempfile().unwrap();
    let mut writer = ZipWriter::new(&mut file);
    fill(&mut writer);
    writer.finish().unwrap();
    file
}

fn add(writer: &mut ZipWriter<&mut File>, name: &str, text: &[u8]) {
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(text).unwrap();
}

fn refusal(file: File, limits: Limits) -> String {
    Zip::open(file, limits).err().expect("it should be refused").to_string()
}

/// The same archive with `old` replaced by `new`, which is as long.
fn with(mut file: File, old: &[u8], new: &[u8]) -> File {
    let mut bytes = Vec::new();
    file.rewind().unwrap();
    file.read_to_end(&mut bytes).unwrap();
    while let Some(at) = bytes.windows(old.len()).position(|part| part == old) {
        bytes[at..at + old.len()].copy_from_slice(new);
    }
    file.seek(SeekFrom::Start(0)).unwrap();
    file.write_all(&bytes).unwrap();
    file
}

#[test]
fn what_is_in_an_archive_is_found_by_its_name() {
    let file = archive(|writer| {
        writer.add_directory("a/", SimpleFileOptions::default()).unwrap();
        add(writer, "a/b.txt", b"words");
    });
    let mut zip = Zip::open(file, Limits::IMPORT).unwrap();
    assert_eq!(zip.entries().len(), 1);
    let entry = zip.entry("a/b.txt").unwrap().clone();
    assert_eq!(zip.bytes(&entry, 5).unwrap(), b"words");
    assert!(zip.bytes(&entry, 4).is_err());
    assert_eq!(zip.entry("b.txt"), None);
}

#[test]
fn names_that_lead_out_are_refused() {
    for name in ["../x", "a/../../x", "/etc/x", "C:/x.yy", "a\\..\\x", "a//x", "a/./x"] {
        let plain = "n".repeat(name.len());
        let file =
            with(archive(|writer| add(writer, &plain, b"x")), plain.as_bytes(), name.as_bytes());
        assert!(refusal(file, Limits::IMPORT).contains("leads out of it"), "{name}");
    }
}

#[test]
fn links_are_refused() {
    let file = archive(|writer| {
        writer.add_symlink("a", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    });
    assert!(refusal(file, Limits::IMPORT).contains("“a” in it is a link"));
}

#[test]
fn the_same_name_twice_is_refused() {
    let file = archive(|writer| {
        add(writer, "aaaa", b"x");
        add(writer, "bbbb", b"y");
    });
    assert!(refusal(with(file, b"bbbb", b"aaaa"), Limits::IMPORT).contains("same name"));
}

#[test]
fn too_much_is_refused_before_any_of_it_is_read() {
    let many = || archive(|writer| (0..11).for_each(|n| add(writer, &n.to_string(), &[0; 1000])));
    let entries = Limits { entries: 10, ..Limits::IMPORT };
    assert!(refusal(many(), entries).contains("holds 11 files; at most 10"));
    let bytes = Limits { bytes: 10_999, ..Limits::IMPORT };
    assert!(refusal(many(), bytes).contains("larger than anything"));
    assert!(Zip::open(many(), Limits { bytes: 11_000, ..Limits::IMPORT }).is_ok());
}

#[test]
fn a_file_that_is_larger_than_it_says_is_not_read_to_its_end() {
    let file = archive(|writer| add(writer, "a", &[7; 70_000]));
    let file = with(file, &70_000_u32.to_le_bytes(), &7_u32.to_le_bytes());
    let Ok(mut zip) = Zip::open(file, Limits::IMPORT) else { return };
    let entry = zip.entries()[0].clone();
    assert!(zip.bytes(&entry, 1000).is_err());
}

#[test]
fn what_is_no_archive_or_cut_off_is_refused() {
    let mut file = tempfile::tempfile().unwrap();
    assert!(refusal(file.try_clone().unwrap(), Limits::IMPORT).contains("cannot be read"));
    file.write_all(b"PK\x03\x04 and nothing more").unwrap();
    assert!(refusal(file, Limits::IMPORT).contains("cannot be read"));
    let file = archive(|writer| add(writer, "a", &[7; 1000]));
    file.set_len(file.metadata().unwrap().len() - 10).unwrap();
    assert!(refusal(file, Limits::IMPORT).contains("cannot be read"));
}
