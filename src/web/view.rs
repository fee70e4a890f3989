use super::format::Format;
use super::notice::{self, Notice};
use super::visit::Visit;
use crate::blog::{Menu, Registration, Site, User};
use rocket::Request;
use rocket::http::uri::Origin;
use rocket::request::{FromRequest, Outcome};
use rocket_dyn_templates::Template;
use serde::Serialize;

/// The frame around every page.
pub struct View<'r> {
    visit: &'r Visit,
    uri: &'r Origin<'r>,
    notice: Option<Notice>,
    format: Format,
}

/// What a template gets: what the frame shows, and what the page shows.
#[derive(Serialize)]
struct Context<'a, T> {
    site: &'a Site,
    menu: &'a Menu,
    user: Option<&'a User>,
    can_register: bool,
    path: &'a str,
    notice: Option<&'a Notice>,
    #[serde(flatten)]
    content: T,
}

impl<'r> View<'r> {
    /// A page: `template` drawn with `content`, inside the frame.
    pub fn page(&self, template: &'static str, content: impl Serialize) -> Template {
        let open = self.visit.site.registration == Registration::Open;
        let context = Context {
            site: &self.visit.site,
            menu: &self.visit.menu,
            user: self.visit.user(),
            can_register: open || !self.visit.any_account,
            path: self.uri.path().as_str(),
            notice: self.notice.as_ref(),
            content,
        };
        Template::render(template, context)
    }

    /// The visit that the page is for.
    pub fn visit(&self) -> &'r Visit {
        self.visit
    }

    /// Whether it is a program that asks, and wants JSON instead of a page.
    pub fn wants_data(&self) -> bool {
        self.format == Format::Data
    }

    /// The frame for `request` where the database cannot be asked.
    pub(super) fn bare(request: &'r Request<'_>, visit: &'r Visit) -> View<'r> {
        View { visit, uri: request.uri(), notice: None, format: Format::Page }
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
                Outcome::Success(View { visit, uri: request.uri(), notice, format })
            }
            Err(status) => Outcome::Error((status, ())),
        }
    }
}
