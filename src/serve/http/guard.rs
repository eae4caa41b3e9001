//! Who may ask, and what every response says.

use std::{
    net::SocketAddr,
    sync::{Arc, atomic::Ordering},
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tokio::time::sleep;

use crate::serve::{
    http::{listener::Peer, reply},
    origin,
    server::Server,
    status::Failure,
};

/// Headers of every response: nothing of it is a page, and nothing is kept.
const HEADERS: [(header::HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Answers a request if its client may ask.
pub(super) async fn guard(
    State(server): State<Arc<Server>>,
    ConnectInfo(Peer(peer)): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let _alive = server.alive();
    server
        .counters
        .http_requests
        .fetch_add(1, Ordering::Relaxed);
    let claim = claim(&server, peer, &request);
    let mut response = match refusal(&server, peer, &claim).await {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        let value = HeaderValue::from_static(value);
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

/// What the head of a request says about its client.
enum Claim {
    /// It comes from a page of another host.
    Foreign,
    /// It needs no credentials.
    Free,
    /// It has the right credentials.
    Right,
    /// It has wrong credentials.
    Wrong,
    /// It has none: a question for the way to log in.
    Missing,
}

fn claim(server: &Server, peer: SocketAddr, request: &Request) -> Claim {
    let headers = request.headers();
    let text = |name| {
        let value: Option<&HeaderValue> = headers.get(name);
        value.and_then(|value| value.to_str().ok())
    };
    let host = text(header::HOST);
    let own = origin::is_own(text(header::ORIGIN), host);
    if !own || peer.ip().is_loopback() && !origin::is_own_host(host) {
        return Claim::Foreign;
    }
    if request.uri().path() == "/healthz" || server.auth.is_open() && server.auth.token.is_none() {
        return Claim::Free;
    }
    match is_admitted(server, headers, request.uri().query()) {
        true => Claim::Right,
        false if text(header::AUTHORIZATION).is_some() => Claim::Wrong,
        false => Claim::Missing,
    }
}

async fn refusal(server: &Server, peer: SocketAddr, claim: &Claim) -> Option<Response> {
    match claim {
        Claim::Free => return None,
        Claim::Foreign => {
            let code = "Neo.ClientError.Security.Forbidden";
            let failure = Failure::new(code, "this origin may not ask");
            return Some(reply::refused(StatusCode::FORBIDDEN, &failure));
        }
        Claim::Right | Claim::Wrong => {
            // A right guess is told as late as a wrong one.
            sleep(server.auth.pause(peer.ip())).await;
            let admitted = matches!(claim, Claim::Right);
            server.auth.remember(peer.ip(), admitted);
            if admitted {
                return None;
            }
        }
        Claim::Missing => {}
    }
    let refused = &server.counters.refused_logins;
    refused.fetch_add(1, Ordering::Relaxed);
    let code = "Neo.ClientError.Security.Unauthorized";
    let message = "a name and a password, or the token of the server, are needed";
    let refusal = reply::refused(StatusCode::UNAUTHORIZED, &Failure::new(code, message));
    let challenge = [(header::WWW_AUTHENTICATE, "Basic realm=\"relata\", Bearer")];
    Some((challenge, refusal).into_response())
}

fn is_admitted(server: &Server, headers: &HeaderMap, query: Option<&str>) -> bool {
    let given = headers.get(header::AUTHORIZATION);
    let given = given.and_then(|value| value.to_str().ok());
    if let Some((scheme, credentials)) = given.and_then(|given| given.split_once(' ')) {
        return match scheme.to_ascii_lowercase().as_str() {
            "bearer" => server.auth.admits_token(credentials.trim()),
            "basic" => is_account(server, credentials.trim()),
            _ => false,
        };
    }
    let fields = query.into_iter().flat_map(|query| query.split('&'));
    let mut tokens = fields.filter_map(|field| field.strip_prefix("token="));
    tokens
        .next()
        .is_some_and(|token| server.auth.admits_token(token))
}

/// Whether `name:password`, in base64, is an account. The token of the server is a password for every name.
fn is_account(server: &Server, credentials: &str) -> bool {
    let decoded = base64(credentials).and_then(|bytes| String::from_utf8(bytes).ok());
    let decoded = decoded.unwrap_or_default();
    let Some((name, password)) = decoded.split_once(':') else {
        return false;
    };
    let named = !server.auth.is_open() && server.auth.admits(name, password);
    named || server.auth.admits_token(password)
}

/// The bytes of a text in base64.
fn base64(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.trim_end_matches('=').bytes() {
        let digit = ALPHABET.iter().position(|known| *known == letter)?;
        bits = bits << 6 | u32::try_from(digit).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        let read = |text| base64(text).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(read("YTpi"), Some("a:b".into()));
        assert_eq!(read("YTpiYw=="), Some("a:bc".into()));
        assert_eq!(read("bmVvNGo6c2VjcmV0"), Some("neo4j:secret".into()));
        assert_eq!(read(""), Some(String::new()));
        assert_eq!(read("!"), None);
    }
}
