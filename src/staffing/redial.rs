//! Redials: customers who abandoned call again, and some who were served do too.
//!
//! Fresh contacts λ₀ become offered contacts λ' = λ₀ / (1 − ρ·P(abandon) − κ·(1 − P(abandon))), P(abandon) being that
//! of Erlang A at λ'. More load means more abandonment, so the fixed point is bracketed by λ₀ and λ₀/(1 − max(ρ, κ)).
//! Reference: Aguir, Karaesmen, Akşin & Chauvet, OR Spectrum 26 (2004).

use super::erlang_a;
use crate::domain::units::{Erlangs, Seconds, Share};

/// How often people call again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Redial {
    /// ρ: share of those who abandoned.
    pub after_abandoning: Share,
    /// κ: share of those who were served.
    pub after_service: Share,
}

/// The offered load that a load of fresh contacts grows to; none where everyone calls again, for then it never stops.
#[must_use]
pub fn offered_load(fresh: Erlangs, aht: Seconds, patience: Seconds, agents: u64, redial: Redial) -> Option<Erlangs> {
    let (again, back) = (redial.after_abandoning.get(), redial.after_service.get());
    if again.max(back) >= 1.0 {
        return None;
    }
    let implied = |load: f64| {
        let lost = erlang_a::outcome(Erlangs::clamped(load), aht, patience, Seconds::ZERO, agents).p_abandon.get();
        fresh.get() / (1.0 - again * lost - back * (1.0 - lost))
    };
    let (mut low, mut high) = (fresh.get(), fresh.get() / (1.0 - again.max(back)));
    while high - low > 1e-14 * high {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if implied(middle) > middle {
            low = middle;
        } else {
            high = middle;
        }
    }
    Erlangs::new(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_fresh_erlangs_grow_by_a_sixth() {
        let redial = Redial { after_abandoning: Share::clamped(0.5), after_service: Share::clamped(0.1) };
        let seconds = Seconds::clamped(180.0);
        let load = offered_load(Erlangs::clamped(10.0), seconds, seconds, 12, redial).map(Erlangs::get);
        assert!(load.is_some_and(|load| (load / 10.0 - 1.163_775_839_17).abs() < 1e-9), "{load:?}");
    }

    #[test]
    fn where_everyone_calls_again_it_never_stops() {
        let redial = Redial { after_abandoning: Share::ALL, after_service: Share::NONE };
        let seconds = Seconds::clamped(180.0);
        assert_eq!(offered_load(Erlangs::clamped(10.0), seconds, seconds, 12, redial), None);
    }
}
