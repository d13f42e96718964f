//! A queue fitted to what was known at one origin, ready to forecast by any method.
//!
//! History is cleaned of past events before the baseline is described: a first description leaves the days of events
//! out, the events are learned from what it leaves, and the second description uses all days, with less trust where
//! much had to be taken away.

use crate::domain::event::EventKind;
use crate::domain::time::Instant;
use crate::forecast::baseline::method::Method;
use crate::forecast::baseline::svd_factors::SvdFactors;
use crate::forecast::calendar::local_days::LocalDays;
use crate::forecast::calendar::queue_history::{QueueHistory, Target};
use crate::forecast::events::model::{Belief, EventModel, prior};
use crate::forecast::noise::hour_covariance::HourCovariance;
use crate::forecast::params::ForecastParams;
use crate::forecast::profile::region_profile::Profile;

use super::borrowed_history::BorrowedHistory;
use super::combination::Combination;
use super::parts::ForecastParts;

/// Relative error expected of a learned event effect, over the usual relative noise of a day: squared, it says how fast
/// trust in a day falls with the size of the effect taken from it.
const DISTRUST: f64 = 9.0;

/// Profiles of a queue's regions, and its events, at one origin.
pub(crate) struct QueueFit<'a> {
    profiles: Vec<Option<Profile<'a>>>,
    /// The events known at the origin.
    pub(crate) events: EventModel<'a>,
    /// What events added to each region's past, where they did.
    pub(crate) added: Vec<Option<LocalDays>>,
    /// What stands in for a history of its own.
    pub(crate) borrowed: Option<BorrowedHistory>,
}

impl<'a> QueueFit<'a> {
    /// Fits the queue by itself.
    pub(crate) fn alone(history: &'a QueueHistory<'a>, known: usize, origin: Instant, params: &ForecastParams) -> Self {
        Self::with(history, known, origin, params, None, |kind| prior(kind).belief)
    }

    /// Fits every region to the first `known` intervals of history, with the events known at `origin`, a history that stands
    /// in where there is one, and what is believed of each kind of event.
    pub(crate) fn with(
        history: &'a QueueHistory<'a>,
        known: usize,
        origin: Instant,
        params: &ForecastParams,
        borrowed: Option<BorrowedHistory>,
        believe: impl Fn(EventKind) -> Belief,
    ) -> Self {
        let own = || history.regions.iter().map(|region| region.days(region.offered, known)).collect();
        let days: Vec<Option<LocalDays>> = borrowed.as_ref().map_or_else(own, |borrowed| borrowed.days.clone());
        let volumes = days.iter().map(|days| days.as_ref().map_or(0.0, LocalDays::total)).collect();
        let mut events = EventModel::before_learning(history, origin, volumes, believe);
        let masked = |region: usize, days: LocalDays| {
            let lent = |date| borrowed.as_ref().map_or(1.0, |borrowed| borrowed.trust(date));
            let trust = |day: usize| if events.masks(region, days.date(day)) { 0.0 } else { lent(days.date(day)) };
            ((0..days.len()).map(trust).collect(), days)
        };
        let without_events = describe(history, days.clone(), masked, params);
        if events.events.is_empty() {
            return Self { added: days.iter().map(|_| None).collect(), profiles: without_events, events, borrowed };
        }
        events.learn(history, known, &without_events);
        // Borrowed days were cleaned of their own queue's events, and never had this one's.
        let own = |added: LocalDays| match &borrowed {
            None => added,
            Some(borrowed) => added.map(|date, _, added| if borrowed.trust(date) < 1.0 { 0.0 } else { added }),
        };
        let added: Vec<Option<LocalDays>> =
            (0..days.len()).map(|region| past_effect(&events, region, history, known).map(own)).collect();
        let cleaned = |region: usize, days: LocalDays| {
            let (mut trust, days) = match &added[region] {
                None => (vec![1.0; days.len()], days),
                Some(added) => clean(&days, added),
            };
            if let Some(borrowed) = &borrowed {
                trust.iter_mut().enumerate().for_each(|(day, trust)| *trust *= borrowed.trust(days.date(day)));
            }
            (trust, days)
        };
        let profiles = describe(history, days, cleaned, params);
        Self { profiles, events, added, borrowed }
    }

    /// What is known of each region, if anything is.
    pub(crate) fn profiles(&self) -> &[Option<Profile<'a>>] {
        &self.profiles
    }

    /// Whether any region has a history.
    pub(crate) fn has_history(&self) -> bool {
        self.profiles.iter().any(Option::is_some)
    }

    fn parts(&self, method: Method, target: &Target, params: &ForecastParams) -> Vec<ForecastParts> {
        (0..self.profiles.len()).map(|region| self.region_parts(region, method, target, params)).collect()
    }

    /// How the hours of a region's days vary together around their forecast, for updates within a day.
    pub(crate) fn hour_covariance(&self, region: usize, params: &ForecastParams) -> Option<HourCovariance> {
        let profile = self.profiles[region].as_ref()?;
        HourCovariance::fit(SvdFactors::fit(profile, params.factor_half_life_days).surprises())
    }

    /// What every method says: by method, then region, not yet rounded.
    pub(crate) fn pool(&self, target: &Target, params: &ForecastParams) -> Vec<Vec<ForecastParts>> {
        Method::ALL.into_iter().map(|method| self.parts(method, target, params)).collect()
    }

    fn region_parts(&self, region: usize, method: Method, target: &Target, params: &ForecastParams) -> ForecastParts {
        let mut parts = ForecastParts::nothing(target.grid.len());
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
            let holiday_doubt = if closed { 0.0 } else { profile.level.holiday_doubt(date, profile.calendar) };
            let ahead = u32::try_from((date - profile.last()).num_days()).unwrap_or(0);
            let (expected, spread) = if ahead > 0 { profile.levels.ahead(ahead) } else { (1.0, 0.0) };
            while at < open.len() && placement.of(at).0 == date {
                let (_, slot) = placement.of(at);
                if open[at] || (closed && usual[slot]) {
                    let standing = rates[slot].max(0.0);
                    parts.baseline[at] = standing * expected;
                    parts.doubt[at] = standing * factor * spread.hypot(holiday_doubt);
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
pub(crate) fn combine(pool: &[Vec<ForecastParts>], combination: &Combination, target: &Target) -> Vec<ForecastParts> {
    let of_region = |region: usize| {
        let mut sum = ForecastParts::nothing(target.grid.len());
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
    history: &'a QueueHistory<'a>,
    days: Vec<Option<LocalDays>>,
    prepare: impl Fn(usize, LocalDays) -> (Vec<f64>, LocalDays),
    params: &ForecastParams,
) -> Vec<Option<Profile<'a>>> {
    let profile = |(region, days): (usize, Option<LocalDays>)| {
        let (trust, days) = prepare(region, days?);
        let changes = &history.queue.level_changes;
        Some(Profile::fit(days, &history.regions[region].calendar, &trust, changes, params))
    };
    days.into_iter().enumerate().map(profile).collect()
}

/// What events added to a region's past, by local day; none if nothing.
fn past_effect(events: &EventModel<'_>, region: usize, history: &QueueHistory<'_>, known: usize) -> Option<LocalDays> {
    let extras = events.extras(region, &history.grid);
    let total = |at: usize| Some(extras.iter().map(|(_, extra)| extra[at]).sum::<f64>());
    let counts = (!extras.is_empty()).then(|| (0..history.grid.len()).map(total).collect())?;
    Some(LocalDays::new(&history.regions[region].placement, &counts, known))
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
