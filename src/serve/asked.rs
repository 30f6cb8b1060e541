//! What a request asks for, and whether it may: from this machine, for this server, by a page of its own.

use std::net::IpAddr;

use percent_encoding::percent_decode_str;
use tiny_http::{Method, Request};

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is for another host: a name that somebody made lead here (RFC 9110, 15.5.20).
    Host,
    /// Only GET and HEAD are answered.
    Method,
    /// It comes from a page of another site.
    Origin,
    /// Its path leads nowhere that a path could lead.
    Path,
}

/// For which hosts the server answers.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    /// The address that it listens at.
    pub bind: IpAddr,
    /// Its port.
    pub port: u16,
    /// Further names, as they were allowed.
    pub allowed: Vec<String>,
}

impl Hosts {
    /// Whether a `Host` header names this server. Whoever reads pages under any other name may be a page elsewhere whose
    /// name was made to lead to this machine (DNS rebinding).
    fn has(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !name.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let is_loopback =
            |address: IpAddr| address.is_loopback() || (address == self.bind && !address.is_unspecified());
        name.eq_ignore_ascii_case("localhost")
            || name.parse().is_ok_and(is_loopback)
            || self.allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
    }
}

/// The path that a request asks for: decoded, without the slash before it.
pub(super) fn path(request: &Request, hosts: &Hosts) -> Result<String, Refusal> {
    let headers = |name: &'static str| {
        request.headers().iter().filter(move |header| header.field.equiv(name)).map(|header| header.value.as_str())
    };
    let mut named = headers("Host");
    match (named.next(), named.next()) {
        (Some(host), None) if hosts.has(host) => {}
        _ => return Err(Refusal::Host),
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Err(Refusal::Method);
    }
    let path = decoded(request.url()).ok_or(Refusal::Path)?;
    if path.starts_with("-/") {
        let is_own = |origin: &str| {
            origin.split_once("://").is_some_and(|(scheme, host)| {
                let port = host.rsplit_once(':').map_or(80, |(_, port)| port.parse().unwrap_or(0));
                scheme == "http" && port == hosts.port && hosts.has(host)
            })
        };
        let is_from_here = headers("Origin").all(is_own)
            && headers("Sec-Fetch-Site").all(|site| matches!(site, "same-origin" | "none"));
        if !is_from_here {
            return Err(Refusal::Origin);
        }
    }
    Ok(path)
}

/// What a URL's query says under a name, decoded.
pub(super) fn query(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    percent_decode_str(value).decode_utf8().ok().map(|text| text.into_owned())
}

/// A URL's path, decoded once; nothing where it could be read as another than it seems.
fn decoded(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    let is_plain = |part: &str| !matches!(part, "." | "..") && !part.contains(['\\', '\0']);
    let folders = path.strip_suffix('/').unwrap_or(&path);
    let is_whole = path.is_empty() || folders.split('/').all(|part| !part.is_empty() && is_plain(part));
    (is_whole && !path.contains(char::is_control)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once_and_never_leads_upwards() {
        for (url, expected) in [
            ("/", Some("")),
            ("/releases/REL-1.html?x=1", Some("releases/REL-1.html")),
            ("/releases/", Some("releases/")),
            ("/a%20b", Some("a b")),
            ("/a%2520b", Some("a%20b")),
            ("/../etc/passwd", None),
            ("/%2e%2e/etc/passwd", None),
            ("/..%2fetc/passwd", None),
            ("/releases/%2e%2e/%2e%2e/x", None),
            ("/releases/..", None),
            ("/.%2e/x", None),
            ("/..%5cx", None),
            ("//etc/passwd", None),
            ("/a//b", None),
            ("/a%00b", None),
            ("/%ff", None),
            ("etc/passwd", None),
            ("http://127.0.0.1/etc", None),
        ] {
            assert_eq!(decoded(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn only_names_of_this_machine_and_allowed_ones_are_its_hosts() {
        let bind = "127.0.0.1".parse().unwrap();
        let hosts = Hosts { bind, port: 4000, allowed: vec!["preview.example.com".to_owned()] };
        for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "LOCALHOST", "preview.example.com:4000"] {
            assert!(hosts.has(host), "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example:4000", "127.0.0.1.evil.example", "", ":4000", "192.168.0.7"]
        {
            assert!(!hosts.has(host), "{host}");
        }
    }

    #[test]
    fn a_query_is_read_by_its_name() {
        assert_eq!(query("/-/findings?page=releases%2FREL-1.html", "page").as_deref(), Some("releases/REL-1.html"));
        assert_eq!(query("/-/findings?pages=x", "page"), None);
        assert_eq!(query("/-/findings", "page"), None);
    }
}
