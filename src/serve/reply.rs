//! Answers with the headers that every one bears.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write as _;

use tiny_http::{Method, Request, StatusCode};

use super::asked::Refusal;

/// An answer, before it is sent.
pub(super) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    bytes: Vec<u8>,
}

impl Reply {
    /// A document of a media type.
    pub(super) fn new(media_type: &str, bytes: Vec<u8>) -> Reply {
        Reply { status: 200, headers: vec![("Content-Type", media_type.to_owned())], bytes }
    }

    /// A sentence for people.
    pub(super) fn text(status: u16, sentence: &str) -> Reply {
        Reply { status, ..Reply::new("text/plain; charset=utf-8", format!("{sentence}\n").into_bytes()) }
    }

    /// What is sought stands elsewhere.
    pub(super) fn redirect(to: String) -> Reply {
        let mut reply = Reply::text(302, "It stands elsewhere.");
        reply.headers.push(("Location", to));
        reply
    }

    /// Why nothing is answered.
    pub(super) fn refusal(refusal: Refusal) -> Reply {
        match refusal {
            Refusal::Host => Reply::text(
                421,
                "This preview answers to the names of this machine only: start it with --allow-host NAME to add one.",
            ),
            Refusal::Method => {
                let mut reply = Reply::text(405, "Only GET and HEAD are answered.");
                reply.headers.push(("Allow", "GET, HEAD".to_owned()));
                reply
            }
            Refusal::Origin => Reply::text(403, "A page of another site may not read this."),
            Refusal::Path => Reply::text(404, "There is no such path."),
        }
    }

    /// The same with another status.
    pub(super) fn status(self, status: u16) -> Reply {
        Reply { status, ..self }
    }

    /// Sends it; of what the browser has already, only that it is still the same. Whoever went away is not asked again.
    ///
    /// Each connection bears one answer: of two that come at the same moment, tiny_http 0.12 may leave one lying until
    /// another ends, and a browser keeps its six open (its pool of threads counts a thread as idle that was just woken).
    pub(super) fn send(self, request: Request) {
        let mut hasher = DefaultHasher::new();
        self.bytes.hash(&mut hasher);
        let tag = format!("\"{:016x}\"", hasher.finish());
        let is_known = request
            .headers()
            .iter()
            .any(|header| header.field.equiv("If-None-Match") && header.value.as_str() == tag.as_str());
        let status = if self.status == 200 && is_known { 304 } else { self.status };
        let has_body = status != 304 && *request.method() != Method::Head;
        let mut head = format!("HTTP/1.1 {status} {}\r\n", StatusCode(status).default_reason_phrase());
        let length = ("Content-Length", self.bytes.len().to_string());
        let own = self.headers.into_iter().chain([("ETag", tag)]).chain((status != 304).then_some(length));
        for (name, value) in own {
            // No value holds a line break: an address is escaped, and the rest is ours.
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(FIXED);
        let mut writer = request.into_writer();
        let body = if has_body { self.bytes } else { Vec::new() };
        let _ = writer.write_all(head.as_bytes()).and_then(|()| writer.write_all(&body)).and_then(|()| writer.flush());
    }
}

/// The headers that every answer bears, and the end of all headers.
const FIXED: &str = "Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n\
                     Cross-Origin-Resource-Policy: same-origin\r\nX-Frame-Options: DENY\r\nConnection: close\r\n\r\n";
