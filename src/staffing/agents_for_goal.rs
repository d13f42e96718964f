//! The fewest agents that keep a service goal and an occupancy cap.

use super::live::LiveModel;
use super::outcome::Outcome;
use crate::domain::queue::ServiceDefinition;
use crate::domain::units::Share;

/// A level this close below the goal meets it: the last digits are rounding.
const ROUNDING: f64 = 1e-12;

/// A cap below this is taken as this: agents who are to be busy for less than a hundredth of their time.
const LOWEST_CAP: f64 = 0.01;

/// Which of two demands sets the number of agents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundBy {
    /// The service goal (or, where nobody abandons, a line that does not grow without end).
    Goal,
    /// The occupancy cap asks for more agents than the goal.
    Occupancy,
}

/// Agents needed, and why so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentsNeeded {
    /// Whole agents at work.
    pub agents: u64,
    /// What asks for them.
    pub bound_by: BoundBy,
}

/// The fewest agents for a goal and a cap on occupancy under a load.
pub(super) fn agents_needed(model: &LiveModel, load: f64, aht: f64, share: Share, cap: Share) -> AgentsNeeded {
    let start = square_root_start(model, load, share);
    let least = if share > Share::NONE { 0 } else { carrying(model, load) };
    let serves = |agents| agents >= least && serves(&model.outcome(load, aht, agents), model.definition, share);
    let for_goal = fewest(start, ceiling(load), serves);
    let for_cap = fewest_within_occupancy(model, load, aht, for_goal, cap);
    let bound_by = if for_cap > for_goal { BoundBy::Occupancy } else { BoundBy::Goal };
    AgentsNeeded { agents: for_cap, bound_by }
}

/// The fewest agents that carry a load: what is required where nothing is promised.
pub(super) fn carrying(model: &LiveModel, load: f64) -> u64 {
    whole(load / model.concurrency.unwrap_or(1.0)).max(1)
}

/// The fewest agents, at least `from`, whose occupancy keeps the cap and whose line does not grow without end.
pub(super) fn fewest_within_occupancy(model: &LiveModel, load: f64, aht: f64, from: u64, cap: Share) -> u64 {
    let keeps = |agents: u64| keeps_cap(&model.outcome(load, aht, agents), cap);
    if keeps(from) { from } else { fewest(from + 1, ceiling(load), |agents| agents >= from && keeps(agents)) }
}

/// Whether the goal is met, by a line that settles.
pub(super) fn serves(outcome: &Outcome, definition: ServiceDefinition, share: Share) -> bool {
    outcome.mean_wait.is_some() && reaches(outcome.fates.level(definition).get(), share)
}

/// Whether a level is the share wanted, but for rounding.
pub(super) fn reaches(level: f64, share: Share) -> bool {
    level >= share.get() - ROUNDING
}

/// Whether agents are busy for no more of their time than the cap says, by a line that settles.
pub(super) fn keeps_cap(outcome: &Outcome, cap: Share) -> bool {
    outcome.mean_wait.is_some() && outcome.occupancy.get() <= cap.get().max(LOWEST_CAP) + ROUNDING
}

/// Halfin and Whitt's n = a + β√a, with a rough β for the goal, in agents of the model's concurrency.
fn square_root_start(model: &LiveModel, load: f64, share: Share) -> u64 {
    let beta = (-(1.0 - share.get()).max(1e-9).ln()).sqrt() / 2.0;
    whole((load + beta * load.sqrt()) / model.concurrency.unwrap_or(1.0)).max(1)
}

/// More agents than any goal or cap can ask for: beyond, no wait is left in floating arithmetic.
pub(super) fn most_agents(load: f64) -> u64 {
    whole(load / LOWEST_CAP) + 1_000
}

/// The same for queues of a centre, of which none has so many people.
pub(super) fn ceiling(load: f64) -> u64 {
    const MOST: u64 = 200_000;
    most_agents(load).min(MOST.max(whole(load)))
}

/// Rounded up to a count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "agents are positive and far below 2^63")]
fn whole(agents: f64) -> u64 {
    agents.max(0.0).ceil() as u64
}

