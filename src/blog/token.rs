use sha2::{Digest as _, Sha256};
use std::fmt;

/// 32 random bytes that let whoever holds them in. It is shown once and never kept.
pub struct Token([u8; 32]);

/// What is kept of a token: its SHA-256. Nothing leads from it back to the token.
pub type Digest = [u8; 32];

impl Token {
    /// A token nobody has seen before.
    pub fn random() -> Token {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)
            .expect("the system has random numbers, or nothing here is safe");
        Token(bytes)
    }

    /// The digest of this token.
    pub fn digest(&self) -> Digest {
        Sha256::digest(self.0).into()
    }

    /// The digest of a token as somebody wrote it, if it can be one.
    pub fn digest_of(text: &str) -> Option<Digest> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Token(bytes).digest())
    }
}

/// As it stands in a cookie or a link: 64 hexadecimal digits.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_again_by_its_digest() {
        let token = Token::random();
        assert_eq!(Token::digest_of(&token.to_string()), Some(token.digest()));
        assert_ne!(Token::random().digest(), token.digest());
    }

    #[test]
    fn anything_else_is_no_token() {
        for text in ["", "abc", &"g".repeat(64), &"é".repeat(32), &"0".repeat(66)] {
            assert_eq!(Token::digest_of(text), None);
        }
    }
}
