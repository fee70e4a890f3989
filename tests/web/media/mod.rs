mod hostile;
mod library;

use crate::support::{Answer, TestBlog, Visitor};
use image::{ImageFormat, RgbImage};
use rocket::http::Status;
use std::io::Cursor;

/// A picture with enough in it that a smaller one saves something.
pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixel =
        |x: u32, y: u32| image::Rgb([(x * y % 251) as u8, (x % 256) as u8, (y % 256) as u8]);
    let mut out = Cursor::new(Vec::new());
    RgbImage::from_fn(width, height, pixel).write_to(&mut out, format).unwrap();
    out.into_inner()
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x * y % 251) as u8, (x % 256) as u8, (y % 256) as u8])
    });
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, 85);
    encoder.encode(&pixels, width as u16, height as u16, jpeg_encoder::ColorType::Rgb).unwrap();
    out
}

/// Sends one file and returns what a program is told about it.
pub fn sent(visitor: &Visitor<'_>, name: &str, content: &[u8]) -> rocket::serde::json::Value {
    let answer = visitor.upload(&[(name, content)], "");
    assert_eq!(answer.status, Status::Created, "{}", answer.body);
    let markdown =
        answer.body.split("readonly value=\"").nth(1).unwrap().split('"').next().unwrap();
    let url = markdown.split("](").nth(1).unwrap().trim_end_matches(')').to_owned();
    let id = url.split('/').nth(2).unwrap().to_owned();
    rocket::serde::json::json!({ "id": id, "url": url, "markdown": markdown })
}

fn text<'v>(value: &'v rocket::serde::json::Value, key: &str) -> &'v str {
    value[key].as_str().unwrap()
}

#[test]
fn a_program_is_told_what_to_paste() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo").sending("Accept", "application/json");
    let picture = jpeg(1000, 500);
    let answer = bo.upload(&[("Sea & sky.jpg", &picture), ("notes.txt", b"Hello")], "A [calm] sea");
    assert_eq!(answer.status, Status::Created, "{}", answer.body);
    let told = answer.json();
    let (sea, notes) = (&told["files"][0], &told["files"][1]);
    assert_eq!(
        (text(sea, "type"), text(sea, "name"), text(sea, "alt")),
        ("image/jpeg", "Sea & sky.jpg", "A [calm] sea")
    );
    assert_eq!(
        (&sea["width"], &sea["height"], &sea["size"]),
        (&1000.into(), &500.into(), &picture.len().into())
    );
    assert_eq!(text(sea, "url"), format!("/media/{}/Sea%20%26%20sky.jpg", text(sea, "id")));
    assert_eq!(text(sea, "markdown"), format!("![A \\[calm\\] sea]({})", text(sea, "url")));
    assert_eq!(text(notes, "markdown"), format!("[notes.txt]({})", text(notes, "url")));
    assert_eq!(
        text(&told, "markdown"),
        format!("{}\n\n{}", text(sea, "markdown"), text(notes, "markdown"))
    );
    assert!(notes["width"].is_null());
}

