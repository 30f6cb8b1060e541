//! Every way of publishing, and every stage at which a run can be killed.

use super::*;
use crate::output::verify;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

const ALL: [(Option<Seat>, Way); 5] = [
    (None, Way::Exchange),
    (None, Way::Renames),
    (None, Way::FileByFile),
    (Some(Seat::Inside), Way::Exchange),
    (Some(Seat::Inside), Way::FileByFile),
];

struct Scene {
    root: tempfile::TempDir,
    seat: Option<Seat>,
    way: Way,
}

impl Scene {
    fn new((seat, way): (Option<Seat>, Way)) -> Scene {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("records")).unwrap();
        if seat == Some(Seat::Inside) {
            fs::create_dir(root.path().join("out")).unwrap();
        }
        Scene { root, seat, way }
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("out")
    }

    fn open(&self) -> Output {
        let site = self.root.path().join("records");
        Output::open_as(&self.out(), &site, &Terms::default(), self.seat, self.way).unwrap()
    }

    fn fill(&self, files: &[(&str, &str)]) -> Output {
        let output = self.open();
        for (route, text) in files {
            output.write(route, text.as_bytes()).unwrap();
        }
        output
    }

    fn build(&self, files: &[(&str, &str)]) -> Summary {
        self.fill(files).publish("00").unwrap()
    }

    fn text(&self, route: &str) -> String {
        fs::read_to_string(self.out().join(route)).unwrap()
    }

    fn id(&self, route: &str) -> u64 {
        fs::symlink_metadata(self.out().join(route)).unwrap().ino()
    }

    /// Nothing of ours is left but the site, and it is what its manifest says but for `foreign`.
    fn assert_clean(&self, foreign: usize) {
        let names = |folder: PathBuf| fs::read_dir(folder).unwrap().count();
        assert_eq!(names(self.root.path().into()), 2, "beside");
        assert_eq!(names(self.out().join(".relbook")), 1, "inside");
        let found = verify(&self.out()).unwrap();
        assert_eq!(found.len(), foreign, "{found:?}");
    }
}

impl Output {
    /// Ends as a killed run ends, but for the lock, which the system releases then.
    fn abandon(mut self) {
        self.is_settled = true;
    }
}

#[test]
fn every_way_leads_to_the_same_site() {
    for how in ALL {
        let scene = Scene::new(how);
        let first = scene.build(&[("a.html", "a"), ("b/b.html", "b"), ("old/c.html", "c")]);
        assert_eq!((first.written, first.unchanged, first.removed), (3, 0, 0));
        scene.assert_clean(0);
        fs::write(scene.out().join("CNAME"), "example.org").unwrap();
        let kept = scene.id("a.html");
        let second = scene.build(&[("a.html", "a"), ("b/b.html", "B"), ("new", "n")]);
        assert_eq!((second.written, second.unchanged, second.removed), (2, 1, 1), "{how:?}");
        assert_eq!(second.in_place, how.0.is_some() || how.1 == Way::FileByFile);
        assert_eq!((scene.text("b/b.html"), scene.text("CNAME")), ("B".into(), "example.org".into()));
        assert_eq!(scene.id("a.html"), kept);
        assert!(!scene.out().join("old").exists());
        scene.assert_clean(1);
    }
}

#[test]
fn an_unchanged_site_is_not_touched_in_any_way() {
    for how in ALL {
        let scene = Scene::new(how);
        scene.build(&[("a.html", "a")]);
        let state = |route| {
            let found = fs::symlink_metadata(scene.out().join(route)).unwrap();
            (found.ino(), found.mtime(), found.mtime_nsec())
        };
        let before = [state(""), state("a.html"), state(".relbook/manifest")];
        let summary = scene.build(&[("a.html", "a")]);
        assert_eq!(summary, Summary { unchanged: 1, bytes: 1, ..Summary::default() });
        assert_eq!(before, [state(""), state("a.html"), state(".relbook/manifest")], "{how:?}");
        scene.assert_clean(0);
    }
}

