//! `payroll.csv` for payroll: by agent, day and class, in whole cents.
//!
//! Cents are those of running totals: a row is the rounded total up to it less the rounded total before it. So wages and premiums add
//! up to those of `summary.json` to the cent, and no row is off by more than one.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::units::Money;
use crate::output::artifact::{Artifact, OutputError};
use crate::output::export::exported::Exported;
use crate::output::results::Results;

/// What classes of pay are: the summary tells wages and premiums apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PayKind {
    Wages,
    Premiums,
}

impl PayKind {
    /// `base` is what wages are made of.
    fn of(class: &str) -> Self {
        if class == "base" { Self::Wages } else { Self::Premiums }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Wages => "wages",
            Self::Premiums => "premiums",
        }
    }
}

/// What an agent is paid for a day under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PayDay {
    /// Position in the plan's list.
    pub(super) agent: usize,
    pub(super) date: NaiveDate,
    pub(super) kind: PayKind,
    pub(super) class: String,
    pub(super) minutes: i64,
    /// In whole cents.
    pub(super) amount: Money,
}

/// All pay in order of agents, days, and classes: wages first.
pub(super) fn days(results: &Results) -> Vec<PayDay> {
    let at: BTreeMap<&str, usize> =
        results.agents.iter().enumerate().map(|(at, agent)| (agent.id.as_str(), at)).collect();
    let mut sums: BTreeMap<(usize, NaiveDate, PayKind, &str), (i64, i128)> = BTreeMap::new();
    for row in &results.payroll {
        let Some(agent) = at.get(row.agent.as_str()) else { continue };
        let sum = sums.entry((*agent, row.date, PayKind::of(&row.class), row.class.as_str())).or_default();
        sum.0 = sum.0.saturating_add(row.minutes);
        sum.1 += i128::from(row.amount.millionths());
    }
    let mut totals: BTreeMap<PayKind, i128> = BTreeMap::new();
    sums.into_iter()
        .map(|((agent, date, kind, class), (minutes, millionths))| {
            let total = totals.entry(kind).or_default();
            let before = cents(*total);
            *total += millionths;
            let amount = Money::from_millionths(clamped((cents(*total) - before) * CENT));
            PayDay { agent, date, kind, class: class.to_owned(), minutes, amount }
        })
        .collect()
}

/// Millionths of a cent's hundred.
const CENT: i128 = 10_000;

/// Whole cents, half to even.
fn cents(millionths: i128) -> i128 {
    let (whole, twice) = (millionths.div_euclid(CENT), 2 * millionths.rem_euclid(CENT));
    whole + i128::from(twice > CENT || (twice == CENT && whole % 2 != 0))
}

fn clamped(millionths: i128) -> i64 {
    i64::try_from(millionths).unwrap_or(i64::MAX)
}

/// The file.
pub(super) fn export(results: &Results) -> Result<Exported, OutputError> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "agent", "name", "site", "contract", "date", "kind", "class", "minutes", "amount", "currency",
    ])?;
    for day in days(results) {
        let agent = &results.agents[day.agent];
        table.write_record([
            &agent.id,
            &agent.name,
            &agent.site,
            &agent.contract,
            &day.date.to_string(),
            day.kind.name(),
            &day.class,
            &day.minutes.to_string(),
            &day.amount.to_string(),
            &results.plan.currency,
        ])?;
    }
    let bytes = table.into_inner().map_err(|error| OutputError::Table(error.into_error().into()))?;
    Ok(Exported { files: vec![Artifact::new("payroll/payroll.csv", bytes)], notes: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::results::{ResultTable, sample};

    const HEADER: &str = "agent,shift_id,date,class,minutes,rate,amount\n";

    fn results(rows: &str) -> Results {
        sample::results(&[("payroll.csv", &format!("{HEADER}{rows}"))], &[ResultTable::Payroll]).expect("results")
    }

    #[test]
    fn days_add_up_to_the_cent_and_premiums_stand_apart() {
        // Three days at 33.334 are 100.002: 33.33, 33.34 (66.668 is 66.67), 33.33.
        let results = results(
            "a1,s1,2026-10-19,base,100,20.00,33.334\na1,s1,2026-10-19,night,60,4.00,4.00\n\
             a1,s2,2026-10-20,base,100,20.00,33.334\na1,s3,2026-10-21,base,60,20.00,20.00\na1,s3,2026-10-21,base,40,20.00,13.334\n",
        );
        let told: Vec<String> = days(&results)
            .iter()
            .map(|day| format!("{} {} {} {}", day.date, day.class, day.minutes, day.amount))
            .collect();
        assert_eq!(
            told,
            [
                "2026-10-19 base 100 33.33",
                "2026-10-19 night 60 4.00",
                "2026-10-20 base 100 33.34",
                "2026-10-21 base 100 33.33"
            ]
        );
    }

    #[test]
    fn a_row_says_whose_pay_it_is() {
        let results = results("a2,s1,2026-10-19,base,90,10.00,15.00\n");
        let file = export(&results).expect("a table").files.remove(0);
        assert_eq!(
            String::from_utf8(file.bytes).expect("text").lines().nth(1),
            Some("a2,\"Ola; Nowak, jr\",krakow,full,2026-10-19,wages,base,90,15.00,EUR")
        );
    }
}
