//! One page of every kind, on a blog with texts of every kind.

use crate::support::Visitor;
use fantoccini::Locator;
use rocket::serde::json::{Value, json};
use std::path::Path;

/// A page.
#[derive(Debug, Clone)]
pub struct Place {
    /// Where it is found, or where the form is sent that it is the answer to.
    path: String,
    /// What is in that form.
    fields: Option<Value>,
    /// The status it comes with.
    status: u16,
}

/// What only those who are signed in see. `ID` is the name of a post that has been changed, `DRAFT` that of a draft, and
/// `BACKUP` that of a backup.
const OWN: [&str; 28] = [
    "/admin",
    "/admin?show=drafts",
    "/admin?show=trash",
    "/admin/media",
    "/admin/tags",
    "/admin/tags/sea",
    "/admin/series",
    "/admin/series/walks",
    "/admin/settings",
    "/admin/accounts",
    "/admin/invites",
    "/admin/import",
    "/admin/backups",
    "/admin/backups/BACKUP",
    "/account",
    "/posts",
    "/posts/new",
    "/posts/ordinary",
    "/posts/hostile",
    "/posts/unfinished",
    "/posts/ID/edit",
    "/posts/DRAFT/edit",
    "/posts/ID/history",
    "/posts/ID/history?from=1&to=2",
    "/posts/ID/history/1",
    "/posts/ID/share",
    "/search?q=sea",
    "/authors/ada",
];

/// What everybody sees.
const PUBLIC: [&str; 19] = [
    "/posts",
    "/posts/ordinary",
    "/posts/hostile",
    "/posts/chinese",
    "/posts/arabic",
    "/posts/wide",
    "/archive",
    "/archive/2024",
    "/archive/2024/5",
    "/tags",
    "/tags/sea",
    "/tags/i-tag-i",
    "/series/walks",
    "/authors/ada",
    "/search",
    "/search?q=sea",
    "/search?q=%22%3Cscript%3E%20-%28",
    "/auth/login",
    "/users/register",
];

/// Where there is nothing, or nothing yet.
const NOWHERE: [&str; 3] = ["/nowhere", "/posts/ordinari", "/posts/unfinished"];

/// What is entered and how it comes back: where, as what, and with which status.
fn own_answers() -> [(&'static str, Value, u16); 5] {
    let refused = json!({ "title": "", "content": "# x", "slug": "!", "status": "published" });
    let late = json!({ "title": "Third", "content": "# Third", "base_version": "1" });
    [
        ("/posts/ID/edit", refused, 422),
        ("/posts/ID/edit", late, 409),
        ("/posts/preview", json!({ "title": "Preview", "content": "# x\n\n**y**" }), 200),
        ("/admin/backups/BACKUP/download", json!({ "password": "no" }), 422),
        ("/admin/settings", json!({ "title": "", "accent": "x", "timezone": "Nowhere" }), 422),
    ]
}

fn public_answers() -> [(&'static str, Value, u16); 2] {
    [
        ("/auth/login", json!({ "username": "<ada>", "password": "x" }), 401),
        ("/users/register", json!({ "username": "", "password": "x" }), 422),
    ]
}

/// Goes through all of them: first as the owner, then as a stranger.
pub async fn each(visitor: &Visitor, mut look: impl AsyncFnMut(&Place)) {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/texts");
    visitor.blog.command(&["settings", "set", "registration", "open"], "");
    visitor.blog.command(
        &["import", "markdown", texts.to_str().unwrap(), "--author", crate::support::NAME],
        "",
    );
    let id = change(visitor, "/posts/wide").await;
    let draft = id_of(visitor, "/posts/unfinished").await;
    let said = visitor.blog.command(&["backup"], "");
    let backup =
        said.split(" is a backup").next().and_then(|path| path.rsplit('/').next()).unwrap();
    let named =
        |path: &str| path.replace("ID", &id).replace("DRAFT", &draft).replace("BACKUP", backup);
    let found = |path: &&str| Place { path: named(path), fields: None, status: 200 };
    let missing = |path: &&str| Place { status: 404, ..found(path) };
    let answer = |(path, fields, status): (&str, Value, u16)| Place {
        fields: Some(fields),
        status,
        ..found(&path)
    };
    let own = OWN.iter().map(found).chain(NOWHERE[..2].iter().map(missing));
    for place in own.chain(own_answers().map(answer)) {
        look(&place).await;
    }
    visitor.client.delete_all_cookies().await.unwrap();
    let public = PUBLIC.iter().map(found).chain(NOWHERE.iter().map(missing));
    for place in public.chain(public_answers().map(answer)) {
        look(&place).await;
    }
}

/// Changes the text of a post, so that it has a history.
async fn change(visitor: &Visitor, path: &str) -> String {
    let id = id_of(visitor, path).await;
    visitor.pastes("content", "## Wide\n\nNot so wide any more.").await;
    visitor.pastes("series", "Walks").await;
    visitor.presses("Publish changes").await;
    visitor.arrives_at(path).await;
    id
}

async fn id_of(visitor: &Visitor, path: &str) -> String {
    visitor.open(path).await;
    visitor.follows("Edit").await;
    visitor.find(Locator::Id("content")).await;
    let url = visitor.client.current_url().await.unwrap();
    url.path().split('/').nth(2).unwrap().to_owned()
}

impl Place {
    /// Shows the page in the window.
    pub async fn open(&self, visitor: &Visitor) {
        let Some(fields) = &self.fields else { return visitor.open(&self.path).await };
        visitor.open("/posts").await;
        let send = "const [action, fields] = arguments;
            window.left = true;
            const form = Object.assign(document.createElement('form'), { action, method: 'post' });
            for (const [name, value] of Object.entries(fields)) {
                form.append(Object.assign(document.createElement('textarea'), { name, value }));
            }
            document.body.append(form);
            form.submit();";
        visitor.runs(send, vec![json!(self.path), fields.clone()]).await;
        visitor.waits_until("!window.left && document.readyState === 'complete'").await;
    }

    /// The HTML of the page as the blog sends it.
    pub async fn source(&self, visitor: &Visitor) -> String {
        let fetch = "const [path, fields, done] = arguments;
            const body = fields && new URLSearchParams(fields);
            fetch(path, { method: body ? 'POST' : 'GET', body })
                .then(async (answer) => done([answer.status, await answer.text()]));";
        let arguments = vec![json!(self.path), json!(self.fields)];
        let answer = visitor.client.execute_async(fetch, arguments).await.unwrap();
        assert_eq!(answer[0], self.status, "{self:?}");
        answer[1].as_str().unwrap().to_owned()
    }
}