#[test]
fn a_run_killed_at_any_stage_is_cleared_or_completed() {
    for how in ALL {
        for stage in 0..4 {
            let scene = Scene::new(how);
            scene.build(&[("a", "1"), ("b", "1"), ("c", "1")]);
            fs::write(scene.out().join("CNAME"), "mine").unwrap();
            let output = scene.fill(&[("a", "2"), ("b", "1"), ("d", "2")]);
            kill(output, stage);
            drop(scene.open());
            // Only a journal obliges to the new site; all else is the old one.
            let has_come = stage == 3;
            assert_eq!(scene.text("a"), if has_come { "2" } else { "1" }, "{how:?} at {stage}");
            assert_eq!(scene.out().join("c").exists(), !has_come);
            assert_eq!(scene.text("CNAME"), "mine");
            scene.assert_clean(1);
            assert_eq!(scene.build(&[("z", "3")]).written, 1);
            scene.assert_clean(1);
        }
    }
}

/// Ends a run: 0 after its files, 1 after its manifest, 2 after linking what is not ours, 3 in the
/// middle of carrying its files over.
fn kill(mut output: Output, stage: usize) {
    let entries = std::mem::take(&mut output.progress.get_mut().unwrap().entries);
    let new = Manifest::of_build(None, "00", entries).unwrap();
    let survey = output.survey(&new).unwrap();
    if stage >= 1 {
        output.staging.seal(&new).unwrap();
    }
    if stage >= 2 {
        assert!(exchange::adopt(&survey, &output.place.out, output.tree()).unwrap());
    }
    if stage >= 3 {
        output.staging.begin_journal().unwrap();
        fs::rename(output.tree().join("a"), output.place.out.join("a")).unwrap();
    }
    output.abandon();
}

#[test]
fn a_run_killed_after_the_exchange_leaves_an_old_tree_that_goes() {
    let scene = Scene::new((None, Way::Exchange));
    scene.build(&[("a", "1"), ("c", "1")]);
    fs::write(scene.out().join("CNAME"), "mine").unwrap();
    let output = scene.fill(&[("a", "2")]);
    let new = Manifest::of_build(None, "00", output.progress.lock().unwrap().entries.clone()).unwrap();
    output.staging.seal(&new).unwrap();
    // A stranger's file that the survey has not seen, since it came too late.
    assert!(exchange::exchange(Way::Exchange, &output.staging, &scene.out()).unwrap());
    output.abandon();
    drop(scene.open());
    assert_eq!((scene.text("a"), scene.text("CNAME")), ("2".into(), "mine".into()));
    scene.assert_clean(1);
}

#[test]
fn a_run_killed_between_two_renames_leaves_the_old_site() {
    let scene = Scene::new((None, Way::Renames));
    scene.build(&[("a", "1")]);
    let output = scene.fill(&[("a", "2")]);
    fs::rename(scene.out(), &output.staging.old).unwrap();
    output.abandon();
    drop(scene.open());
    assert_eq!(scene.text("a"), "1");
    scene.assert_clean(0);
}

#[test]
fn a_first_run_killed_inside_the_folder_does_not_make_it_a_strangers() {
    for next in ALL {
        let scene = Scene::new((Some(Seat::Inside), Way::FileByFile));
        scene.fill(&[("a", "1")]).abandon();
        let next = Scene { seat: next.0, way: next.1, root: scene.root };
        next.build(&[("b", "1")]);
        assert!(!next.out().join("a").exists());
        next.assert_clean(0);
    }
}

#[test]
fn a_publication_that_failed_half_way_is_completed_by_the_next() {
    let scene = Scene::new((None, Way::FileByFile));
    scene.build(&[("a", "1"), ("b/c", "1")]);
    let output = scene.fill(&[("a", "2"), ("b/c", "2")]);
    // A stranger's folder in place of a file, which no survey before the publication could see.
    fs::remove_file(scene.out().join("a")).unwrap();
    fs::create_dir_all(scene.out().join("a/mine")).unwrap();
    fs::write(scene.out().join("a/mine/x"), "x").unwrap();
    let mut output = output;
    let entries = std::mem::take(&mut output.progress.get_mut().unwrap().entries);
    output.staging.seal(&Manifest::of_build(None, "00", entries).unwrap()).unwrap();
    let error = format!("{:#}", output.publish_file_by_file().unwrap_err());
    assert!(error.contains("the next build completes it"), "{error}");
    drop(output);
    let site = scene.root.path().join("records");
    assert!(Output::open(&scene.out(), &site, &Terms::default()).is_err(), "the stranger is still in the way");
    fs::remove_dir_all(scene.out().join("a")).unwrap();
    drop(scene.open());
    assert_eq!((scene.text("a"), scene.text("b/c")), ("2".into(), "2".into()));
    scene.assert_clean(0);
}

