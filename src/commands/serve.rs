use super::{Error, gauges, memory, notify};
use crate::blog::{Site, User};
use crate::db::Db;
use crate::edge::tls::{Source, Tls};
use crate::edge::{Door, Edge, Origin, PageCache, Pass, metrics};
use crate::settings::{Flags, Listen, Loopback, Settings, figment, in_one_line};
use crate::web::gate::{self, Gate};
use crate::web::{COOKIES, Claim, now};
use crate::{app, logging};
use rocket::error::ErrorKind;
use rocket::fairing::AdHoc;
use rocket::figment::Figment;
use rocket::tokio::net::TcpListener;
use rocket::tokio::runtime::{Builder, Runtime};
use rocket::tokio::signal::unix::{Signal, SignalKind, signal};
use rocket::tokio::sync::oneshot;
use rocket::tokio::task::JoinHandle;
use rocket::tokio::time::{Duration, Instant, sleep};
use rocket::tokio::{select, spawn};
use rocket::{Build, Config, Ignite, Rocket, Shutdown};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

/// Runs the blog until it is told to stop; then finishes running requests and leaves a single file.
pub fn run(flags: &Flags) -> Result<(), Error> {
    memory::give_back();
    let figment = figment(flags);
    let settings = Settings::extract(&figment).map_err(Error::Settings)?;
    let config = Config::try_from(&figment)
        .map_err(|error| Error::Settings(in_one_line(&error.to_string())))?;
    logging::start(settings.log_format);
    let runtime = runtime(&config)?;
    let served = runtime.block_on(serve(figment, settings));
    // A request that never ends must not keep the program from ending.
    runtime.shutdown_timeout(Duration::from_secs(10));
    Ok(served?.checkpoint()?)
}

fn runtime(config: &Config) -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .thread_name("monograph")
        .worker_threads(config.workers)
        .max_blocking_threads(config.max_blocking)
        .enable_all()
        .build()
}

/// Serves until the signal; the database, for what remains to be done.
async fn serve(figment: Figment, mut settings: Settings) -> Result<Db, Error> {
    let stop = Stop::listen()?;
    // Before the database is touched: a second start by mistake should change nothing.
    let door = open_door(&mut settings).await?;
    let watched = open_metrics(&settings).await?;
    let source = settings.certificate.as_ref().map(Source::of).transpose().map_err(Error::Start)?;
    let db = Db::open(&settings.database)?;
    if let Err(error) = db.refuse_damaged() {
        log::error!("{error}");
    }
    let (claim, token) = Claim::new();
    let unclaimed = !db.read(User::any)?;
    let claim_token = unclaimed.then(|| token.to_string());
    let banner = Banner {
        settings: settings.clone(),
        listens_at: door.address(),
        claim: claim_token,
        db: db.clone(),
    };

    let pass = Pass::random();
    let rocket = app::build(behind_the_edge(figment), settings.clone(), db.clone(), claim)
        .map_err(Error::Start)?
        .attach(Gate(pass.clone()))
        .mount("/", gate::routes());
    let blog = launch(rocket).await?;
    let origin = Origin::new(blog.address, pass, &settings.edge);
    let tls = source.map(|source| tls(source, &db)).transpose()?;
    let edge = Edge::new(&settings, origin, page_cache(&settings, &db)?, tls);
    if let (Some(listener), Some(metrics)) = (watched, edge.journal.metrics.clone()) {
        let (edge, db) = (edge.clone(), db.clone());
        let look = Arc::new(move || gauges::look(&edge, &db));
        spawn(metrics::serve(listener, metrics, look));
    }
    banner.say();
    notify::say("READY=1");
    door.serve(edge.clone(), stop.asked()).await;
    edge.origin.close().await;
    blog.end(settings.edge.drain.duration()).await;
    Ok(db)
}

/// Room for the pages of the blog, as long as they show what it holds.
fn page_cache(settings: &Settings, db: &Db) -> Result<PageCache, Error> {
    let db = db.clone().watching()?;
    let generation = Arc::new(move || db.generation(now()));
    Ok(PageCache::new(settings.edge.page_cache.as_u64(), &COOKIES, generation))
}

/// HTTPS, with certificates from `source`; those that it gets are kept in the blog's own file.
fn tls(source: Source, db: &Db) -> Result<Tls, Error> {
    let certificates = source.start(Arc::new(db.clone()));
    Tls::new(certificates).map_err(|error| Error::Start(error.to_string()))
}

