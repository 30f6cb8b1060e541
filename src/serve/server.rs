//! The server: who listens where, which thread does what, and what stands at each address.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow, bail};
use tiny_http::Request;

use super::asked::{self, Hosts, Refusal};
use super::events::{Events, event};
use super::kept::Kept;
use super::media_type::media_type;
use super::reply::Reply;
use super::strip;
use super::watch::Watch;
use crate::pipeline::{Answer, Change, Followed, Preview, PreviewRequest, Wait};

/// The port that is tried first where none is asked for, and how many after it.
const PORT: u16 = 4000;
const PORTS: u16 = 100;

/// How many pages are made at once. Some wait for the checks, and the others must not wait for these.
const THREADS: usize = 8;

/// What a preview is started with.
#[derive(Debug, Clone)]
pub struct ServeRequest {
    /// The site.
    pub preview: PreviewRequest,
    /// The address that is listened at.
    pub bind: IpAddr,
    /// The port, where one is asked for.
    pub port: Option<u16>,
    /// Names beside those of this machine that the server answers to.
    pub allowed_hosts: Vec<String>,
}

/// A preview that is there.
#[derive(Debug)]
pub struct Served {
    /// Where it is.
    pub url: String,
    /// How many records it has.
    pub records: usize,
    /// The port that was taken, if the first was.
    pub taken: Option<u16>,
}

/// What happens while a preview goes on.
#[derive(Debug)]
pub enum News {
    /// Something was changed; how many errors and warnings there are now.
    Changed(usize, usize),
    /// The folder cannot be read.
    Fault(String),
}

struct Server {
    kept: Kept,
    events: Events,
    hosts: Hosts,
    /// The site's root on the host: `/`, or a path that ends with one.
    root: String,
    /// What tells this run from others: an open page of a run before this one must not think that it is of this one.
    run: u128,
}

/// Serves a site until the process is told to end. `ready` is told where, before the first page is asked for; `tell` of
/// what happens.
///
/// # Errors
///
/// What keeps the preview from starting: a folder that is not there, a port that is taken.
pub fn serve(
    request: ServeRequest,
    ready: impl FnOnce(&Served) -> Result<()>,
    tell: impl Fn(News) + Send + Sync + 'static,
) -> Result<()> {
    let ServeRequest { preview, bind, port, allowed_hosts } = request;
    let (stop, stopped) = channel();
    let ended = move || {
        // Whoever does not wait has ended already.
        let _ = stop.send(());
    };
    ctrlc::set_handler(ended).context("cannot listen for Ctrl+C")?;
    let (listener, taken) = listen(bind, port)?;
    let address = listener.local_addr()?;
    let mut watch = Watch::start()?;
    watch.follow(&Followed::of(&preview.folder)?)?;
    let preview = Preview::open(preview)?;
    let server = Arc::new(Server {
        hosts: Hosts { bind, port: address.port(), allowed: allowed_hosts },
        root: preview.root(),
        kept: Kept::new(preview)?,
        events: Events::start()?,
        run: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos()),
    });
    server.kept.conclude();
    let http = tiny_http::Server::from_listener(listener, None).map_err(|error| anyhow!("cannot serve: {error}"))?;
    let http = Arc::new(http);
    for number in 0..THREADS {
        let (server, http) = (Arc::clone(&server), Arc::clone(&http));
        let answer = move || {
            while let Ok(request) = http.recv() {
                server.answer(request);
            }
        };
        thread::Builder::new().name(format!("pages {number}")).spawn(answer)?;
    }
    let records = server.kept.now().0.records();
    ready(&Served { url: format!("http://{}{}", shown(address), server.root), records, taken })?;
    let tell = Arc::new(tell);
    let (follower, teller) = (Arc::clone(&server), Arc::clone(&tell));
    thread::Builder::new().name("changes".to_owned()).spawn(move || follower.follow(&mut watch, &*teller))?;
    thread::Builder::new().name("checks".to_owned()).spawn(move || server.conclude(&*tell))?;
    stopped.recv().context("nothing is left that could end the preview")
}

/// Listens at a port: the one that is asked for, else the first that is free. The port that was taken, if one was.
fn listen(bind: IpAddr, port: Option<u16>) -> Result<(TcpListener, Option<u16>)> {
    if let Some(port) = port {
        let listener = TcpListener::bind((bind, port)).with_context(|| {
            format!("cannot listen at port {port}: another program may have it; name another --port, or none")
        })?;
        return Ok((listener, None));
    }
    for port in PORT..PORT + PORTS {
        match TcpListener::bind((bind, port)) {
            Ok(listener) => return Ok((listener, (port != PORT).then_some(PORT))),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).with_context(|| format!("cannot listen at {bind}")),
        }
    }
    bail!("the ports {PORT} to {} are all taken: name another with --port", PORT + PORTS - 1)
}

