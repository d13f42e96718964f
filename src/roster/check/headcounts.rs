//! Heads counted in the finished roster, interval by interval, and their price, rounded once each.
//!
//! An agent counts in an interval from whose start to whose end they are on shift (breaks included) or, where the
//! headcount says so, at work. Shifts begun before the plan count as far as they reach into it.

use crate::domain::headcount::{Counted, Headcount, HeadcountResult};
use crate::domain::roster::{Activity, Piece, Roster};
use crate::domain::span::Span;
use crate::domain::time::IntervalGrid;
use crate::domain::units::Money;
use crate::roster::problem::RosterProblem;

pub(super) fn results(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<HeadcountResult> {
    problem.workforce.headcounts.iter().map(|wanted| result(problem, roster, wanted)).collect()
}

fn result(problem: &RosterProblem<'_>, roster: &Roster, wanted: &Headcount) -> HeadcountResult {
    let mut counts = vec![0; roster.grid.len()];
    let mut add = |weight: i32, pieces: &[Piece]| {
        for interval in whole_intervals(&roster.grid, pieces, wanted.counted) {
            counts[interval] += i64::from(weight);
        }
    };
    for (agent, weight) in problem.workforce.agents.iter().zip(&wanted.weights) {
        add(*weight, &agent.before.tail);
    }
    for shift in &roster.shifts {
        add(wanted.weights[shift.agent.0], &shift.pieces);
    }
    let asked = counts.iter().zip(&wanted.applies).filter(|(_, applies)| **applies);
    let cost = asked.map(|(count, _)| Money::rounded(wanted.price.cost(*count as f64))).sum();
    // What is counted after the plan's end nobody asked for.
    counts.truncate(wanted.applies.len());
    HeadcountResult { counts, cost }
}

/// Intervals throughout which an agent with these pieces of a shift counts.
fn whole_intervals(grid: &IntervalGrid, pieces: &[Piece], counted: Counted) -> Vec<usize> {
    let mut spans: Vec<Span> = Vec::new();
    for piece in pieces.iter().filter(|piece| counted == Counted::OnShift || piece.activity == Activity::Work) {
        match spans.last_mut() {
            Some(last) if last.until == piece.span.from => last.until = piece.span.until,
            _ => spans.push(piece.span),
        }
    }
    let within = |interval: &usize, span: &Span| {
        let start = grid.start_of(*interval);
        span.from <= start && start + grid.interval().duration() <= span.until
    };
    spans.iter().flat_map(|span| grid.range(span.from, span.until).filter(|interval| within(interval, span))).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::domain::headcount::{CountPrice, HeadcountKind};
    use crate::domain::ids::SiteIx;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Anna and Ben count with these weights; each below `least` costs 10 from Monday 8:00 to 12:00.
    fn wanted(instance: &TinyInstance, weights: [i32; 2], counted: Counted, least: f64) -> Headcount {
        let grid = instance.period.grid();
        let hours = grid.range(instance.at("mon 08:00"), instance.at("mon 12:00"));
        Headcount {
            kind: HeadcountKind::OnSite(SiteIx(0)),
            weights: weights.to_vec(),
            per_head: 1,
            counted,
            price: CountPrice::at_least(least, 10.0),
            applies: (0..grid.len()).map(|interval| hours.contains(&interval)).collect(),
        }
    }

    /// Anna 8–11 with a break from 9 to 10, Ben 9–11. Counts of 8:00 to 12:00, and what they cost.
    fn counted(weights: [i32; 2], counted: Counted, least: f64) -> (Vec<i64>, Money) {
        let mut instance = TinyInstance::new(lenient());
        instance.hire("ben");
        instance.workforce.headcounts = vec![wanted(&instance, weights, counted, least)];
        let result = &results(&instance.problem(), &instance.roster(&["mon 08:00 wbw", "ben mon 09:00 ww"]))[0];
        (result.counts[8..12].to_vec(), result.cost)
    }

    #[test]
    fn breaks_count_on_shift_and_not_at_work() {
        // Two are wanted: one is missing at 8, two at 11.
        assert_eq!(counted([1, 1], Counted::OnShift, 2.0), (vec![1, 2, 2, 0], Money::rounded(30.0)));
        // At work one more is missing at 9.
        assert_eq!(counted([1, 1], Counted::AtWork, 2.0), (vec![1, 1, 2, 0], Money::rounded(40.0)));
    }

    #[test]
    fn a_supervisor_weighs_as_many_as_she_can_lead() {
        // Anna leads three: 3 alone, 2 with Ben; without her it would be below zero.
        assert_eq!(counted([3, -1], Counted::OnShift, 0.0), (vec![3, 2, 2, 0], Money::ZERO));
        assert_eq!(counted([0, -1], Counted::OnShift, 0.0), (vec![0, -1, -1, 0], Money::rounded(20.0)));
    }

    #[test]
    fn a_night_shift_from_before_the_plan_counts_where_it_fills_the_interval() {
        let mut instance = TinyInstance::new(lenient());
        instance.workforce.headcounts = vec![wanted(&instance, [1, 0], Counted::OnShift, 1.0)];
        let span = Span {
            from: instance.at("mon 00:00") - Duration::hours(2),
            until: instance.at("mon 02:00") + Duration::minutes(30),
        };
        instance.workforce.agents[0].before.tail = vec![Piece { activity: Activity::Break, span }];
        let result = &results(&instance.problem(), &instance.roster(&[]))[0];
        assert_eq!(result.counts[..4], [1, 1, 0, 0]);
        assert_eq!(result.cost, Money::rounded(40.0));
    }
}
