//! OUT: one run at a time, and either the whole of a run's files or what stood there before.
//!
//! A run opens its folder before it starts, so that a bad path fails early, and commits once at the end. Files go to a
//! sibling `.OUT.partial-PID`, are flushed to disk, and change places with OUT in one step where the system can
//! (`RENAME_EXCHANGE`, `RENAME_SWAP`), in two renames elsewhere. What a killed run leaves is cleared by the next one:
//! `.OUT.previous` goes back to OUT if the second rename was never reached. All of that happens under the lock
//! `OUT.lock`, which the system releases when its holder dies.
//!
//! Only a folder that one of our runs wrote is replaced: it has our `run.json`, no file that is not listed there, and every file is as
//! it was written. Likewise nothing beside OUT is removed but folders whose `run.json` is ours, which is therefore the first
//! file to be written, and lock files that say whose they are.

mod error;
mod sibling;
mod lock;
mod ownership;
mod exchange;

use std::io;
use std::path::{Path, PathBuf};

use super::artifact::Artifact;
use super::run_json;
pub use error::FolderError;
use lock::Lock;
use sibling::{free, sibling};

/// A folder that this run alone may write to, until it is committed or dropped.
#[derive(Debug)]
pub struct OutFolder {
    target: PathBuf,
    read: Vec<PathBuf>,
    _lock: Lock,
}

impl OutFolder {
    /// Takes the lock, clears what killed runs left, and makes sure that the folder may be replaced: nothing in it is anybody's
    /// own but the files `read`, from which the run will make its own.
    ///
    /// # Errors
    /// When another run holds it, when it is not ours to replace, or when the path cannot be written to.
    pub fn open(path: &Path, read: &[PathBuf]) -> Result<Self, FolderError> {
        let target = resolve(path)?;
        let lock = Lock::acquire(&target)?;
        exchange::recover(&target)?;
        ownership::check(&target, read)?;
        Ok(Self { target, read: read.to_vec(), _lock: lock })
    }

    /// Where the files will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.target
    }

    /// Writes all files beside OUT and puts them into its place whole. On an error OUT is as it was.
    ///
    /// # Errors
    /// When a file cannot be written, or a foreign file has appeared in OUT meanwhile.
    pub fn commit(self, artifacts: &[Artifact]) -> Result<(), FolderError> {
        self.write(artifacts, exchange::put_in_place)
    }

    /// Writes all files beside OUT and gives the folder OUT's name, if nothing has it; what has it stays.
    ///
    /// # Errors
    /// When a file cannot be written, or something stands there.
    pub fn commit_new(self, artifacts: &[Artifact]) -> Result<(), FolderError> {
        self.write(artifacts, exchange::put_where_nothing_is)
    }

    fn write(
        self,
        artifacts: &[Artifact],
        put: impl FnOnce(&Path, &Path) -> io::Result<()>,
    ) -> Result<(), FolderError> {
        let partial = free(&sibling(&self.target, ".", &format!("{}{}", exchange::PARTIAL, std::process::id())));
        let written = write_all(&partial, artifacts)
            .map_err(FolderError::from)
            .and_then(|()| ownership::check(&self.target, &self.read))
            .and_then(|()| Ok(put(&partial, &self.target)?));
        if written.is_err() {
            exchange::clear(&partial);
        }
        written
    }
}

/// The folder's true path: links followed, parents made.
fn resolve(path: &Path) -> Result<PathBuf, FolderError> {
    if path.exists() {
        let target = fs_err::canonicalize(path)?;
        let usable = target.is_dir() && target.file_name().is_some();
        return if usable { Ok(target) } else { Err(FolderError::NotAFolder(path.to_owned())) };
    }
    if path.is_symlink() {
        return Err(FolderError::NotAFolder(path.to_owned()));
    }
    let name = path.file_name().ok_or_else(|| FolderError::NotAFolder(path.to_owned()))?;
    let parent = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    fs_err::create_dir_all(parent)?;
    Ok(fs_err::canonicalize(parent)?.join(name))
}

