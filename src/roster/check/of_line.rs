//! The checker asked about a part: the shifts of one agent for themselves, and what only all shifts together can break. Who weighs many
//! changes of one roster asks about what changes, and about nothing else.

use crate::domain::ids::AgentIx;
use crate::domain::roster::{Roster, RosterCost, Shift};
use crate::domain::rule::Violation;
use crate::domain::units::Money;
use crate::roster::problem::RosterProblem;

use super::agent_shifts::AgentShifts;
use super::rules::{LINE_RULES, ROSTER_RULES};
use super::{cost, headcounts, well_formed};

/// The rules that an agent's shifts break, whatever all others work; of shifts that cannot be read, only why.
#[must_use]
pub fn violations_of_line(problem: &RosterProblem<'_>, agent: AgentIx, shifts: &[Shift]) -> Vec<Violation> {
    let roster = roster_of(problem, shifts.to_vec());
    let unreadable = well_formed::violations(problem, &roster);
    if !unreadable.is_empty() {
        return unreadable;
    }
    let workforce = problem.workforce;
    let of = &workforce.agents[agent.0];
    let line = AgentShifts {
        period: problem.period,
        agent: of,
        site: workforce.site_of(of),
        rules: workforce.rules_of(of),
        activities: &workforce.activities,
        position: agent.0,
        shifts: roster.shifts.iter().collect(),
    };
    LINE_RULES.iter().flat_map(|rule| rule(&line)).collect()
}

/// The rules that only all shifts together can break, and which they do: seats, and sessions of groups.
#[must_use]
pub fn violations_together(problem: &RosterProblem<'_>, shifts: Vec<Shift>) -> Vec<Violation> {
    let roster = roster_of(problem, shifts);
    ROSTER_RULES.iter().flat_map(|rule| rule(problem, &roster)).collect()
}

/// What an agent's shifts cost, legal or not: pay, refused wishes, burdens, days that are not as promised, sessions not held.
#[must_use]
pub fn cost_of_line(problem: &RosterProblem<'_>, agent: AgentIx, shifts: &[Shift]) -> RosterCost {
    cost::cost_of_line(problem.workforce, agent, &shifts.iter().collect::<Vec<_>>())
}

/// What heads cost that are wanted apart from queues and are not there.
#[must_use]
pub fn headcount_cost(problem: &RosterProblem<'_>, shifts: Vec<Shift>) -> Money {
    headcounts::results(problem, &roster_of(problem, shifts)).iter().map(|result| result.cost).sum()
}

/// Shifts whose heads nobody has shared among queues.
fn roster_of(problem: &RosterProblem<'_>, shifts: Vec<Shift>) -> Roster {
    let grid = problem.cover.grid;
    Roster { grid, shifts, flows: vec![Vec::new(); grid.len()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::roster::Bound;
    use crate::domain::rule::Rule;
    use crate::domain::units::Minutes;
    use crate::roster::check::check;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    #[test]
    fn a_line_for_itself_breaks_what_it_breaks_among_all_and_costs_as_much() {
        let mut instance = TinyInstance::new(LabourRules { daily_rest: Minutes::hours(11), ..lenient() });
        instance.hire("ben");
        instance.workforce.groups[0].abilities.clear();
        let rows = ["mon 08:00 wwww", "ben mon 20:00 www", "ben tue 06:00 www"];
        let roster = instance.roster(&rows);
        let (anna, ben) = roster.shifts.split_at(1);
        let problem = instance.problem();
        assert_eq!(violations_of_line(&problem, AgentIx(0), anna), []);
        let broken = violations_of_line(&problem, AgentIx(1), ben);
        assert_eq!(broken, check(&problem, roster.clone(), Bound::NOTHING).expect_err("ben rests seven hours"));
        assert_eq!(broken[0].rule, Rule::DailyRest);
        // Three and four hours at 20.
        assert_eq!(cost_of_line(&problem, AgentIx(1), &ben[..1]).objective(), Money::rounded(60.0));
        let both = check(&problem, instance.roster(&rows[..2]), Bound::NOTHING).expect("legal");
        assert_eq!(both.cost().objective(), Money::rounded(140.0));
    }

    #[test]
    fn seats_are_a_matter_of_all() {
        let mut instance = TinyInstance::new(lenient());
        instance.hire("ben");
        instance.workforce.sites[0].seats = Some(1);
        let shifts = instance.shifts(&["mon 08:00 ww", "ben mon 09:00 ww"]);
        let broken = violations_together(&instance.problem(), shifts);
        assert_eq!(broken.iter().map(|of| of.rule).collect::<Vec<_>>(), [Rule::Seats]);
    }
}
