//! How large the company must be for its agents to be busy but not drowned: a rule of thumb in place of a staffing stage.
//!
//! Agents for an offered load of `a` erlangs are taken as `⌈a + ¾√a⌉` on the phone (square-root staffing: Halfin & Whitt,
//! Operations Research 29, 1981), as `a` over an occupancy for written work.

use super::lines::{Line, Topic};
use super::world::World;

/// Share of people who do not turn up, as the settings file states it.
pub(super) const UNPLANNED_SHRINKAGE: f64 = 0.04;
/// Hours to be rostered for the week, over hours the contracts owe.
const BUSY_SHARE: f64 = 0.95;
/// Share of paid minutes that are worked rather than spent on paid breaks.
const WORKED_SHARE: f64 = 0.965;

/// Offered load of each queue and interval of the week to plan in a company of size 1, escalations included.
pub(super) fn loads(world: &World) -> Vec<Vec<f64>> {
    let seconds = world.params.interval.get() as f64 * 60.0;
    let second_tier = world.lines.iter().position(|line| line.topic == Topic::SecondTier);
    let mut loads = vec![vec![0.0; world.horizon.len()]; world.lines.len()];
    for line in 0..world.lines.len() {
        let topic = world.lines[line].topic;
        for (index, mean) in world.queue_means(line, &world.horizon).into_iter().enumerate() {
            loads[line][index] += mean.work / seconds / topic.concurrency();
            if let (Some(tier), true) = (second_tier, world.lines[line].escalates) {
                let escalated = mean.offered() * topic.escalation_share();
                loads[tier][index] += escalated * Topic::SecondTier.handle_time() / seconds;
            }
        }
    }
    loads
}

/// Paid hours the week asks for at a size, by queue.
pub(super) fn hours_by_queue(lines: &[Line], loads: &[Vec<f64>], hours_per_interval: f64, size: f64) -> Vec<f64> {
    lines
        .iter()
        .zip(loads)
        .map(|(line, loads)| {
            let agents: f64 = loads.iter().map(|load| agents(line.topic, load * size)).sum();
            agents * hours_per_interval / (1.0 - UNPLANNED_SHRINKAGE) / WORKED_SHARE
        })
        .collect()
}

fn agents(topic: Topic, load: f64) -> f64 {
    match topic {
        _ if load <= 0.0 => 0.0,
        Topic::Email => load / 0.9,
        _ => (load + 0.75 * load.sqrt()).ceil(),
    }
}

/// The size at which the week asks for its share of the hours that contracts owe, by bisection; the smallest where even
/// one agent a queue is more than the contracts owe.
pub(super) fn size_for(world: &World, loads: &[Vec<f64>], owed_hours: f64) -> f64 {
    let asked = |size: f64| -> f64 {
        hours_by_queue(&world.lines, loads, world.params.interval.as_hours(), size).iter().sum::<f64>()
    };
    let (mut low, mut high) = (1e-4, 1.0);
    while asked(high) < BUSY_SHARE * owed_hours && high < 1e6 {
        high *= 2.0;
    }
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if asked(middle) < BUSY_SHARE * owed_hours { low = middle } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::params::WorldParams;

    #[test]
    fn the_company_grows_with_its_hours() {
        let world = World::new(WorldParams { weeks_of_history: 2, ..WorldParams::default() });
        let loads = loads(&world);
        for owed in [3_000.0, 300_000.0] {
            let size = size_for(&world, &loads, owed);
            let asked: f64 = hours_by_queue(&world.lines, &loads, 0.25, size).iter().sum();
            assert!((asked / owed - BUSY_SHARE).abs() < 0.02, "{owed}: {asked}");
        }
    }
}
