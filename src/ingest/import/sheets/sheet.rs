//! A table as it stands in a file: names of columns and rows of text, whatever the file is.

use crate::domain::problem::{Problem, Problems};
use tr::tr;

use super::dialect;
use super::queue_log;
use super::records::{head, records};
use super::row::{Cells, Row, Spot};
use super::titles::queue_of;
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::import::stated::systems;
use crate::text;
use crate::text::Encoding;

/// A table, of one file or of several with the same columns.
pub(in crate::ingest::import) struct Sheet {
    /// Where it stands, for messages.
    pub(in crate::ingest::import) shown: String,
    /// Names of the columns: of a table without header, their numbers from 1.
    pub(super) header: Vec<String>,
    pub(super) parts: Vec<Part>,
    /// Columns that have names; of a table without header, of the widest row.
    pub(in crate::ingest::import) width: usize,
    /// Names that stand more than once in the header.
    pub(in crate::ingest::import) repeated: Vec<String>,
    /// What was found of its form.
    pub(in crate::ingest::import) form: Form,
    /// What is to be said of it.
    pub(in crate::ingest::import) notes: Vec<String>,
    /// What stands above the header, and where.
    pub(in crate::ingest::import) titles: Vec<(u64, String)>,
    /// Columns that hold neither text, numbers nor times, and what they hold: they are not among [`Self::header`].
    pub(in crate::ingest::import) unreadable: Vec<(String, String)>,
    /// Of a table of which the rows here are a sample, the files from which batches of rows are read.
    #[cfg(feature = "parquet")]
    pub(in crate::ingest::import) batches: Vec<crate::ingest::parquet_batches::Batches>,
}

/// The rows of one file.
pub(super) struct Part {
    shown: String,
    pub(super) body: Body,
    /// The line of the header; none where there is none.
    pub(super) header_line: Option<u64>,
}

/// How a text table was stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest::import) struct Form {
    /// What parts cells; none in a workbook.
    pub(in crate::ingest::import) separator: Option<u8>,
    /// How letters are stored, and whether that is assumed.
    pub(in crate::ingest::import) encoding: Option<(Encoding, bool)>,
}

pub(super) enum Body {
    Text { text: String, separator: u8 },
    Cells(Vec<(u64, Vec<String>)>),
}

impl Sheet {
    /// The names of the columns.
    pub(in crate::ingest::import) fn header(&self) -> &[String] {
        &self.header
    }

    /// The table of a text file.
    pub(in crate::ingest::import) fn of_text(
        bytes: Vec<u8>,
        declared: &Declared,
        shown: &str,
    ) -> Result<Self, Problems> {
        let decoded = text::decoded(bytes, declared.encoding, shown)?;
        let is_asked = declared.columns.is_empty() || declared.system.as_deref() == Some(systems::ASTERISK);
        if is_asked && queue_log::is_queue_log(&decoded.text) {
            let log = queue_log::contacts(&decoded.text);
            return Ok(Self { notes: log.notes, ..Self::of_cells(log.rows, declared, shown)? });
        }
        let separator = declared.separator.unwrap_or_else(|| dialect::separator(&decoded.text));
        let form = Form { separator: Some(separator), encoding: Some((decoded.encoding, decoded.is_assumed)) };
        let (lines, first) = head(&decoded.text, separator);
        let body = Body::Text { text: decoded.text, separator };
        Self::new(body, &first, &lines, declared, form, shown)
    }

