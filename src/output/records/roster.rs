//! A row of `roster.csv`.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::roster::{Activity, ShiftStatus};

/// A piece of a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterRow {
    /// Who works it.
    pub agent: String,
    /// The shift that the piece belongs to; the name survives replanning.
    pub shift_id: String,
    /// Where.
    pub site: String,
    /// The site's day on which the shift starts.
    #[serde(with = "cells::text")]
    pub date: NaiveDate,
    /// What is done: `work`, `break`, `meal` or the name of another activity.
    pub activity: String,
    /// The queues open to the agent while at work.
    #[serde(with = "cells::list")]
    pub queues: Vec<String>,
    /// Start, on the site's clock.
    #[serde(with = "cells::local")]
    pub start: DateTime<FixedOffset>,
    /// End, on the site's clock.
    #[serde(with = "cells::local")]
    pub end: DateTime<FixedOffset>,
    /// Minutes that are paid.
    pub paid_minutes: i64,
    /// Whether the agent has been told.
    #[serde(with = "cells::text")]
    pub status: ShiftStatus,
    /// Whether the shift is to stay when the week is planned again.
    pub locked: bool,
}

impl RosterRow {
    /// What is done.
    #[must_use]
    pub fn does(&self) -> Activity {
        Activity::named(&self.activity, self.paid_minutes > 0)
    }
}

impl Record for RosterRow {
    const COLUMNS: &'static [&'static str] = &[
        "agent",
        "shift_id",
        "site",
        "date",
        "activity",
        "queues",
        "start",
        "end",
        "paid_minutes",
        "status",
        "locked",
    ];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let rows: Vec<RosterRow> = assert_round_trip(
            "agent,shift_id,site,date,activity,queues,start,end,paid_minutes,status,locked\n\
             a001,a001-2026-11-30,manila,2026-11-30,work,orders|billing,2026-11-30T16:00:00+08:00,2026-11-30T20:00:00+08:00,240,draft,false\n\
             a001,a001-2026-11-30,manila,2026-11-30,meal,,2026-11-30T20:00:00+08:00,2026-11-30T20:30:00+08:00,0,published,true\n",
        );
        assert_eq!((rows[0].queues.len(), rows[1].queues.len(), rows[1].locked), (2, 0, true));
    }
}
