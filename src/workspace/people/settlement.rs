//! Paid minutes owed and allowed in the settlement periods of a contract, as far as they lie in the plan.
//!
//! A period owes what the contract says, or its share of days where employment is partial. Absences are credited as in
//! weeks, a week at most with its own share of what the period owes. Of a period that the plan holds in part, the weeks
//! outside it have taken their minutes already, or will: those that are known, otherwise anything between the least and
//! the most of such a week. The latter is a relaxation: it refuses nothing that other weeks may still make good.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};

use super::blocks::known_absences;
use super::model::{Horizon, Person};
use super::weeks::{credited, week};
use crate::domain::ids::AbsenceKindId;
use crate::domain::labour::LabourRules;
use crate::domain::time::Instant;
use crate::domain::units::Minutes;
use crate::domain::workforce::{SettlementPeriod, WeekMinutes};
use crate::workspace::attainable_minutes::{days_per_week, nearest_below, period_totals, weekly_totals};
use crate::workspace::settings::SettlementSettings;
use crate::workspace::tables::Absence;

const WEEK: i64 = 7;

/// What it takes to settle the weeks of one agent.
pub(super) struct Account<'a> {
    pub(super) terms: &'a SettlementSettings,
    pub(super) rules: &'a LabourRules,
    pub(super) person: &'a Person,
    /// Minutes credited for a date of absence, by kind.
    pub(super) credits: &'a BTreeMap<AbsenceKindId, Minutes>,
    pub(super) as_of: Instant,
    pub(super) plan: Horizon,
    /// Whether the agent is away throughout the plan and credited in full.
    pub(super) is_away: bool,
    /// Minutes worked in a week before the plan, where they are known.
    pub(super) worked: &'a dyn Fn(NaiveDate) -> Option<Minutes>,
}

/// A rule week of a period.
#[derive(Clone, Copy, Debug)]
struct Settled {
    /// Its part of what the period owes and may hold, credits taken off.
    due: WeekMinutes,
    /// What it holds by itself, at least and at most.
    holds: WeekMinutes,
    is_in_plan: bool,
    /// Dates on which the agent is employed.
    days: u32,
    /// Whether it is a week of the contract as it stands: in the plan, employed throughout, nothing credited.
    is_plain: bool,
}

impl Account<'_> {
    /// The periods that the plan touches, in order; `weeks` are the minutes of the plan's own weeks.
    pub(super) fn periods(&self, weeks: &[WeekMinutes]) -> Vec<SettlementPeriod> {
        let length = Duration::days(WEEK * i64::from(self.terms.weeks));
        let begins = std::iter::successors(Some(self.terms.period_begin(self.plan.first)), |begin| {
            begin.checked_add_signed(length)
        });
        begins.take_while(|begin| *begin <= self.plan.last).map(|begin| self.period(begin, weeks)).collect()
    }

    /// The period that begins on a date.
    fn period(&self, begin: NaiveDate, weeks: &[WeekMinutes]) -> SettlementPeriod {
        let settled = self.settled(begin, weeks);
        let outside = || settled.iter().filter(|week| !week.is_in_plan);
        let least = settled.iter().map(|week| week.due.min).sum::<Minutes>()
            - outside().map(|week| week.holds.max).sum::<Minutes>();
        let most = settled.iter().map(|week| week.due.max).sum::<Minutes>()
            - outside().map(|week| week.holds.min).sum::<Minutes>();
        let minutes = WeekMinutes { min: least.max(Minutes::ZERO), max: most.max(Minutes::ZERO) };
        let is_plain = settled.iter().all(|week| week.is_plain);
        let inside: Vec<Settled> = settled.into_iter().filter(|week| week.is_in_plan).collect();
        SettlementPeriod {
            weeks: u32::try_from(inside.len()).unwrap_or(self.terms.weeks),
            minutes: if is_plain { minutes } else { self.reachable(minutes, &inside) },
        }
    }

    /// The weeks of the period that begins on a date. Shares are rounded so that they add up to those of the period.
    fn settled(&self, begin: NaiveDate, weeks: &[WeekMinutes]) -> Vec<Settled> {
        let days = WEEK * i64::from(self.terms.weeks);
        let last = begin + Duration::days(days - 1);
        let horizon = Horizon::over(begin, last, self.plan.zone);
        let absences = known_absences(self.person, &horizon, self.as_of);
        let share = |of: Minutes, employed: i64| of.get() * employed / days;
        let share_up = |of: Minutes, employed: i64| (of.get() * employed + days - 1) / days;
        let whole = self.terms.minutes;
        let mut before = 0;
        let of_week = |number: u32| {
            let first = begin + Duration::days(WEEK * i64::from(number));
            let dates: Vec<NaiveDate> = first.iter_days().take(7).collect();
            let employed = |date: &NaiveDate| self.person.record.employed.holds(*date);
            let employed: Vec<NaiveDate> = dates.iter().copied().filter(employed).collect();
            let days_employed = u32::try_from(employed.len()).unwrap_or(7);
            let until = before + i64::from(days_employed);
            let min = Minutes::new(share(whole.min, until) - share(whole.min, before));
            let max = Minutes::new(share_up(whole.max, until) - share_up(whole.max, before));
            before = until;
            let is_in_plan = (self.plan.first..=self.plan.last).contains(&first);
            let credit = if self.is_away && is_in_plan {
                min
            } else {
                credited(&employed, &absences, self.credits, &horizon).min(min)
            };
            Settled {
                due: WeekMinutes { min: min - credit, max: max - credit },
                holds: self.holds(&dates, &absences, &horizon, weeks),
                is_in_plan,
                days: days_employed,
                is_plain: is_in_plan && employed.len() == dates.len() && credit == Minutes::ZERO,
            }
        };
        (0..self.terms.weeks).map(of_week).collect()
    }

    /// What a week holds at least and at most: what is known, or what it owes and may hold by itself.
    fn holds(
        &self,
        dates: &[NaiveDate],
        absences: &[Absence],
        horizon: &Horizon,
        weeks: &[WeekMinutes],
    ) -> WeekMinutes {
        let days_in = (dates[0] - self.plan.first).num_days();
        let own = usize::try_from(days_in / WEEK).ok().filter(|_| days_in >= 0).and_then(|week| weeks.get(week));
        let known = || (self.worked)(dates[0]).filter(|_| days_in < 0);
        let by_itself = || week(self.rules, self.person.record.employed, absences, self.credits, horizon, dates);
        own.copied()
            .or_else(|| known().map(|worked| WeekMinutes { min: worked, max: worked }))
            .unwrap_or_else(by_itself)
    }

    /// Lowers the least to a total that shifts of the plan's weeks add up to, if none lies between least and most.
    fn reachable(&self, due: WeekMinutes, weeks: &[Settled]) -> WeekMinutes {
        let most = days_per_week(self.rules);
        let counts: BTreeSet<u32> = weeks.iter().map(|week| most.min(week.days)).collect();
        let by_days: BTreeMap<u32, BTreeSet<Minutes>> =
            counts.into_iter().map(|days| (days, weekly_totals(self.rules, days))).collect();
        let of_week = |week: &Settled| {
            let totals = &by_days[&most.min(week.days)];
            totals.range(week.holds.min..=week.holds.max).copied().collect()
        };
        let totals = period_totals(&weeks.iter().map(of_week).collect::<Vec<_>>());
        if totals.iter().any(|total| (due.min..=due.max).contains(total)) {
            return due;
        }
        WeekMinutes { min: nearest_below(&totals, due.min).unwrap_or(Minutes::ZERO), ..due }
    }
}
