//! OUT: one run at a time, and either the whole of a run's files or what stood there before.
//!
//! A run opens its folder before it starts, so that a bad path fails early, and commits once at the end. Files go to a
//! sibling `.OUT.partial-PID`, are flushed to disk, and change places with OUT in one step where the system can
//! (`RENAME_EXCHANGE`, `RENAME_SWAP`), in two renames elsewhere. What a killed run leaves is cleared by the next one:
//! `.OUT.previous` goes back to OUT if the second rename was never reached. All of that happens under the lock
//! `OUT.lock`, which the system releases when its holder dies.
//!
//! Only a folder that one of our runs wrote is replaced: it has our `run.json`, and no file that is not listed there.

mod error;
mod sibling;
mod lock;
mod ownership;
mod exchange;

use std::io;
use std::path::{Path, PathBuf};

use super::artifact::Artifact;
pub use error::FolderError;
use lock::Lock;
use sibling::sibling;

/// A folder that this run alone may write to, until it is committed or dropped.
#[derive(Debug)]
pub struct OutFolder {
    target: PathBuf,
    _lock: Lock,
}

impl OutFolder {
    /// Takes the lock, clears what killed runs left, and makes sure that the folder may be replaced.
    ///
    /// # Errors
    /// When another run holds it, when it is not ours to replace, or when the path cannot be written to.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let target = resolve(path)?;
        let lock = Lock::acquire(&target)?;
        exchange::recover(&target)?;
        ownership::check(&target)?;
        Ok(Self { target, _lock: lock })
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
        let partial = sibling(&self.target, ".", &format!(".partial-{}", std::process::id()));
        let written = write_all(&partial, artifacts)
            .map_err(FolderError::from)
            .and_then(|()| ownership::check(&self.target))
            .and_then(|()| Ok(exchange::put_in_place(&partial, &self.target)?));
        let cleared = if partial.exists() { fs_err::remove_dir_all(&partial) } else { Ok(()) };
        written.and(cleared.map_err(FolderError::from))
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

/// Writes and flushes every file, then the folders that name them.
fn write_all(folder: &Path, artifacts: &[Artifact]) -> io::Result<()> {
    fs_err::create_dir(folder)?;
    let mut folders = vec![folder.to_owned()];
    for artifact in artifacts {
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
    use crate::output::run_json::{self, RunRecord};

    fn files(text: &str) -> Vec<Artifact> {
        let mut files = vec![
            Artifact::new("summary.json", text.as_bytes().to_vec()),
            Artifact::new("charts/week-01.svg", b"<svg/>".to_vec()),
        ];
        files.push(run_json::artifact(&RunRecord::default(), &files).expect("JSON"));
        files
    }

    fn publish(out: &Path, text: &str) -> Result<(), FolderError> {
        OutFolder::open(out)?.commit(&files(text))
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
    fn a_foreign_file_is_named_and_kept() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        publish(&out, "first").expect("published");
        fs_err::write(out.join("charts/notes.txt"), "mine").expect("written");
        let error = OutFolder::open(&out).expect_err("foreign");
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
        let folder = OutFolder::open(&out).expect("ours");
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
        assert!(matches!(OutFolder::open(&home.path().join("out")), Err(FolderError::NotAFolder(_))));
        assert!(matches!(OutFolder::open(&home.path().join("out/deeper")), Err(FolderError::Io(_))));
        std::os::unix::fs::symlink("nowhere", home.path().join("link")).expect("linked");
        assert!(matches!(OutFolder::open(&home.path().join("link")), Err(FolderError::NotAFolder(_))));
    }

    #[test]
    fn a_second_run_at_the_same_time_is_turned_away() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        let first = OutFolder::open(&out).expect("free");
        assert!(matches!(OutFolder::open(&out), Err(FolderError::Held(_))));
        drop(first);
        assert!(OutFolder::open(&out).is_ok());
        assert_eq!(names(home.path()), Vec::<String>::new());
    }

    #[test]
    fn leftovers_of_a_killed_run_are_cleared_and_out_stands_as_it_was() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        publish(&out, "first").expect("published");
        // Killed while writing: half a sibling, and the lock file with nobody holding it.
        fs_err::create_dir(home.path().join(".out.partial-4711")).expect("made");
        fs_err::write(home.path().join(".out.partial-4711/summary.json"), "hal").expect("written");
        fs_err::write(home.path().join("out.lock"), "").expect("written");
        drop(OutFolder::open(&out).expect("free"));
        assert_eq!(names(home.path()), ["out"]);
        assert_eq!(fs_err::read_to_string(out.join("summary.json")).expect("read"), "first");
    }

    #[test]
    fn a_run_killed_between_two_renames_is_undone() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        publish(&out, "first").expect("published");
        fs_err::rename(&out, home.path().join(".out.previous")).expect("moved");
        drop(OutFolder::open(&out).expect("free"));
        assert_eq!(fs_err::read_to_string(out.join("summary.json")).expect("read"), "first");
        assert_eq!(names(home.path()), ["out"]);
    }
}
