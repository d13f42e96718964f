//! A roster that can be read: pieces in order with one gap at most on the plan's grid, own site, own date, shifts named once.
//!
//! A finding here is our own mistake, never the user's.

use std::collections::BTreeSet;
use tr::tr;

use crate::domain::roster::{Roster, Shift};
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::time::{Instant, local_date};
use crate::roster::problem::RosterProblem;

pub(super) fn violations(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<Violation> {
    let of_plan = faults_of_plan(problem, roster).into_iter().map(|detail| broken("plan".to_owned(), None, detail));
    let of_shifts = roster.shifts.iter().flat_map(|shift| {
        let fault = |detail| broken(tr!("shift `{}`", shift.id), Some(shift), detail);
        faults_of_shift(problem, roster, shift).into_iter().map(fault)
    });
    of_plan.into_iter().chain(of_shifts).chain(repeated_names(roster)).chain(disorder(roster)).collect()
}

fn broken(who: String, shift: Option<&Shift>, detail: String) -> Violation {
    Violation { rule: Rule::WellFormed, who, date: shift.map(|shift| shift.date), by: Excess::Days(1), detail }
}

fn faults_of_plan(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<String> {
    let grid = problem.period.grid();
    let mut faults = Vec::new();
    let priced = problem.cover.grid;
    if roster.grid != priced || !priced.begins_with(&grid) {
        faults.push(tr!("the roster, the price of cover and the plan do not have the same intervals"));
    }
    if roster.flows.len() != roster.grid.len() {
        faults.push(tr!("{} intervals have flows, the plan has {}", roster.flows.len(), roster.grid.len()));
    }
    let priced = &problem.cover.queues;
    if priced.len() != problem.queue_ids.len() || priced.iter().any(|curves| curves.len() != problem.cover.grid.len()) {
        faults.push(tr!("cover is not priced for every queue and interval"));
    }
    faults
}

fn faults_of_shift(problem: &RosterProblem<'_>, roster: &Roster, shift: &Shift) -> Vec<String> {
    let Some(agent) = problem.workforce.agents.get(shift.agent.0) else {
        return vec![tr!("agent {} does not exist", shift.agent.0)];
    };
    let Some(first) = shift.pieces.first() else {
        return vec![tr!("it has no piece")];
    };
    let mut faults = Vec::new();
    if shift.site != agent.site {
        faults.push(tr!("`{}` is not at the agent's own site", agent.id));
    }
    let date = local_date(first.span.from, problem.workforce.site_of(agent).zone);
    if shift.date != date {
        faults.push(tr!("it is dated {} and starts on {date} of its site", shift.date, date));
    }
    if !problem.period.dates().any(|planned| planned == shift.date) {
        faults.push(tr!("its date {} is not planned", shift.date));
    }
    if shift.pieces.windows(2).any(|pair| pair[0].span.until > pair[1].span.from) {
        faults.push(tr!("its pieces are not in order"));
    } else if shift.parts().count() > 2 {
        faults.push(tr!("its pieces do not follow each other without gaps, or with one between two parts"));
    }
    if shift.pieces.iter().any(|piece| piece.span.until <= piece.span.from) {
        faults.push(tr!("a piece does not end after its start"));
    }
    let on_grid =
        |at: Instant| at.timestamp_subsec_nanos() == 0 && at.timestamp() % (60 * roster.grid.interval().get()) == 0;
    if shift.pieces.iter().any(|piece| !on_grid(piece.span.from) || !on_grid(piece.span.until)) {
        faults.push(tr!("a piece does not start or end on a multiple of {}", roster.grid.interval()));
    }
    faults
}

fn repeated_names(roster: &Roster) -> Vec<Violation> {
    let mut names = BTreeSet::new();
    let repeated = roster.shifts.iter().filter(|shift| !names.insert(&shift.id));
    repeated.map(|shift| broken(tr!("shift `{}`", shift.id), Some(shift), tr!("its name is taken"))).collect()
}

fn disorder(roster: &Roster) -> Option<Violation> {
    let key = |shift: &Shift| (shift.agent, shift.pieces.first().map(|piece| piece.span.from));
    let sorted = roster.shifts.is_sorted_by_key(key);
    (!sorted).then(|| broken("plan".to_owned(), None, tr!("shifts are not ordered by agent, then start")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{AgentIx, SiteIx};
    use crate::domain::roster::Activity;
    use crate::domain::units::Minutes;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// What is said of a roster of two good shifts after one change.
    fn findings(change: impl Fn(&mut Roster)) -> Vec<String> {
        let instance = TinyInstance::new(lenient());
        let mut roster = instance.roster(&["mon 08:00 wwmw", "tue 08:00 wwmw"]);
        change(&mut roster);
        let found = violations(&instance.problem(), &roster);
        found.into_iter().map(|violation| format!("{}: {}", violation.who, violation.detail)).collect()
    }

    #[test]
    fn two_plain_shifts_are_well_formed() {
        assert_eq!(findings(|_| {}), Vec::<String>::new());
    }

    #[test]
    fn a_second_gap_between_pieces_is_found_and_one_alone_is_for_the_contract_to_allow() {
        let gap = |roster: &mut Roster| roster.shifts[0].pieces.retain(|piece| piece.activity == Activity::Work);
        assert_eq!(findings(gap), Vec::<String>::new());
        let instance = TinyInstance::new(lenient());
        let found = violations(&instance.problem(), &instance.roster(&["mon 08:00 w.w..w"]));
        let detail = "its pieces do not follow each other without gaps, or with one between two parts";
        assert_eq!(found.into_iter().map(|violation| violation.detail).collect::<Vec<_>>(), [detail]);
    }

    #[test]
    fn pieces_that_overlap_are_found() {
        let early = findings(|roster| roster.shifts[0].pieces[1].span.from -= Minutes::hours(1).duration());
        assert_eq!(early, ["shift `anna-mon`: its pieces are not in order"]);
    }

    #[test]
    fn a_piece_off_the_grid_is_found() {
        let late = findings(|roster| roster.shifts[1].pieces[2].span.until -= Minutes::new(10).duration());
        assert_eq!(late, ["shift `anna-tue`: a piece does not start or end on a multiple of 60 min"]);
    }

    #[test]
    fn a_shift_without_pieces_is_found() {
        assert_eq!(findings(|roster| roster.shifts[0].pieces.clear()), ["shift `anna-mon`: it has no piece"]);
    }

    #[test]
    fn an_unknown_agent_is_found() {
        assert_eq!(
            findings(|roster| roster.shifts[1].agent = AgentIx(7)),
            ["shift `anna-tue`: agent 7 does not exist"]
        );
    }

    #[test]
    fn a_strange_site_is_found() {
        let strange = findings(|roster| roster.shifts[0].site = SiteIx(1));
        assert_eq!(strange, ["shift `anna-mon`: `anna` is not at the agent's own site"]);
    }

    #[test]
    fn a_date_that_is_not_that_of_the_start_is_found() {
        let misdated = findings(|roster| roster.shifts[0].date = roster.shifts[1].date);
        assert_eq!(misdated, ["shift `anna-mon`: it is dated 2026-12-01 and starts on 2026-11-30 of its site"]);
    }

    #[test]
    fn a_shift_beside_the_plan_is_found() {
        let instance = TinyInstance::new(lenient());
        let roster = instance.roster(&["mon2 08:00 w"]);
        let found = violations(&instance.problem(), &roster);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].detail, "its date 2026-12-07 is not planned");
    }

    #[test]
    fn a_name_given_twice_and_a_broken_order_are_found() {
        let twice = findings(|roster| roster.shifts[1].id = roster.shifts[0].id.clone());
        assert_eq!(twice, ["shift `anna-mon`: its name is taken"]);
        assert_eq!(findings(|roster| roster.shifts.swap(0, 1)), ["plan: shifts are not ordered by agent, then start"]);
    }

    #[test]
    fn missing_flows_are_found() {
        let short = findings(|roster| {
            roster.flows.pop();
        });
        assert_eq!(short, ["plan: 167 intervals have flows, the plan has 168"]);
    }
}
