//! A row of `judged.csv`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::units::Money;

/// A request with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgedRow {
    /// The request: its name, or the number of its row.
    pub request: String,
    /// Who asked.
    pub agent: String,
    /// `off`, `swap`, `give` or `take`.
    pub kind: String,
    /// The day it is about, of several the first.
    #[serde(with = "cells::text")]
    pub date: NaiveDate,
    /// `granted` or `refused`.
    pub verdict: String,
    /// Why it is refused: `no_shift`, `law`, `skill`, `service` or `price`.
    pub reason: String,
    /// What it costs more, all together; nothing where it cannot be.
    #[serde(with = "cells::known_text")]
    pub price: Option<Money>,
    /// The rule, person and day, the queues, or the parts of the price.
    #[serde(with = "cells::foreign")]
    pub detail: String,
}

impl Record for JudgedRow {
    const COLUMNS: &'static [&'static str] =
        &["request", "agent", "kind", "date", "verdict", "reason", "price", "detail"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn what_cannot_be_has_no_price() {
        let rows: Vec<JudgedRow> = assert_round_trip(
            "request,agent,kind,date,verdict,reason,price,detail\n\
             1,a001,off,2026-12-01,granted,,-64.00,pay -64.00\n\
             2,a002,give,2026-12-02,refused,law,,a003 on 2026-12-02: one shift per day: 2 shifts start\n",
        );
        assert_eq!(rows[1].price, None);
    }
}
