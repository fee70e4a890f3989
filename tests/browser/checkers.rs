//! Checkers that others wrote, of every kind of page. Needs Java and a folder with the npm packages `vnu-jar` and
//! `axe-core`, named by `MONOGRAPH_CHECKERS`; without them the tests are skipped, except where `CI` is `true`.

use crate::driver::skip;
use crate::every_page::{self, Place};
use crate::support::Visitor;
use rocket::serde::json::{Value, from_slice, json};
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// A phone, and a wide screen.
const WIDTHS: [i64; 2] = [390, 1280];
const SCHEMES: [&str; 2] = ["light", "dark"];

/// A file of a package, if there is one.
fn checker(file: &str) -> Option<PathBuf> {
    let folder = env::var_os("MONOGRAPH_CHECKERS").map(PathBuf::from);
    let path = folder.map(|folder| folder.join("node_modules").join(file));
    if path.as_ref().is_none_or(|path| !path.is_file()) {
        skip("MONOGRAPH_CHECKERS names no folder with vnu-jar and axe-core");
        return None;
    }
    path
}

/// The Nu HTML checker: <https://validator.github.io/validator/>.
#[rocket::async_test]
async fn every_page_is_valid_html() {
    let Some(nu) = checker("vnu-jar/build/dist/vnu.jar") else { return };
    let Some(visitor) = Visitor::author().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut places: Vec<Place> = Vec::new();
    every_page::each(&visitor, async |place| {
        // The page that is open is the one that asks.
        visitor.open("/posts").await;
        let html = place.source(&visitor).await;
        fs::write(folder.path().join(format!("{}.html", places.len())), html).unwrap();
        places.push(place.clone());
    })
    .await;
    fs::write(folder.path().join("wrong.html"), "<!doctype html><title></title><p><p id=p id=p>")
        .unwrap();

    let checked = Command::new("java")
        .args(["-Xss4m", "-jar"])
        .arg(nu)
        .args(["--exit-zero-always", "--errors-only", "--format", "json"])
        .arg(folder.path())
        .output()
        .unwrap();
    let answer: Value = from_slice(&checked.stderr).unwrap();
    let (mut errors, mut wrong) = (Vec::new(), false);
    for message in answer["messages"].as_array().unwrap() {
        let file = PathBuf::from(message["url"].as_str().unwrap());
        match file.file_stem().unwrap().to_str().unwrap().parse::<usize>() {
            Ok(n) => errors
                .push(format!("{:?}: {} {}", places[n], message["message"], message["extract"])),
            Err(_) => wrong = true,
        }
    }
    assert!(wrong, "or this would prove nothing");
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// <https://github.com/dequelabs/axe-core>, with all its rules.
#[rocket::async_test]
async fn no_page_shuts_anybody_out() {
    let Some(axe) = checker("axe-core/axe.min.js") else { return };
    let Some(visitor) = Visitor::author().await else { return };
    let axe = fs::read_to_string(axe).unwrap();
    let mut found = Vec::new();
    every_page::each(&visitor, async |place| {
        place.open(&visitor).await;
        visitor.runs(&axe, vec![]).await;
        for (width, scheme) in WIDTHS.iter().flat_map(|width| SCHEMES.map(|scheme| (width, scheme)))
        {
            show(&visitor, *width, scheme);
            let violations = violations(&visitor).await;
            let new =
                violations.into_iter().map(|text| format!("{place:?} {width} {scheme}: {text}"));
            found.extend(new);
        }
    })
    .await;
    assert!(found.is_empty(), "{}", found.join("\n"));
    visitor.runs("document.querySelector('h1').append(new Image())", vec![]).await;
    assert!(!violations(&visitor).await.is_empty(), "or this would prove nothing");
}

/// What moves while a page comes makes readers lose their place; a page of the wrong colour dazzles at night.
#[rocket::async_test]
async fn no_page_moves_or_flashes_while_it_comes() {
    let Some(visitor) = Visitor::author().await else { return };
    show(&visitor, WIDTHS[0], "dark");
    let watch = "new PerformanceObserver((list) => list.getEntries()
            .forEach(({ value }) => { window.shift = (window.shift ?? 0) + value; }))
            .observe({ type: 'layout-shift', buffered: true });
        // Before the first picture of the page there is nothing but its ground.
        document.addEventListener('DOMContentLoaded', () => {
            window.scheme = getComputedStyle(document.documentElement).colorScheme;
        });";
    visitor.driver.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch }));
    every_page::each(&visitor, async |place| {
        place.open(&visitor).await;
        let shift = "const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => done([window.shift ?? 0, window.scheme])));";
        let seen = visitor.client.execute_async(shift, vec![]).await.unwrap();
        assert_eq!(seen, json!([0, "light dark"]), "{place:?}");
    })
    .await;
    let move_it = "document.body.style.marginTop = '200px';
        const done = arguments[0];
        setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => done(window.shift > 0))), 600);";
    assert_eq!(
        visitor.client.execute_async(move_it, vec![]).await.unwrap(),
        true,
        "or this would prove nothing"
    );
}

fn show(visitor: &Visitor, width: i64, scheme: &str) {
    let screen = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    visitor.driver.chromium("Emulation.setDeviceMetricsOverride", screen);
    // Nothing moves, so that no colour is taken on its way to another.
    let features = json!([
        { "name": "prefers-color-scheme", "value": scheme },
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ]);
    visitor.driver.chromium("Emulation.setEmulatedMedia", json!({ "features": features }));
}

async fn violations(visitor: &Visitor) -> Vec<String> {
    let run = "const done = arguments[0];
        axe.run().then(({ violations }) => done(violations.map(({ id, nodes }) =>
            id + ' ' + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join('; '))));";
    let found = visitor.client.execute_async(run, vec![]).await.unwrap();
    found.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}
