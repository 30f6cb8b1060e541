//! Answers with the headers that every one bears.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Cursor;

use tiny_http::{Header, Request, Response, StatusCode};

use super::asked::Refusal;

/// An answer, before it is sent.
pub(super) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    bytes: Vec<u8>,
}

impl Reply {
    /// A document of a media type.
    pub fn new(media_type: &str, bytes: Vec<u8>) -> Reply {
        Reply { status: 200, headers: vec![("Content-Type", media_type.to_owned())], bytes }
    }

    /// A sentence for people.
    pub fn text(status: u16, sentence: &str) -> Reply {
        Reply { status, ..Reply::new("text/plain; charset=utf-8", format!("{sentence}\n").into_bytes()) }
    }

    /// What is sought stands elsewhere.
    pub fn redirect(to: String) -> Reply {
        let mut reply = Reply::text(302, "It stands elsewhere.");
        reply.headers.push(("Location", to));
        reply
    }

    /// Why nothing is answered.
    pub fn refusal(refusal: Refusal) -> Reply {
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
    pub fn status(self, status: u16) -> Reply {
        Reply { status, ..self }
    }

    /// Sends it; of what the browser has already, only that it is still the same. Whoever went away is not asked again.
    pub fn send(self, request: Request) {
        let mut hasher = DefaultHasher::new();
        self.bytes.hash(&mut hasher);
        let tag = format!("\"{:016x}\"", hasher.finish());
        let is_known = request
            .headers()
            .iter()
            .any(|header| header.field.equiv("If-None-Match") && header.value.as_str() == tag.as_str());
        let (status, bytes) =
            if self.status == 200 && is_known { (304, Vec::new()) } else { (self.status, self.bytes) };
        let fixed = [
            ("ETag", tag),
            ("Cache-Control", "no-cache".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "same-origin".to_owned()),
            ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
            ("X-Frame-Options", "DENY".to_owned()),
        ];
        let headers = self
            .headers
            .into_iter()
            .chain(fixed)
            .filter_map(|(name, value)| Header::from_bytes(name.as_bytes(), value.as_bytes()).ok())
            .collect();
        let length = bytes.len();
        let response = Response::new(StatusCode(status), headers, Cursor::new(bytes), Some(length), None);
        let _ = request.respond(response.with_chunked_threshold(usize::MAX));
    }
}