/// Makes of a manifest's text what is found in its place.
type Damage = fn(&str) -> Vec<u8>;

/// What becomes of a manifest, and whether it still vouches for the files `a` and `b/c`. A line more is a case more.
const DAMAGE: &[(&str, Damage, bool)] = &[
    ("empty", |_| Vec::new(), false),
    ("zeros", |text| vec![0; text.len()], false),
    ("cut in the first line", |text| text.as_bytes()[..9].to_vec(), false),
    ("cut in the header", |text| text.as_bytes()[..text.find("inputs").unwrap() + 3].to_vec(), false),
    ("cut before the files", |text| text.as_bytes()[..text.find("\nfiles").unwrap() + 9].to_vec(), false),
    ("cut behind b/c", |text| text.as_bytes()[..text.find("b/c\n").unwrap() + 4].to_vec(), true),
    ("cut in the last line", |text| text.as_bytes()[..text.len() - 2].to_vec(), true),
    ("another text", |_| b"years of work\n".to_vec(), false),
    ("no text", |_| vec![0xff; 64], false),
    ("a line twice", |text| (text.to_owned() + text.lines().last().unwrap() + "\n").into_bytes(), true),
];

#[test]
fn a_damaged_manifest_stops_no_build_and_costs_no_file() {
    for (what, damage, vouches) in DAMAGE {
        for way in ALL {
            let scene = Scene::new(way);
            scene.build(&[("a", "1"), ("b/c", "1"), ("same", "1"), ("stale", "1")]);
            for (name, text) in [("CNAME", "mine"), ("new", "mine too"), ("x/y", "and mine")] {
                let path = scene.out().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            let manifest = scene.out().join(".relbook/manifest");
            fs::write(&manifest, damage(&fs::read_to_string(&manifest).unwrap())).unwrap();
            assert!(verify(&scene.out()).is_err(), "{what}");
            let new = [("a", "2"), ("b/c", "2"), ("new", "2"), ("same", "1"), ("x", "2")];
            let recovered = scene.build(&new).recovered.unwrap_or_else(|| panic!("{what}: it says what it did"));
            for (route, text) in new {
                assert_eq!(scene.text(route), text, "{what}, {way:?}: {route}");
            }
            assert_eq!(scene.text("CNAME"), "mine", "{what}, {way:?}");
            assert_eq!(scene.text(".relbook/kept/new"), "mine too", "{what}, {way:?}: {recovered}");
            assert_eq!(scene.text(".relbook/kept/x/y"), "and mine", "{what}, {way:?}: {recovered}");
            let kept_a = scene.out().join(".relbook/kept/a").exists();
            assert_eq!(kept_a, !vouches, "{what}, {way:?}: what nobody vouches for is kept");
            assert!(!scene.out().join(".relbook/kept/same").exists(), "{what}: the same bytes are the same file");
            let again = scene.build(&[("a", "3")]);
            assert_eq!(again.recovered, None, "{what}, {way:?}");
            assert_eq!((scene.text("a"), scene.text(".relbook/kept/new")), ("3".into(), "mine too".into()));
            assert!(!scene.out().join("same").exists(), "{what}: the new manifest vouches for it");
        }
    }
}

#[test]
fn what_a_damaged_manifest_names_is_ours_only_with_its_bytes() {
    for way in ALL {
        let scene = Scene::new(way);
        scene.build(&[("a", "1"), ("b", "1"), ("z", "1")]);
        fs::write(scene.out().join("a"), "2").unwrap();
        let manifest = scene.out().join(".relbook/manifest");
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(&manifest, &text[..text.len() - 1]).unwrap();
        scene.build(&[("z", "2")]);
        assert!(!scene.out().join("b").exists(), "{way:?}");
        assert_eq!(scene.text("a"), "2", "{way:?}: somebody wrote into it");
    }
}
