//! Rows of `changes.csv` and `figures.csv`: two rosters compared.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;

/// A shift that differs. Times are on the clock of its site with the offset; of an added shift what stood before is empty, of a removed
/// one what stands after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftChangeRow {
    /// Whose shift it is.
    pub agent: String,
    /// The name for people.
    #[serde(with = "cells::foreign")]
    pub name: String,
    /// The site's day of the shift; of a moved one the day before the change.
    #[serde(with = "cells::text")]
    pub date: NaiveDate,
    /// `added`, `removed`, `moved`, `lengthened`, `shortened` or `rearranged`.
    pub change: String,
    /// The shift before.
    pub shift_id_before: String,
    /// The shift after.
    pub shift_id_after: String,
    /// Where it was.
    pub site_before: String,
    /// Where it is.
    pub site_after: String,
    /// Its start before.
    pub start_before: String,
    /// Its end before.
    pub end_before: String,
    /// Its start after.
    pub start_after: String,
    /// Its end after.
    pub end_after: String,
    /// Minutes more of it, breaks included; below zero where it is shorter.
    pub minutes_difference: i64,
}

impl Record for ShiftChangeRow {
    const COLUMNS: &'static [&'static str] = &[
        "agent",
        "name",
        "date",
        "change",
        "shift_id_before",
        "shift_id_after",
        "site_before",
        "site_after",
        "start_before",
        "end_before",
        "start_after",
        "end_after",
        "minutes_difference",
    ];
}

/// A figure before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureRow {
    /// `shifts`, `hours`, `paid_hours`, `wages`, `premiums`, `labour_cost` or `in_time`.
    pub figure: String,
    /// The queue, of `in_time`.
    pub queue: String,
    /// Before; none where it is not known.
    #[serde(with = "cells::known_share")]
    pub before: Option<f64>,
    /// After.
    #[serde(with = "cells::known_share")]
    pub after: Option<f64>,
    /// After less before.
    #[serde(with = "cells::known_share")]
    pub difference: Option<f64>,
}

impl Record for FigureRow {
    const COLUMNS: &'static [&'static str] = &["figure", "queue", "before", "after", "difference"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn rows_read_back_as_they_were_written() {
        let changes: Vec<ShiftChangeRow> = assert_round_trip(
            "agent,name,date,change,shift_id_before,shift_id_after,site_before,site_after,start_before,end_before,start_after,end_after,\
             minutes_difference\n\
             a1,Ana,2026-11-30,removed,s1,,krakow,,2026-11-30T08:00:00+01:00,2026-11-30T16:00:00+01:00,,,-480\n",
        );
        assert_eq!(changes[0].minutes_difference, -480);
        let figures: Vec<FigureRow> =
            assert_round_trip("figure,queue,before,after,difference\nwages,,100,90.5,-9.5\nin_time,orders,0.8,,\n");
        assert_eq!((figures[0].difference, figures[1].after), (Some(-9.5), None));
    }
}
