//! A row of `cleaning.csv`.

use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::time::Instant;

/// Something that cleaning changed or set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CleaningRow {
    /// The history file.
    #[serde(with = "cells::foreign")]
    pub file: String,
    /// The line, if it is one.
    pub line: Option<u64>,
    /// The queue, if it is about one.
    pub queue: String,
    /// The interval, if it is about one.
    #[serde(with = "cells::known_utc")]
    pub start: Option<Instant>,
    /// The column.
    #[serde(with = "cells::foreign")]
    pub column: String,
    /// What stood there.
    #[serde(with = "cells::foreign")]
    pub was: String,
    /// What it was taken for; empty where it was set aside.
    pub became: String,
    /// Why.
    pub why: String,
}

impl Record for CleaningRow {
    const COLUMNS: &'static [&'static str] = &["file", "line", "queue", "start", "column", "was", "became", "why"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn what_has_no_line_queue_or_start_reads_back_so() {
        let rows: Vec<CleaningRow> = assert_round_trip(
            "file,line,queue,start,column,was,became,why\n\
             h.csv,7,orders,2026-11-02T08:00:00Z,offered,-1,,below zero\n\
             h.csv,8,orders,,offered,'=1+1,,not a number\n\
             h.csv,,,,,abandons,,\"this column is not read; known are queue, region\"\n",
        );
        assert_eq!((rows[0].line, rows[2].line, rows[2].start), (Some(7), None, None));
        assert_eq!((rows[0].was.as_str(), rows[1].was.as_str()), ("-1", "=1+1"));
    }
}
