//! What an hour of somebody is worth, guessed from the simulation: it only chooses what is lived through.

use crate::domain::ids::{GroupIx, QueueIx};
use crate::domain::roster::{Activity, Piece};
use crate::domain::service::Service;
use crate::domain::span::Span;
use crate::domain::time::IntervalGrid;
use crate::domain::workforce::{Ability, SkillGroup};
use crate::simulate::SimulatedRoster;

use super::promises::Promises;

/// Per skill group, what one person more or fewer at work would mean, in contacts.
#[derive(Clone, Debug)]
pub(super) struct Worth {
    grid: IntervalGrid,
    /// Contacts that are late where goals are missed and one person more could take: `[group][t]`, sums up to the interval `t`.
    gain: Vec<Vec<f64>>,
    /// Contacts that nobody else is likely to have time for if one person is not there: the same.
    loss: Vec<Vec<f64>>,
}

impl Worth {
    /// Of a roster that was lived through.
    pub(super) fn of(roster: &SimulatedRoster<'_>, service: &Service, promises: &Promises) -> Self {
        let grid = service.grid;
        let late = late_at_goals(service, promises);
        let groups = &roster.workforce.groups;
        let gain = |group: &SkillGroup| sums((0..grid.len()).map(|t| could_take(roster, group, &late, t)));
        let loss = |at: usize| sums((0..grid.len()).map(|t| would_miss(roster, service, GroupIx(at), t)));
        Self { grid, gain: groups.iter().map(gain).collect(), loss: (0..groups.len()).map(loss).collect() }
    }

    /// What a person more of a group would bring who is at work throughout a time.
    pub(super) fn gain(&self, group: GroupIx, span: Span) -> f64 {
        self.over(&self.gain[group.0], span)
    }

    /// The same at the pieces of a shift in which people work.
    pub(super) fn gain_of(&self, group: GroupIx, pieces: &[Piece]) -> f64 {
        at_work(pieces).map(|span| self.gain(group, span)).sum()
    }

    /// What is lost where a person of a group does not work some pieces of a shift.
    pub(super) fn loss_of(&self, group: GroupIx, pieces: &[Piece]) -> f64 {
        at_work(pieces).map(|span| self.over(&self.loss[group.0], span) + self.gain(group, span)).sum()
    }

    fn over(&self, sums: &[f64], span: Span) -> f64 {
        let range = self.grid.range(span.from, span.until);
        sums[range.end] - sums[range.start]
    }
}

fn at_work(pieces: &[Piece]) -> impl Iterator<Item = Span> + '_ {
    pieces.iter().filter(|piece| piece.activity == Activity::Work).map(|piece| piece.span)
}

/// `0, a, a + b, …`
fn sums(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    let rest = values.map(|value| {
        sum += value;
        sum
    });
    std::iter::once(0.0).chain(rest.collect::<Vec<f64>>()).collect()
}

/// Contacts not served in time, by queue and interval, of those at which the changes aim.
fn late_at_goals(service: &Service, promises: &Promises) -> Vec<Vec<f64>> {
    let mut late = vec![vec![0.0; service.grid.len()]; service.queues.len()];
    for promise in promises.aims.iter().map(|at| &promises.all[*at]) {
        let (queue, of) = (promise.stretch.queue.0, &service.queues[promise.stretch.queue.0]);
        for &t in &promise.stretch.intervals {
            late[queue][t] = of.in_time[t].map_or(0.0, |estimate| of.offered[t] * (1.0 - estimate.share));
        }
    }
    late
}

/// Contacts of a queue that one person handles in an interval; 0 where none come.
fn pace(roster: &SimulatedRoster<'_>, queue: QueueIx, speed: f64, t: usize) -> f64 {
    let aht = roster.requirement.queues[queue.0].aht_s[t];
    if aht > 0.0 { speed * 60.0 * roster.requirement.grid.interval().get() as f64 / aht } else { 0.0 }
}

/// Late contacts that one person of a group has time for in an interval.
fn could_take(roster: &SimulatedRoster<'_>, group: &SkillGroup, late: &[Vec<f64>], t: usize) -> f64 {
    let of = |ability: &Ability| (late[ability.queue.0][t], pace(roster, ability.queue, ability.speed, t));
    in_time_of_one(group.abilities.iter().map(of).collect())
}

/// Of contacts that are late and the pace at which one person handles them, queue by queue: what the person has time for, beginning where most are.
fn in_time_of_one(mut queues: Vec<(f64, f64)>) -> f64 {
    queues.retain(|(late, pace)| *late > 0.0 && *pace > 0.0);
    queues.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut time, mut taken) = (1.0_f64, 0.0);
    for (late, pace) in queues {
        let part = time.min(late / pace);
        taken += part * pace;
        time -= part;
    }
    taken
}

/// Contacts that a person of a group handles in an interval, by how likely nobody else is free: the busy share to the fourth.
fn would_miss(roster: &SimulatedRoster<'_>, service: &Service, group: GroupIx, t: usize) -> f64 {
    let of = &service.groups[group.0];
    let busy: f64 = of.busy.iter().map(|(_, busy)| busy[t]).sum();
    if of.at_work[t] <= 0.0 || busy <= 0.0 {
        return 0.0;
    }
    let speed = |queue: QueueIx| {
        let abilities = &roster.workforce.groups[group.0].abilities;
        abilities.iter().find(|ability| ability.queue == queue).map_or(0.0, |ability| ability.speed)
    };
    let paces = of.busy.iter().map(|(queue, busy)| busy[t] * pace(roster, *queue, speed(*queue), t));
    (busy / of.at_work[t]).min(1.0).powi(4) * paces.sum::<f64>() / busy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_takes_what_there_is_time_for() {
        // Three late at a pace of five take three fifths of the interval; of the other queue two fifths of ten are left, and one comes.
        assert!((in_time_of_one(vec![(1.0, 10.0), (3.0, 5.0)]) - 4.0).abs() < 1e-12);
        // Eight at a pace of five take it all.
        assert!((in_time_of_one(vec![(1.0, 10.0), (8.0, 5.0)]) - 5.0).abs() < 1e-12);
        assert!(in_time_of_one(vec![(4.0, 0.0)]).abs() < 1e-12);
        assert_eq!(sums([1.0, 2.0].into_iter()), [0.0, 1.0, 3.0]);
    }
}
