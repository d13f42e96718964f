//! A row of what `replan --candidates` writes.

use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::units::Money;

/// Somebody who could take a shift, or why not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CandidateRow {
    /// Who.
    pub agent: String,
    /// The name for people.
    #[serde(with = "cells::foreign")]
    pub name: String,
    /// Whether all rules are kept.
    pub legal: bool,
    /// Rules that would be broken, each with its day and by how much.
    pub why_not: String,
    /// What it costs more, all together.
    #[serde(with = "cells::text")]
    pub total: Money,
    /// Wages and premiums more.
    #[serde(with = "cells::text")]
    pub pay: Money,
    /// Price of the day that is not as it was promised.
    #[serde(with = "cells::text")]
    pub change: Money,
    /// Price of wishes refused.
    #[serde(with = "cells::text")]
    pub wishes: Money,
    /// Price of burdens that lie unequally.
    #[serde(with = "cells::text")]
    pub fairness: Money,
    /// Price of sessions not held.
    #[serde(with = "cells::text")]
    pub sessions: Money,
    /// What cover costs more than with the shift's own agent; nothing where no requirement is at hand.
    #[serde(with = "cells::known_text")]
    pub service: Option<Money>,
    /// Queues and the hours of heads that each misses more.
    #[serde(with = "cells::list")]
    pub missing_hours: Vec<String>,
    /// Queues of the shift that this person cannot take.
    #[serde(with = "cells::list")]
    pub lacks: Vec<String>,
    /// The shift of the same day that would fall away.
    pub instead_of: String,
    /// Paid hours of the week with the shift.
    #[serde(with = "cells::amount")]
    pub hours_in_week: f64,
    /// Points of burdens by the hours of shifts, plans before and the shift included.
    pub points: u32,
    /// How often there were nights, counted as the points.
    pub nights: u32,
    /// See `nights`.
    pub weekends: u32,
    /// See `nights`.
    pub holidays: u32,
    /// See `nights`.
    pub late: u32,
    /// See `nights`.
    pub early: u32,
}

impl Record for CandidateRow {
    const COLUMNS: &'static [&'static str] = &[
        "agent",
        "name",
        "legal",
        "why_not",
        "total",
        "pay",
        "change",
        "wishes",
        "fairness",
        "sessions",
        "service",
        "missing_hours",
        "lacks",
        "instead_of",
        "hours_in_week",
        "points",
        "nights",
        "weekends",
        "holidays",
        "late",
        "early",
    ];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn service_that_has_no_price_is_an_empty_cell() {
        let rows: Vec<CandidateRow> = assert_round_trip(
            "agent,name,legal,why_not,total,pay,change,wishes,fairness,sessions,service,missing_hours,lacks,instead_of,\
             hours_in_week,points,nights,weekends,holidays,late,early\n\
             a001,Ana,true,,102.00,80.00,30.00,0.00,-8.00,0.00,,,,,40,4,1,1,0,0,0\n\
             a002,Ben,false,daily rest on 2026-12-01: 3 h,20.00,10.00,0.00,0.00,0.00,0.00,10.00,orders 0.5|mail 2,mail,b-1,38.5,0,0,0,0,0,0\n",
        );
        assert_eq!((rows[0].service, rows[1].missing_hours.len()), (None, 2));
    }
}
