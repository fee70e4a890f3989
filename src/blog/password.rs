use super::Problem;
use super::common::is_common;

/// A password good enough to be set: 8 characters to 71 bytes, without NUL, and not among the first that are guessed.
///
/// bcrypt reads 72 bytes, the last of which is its own, and would take what follows for the same password.
pub struct Password(String);

impl Password {
    /// The fewest characters.
    pub const MIN_CHARS: usize = 8;
    /// The most bytes.
    pub const MAX_BYTES: usize = 71;

    /// Reads a password that `name` would like to have.
    pub fn parse(text: &str, name: &str) -> Result<Password, Problem> {
        let problem = |message| Err(Problem::new("password", message));
        if text.chars().count() < Password::MIN_CHARS {
            return problem("A password has at least 8 characters.");
        }
        if text.len() > Password::MAX_BYTES {
            return problem(
                "A password has at most 71 bytes: 71 plain letters, fewer of other scripts. Please choose a shorter one.",
            );
        }
        if text.contains('\0') {
            return problem("A password cannot contain the NUL character.");
        }
        if is_common(text, name) {
            return problem(
                "This password is among the first that are guessed. Please choose another.",
            );
        }
        Ok(Password(text.to_owned()))
    }

    /// Whether somebody may have it; whoever tries another need not be waited for.
    pub fn is_possible(text: &str) -> bool {
        text.len() <= Password::MAX_BYTES && !text.contains('\0')
    }

    /// A password that has just been found right, whatever the rules say of it today.
    pub fn proven(text: &str) -> Password {
        Password(text.to_owned())
    }
}

/// Hashes and checks passwords. Slow on purpose: keep it off threads that others wait for.
#[derive(Debug, Clone, Copy)]
pub struct Hasher {
    cost: u32,
}

impl Hasher {
    /// A hasher of bcrypt's `cost`, 4 to 31.
    pub fn new(cost: u32) -> Hasher {
        Hasher { cost }
    }

    /// The hash to keep of `password`.
    pub fn hash(&self, password: &Password) -> Result<String, bcrypt::BcryptError> {
        bcrypt::non_truncating_hash(&password.0, self.cost)
    }

    /// Whether `attempt` is the password behind `hash`.
    pub fn verify(&self, attempt: &str, hash: &str) -> bool {
        Password::is_possible(attempt) && bcrypt::verify(attempt, hash).unwrap_or(false)
    }

    /// Takes as long as it takes to find `attempt` wrong for a hash like `alike`.
    pub fn waste(&self, attempt: &str, alike: Option<&str>) {
        let cost = alike.and_then(cost).unwrap_or(self.cost);
        let nobody = format!("$2b${cost:02}$abcdefghijklmnopqrstuuzJpHOT5C6xtl2SaWHDvIvwc3Hc0eU5m");
        self.verify(attempt, &nobody);
    }

    /// A new hash of a password that was just found right, if the one it has was made at another cost than today's.
    pub fn renew(&self, password: &str, hash: &str) -> Result<Option<String>, bcrypt::BcryptError> {
        match cost(hash) == Some(self.cost) {
            true => Ok(None),
            false => self.hash(&Password::proven(password)).map(Some),
        }
    }
}

/// The cost that a hash was made at.
fn cost(hash: &str) -> Option<u32> {
    hash.split('$').nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        Password::parse(text, "ada").err().map(|problem| problem.message).unwrap_or_default()
    }

    #[test]
    fn passwords_outside_the_limits_are_refused_and_never_cut() {
        assert!(problem("seven77").contains("at least 8"));
        assert!(problem(&"äöü".repeat(12)).contains("at most 71 bytes"));
        assert!(problem("nul\0in the middle").contains("NUL"));
        assert_eq!(problem(&"correct horse battery staple".repeat(3)[..71]), "");
        assert_eq!(problem("pässwörter sind schön"), "");
    }

    #[test]
    fn the_first_guesses_are_refused() {
        for text in ["password1", "123456789012345", "iloveyou", "qwertyuiop"] {
            assert!(problem(text).contains("guessed"), "{text}");
        }
    }

    #[test]
    fn only_the_very_password_matches() {
        let hasher = Hasher::new(4);
        let hash = hasher.hash(&Password::parse("Tr0ubadour&3x", "ada").unwrap()).unwrap();
        assert!(hasher.verify("Tr0ubadour&3x", &hash));
        for wrong in
            ["tr0ubadour&3x", "Tr0ubadour&3", "Tr0ubadour&3x\0", "Tr0ubadour&3x\0Tr0ubadour&3x", ""]
        {
            assert!(!hasher.verify(wrong, &hash), "{wrong:?}");
        }
    }

    #[test]
    fn a_hash_of_another_cost_is_made_anew() {
        let hash = Hasher::new(4).hash(&Password::proven("right")).unwrap();
        assert_eq!(cost(&hash), Some(4));
        assert_eq!(Hasher::new(4).renew("right", &hash).unwrap(), None);
        let renewed = Hasher::new(5).renew("right", &hash).unwrap().unwrap();
        assert!(renewed.starts_with("$2b$05$") && Hasher::new(5).verify("right", &renewed));
    }
}
