//! An export on the disk → a table: text, packed text, a workbook or Parquet, told by its first bytes.

use std::io::Read;
use std::path::Path;
use tr::tr;

use crate::domain::problem::{Problem, Problems};
use crate::ingest::contents::{Contents, unread};
use crate::ingest::foreign::refuse_bytes;
use crate::ingest::table::{MOST_BYTES, unpacked};

use super::sheet::Sheet;
use super::workbook;
use crate::ingest::import::stated::declared::Declared;

/// Opens a file.
pub(in crate::ingest::import) fn open(path: &Path, declared: &Declared) -> Result<Sheet, Problems> {
    let shown = path.display().to_string();
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if is_parquet(path).map_err(|error| unread(&error, &shown))? {
        return parquet(path, declared, &shown);
    }
    let mut bytes = Contents::read(path, MOST_BYTES).map_err(|error| unread(&error, &shown))?;
    if bytes.starts_with(b"\x1f\x8b") {
        bytes = unpacked(&bytes, &shown)?;
    }
    if bytes.starts_with(PARQUET) {
        return Err(Problem::in_file(shown, tr!("a Parquet file that was packed once more"))
            .hinting(tr!("unpack it first"))
            .into());
    }
    refuse_bytes(&bytes, &shown)?;
    let is_workbook = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
    if is_workbook || ends(&[".xlsx", ".xlsm", ".xls", ".ods"]) {
        return workbook::open(bytes, declared, &shown);
    }
    if ends(&[".pdf", ".zip", ".doc", ".docx", ".json"]) {
        let problem =
            Problem::in_file(shown, tr!("not a table")).accepting(tr!(".csv, .txt, .tsv, .gz, .xlsx or .parquet"));
        return Err(problem.hinting(tr!("export the report once more as CSV or as a workbook")).into());
    }
    Sheet::of_text(bytes, declared, &shown)
}

/// Whether a file begins as Parquet does, which is not read into memory as a whole.
fn is_parquet(path: &Path) -> std::io::Result<bool> {
    let mut begin = Vec::new();
    Contents::open(path)?.take(4).read_to_end(&mut begin)?;
    Ok(begin == PARQUET)
}

/// How Parquet begins.
const PARQUET: &[u8] = b"PAR1";

/// The whole of a table of which a sample was opened.
#[cfg(feature = "parquet")]
pub(in crate::ingest::import) use super::parquet_sheet::whole;

#[cfg(not(feature = "parquet"))]
pub(in crate::ingest::import) fn whole(sample: &Sheet, _: &Declared) -> Result<Sheet, Problems> {
    Err(Problem::in_file(&sample.shown, tr!("this build of the program reads no Parquet")).into())
}

#[cfg(feature = "parquet")]
use super::parquet_sheet::open as parquet;

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Path, _: &Declared, shown: &str) -> Result<Sheet, Problems> {
    let problem = Problem::in_file(shown, tr!("this build of the program reads no Parquet"));
    Err(problem.hinting(tr!("build it with the feature `parquet`, or export .csv.gz")).into())
}