#[test]
fn a_file_comes_back_as_it_is_kept_and_never_changes() {
    let blog = TestBlog::inhabited();
    let picture = jpeg(1300, 900);
    let file = sent(&blog.signed_in("Bo"), "a.jpg", &picture);
    let stranger = blog.stranger();
    let answer = stranger.get(text(&file, "url"));
    assert_eq!((answer.status, answer.bytes == picture), (Status::Ok, true));
    for (name, value) in [
        ("Content-Type", "image/jpeg"),
        ("Cache-Control", "public, max-age=31536000, immutable"),
        ("X-Content-Type-Options", "nosniff"),
        ("Accept-Ranges", "bytes"),
        ("Content-Length", &picture.len().to_string()),
        ("Content-Disposition", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let head = stranger.head(text(&file, "url"));
    assert_eq!((head.status, head.bytes.len()), (Status::Ok, 0));
    assert_eq!(head.header("Content-Length"), picture.len().to_string());
    let held =
        blog.stranger().sending("If-None-Match", answer.header("ETag")).get(text(&file, "url"));
    assert_eq!(
        (held.status, held.bytes.len(), held.header("ETag")),
        (Status::NotModified, 0, answer.header("ETag"))
    );
}

#[test]
fn the_digest_decides_and_another_name_leads_to_the_right_one() {
    let blog = TestBlog::inhabited();
    let file = sent(&blog.signed_in("Bo"), "é.txt", b"Hello");
    let moved = blog.stranger().get(&format!("/media/{}/other.txt", text(&file, "id")));
    assert_eq!((moved.status, moved.location()), (Status::MovedPermanently, text(&file, "url")));
    assert_eq!(
        blog.stranger().get(&format!("/media/{}/x", "0".repeat(32))).status,
        Status::NotFound
    );
}

#[test]
fn any_part_of_a_long_file_can_be_asked_for() {
    let blog = TestBlog::inhabited();
    // Longer than two parts as they are kept.
    let content: Vec<u8> =
        (0..700_000_u32).flat_map(|n| [0, (n % 251) as u8]).take(700_000).collect();
    let file = sent(&blog.signed_in("Bo"), "data.bin", &content);
    let ask = |range: &str| blog.stranger().sending("Range", range).get(text(&file, "url"));
    for (range, first, last) in [
        ("bytes=0-0", 0, 0),
        ("bytes=262143-262144", 262_143, 262_144),
        ("bytes=100-600000", 100, 600_000),
        ("bytes=524288-", 524_288, 699_999),
        ("bytes=-10", 699_990, 699_999),
    ] {
        let part = ask(range);
        assert_eq!(part.status, Status::PartialContent, "{range}");
        assert_eq!(part.header("Content-Range"), format!("bytes {first}-{last}/700000"));
        assert_eq!(part.header("Content-Length"), (last - first + 1).to_string());
        assert!(part.bytes == content[first..=last], "{range}");
    }
    let outside = ask("bytes=700000-");
    assert_eq!(
        (outside.status, outside.header("Content-Range")),
        (Status::RangeNotSatisfiable, "bytes */700000")
    );
    for whole in ["bytes=0-1,5-6", "lines=1-2", "bytes=5-2"] {
        assert_eq!((ask(whole).status, ask(whole).bytes == content), (Status::Ok, true), "{whole}");
    }
    let tag = format!("\"{}\"", text(&file, "id"));
    let held = |tag: &str| {
        blog.stranger()
            .sending("Range", "bytes=0-4")
            .sending("If-Range", tag)
            .get(text(&file, "url"))
            .status
    };
    assert_eq!((held(&tag), held("\"other\"")), (Status::PartialContent, Status::Ok));
}

#[test]
fn a_picture_in_a_post_has_its_size_and_narrower_ones_that_exist() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let file = sent(&bo, "sea.jpg", &jpeg(1500, 900));
    bo.write("Sea", &format!("{0}\n\n{0}", text(&file, "markdown")));
    let page = blog.stranger().get("/posts/sea");
    let images: Vec<_> =
        page.body.split("<img ").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
    assert!(
        images.iter().all(|image| image.contains("width=\"1500\" height=\"900\"")),
        "{images:?}"
    );
    assert_eq!(
        images.iter().map(|image| image.contains("loading=\"lazy\"")).collect::<Vec<_>>(),
        [false, true]
    );
    let srcset = images[0].split("srcset=\"").nth(1).unwrap().split('"').next().unwrap();
    let widths: Vec<_> = srcset.split(", ").map(|one| one.split_once(' ').unwrap()).collect();
    assert_eq!(
        widths.iter().map(|(_, width)| *width).collect::<Vec<_>>(),
        ["640w", "1280w", "1500w"]
    );
    for (url, width) in widths {
        let answer = blog.stranger().get(url);
        assert_eq!(
            (answer.status, answer.header("Content-Type")),
            (Status::Ok, "image/jpeg"),
            "{url}"
        );
        let decoded = jpeg_decoder::Decoder::new(answer.bytes.as_slice()).decode().unwrap();
        assert!(
            !decoded.is_empty() && url.contains(width.trim_end_matches('w')) || width == "1500w"
        );
    }
}

#[test]
fn sound_and_films_play_and_other_files_are_links() {
    let blog = TestBlog::inhabited();
    let bo = blog.signed_in("Bo");
    let sound = sent(&bo, "talk.mp3", b"ID3\x04\0\0\0\0\0\0sound");
    let film = sent(&bo, "film.webm", b"\x1A\x45\xDF\xA3\x42\x82\x84webm");
    let paper = sent(&bo, "paper.pdf", b"%PDF-1.7");
    let show = |file: &rocket::serde::json::Value| format!("![x]({})", text(file, "url"));
    bo.write("All", &format!("{}\n\n{}\n\n{}", show(&sound), show(&film), show(&paper)));
    let page = blog.stranger().get("/posts/all");
    assert!(page.says("<audio ") && page.says("<video "), "{}", page.body);
    assert!(page.says(&format!("<a href=\"{}\">x</a>", text(&paper, "url"))));
}

/// What a person is told.
pub fn refusals(answer: &Answer) -> Vec<String> {
    let notice =
        answer.body.split("role=\"alert\">").nth(1).unwrap().split("</div>").next().unwrap();
    notice.split("<p>").skip(1).map(|rest| rest.split("</p>").next().unwrap().to_owned()).collect()
}
