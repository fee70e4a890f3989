use super::BaseUrl;
use rocket::figment::Figment;
use serde::Deserialize;
use std::path::PathBuf;

/// Let's Encrypt, whose certificates every browser trusts.
const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// Where the certificate comes from with which the blog speaks HTTPS.
#[derive(Debug, Clone)]
pub enum Certificate {
    /// The operator has it.
    Files(Files),
    /// An authority hands it out.
    Acme(Acme),
}

/// Where the operator keeps a certificate and its key.
#[derive(Debug, Clone)]
pub struct Files {
    /// The certificate, with those that vouch for it below it, as PEM.
    pub certificate: PathBuf,
    /// Its key, as PEM; it may be the same file.
    pub key: PathBuf,
}

/// Which authority is asked for which certificate (RFC 8555).
#[derive(Debug, Clone)]
pub struct Acme {
    /// The address that the authority may write to.
    pub contact: String,
    /// The name that the certificate is for.
    pub domain: String,
    /// Where the authority says what it offers.
    pub directory: String,
    /// A certificate, as PEM, that vouches for the authority itself, where browsers do not know it.
    pub root: Option<PathBuf>,
}

/// The settings as they are written.
#[derive(Deserialize)]
struct Written {
    tls_certificate: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    acme: Option<String>,
    acme_directory: Option<String>,
    acme_root: Option<PathBuf>,
}

impl Certificate {
    /// What the operator says of it; none where the blog speaks no HTTPS itself.
    pub(super) fn extract(
        figment: &Figment,
        base_url: Option<&BaseUrl>,
    ) -> Result<Option<Certificate>, String> {
        let written: Written = figment
            .extract()
            .map_err(|error: rocket::figment::Error| super::in_one_line(&error.to_string()))?;
        match (written.tls_certificate, written.tls_key, written.acme) {
            (None, None, None) => Ok(None),
            (None, Some(_), _) => Err("tls_key is set and tls_certificate is not; set both".into()),
            (Some(_), _, Some(_)) => Err("tls_certificate and acme are set; leave one out".into()),
            (Some(certificate), key, None) => {
                let key = key.unwrap_or_else(|| certificate.clone());
                Ok(Some(Certificate::Files(Files { certificate, key })))
            }
            (None, None, Some(contact)) => {
                let (contact, domain) = (address(contact)?, domain(base_url)?);
                let directory = written.acme_directory.unwrap_or_else(|| LETS_ENCRYPT.to_owned());
                let root = written.acme_root;
                Ok(Some(Certificate::Acme(Acme { contact, domain, directory, root })))
            }
        }
    }
}

fn address(text: String) -> Result<String, &'static str> {
    let wrong = |c: char| c.is_whitespace() || c.is_control() || c == ',';
    match text.split_once('@') {
        Some((name, host)) if !name.is_empty() && host.contains('.') && !text.contains(wrong) => {
            Ok(text)
        }
        _ => Err("acme must be an address for mail, as in you@blog.example"),
    }
}

/// The name in `base_url`, if it is one that a certificate can be for.
fn domain(base_url: Option<&BaseUrl>) -> Result<String, &'static str> {
    const MISSING: &str =
        "acme needs to know the name of the blog: set base_url, as in https://blog.example";
    let host = base_url.and_then(|url| url.as_str().strip_prefix("https://")).ok_or(MISSING)?;
    let host = host.split(':').next().unwrap_or_default();
    let is_name = host.contains('.') && host.contains(|c: char| c.is_ascii_alphabetic());
    if is_name { Ok(host.to_owned()) } else { Err(MISSING) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Flags, Settings, figment};
    use rocket::figment::providers::Serialized;

    fn certificate(settings: &[(&str, &str)]) -> Result<Option<Certificate>, String> {
        let figment = settings.iter().fold(figment(&Flags::default()), |figment, (name, value)| {
            figment.merge(Serialized::global(name, value))
        });
        Ok(Settings::extract(&figment)?.certificate)
    }

    #[test]
    fn without_a_word_about_it_there_is_no_https() {
        assert!(certificate(&[]).unwrap().is_none());
    }

    #[test]
    fn key_and_certificate_may_be_in_one_file() {
        let found = certificate(&[("tls_certificate", "both.pem")]).unwrap();
        let Some(Certificate::Files(files)) = found else { panic!("{found:?}") };
        assert_eq!(files.certificate, files.key);
        assert!(certificate(&[("tls_key", "key.pem")]).is_err());
    }

    #[test]
    fn an_authority_is_asked_for_the_name_of_the_blog() {
        let acme = ("acme", "you@blog.example");
        let found = certificate(&[acme, ("base_url", "https://Blog.example:8443")]).unwrap();
        let Some(Certificate::Acme(acme)) = found else { panic!("{found:?}") };
        assert_eq!((&*acme.domain, &*acme.directory), ("blog.example", LETS_ENCRYPT));
    }

    #[test]
    fn what_no_authority_can_do_is_refused() {
        let acme = ("acme", "you@blog.example");
        for url in ["http://blog.example", "https://192.0.2.1", "https://[2001:db8::1]"] {
            assert!(certificate(&[acme, ("base_url", url)]).unwrap_err().contains("base_url"));
        }
        let url = ("base_url", "https://blog.example");
        assert!(certificate(&[acme]).unwrap_err().contains("base_url"));
        assert!(certificate(&[("acme", "true"), url]).unwrap_err().contains("acme"));
        assert!(certificate(&[acme, url, ("tls_certificate", "a.pem")]).is_err());
    }
}
