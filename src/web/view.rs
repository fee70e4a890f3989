use super::address::encoded;
use super::format::Format;
use super::languages;
use super::notice::{self, Notice};
use super::public_url::PublicUrl;
use super::visit::Visit;
use crate::blog::{Menu, Registration, Site, User};
use rocket::Request;
use rocket::http::uri::Origin;
use rocket::request::{FromRequest, Outcome};
use rocket::serde::json::Value;
use rocket_dyn_templates::Template;
use serde::Serialize;

/// The frame around every page.
pub struct View<'r> {
    visit: &'r Visit,
    site: &'r Site,
    /// Where the owner's own style sheet is found.
    style_sheet: &'static str,
    uri: &'r Origin<'r>,
    /// Where the blog is found, without a slash at the end.
    base: String,
    notice: Option<Notice>,
    format: Format,
    is_still: bool,
}

/// Managed where pages are to be files, so that they lead nowhere that only the blog itself can answer.
pub struct Still;

/// What a template gets: what the frame shows, and what the page shows.
#[derive(Serialize)]
struct Context<'a> {
    site: &'a Site,
    /// The language of the page.
    lang: &'a str,
    /// The address of the owner's own style sheet, if they have one.
    style_sheet: Option<&'static str>,
    menu: &'a Menu,
    user: Option<&'a User>,
    can_register: bool,
    is_still: bool,
    path: &'a str,
    base_url: &'a str,
    notice: Option<&'a Notice>,
    #[serde(flatten)]
    content: Value,
}

impl<'r> View<'r> {
    /// A page: `template` drawn with `content`, inside the frame.
    pub fn page(&self, template: &'static str, content: Value) -> Template {
        let open = self.site.registration == Registration::Open;
        let context = Context {
            site: self.site,
            lang: &self.site.language,
            style_sheet: (!self.site.style_sheet.is_empty()).then_some(self.style_sheet),
            menu: &self.visit.menu,
            user: self.visit.user(),
            can_register: open || !self.visit.any_account,
            is_still: self.is_still,
            path: self.uri.path().as_str(),
            base_url: &self.base,
            notice: self.notice.as_ref(),
            content: self.said(content),
        };
        Template::render(template, context)
    }

    /// What a page shows, with what is wrong with its form in the language of the page: macros cannot know that language.
    fn said(&self, mut content: Value) -> Value {
        let problems = content.get_mut("problems").and_then(Value::as_object_mut);
        for problem in problems.into_iter().flat_map(|problems| problems.values_mut()) {
            if let Value::String(sentence) = problem {
                *sentence = languages::said(&self.site.language, sentence).into_owned();
            }
        }
        content
    }

    /// The same frame as it would be with other settings; their style sheet is found at `style_sheet`.
    pub fn dressed<'s>(&self, site: &'s Site, style_sheet: &'static str) -> View<'s>
    where
        'r: 's,
    {
        let View { visit, uri, format, is_still, .. } = *self;
        let base = self.base.clone();
        View { visit, site, style_sheet, uri, base, notice: None, format, is_still }
    }

    /// The visit that the page is for.
    pub fn visit(&self) -> &'r Visit {
        self.visit
    }

    /// Where the blog is found, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base
    }

    /// The whole address of a path of ours.
    pub fn absolute(&self, path: &str) -> String {
        self.base.clone() + &encoded(path)
    }

    /// The settings that the page is drawn with.
    pub fn site(&self) -> &'r Site {
        self.site
    }

    /// Whether it is a program that asks, and wants JSON instead of a page.
    pub fn wants_data(&self) -> bool {
        self.format == Format::Data
    }

    fn of(
        request: &'r Request<'_>,
        visit: &'r Visit,
        notice: Option<Notice>,
        format: Format,
    ) -> View<'r> {
        let (uri, base) = (request.uri(), PublicUrl::of(request).0);
        let is_still = request.rocket().state::<Still>().is_some();
        let (site, style_sheet) = (&visit.site, "/custom.css");
        View { visit, site, style_sheet, uri, base, notice, format, is_still }
    }

    /// The frame for `request` where the database cannot be asked.
    pub(super) fn bare(request: &'r Request<'_>, visit: &'r Visit) -> View<'r> {
        View::of(request, visit, None, Format::Page)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for View<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<View<'r>, ()> {
        match Visit::of(request).await {
            Ok(visit) => {
                let notice = notice::take(request.cookies());
                let format = Format::of(request);
                Outcome::Success(View::of(request, visit, notice, format))
            }
            Err(status) => Outcome::Error((status, ())),
        }
    }
}
