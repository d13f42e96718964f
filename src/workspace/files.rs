//! Reads the files of a workspace, each once.

use std::cell::RefCell;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tr::tr;

use super::place::{Place, Report};
use super::settings::{NamedBy, Table, TableFile, parse};
use super::source::Source;
use super::tables::{Column, Row, decoded, rows};

/// Reads files, remembers which, and reports those that cannot be read.
#[derive(Debug)]
pub(super) struct Files<'a> {
    report: &'a Report,
    source: &'a Source,
    read: RefCell<Vec<PathBuf>>,
}

impl<'a> Files<'a> {
    /// No file read yet.
    pub(super) fn new(report: &'a Report, source: &'a Source) -> Self {
        Self { report, source, read: RefCell::default() }
    }

    /// Where the files are.
    pub(super) fn source(&self) -> &'a Source {
        self.source
    }

    /// Every file read, in order.
    pub(super) fn into_read(self) -> Vec<PathBuf> {
        self.read.into_inner()
    }

    /// The tree of a settings file; `hint` says what to do where there is none.
    pub(super) fn settings(&self, path: &Path, hint: &str) -> Option<Table> {
        let place = Place::file(&path.display().to_string());
        let bytes = self.bytes(path, &place, hint)?;
        let text = decoded(&place, &bytes, self.report)?;
        parse(&place, &text, self.report)
    }

    /// The rows of a table; none where a file that nobody named is absent.
    pub(super) fn table(&self, file: &TableFile, columns: &[Column]) -> Vec<Row<'a>> {
        if file.named_by == NamedBy::Nobody && !self.source.exists(&file.path) {
            return Vec::new();
        }
        let (place, bytes) = self.named(file);
        bytes.map(|bytes| rows(&place, &bytes, columns, self.report)).unwrap_or_default()
    }

    /// The bytes of a file, and where it is.
    pub(super) fn named(&self, file: &TableFile) -> (Place, Option<Vec<u8>>) {
        let place = Place::file(&file.path.display().to_string());
        let bytes = self.bytes(&file.path, &place, &file.named_by.hint());
        (place, bytes)
    }

    fn bytes(&self, path: &Path, place: &Place, hint: &str) -> Option<Vec<u8>> {
        self.read.borrow_mut().push(path.to_path_buf());
        let problem = |error: std::io::Error| match error.kind() {
            _ if self.source.is_folder(path) => place.problem(tr!("a folder")).accepting(tr!("a file")),
            ErrorKind::NotFound => place.problem(tr!("no such file")).hinting(hint),
            ErrorKind::InvalidInput => {
                let problem = place.problem(tr!("a pipe or a device")).accepting(tr!("a file"));
                problem.hinting(tr!("write what comes out of it into a file, and give that"))
            }
            ErrorKind::PermissionDenied => {
                place.problem(tr!("cannot be read")).hinting(tr!("you lack the right to read it"))
            }
            _ => place.problem(tr!("cannot be read: {error}", error)),
        };
        self.report.keep(self.source.read(path).map_err(problem))
    }
}
