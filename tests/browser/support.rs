//! A person with a browser in front of a blog.

use crate::blog::Blog;
use crate::driver::{Driver, Scripts};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, error::CmdError};
use rocket::serde::json::{Value, json};
use std::time::{Duration, Instant};

/// The name of the owner in all tests.
pub const NAME: &str = "ada";
/// The owner's password.
pub const PASSWORD: &str = "seven blue herons at dusk";

/// Somebody who visits a blog of their own.
pub struct Visitor {
    /// The window.
    pub client: Client,
    /// What steers the window.
    pub driver: Driver,
    /// What is visited.
    pub blog: Blog,
}

impl Visitor {
    /// Somebody in front of a blog without accounts; nobody where there is no browser.
    pub async fn new(scripts: Scripts) -> Option<Visitor> {
        let mut driver = Driver::start()?;
        let client = driver.open(scripts).await;
        Some(Visitor { client, driver, blog: Blog::start() })
    }

    /// The owner of a blog, who is not signed in yet.
    pub async fn owner() -> Option<Visitor> {
        let visitor = Visitor::new(Scripts::On).await?;
        visitor.blog.command(&["user", "add", NAME, "--role", "owner"], &format!("{PASSWORD}\n"));
        Some(visitor)
    }

    /// The owner, signed in.
    pub async fn author() -> Option<Visitor> {
        let visitor = Visitor::owner().await?;
        visitor.open("/auth/login").await;
        visitor.sign_in().await;
        visitor.arrives_at("/posts").await;
        Some(visitor)
    }

    /// Goes to `path`.
    pub async fn open(&self, path: &str) {
        self.client.goto(&self.blog.url(path)).await.unwrap();
    }

    /// Waits until the window shows `path`.
    pub async fn arrives_at(&self, path: &str) {
        let url = self.blog.url(path);
        let reached = self.client.wait().for_url(&url.parse().unwrap()).await;
        let now = self.client.current_url().await.unwrap();
        assert!(reached.is_ok(), "{now} instead of {url}");
    }

    /// Waits until `text` is on the page.
    pub async fn sees(&self, text: &str) {
        let any = format!("//body//*[contains(normalize-space(), \"{text}\")]");
        let seen = self.client.wait().for_element(Locator::XPath(&any)).await;
        assert!(seen.is_ok(), "the page does not say: {text}");
    }

    /// Clicks on the link that says `text`.
    pub async fn follows(&self, text: &str) {
        let link = self.find(Locator::LinkText(text)).await;
        link.click().await.unwrap();
    }

    /// Clicks on the button that says `text`.
    pub async fn presses(&self, text: &str) {
        let button = format!("//button[normalize-space() = \"{text}\"]");
        self.find(Locator::XPath(&button)).await.click().await.unwrap();
    }

    /// Types `text` into the field `name`, letter by letter.
    pub async fn types(&self, name: &str, text: &str) {
        self.find(Locator::Id(name)).await.send_keys(text).await.unwrap();
    }

    /// Puts `text` into the field `name` at once, whatever letters it has.
    pub async fn pastes(&self, name: &str, text: &str) {
        let script = "document.getElementById(arguments[0]).value = arguments[1]";
        self.runs(script, vec![json!(name), json!(text)]).await;
    }

    /// Types name and password, and sends them.
    pub async fn sign_in(&self) {
        self.types("username", NAME).await;
        self.types("password", PASSWORD).await;
        self.presses("Login").await;
    }

    /// Writes a post with these fields and publishes it.
    pub async fn publishes(&self, fields: &[(&str, &str)]) {
        self.open("/posts/new").await;
        for (name, text) in fields {
            self.pastes(name, text).await;
        }
        self.presses("Publish").await;
        self.arrives_at("/posts").await;
    }

    /// What is in the field `name`.
    pub async fn value(&self, name: &str) -> String {
        self.find(Locator::Id(name)).await.prop("value").await.unwrap().unwrap()
    }

    /// The element at `place`, as soon as it is there.
    pub async fn find(&self, place: Locator<'_>) -> Element {
        self.client.wait().for_element(place).await.unwrap()
    }

    /// Hits one key, wherever the focus is.
    pub async fn hits(&self, key: Key) {
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: key.into() })
            .then(KeyAction::Up { value: key.into() });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Hits a key while holding others.
    pub async fn holds(&self, held: &[Key], key: impl Into<char>) {
        let (press, release) = held.iter().fold((vec![], vec![]), |(mut down, mut up), key| {
            down.push(KeyAction::Down { value: (*key).into() });
            up.push(KeyAction::Up { value: (*key).into() });
            (down, up)
        });
        let value = key.into();
        let hit = [KeyAction::Down { value }, KeyAction::Up { value }];
        let keys = KeyActions::new("keyboard".to_owned());
        let all = press.into_iter().chain(hit).chain(release);
        self.client.perform_actions(all.fold(keys, |keys, key| keys.then(key))).await.unwrap();
    }

    /// Types where the focus is.
    pub async fn writes(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Puts the focus into the field `name` and selects what is in it.
    pub async fn selects(&self, name: &str) {
        self.runs(
            "const field = document.getElementById(arguments[0]); field.focus(); field.select()",
            vec![json!(name)],
        )
        .await;
    }

    /// Waits until `condition` holds in the page.
    pub async fn waits_until(&self, condition: &str) {
        let met = async || self.runs(&format!("return Boolean({condition})"), vec![]).await == true;
        let (start, patience) = (Instant::now(), Duration::from_secs(30));
        while !met().await {
            assert!(start.elapsed() < patience, "never: {condition}");
        }
    }

    /// Waits until the editor says `text` about the state of the post.
    pub async fn reads_in_state(&self, text: &str) {
        let said = format!("document.querySelector('.editor__state').innerText.includes({text:?})");
        self.waits_until(&said).await;
    }

    /// Runs a script as from the console.
    pub async fn runs(&self, script: &str, arguments: Vec<Value>) -> Value {
        let answer: Result<_, CmdError> = self.client.execute(script, arguments).await;
        answer.unwrap()
    }

    /// Whether the browser runs the scripts of pages: shown by one that only does that.
    pub async fn has_scripts(&self) -> bool {
        let page = "data:text/html,<title>off</title><script>document.title='on'</script>";
        self.client.goto(page).await.unwrap();
        self.client.title().await.unwrap() == "on"
    }
}
