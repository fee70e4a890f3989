use crate::reader::Reader;
use crate::served::Served;

/// A file, where it is found, and somebody who asks for it.
fn sent(served: &Served, name: &str, content: &[u8]) -> (Reader, String) {
    let cookie = served.ada().cookie.unwrap();
    let url = served.reader().sending("Cookie", &cookie).upload(name, content);
    (served.reader(), url)
}

fn text(length: usize) -> Vec<u8> {
    (0..length).map(|n| b'a' + (n % 23) as u8).collect()
}

#[test]
fn parts_of_files_come_from_the_blog_itself_and_are_never_taken_for_the_whole() {
    let served = Served::start();
    for length in [1000, 3 << 20] {
        let content = text(length);
        let (mut reader, url) = sent(&served, &format!("{length}.txt"), &content);
        let part = |reader: &mut Reader, more: &[(&str, &str)]| {
            let headers = [&[("Range", "bytes=5-9")], more].concat();
            let part = reader.ask("GET", &url, &headers);
            (part.status, part.body.clone(), part.headers_of(["content-range", "cache-status"]))
        };
        let size = format!("bytes 5-9/{length}");
        let expected = (206, content[5..10].to_vec(), [size, "monograph; fwd=bypass".to_owned()]);
        assert_eq!(part(&mut reader, &[]), expected, "first of all");
        let whole = reader.get(&url);
        assert!(whole.body == content && whole.header("accept-ranges") == "bytes");
        let tag = whole.header("etag");
        assert_eq!(part(&mut reader, &[("If-Range", tag)]), expected, "then, too");
        let (status, body, _) = part(&mut reader, &[("If-Range", "\"other\"")]);
        assert!(status == 200 && body == content, "of another version there is no part");
        let outside = reader.ask("GET", &url, &[("Range", "bytes=99999999-")]);
        assert_eq!(outside.status, 416);
        assert!(reader.get(&url).body == content);
        assert_eq!(reader.ask("GET", &url, &[("If-None-Match", tag)]).status, 304);
        let head = reader.ask("HEAD", &url, &[]);
        assert_eq!(head.header("content-length"), length.to_string());
    }
}

#[test]
fn films_stay_out_of_the_cache_and_small_pictures_do_not() {
    let served = Served::start();
    let (mut reader, long) = sent(&served, "long.txt", &text(3 << 20));
    let (_, short) = sent(&served, "short.txt", &text(30_000));
    for _ in 0..2 {
        let film = reader.get(&long);
        assert_eq!((film.cache(), film.body.len()), ("fwd=uri-miss", 3 << 20));
    }
    reader.get(&short);
    assert_eq!(reader.get(&short).cache(), "hit");
}
