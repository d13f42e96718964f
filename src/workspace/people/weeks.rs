//! Paid minutes owed and allowed in each rule week: the contract, less what absences are credited.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::blocks::covered_shares;
use super::model::Horizon;
use crate::domain::calendar::DateSpan;
use crate::domain::ids::AbsenceKindId;
use crate::domain::labour::LabourRules;
use crate::domain::units::Minutes;
use crate::domain::workforce::WeekMinutes;
use crate::workspace::attainable_minutes::{days_per_week, weekly_totals};
use crate::workspace::tables::Absence;

const WEEK: u32 = 7;

/// The minutes of every rule week of the horizon's plan.
///
/// A week of partial employment owes its share of days. Absences are credited by their kind for each employed date, in
/// proportion to the share of the date they cover and at most what the week owes. Where that leaves a range that no
/// shifts add up to, the least is lowered to the nearest total they do add up to.
pub(super) fn weeks(
    rules: &LabourRules,
    employed: DateSpan,
    absences: &[Absence],
    credits: &BTreeMap<AbsenceKindId, Minutes>,
    horizon: &Horizon,
) -> Vec<WeekMinutes> {
    let dates: Vec<NaiveDate> = horizon.plan_dates().collect();
    dates.chunks(7).map(|dates| week(rules, employed, absences, credits, horizon, dates)).collect()
}

/// The minutes of one rule week, given by its dates.
pub(super) fn week(
    rules: &LabourRules,
    employed: DateSpan,
    absences: &[Absence],
    credits: &BTreeMap<AbsenceKindId, Minutes>,
    horizon: &Horizon,
    dates: &[NaiveDate],
) -> WeekMinutes {
    let dates: Vec<NaiveDate> = dates.iter().copied().filter(|date| employed.holds(*date)).collect();
    let days = u32::try_from(dates.len()).unwrap_or(WEEK);
    let (part, whole) = (i64::from(days), i64::from(WEEK));
    let min = Minutes::new(rules.min_week.get() * part / whole);
    let max = Minutes::new((rules.max_week.get() * part + whole - 1) / whole);
    let credit = credited(&dates, absences, credits, horizon).min(min);
    let owed = WeekMinutes { min: min - credit, max: max - credit };
    if days == WEEK && credit == Minutes::ZERO { owed } else { reachable(rules, owed, days) }
}

/// What absences are credited on some dates, without regard to what those owe.
pub(super) fn credited(
    dates: &[NaiveDate],
    absences: &[Absence],
    credits: &BTreeMap<AbsenceKindId, Minutes>,
    horizon: &Horizon,
) -> Minutes {
    let shares = dates.iter().flat_map(|date| covered_shares(absences, *date, horizon));
    let credit = shares.map(|(kind, share)| share * credits.get(kind).map_or(0.0, |minutes| minutes.get() as f64));
    whole_minutes(credit.sum())
}

#[expect(clippy::cast_possible_truncation, reason = "a week has 10080 minutes")]
fn whole_minutes(minutes: f64) -> Minutes {
    Minutes::new(minutes.round() as i64)
}

/// Lowers the least to a total that at most `days` shifts add up to, if none lies between least and most.
fn reachable(rules: &LabourRules, owed: WeekMinutes, days: u32) -> WeekMinutes {
    let totals = weekly_totals(rules, days_per_week(rules).min(days));
    if totals.range(owed.min..=owed.max).next().is_some() {
        return owed;
    }
    let below = totals.range(..owed.min).next_back().copied().unwrap_or(Minutes::ZERO);
    WeekMinutes { min: below, ..owed }
}
