//! Tables with a section for each queue: a title such as `Queue: Billing` stands above the rows of each.

use tr::tr;

use super::records::records;
use super::sheet::{Body, Sheet};
use super::titles::queue_of;
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::import::stated::roles::{Role, plain};

/// The column that then holds the names in the titles.
const COLUMN: &str = "Queue";

impl Sheet {
    /// A table of cells with one column more, whose every cell is the same.
    pub(in crate::ingest::import) fn with_column(mut self, name: &str, value: &str) -> Self {
        self.header.push(name.to_owned());
        self.width += 1;
        for part in &mut self.parts {
            let Body::Cells(rows) = &mut part.body else { continue };
            for (_, cells) in rows {
                let is_blank = cells.iter().all(|cell| cell.trim().is_empty());
                cells.resize(self.width - 1, String::new());
                cells.push(if is_blank { String::new() } else { value.to_owned() });
            }
        }
        self
    }

    /// Rows under titles that name a queue get it in a column more, where no column names queues. `first`: the first rows that are not empty.
    pub(super) fn in_sections(mut self, first: &[Vec<String>], declared: &Declared) -> Self {
        let is_named = self.header.iter().any(|name| super::titles::names_queues(&plain(name)));
        let of_other = declared.columns.get(&Role::Queue).is_some_and(|names| names[..] != [COLUMN]);
        let title = first.iter().find_map(|cells| queue_of(cells.iter().map(String::as_str)));
        let Some(title) = title.filter(|_| !is_named && !of_other && declared.queue.is_none()) else { return self };
        let note = tr!(
            "titles such as the one of `{title}` name the queue of the rows below; column `{COLUMN}`",
            title,
            COLUMN
        );
        self.notes.push(note);
        let width = self.width;
        self.header.push(COLUMN.to_owned());
        self.width += 1;
        for part in &mut self.parts {
            let mut queue = String::new();
            let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
            let mut take = |line: u64, mut cells: Vec<String>| {
                let of_title = queue_of(cells.iter().map(String::as_str)).map(str::to_owned);
                let is_below = part.header_line.is_none_or(|header| line > header);
                match of_title {
                    Some(name) => queue = name,
                    None if is_below && cells.iter().any(|cell| !cell.trim().is_empty()) => {
                        // A row that is too wide stays too wide.
                        cells.resize(cells.len().max(width), String::new());
                        cells.insert(width, queue.clone());
                        rows.push((line, cells));
                    }
                    None => {}
                }
            };
            match std::mem::replace(&mut part.body, Body::Cells(Vec::new())) {
                Body::Cells(cells) => cells.into_iter().for_each(|(line, cells)| take(line, cells)),
                Body::Text { text, separator } => records(&text, separator, |line, record| {
                    take(line, record.iter().map(str::to_owned).collect());
                    true
                }),
            }
            part.body = Body::Cells(rows);
        }
        self
    }
}
