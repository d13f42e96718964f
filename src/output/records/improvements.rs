//! A row of `improvements.csv`.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::units::Money;

/// A change that would help, as one of the people could make it who could take it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImprovementRow {
    /// 1 is the best; equal where several people could take the same change.
    pub rank: usize,
    /// `add`, `lengthen`, `move`, `shorten` or `hire`.
    pub kind: String,
    /// Who could; of `hire` the one whose shifts the new person would work.
    pub agent: String,
    /// The site's day on which the changed shift starts; empty of `hire`, as all that is said of a shift.
    #[serde(with = "cells::known_text")]
    pub date: Option<NaiveDate>,
    /// The shift: one that is there and changes, or the name of a new one.
    pub shift_id: String,
    /// Its start before, on the site's clock; empty of a new one.
    #[serde(with = "cells::known_local")]
    pub start_before: Option<DateTime<FixedOffset>>,
    /// Its end before.
    #[serde(with = "cells::known_local")]
    pub end_before: Option<DateTime<FixedOffset>>,
    /// Its start with the change.
    #[serde(with = "cells::known_local")]
    pub start: Option<DateTime<FixedOffset>>,
    /// Its end with the change.
    #[serde(with = "cells::known_local")]
    pub end: Option<DateTime<FixedOffset>>,
    /// Its breaks with the change, `meal 2026-11-30T11:00:00Z/2026-11-30T11:30:00Z`.
    #[serde(with = "cells::list")]
    pub breaks: Vec<String>,
    /// The queues that the person takes.
    #[serde(with = "cells::list")]
    pub queues: Vec<String>,
    /// What the person is paid more for the plan, below zero where it is less.
    #[serde(with = "cells::text")]
    pub price: Money,
    /// The queue whose goal gains most; empty where all goals hold.
    pub goal: String,
    /// First of the days for which it is promised.
    #[serde(with = "cells::known_text")]
    pub goal_from: Option<NaiveDate>,
    /// How many days.
    #[serde(with = "cells::known_text")]
    pub goal_days: Option<u32>,
    /// Share in time in these days without the change.
    #[serde(with = "cells::known_share")]
    pub share_before: Option<f64>,
    /// How much the change adds to it.
    #[serde(with = "cells::known_share")]
    pub share_gain: Option<f64>,
    /// Half the width of its 95 % band.
    #[serde(with = "cells::known_share")]
    pub share_gain_half_width: Option<f64>,
    /// Contacts more in time where goals are missed, or nearly.
    #[serde(with = "cells::amount")]
    pub in_time_at_goals: f64,
    /// Contacts more in time, of all queues over the plan.
    #[serde(with = "cells::amount")]
    pub in_time: f64,
    /// Half the width of its 95 % band.
    #[serde(with = "cells::amount")]
    pub in_time_half_width: f64,
    /// Contacts that no longer give up.
    #[serde(with = "cells::amount")]
    pub no_longer_lost: f64,
}

impl Record for ImprovementRow {
    const COLUMNS: &'static [&'static str] = &[
        "rank",
        "kind",
        "agent",
        "date",
        "shift_id",
        "start_before",
        "end_before",
        "start",
        "end",
        "breaks",
        "queues",
        "price",
        "goal",
        "goal_from",
        "goal_days",
        "share_before",
        "share_gain",
        "share_gain_half_width",
        "in_time_at_goals",
        "in_time",
        "in_time_half_width",
        "no_longer_lost",
    ];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn a_change_and_a_person_to_hire_read_back() {
        let rows: Vec<ImprovementRow> = assert_round_trip(
            "rank,kind,agent,date,shift_id,start_before,end_before,start,end,breaks,queues,price,goal,goal_from,goal_days,share_before,share_gain,share_gain_half_width,in_time_at_goals,in_time,in_time_half_width,no_longer_lost\n\
             1,add,a001,2026-12-01,a001-2026-12-01,,,2026-12-01T10:00:00+01:00,2026-12-01T16:00:00+01:00,meal 2026-12-01T12:00:00Z/2026-12-01T12:30:00Z,orders|billing,62.50,orders,2026-12-01,1,0.71,0.052,0.004,21.5,25,3.2,4\n\
             2,hire,a007,,,,,,,,billing,480.00,billing,2026-11-30,7,0.78,0.01,0.001,12,14,2,1\n",
        );
        assert_eq!((rows[0].price, rows[0].goal_days), (Money::rounded(62.5), Some(1)));
        assert_eq!((rows[1].date, rows[1].start), (None, None));
    }
}