/// What asks the program to stop: a service manager, or somebody at the terminal.
struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    /// From now on the program is asked, not killed.
    fn listen() -> io::Result<Stop> {
        // Told to look at its files again, a program that has none should not die of it.
        let _ = signal(SignalKind::hangup())?;
        let (terminate, interrupt) = (SignalKind::terminate(), SignalKind::interrupt());
        Ok(Stop { terminate: signal(terminate)?, interrupt: signal(interrupt)? })
    }

    async fn asked(mut self) {
        select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Listens for those who want to know the numbers, if anybody may.
async fn open_metrics(settings: &Settings) -> Result<Option<TcpListener>, Error> {
    let Some(address) = settings.edge.metrics.map(Loopback::address) else { return Ok(None) };
    let refused = |error| Error::Start(format!("cannot listen on {address} for metrics: {error}"));
    Ok(Some(TcpListener::bind(address).await.map_err(refused)?))
}

/// Listens, and notes which port the system chose.
async fn open_door(settings: &mut Settings) -> Result<Door, Error> {
    let refused = |(place, error): (Listen, io::Error)| match (place, error.kind()) {
        (Listen::Tcp(place), io::ErrorKind::AddrInUse) => format!(
            "port {} on {} is in use; stop the other program or choose another with --port",
            place.port(),
            place.ip()
        ),
        (Listen::Tcp(place), io::ErrorKind::PermissionDenied) => {
            format!("port {} needs more rights; choose one above 1023 with --port", place.port())
        }
        (Listen::Unix(path), io::ErrorKind::AddrInUse) => {
            format!("another program listens at {}; stop it first", path.display())
        }
        (place, _) => format!("cannot listen at {place}: {error}"),
    };
    let door = Door::open(settings).await.map_err(|why| Error::Start(refused(why)))?;
    if let Some(address) = door.address() {
        (settings.address, settings.port) = (address.ip(), address.port());
    }
    Ok(door)
}

/// Rocket listens where only the edge comes, and leaves the signals to it.
fn behind_the_edge(figment: Figment) -> Figment {
    figment
        .merge(("address", Ipv4Addr::LOCALHOST))
        .merge(("port", 0))
        .merge(("ip_header", false))
        .merge(("shutdown.ctrlc", false))
        .merge(("shutdown.signals", [(); 0]))
        // All is answered by then; see `Blog::end`.
        .merge(("shutdown.grace", 0))
        .merge(("shutdown.mercy", 0))
}

/// Rocket while it runs.
struct Blog {
    address: SocketAddr,
    shutdown: Shutdown,
    launched: JoinHandle<Result<Rocket<Ignite>, rocket::Error>>,
}

/// Starts Rocket, and waits until it listens.
async fn launch(rocket: Rocket<Build>) -> Result<Blog, Error> {
    let (say, listens) = oneshot::channel();
    let say = Mutex::new(Some(say));
    let rocket = rocket.attach(AdHoc::on_liftoff("Origin", move |rocket| {
        let say = say.lock().ok().and_then(|mut say| say.take());
        let address = SocketAddr::new(rocket.config().address, rocket.config().port);
        // Whoever wanted to know may have given up.
        let _ = say.map(|say| say.send(address));
        Box::pin(async {})
    }));
    let rocket = rocket.ignite().await.map_err(|error| Error::Start(explain(&error)))?;
    let shutdown = rocket.shutdown();
    let mut launched = spawn(rocket.launch());
    select! {
        Ok(address) = listens => Ok(Blog { address, shutdown, launched }),
        Ok(Err(error)) = &mut launched => Err(Error::Start(explain(&error))),
        else => Err(Error::Start("cannot start".to_owned())),
    }
}

impl Blog {
    /// Ends it, whose requests are answered by now. One whose client has gone may still be at work, and is given the
    /// time `within`: each holds on to Rocket.
    async fn end(self, within: Duration) {
        self.shutdown.notify();
        let Ok(Err(error)) = self.launched.await else { return };
        let ErrorKind::Shutdown(rocket, _) = error.kind() else { return };
        let end = Instant::now() + within;
        while Arc::strong_count(rocket) > 1 && Instant::now() < end {
            sleep(Duration::from_millis(10)).await;
        }
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
    listens_at: Option<SocketAddr>,
    claim: Option<String>,
    db: Db,
}

impl Banner {
    fn say(self) {
        let url = self.settings.public_url();
        let url = url.as_str();
        if let Err(error) = self.db.write(|tx| Site::remember_url(tx, url)) {
            log::warn!("commands will not know where the blog is served: {error}");
        }
        let mut lines = format!(
            "Monograph is at {url}\nIts database is {}\n",
            self.settings.database.display()
        );
        // Visitors may find it elsewhere than it is, and the port may be the system's choice.
        if let Some(address) = self.listens_at
            && !url.ends_with(&format!("://{address}"))
        {
            lines += &format!("It listens at {address}\n");
        }
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
