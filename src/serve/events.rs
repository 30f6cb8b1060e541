//! Server-sent events: open pages are told that something has changed (WHATWG HTML, 9.2).

use std::io::Write;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How often a silent stream is written to, so that one whose page is gone is found: half of what proxies wait.
const PING: Duration = Duration::from_secs(15);

/// The most streams at once; pages of one browser share one.
const MOST: usize = 500;

type Stream = Box<dyn Write + Send>;

enum Message {
    Stream(Stream, String),
    Event(String),
}

/// All open streams.
#[derive(Clone)]
pub(super) struct Events {
    sender: Sender<Message>,
}

impl Events {
    /// Starts the one thread that writes to all of them.
    pub(super) fn start() -> std::io::Result<Events> {
        let (sender, receiver) = channel();
        thread::Builder::new().name("events".to_owned()).spawn(move || write_all(&receiver))?;
        Ok(Events { sender })
    }

    /// Takes in a stream whose first event is `first`.
    pub(super) fn open(&self, stream: Stream, first: String) {
        // Without the thread there is nobody to tell: the program is about to end.
        let _ = self.sender.send(Message::Stream(stream, first));
    }

    /// Tells all of an event.
    pub(super) fn tell(&self, event: String) {
        let _ = self.sender.send(Message::Event(event));
    }
}

/// An event as it is written: its name, and data of one line.
pub(super) fn event(name: &str, data: &str) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

fn write_all(receiver: &Receiver<Message>) {
    let mut streams: Vec<Stream> = Vec::new();
    loop {
        match receiver.recv_timeout(PING) {
            Ok(Message::Stream(mut stream, first)) if streams.len() < MOST => {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                            X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 500\n\n";
                if put(&mut stream, &(head.to_owned() + &first)) {
                    streams.push(stream);
                }
            }
            Ok(Message::Stream(mut stream, _)) => {
                put(&mut stream, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
            Ok(Message::Event(event)) => streams.retain_mut(|stream| put(stream, &event)),
            Err(RecvTimeoutError::Timeout) => streams.retain_mut(|stream| put(stream, ":\n\n")),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Whether somebody still reads.
fn put(stream: &mut Stream, text: &str) -> bool {
    stream.write_all(text.as_bytes()).and_then(|()| stream.flush()).is_ok()
}
