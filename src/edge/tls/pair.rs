use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{Error as TlsError, InconsistentKeys};
use yasna::{ASN1Result, BERReader, BERReaderSeq, Tag, models::TaggedDerValue, tags};

/// A certificate, those that vouch for it, and its key.
#[derive(Debug, Clone)]
pub struct Pair {
    /// What rustls wants of it.
    pub key: Arc<CertifiedKey>,
    /// When it becomes valid, in seconds since 1970.
    pub valid_from: i64,
    /// When it ceases to be valid, in seconds since 1970.
    pub valid_until: i64,
}

/// Why a certificate and a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is none in the text.
    #[error("there is no certificate in it; it must be a PEM file")]
    NoCertificate,
    /// There is none in the text.
    #[error("there is no private key in it; it must be a PEM file without a passphrase")]
    NoKey,
    /// They are not of each other.
    #[error("the key is not the one of the certificate")]
    Strangers,
    /// The certificate, or the key, cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

impl Pair {
    /// Reads `certificate`, with those that vouch for it below it, and `key`. Both may be in one file.
    pub fn from_pem(certificate: &[u8], key: &[u8]) -> Result<Pair, Error> {
        let chain = CertificateDer::pem_slice_iter(certificate)
            .collect::<Result<Vec<_>, _>>()
            .map_err(unreadable)?;
        let first = chain.first().ok_or(Error::NoCertificate)?;
        let (valid_from, valid_until) = validity(first).map_err(unreadable)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| match error {
            pem::Error::NoItemsFound => Error::NoKey,
            other => unreadable(other),
        })?;
        let key = CertifiedKey::from_der(chain, key, &ring::default_provider());
        let key = Arc::new(key.map_err(|error| match error {
            TlsError::InconsistentKeys(InconsistentKeys::KeyMismatch) => Error::Strangers,
            other => unreadable(other),
        })?);
        Ok(Pair { key, valid_from, valid_until })
    }

    /// When two thirds of its time are over: then there is time left to try again where renewing fails.
    pub fn renew_from(&self) -> i64 {
        self.valid_until - (self.valid_until - self.valid_from) / 3
    }
}

fn unreadable(error: impl ToString) -> Error {
    Error::Unreadable(error.to_string())
}

/// From when until when a certificate is valid (RFC 5280, section 4.1).
fn validity(certificate: &[u8]) -> ASN1Result<(i64, i64)> {
    yasna::parse_der(certificate, |certificate| {
        certificate.read_sequence(|certificate| {
            let validity = certificate.next().read_sequence(|signed| {
                signed.read_optional(|version| version.read_tagged(Tag::context(0), any))?;
                let (_serial, _algorithm, _issuer) =
                    (any(signed.next())?, any(signed.next())?, any(signed.next())?);
                let validity = signed
                    .next()
                    .read_sequence(|times| Ok((time(times.next())?, time(times.next())?)))?;
                rest(signed)?;
                Ok(validity)
            })?;
            rest(certificate)?;
            Ok(validity)
        })
    })
}

fn time(reader: BERReader<'_, '_>) -> ASN1Result<i64> {
    let time = match reader.lookahead_tag()? {
        tags::TAG_UTCTIME => *reader.read_utctime()?.datetime(),
        _ => *reader.read_generalized_time()?.datetime(),
    };
    Ok(time.unix_timestamp())
}

fn any(reader: BERReader<'_, '_>) -> ASN1Result<TaggedDerValue> {
    reader.read_tagged_der()
}

fn rest(reader: &mut BERReaderSeq<'_, '_>) -> ASN1Result<()> {
    while reader.read_optional(any)?.is_some() {}
    Ok(())
}
