//! The manifest of a built site, which whoever may write there may have changed.

use std::fs;

use relbook::output::verify;

use super::inputs::{Numbers, input};
use super::runner::Target;

const SEEDS: &[&str] = &[
    "relbook manifest 1\nprogram relbook 0.1.0\nedition customer\ninputs 0000000000000000000000000000000000000000000000000000000000000000\nfiles 1\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 a.html\n",
];

#[test]
fn manifests() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.html"), "").unwrap();
    let seeds: Vec<&[u8]> = SEEDS.iter().map(|seed| seed.as_bytes()).collect();
    Target {
        name: "manifest",
        share: 1,
        make: &|numbers: &mut Numbers| input(&seeds, numbers),
        from_line: &|line| line.as_bytes().to_vec(),
        attempt: &|bytes| {
            let path = folder.path().join(".relbook/manifest");
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
            let _ = verify(folder.path());
        },
    }
    .run();
}
