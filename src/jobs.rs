//! What happens by the clock.

use crate::blog::{self, Invite, Post, Recovery, Session, Share, backup, search};
use crate::db::Db;
use crate::web::now;
use rocket::fairing::AdHoc;
use rocket::tokio::{self, task::spawn_blocking, time};
use std::time::Duration;

/// One thing done again and again.
struct Job {
    name: &'static str,
    every: Duration,
    run: fn(&Db, i64) -> blog::Result<usize>,
}

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

const JOBS: &[Job] = &[
    Job {
        name: "notice what other programs have changed, and what is to appear",
        every: Duration::from_millis(200),
        run: |db, now| Post::look_ahead(db, now).map(|()| 0),
    },
    Job {
        name: "read the whole database for damage",
        every: DAY,
        run: |db, _| db.examine().map(|()| 0).map_err(blog::Error::Storage),
    },
    Job {
        name: "draw posts that an earlier version drew",
        every: HOUR,
        run: |db, _| Post::redraw_outdated(db),
    },
    Job {
        name: "take into the search what is not in it yet",
        every: MINUTE,
        run: |db, _| search::catch_up_with_all(db).map_err(blog::Error::Storage),
    },
    Job { name: "make the backup of the night", every: HOUR, run: backup::nightly },
    Job {
        name: "forget ended sessions",
        every: HOUR,
        run: |db, now| db.write(|tx| Session::forget_ended(tx, now)),
    },
    Job {
        name: "forget ended invitations and recovery links",
        every: HOUR,
        run: |db, now| {
            db.write(|tx| Ok(Invite::forget_ended(tx, now)? + Recovery::forget_ended(tx, now)?))
        },
    },
    Job {
        name: "forget links to drafts that ended a month ago",
        every: HOUR,
        run: |db, now| db.write(|tx| Share::forget_ended(tx, now)),
    },
    Job {
        name: "remove what was in the trash for thirty days",
        every: HOUR,
        run: |db, now| db.write(|tx| Post::clear_old_trash(tx, now)),
    },
    Job {
        name: "forget single saves of work that ended thirty days ago",
        every: HOUR,
        run: |db, now| db.write(|tx| Post::forget_steps(tx, now)),
    },
];

/// Starts every job at liftoff and stops it at shutdown.
pub fn stage(db: Db) -> AdHoc {
    AdHoc::on_liftoff("Jobs", move |rocket| {
        Box::pin(async move {
            for job in JOBS {
                tokio::spawn(repeat(job, db.clone(), rocket.shutdown()));
            }
        })
    })
}

async fn repeat(job: &'static Job, db: Db, mut shutdown: rocket::Shutdown) {
    let mut tick = time::interval(job.every);
    loop {
        tokio::select! {
            _ = &mut shutdown => break,
            _ = tick.tick() => {
                let (db, is_damaged) = (db.clone(), db.damage().is_some());
                match spawn_blocking(move || (job.run)(&db, now())).await {
                    Ok(Ok(0)) => {}
                    Ok(Ok(count)) => log::info!("{}: {count}", job.name),
                    // It has been said.
                    Ok(Err(_)) if is_damaged => {}
                    Ok(Err(error)) => log::error!("{}: {error}", job.name),
                    Err(error) => log::error!("{}: {error}", job.name),
                }
            }
        }
    }
}
