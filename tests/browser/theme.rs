//! Dark and light.

use crate::support::Visitor;
use fantoccini::Locator;
use rocket::serde::json::json;

#[rocket::async_test]
async fn the_page_is_as_dark_as_the_readers_system() {
    let Some(visitor) = Visitor::owner().await else { return };
    for (system, dark) in [("dark", true), ("light", false)] {
        set_system(&visitor, system);
        visitor.open("/posts").await;
        assert_eq!(is_dark(&visitor).await, dark, "{system}");
    }
}

#[rocket::async_test]
async fn the_setting_of_the_blog_wins_over_the_readers_system() {
    let Some(visitor) = Visitor::author().await else { return };
    for (theme, system, dark) in [("light", "dark", false), ("dark", "light", true)] {
        visitor.open("/admin/settings").await;
        visitor.find(Locator::Id("theme")).await.select_by_value(theme).await.unwrap();
        visitor.presses("Save").await;
        visitor.find(Locator::Css("[role=status]")).await;
        set_system(&visitor, system);
        visitor.open("/posts").await;
        assert_eq!(is_dark(&visitor).await, dark, "{theme} in a {system} system");
    }
}

fn set_system(visitor: &Visitor, scheme: &str) {
    let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
    visitor.driver.chromium("Emulation.setEmulatedMedia", json!({ "features": features }));
}

/// Whether text is lighter than what it stands on. Painted first, because colours have many notations.
async fn is_dark(visitor: &Visitor) -> bool {
    let script = "
        const page = document.createElement('canvas').getContext('2d');
        const light = (colour) => {
            page.fillStyle = colour;
            page.fillRect(0, 0, 1, 1);
            const [red, green, blue] = page.getImageData(0, 0, 1, 1).data;
            return red + green + blue;
        };
        const style = getComputedStyle(document.body);
        return [light(style.backgroundColor), light(style.color)];";
    let answer = visitor.runs(script, vec![]).await;
    let (ground, text) = (answer[0].as_i64().unwrap(), answer[1].as_i64().unwrap());
    assert!((ground - text).abs() > 3 * 128, "text stands out");
    ground < text
}
