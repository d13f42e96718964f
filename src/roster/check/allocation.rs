//! Nobody serves a queue they lack the skills for, and every head at work is given to a queue: no group gives more than
//! it has, and none is left out where a queue it can take would have to count it as too many.
//!
//! A head of a group counts in an interval when its agent is at work from the interval's start to its end. Flows may be
//! fractions and are never negative. A millionth of a head is forgiven to floating sums.

use chrono::Duration;
use tr::tr;

use crate::domain::ids::GroupIx;
use crate::domain::roster::{Flow, Roster};
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::span::Span;
use crate::domain::time::{Instant, local_date};
use crate::roster::problem::RosterProblem;

/// Heads that a sum of flows may exceed the heads at work by.
const FORGIVEN: f64 = 1e-6;

pub(super) fn violations(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<Violation> {
    let heads = heads_at_work(problem, roster);
    let broken = roster.flows.iter().enumerate().flat_map(|(interval, flows)| {
        let start = roster.grid.start_of(interval);
        let faults = impossible(problem, flows).into_iter().chain(misgiven(problem, flows, &heads[interval]));
        faults.map(move |(who, by, detail)| Violation {
            rule: Rule::Allocation,
            who,
            date: Some(local_date(start, problem.period.zone)),
            by: Excess::Agents(by),
            detail: tr!("in the interval from {start} {detail}", start, detail),
        })
    });
    broken.collect()
}

/// Agents of each group at work in the whole of each interval: `[interval][group]`. Shifts begun before the plan count
/// as far as they reach into it.
fn heads_at_work(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<Vec<f64>> {
    let grid = &roster.grid;
    let mut heads = vec![vec![0.0; problem.workforce.groups.len()]; grid.len()];
    let mut count = |group: GroupIx, span: Span, works_at: &dyn Fn(Instant) -> bool| {
        for interval in grid.range(span.from, span.until) {
            let (from, length) = (grid.start_of(interval), grid.interval().get());
            if (0..length).all(|minute| works_at(from + Duration::minutes(minute))) {
                heads[interval][group.0] += 1.0;
            }
        }
    };
    for agent in &problem.workforce.agents {
        let works_at = |at: Instant| agent.before.at_work().any(|span| span.from <= at && at < span.until);
        agent.before.present().for_each(|span| count(agent.group, span, &works_at));
    }
    for shift in &roster.shifts {
        count(problem.workforce.agents[shift.agent.0].group, shift.span(), &|at| shift.works_at(at));
    }
    heads
}

type Fault = (String, f64, String);

/// Flows that nobody could give, or that are not an amount.
fn impossible(problem: &RosterProblem<'_>, flows: &[Flow]) -> Vec<Fault> {
    let fault = |flow: &Flow| {
        let able = problem.workforce.groups.get(flow.group.0).is_some_and(|group| {
            flow.queue.0 < problem.queue_ids.len() && group.abilities.iter().any(|ability| ability.queue == flow.queue)
        });
        let amount = flow.agents.is_finite() && flow.agents >= 0.0;
        let detail = tr!("{} agents are sent to a queue they cannot take", flow.agents);
        let negative = tr!("{} agents are sent to a queue", flow.agents);
        let by = flow.agents.abs();
        (!able)
            .then(|| (name(problem, flow.group), by, detail))
            .or((!amount).then(|| (name(problem, flow.group), by, negative)))
    };
    flows.iter().filter_map(fault).collect()
}

/// Groups that give more heads than are at work, or fewer though they can serve a queue.
fn misgiven(problem: &RosterProblem<'_>, flows: &[Flow], heads: &[f64]) -> Vec<Fault> {
    let fault = |(group, heads): (usize, &f64)| {
        let given: f64 = flows.iter().filter(|flow| flow.group.0 == group).map(|flow| flow.agents).sum();
        let able = problem.workforce.groups.get(group).is_some_and(|group| !group.abilities.is_empty());
        let detail = tr!("{given} agents serve queues and {heads} are at work", given, heads);
        let wrong = given - heads > FORGIVEN || (able && heads - given > FORGIVEN);
        wrong.then(|| (name(problem, GroupIx(group)), (given - heads).abs(), detail))
    };
    heads.iter().enumerate().filter_map(fault).collect()
}

/// A group has no name of its own: the queues it can take name it.
fn name(problem: &RosterProblem<'_>, group: GroupIx) -> String {
    let abilities = problem.workforce.groups.get(group.0).map_or(&[][..], |group| &group.abilities);
    let queues = abilities.iter().filter_map(|ability| problem.queue_ids.get(ability.queue.0));
    let queues: Vec<&str> = queues.map(crate::domain::ids::QueueId::as_str).collect();
    if queues.is_empty() { tr!("group {}", group.0) } else { queues.join("|") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::QueueIx;
    use crate::domain::roster::{Activity, Piece};
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Anna works Monday 8:00 to 12:00 with a break from 9:00 to 10:00, and serves her queue but in this interval.
    /// What is wrong with this flow?
    fn findings(at: &str, group: usize, queue: usize, agents: f64) -> Vec<Excess> {
        let instance = TinyInstance::new(lenient());
        let mut roster = instance.roster(&["mon 08:00 wbww"]);
        let interval = roster.grid.index_of(instance.at(at)).expect("within the plan");
        let heads = heads_at_work(&instance.problem(), &roster);
        roster.flows =
            heads.iter().map(|heads| vec![Flow { group: GroupIx(0), queue: QueueIx(0), agents: heads[0] }]).collect();
        roster.flows[interval] = vec![Flow { group: GroupIx(group), queue: QueueIx(queue), agents }];
        violations(&instance.problem(), &roster).into_iter().map(|violation| violation.by).collect()
    }

    #[test]
    fn a_head_at_work_is_given_whole() {
        assert_eq!(findings("mon 08:00", 0, 0, 1.0), []);
        assert_eq!(findings("mon 10:00", 0, 0, 0.25), [Excess::Agents(0.75)]);
    }

    #[test]
    fn a_night_shift_from_before_the_plan_serves_until_it_ends() {
        let mut instance = TinyInstance::new(lenient());
        let span = Span { from: instance.at("mon 00:00") - Duration::hours(2), until: instance.at("mon 02:00") };
        instance.workforce.agents[0].before.tail = vec![Piece { activity: Activity::Work, span }];
        let heads = heads_at_work(&instance.problem(), &instance.roster(&["tue 08:00 w"]));
        let there: Vec<usize> = (0..heads.len()).filter(|interval| heads[*interval][0] > 0.0).collect();
        assert_eq!(there, [0, 1, 32]);
    }

    #[test]
    fn nobody_serves_during_a_break_or_after_the_shift() {
        assert_eq!(findings("mon 09:00", 0, 0, 1.0), [Excess::Agents(1.0)]);
        assert_eq!(findings("mon 12:00", 0, 0, 0.5), [Excess::Agents(0.5)]);
    }

    #[test]
    fn one_head_is_not_two() {
        assert_eq!(findings("mon 08:00", 0, 0, 2.0), [Excess::Agents(1.0)]);
    }

    #[test]
    fn a_queue_without_the_skill_is_not_served() {
        assert_eq!(findings("mon 09:00", 0, 1, 0.5), [Excess::Agents(0.5), Excess::Agents(0.5)]);
        assert_eq!(findings("mon 09:00", 9, 0, 0.5), [Excess::Agents(0.5)]);
    }

    #[test]
    fn a_flow_is_an_amount() {
        assert_eq!(findings("mon 09:00", 0, 0, -0.5), [Excess::Agents(0.5), Excess::Agents(0.5)]);
        assert_eq!(findings("mon 09:00", 0, 0, f64::INFINITY).len(), 2);
    }
}
