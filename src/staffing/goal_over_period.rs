//! Agents for a goal that is met over a day or a week, weighted by contacts: the fewest agent-hours that do it.
//!
//! Minimise Σ nₜ subject to Σ wₜ Sₜ(nₜ) ≥ share·Σ wₜ and nₜ ≥ floorₜ, Sₜ being the service level of an interval and wₜ
//! its contacts. Sₜ rises slowly, then steeply, then flattens, so agents are bought along its concave envelope: from
//! where an interval stands, the block of agents with the best mean gain per agent. Blocks go to the best bidder until
//! the goal is met. Greedy on the envelope is optimal but for the last block (Fox, Management Science 13, 1966), which
//! may overshoot: either agents whose loss the surplus covers are given back, the smallest loss first, or the block is left
//! out and single agents go where they gain most, whichever takes fewer.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Below this a service level has nothing to gain.
const NOTHING: f64 = 1e-12;

/// One interval of the period: its contacts, the fewest agents it may have, and its service level by agents.
pub(super) struct Stretch<F> {
    pub(super) contacts: f64,
    pub(super) floor: u64,
    pub(super) level: F,
}

/// A block of agents on offer to an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Block {
    /// Contacts served more per agent of the block.
    gain: f64,
    stretch: usize,
    agents: u64,
    level: f64,
}

