//! A queue fitted to what was known at one origin, ready to forecast by any method.
//!
//! History is cleaned of past events before the baseline is described: a first description leaves the days of events
//! out, the events are learned from what it leaves, and the second description uses all days, with less trust where
//! much had to be taken away.

use crate::domain::event::EventKind;
use crate::domain::time::Instant;

use super::borrowed_history::Loan;
use super::combination::Combination;
use super::decompose::Parts;
use super::events::{Belief, EventModel, prior};
use super::intraday::HourCovariance;
use super::local_days::LocalDays;
use super::method::Method;
use super::params::ForecastParams;
use super::profile::Profile;
use super::svd_factors::SvdFactors;
use super::world::{QueueWorld, Target};

/// Relative error expected of a learned event effect, over the usual relative noise of a day: squared, it says how fast
/// trust in a day falls with the size of the effect taken from it.
const DISTRUST: f64 = 9.0;

/// Profiles of a queue's regions, and its events, at one origin.
pub(super) struct QueueFit<'a> {
    profiles: Vec<Option<Profile<'a>>>,
    /// The events known at the origin.
    pub(super) events: EventModel<'a>,
    /// What events added to each region's past, where they did.
    pub(super) added: Vec<Option<LocalDays>>,
    /// What stands in for a history of its own.
    pub(super) loan: Option<Loan>,
}

impl<'a> QueueFit<'a> {
    /// Fits the queue by itself.
    pub(super) fn alone(world: &'a QueueWorld<'a>, known: usize, origin: Instant, params: &ForecastParams) -> Self {
        Self::with(world, known, origin, params, None, |kind| prior(kind).belief)
    }

    /// Fits every region to the first `known` intervals of history, with the events known at `origin`, a history that stands
    /// in where there is one, and what is believed of each kind of event.
    pub(super) fn with(
        world: &'a QueueWorld<'a>,
        known: usize,
        origin: Instant,
        params: &ForecastParams,
        loan: Option<Loan>,
        believe: impl Fn(EventKind) -> Belief,
    ) -> Self {
        let own = || world.regions.iter().map(|region| region.days(region.offered, known)).collect();
        let days: Vec<Option<LocalDays>> = loan.as_ref().map_or_else(own, |loan| loan.days.clone());
        let volumes = days.iter().map(|days| days.as_ref().map_or(0.0, LocalDays::total)).collect();
        let mut events = EventModel::before_learning(world, origin, volumes, believe);
        let masked = |region: usize, days: LocalDays| {
            let lent = |date| loan.as_ref().map_or(1.0, |loan| loan.trust(date));
            let trust = |day: usize| if events.masks(region, days.date(day)) { 0.0 } else { lent(days.date(day)) };
            ((0..days.len()).map(trust).collect(), days)
        };
        let without_events = describe(world, days.clone(), masked, params);
        if events.events.is_empty() {
            return Self { added: days.iter().map(|_| None).collect(), profiles: without_events, events, loan };
        }
        events.learn(world, known, &without_events);
        // Borrowed days were cleaned of their own queue's events, and never had this one's.
        let own = |added: LocalDays| match &loan {
            None => added,
            Some(loan) => added.map(|date, _, added| if loan.trust(date) < 1.0 { 0.0 } else { added }),
        };
        let added: Vec<Option<LocalDays>> =
            (0..days.len()).map(|region| past_effect(&events, region, world, known).map(own)).collect();
        let cleaned = |region: usize, days: LocalDays| {
            let (mut trust, days) = match &added[region] {
                None => (vec![1.0; days.len()], days),
                Some(added) => clean(&days, added),
            };
            if let Some(loan) = &loan {
                trust.iter_mut().enumerate().for_each(|(day, trust)| *trust *= loan.trust(days.date(day)));
            }
            (trust, days)
        };
        let profiles = describe(world, days, cleaned, params);
        Self { profiles, events, added, loan }
    }

    /// What is known of each region, if anything is.
    pub(super) fn profiles(&self) -> &[Option<Profile<'a>>] {
        &self.profiles
    }

    /// Whether any region has a history.
    pub(super) fn has_history(&self) -> bool {
        self.profiles.iter().any(Option::is_some)
    }

    fn parts(&self, method: Method, target: &Target, params: &ForecastParams) -> Vec<Parts> {
        (0..self.profiles.len()).map(|region| self.region_parts(region, method, target, params)).collect()
    }

