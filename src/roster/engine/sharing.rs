//! A roster of shifts that were made elsewhere: their heads shared among queues, as those of our own are.

use rayon::prelude::*;

use crate::domain::ids::GroupIx;
use crate::domain::roster::{Activity, Piece, Roster, Shift};
use crate::domain::span::Span;
use crate::domain::time::IntervalGrid;
use crate::roster::cover::simplex::Simplex;
use crate::roster::cover::skill_groups::SkillGroups;
use crate::roster::cover::transport::Transport;
use crate::roster::problem::RosterProblem;

use super::assembly::flows_of;

/// The roster of some shifts, in order of agent, then start, with the heads at work shared among queues at least cost.
/// Whether it is legal is not looked at.
#[must_use]
pub fn share(problem: &RosterProblem<'_>, shifts: Vec<Shift>) -> Roster {
    let grid = problem.cover.grid;
    let skill_groups = SkillGroups::new(&problem.workforce.groups, problem.cover.queues.len());
    let transport = Transport::of(problem.cover, &skill_groups);
    let flows = heads_at_work(problem, &shifts)
        .par_iter()
        .enumerate()
        .map_init(Simplex::default, |simplex, (t, heads)| flows_of(&transport, t, heads, simplex))
        .collect();
    Roster { grid, shifts, flows }
}

/// Heads of every group at work in each interval, those still there from the roster before included.
pub(super) fn heads_at_work(problem: &RosterProblem<'_>, shifts: &[Shift]) -> Vec<Vec<f64>> {
    let (grid, workforce) = (problem.cover.grid, problem.workforce);
    let mut heads = vec![vec![0.0; workforce.groups.len()]; grid.len()];
    let mut count = |group: GroupIx, pieces: &[Piece]| {
        at_work(&grid, pieces).for_each(|t| heads[t][group.0] += 1.0);
    };
    for agent in &workforce.agents {
        count(agent.group, &agent.before.tail);
    }
    for shift in shifts {
        count(workforce.agents[shift.agent.0].group, &shift.pieces);
    }
    heads
}

/// Intervals in the whole of which somebody with these pieces serves queues. Who leaves within an interval is not there for the whole of it.
pub(super) fn at_work<'a>(grid: &'a IntervalGrid, pieces: &'a [Piece]) -> impl Iterator<Item = usize> + 'a {
    let spans = pieces.iter().filter(|piece| piece.activity == Activity::Work).map(|piece| piece.span);
    spans.flat_map(move |span: Span| {
        let whole = move |t: &usize| grid.start_of(*t) + grid.interval().duration() <= span.until;
        grid.range(span.from, span.until).filter(whole)
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::progress::Silent;
    use crate::domain::roster::{Activity, Piece};
    use crate::domain::span::Span;
    use crate::domain::units::Minutes;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};
    use crate::roster::{RosterParams, share, solve, violations};

    #[test]
    fn the_shifts_of_a_roster_of_ours_are_shared_as_they_were() {
        let mut instance = TinyInstance::new(lenient());
        instance.hire("Ben");
        for hour in 9..15 {
            instance.require(&format!("wed {hour:02}:00"), 1.5);
        }
        let params = RosterParams { work: Some(300), ..RosterParams::default() };
        let found = solve(&instance.problem(), &params, &Silent).expect("a legal week").roster;
        assert!(!found.shifts.is_empty() && found.flows.iter().any(|flows| !flows.is_empty()));
        assert_eq!(share(&instance.problem(), found.shifts.clone()), found);
    }

    #[test]
    fn who_is_still_there_from_the_roster_before_counts_for_whole_intervals() {
        let mut instance = TinyInstance::new(lenient());
        let midnight = instance.at("mon 00:00");
        let span = Span { from: midnight, until: midnight + Minutes::new(130).duration() };
        instance.workforce.agents[0].before.tail = vec![Piece { activity: Activity::Work, span }];
        instance.require("mon 00:00", 1.0);
        let roster = share(&instance.problem(), Vec::new());
        // Intervals of an hour: two are worked whole, ten minutes of the third are not counted.
        let worked: Vec<usize> = (0..4).filter(|t| !roster.flows[*t].is_empty()).collect();
        assert_eq!(worked, [0, 1]);
        assert_eq!(violations(&instance.problem(), &roster), []);
    }
}
