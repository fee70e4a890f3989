use super::{Error, memory};
use crate::blog::{Site, User};
use crate::db::Db;
use crate::settings::{Flags, Settings, figment, in_one_line};
use crate::web::Claim;
use crate::{app, logging};
use rocket::config::Shutdown;
use rocket::error::ErrorKind;
use rocket::fairing::AdHoc;
use rocket::tokio::runtime::{Builder, Runtime};
use rocket::tokio::time::{Duration, Instant, sleep};
use rocket::{Build, Config, Orbit, Rocket};
use std::io::{self, Write};
use std::net::TcpListener;
use std::sync::Arc;

/// Runs the blog until it is told to stop; then finishes running requests and leaves a single file.
pub fn run(flags: &Flags) -> Result<(), Error> {
    memory::give_back();
    let figment = figment(flags);
    let settings = Settings::extract(&figment).map_err(Error::Settings)?;
    let config = Config::try_from(&figment)
        .map_err(|error| Error::Settings(in_one_line(&error.to_string())))?;
    logging::start(settings.log_format);
    refuse_taken_port(&settings)?;

    let db = Db::open(&settings.database)?;
    let (claim, token) = Claim::new();
    let unclaimed = !db.read(User::any)?;
    let claim_token = unclaimed.then(|| token.to_string());
    let banner = Banner { settings: settings.clone(), claim: claim_token, db: db.clone() };
    let rocket = app::build(figment, settings, db.clone(), claim)
        .map_err(Error::Start)?
        .attach(banner.stage());
    let runtime = runtime(&config)?;
    runtime.block_on(serve(rocket))?;
    // A request that never ends must not keep the program from ending.
    runtime.shutdown_timeout(Duration::from_secs(10));
    Ok(db.checkpoint()?)
}

/// Before the database is touched: a second start by mistake should change nothing.
fn refuse_taken_port(settings: &Settings) -> Result<(), Error> {
    let (address, port) = (settings.address, settings.port);
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} on {address} is in use; stop the other program or choose another with --port"
        ),
        io::ErrorKind::PermissionDenied => {
            format!("port {port} needs more rights; choose one above 1023 with --port")
        }
        _ => format!("cannot listen on {address}, port {port}: {error}"),
    };
    TcpListener::bind((address, port)).map(drop).map_err(|error| Error::Start(refused(error)))
}

fn runtime(config: &Config) -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .thread_name("monograph")
        .worker_threads(config.workers)
        .max_blocking_threads(config.max_blocking)
        .enable_all()
        .build()
}

async fn serve(rocket: Rocket<Build>) -> Result<(), Error> {
    let Err(error) = rocket.launch().await else { return Ok(()) };
    match error.kind() {
        ErrorKind::Shutdown(rocket, _) => {
            finish(rocket).await;
            Ok(())
        }
        _ => Err(Error::Start(explain(&error))),
    }
}

/// Rocket 0.5 returns at once, with requests still running, where somebody connects in the very moment of the signal:
/// its accept loop then ends before it has noticed the signal itself. Each running request holds on to `rocket`.
async fn finish(rocket: &Arc<Rocket<Orbit>>) {
    let Shutdown { grace, mercy, .. } = rocket.config().shutdown;
    let end = Instant::now() + Duration::from_secs((grace + mercy).into());
    while Arc::strong_count(rocket) > 1 && Instant::now() < end {
        sleep(Duration::from_millis(10)).await;
    }
}

fn explain(error: &rocket::Error) -> String {
    match error.kind() {
        ErrorKind::Bind(cause) | ErrorKind::Io(cause) => format!("cannot listen: {cause}"),
        ErrorKind::FailedFairings(_) => "the templates cannot be used; the log says why".to_owned(),
        other => format!("cannot start: {other}"),
    }
}

/// What is said once the blog answers.
struct Banner {
    settings: Settings,
    claim: Option<String>,
    db: Db,
}

impl Banner {
    fn stage(self) -> AdHoc {
        AdHoc::on_liftoff("Banner", move |rocket| Box::pin(async move { self.say(rocket) }))
    }

    fn say(mut self, rocket: &Rocket<Orbit>) {
        // With port 0 only Rocket knows which one it got.
        self.settings.port = rocket.config().port;
        let url = self.settings.public_url();
        let url = url.as_str();
        if let Err(error) = self.db.write(|tx| Site::remember_url(tx, url)) {
            log::warn!("commands will not know where the blog is served: {error}");
        }
        let mut lines = format!(
            "Monograph is at {url}\nIts database is {}\n",
            self.settings.database.display()
        );
        if let Some(token) = self.claim {
            lines += &format!(
                "It has no account yet. Make the first one within 30 minutes: {url}/users/register?claim={token}\n"
            );
        }
        let mut out = io::stdout().lock();
        // A closed standard output is no reason not to serve.
        let _ = out.write_all(lines.as_bytes()).and_then(|()| out.flush());
    }
}
