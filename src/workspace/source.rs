//! Where the files of a workspace are: in a folder, or in memory.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::ingest::Contents;

/// Where the files of a workspace are. Files that a run is given beside it, such as an earlier roster, are looked for in the
/// same place: on the disk by their path, in memory by their name.
///
/// ```
/// use obsada::workspace::{self, Source};
///
/// let files = [("workspace.toml", "[plan]\ninterval_minutes = 7\n")];
/// let problems = workspace::load(Source::in_memory(files), &[]).expect_err("an interval of seven minutes");
/// assert!(problems.iter().any(|problem| problem.to_string().starts_with("workspace.toml:2")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A folder on the disk.
    Folder(PathBuf),
    /// Files by their names within the workspace, `workspace.toml` among them.
    Memory(BTreeMap<PathBuf, Arc<[u8]>>),
}

/// Bytes of a table or of settings at most: a hundred thousand people's year is a tenth of it.
const MOST_BYTES: u64 = 1 << 28;

impl Source {
    /// Files by their names, which may have folders in them: `scenarios/recall.toml`.
    pub fn in_memory<N: Into<PathBuf>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (N, B)>) -> Self {
        Self::Memory(files.into_iter().map(|(name, bytes)| (plain(&name.into()), Arc::from(bytes.as_ref()))).collect())
    }

    /// What paths of the workspace begin with; nothing in memory.
    #[must_use]
    pub fn dir(&self) -> &Path {
        match self {
            Self::Folder(dir) => dir,
            Self::Memory(_) => Path::new(""),
        }
    }

    /// The workspace's name: that of its folder, however the path to it was typed.
    #[must_use]
    pub fn name(&self) -> String {
        let folder = match self {
            Self::Folder(dir) => std::fs::canonicalize(dir).unwrap_or_else(|_| dir.clone()),
            Self::Memory(_) => PathBuf::new(),
        };
        let name = folder.file_name().map_or_else(|| "workspace".into(), |name| name.to_string_lossy());
        name.replace(char::is_control, "\u{fffd}")
    }

    /// The workspace as a whole, for messages: its folder, or in memory its settings.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Folder(dir) => dir.display().to_string(),
            Self::Memory(_) => "workspace.toml".to_owned(),
        }
    }

    /// Whether there is a file or a folder.
    pub(super) fn exists(&self, path: &Path) -> bool {
        match self {
            Self::Folder(_) => path.exists(),
            Self::Memory(files) => files.contains_key(&plain(path)) || self.is_folder(path),
        }
    }

    /// Whether there is a folder.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        match self {
            Self::Folder(_) => path.is_dir(),
            Self::Memory(files) => {
                let path = plain(path);
                files.keys().any(|name| *name != path && name.starts_with(&path))
            }
        }
    }

    /// Whether there is a file.
    pub(super) fn is_file(&self, path: &Path) -> bool {
        match self {
            Self::Folder(_) => path.is_file(),
            Self::Memory(files) => files.contains_key(&plain(path)),
        }
    }

    /// A whole file.
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.contents(path) {
            Contents::InMemory(bytes) => Ok(bytes.to_vec()),
            Contents::OnDisk => match self {
                Self::Folder(_) => Contents::read(path, MOST_BYTES),
                Self::Memory(_) => Err(io::ErrorKind::NotFound.into()),
            },
        }
    }

    /// What a file holds, as far as it is in memory.
    pub(super) fn contents(&self, path: &Path) -> Contents {
        match self {
            Self::Folder(_) => Contents::OnDisk,
            Self::Memory(files) => {
                files.get(&plain(path)).map_or(Contents::OnDisk, |bytes| Contents::InMemory(Arc::clone(bytes)))
            }
        }
    }
}

/// `./history.csv` and `history.csv` are one name.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

impl From<&Path> for Source {
    fn from(dir: &Path) -> Self {
        Self::Folder(dir.to_path_buf())
    }
}

impl From<&PathBuf> for Source {
    fn from(dir: &PathBuf) -> Self {
        Self::Folder(dir.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_memory_are_what_paths_on_the_disk_are() {
        let source = Source::in_memory([("a.csv", "1"), ("./scenarios/b.toml", "2")]);
        assert!(source.is_file(Path::new("./a.csv")) && !source.is_folder(Path::new("a.csv")));
        assert!(source.is_folder(Path::new("scenarios")) && !source.is_file(Path::new("scenarios")));
        assert_eq!(source.read(Path::new("scenarios/b.toml")).expect("a file"), b"2");
        let missing = source.read(Path::new("c.csv")).expect_err("no such file");
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
        assert!(!source.exists(Path::new("c.csv")));
    }
}
