use super::{Failure, Keeper};
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, ChallengeType, Error, Identifier,
    KeyAuthorization, NewAccount, NewOrder, Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, DistinguishedName, KeyPair};
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::sign::CertifiedKey;

/// How long an authority may take over a step.
const PATIENCE: RetryPolicy = RetryPolicy::new().timeout(Duration::from_secs(2 * 60));

impl Keeper {
    /// Orders a certificate: the key, then the certificate and those that vouch for it, as PEM.
    pub(super) async fn order(&self) -> Result<String, Failure> {
        let mut order = self.begin().await?;
        self.prove(&mut order).await?;
        if order.poll_ready(&PATIENCE).await? != OrderStatus::Ready {
            return Err(objection(&mut order).await.into());
        }
        let key = KeyPair::generate()?;
        let request = self.params()?.serialize_request(&key)?;
        order.finalize_csr(request.der()).await?;
        let chain = order.poll_certificate(&PATIENCE).await?;
        Ok(key.serialize_pem() + &chain)
    }

    async fn begin(&self) -> Result<Order, Failure> {
        let names = [Identifier::Dns(self.acme.domain.clone())];
        let wish = NewOrder::new(&names);
        let account = match self.known_account().await? {
            Some(account) => account,
            None => self.new_account().await?,
        };
        match account.new_order(&wish).await {
            Err(Error::Api(problem)) if is_unknown_account(&problem) => {
                Ok(self.new_account().await?.new_order(&wish).await?)
            }
            ordered => Ok(ordered?),
        }
    }

    async fn known_account(&self) -> Result<Option<Account>, Failure> {
        let Some(kept) = self.safe.find(&self.account_name())? else { return Ok(None) };
        let credentials: AccountCredentials = serde_json::from_slice(&kept)?;
        let builder = Account::builder_with_http(Box::new(self.https.clone()));
        Ok(Some(builder.from_credentials(credentials).await?))
    }

    async fn new_account(&self) -> Result<Account, Failure> {
        let contact = format!("mailto:{}", self.acme.contact);
        let wish = NewAccount {
            contact: &[&contact],
            terms_of_service_agreed: true,
            only_return_existing: false,
        };
        let builder = Account::builder_with_http(Box::new(self.https.clone()));
        let (account, credentials) =
            builder.create(&wish, self.acme.directory.clone(), None).await?;
        self.safe.keep(&self.account_name(), &serde_json::to_vec(&credentials)?)?;
        Ok(account)
    }

    /// Shows the proofs that are asked for and says that they can be seen now.
    async fn prove(&self, order: &mut Order) -> Result<(), Failure> {
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization?;
            if authorization.status == AuthorizationStatus::Valid {
                continue;
            }
            let wanted = ChallengeType::TlsAlpn01;
            let mut challenge = authorization
                .challenge(wanted)
                .ok_or("the certificate authority does not offer TLS-ALPN-01")?;
            let proof = self.proof(&challenge.key_authorization())?;
            self.certificates.prove(Some(Arc::new(proof)));
            challenge.set_ready().await?;
        }
        Ok(())
    }

    /// A certificate that says what only who has the account's key can say (RFC 8737, section 3).
    fn proof(&self, authorization: &KeyAuthorization) -> Result<CertifiedKey, Failure> {
        let key = KeyPair::generate()?;
        let mut params = self.params()?;
        let said = CustomExtension::new_acme_identifier(authorization.digest().as_ref());
        params.custom_extensions.push(said);
        let chain = vec![params.self_signed(&key)?.der().clone()];
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        // Not `from_der`, which has never heard of what is said here.
        Ok(CertifiedKey::new(chain, ring::sign::any_ecdsa_type(&key)?))
    }

    fn params(&self) -> Result<CertificateParams, Failure> {
        let mut params = CertificateParams::new([self.acme.domain.clone()])?;
        params.distinguished_name = DistinguishedName::new();
        Ok(params)
    }
}

/// An authority may forget an account that was not used for long.
fn is_unknown_account(problem: &instant_acme::Problem) -> bool {
    problem.r#type.as_deref() == Some("urn:ietf:params:acme:error:accountDoesNotExist")
}

/// What the authority has against the order.
async fn objection(order: &mut Order) -> String {
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        let Ok(state) = authorization.refresh().await else { continue };
        let problems = state.challenges.iter().filter_map(|challenge| challenge.error.as_ref());
        if let Some(detail) = problems.filter_map(|problem| problem.detail.as_deref()).next() {
            return format!("the certificate authority could not see the proof: {detail}");
        }
    }
    "the certificate authority refused without saying why".to_owned()
}
