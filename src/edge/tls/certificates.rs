use super::{ACME, Pair};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

/// What visitors are shown. It can change at any time: who is connected already is not affected.
#[derive(Debug, Default)]
pub struct Certificates {
    shown: RwLock<Shown>,
}

#[derive(Debug, Default)]
struct Shown {
    certificate: Option<Pair>,
    proof: Option<Arc<CertifiedKey>>,
}

impl Certificates {
    /// From now on shows `pair`.
    pub fn show(&self, pair: Pair) {
        self.write().certificate = Some(pair);
    }

    /// When the certificate that is shown ceases to be valid, in seconds since 1970.
    pub fn valid_until(&self) -> Option<i64> {
        self.read().certificate.as_ref().map(|pair| pair.valid_until)
    }

    /// From when on it should be replaced, in seconds since 1970.
    pub fn renew_from(&self) -> Option<i64> {
        self.read().certificate.as_ref().map(Pair::renew_from)
    }

    /// Shows a certificate authority `proof` that this is the place it asked about; with none, no more.
    pub fn prove(&self, proof: Option<Arc<CertifiedKey>>) {
        self.write().proof = proof;
    }

    fn read(&self) -> RwLockReadGuard<'_, Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shown> {
        self.shown.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let shown = self.read();
        match hello.alpn().into_iter().flatten().eq([ACME]) {
            true => shown.proof.clone(),
            false => shown.certificate.as_ref().map(|pair| pair.key.clone()),
        }
    }
}