    /// How the hours of a region's days vary together around their forecast, for updates within a day.
    pub(super) fn hour_covariance(&self, region: usize, params: &ForecastParams) -> Option<HourCovariance> {
        let profile = self.profiles[region].as_ref()?;
        HourCovariance::fit(SvdFactors::fit(profile, params.factor_half_life_days).surprises())
    }

    /// What every method says: by method, then region, not yet rounded.
    pub(super) fn pool(&self, target: &Target, params: &ForecastParams) -> Vec<Vec<Parts>> {
        Method::ALL.into_iter().map(|method| self.parts(method, target, params)).collect()
    }

    fn region_parts(&self, region: usize, method: Method, target: &Target, params: &ForecastParams) -> Parts {
        let mut parts = Parts::nothing(target.grid.len());
        let Some(profile) = &self.profiles[region] else { return parts };
        let (placement, open) = (&target.placements[region], &target.open[region]);
        let baseline = method.fit(profile, params);
        let mut at = 0;
        while at < open.len() {
            let (date, _) = placement.of(at);
            let rates = baseline.day(date);
            let closed = profile.calendar.is_closed_holiday(date);
            let factor = if closed { 0.0 } else { profile.level.holiday_factor(date, profile.calendar) };
            let usual = profile.calendar.usual(date);
            while at < open.len() && placement.of(at).0 == date {
                let (_, slot) = placement.of(at);
                if open[at] || (closed && usual[slot]) {
                    parts.baseline[at] = rates[slot].max(0.0);
                    parts.holiday[at] = parts.baseline[at] * (factor - 1.0);
                }
                at += 1;
            }
        }
        for (known, extra) in self.events.extras(region, &target.grid) {
            for (at, extra) in extra.iter().enumerate().filter(|(at, _)| open[*at]) {
                parts.event[at] += extra;
                parts.doubt[at] += known.spread * extra;
            }
        }
        parts
    }
}

/// What the pool says with each method weighed by how far ahead an interval lies, per region.
pub(super) fn combine(pool: &[Vec<Parts>], combination: &Combination, target: &Target) -> Vec<Parts> {
    let of_region = |region: usize| {
        let mut sum = Parts::nothing(target.grid.len());
        for at in 0..target.grid.len() {
            let weights = combination.at(target.days_ahead(region, at));
            for (weight, parts) in weights.iter().zip(pool) {
                sum.baseline[at] += weight * parts[region].baseline[at];
                sum.holiday[at] += weight * parts[region].holiday[at];
                sum.event[at] += weight * parts[region].event[at];
                sum.doubt[at] += weight * parts[region].doubt[at];
            }
        }
        sum
    };
    (0..target.placements.len()).map(of_region).collect()
}

/// One profile per region with data, from its days after `prepare` has set their trust.
fn describe<'a>(
    world: &'a QueueWorld<'a>,
    days: Vec<Option<LocalDays>>,
    prepare: impl Fn(usize, LocalDays) -> (Vec<f64>, LocalDays),
    params: &ForecastParams,
) -> Vec<Option<Profile<'a>>> {
    let profile = |(region, days): (usize, Option<LocalDays>)| {
        let (trust, days) = prepare(region, days?);
        Some(Profile::fit(days, &world.regions[region].calendar, &trust, params))
    };
    days.into_iter().enumerate().map(profile).collect()
}

/// What events added to a region's past, by local day; none if nothing.
fn past_effect(events: &EventModel<'_>, region: usize, world: &QueueWorld<'_>, known: usize) -> Option<LocalDays> {
    let extras = events.extras(region, &world.grid);
    let total = |at: usize| Some(extras.iter().map(|(_, extra)| extra[at]).sum::<f64>());
    let counts = (!extras.is_empty()).then(|| (0..world.grid.len()).map(total).collect())?;
    Some(LocalDays::new(&world.regions[region].placement, &counts, known))
}

/// Takes what events added from each day; the more there was to take, the less the rest is trusted.
fn clean(days: &LocalDays, added: &LocalDays) -> (Vec<f64>, LocalDays) {
    let cleaned =
        days.zip(added, |count, added| if added > 0.0 && !count.is_nan() { (count - added).max(0.0) } else { count });
    let trust = |day: usize| {
        let known = days.day(day).iter().zip(added.day(day)).filter(|(count, _)| !count.is_nan());
        let (counted, taken) = known.fold((0.0, 0.0), |sum, (count, taken)| (sum.0 + count, sum.1 + taken.max(0.0)));
        let relative = taken / (counted - taken).max(0.2 * counted).max(1e-9);
        1.0 / (1.0 + DISTRUST * relative * relative)
    };
    ((0..days.len()).map(trust).collect(), cleaned)
}
