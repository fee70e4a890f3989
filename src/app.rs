//! All of it, put together.

use crate::db::Db;
use crate::settings::Settings;
use crate::web::assets::{self, Assets};
use crate::web::cache::Caching;
use crate::web::headers::Safety;
use crate::web::route_name::RouteName;
use crate::web::throttle::Doors;
use crate::web::{Claim, Hashing, Still, Store, Workshop, catchers, origin, templates};
use crate::{blog, jobs, routes};
use rocket::figment::Figment;
use rocket::figment::providers::Serialized;
use rocket::shield::Shield;
use rocket::{Build, Config, Rocket};
use std::sync::Arc;

/// The blog, ready to launch.
///
/// # Errors
/// One sentence on what is wrong with the configuration or the database.
pub fn build(
    figment: Figment,
    settings: Settings,
    db: Db,
    claim: Claim,
) -> Result<Rocket<Build>, String> {
    let db = db.with_readers().map_err(|error| error.to_string())?;
    Ok(pages(figment, settings, db.clone(), claim)?.attach(jobs::stage(db)))
}

/// The blog as an export asks it: nothing happens by the clock, and no page leads to what cannot be a file.
///
/// # Errors
/// See [`build`].
pub fn still(figment: Figment, settings: Settings, db: Db) -> Result<Rocket<Build>, String> {
    let db = db.with_readers().map_err(|error| error.to_string())?;
    let (claim, _) = Claim::new();
    Ok(pages(figment, settings, db, claim)?.manage(Still))
}

fn pages(
    figment: Figment,
    settings: Settings,
    db: Db,
    claim: Claim,
) -> Result<Rocket<Build>, String> {
    let figment = with_secret_key(figment, &db)?;
    let theme = settings.theme.clone();
    let watched = templates::watched(theme.as_deref()).map_err(|error| error.to_string())?;
    let assets = Arc::new(Assets::load(theme.as_deref()));
    let counted = settings.edge.metrics.is_some();
    let rocket = rocket::custom(figment.merge(Serialized::global("template_dir", watched)))
        .manage(Workshop::beside(db.path()))
        .manage(Store::new(db))
        .manage(Hashing::new(settings.bcrypt_cost))
        .manage(Doors::default())
        .manage(routes::Previews::default())
        .manage(routes::Imports::default())
        .manage(claim)
        .manage(assets.clone())
        .manage(settings)
        .attach(origin::SameOrigin)
        // Instead of Rocket's own headers come ours.
        .attach(Shield::new())
        .attach(templates::stage(theme, assets))
        .attach(Caching)
        .attach(Safety)
        .mount("/", routes::all())
        .mount("/", assets::routes())
        .mount("/", origin::routes())
        .register("/", catchers::catchers());
    Ok(if counted { rocket.attach(RouteName) } else { rocket })
}

/// The key of the private cookies: the operator's, else the one that is kept in the database.
fn with_secret_key(figment: Figment, db: &Db) -> Result<Figment, String> {
    let config = Config::try_from(&figment).map_err(|error| error.to_string())?;
    if config.secret_key.is_provided() {
        return Ok(figment);
    }
    let key = blog::cookie_key(db).map_err(|error| error.to_string())?;
    Ok(figment.merge(Serialized::global("secret_key", key)))
}
