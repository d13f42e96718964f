//! What an event of the centre really does: the effect that only the truth knows.
//!
//! Expected extra contacts of an event in an open interval `[t, t + Δ)` are
//! `reach × response × Σ_send share × (F(t + Δ − send) − F(t − send))`, split over the countries concerned that the
//! queue serves, by their share of customers; `F` is the distribution function of the spread. Who meets a closed line does
//! not come back.

use chrono::{Duration, NaiveDate, NaiveDateTime};

use crate::domain::event::EventKind;
use crate::domain::time::{IntervalGrid, instant_at_or_after};

use super::queues::SyntheticQueue;
use super::regions::COUNTRIES;

/// What an event really does to one queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TrueEffect {
    /// Position of the queue.
    pub(super) queue: usize,
    /// Contacts per person or unit reached.
    pub(super) response: f64,
    /// Factor on the handle time of the contacts it causes.
    pub(super) aht_factor: f64,
}

/// An event as it happens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CentreEvent {
    /// Its id.
    pub(super) id: String,
    /// What it is.
    pub(super) kind: EventKind,
    /// People addressed or units affected.
    pub(super) reach: f64,
    /// When messages go out on the customers' wall clocks, and to which share.
    pub(super) schedule: Vec<(NaiveDateTime, f64)>,
    /// Indices of the countries concerned.
    pub(super) countries: Vec<usize>,
    /// What it really does.
    pub(super) effects: Vec<TrueEffect>,
    /// How the response really spreads.
    pub(super) spread: Spread,
    /// From when planners know of it: midnight of the planning zone.
    pub(super) known_from: NaiveDate,
}

/// How a response spreads over the hours after a send.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spread {
    /// What is left halves every so many hours.
    Halving {
        /// Half-life.
        hours: f64,
    },
    /// A Weibull distribution.
    Weibull {
        /// Above 1 the response rises before it falls.
        shape: f64,
        /// Scale.
        hours: f64,
    },
}

/// Extra contacts of events in one interval, and the same weighted by their handle-time factors.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Extra {
    /// Contacts.
    pub(super) contacts: f64,
    /// Contacts times handle-time factor.
    pub(super) work: f64,
}

/// Extra contacts of one queue and country in each interval of a range of the grid, as if it never closed.
pub(super) fn extra(
    events: &[CentreEvent],
    queues: &[SyntheticQueue],
    queue: usize,
    country: usize,
    grid: &IntervalGrid,
    range: std::ops::Range<usize>,
) -> Vec<Extra> {
    let of = &queues[queue];
    let mut extras = vec![Extra::default(); range.len()];
    for event in events.iter().filter(|event| event.countries.contains(&country)) {
        let reached = event.countries.iter().filter(|index| of.countries.contains(*index));
        let customers: f64 = reached.map(|index| COUNTRIES[*index].share).sum();
        let share = COUNTRIES[country].share / customers;
        for effect in event.effects.iter().filter(|effect| effect.queue == queue) {
            for (local, wave) in &event.schedule {
                let sent = instant_at_or_after(*local, COUNTRIES[country].zone);
                let contacts = event.reach * effect.response * share * wave;
                let touched = grid.range(sent - grid.interval().duration(), sent + Duration::days(LONGEST_EFFECT_DAYS));
                for index in touched.start.max(range.start)..touched.end.min(range.end) {
                    let elapsed = |at: usize| (grid.start_of(at) - sent).num_seconds() as f64 / 3600.0;
                    let until = arrived(event.spread, elapsed(index + 1));
                    let arriving = contacts * (until - arrived(event.spread, elapsed(index)));
                    extras[index - range.start].contacts += arriving;
                    extras[index - range.start].work += arriving * effect.aht_factor;
                }
            }
        }
    }
    extras
}

/// After that many days less than a thousandth of any kernel used here is left.
const LONGEST_EFFECT_DAYS: i64 = 21;

/// Share of the response that has come `elapsed` hours after a send.
fn arrived(spread: Spread, elapsed: f64) -> f64 {
    let elapsed = elapsed.max(0.0);
    match spread {
        Spread::Halving { hours } => 1.0 - (-elapsed / hours).exp2(),
        Spread::Weibull { shape, hours } => 1.0 - (-(elapsed / hours).powf(shape)).exp(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Instant;
    use crate::domain::units::Minutes;
    use crate::generate::event_calendar::{COMING_CAMPAIGN, events};
    use crate::generate::params::CentreParams;
    use crate::generate::queues::queues;

    #[test]
    fn extras_add_up_to_reach_times_response() {
        // Over three weeks everything has come: 140 000 × response × the share of Germany among pl, de and gb.
        let all: Vec<_> = events(&CentreParams::default(), &queues(6, 7), 1.0)
            .into_iter()
            .filter(|event| event.id == COMING_CAMPAIGN)
            .collect();
        let at = |text: &str| text.parse::<Instant>().expect("an instant");
        let grid = IntervalGrid::covering(at("2026-11-30T00:00:00Z"), at("2026-12-28T00:00:00Z"), Minutes::new(15));
        let total: f64 =
            extra(&all, &queues(6, 7), 0, 1, &grid, 0..grid.len()).iter().map(|extra| extra.contacts).sum();
        let expected = all[0].reach * all[0].effects[0].response * 0.31 / 0.78;
        assert!((total / expected - 1.0).abs() < 1e-6, "{total} {expected}");
    }

    #[test]
    fn responses_come_to_an_end() {
        for spread in [Spread::Halving { hours: 9.0 }, Spread::Weibull { shape: 0.9, hours: 50.0 }] {
            assert!(arrived(spread, -1.0).abs() < 1e-12);
            assert!(arrived(spread, 24.0) > 0.3 && arrived(spread, 24.0 * 21.0) > 0.999);
        }
        assert!((arrived(Spread::Halving { hours: 9.0 }, 9.0) - 0.5).abs() < 1e-12);
    }
}