    /// The table of rows of cells, each with its number in the sheet.
    pub(in crate::ingest::import) fn of_cells(
        rows: Vec<(u64, Vec<String>)>,
        declared: &Declared,
        shown: &str,
    ) -> Result<Self, Problems> {
        let head =
            || rows.iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).take(dialect::LOOKED_AT);
        let first: Vec<Vec<String>> = head().map(|(_, cells)| cells.clone()).collect();
        let lines: Vec<u64> = head().map(|(line, _)| *line).collect();
        Self::new(Body::Cells(rows), &first, &lines, declared, Form::default(), shown)
    }

    fn new(
        body: Body,
        first: &[Vec<String>],
        lines: &[u64],
        declared: &Declared,
        form: Form,
        shown: &str,
    ) -> Result<Self, Problems> {
        let stands_on = |line: u64| {
            let problem = Problem::in_file(shown, tr!("no header stands on this line")).at_line(line);
            let problem = problem.hinting(tr!("leave `header_line` out, or give the line of the columns' names"));
            lines.iter().position(|at| *at == line).ok_or_else(|| Problems::from(problem))
        };
        let at = match declared.header_line {
            None => dialect::header(&without_titles(first)),
            Some(0) => None,
            Some(line) => Some(stands_on(line)?),
        };
        let widest = first.iter().map(Vec::len).max().unwrap_or(0);
        if widest == 0 {
            return Err(Problem::in_file(shown, tr!("the file is empty")).accepting(tr!("a header and rows")).into());
        }
        let header = match at {
            Some(at) => {
                let own = first[at].iter().rposition(|name| !name.trim().is_empty()).map_or(0, |last| last + 1);
                named(&first[at], own)
            }
            None => (1..=widest).map(|number| number.to_string()).collect(),
        };
        let header_line = at.and_then(|at| lines.get(at).copied());
        let part = Part { shown: shown.to_owned(), body, header_line };
        let above = lines.iter().zip(first).take(at.unwrap_or(0));
        let titles = above.map(|(line, cells)| (*line, cells.join(" ").trim().to_owned())).collect();
        let width = header.len();
        let repeated = at.map_or_else(Vec::new, |at| repeated(&first[at]));
        let sheet = Self {
            shown: shown.to_owned(),
            header,
            parts: vec![part],
            width,
            repeated,
            form,
            notes: Vec::new(),
            titles,
            unreadable: Vec::new(),
            #[cfg(feature = "parquet")]
            batches: Vec::new(),
        };
        Ok(sheet.in_sections(first, declared))
    }

    /// Several tables of the same columns as one.
    pub(in crate::ingest::import) fn together(sheets: Vec<Self>) -> Result<Self, Problems> {
        let mut problems = Problems::none();
        let mut all: Option<Self> = None;
        for sheet in sheets {
            match &mut all {
                None => all = Some(sheet),
                Some(first) if first.header == sheet.header => {
                    first.parts.extend(sheet.parts);
                    first.notes.extend(sheet.notes);
                    #[cfg(feature = "parquet")]
                    first.batches.extend(sheet.batches);
                }
                Some(first) => {
                    let cause = tr!("other columns than those of {}", first.shown);
                    let problem =
                        Problem::in_file(&sheet.shown, cause).accepting(format!("`{}`", first.header.join("`, `")));
                    problems.push(problem.hinting(tr!("import files of each kind in a run of their own")));
                }
            }
        }
        problems.extend(if all.is_none() {
            Problem::in_file("import", tr!("no file is named")).into()
        } else {
            Problems::none()
        });
        match all {
            Some(all) if problems.is_empty() => Ok(all),
            _ => Err(problems),
        }
    }

    /// The line of the header of the first file; none where there is none.
    pub(in crate::ingest::import) fn header_line(&self) -> Option<u64> {
        self.parts.first().and_then(|part| part.header_line)
    }

    /// The file of a row.
    pub(in crate::ingest::import) fn file_of(&self, spot: Spot) -> &str {
        self.parts.get(spot.part as usize).map_or(self.shown.as_str(), |part| part.shown.as_str())
    }

    /// Whether there are several files.
    pub(in crate::ingest::import) fn is_several(&self) -> bool {
        self.parts.len() > 1
    }

    /// Whether the rows here are a sample, and all of them are read from batches.
    pub(in crate::ingest::import) fn is_sample(&self) -> bool {
        #[cfg(feature = "parquet")]
        return !self.batches.is_empty();
        #[cfg(not(feature = "parquet"))]
        false
    }

    /// Goes through the rows after the header that have anything in them, file by file.
    pub(in crate::ingest::import) fn rows(&self, mut each: impl FnMut(Row<'_>)) {
        for (number, part) in (0_u32..).zip(&self.parts) {
            let after = part.header_line.unwrap_or(0);
            let mut give = |line: u64, cells: Cells<'_>| {
                let row = Row { spot: Spot { part: number, line }, cells };
                if line > after && (0..self.header.len()).any(|column| !row.cell(column).is_empty()) {
                    each(row);
                }
            };
            match &part.body {
                Body::Text { text, separator } => records(text, *separator, |line, record| {
                    give(line, Cells::Record(record));
                    true
                }),
                Body::Cells(rows) => rows.iter().for_each(|(line, cells)| give(*line, Cells::Strings(cells))),
            }
        }
    }

    /// Whether a row is the header once more, as on the next page of a report.
    pub(in crate::ingest::import) fn repeats_header(&self, row: &Row<'_>) -> bool {
        self.header_line().is_some()
            && self.header.iter().enumerate().filter(|(column, name)| row.cell(*column) == name.as_str()).count() * 2
                > self.header.len()
    }
}

/// Names that stand more than once.
fn repeated(row: &[String]) -> Vec<String> {
    let names = || row.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
    names().filter(|name| names().filter(|other| other == name).count() > 1).map(str::to_owned).collect()
}

/// Names as they stand; a blank one is its number, and one that stands twice has its number behind it.
fn named(row: &[String], widest: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(widest);
    for column in 0..widest {
        let name = row.get(column).map_or("", |name| name.trim());
        let number = column + 1;
        names.push(match name {
            "" => number.to_string(),
            twice if names.iter().any(|known| known == twice) => format!("{twice} ({number})"),
            name => name.to_owned(),
        });
    }
    names
}

/// The first rows, blank where a title names the queue of what stands below: it is no header.
fn without_titles(first: &[Vec<String>]) -> Vec<Vec<String>> {
    let is_title = |cells: &[String]| queue_of(cells.iter().map(String::as_str)).is_some();
    first.iter().map(|cells| if is_title(cells) { Vec::new() } else { cells.clone() }).collect()
}
