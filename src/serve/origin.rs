//! The origins from which a browser may connect.

/// Whether a request does not come from a page of another host. Programs send no origin. The host is compared too, so that a name
/// that another page resolves to this machine (DNS rebinding) is refused.
pub(super) fn is_own(origin: Option<&str>, host: Option<&str>) -> bool {
    let Some(origin) = origin else {
        return true;
    };
    let Some((_, page)) = origin.split_once("://") else {
        return false;
    };
    let (page, host) = (name(page), host.map(name));
    is_loopback(page) && host.is_none_or(is_loopback) || host == Some(page) && is_address(page)
}

/// Whether a server on this machine may be asked by this name: one that no other page can resolve to it.
pub(super) fn is_own_host(host: Option<&str>) -> bool {
    host.map(name)
        .is_none_or(|name| is_loopback(name) || is_address(name))
}

/// The name of a host without its port.
fn name(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or(rest);
    }
    host.rsplit_once(':').map_or(host, |(name, _)| name)
}

fn is_loopback(name: &str) -> bool {
    name == "localhost" || name == "::1" || is_ipv4(name) && name.starts_with("127.")
}

fn is_address(name: &str) -> bool {
    name.parse::<std::net::IpAddr>().is_ok()
}

fn is_ipv4(name: &str) -> bool {
    name.parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_other_hosts_are_refused() {
        for (origin, host, expected) in [
            (None, Some("localhost:7474"), true),
            (Some("http://localhost:3000"), Some("127.0.0.1:7474"), true),
            (Some("http://[::1]:7474"), Some("[::1]:7474"), true),
            (Some("https://example.org"), Some("localhost:7474"), false),
            (Some("https://example.org"), Some("example.org"), false),
            (
                Some("http://127.0.0.1.example.org"),
                Some("127.0.0.1"),
                false,
            ),
            (
                Some("http://192.168.1.2:7474"),
                Some("192.168.1.2:7474"),
                true,
            ),
            (Some("null"), Some("localhost"), false),
        ] {
            assert_eq!(is_own(origin, host), expected, "{origin:?} {host:?}");
        }
    }

    #[test]
    fn names_that_others_resolve_are_refused() {
        for (host, expected) in [
            (Some("localhost:7474"), true),
            (Some("127.0.0.1"), true),
            (Some("192.168.1.2:7474"), true),
            (Some("rebound.example.org:7474"), false),
            (None, true),
        ] {
            assert_eq!(is_own_host(host), expected, "{host:?}");
        }
    }
}
