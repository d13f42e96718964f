//! Erlang A, M/M/n+M: customers wait for an exponentially distributed patience, then abandon.
//!
//! With a the offered load, r = AHT/patience and xⱼ = πₙ₊ⱼ/πₙ = Π_{i ≤ j} a/(n + ir):
//! pₙ = 1/(1/B + Σ_{j ≥ 1} xⱼ), P(wait) = pₙ Σ_{j ≥ 0} xⱼ, E\[Q\] = pₙ Σ j·xⱼ, P(abandon) = r·E\[Q\]/a.
//! The wait V offered to a patient customer has density pₙ·nμ·e^{g(v)} for v > 0, g(v) = (λ/θ)(1 − e^{−θv}) − nμv, and
//! integrating it by parts brings every tail back to the same series at the load a·e^{−θT}, without quadrature:
//! P(V > T) = pₙ e^{g(T)} Σ_{j ≥ 0} xⱼ(a e^{−θT}) and P(answered, V > T) = (n/a) pₙ e^{g(T)} Σ_{j ≥ 1} xⱼ(a e^{−θT}).
//! References: Palm (1957); Garnett, Mandelbaum & Reiman, MSOM 4 (2002); Zeltyn & Mandelbaum, QUESTA 51 (2005).

use super::erlang_b;
use super::outcome::{Outcome, Station, Traffic};
use super::service_level::Fates;
use super::waiting_line::WaitingLine;
use crate::domain::units::{Erlangs, Seconds, Share};

/// Lines longer than this on average behave like their fluid limit, to the digits that matter.
const FLUID_QUEUE: f64 = 4e6;

/// Patience between these multiples of the handle time tells all other patience apart from none and from endless.
const SHORTEST: f64 = 1e-12;
const LONGEST: f64 = 1e8;

/// The steady state with `agents` and customers of a mean `patience`, T being `within`.
pub(super) fn outcome(load: Erlangs, aht: Seconds, patience: Seconds, within: Seconds, agents: u64) -> Outcome {
    let station = Station { servers: agents, inverse_blocking: erlang_b::inverse(load.get(), agents) };
    at_station(station, Traffic { load: load.get(), aht: aht.get(), within: within.get() }, patience.get())
}

/// The same for any station whose servers work at full rate while contacts wait; `patience` in seconds.
pub(super) fn at_station(station: Station, traffic: Traffic, patience: f64) -> Outcome {
    let Traffic { load, aht, within } = traffic;
    let servers = station.servers as f64;
    if station.servers == 0 {
        return nobody_answers(load, aht, patience.max(SHORTEST), within);
    }
    if load <= 0.0 || aht <= 0.0 {
        return Outcome::no_wait(0.0);
    }
    let patience = patience.clamp(aht * SHORTEST, aht * LONGEST);
    let r = aht / patience;
    if (load - servers) / r > FLUID_QUEUE {
        return fluid(load, servers, traffic, patience);
    }
    let line = WaitingLine::new(load, servers, r);
    let weight = line.unit * station.inverse_blocking + line.waiting;
    let mean_queue = line.queue / weight;
    let p_abandon = r * mean_queue / load;
    let answered_wait = aht / load * line.answered_wait / weight;

    // The line as a customer who has waited T would find it at arrival.
    let remaining = (-within / patience).exp();
    let later = WaitingLine::new(load * remaining, servers, r);
    let exponent = -(load / r) * (-within / patience).exp_m1() - servers * within / aht;
    let ln_front = exponent + later.ln_scale - line.ln_scale - weight.ln();
    let offered_longer = (ln_front + (later.unit + later.waiting).ln()).exp();
    let answered_later = servers / load * (ln_front + later.waiting.ln()).exp();
    let abandoned_later = (remaining * offered_longer - answered_later).max(0.0);

    Outcome {
        p_wait: Share::clamped((line.unit + line.waiting) / weight),
        p_abandon: Share::clamped(p_abandon),
        mean_wait: Seconds::new(mean_queue * aht / load),
        asa: Seconds::new(answered_wait / (1.0 - p_abandon)),
        mean_queue: Some(mean_queue),
        occupancy: Share::clamped(load * (1.0 - p_abandon) / servers),
        fates: Fates {
            answered_within: (1.0 - p_abandon - answered_later).max(0.0),
            answered: (1.0 - p_abandon).max(0.0),
            abandoned_within: (p_abandon - abandoned_later).max(0.0),
        },
    }
}

/// No agents: every contact waits as long as its patience lasts.
fn nobody_answers(load: f64, aht: f64, patience: f64, within: f64) -> Outcome {
    Outcome {
        p_wait: Share::ALL,
        p_abandon: Share::ALL,
        mean_wait: Seconds::new(patience),
        asa: None,
        mean_queue: Some(if aht > 0.0 { load * patience / aht } else { 0.0 }),
        occupancy: Share::NONE,
        fates: Fates { answered_within: 0.0, answered: 0.0, abandoned_within: -(-within / patience).exp_m1() },
    }
}

