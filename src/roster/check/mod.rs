//! The checker: reads only the finished roster and the plain definition of each rule.
//!
//! It shares rule data (`domain::labour`) with the engine but no code with its pricing. Rules are read in this order:
//!
//! | rule | file | broken by |
//! |---|---|---|
//! | well-formed roster | [`well_formed`] | shifts |
//! | one shift per day | [`one_shift_per_day`] | shifts |
//! | presence | [`presence`] | minutes |
//! | shift length | [`shift_length`] | minutes |
//! | shift start | [`shift_start`] | minutes |
//! | breaks | [`breaks`] | minutes |
//! | split shifts | [`split`] | minutes, shifts |
//! | daily rest | [`daily_rest`] | minutes |
//! | weekly rest | [`weekly_rest`] | minutes |
//! | consecutive days | [`consecutive_days`] | days |
//! | fewest consecutive days | [`min_consecutive_days`] | days |
//! | fewest days off in a row | [`min_days_off`] | days |
//! | weekends | [`weekends`] | weekends, as days |
//! | sundays in a row | [`sundays`] | sundays, as days |
//! | rotation | [`rotation`] | days |
//! | start times of a week | [`start_spread`] | minutes |
//! | forbidden succession | [`succession`] | minutes |
//! | days per week | [`days_per_week`] | days |
//! | weekly minutes | [`weekly_minutes`] | minutes |
//! | settlement period | [`settlement`] | minutes |
//! | nights | [`nights`] | shifts |
//! | shifts of a kind | [`start_caps`] | shifts |
//! | seats | [`seats`] | agents |
//! | allocation | [`allocation`] | agents |
//! | bound | [`bound`] | money |
//!
//! Then headcounts ([`headcounts`]), cost ([`cost`]), payroll and coverage are computed from the same finished roster. A roster that cannot be read
//! is reported as such and its labour rules are not looked at.

mod line;
mod well_formed;
mod one_shift_per_day;
mod presence;
mod shift_length;
mod shift_start;
mod breaks;
mod split;
mod daily_rest;
mod weekly_rest;
mod consecutive_days;
mod runs;
mod min_consecutive_days;
mod min_days_off;
mod weekends;
mod sundays;
mod rotation;
mod start_spread;
mod succession;
mod days_per_week;
mod weekly_minutes;
mod settlement;
mod nights;
mod start_caps;
mod seats;
mod allocation;
mod bound;
mod headcounts;
mod cost;
mod checked;
#[cfg(test)]
pub(super) mod world;

use rayon::prelude::*;

use crate::domain::roster::{Bound, PayLine, Roster};
use crate::domain::rule::Violation;

use super::problem::RosterProblem;
use super::{coverage, payroll};

pub use checked::CheckedRoster;
use line::Line;

/// The rules that one agent's shifts can break, each read alone.
const LINE_RULES: [fn(&Line<'_>) -> Vec<Violation>; 21] = [
    one_shift_per_day::violations,
    presence::violations,
    shift_length::violations,
    shift_start::violations,
    breaks::violations,
    split::violations,
    daily_rest::violations,
    weekly_rest::violations,
    consecutive_days::violations,
    min_consecutive_days::violations,
    min_days_off::violations,
    weekends::violations,
    sundays::violations,
    rotation::violations,
    start_spread::violations,
    succession::violations,
    days_per_week::violations,
    weekly_minutes::violations,
    settlement::violations,
    nights::violations,
    start_caps::violations,
];

/// The rules that only all shifts together can break.
const ROSTER_RULES: [fn(&RosterProblem<'_>, &Roster) -> Vec<Violation>; 2] =
    [seats::violations, allocation::violations];

/// Recomputes legality, cost and cover of a finished roster; the only maker of a [`CheckedRoster`].
///
/// # Errors
/// Every violation found: labour rules, or a roster or bound that is our own mistake.
pub fn check(problem: &RosterProblem<'_>, roster: Roster, bound: Bound) -> Result<CheckedRoster, Vec<Violation>> {
    refuse(well_formed::violations(problem, &roster))?;
    refuse(broken_rules(problem, &roster))?;
    let pay: Vec<Vec<PayLine>> =
        roster.shifts.par_iter().map(|shift| payroll::lines(shift, problem.workforce)).collect();
    let pay: Vec<PayLine> = pay.into_iter().flatten().collect();
    let headcounts = headcounts::results(problem, &roster);
    let cost = cost::cost(problem, &roster, &pay, &headcounts);
    refuse(bound::violations(&cost, bound))?;
    let coverage = coverage::coverage(problem, &roster);
    Ok(CheckedRoster::new(roster, cost, pay, headcounts, coverage, bound))
}

/// All violations of labour rules, by agent and rule, then those of the whole roster.
fn broken_rules(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<Violation> {
    let lines = line::of_all_agents(problem, roster);
    let by_line: Vec<Vec<Violation>> =
        lines.par_iter().map(|line| LINE_RULES.iter().flat_map(|rule| rule(line)).collect()).collect();
    let of_roster = ROSTER_RULES.iter().flat_map(|rule| rule(problem, roster));
    by_line.into_iter().flatten().chain(of_roster).collect()
}

/// Whether every agent's shifts keep the rules of a line.
#[cfg(test)]
pub(super) fn lines_are_legal(problem: &RosterProblem<'_>, roster: &Roster) -> bool {
    line::of_all_agents(problem, roster).iter().all(|line| LINE_RULES.iter().all(|rule| rule(line).is_empty()))
}

fn refuse(violations: Vec<Violation>) -> Result<(), Vec<Violation>> {
    if violations.is_empty() { Ok(()) } else { Err(violations) }
}
