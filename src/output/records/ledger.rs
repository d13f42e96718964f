//! A row of `ledger.csv`.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;

/// How often an agent has had a burden; the table is a `balances.csv` for the next plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// Who.
    pub agent: String,
    /// The name for people.
    #[serde(with = "cells::foreign")]
    pub name: String,
    /// The end of the plan.
    #[serde(with = "cells::local")]
    pub as_of: DateTime<FixedOffset>,
    /// `nights`, `weekends`, `holidays`, `late`, `early`, `refused_wishes` or `short_notice`.
    pub kind: String,
    /// Before the plan.
    pub before: u32,
    /// In it.
    pub in_plan: u32,
    /// After it.
    pub count: u32,
}

impl Record for LedgerRow {
    const COLUMNS: &'static [&'static str] = &["agent", "name", "as_of", "kind", "before", "in_plan", "count"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn counts_add_up() {
        let rows: Vec<LedgerRow> = assert_round_trip(
            "agent,name,as_of,kind,before,in_plan,count\na001,Ana,2026-12-07T00:00:00+01:00,nights,4,1,5\n",
        );
        assert_eq!(rows[0].before + rows[0].in_plan, rows[0].count);
    }
}
