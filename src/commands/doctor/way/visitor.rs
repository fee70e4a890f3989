use crate::commands::doctor::finding::Finding;
use crate::web::Seen;
use std::io::{self, Read};
use std::net::{IpAddr, ToSocketAddrs, UdpSocket};
use std::time::Duration;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body, SendBody};

/// Somebody who comes from outside and has the token.
pub struct Visitor {
    agent: Agent,
    /// Where the blog is said to be.
    pub url: String,
    token: String,
}

impl Visitor {
    /// Somebody on the way to `url`.
    pub fn new(url: &str, token: &str) -> Visitor {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(60)))
            .timeout_connect(Some(Duration::from_secs(10)))
            .user_agent(concat!("monograph-doctor/", env!("CARGO_PKG_VERSION")));
        Visitor { agent: config.build().into(), url: url.to_owned(), token: token.to_owned() }
    }

    /// Comes to the blog; what it saw, and what its answer brought along. Or why they never got there.
    pub fn arrive(&self) -> Result<(Seen, HeaderMap), Finding> {
        let mut answer = self.ask(&[]).map_err(|error| self.nobody(&error))?;
        let headers = answer.headers().clone();
        match answer.status().as_u16() {
            200 => match answer.body_mut().read_to_string().map(|text| serde_json::from_str(&text))
            {
                Ok(Ok(seen)) => Ok((seen, headers)),
                _ => Err(self.somebody_else()),
            },
            301 | 302 | 303 | 307 | 308 => Err(self.elsewhere(&headers)),
            502..=504 => Err(self.stuck(answer.status().as_u16())),
            404 => Err(self.somebody_else()),
            status => Err(Finding::problem(format!(
                "{} answers {status} before the blog is asked; see what the proxy or the log of the blog says.",
                self.url
            ))),
        }
    }

    /// Asks the blog what it sees of a request with these headers.
    pub fn ask(&self, headers: &[(&str, &str)]) -> Result<Response<Body>, ureq::Error> {
        let request = self.agent.get(self.address());
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).call()
    }

    /// What the blog sees of such a request, if it gets there.
    pub fn seen(&self, headers: &[(&str, &str)]) -> Option<Seen> {
        let text = self.ask(headers).ok()?.body_mut().read_to_string().ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Sends so many bytes; the status of the answer, and how many it says have arrived.
    pub fn send(&self, bytes: u64) -> Result<(u16, Option<u64>), ureq::Error> {
        let mut body = io::repeat(0).take(bytes);
        let request = self.agent.post(self.address()).header("Content-Length", bytes.to_string());
        let mut answer = request.send(SendBody::from_reader(&mut body))?;
        let text = answer.body_mut().read_to_string()?;
        let told: Option<serde_json::Value> = serde_json::from_str(&text).ok();
        Ok((answer.status().as_u16(), told.and_then(|told| told["bytes"].as_u64())))
    }

    /// Looks at a page as everybody does; with `tag`, as somebody who has it already.
    pub fn read(&self, path: &str, tag: Option<&str>) -> Option<Response<Body>> {
        let request = self.agent.get(format!("{}{path}", self.url));
        match tag {
            Some(tag) => request.header("If-None-Match", tag),
            None => request,
        }
        .call()
        .ok()
    }

    /// The address from which this machine goes there.
    pub fn own_address(&self) -> Option<IpAddr> {
        let (scheme, host) = self.url.split_once("://")?;
        let port = if scheme == "https" { 443 } else { 80 };
        let addresses = host
            .to_socket_addrs()
            .or_else(|_| (host.trim_matches(['[', ']']), port).to_socket_addrs());
        let there = addresses.ok()?.next()?;
        let any = if there.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
        // Nothing is sent: the system only says which way it would go.
        let socket = UdpSocket::bind(any).ok()?;
        socket.connect(there).ok()?;
        socket.local_addr().ok().map(|address| address.ip().to_canonical())
    }

    fn address(&self) -> String {
        format!("{}/checkup?token={}", self.url, self.token)
    }

    fn nobody(&self, error: &ureq::Error) -> Finding {
        Finding::problem(format!(
            "{} cannot be reached: {error}. Check that its name leads to this machine, that the firewall lets ports 80 and \
             443 through, that the proxy runs, and for HTTPS that its certificate is for this name and has not ended.",
            self.url
        ))
    }

    fn somebody_else(&self) -> Finding {
        Finding::problem(format!(
            "Something answers at {}, but not a blog with this database. Check that the blog runs, that `--database` names \
             its file, and that the whole site goes to it: in nginx `location / {{ proxy_pass http://127.0.0.1:8000; }}`, in \
             Caddy `reverse_proxy 127.0.0.1:8000`.",
            self.url
        ))
    }

    fn stuck(&self, status: u16) -> Finding {
        Finding::problem(format!(
            "The proxy at {} runs and does not reach the blog ({status}). Check that the blog runs, and where it listens: in \
             nginx `proxy_pass http://127.0.0.1:8000;`, in Caddy `reverse_proxy 127.0.0.1:8000`.",
            self.url
        ))
    }

    fn elsewhere(&self, headers: &HeaderMap) -> Finding {
        let place =
            headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let place = place.split("/checkup").next().unwrap_or_default();
        Finding::problem(format!(
            "{} sends visitors on to {place}. If that is the address of the blog, use it everywhere: \
             `monograph doctor --url {place}` and `ROCKET_BASE_URL={place}`.",
            self.url
        ))
    }
}