/// An address as people open it: one that means all addresses is this machine's too.
fn shown(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("localhost:{}", address.port()),
        false => address.to_string(),
    }
}

impl Server {
    /// Reads what changes, as long as the process lives.
    fn follow(&self, watch: &mut Watch, tell: &dyn Fn(News)) {
        while let Some(paths) = watch.next() {
            self.update(&paths);
            // A folder that came, or came again, may hold what nobody told of.
            loop {
                let followed = self.kept.now().0.followed();
                match watch.follow(&followed) {
                    Ok(false) => break,
                    Ok(true) => self.update(&[]),
                    Err(error) => {
                        tell(News::Fault(format!("{error:#}")));
                        break;
                    }
                }
            }
        }
    }

    fn update(&self, paths: &[PathBuf]) {
        let (change, number) = self.kept.update(paths);
        let name = match change {
            Change::None => return,
            Change::Styles => "styles",
            Change::Pages => "pages",
        };
        self.events.tell(event(name, &self.version(number)));
    }

    /// Works out what follows from each change, as long as the process lives.
    fn conclude(&self, tell: &dyn Fn(News)) {
        loop {
            let (errors, warnings) = self.kept.conclude();
            let fault = self.kept.now().0.fault().map(str::to_owned);
            tell(fault.map_or(News::Changed(errors, warnings), News::Fault));
        }
    }

    /// What tells one state of this run from every other.
    fn version(&self, number: u64) -> String {
        format!("{:x}-{number}", self.run)
    }

    fn answer(&self, request: Request) {
        let path = match asked::path(&request, &self.hosts) {
            Ok(path) => path,
            Err(refusal) => return Reply::refusal(refusal).send(request),
        };
        match path.strip_prefix("-/") {
            Some("events") => {
                let number = self.kept.now().1;
                let first = event("hello", &self.version(number));
                self.events.open(request.into_writer(), first);
            }
            Some(own) => {
                let reply = self.own(own, request.url());
                reply.send(request);
            }
            None => self.of_site(&path).send(request),
        }
    }

    /// What the preview has of its own.
    fn own(&self, path: &str, url: &str) -> Reply {
        match path {
            "strip.css" => Reply::new(media_type(path), strip::STYLE.into()),
            "strip.js" => Reply::new(media_type(path), strip::SCRIPT.into()),
            "listener.js" => Reply::new(media_type(path), strip::LISTENER.into()),
            "findings" => {
                let page = asked::query(url, "page").unwrap_or_default();
                let (preview, _) = self.kept.after(Wait::Checks);
                let told = serde_json::to_vec(&strip::told(&preview, &page)).unwrap_or_default();
                Reply::new("application/json", told)
            }
            _ => Reply::refusal(Refusal::Path),
        }
    }

    /// What stands at a path of the site.
    fn of_site(&self, path: &str) -> Reply {
        let root = self.root.trim_start_matches('/');
        let Some(below) = path.strip_prefix(root) else {
            let is_above = path.is_empty() || root.strip_suffix('/') == Some(path);
            return match is_above {
                true => Reply::redirect(self.root.clone()),
                false => Reply::text(404, &format!("The site stands at {}", self.root)),
            };
        };
        let path =
            if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.to_owned() };
        let (mut preview, mut number) = self.kept.now();
        let wait = preview.waits_for(&path);
        if wait != Wait::Nothing {
            drop(preview);
            (preview, number) = self.kept.after(wait);
        }
        if !preview.has(&path) && preview.has(&format!("{path}/index.html")) {
            return Reply::redirect(format!("{}{}/", self.root, escaped(&path)));
        }
        let add = |mut page: Vec<u8>| {
            strip::add(&mut page, &preview, &self.root, &path, &self.version(number));
            Reply::new("text/html; charset=utf-8", page)
        };
        match preview.answer(&path) {
            Ok(Answer::Page(page)) => add(page),
            Ok(Answer::Missing(page)) => add(page).status(404),
            Ok(Answer::Document(bytes)) => Reply::new(media_type(&path), bytes),
            Err(error) => Reply::text(500, &format!("{error:#}")),
        }
    }
}

/// A path as it stands in an address.
fn escaped(path: &str) -> String {
    const SET: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    percent_encoding::utf8_percent_encode(path, SET).to_string()
}
