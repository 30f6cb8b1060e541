//! The calls by which a build changes a disk, from what `strace` tells.

use std::collections::HashMap;
use std::path::PathBuf;

/// A call of the system that changes a disk.
#[derive(Debug, Clone)]
pub(super) enum Call {
    MakeFolder(PathBuf),
    /// Whether a file that is there is emptied.
    Create(PathBuf, bool),
    Write(PathBuf, Vec<u8>),
    Link(PathBuf, PathBuf),
    Rename(PathBuf, PathBuf),
    Exchange(PathBuf, PathBuf),
    Remove(PathBuf),
    SyncAll,
    Sync(PathBuf),
}

pub(super) const TRACED: &str = "openat,open,creat,mkdir,mkdirat,write,pwrite64,writev,copy_file_range,sendfile,truncate,ftruncate,\
                      rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,sync,syncfs,fsync,\
                      fdatasync";

/// The calls of a log of `strace -f -y -xx` that succeeded and changed something.
pub(super) fn calls(log: &str) -> Vec<Call> {
    let mut begun: HashMap<&str, String> = HashMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        let (process, rest) = line.split_once(' ').unwrap();
        let rest = rest.trim_start();
        if let Some(start) = rest.strip_suffix("<unfinished ...>") {
            begun.insert(process, start.trim_end().to_owned());
            continue;
        }
        let whole = match rest.split_once(" resumed>") {
            Some((_, end)) => begun.remove(process).unwrap() + end,
            None => rest.to_owned(),
        };
        calls.extend(call(&whole));
    }
    calls
}

fn call(line: &str) -> Option<Call> {
    let (name, rest) = line.split_once('(')?;
    let (arguments, result) = rest
        .rsplit_once(") = ")
        .or_else(|| rest.rsplit_once(')').map(|(a, r)| (a, r.trim_start_matches([' ', '=']))))?;
    if result.starts_with('-') || result.starts_with('?') {
        return None;
    }
    let arguments: Vec<&str> = arguments.split(", ").collect();
    let path = |at: usize| PathBuf::from(String::from_utf8(bytes(arguments[at])).unwrap());
    // The folder of a call with a file's number, then the name in it; an absolute name stands for itself.
    let in_folder = |at: usize| folder(arguments[at]).join(path(at + 1));
    Some(match name {
        "open" if arguments[1].contains("O_CREAT") => Call::Create(path(0), arguments[1].contains("O_TRUNC")),
        "openat" if arguments[2].contains("O_CREAT") => Call::Create(in_folder(0), arguments[2].contains("O_TRUNC")),
        "creat" => Call::Create(path(0), true),
        "open" | "openat" => return None,
        "mkdir" => Call::MakeFolder(path(0)),
        "mkdirat" => Call::MakeFolder(in_folder(0)),
        "write" => Call::Write(folder(arguments[0]), bytes(arguments[1])),
        "link" => Call::Link(path(0), path(1)),
        "linkat" => Call::Link(in_folder(0), in_folder(2)),
        "rename" => Call::Rename(path(0), path(1)),
        "renameat" => Call::Rename(in_folder(0), in_folder(2)),
        "renameat2" if arguments[4].contains("RENAME_EXCHANGE") => Call::Exchange(in_folder(0), in_folder(2)),
        "renameat2" => Call::Rename(in_folder(0), in_folder(2)),
        "unlink" | "rmdir" => Call::Remove(path(0)),
        "unlinkat" => Call::Remove(in_folder(0)),
        "sync" | "syncfs" => Call::SyncAll,
        "fsync" | "fdatasync" => Call::Sync(folder(arguments[0])),
        _ => panic!("the replay does not know this call: {line}"),
    })
}

/// The path behind a file's number: `4</srv/site>`.
fn folder(argument: &str) -> PathBuf {
    let path = argument.split_once('<').and_then(|(_, rest)| rest.rsplit_once('>')).map_or("", |(path, _)| path);
    PathBuf::from(String::from_utf8(bytes(path)).unwrap())
}

/// What a string of `-xx` says.
fn bytes(text: &str) -> Vec<u8> {
    assert!(!text.ends_with("..."), "the log was to hold whole strings");
    let text = text.trim_matches('"');
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap() as u8;
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len() / 4), text.as_bytes());
    while let Some((first, more)) = rest.split_first() {
        match (first, more) {
            (b'\\', [b'x', high, low, more @ ..]) => {
                bytes.push(16 * digit(*high) + digit(*low));
                rest = more;
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    bytes
}
