//! A row of `payroll.csv`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::units::Money;

/// What a shift pays under one heading; the sum of all amounts is the labour cost, exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollRow {
    /// Who is paid.
    pub agent: String,
    /// For which shift.
    pub shift_id: String,
    /// The shift's date.
    #[serde(with = "cells::text")]
    pub date: NaiveDate,
    /// `base`, `gap`, or the class of a premium.
    pub class: String,
    /// Minutes that the class pays.
    pub minutes: i64,
    /// Money per hour.
    #[serde(with = "cells::text")]
    pub rate: Money,
    /// What is due.
    #[serde(with = "cells::text")]
    pub amount: Money,
}

impl Record for PayrollRow {
    const COLUMNS: &'static [&'static str] = &["agent", "shift_id", "date", "class", "minutes", "rate", "amount"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn money_reads_back_to_the_millionth() {
        let rows: Vec<PayrollRow> = assert_round_trip(
            "agent,shift_id,date,class,minutes,rate,amount\n\
             a001,s1,2026-11-30,base,450,17.333333,129.999998\n\
             a001,s1,2026-11-30,night,120,2.50,5.00\n",
        );
        assert_eq!(rows[0].amount, Money::from_millionths(129_999_998));
    }
}
