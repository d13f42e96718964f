//! What queues need of people who share them.
//!
//! A requirement asks for people of each queue's own, and its hours add up. People who take all queues of a set need to be fewer, for one queue's
//! quiet minutes are another's busy ones: [`super::pooled`] says how many, whole agents at work in every interval. They are never more than the
//! queues need apart, since they can be parted.

use super::pool_targets::PoolTargets;
use super::pooled::{Interval, Pooled};
use super::pools::components;
use crate::domain::ids::QueueIx;
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::Requirement;
use crate::domain::shared_people::{Heads, SharedPeople, Sharing};
use crate::domain::workforce::SkillGroup;

/// Agents this close to a whole number are that number.
const WHOLE: f64 = 1e-9;

/// All live queues with people who take all of them, and the queues of each set that hangs together by `groups`, the skill groups of the people
/// there are. None where nobody could share anything.
#[must_use]
pub fn shared_people(
    requirement: &Requirement,
    queues: &[Queue],
    groups: &[SkillGroup],
    weeks: u32,
) -> Option<SharedPeople> {
    let of = Shared { requirement, queues, targets: PoolTargets::of_goals(queues, requirement.grid.len()), weeks };
    let is_live = |queue: &usize| !matches!(queues[*queue].channel, Channel::Deferred { .. });
    let live: Vec<usize> = (0..queues.len()).filter(is_live).collect();
    let joined = |a: usize, b: usize| groups.iter().any(|group| group.takes(QueueIx(a)) && group.takes(QueueIx(b)));
    let mut sets: Vec<Vec<usize>> = components(queues.len(), &joined).into_iter().filter(|set| set.len() > 1).collect();
    sets.sort_unstable();
    let shared = SharedPeople {
        live: (live.len() > 1).then(|| of.sharing(&live, std::slice::from_ref(&live))),
        by_skills: (!sets.is_empty()).then(|| of.sharing(&(0..queues.len()).collect::<Vec<_>>(), &sets)),
        sets: sets.iter().map(|set| of.sharing(set, std::slice::from_ref(set))).collect(),
    };
    (shared.live.is_some() || shared.by_skills.is_some()).then_some(shared)
}

struct Shared<'a> {
    requirement: &'a Requirement,
    queues: &'a [Queue],
    targets: PoolTargets,
    weeks: u32,
}

impl Shared<'_> {
    /// Some queues apart, and with one pool for each of some sets of them; those in no set stay apart.
    fn sharing(&self, queues: &[usize], sets: &[Vec<usize>]) -> Sharing {
        let alone: Vec<usize> =
            queues.iter().copied().filter(|queue| !sets.iter().any(|set| set.contains(queue))).collect();
        let intervals = 0..self.requirement.grid.len();
        let apart = intervals.clone().map(|t| self.apart(queues, t)).collect::<Vec<_>>();
        let together = |t: usize| self.apart(&alone, t) + sets.iter().map(|set| self.together(set, t)).sum::<f64>();
        Sharing {
            queues: queues.iter().copied().map(QueueIx).collect(),
            apart: self.heads(&apart),
            together: self.heads(&intervals.map(together).collect::<Vec<_>>()),
        }
    }

    fn apart(&self, queues: &[usize], t: usize) -> f64 {
        queues.iter().map(|&queue| self.requirement.queues[queue].agents_scheduled[t]).sum()
    }

    fn together(&self, set: &[usize], t: usize) -> f64 {
        let (requirement, queues, targets) = (self.requirement, self.queues, &self.targets);
        let interval = Interval { requirement, queues, targets, prices: &[], t };
        let present = 1.0 - self.requirement.unplanned_shrinkage.get();
        let at_work = Pooled::of(&interval, set).required(&interval) * present;
        ((at_work - WHOLE).ceil() / present).min(self.apart(set, t))
    }

    fn heads(&self, by_interval: &[f64]) -> Heads {
        let hours = self.requirement.grid.interval().as_hours();
        Heads {
            hours_a_week: by_interval.iter().sum::<f64>() * hours / f64::from(self.weeks.max(1)),
            peak: by_interval.iter().copied().fold(0.0, f64::max),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::{Minutes, Share};
    use crate::domain::workforce::Ability;
    use crate::staffing::{StaffingParams, require, test_instances};

    /// A group that can take some queues.
    fn group(queues: &[usize]) -> SkillGroup {
        let ability = |&queue: &usize| Ability { queue: QueueIx(queue), speed: 1.0, priority: 1 };
        SkillGroup { abilities: queues.iter().map(ability).collect() }
    }

    /// Two hours of 25 contacts of 180 s in every half-hour of each queue.
    fn shared(queues: &[Queue], groups: &[SkillGroup], absent: f64) -> Option<SharedPeople> {
        let forecast = test_instances::forecast(test_instances::grid(4, 30), &vec![vec![25.0; 4]; queues.len()], 180.0);
        let params = StaffingParams { unplanned_shrinkage: Share::clamped(absent), ..StaffingParams::default() };
        let requirement = require(&forecast, queues, &[], &[], chrono_tz::UTC, &params);
        shared_people(&requirement, queues, groups, 1)
    }

    #[test]
    fn four_queues_of_two_and_a_half_erlangs_need_twenty_apart_and_fourteen_together() {
        // Erlang C: 5 agents for 2.5 erlangs, 80 % in 20 s (4 give .68); 14 for 10 erlangs (13 give .796).
        let queues = ["u", "v", "w", "z"].map(test_instances::voice);
        let got = shared(&queues, &[], 0.0).expect("four live queues");
        let live = Sharing {
            queues: (0..4).map(QueueIx).collect(),
            apart: Heads { hours_a_week: 40.0, peak: 20.0 },
            together: Heads { hours_a_week: 28.0, peak: 14.0 },
        };
        assert_eq!(got, SharedPeople { live: Some(live.clone()), sets: vec![], by_skills: None });
        let by_skills = shared(&queues, &[group(&[0, 1]), group(&[1, 2, 3])], 0.0).expect("a set");
        assert_eq!((by_skills.by_skills, by_skills.sets), (Some(live.clone()), vec![live]));
        // Of people who come four times in five, 17.5 are rostered so that 14 are there.
        let absent = shared(&queues, &[], 0.2).and_then(|shared| shared.live).expect("four live queues");
        assert!((absent.together.peak - 17.5).abs() < 1e-9 && (absent.apart.peak - 25.0).abs() < 1e-9, "{absent:?}");
    }

    #[test]
    fn queues_that_nobody_shares_stay_apart() {
        let queues = ["a", "b", "c"].map(test_instances::voice);
        let got = shared(&queues, &[group(&[0, 2]), group(&[1])], 0.0).expect("a set");
        // 5 erlangs need 8 agents (7 give .740); the queue by itself needs its five.
        let heads = |of: &Sharing| (of.queues.len(), of.apart.peak, of.together.peak);
        assert_eq!(got.sets.iter().map(heads).collect::<Vec<_>>(), [(2, 10.0, 8.0)]);
        assert_eq!(got.by_skills.as_ref().map(heads), Some((3, 15.0, 13.0)));
    }

    #[test]
    fn a_single_live_queue_and_its_mail_need_no_word_on_sharing() {
        let queues = [test_instances::voice("a"), test_instances::email("b", Minutes::hours(4))];
        assert_eq!(shared(&queues, &[group(&[0]), group(&[1])], 0.0), None);
    }
}
