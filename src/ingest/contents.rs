//! What a file holds: on the disk, where only a file with an end is read, or in memory.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;
use tr::tr;

use crate::domain::problem::Problem;

/// What a file holds, where it is known before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Contents {
    /// What stands on the disk under its path.
    #[default]
    OnDisk,
    /// These bytes; nothing is read from the disk.
    InMemory(Arc<[u8]>),
}

impl Contents {
    /// Opens a file on the disk.
    ///
    /// # Errors
    /// Besides those of the system: a pipe or a device, which may never end, is [`ErrorKind::InvalidInput`].
    pub fn open(path: &Path) -> io::Result<File> {
        let kind = std::fs::metadata(path)?.file_type();
        if !kind.is_file() && !kind.is_dir() {
            return Err(io::Error::new(ErrorKind::InvalidInput, tr!("a pipe or a device, not a file")));
        }
        File::open(path)
    }

    /// All bytes of a file on the disk.
    ///
    /// # Errors
    /// As [`Self::open`], and a file of more than `most` bytes is [`ErrorKind::FileTooLarge`].
    pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = Self::open(path)?;
        if file.metadata()?.len() <= most {
            bytes.reserve(usize::try_from(file.metadata()?.len()).unwrap_or(0));
            file.take(most + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 <= most {
                return Ok(bytes);
            }
        }
        let cause = tr!("larger than {} MB", most / 1_000_000);
        Err(io::Error::new(ErrorKind::FileTooLarge, cause))
    }
}

/// Why a file was not read, with what to do.
pub(super) fn unread(error: &io::Error, shown: &str) -> Problem {
    let problem = Problem::in_file(shown, tr!("cannot be read: {error}", error));
    match error.kind() {
        ErrorKind::FileTooLarge => problem.hinting(tr!("divide it by years; `history.files` takes several files")),
        ErrorKind::InvalidInput => problem.hinting(tr!("write what comes out of it into a file, and give that")),
        _ => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_devices_and_files_that_are_too_large_are_not_read() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("table.csv");
        let kind = |path: &Path, most| Contents::read(path, most).map_err(|error| error.kind());
        assert_eq!(kind(Path::new("/dev/zero"), 10), Err(ErrorKind::InvalidInput));
        assert_eq!(kind(&path, 10), Err(ErrorKind::NotFound));
        fs_err::write(&path, "ten bytes.").expect("written");
        assert_eq!(kind(&path, 10), Ok(b"ten bytes.".to_vec()));
        assert_eq!(kind(&path, 9), Err(ErrorKind::FileTooLarge));
    }
}
