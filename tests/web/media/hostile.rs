//! Files that mean no good.

use super::{jpeg, picture, refusals, sent, text};
use crate::support::TestBlog;
use image::ImageFormat;
use rocket::http::Status;

#[test]
fn what_could_run_is_only_a_download_in_a_sandbox() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let exe = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF";
    for (name, content, kind) in [
        ("photo.jpg", b"<html><script>alert(1)</script>".as_slice(), "text/plain; charset=utf-8"),
        ("page.html", b"<!doctype html><script>alert(1)</script>", "text/plain; charset=utf-8"),
        ("feed.xml", b"<?xml version=\"1.0\"?><x/>", "text/plain; charset=utf-8"),
        (
            "a.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
            "image/svg+xml",
        ),
        ("paper.pdf", b"%PDF-1.7 /JS (app.alert(1))", "application/pdf"),
        ("holiday.png", exe, "application/octet-stream"),
        ("run.js", b"alert(1)", "text/plain; charset=utf-8"),
    ] {
        let answer = blog.stranger().get(text(&sent(&bo, name, content), "url"));
        assert_eq!((answer.status, answer.header("Content-Type")), (Status::Ok, kind), "{name}");
        assert!(
            answer.header("Content-Disposition").starts_with("attachment; filename*=UTF-8''"),
            "{name}"
        );
        assert_eq!(
            answer.header("Content-Security-Policy"),
            "sandbox; default-src 'none'",
            "{name}"
        );
        assert_eq!(answer.header("X-Content-Type-Options"), "nosniff", "{name}");
        assert!(answer.bytes == content, "{name}");
    }
}

#[test]
fn a_picture_that_is_something_else_as_well_is_only_a_picture_afterwards() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let clean = picture(50, 40, format);
        let both = [clean.as_slice(), b"<script>alert(1)</script>PK\x03\x04"].concat();
        let answer = blog.stranger().get(text(&sent(&bo, "a.html", &both), "url"));
        assert!(answer.bytes == clean, "{format:?}");
        assert!(answer.header("Content-Type").starts_with("image/"));
    }
    let script = b"GIF89a/*\0\0\0\0\0*/=1;alert(1)//";
    assert_eq!(bo.upload(&[("a.gif", script)], "").status, Status::UnprocessableEntity);
}

#[test]
fn places_are_gone_when_the_picture_comes_back() {
    let blog = TestBlog::inhabited();
    let (clean, place) = (jpeg(60, 40), b"Exif\0\0MM\0*\0\0\0\x08\0\0GPSLatitude 52.5".as_slice());
    let segment =
        [b"\xFF\xE1", ((place.len() + 2) as u16).to_be_bytes().as_slice(), place].concat();
    let dirty = [&clean[..2], &segment, &clean[2..]].concat();
    let answer = blog.stranger().get(text(&sent(&blog.signed_in("Bo"), "a.jpg", &dirty), "url"));
    assert!(answer.bytes == clean);
}

#[test]
fn bombs_and_broken_pictures_are_refused_and_named_and_the_others_kept() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let good = picture(50, 40, ImageFormat::Png);
    let mut bomb = good.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let cut = jpeg(60, 40);
    let files: [(&str, &[u8]); 4] = [
        ("bomb.png", &bomb),
        ("good.png", &good),
        ("cut.jpg", &cut[..cut.len() / 2]),
        ("empty.txt", b""),
    ];
    let answer = bo.upload(&files, "");
    assert_eq!(answer.status, Status::UnprocessableEntity);
    let told = refusals(&answer);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("bomb.png") && told[0].contains("30000 × 30000"), "{told:?}");
    assert!(told[1].contains("cut.jpg") && told[1].contains("cut off"), "{told:?}");
    assert!(told[2].contains("empty.txt") && told[2].contains("empty"), "{told:?}");
    assert!(answer.says(">good.png</a>") && !bo.get("/admin/media").says("bomb.png"));
}

#[test]
fn a_file_over_the_limit_is_named_and_the_others_kept() {
    let blog = TestBlog::with(|figment| figment.merge(("upload_limit", "10 kB")));
    blog.add_user("Bo", monograph::blog::Role::Author);
    let bo = blog.signed_in("Bo");
    let answer = bo.upload(&[("long.bin", &[0; 10_001]), ("short.bin", &[0; 10_000])], "");
    assert_eq!(answer.status, Status::PayloadTooLarge);
    assert!(refusals(&answer)[0].contains("long.bin"), "{:?}", refusals(&answer));
    let library = bo.get("/admin/media");
    assert!(library.says("short.bin") && !library.says("long.bin"));
    let endless = bo.upload(&[("endless.bin", &[0; 2_000_000])], "");
    assert_eq!(endless.status, Status::PayloadTooLarge);
    assert!(refusals(&endless)[0].contains("too many files at once"));
    let told = bo.sending("Accept", "application/json").upload(&[("long.bin", &[0; 10_001])], "");
    assert_eq!(told.status, Status::PayloadTooLarge);
    assert!(text(&told.json(), "error").contains("upload_limit"));
}

#[test]
fn a_form_that_breaks_off_keeps_no_half_file() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let head = b"--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"half.bin\"\r\n\r\n".as_slice();
    for body in [
        [head, b"half of it"].concat(),
        head[..40].to_vec(),
        b"nonsense".to_vec(),
        vec![b'a'; 3_000_000],
    ] {
        let answer = bo.send_form("/admin/media", body);
        assert_eq!(answer.status, Status::BadRequest);
        assert!(refusals(&answer)[0].contains("cut off"));
    }
    assert!(!bo.get("/admin/media").says("half.bin"));
    assert_eq!(bo.upload(&[], "").status, Status::UnprocessableEntity);
    assert_eq!(bo.post("/admin/media", &[("file", "x")]).status, Status::UnprocessableEntity);
}

#[test]
fn a_name_is_kept_as_words_and_never_as_a_path() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let long = format!("{}.bin", "x".repeat(4000));
    for (n, (name, kept)) in [
        ("../../etc/passwd", "passwd"),
        ("..\\x.bin", "x.bin"),
        ("C:/CON", "CON"),
        ("a<b>'c.bin", "a b 'c.bin"),
        ("evil\u{202E}gpj.exe", "evilgpj.exe"),
        (&long, &format!("{}.bin", "x".repeat(146))),
    ]
    .into_iter()
    .enumerate()
    {
        let file = sent(&bo, name, &[0, n as u8]);
        let answer = blog.stranger().get(text(&file, "url"));
        let disposition = answer.header("Content-Disposition");
        let named = disposition.strip_prefix("attachment; filename*=UTF-8''").unwrap();
        let decoded = percent_encoding::percent_decode_str(named).decode_utf8().unwrap();
        assert_eq!((answer.status, decoded.as_ref()), (Status::Ok, kept), "{name}");
        assert!(named.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'%'), "{named}");
    }
}
