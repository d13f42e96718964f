//! A row of `replanned.csv`.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::units::Money;

/// A day that is not as it was promised. Times are on the clock of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplannedRow {
    /// Whose day.
    pub agent: String,
    /// The name for people.
    #[serde(with = "cells::foreign")]
    pub name: String,
    /// The site's date.
    #[serde(with = "cells::text")]
    pub date: NaiveDate,
    /// `breaks`, `lengthened`, `shortened`, `moved`, `added` or `cancelled`.
    pub change: String,
    /// Start of the shift that was promised.
    #[serde(with = "cells::known_local")]
    pub start_before: Option<DateTime<FixedOffset>>,
    /// Its end.
    #[serde(with = "cells::known_local")]
    pub end_before: Option<DateTime<FixedOffset>>,
    /// Start of the shift now.
    #[serde(with = "cells::known_local")]
    pub start: Option<DateTime<FixedOffset>>,
    /// Its end.
    #[serde(with = "cells::known_local")]
    pub end: Option<DateTime<FixedOffset>>,
    /// What the planner would pay so that the day stays.
    #[serde(with = "cells::text")]
    pub price: Money,
    /// `absent`: the agent cannot work what was promised; `covers`: for the others named; `hours`: the agent's own hours after another
    /// change; `sessions`: other sessions are held in it, or fewer; `service`: more or fewer people are needed.
    pub why: String,
    /// Whose promised shifts at the same time nobody works now.
    #[serde(with = "cells::list")]
    pub instead_of: Vec<String>,
}

impl Record for ReplannedRow {
    const COLUMNS: &'static [&'static str] = &[
        "agent",
        "name",
        "date",
        "change",
        "start_before",
        "end_before",
        "start",
        "end",
        "price",
        "why",
        "instead_of",
    ];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn a_cancelled_day_has_no_times_after() {
        let rows: Vec<ReplannedRow> = assert_round_trip(
            "agent,name,date,change,start_before,end_before,start,end,price,why,instead_of\n\
             a001,Ana,2026-12-01,cancelled,2026-12-01T08:00:00+01:00,2026-12-01T16:00:00+01:00,,,0.00,absent,\n\
             a002,Ben,2026-12-01,added,,,2026-12-01T08:00:00+01:00,2026-12-01T16:00:00+01:00,60.00,covers,a001|a003\n",
        );
        assert_eq!((rows[0].start, rows[1].instead_of.len()), (None, 2));
    }
}
