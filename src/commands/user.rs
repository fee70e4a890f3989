use super::{Error, existing, print};
use crate::blog::{self, Hasher, Password, Recovery, Role, Site, User, UserName, Word};
use crate::db::Db;
use crate::settings::Settings;
use crate::web::now;
use clap::Subcommand;
use std::io::{self, BufRead, IsTerminal};

/// Looks after accounts.
#[derive(Subcommand)]
pub enum Command {
    /// Makes an account; asks for the password, or reads it as one line from standard input
    Add {
        /// 1 to 32 letters, digits, `-` or `_`
        name: String,
        /// owner, editor or author [default: author; owner for the first account]
        #[arg(long, value_parser = parse_role)]
        role: Option<Role>,
    },
    /// Lists the accounts
    List,
    /// Removes an account; its posts stay, signed with its name
    Remove {
        /// Whose
        name: String,
    },
    /// Gives an account another role and ends its sessions
    Role {
        /// Whose
        name: String,
        /// owner, editor or author
        #[arg(value_parser = parse_role)]
        role: Role,
    },
    /// Sets a new password and ends the account's sessions
    Password {
        /// Whose
        name: String,
    },
    /// Prints a link that sets a new password, once, within 30 minutes
    Recover {
        /// Whose
        name: String,
    },
}

impl Command {
    /// Does what was asked for.
    pub fn run(self, settings: &Settings) -> Result<(), Error> {
        let hasher = Hasher::new(settings.bcrypt_cost);
        match self {
            Command::Add { name, role } => {
                let parsed = UserName::parse(&name)?;
                let hash = hasher.hash(&ask_password(&name)?)?;
                add(&Db::open(&settings.database)?, &parsed, &hash, role)?;
            }
            Command::List => list(&existing(settings)?)?,
            Command::Remove { name } => {
                let (db, user) = find(settings, &name)?;
                db.write(|tx| user.remove(tx))?;
                print(format_args!(
                    "{} is removed. What they wrote stays, signed with their name.",
                    user.name
                ))?;
            }
            Command::Role { name, role } => {
                let (db, user) = find(settings, &name)?;
                db.write(|tx| user.set_role(tx, role))?;
                print(format_args!("{} is now {}.", user.name, role.word()))?;
            }
            Command::Password { name } => {
                let (db, user) = find(settings, &name)?;
                let hash = hasher.hash(&ask_password(&user.name)?)?;
                db.write(|tx| user.set_password(tx, &hash))?;
                print(format_args!(
                    "{} has a new password and is signed out everywhere.",
                    user.name
                ))?;
            }
            Command::Recover { name } => {
                print(recovery_link(settings, &name)?)?;
            }
        }
        Ok(())
    }
}

/// The first account is the owner, unless somebody wants it otherwise.
fn add(db: &Db, name: &UserName, hash: &str, role: Option<Role>) -> Result<(), Error> {
    let (user, is_first, owner) = db.write(|tx| {
        let is_first = !User::any(tx)?;
        let usual = if is_first { Role::Owner } else { Role::Author };
        let user = User::add(tx, name, hash, role.unwrap_or(usual), now())?;
        Ok::<_, blog::Error>((user, is_first, User::first_owner(tx)?))
    })?;
    let why = if is_first && role.is_none() { ", as the first account is" } else { "" };
    print(format_args!("{} is now {}{why}.", user.name, user.role.word()))?;
    if owner.is_none() {
        let name = &user.name;
        print(format_args!(
            "Nobody is the owner of this blog; `monograph user role {name} owner` makes {name} it."
        ))?;
    }
    Ok(())
}

fn recovery_link(settings: &Settings, name: &str) -> Result<String, Error> {
    let (db, user) = find(settings, name)?;
    let token = db.write(|tx| Recovery::make(tx, &user, now()))?;
    let configured = settings.base_url.as_ref().map(|url| url.as_str().to_owned());
    let url = configured.or(db.read(Site::last_url)?);
    let url = url.unwrap_or_else(|| settings.public_url().as_str().to_owned());
    Ok(format!("{url}/auth/recover?token={token}"))
}

fn parse_role(text: &str) -> Result<Role, String> {
    Role::from_word(text).ok_or_else(|| format!("choose {}", Role::words()))
}

fn find(settings: &Settings, name: &str) -> Result<(Db, User), Error> {
    let db = existing(settings)?;
    match db.read(|conn| User::named(conn, name)) {
        Err(blog::Error::NotFound) => Err(Error::Unknown(format!(
            "nobody here is called {name}; `monograph user list` shows who is"
        ))),
        found => Ok((db, found?)),
    }
}

fn list(db: &Db) -> Result<(), Error> {
    for user in db.read(User::all)? {
        print(format_args!("{:8}{}", user.role.word(), user.name))?;
    }
    Ok(())
}

/// Never from an argument: those can be seen by everybody on the machine.
fn ask_password(name: &str) -> Result<Password, Error> {
    let entered = match io::stdin().is_terminal() {
        true => {
            let entered = rpassword::prompt_password(format!("Password for {name}: "))?;
            let again = rpassword::prompt_password("Once more: ")?;
            if again == entered {
                entered
            } else {
                return Err(unchanged("the two passwords differ"));
            }
        }
        false => read_line()?,
    };
    Ok(Password::parse(entered.trim_end_matches(['\r', '\n']), name)?)
}

fn read_line() -> Result<String, Error> {
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) => Err(unchanged("no password came on standard input")),
        Ok(_) => Ok(line),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Err(unchanged("the password on standard input is not in UTF-8"))
        }
        Err(error) => Err(error.into()),
    }
}

fn unchanged(why: &str) -> Error {
    Error::Unknown(format!("{why}; nothing was changed"))
}