/// Writes and flushes every file, first the one that says whose the folder is, then the folders that name them.
fn write_all(folder: &Path, artifacts: &[Artifact]) -> io::Result<()> {
    fs_err::create_dir(folder)?;
    let mut folders = vec![folder.to_owned()];
    let (mark, others): (Vec<_>, Vec<_>) = artifacts.iter().partition(|file| file.path == Path::new(run_json::FILE));
    for artifact in mark.into_iter().chain(others) {
        let path = folder.join(&artifact.path);
        if let Some(parent) = path.parent().filter(|parent| !folders.iter().any(|known| known == parent)) {
            fs_err::create_dir_all(parent)?;
            folders.push(parent.to_owned());
        }
        fs_err::write(&path, &artifact.bytes)?;
        fs_err::File::open(&path)?.sync_all()?;
    }
    folders.iter().try_for_each(|folder| exchange::flush(folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::run_json::RunRecord;

    fn files(text: &str) -> Vec<Artifact> {
        let mut files = vec![
            Artifact::new("summary.json", text.as_bytes().to_vec()),
            Artifact::new("charts/week-01.svg", b"<svg/>".to_vec()),
        ];
        files.push(run_json::artifact(&RunRecord::default(), &files).expect("JSON"));
        files
    }

    fn publish(out: &Path, text: &str) -> Result<(), FolderError> {
        OutFolder::open(out, &[])?.commit(&files(text))
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs_err::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_run_replaces_the_first_and_leaves_nothing_beside_it() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("deep/out");
        publish(&out, "first").expect("published");
        publish(&out, "second").expect("published");
        assert_eq!(fs_err::read_to_string(out.join("summary.json")).expect("read"), "second");
        assert_eq!(names(&out), ["charts", "run.json", "summary.json"]);
        assert_eq!(names(&home.path().join("deep")), ["out"]);
    }

    #[test]
    fn a_folder_that_must_be_new_replaces_none() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        let late = OutFolder::open(&out, &[]).expect("free");
        // Where the lock does not reach, as on some shared disks, another run may have been faster.
        write_all(&out, &files("first")).expect("written");
        assert!(late.commit_new(&files("second")).is_err());
        assert_eq!(fs_err::read_to_string(out.join("summary.json")).expect("read"), "first");
        OutFolder::open(&home.path().join("new"), &[]).expect("free").commit_new(&files("third")).expect("published");
        assert_eq!(names(home.path()), ["new", "out"]);
    }

    #[test]
    fn a_foreign_file_is_named_and_kept() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        publish(&out, "first").expect("published");
        fs_err::write(out.join("charts/notes.txt"), "mine").expect("written");
        let error = OutFolder::open(&out, &[]).expect_err("foreign");
        assert!(
            matches!(&error, FolderError::Foreign { file, .. } if file == Path::new("charts/notes.txt")),
            "{error}"
        );
        assert_eq!(fs_err::read_to_string(out.join("charts/notes.txt")).expect("read"), "mine");
    }

    #[test]
    fn a_foreign_file_that_appears_during_the_run_is_kept_too() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        publish(&out, "first").expect("published");
        let folder = OutFolder::open(&out, &[]).expect("ours");
        fs_err::write(out.join("notes.txt"), "mine").expect("written");
        assert!(matches!(folder.commit(&files("second")), Err(FolderError::Foreign { .. })));
        assert_eq!(fs_err::read_to_string(out.join("summary.json")).expect("read"), "first");
        assert_eq!(names(home.path()), ["out"]);
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused_and_an_empty_one_taken() {
        let home = tempfile::tempdir().expect("a folder");
        let theirs = home.path().join("theirs");
        fs_err::create_dir(&theirs).expect("made");
        publish(&theirs, "into the empty folder").expect("published");
        let other = home.path().join("other");
        fs_err::create_dir(&other).expect("made");
        fs_err::write(other.join("thesis.tex"), "years of work").expect("written");
        assert!(matches!(publish(&other, "x"), Err(FolderError::NotOurs { .. })));
        assert_eq!(names(&other), ["thesis.tex"]);
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_fails_before_the_work() {
        let home = tempfile::tempdir().expect("a folder");
        fs_err::write(home.path().join("out"), "a file").expect("written");
        assert!(matches!(OutFolder::open(&home.path().join("out"), &[]), Err(FolderError::NotAFolder(_))));
        assert!(matches!(OutFolder::open(&home.path().join("out/deeper"), &[]), Err(FolderError::Io(_))));
        std::os::unix::fs::symlink("nowhere", home.path().join("link")).expect("linked");
        assert!(matches!(OutFolder::open(&home.path().join("link"), &[]), Err(FolderError::NotAFolder(_))));
    }

    #[test]
    fn a_second_run_at_the_same_time_is_turned_away() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        let first = OutFolder::open(&out, &[]).expect("free");
        assert!(matches!(OutFolder::open(&out, &[]), Err(FolderError::Held(_))));
        drop(first);
        assert!(OutFolder::open(&out, &[]).is_ok());
        assert_eq!(names(home.path()), Vec::<String>::new());
    }

    #[test]
    fn leftovers_of_a_killed_run_are_cleared_and_out_stands_as_it_was() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        publish(&out, "first").expect("published");
        // Killed while writing: half a sibling, and the lock file with nobody holding it.
        let partial = home.path().join(".out.partial-4711");
        write_all(&partial, &files("second")).expect("written");
        fs_err::write(partial.join("summary.json"), "sec").expect("written");
        let folder = OutFolder::open(&out, &[]).expect("free");
        fs_err::copy(home.path().join("out.lock"), home.path().join("lock")).expect("copied");
        drop(folder);
        fs_err::rename(home.path().join("lock"), home.path().join("out.lock")).expect("moved");
        drop(OutFolder::open(&out, &[]).expect("free"));
        assert_eq!(names(home.path()), ["out"]);
        assert_eq!(fs_err::read_to_string(out.join("summary.json")).expect("read"), "first");
    }

    #[test]
    fn a_run_killed_between_two_renames_is_undone() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        publish(&out, "first").expect("published");
        fs_err::rename(&out, home.path().join(".out.previous")).expect("moved");
        drop(OutFolder::open(&out, &[]).expect("free"));
        assert_eq!(fs_err::read_to_string(out.join("summary.json")).expect("read"), "first");
        assert_eq!(names(home.path()), ["out"]);
    }

    #[test]
    fn what_others_keep_beside_out_under_our_names_is_kept_and_in_nobodys_way() {
        let home = tempfile::tempdir().expect("a folder");
        let (out, path) = (home.path().join("out"), |name: &str| home.path().join(name));
        for name in ["out.lock", ".out.partial-notes"] {
            fs_err::write(path(name), "mine").expect("written");
        }
        for name in [".out.partial-mine", ".out.previous"] {
            fs_err::create_dir(path(name)).expect("made");
            fs_err::write(path(name).join("thesis.tex"), "years of work").expect("written");
        }
        publish(&out, "first").expect("published");
        publish(&out, "second").expect("published");
        let kept = [".out.partial-mine", ".out.partial-notes", ".out.previous", "out", "out.lock"];
        assert_eq!(names(home.path()), kept);
        assert_eq!(fs_err::read_to_string(path("out.lock")).expect("read"), "mine");
        // The other name of the lock keeps a second run away as well as the first does.
        let first = OutFolder::open(&out, &[]).expect("free");
        assert!(matches!(OutFolder::open(&out, &[]), Err(FolderError::Held(_))));
        drop(first);
        assert_eq!(names(home.path()), kept);
    }

    #[test]
    fn a_file_of_out_that_was_edited_is_not_replaced_unless_the_run_reads_it() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        publish(&out, "first").expect("published");
        let edited = out.join("summary.json");
        fs_err::write(&edited, "edited").expect("written");
        assert!(matches!(publish(&out, "second"), Err(FolderError::Changed(path)) if path.ends_with("summary.json")));
        assert_eq!(fs_err::read_to_string(&edited).expect("read"), "edited");
        let typed = home.path().join("out/../out/summary.json");
        OutFolder::open(&out, &[typed]).expect("known").commit(&files("second")).expect("published");
        assert_eq!(fs_err::read_to_string(&edited).expect("read"), "second");
    }
}
