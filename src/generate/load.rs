//! How large the company must be for its agents to be busy but not drowned: a rule of thumb in place of a staffing stage.
//!
//! People hold several skills, so the company is sized for what they need together: `⌈max(a / 0.88, ℓ + β√ℓ)⌉` agents for an
//! offered load of `a` erlangs, of which `ℓ` is of customers who wait on the line (square-root staffing: Halfin & Whitt, Operations
//! Research 29, 1981). Whom to hire goes by what each queue would need by itself.

use super::queues::Topic;
use super::synthetic_centre::SyntheticCentre;

/// Share of people who do not turn up, as the settings file states it.
pub(super) const UNPLANNED_SHRINKAGE: f64 = 0.0;
/// Hours that the week needs, over hours the contracts owe: what is left is for training and coaching.
const NEEDED_SHARE: f64 = 0.80;
/// Share of their time that people are busy, at most.
const OCCUPANCY: f64 = 0.88;
/// β of the square-root rule for one queue, its customers patient and four fifths answered at once.
const MARGIN: f64 = 0.6;
/// How people share the queues.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sharing {
    /// β of the same rule for all queues together: more than for one, since shifts do not follow every quarter of an hour, and more where nobody
    /// holds every skill.
    margin: f64,
    /// Queues that one agent at a quiet hour serves, on average.
    queues_per_agent: f64,
}

/// Everybody takes everything.
pub(super) const GENERALISTS: Sharing = Sharing { margin: 1.0, queues_per_agent: 5.0 };
/// People take two or three queues each. The rule then asks for what planning with the simulation needs for the demo's people (within a
/// hundredth).
pub(super) const SPECIALISTS: Sharing = Sharing { margin: 1.5, queues_per_agent: 2.0 };

/// Share of paid minutes that are worked rather than spent on paid breaks.
const WORKED_SHARE: f64 = 0.965;

/// Offered load of each queue and interval of the week to plan in a company of size 1, escalations included.
pub(super) fn loads(centre: &SyntheticCentre) -> Vec<Vec<f64>> {
    let seconds = centre.params.interval.get() as f64 * 60.0;
    let second_tier = centre.queues.iter().position(|queue| queue.topic == Topic::SecondTier);
    let mut loads = vec![vec![0.0; centre.horizon.len()]; centre.queues.len()];
    for queue in 0..centre.queues.len() {
        let topic = centre.queues[queue].topic;
        for (index, mean) in centre.queue_means(queue, &centre.horizon).into_iter().enumerate() {
            loads[queue][index] += mean.work / seconds / topic.concurrency();
            if let (Some(tier), true) = (second_tier, centre.queues[queue].escalates) {
                let escalated = mean.offered() * topic.escalation_share();
                loads[tier][index] += escalated * Topic::SecondTier.handle_time() / seconds;
            }
        }
    }
    loads
}

/// Paid hours the week would ask for at a size if every queue had people of its own.
pub(super) fn hours_by_queue(centre: &SyntheticCentre, loads: &[Vec<f64>], size: f64) -> Vec<f64> {
    let queues = centre.queues.iter().zip(loads);
    let agents = |topic: Topic, load: f64| {
        if waits(topic) { square_root(load, load, MARGIN).ceil() } else { load / OCCUPANCY }
    };
    queues
        .map(|(queue, loads)| loads.iter().map(|load| agents(queue.topic, load * size)).sum::<f64>())
        .map(|agents| agents * paid_hours_per_agent(centre))
        .collect()
}

/// The size at which the week needs its share of the hours that contracts owe, by bisection.
///
/// A few people cannot keep somebody for every queue at all hours; their company is as large as its load alone allows.
pub(super) fn size_for(centre: &SyntheticCentre, loads: &[Vec<f64>], owed_hours: f64, sharing: Sharing) -> f64 {
    const SMALLEST: f64 = 0.01;
    let target = NEEDED_SHARE * owed_hours;
    let needed = |size: f64, agents: Agents| hours_together(centre, loads, size, |together| agents(together, sharing));
    let is_enough = needed(SMALLEST, Together::whole) < target;
    let agents: Agents = if is_enough { Together::whole } else { Together::parts };
    let (mut low, mut high) = (0.0, SMALLEST);
    while needed(high, agents) < target && high < 1e6 {
        high *= 2.0;
    }
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if needed(middle, agents) < target { low = middle } else { high = middle }
    }
    high
}

/// Paid hours the week asks for at a size where people share the queues.
fn hours_together(centre: &SyntheticCentre, loads: &[Vec<f64>], size: f64, agents: impl Fn(&Together) -> f64) -> f64 {
    let in_interval = |index: usize| {
        let mut together = Together::default();
        for (queue, loads) in centre.queues.iter().zip(loads).filter(|(_, loads)| loads[index] > 0.0) {
            together.load += loads[index] * size;
            if waits(queue.topic) {
                together.live += loads[index] * size;
                together.live_queues += 1.0;
            }
        }
        agents(&together)
    };
    (0..centre.horizon.len()).map(in_interval).sum::<f64>() * paid_hours_per_agent(centre)
}

/// Agents for an interval.
type Agents = fn(&Together, Sharing) -> f64;

/// All queues in one interval.
#[derive(Clone, Copy, Debug, Default)]
struct Together {
    load: f64,
    live: f64,
    live_queues: f64,
}

impl Together {
    fn parts(&self, sharing: Sharing) -> f64 {
        square_root(self.load, self.live, sharing.margin)
    }

    fn whole(&self, sharing: Sharing) -> f64 {
        self.parts(sharing).ceil().max((self.live_queues / sharing.queues_per_agent).ceil())
    }
}

/// Agents for a load, of which a part waits on the line.
fn square_root(load: f64, live: f64, margin: f64) -> f64 {
    (load / OCCUPANCY).max(live + margin * live.sqrt())
}

/// Whether customers of a topic wait on the line.
fn waits(topic: Topic) -> bool {
    topic != Topic::Email
}

fn paid_hours_per_agent(centre: &SyntheticCentre) -> f64 {
    centre.params.interval.as_hours() / (1.0 - UNPLANNED_SHRINKAGE) / WORKED_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::params::CentreParams;

    #[test]
    fn the_company_grows_with_its_hours() {
        let centre = SyntheticCentre::new(CentreParams { weeks_of_history: 2, ..CentreParams::default() });
        let loads = loads(&centre);
        for owed in [300.0, 3_000.0, 300_000.0] {
            let size = size_for(&centre, &loads, owed, SPECIALISTS);
            let needed = hours_together(&centre, &loads, size, |together| together.whole(SPECIALISTS));
            // Ten people cannot keep every queue staffed: they are asked for more than they owe, but not for nothing.
            let expected = if owed < 1_000.0 { 0.9..2.5 } else { NEEDED_SHARE - 0.02..NEEDED_SHARE + 0.02 };
            assert!(expected.contains(&(needed / owed)), "{owed}: {needed}");
        }
    }

    #[test]
    fn people_who_share_queues_need_fewer_hours_than_queues_apart() {
        let centre = SyntheticCentre::new(CentreParams { weeks_of_history: 2, ..CentreParams::default() });
        let loads = loads(&centre);
        let size = size_for(&centre, &loads, 3_000.0, SPECIALISTS);
        let apart: f64 = hours_by_queue(&centre, &loads, size).iter().sum();
        let together = hours_together(&centre, &loads, size, |together| together.whole(SPECIALISTS));
        assert!(together < 0.95 * apart, "{together} {apart}");
    }
}
