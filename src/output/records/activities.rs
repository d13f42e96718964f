//! A row of `activities.csv`.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::units::Money;

/// A session that an agent attends or leads, or owes and does not attend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityRow {
    /// The kind of activity.
    pub activity: String,
    /// Who.
    pub agent: String,
    /// `attends`, `leads`, or `missing` for a session that is owed and not held.
    pub role: String,
    /// The shift that holds it.
    pub shift_id: String,
    /// The site's day on which the shift starts; for a session that is not held, the first day of the time in which it is owed.
    #[serde(with = "cells::text")]
    pub date: NaiveDate,
    /// Start, on the site's clock.
    #[serde(with = "cells::known_local")]
    pub start: Option<DateTime<FixedOffset>>,
    /// End, on the site's clock.
    #[serde(with = "cells::known_local")]
    pub end: Option<DateTime<FixedOffset>>,
    /// What it costs that the session is not held.
    #[serde(with = "cells::text")]
    pub price: Money,
    /// Why it is not held: `away`, `few` or `price`; empty of those that are.
    pub why: String,
}

impl Record for ActivityRow {
    const COLUMNS: &'static [&'static str] =
        &["activity", "agent", "role", "shift_id", "date", "start", "end", "price", "why"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn a_session_not_held_has_no_time() {
        let rows: Vec<ActivityRow> = assert_round_trip(
            "activity,agent,role,shift_id,date,start,end,price,why\n\
             coaching,a001,attends,a001-2026-11-30,2026-11-30,2026-11-30T10:00:00+01:00,2026-11-30T10:30:00+01:00,0.00,\n\
             coaching,a002,missing,,2026-11-30,,,100.00,price\n",
        );
        assert_eq!((rows[0].start.is_some(), rows[1].start), (true, None));
    }
}
