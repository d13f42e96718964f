//! People by the queues that they can take, in the figures of a simulation.

use super::ids::{GroupIx, QueueIx};
use super::series::Series;
use super::service::{GroupService, Service};
use super::units::Agents;

/// People who can take the same queues, however fast and in whatever order.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillSet {
    /// Their skill groups.
    pub groups: Vec<GroupIx>,
    /// All of them together.
    pub service: GroupService,
}

impl SkillSet {
    /// The queues that they take.
    pub fn queues(&self) -> impl Iterator<Item = QueueIx> + '_ {
        self.service.busy.iter().map(|(queue, _)| *queue)
    }
}

impl Service {
    /// The people at work by the queues that they can take, those with most hours first.
    #[must_use]
    pub fn skill_sets(&self) -> Vec<SkillSet> {
        let mut sets: Vec<SkillSet> = Vec::new();
        for (at, group) in self.groups.iter().enumerate().filter(|(_, group)| !group.busy.is_empty()) {
            let queues = || group.busy.iter().map(|(queue, _)| *queue);
            match sets.iter_mut().find(|set| set.queues().eq(queues())) {
                Some(set) => {
                    set.groups.push(GroupIx(at));
                    set.service.join(group);
                }
                None => sets.push(SkillSet { groups: vec![GroupIx(at)], service: group.clone() }),
            }
        }
        sets.retain(|set| set.service.at_work.total() > 0.0);
        sets.sort_by(|one, other| other.service.at_work.total().total_cmp(&one.service.at_work.total()));
        sets
    }
}

impl GroupService {
    /// The people of another group who take the same queues, too.
    fn join(&mut self, other: &Self) {
        let sum = |one: &Series<Agents>, other: &Series<Agents>| {
            Series::new(one.grid(), one.iter().zip(other).map(|(one, other)| one + other))
        };
        self.people += other.people;
        self.at_work = sum(&self.at_work, &other.at_work);
        for ((_, busy), (_, more)) in self.busy.iter_mut().zip(&other.busy) {
            *busy = sum(busy, more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::{Instant, IntervalGrid};
    use crate::domain::units::Minutes;

    fn grid(len: i64) -> IntervalGrid {
        let start = Instant::UNIX_EPOCH;
        IntervalGrid::covering(start, start + chrono::Duration::minutes(30 * len), Minutes::new(30))
    }

    #[test]
    fn people_with_equal_queues_are_one_skill_set_and_the_largest_comes_first() {
        let grid = grid(1);
        let group = |people: usize, at_work: f64, busy: &[usize]| GroupService {
            people,
            at_work: Series::flat(grid, at_work),
            busy: busy.iter().map(|queue| (QueueIx(*queue), Series::flat(grid, at_work / 4.0))).collect(),
        };
        let groups = vec![group(2, 2.0, &[0, 1]), group(5, 4.0, &[1]), group(3, 3.0, &[0, 1]), group(1, 0.0, &[0])];
        let service = Service { grid, replications: 1, contacts: 1, queues: Vec::new(), groups };
        let sets = service.skill_sets();
        let of = |set: &SkillSet| (set.groups.clone(), set.service.people, set.service.at_work.total());
        assert_eq!(
            sets.iter().map(of).collect::<Vec<_>>(),
            [(vec![GroupIx(0), GroupIx(2)], 5, 5.0), (vec![GroupIx(1)], 5, 4.0)]
        );
        // Of the nine who can take the second queue seven quarters work: 2 × 2/4 + 1 × 4/4 + 2 × 3/4 of 9.
        assert!(
            (service.there(QueueIx(1), 0) - 9.0).abs() < 1e-12 && (service.busy(QueueIx(1), 0) - 3.5).abs() < 1e-12
        );
    }
}