/// The limit of a very long line: every customer is offered the same wait, at which so many have given up that the
/// rest fit the agents (Whitt, Operations Research 54, 2006).
fn fluid(load: f64, servers: f64, Traffic { aht, within, .. }: Traffic, patience: f64) -> Outcome {
    let wait = patience * (load / servers).ln();
    let answered = servers / load;
    let in_time = within >= wait;
    Outcome {
        p_wait: Share::ALL,
        p_abandon: Share::clamped(1.0 - answered),
        mean_wait: Seconds::new(patience * (1.0 - answered)),
        asa: Seconds::new(wait),
        mean_queue: Some((load - servers) * patience / aht),
        occupancy: Share::ALL,
        fates: Fates {
            answered_within: if in_time { answered } else { 0.0 },
            answered,
            abandoned_within: -(-within.min(wait) / patience).exp_m1(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(load: f64, aht: f64, patience: f64, within: f64, agents: u64) -> Outcome {
        let seconds = Seconds::clamped;
        outcome(Erlangs::clamped(load), seconds(aht), seconds(patience), seconds(within), agents)
    }

    fn near(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-9, "{got}, not {expected}");
    }

    #[test]
    fn agrees_with_forty_digit_arithmetic() {
        // 10 erlangs, AHT 180 s, T = 20 s: agents, patience, P(wait), P(abandon), answered within T, 1 − P(W > T).
        for (agents, patience, p_wait, p_abandon, answered_within, not_later) in [
            (10, 60.0, 0.423_417_674_948, 0.157_526_871_491, 0.718_010_188_122, 0.815_230_410_588),
            (12, 60.0, 0.240_426_108_356, 0.075_901_796_933_5, 0.860_300_659_648, 0.911_702_408_896),
            (12, 180.0, 0.303_223_853_697, 0.053_091_625_370_7, 0.802_303_867_284, 0.828_178_663_381),
            (12, 300.0, 0.331_802_035_544, 0.042_711_105_698_6, 0.772_279_307_716, 0.790_103_551_598),
        ] {
            let got = of(10.0, 180.0, patience, 20.0, agents);
            near(got.p_wait.get(), p_wait);
            near(got.p_abandon.get(), p_abandon);
            near(got.fates.answered_within, answered_within);
            near(got.fates.answered_within + got.fates.abandoned_within, not_later);
        }
    }

    #[test]
    fn a_thousand_servers_at_full_load() {
        let got = of(1_000.0, 1.0, 1.0, 0.0, 1_000);
        near(got.p_wait.get(), 0.504_205_244_18);
        near(got.p_abandon.get(), 0.012_614_611_348_7);
    }

    #[test]
    fn ten_thousand_servers_come_close_to_the_limit_of_large_centres() {
        // β = (n − a)/√a = ½, handle time twice the patience: .2579 in the limit (Garnett, Mandelbaum & Reiman, MSOM 4, 2002).
        let got = of(10_000.0, 1.0, 0.5, 0.0, 10_050).p_wait.get();
        assert!((got - 0.257_94).abs() < 5e-3, "{got}");
    }

    #[test]
    fn nobody_in_a_loss_system_waits() {
        // Customers without patience: abandonment is Erlang B's blocking.
        let got = of(8.0, 180.0, 0.0, 20.0, 10);
        near(got.p_abandon.get(), 0.121_661_064_252_952);
        near(got.fates.answered_within, 1.0 - 0.121_661_064_252_952);
    }

    #[test]
    fn endless_patience_is_erlang_c() {
        let patient = of(10.0, 180.0, 1e12, 20.0, 14);
        near(patient.fates.answered_within, 0.888_350_019_179);
        assert!(patient.asa.is_some_and(|asa| (asa.get() - 7.835_937_010_78).abs() < 1e-6));
    }

    #[test]
    fn deep_overload_overflows_nowhere_and_tends_to_the_fluid_limit() {
        // 5,000 erlangs for 10 agents: all but 10/5000 give up, after a wait near 180·ln 500 = 1119 s.
        let got = of(5_000.0, 180.0, 180.0, 20.0, 10);
        near(got.p_abandon.get(), 1.0 - 10.0 / 5_000.0);
        near(got.fates.answered_within, 0.0);
        assert!(got.asa.is_some_and(|asa| (asa.get() - 1119.0).abs() < 10.0), "{got:?}");
        let endless = of(20.0, 180.0, 1e15, 20.0, 10);
        near(endless.p_abandon.get(), 0.5);
    }

    #[test]
    fn without_agents_everyone_gives_up() {
        let got = of(10.0, 180.0, 60.0, 60.0, 0);
        assert_eq!((got.p_abandon, got.asa), (Share::ALL, None));
        near(got.fates.abandoned_within, 1.0 - (-1.0_f64).exp());
    }
}