impl Eq for Block {}
impl Ord for Block {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.stretch.cmp(&self.stretch))
    }
}
impl PartialOrd for Block {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Agents per interval of the period; where even the most useful agents cannot meet the goal, all that are of use.
pub(super) fn agents<F: Fn(u64) -> f64>(stretches: &[Stretch<F>], share: f64) -> Vec<u64> {
    let mut staffing: Vec<(u64, f64)> = stretches.iter().map(|s| (s.floor, (s.level)(s.floor))).collect();
    let target = share * stretches.iter().map(|stretch| stretch.contacts).sum::<f64>() - NOTHING;
    let mut served: f64 = stretches.iter().zip(&staffing).map(|(s, (_, level))| s.contacts * level).sum();
    let offer = |index: usize, (agents, level)| best_block(&stretches[index], index, agents, level);
    let mut offers: BinaryHeap<Block> =
        staffing.iter().enumerate().filter_map(|(index, now)| offer(index, *now)).collect();
    let mut last = None;
    while served < target {
        let Some(block) = offers.pop() else { break };
        last = Some((block.stretch, staffing[block.stretch], served));
        let (agents, level) = &mut staffing[block.stretch];
        served += stretches[block.stretch].contacts * (block.level - *level);
        (*agents, *level) = (*agents + block.agents, block.level);
        offers.extend(offer(block.stretch, staffing[block.stretch]));
    }
    let without_last = last.map(|(index, now, served)| {
        let mut staffing = staffing.clone();
        staffing[index] = now;
        (staffing, served)
    });
    give_back(stretches, &mut staffing, served - target);
    let fewer = in_all(&staffing).saturating_sub(1);
    let topped_up = without_last.and_then(|(before, served)| top_up(stretches, before, target - served, fewer));
    topped_up.unwrap_or(staffing).into_iter().map(|(agents, _)| agents).collect()
}

/// Agents of all intervals.
fn in_all(staffing: &[(u64, f64)]) -> u64 {
    staffing.iter().map(|(agents, _)| agents).sum()
}

/// Adds agents one by one where each gains most until as many contacts more are served as are missing; nothing if that takes
/// more than so many agents in all.
fn top_up<F: Fn(u64) -> f64>(
    stretches: &[Stretch<F>],
    mut staffing: Vec<(u64, f64)>,
    mut missing: f64,
    most: u64,
) -> Option<Vec<(u64, f64)>> {
    let gain = |index: usize, (agents, level): (u64, f64)| {
        let more = (stretches[index].level)(agents + 1);
        (stretches[index].contacts * (more - level), more)
    };
    let mut gains: Vec<(f64, f64)> = staffing.iter().enumerate().map(|(index, now)| gain(index, *now)).collect();
    for _ in in_all(&staffing)..most {
        if missing <= 0.0 {
            break;
        }
        let best =
            gains.iter().enumerate().max_by(|one, other| one.1.0.total_cmp(&other.1.0).then(other.0.cmp(&one.0)));
        let (index, &(gained, level)) = best?;
        missing -= gained;
        staffing[index] = (staffing[index].0 + 1, level);
        gains[index] = gain(index, staffing[index]);
    }
    (missing <= 0.0).then_some(staffing)
}

/// The block of agents with the best mean gain, beyond those already there. A sigmoid's mean gain rises to one peak.
fn best_block<F: Fn(u64) -> f64>(stretch: &Stretch<F>, index: usize, now: u64, level_now: f64) -> Option<Block> {
    const MANY: u64 = 256;
    if stretch.contacts <= 0.0 || level_now >= 1.0 - NOTHING {
        return None;
    }
    let mut best: Option<Block> = None;
    let mut next = 1;
    loop {
        let agents = next;
        // Of so many, one more or less is beside the point.
        next += if agents < MANY { 1 } else { agents / 16 };
        let level = (stretch.level)(now + agents);
        let gain = stretch.contacts * (level - level_now) / agents as f64;
        if best.is_some_and(|best| gain < best.gain) {
            break;
        }
        best = Some(Block { gain, stretch: index, agents, level });
        if level >= 1.0 - NOTHING {
            break;
        }
    }
    best.filter(|block| block.gain > 0.0)
}

/// Takes agents away while the surplus of contacts served covers their loss, the smallest loss first.
fn give_back<F: Fn(u64) -> f64>(stretches: &[Stretch<F>], staffing: &mut [(u64, f64)], mut surplus: f64) {
    let loss = |index: usize, (agents, level): (u64, f64)| {
        let stretch = &stretches[index];
        let less = (agents > stretch.floor).then(|| (stretch.level)(agents - 1))?;
        Some((stretch.contacts * (level - less), less))
    };
    let mut losses: Vec<Option<(f64, f64)>> =
        staffing.iter().enumerate().map(|(index, now)| loss(index, *now)).collect();
    loop {
        let affordable =
            losses.iter().enumerate().filter_map(|(index, loss)| loss.map(|(lost, less)| (lost, index, less)));
        let cheapest = affordable.min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let Some((lost, index, less)) = cheapest.filter(|(lost, ..)| *lost <= surplus) else { return };
        surplus -= lost;
        staffing[index] = (staffing[index].0 - 1, less);
        losses[index] = loss(index, staffing[index]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::queue::ServiceDefinition;
    use crate::staffing::live::LiveModel;
    use proptest::prelude::*;

    /// Intervals of 15 minutes with these contacts, AHT 180 s, 80 in 20 s, patience 120 s.
    fn day(contacts: &[f64]) -> Vec<Stretch<impl Fn(u64) -> f64 + use<>>> {
        let model = LiveModel {
            patience: Some(120.0),
            within: 20.0,
            definition: ServiceDefinition::Offered,
            concurrency: None,
        };
        let stretch = |contacts: &f64| {
            let load = contacts * 180.0 / 900.0;
            Stretch { contacts: *contacts, floor: 1, level: move |agents| model.level(load, 180.0, agents) }
        };
        contacts.iter().map(stretch).collect()
    }

    fn level<F: Fn(u64) -> f64>(day: &[Stretch<F>], agents: &[u64]) -> f64 {
        let served: f64 = day.iter().zip(agents).map(|(s, n)| s.contacts * (s.level)(*n)).sum();
        served / day.iter().map(|s| s.contacts).sum::<f64>()
    }

    /// The fewest agents in all, by trying every staffing up to 14 an interval.
    fn fewest_in_all<F: Fn(u64) -> f64>(day: &[Stretch<F>], share: f64) -> u64 {
        let combinations = (0..14_u64.pow(u32::try_from(day.len()).expect("a short day"))).map(|code| {
            (0..day.len()).map(|k| 1 + code / 14_u64.pow(u32::try_from(k).expect("short")) % 14).collect::<Vec<_>>()
        });
        combinations.filter(|n| level(day, n) >= share).map(|n| n.iter().sum()).min().expect("enough agents")
    }

    #[test]
    fn busy_intervals_carry_the_quiet_ones() {
        let day = day(&[5.0, 40.0, 20.0]);
        let staffing = agents(&day, 0.8);
        assert!(level(&day, &staffing) >= 0.8);
        assert_eq!(staffing.iter().sum::<u64>(), fewest_in_all(&day, 0.8), "{staffing:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn the_goal_is_met_with_the_fewest_agents_or_one_more(
            contacts in prop::collection::vec(0.5..40.0_f64, 3), share in 0.5..0.95_f64
        ) {
            let day = day(&contacts);
            let staffing = agents(&day, share);
            prop_assert!(level(&day, &staffing) >= share - 1e-9);
            let fewest = fewest_in_all(&day, share);
            prop_assert!(staffing.iter().sum::<u64>() <= fewest + 1, "{staffing:?} against {fewest}");
        }
    }
}
