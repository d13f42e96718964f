//! Erlang C, M/M/n: customers wait for ever.
//!
//! C = nB/(n − a(1 − B)), ASA = C·AHT/(n − a), SL = 1 − C·exp(−(n − a)T/AHT) for a < n; at a ≥ n the line grows without
//! end, and no contact is answered in time in the long run. Reference: A. K. Erlang (1917).

use super::erlang_b;
use super::outcome::{Outcome, Station, Traffic};
use super::service_level::Fates;
use crate::domain::units::{Erlangs, Seconds, Share};

/// The steady state with `agents` and no abandonment, T being `within`.
pub(super) fn outcome(load: Erlangs, aht: Seconds, within: Seconds, agents: u64) -> Outcome {
    let station = Station { servers: agents, inverse_blocking: erlang_b::inverse(load.get(), agents) };
    at_station(station, Traffic { load: load.get(), aht: aht.get(), within: within.get() })
}

/// The same for any station whose servers work at full rate while contacts wait.
pub(super) fn at_station(station: Station, Traffic { load, aht, within }: Traffic) -> Outcome {
    let spare = station.servers as f64 - load;
    if spare <= 0.0 {
        return never_settles();
    }
    let idle_share = spare / station.servers as f64;
    let p_wait = 1.0 / (station.inverse_blocking * idle_share + (1.0 - idle_share));
    let asa = p_wait * aht / spare;
    let late = if load > 0.0 { p_wait * (-spare * within / aht).exp() } else { 0.0 };
    Outcome {
        p_wait: Share::clamped(p_wait),
        p_abandon: Share::NONE,
        mean_wait: Seconds::new(asa),
        asa: Seconds::new(asa),
        mean_queue: Some(p_wait * load / spare),
        occupancy: Share::clamped(1.0 - idle_share),
        fates: Fates { answered_within: 1.0 - late, answered: 1.0, abandoned_within: 0.0 },
    }
}

/// Too few agents: everyone waits, ever longer.
fn never_settles() -> Outcome {
    Outcome {
        p_wait: Share::ALL,
        p_abandon: Share::NONE,
        mean_wait: None,
        asa: None,
        mean_queue: None,
        occupancy: Share::ALL,
        fates: Fates { answered_within: 0.0, answered: 1.0, abandoned_within: 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(load: f64, aht: f64, within: f64, agents: u64) -> Outcome {
        outcome(Erlangs::clamped(load), Seconds::clamped(aht), Seconds::clamped(within), agents)
    }

    #[test]
    fn waiting_agrees_with_forty_digit_arithmetic() {
        for (agents, load, expected) in [
            (10, 8.0, 0.409_180_150_796_444),
            (14, 10.0, 0.174_131_933_595_05),
            (100, 95.0, 0.506_456_853_913_021),
            (1_000, 970.0, 0.242_823_336_180_412),
        ] {
            let got = of(load, 1.0, 0.0, agents).p_wait.get();
            assert!((got - expected).abs() < 1e-12, "C({agents}, {load}) = {got}, not {expected}");
        }
    }

    #[test]
    fn a_hundred_calls_in_half_an_hour() {
        // 100 calls × 180 s / 1800 s = 10 erlangs; T = 20 s.
        for (agents, level, asa) in
            [(13, 0.795_594_788_418, 17.116_227_182_2), (14, 0.888_350_019_179, 7.835_937_010_78)]
        {
            let got = of(10.0, 180.0, 20.0, agents);
            assert!((got.fates.answered_within - level).abs() < 1e-9, "{got:?}");
            assert!(got.asa.is_some_and(|got| (got.get() - asa).abs() < 1e-9), "{got:?}");
        }
    }

    #[test]
    fn as_much_work_as_agents_never_settles() {
        let got = of(10.0, 180.0, 20.0, 10);
        assert_eq!((got.fates.answered_within, got.asa, got.occupancy), (0.0, None, Share::ALL));
    }

    #[test]
    fn a_hundred_thousand_agents_are_no_trouble() {
        // β = (n − a)/√a = 1: .2234 in the limit (Halfin & Whitt, Operations Research 29, 1981).
        let got = of(100_000.0 - 316.0, 180.0, 20.0, 100_000).p_wait.get();
        assert!((got - 0.2234).abs() < 2e-3, "{got}");
    }
}
