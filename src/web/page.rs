use crate::blog::post::Page;
use rocket::form::{self, FromFormField, ValueField};
use rocket::http::impl_from_uri_param_identity;
use rocket::http::uri::fmt::{Formatter, Query, UriDisplay};

/// `?page=2`, `?page=older-1700000000-42`.
#[rocket::async_trait]
impl<'v> FromFormField<'v> for Page {
    fn from_value(field: ValueField<'v>) -> form::Result<'v, Page> {
        field.value.parse().map_err(|()| form::Error::validation("There is no such page.").into())
    }
}

impl UriDisplay<Query> for Page {
    fn fmt(&self, f: &mut Formatter<'_, Query>) -> std::fmt::Result {
        f.write_value(self.to_string())
    }
}

impl_from_uri_param_identity!([Query] Page);