/// The smallest number up to `most` from which on `enough` holds: doubling steps from `start`, then bisection.
/// `enough` must not turn false again as numbers grow; `most` counts as enough.
pub(super) fn fewest(start: u64, most: u64, enough: impl Fn(u64) -> bool) -> u64 {
    let start = start.min(most);
    let (mut short, mut plenty);
    let mut step = 1;
    if enough(start) {
        plenty = start;
        loop {
            if plenty == 0 {
                return 0;
            }
            let lower = plenty.saturating_sub(step);
            if !enough(lower) {
                short = lower;
                break;
            }
            plenty = lower;
            step *= 2;
        }
    } else {
        short = start;
        loop {
            plenty = (short + step).min(most);
            if plenty == most || enough(plenty) {
                break;
            }
            short = plenty;
            step *= 2;
        }
    }
    while plenty - short > 1 {
        let middle = short + (plenty - short) / 2;
        if enough(middle) {
            plenty = middle;
        } else {
            short = middle;
        }
    }
    plenty
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(patience: Option<f64>) -> LiveModel {
        LiveModel { patience, within: 20.0, definition: ServiceDefinition::Offered, concurrency: None }
    }

    fn needed(patience: Option<f64>, cap: f64) -> AgentsNeeded {
        agents_needed(&voice(patience), 10.0, 180.0, Share::clamped(0.8), Share::clamped(cap))
    }

    #[test]
    fn eighty_per_cent_in_twenty_seconds_at_ten_erlangs() {
        assert_eq!(needed(None, 1.0).agents, 14);
        assert_eq!(needed(Some(60.0), 1.0).agents, 12);
        assert_eq!(needed(Some(180.0), 1.0).agents, 12);
        assert_eq!(needed(Some(300.0), 1.0).agents, 13);
    }

    #[test]
    fn an_occupancy_cap_says_so_when_it_binds() {
        // 10 erlangs at most 60 % busy: 17 agents, 10/17 = .588.
        assert_eq!(needed(None, 0.6), AgentsNeeded { agents: 17, bound_by: BoundBy::Occupancy });
        assert_eq!(needed(None, 0.8), AgentsNeeded { agents: 14, bound_by: BoundBy::Goal });
    }

    #[test]
    fn impossible_promises_end_in_a_number() {
        let all = agents_needed(&voice(None), 10.0, 180.0, Share::ALL, Share::NONE);
        assert_eq!(all.agents, 1_000); // the cap counts as .01
        let perfect = agents_needed(&voice(Some(60.0)), 10.0, 180.0, Share::ALL, Share::ALL).agents;
        assert!(perfect < 60, "{perfect}");
    }

    #[test]
    fn a_hundred_thousand_erlangs_overflow_nothing() {
        let agents = |patience| {
            let model = voice(patience);
            agents_needed(&model, 100_000.0, 180.0, Share::clamped(0.8), Share::ALL).agents
        };
        // Without abandonment a little above the load. With it the fluid limit answers all who wait 20 s once
        // a·e^(−20/180) = 89,484 agents are there, and those are 89 % of the contacts.
        assert!((100_000..100_100).contains(&agents(None)), "{}", agents(None));
        assert!((89_484..90_000).contains(&agents(Some(180.0))), "{}", agents(Some(180.0)));
    }

    #[test]
    fn search_finds_the_first_from_either_side() {
        for start in [0, 1, 41, 42, 43, 500] {
            assert_eq!(fewest(start, 1_000, |n| n >= 42), 42);
        }
        assert_eq!(fewest(5, 1_000, |_| true), 0);
        assert_eq!(fewest(5, 1_000, |_| false), 1_000);
    }

    #[test]
    fn chats_need_fewer_heads_than_calls() {
        let chat = LiveModel { concurrency: Some(2.0), ..voice(Some(180.0)) };
        let heads = agents_needed(&chat, 10.0, 180.0, Share::clamped(0.8), Share::ALL).agents;
        assert!((6..=7).contains(&heads), "{heads}");
    }
}
