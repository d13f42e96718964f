//! The checker: reads only the finished roster and the plain definition of each rule.
//!
//! It shares rule data (`domain::labour`) with the engine but no code with its pricing. It reads in this order:
//!
//! | what | file | broken by |
//! |---|---|---|
//! | well-formed roster | [`well_formed`] | shifts |
//! | labour rules | [`rules`] | minutes, days, shifts, agents |
//! | allocation | [`allocation`] | agents |
//! | bound | [`bound`] | money |
//!
//! Then headcounts ([`headcounts`]), cost ([`cost`]), payroll and coverage are computed from the same finished roster. A roster that cannot be read
//! is reported as such and its labour rules are not looked at.

mod agent_shifts;
mod runs_of_days;
mod well_formed;
mod rules;
mod allocation;
mod bound;
mod headcounts;
mod cost;
mod checked;
mod of_line;
#[cfg(test)]
pub(super) mod tiny_instance;

use rayon::prelude::*;

use crate::domain::roster::{Bound, PayLine, Roster};
use crate::domain::rule::Violation;

use super::account::{coverage, payroll};
use super::problem::RosterProblem;

pub use checked::CheckedRoster;
pub use of_line::{cost_of_line, headcount_cost, violations_of_line, violations_together};
use rules::{LINE_RULES, ROSTER_RULES};

/// Recomputes legality, cost and cover of a finished roster; the only maker of a [`CheckedRoster`].
///
/// # Errors
/// Every violation found: labour rules, or a roster or bound that is our own mistake.
pub fn check(problem: &RosterProblem<'_>, roster: Roster, bound: Bound) -> Result<CheckedRoster, Vec<Violation>> {
    refuse(violations(problem, &roster))?;
    let pay: Vec<Vec<PayLine>> =
        roster.shifts.par_iter().map(|shift| payroll::lines(shift, problem.workforce)).collect();
    let pay: Vec<PayLine> = pay.into_iter().flatten().collect();
    let headcounts = headcounts::results(problem, &roster);
    let cost = cost::cost(problem, &roster, &pay, &headcounts);
    refuse(bound::violations(&cost, bound))?;
    let coverage = coverage::coverage(problem, &roster);
    Ok(CheckedRoster::new(roster, cost, pay, headcounts, coverage, bound))
}

/// Whether a roster can be read and which labour rules it breaks; of one that cannot be read, only why.
#[must_use]
pub fn violations(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<Violation> {
    let unreadable = well_formed::violations(problem, roster);
    if unreadable.is_empty() { broken_rules(problem, roster) } else { unreadable }
}

/// All violations of labour rules, by agent and rule, then those of the whole roster.
fn broken_rules(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<Violation> {
    let lines = agent_shifts::of_all_agents(problem, roster);
    let by_line: Vec<Vec<Violation>> =
        lines.par_iter().map(|line| LINE_RULES.iter().flat_map(|rule| rule(line)).collect()).collect();
    let of_roster = ROSTER_RULES.iter().flat_map(|rule| rule(problem, roster));
    let of_flows = allocation::violations(problem, roster);
    by_line.into_iter().flatten().chain(of_roster).chain(of_flows).collect()
}

/// Whether every agent's shifts keep the rules of a line.
#[cfg(test)]
pub(super) fn lines_are_legal(problem: &RosterProblem<'_>, roster: &Roster) -> bool {
    agent_shifts::of_all_agents(problem, roster).iter().all(|line| LINE_RULES.iter().all(|rule| rule(line).is_empty()))
}

fn refuse(violations: Vec<Violation>) -> Result<(), Vec<Violation>> {
    if violations.is_empty() { Ok(()) } else { Err(violations) }
}
