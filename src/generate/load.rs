//! How large the company must be for its agents to be busy but not drowned: a rule of thumb in place of a staffing stage.
//!
//! Agents for an offered load of `a` erlangs are taken as `⌈max(a / 0.88, a + β√a)⌉` where customers wait on the line
//! (square-root staffing: Halfin & Whitt, Operations Research 29, 1981), as `a` over an occupancy for written work.

use super::queues::Topic;
use super::synthetic_centre::SyntheticCentre;

/// Share of people who do not turn up, as the settings file states it.
pub(super) const UNPLANNED_SHRINKAGE: f64 = 0.0;
/// Hours to be rostered for the week, over hours the contracts owe.
const BUSY_SHARE: f64 = 0.86;
/// β of the square-root rule for patient customers and four fifths answered at once.
const MARGIN: f64 = 0.6;
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

/// Paid hours the week asks for at a size, by queue.
pub(super) fn hours_by_queue(centre: &SyntheticCentre, loads: &[Vec<f64>], size: f64) -> Vec<f64> {
    hours(centre, loads, size, whole_agents)
}

/// The size at which the week asks for its share of the hours that contracts owe, by bisection.
///
/// A few people cannot keep an agent on every queue at all hours; their company is as large as its load alone allows.
pub(super) fn size_for(centre: &SyntheticCentre, loads: &[Vec<f64>], owed_hours: f64) -> f64 {
    const SMALLEST: f64 = 0.01;
    let target = BUSY_SHARE * owed_hours;
    let asked = |size: f64, agents| hours(centre, loads, size, agents).iter().sum::<f64>();
    let agents = if asked(SMALLEST, whole_agents) < target { whole_agents } else { part_agents };
    let (mut low, mut high) = (0.0, SMALLEST);
    while asked(high, agents) < target && high < 1e6 {
        high *= 2.0;
    }
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if asked(middle, agents) < target { low = middle } else { high = middle }
    }
    high
}

fn hours(centre: &SyntheticCentre, loads: &[Vec<f64>], size: f64, agents: fn(Topic, f64) -> f64) -> Vec<f64> {
    let paid_per_agent = centre.params.interval.as_hours() / (1.0 - UNPLANNED_SHRINKAGE) / WORKED_SHARE;
    let queues = centre.queues.iter().zip(loads);
    queues
        .map(|(queue, loads)| loads.iter().map(|load| agents(queue.topic, load * size)).sum::<f64>() * paid_per_agent)
        .collect()
}

fn part_agents(topic: Topic, load: f64) -> f64 {
    const OCCUPANCY: f64 = 0.88;
    match topic {
        Topic::Email => load / OCCUPANCY,
        _ => (load / OCCUPANCY).max(load + MARGIN * load.sqrt()),
    }
}

fn whole_agents(topic: Topic, load: f64) -> f64 {
    let agents = part_agents(topic, load);
    if matches!(topic, Topic::Email) { agents } else { agents.ceil() }
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
            let size = size_for(&centre, &loads, owed);
            let asked: f64 = hours_by_queue(&centre, &loads, size).iter().sum();
            // Ten people cannot keep every queue staffed: they are asked for more than they owe, but not for nothing.
            let expected = if owed < 1_000.0 { 2.0..4.0 } else { BUSY_SHARE - 0.02..BUSY_SHARE + 0.02 };
            assert!(expected.contains(&(asked / owed)), "{owed}: {asked}");
        }
    }
}
