//! Chats: several contacts at a time per agent, each a little slower than alone.
//!
//! An agent holds up to κ chats. Handle time is measured while agents hold κ of them, so a full agent finishes κ chats
//! per handle time. With fewer chats each goes faster: k chats slow each other down in proportion to 1 + c(k − 1), so
//! an agent finishes μ(k) ∝ k/(1 + c(k − 1)) chats per unit of time, concave in k and rising to μ(κ). Chats are spread
//! evenly. The states without a queue are thus left at n·μ(j/n), and waiting only starts when all slots are taken, from
//! where the station behaves as one of nκ servers: Erlang C and A apply with those states weighed accordingly.
//! Reference: Tezcan & Zhang, Operations Research 62 (2014).

use super::erlang_b;
use super::outcome::Station;

/// c: by what share of its lone duration a chat is slowed by each other chat the agent holds. Measured handle times
/// already hold the slowdown of a full agent; c only says how much a less busy agent gains.
const INTERFERENCE: f64 = 0.25;

/// The station of `agents` who hold up to `concurrency` chats each, under a load in chats.
pub(super) fn station(load: f64, agents: u64, concurrency: f64) -> Station {
    let servers = slots(agents, concurrency);
    let speed = |chats: u64| {
        let held = (chats as f64 / agents as f64).max(1.0);
        slowdown(concurrency).max(slowdown(held)) / slowdown(held)
    };
    let inverse_blocking =
        (1..=servers).fold(1.0, |inverse, chats| erlang_b::step(inverse, chats as f64 * speed(chats) / load));
    Station { servers, inverse_blocking }
}

/// How much longer a chat takes when its agent holds `held` than when it is alone.
fn slowdown(held: f64) -> f64 {
    1.0 + INTERFERENCE * (held - 1.0)
}

/// Chats that can be held at once; half a slot is nobody's.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive count far below 2^63")]
fn slots(agents: u64, concurrency: f64) -> u64 {
    (agents as f64 * concurrency.max(1.0) + 1e-9).floor() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::erlang_a;
    use crate::staffing::outcome::Traffic;

    #[test]
    fn one_chat_at_a_time_is_a_call() {
        let station = station(8.0, 10, 1.0);
        assert_eq!(station.servers, 10);
        assert!((station.inverse_blocking - erlang_b::inverse(8.0, 10)).abs() < 1e-9);
    }

    #[test]
    fn two_chats_at_a_time_beat_one_but_lone_chats_go_faster_than_slots() {
        // 10 agents with 2 chats: 20 slots, full less often than 20 servers of slot speed, for half-empty agents hurry.
        let two = station(16.0, 10, 2.0);
        assert_eq!(two.servers, 20);
        assert!(two.inverse_blocking > erlang_b::inverse(16.0, 20));
        // One chat alone: speed 1 + ¼. One agent, 2 slots, load 1: 1 + 2·(1 + 1.25) = 5.5.
        assert!((station(1.0, 1, 2.0).inverse_blocking - 5.5).abs() < 1e-12);
    }

    /// The whole birth–death chain, state by state: 3 agents with 2 slots, 5 chats per handle time, patience of half a
    /// handle time.
    #[test]
    fn the_weighed_states_are_those_of_the_whole_chain() {
        let (load, r) = (5.0, 2.0);
        let leaving = |chats: u32| {
            let (chats, slots) = (f64::from(chats), 6.0_f64);
            let held = (chats / 3.0).clamp(1.0, 2.0);
            let served = if chats <= slots { chats * 1.25 / (1.0 + 0.25 * (held - 1.0)) } else { slots };
            served + (chats - slots).max(0.0) * r
        };
        let mut weights = vec![1.0_f64];
        for chats in 1..200 {
            weights.push(weights[chats as usize - 1] * load / leaving(chats));
        }
        let total: f64 = weights.iter().sum();
        let p_wait = weights[6..].iter().sum::<f64>() / total;
        let queue: f64 = weights[6..].iter().enumerate().map(|(waiting, weight)| waiting as f64 * weight / total).sum();
        let traffic = Traffic { load, aht: 600.0, within: 0.0 };
        let got = erlang_a::at_station(station(load, 3, 2.0), traffic, 300.0);
        assert!((got.p_wait.get() - p_wait).abs() < 1e-12, "{got:?}");
        assert!((got.p_abandon.get() - r * queue / load).abs() < 1e-12, "{got:?}");
    }

    #[test]
    fn two_and_a_half_chats_are_counted_over_all_agents() {
        assert_eq!((slots(4, 2.5), slots(3, 2.5), slots(0, 2.5)), (10, 7, 0));
    }
}
