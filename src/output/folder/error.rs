//! Why an output folder cannot be written.

use std::io;
use std::path::PathBuf;

/// Why OUT cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another run holds the lock; exit code 5.
    #[error("another run is writing to `{}`\n  hint: wait for it, or choose another folder with --out", .0.display())]
    Held(PathBuf),
    /// The folder has files and no `run.json` of ours.
    #[error(
        "`{}` is not empty and no run of obsada wrote it (there is `{}` in it, and no run.json of ours)\n  \
         hint: choose another folder with --out, or empty this one", folder.display(), file.display()
    )]
    NotOurs {
        /// OUT.
        folder: PathBuf,
        /// A file in it.
        file: PathBuf,
    },
    /// The folder is ours but somebody keeps a file of their own in it, which replacing would lose.
    #[error(
        "`{}` holds `{}`, which no run of obsada wrote and replacing the folder would lose\n  \
         hint: move that file away, or choose another folder with --out", folder.display(), file.display()
    )]
    Foreign {
        /// OUT.
        folder: PathBuf,
        /// The file, relative to OUT.
        file: PathBuf,
    },
    /// A file of the folder is no more what a run wrote, and replacing the folder would lose the change.
    #[error(
        "`{}` has changed since a run of obsada wrote it, and replacing the folder would lose the change\n  \
         hint: copy it elsewhere and give the copy to the run (--roster), or choose another folder with --out", .0.display()
    )]
    Changed(PathBuf),
    /// Where the lock goes, there are things of somebody else's.
    #[error("`{}` and its like are not ours, and there is no other name for the lock\n  hint: move them away, or choose another folder with --out", .0.display())]
    NoLock(PathBuf),
    /// There is something at this path that is not a folder, or the path names no folder.
    #[error("`{}` is not a folder\n  hint: choose another path with --out", .0.display())]
    NotAFolder(PathBuf),
    /// The file system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}
