//! The weeks and settlement periods in which agents owe minutes, and the days that stay as they were promised: of them those
//! that matter.

use std::ops::Range;
use tr::tr;

use chrono::NaiveDate;

use crate::domain::rule::Rule;
use crate::domain::units::Minutes;
use crate::domain::workforce::WeekMinutes;
use crate::roster::engine::loosening::{A_WEEK, Terms};
use crate::roster::pricing::scratch::Scratch;

use super::case::Case;
use super::irreducible::irreducible;

/// Dates that an agent is bound on together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// A rule week.
    Week(usize),
    /// A settlement period.
    Period(usize),
    /// A day that stays, a position among those promised.
    Day(usize),
}

impl Bond {
    /// The bonds that some rules are about.
    fn of(rules: &[Rule], terms: &Terms) -> Vec<Self> {
        let agent = &terms.agent;
        let fixed = agent.promised.iter().enumerate().filter(|(_, day)| day.is_fixed);
        let weeks = (0..agent.weeks.len()).filter(|_| rules.contains(&Rule::WeeklyMinutes)).map(Self::Week);
        let periods = (0..agent.settlement.len()).filter(|_| rules.contains(&Rule::SettlementPeriod)).map(Self::Period);
        let days = fixed.filter(|_| rules.contains(&Rule::Promised)).map(|(at, _)| Self::Day(at));
        weeks.chain(periods).chain(days).collect()
    }

    fn leave_out(self, terms: &mut Terms) {
        let free = WeekMinutes { min: Minutes::ZERO, max: A_WEEK };
        match self {
            Self::Week(at) => terms.agent.weeks[at] = free,
            Self::Period(at) => {
                let period = &mut terms.agent.settlement[at];
                period.minutes = WeekMinutes { max: Minutes::new(A_WEEK.get() * i64::from(period.weeks)), ..free };
            }
            Self::Day(at) => terms.agent.promised[at].is_fixed = false,
        }
    }

    /// Its days, counted from the plan's first.
    fn days(self, terms: &Terms, all: &[NaiveDate]) -> Range<usize> {
        let days = match self {
            Self::Week(at) => 7 * at..7 * at + 7,
            Self::Period(at) => {
                let weeks =
                    |until: usize| terms.agent.settlement[..until].iter().map(|of| of.weeks as usize).sum::<usize>();
                7 * weeks(at)..7 * weeks(at + 1)
            }
            Self::Day(at) => {
                let found = all.iter().position(|date| *date == terms.agent.promised[at].date);
                found.map_or(0..0, |day| day..day + 1)
            }
        };
        days.start.min(all.len())..days.end.min(all.len())
    }

    fn least(self, terms: &Terms) -> Minutes {
        match self {
            Self::Week(at) => terms.agent.weeks[at].min,
            Self::Period(at) => terms.agent.settlement[at].minutes.min,
            Self::Day(_) => Minutes::ZERO,
        }
    }

    /// What is owed and what is possible.
    fn told(self, start: NaiveDate, minutes: Minutes, possible: Minutes) -> String {
        let what = if matches!(self, Self::Period(_)) { tr!("settlement period") } else { tr!("week") };
        let (minutes, possible) = (minutes.told_in_hours(), possible.told_in_hours());
        tr!(
            "in the {what} of {start} at least {minutes} h are owed and at most {possible} h are possible",
            what,
            start,
            minutes,
            possible
        )
    }
}

/// The dates that matter to a conflict of some rules, in order, and what is asked of them and possible.
pub(super) fn dates_and_figures(
    case: &Case<'_>,
    terms: &Terms,
    (rules, left_out): (&[Rule], &[Rule]),
    scratch: &mut Scratch,
) -> (Vec<NaiveDate>, String) {
    let all: Vec<NaiveDate> = case.problem.period.dates().collect();
    let bare = terms.without(left_out, case.interval());
    let bonds = irreducible(&Bond::of(rules, terms), |left_out| {
        let mut freed = bare.clone();
        for bond in left_out {
            bond.leave_out(&mut freed);
        }
        !case.has_line(&freed, scratch)
    });
    let mut dates: Vec<NaiveDate> = bonds.set.iter().flat_map(|bond| all[bond.days(terms, &all)].to_vec()).collect();
    dates.sort_unstable();
    dates.dedup();
    let mut figures = Vec::new();
    for bond in &bonds.set {
        let days = bond.days(terms, &all);
        let (Some(&start), owed) = (all.get(days.start), bond.least(terms)) else { continue };
        let possible = case.most_minutes(terms, &days, scratch);
        if owed > possible {
            figures.push(bond.told(start, owed, possible));
        }
    }
    let owes = rules.contains(&Rule::WeeklyMinutes) || rules.contains(&Rule::SettlementPeriod);
    let detail = if !figures.is_empty() {
        figures.join("; ")
    } else if owes && bonds.set.len() > 1 {
        tr!("no combination of shifts gives the paid minutes owed in all of these weeks together")
    } else if owes {
        tr!("no combination of shifts gives the paid minutes owed within all rules")
    } else {
        tr!("no combination of shifts keeps all of these rules")
    };
    (dates, detail)
}
