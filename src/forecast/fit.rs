//! A queue fitted to what was known at one origin, ready to forecast by any method.

use super::decompose::Parts;
use super::method::Method;
use super::params::ForecastParams;
use super::profile::Profile;
use super::world::{QueueWorld, Target};

/// Profiles of a queue's regions at one origin.
pub(super) struct QueueFit<'a> {
    world: &'a QueueWorld<'a>,
    profiles: Vec<Option<Profile<'a>>>,
}

impl<'a> QueueFit<'a> {
    /// Fits every region to the first `known` intervals of history.
    pub(super) fn new(world: &'a QueueWorld<'a>, known: usize, params: &ForecastParams) -> Self {
        let profile = |region: &'a super::world::RegionWorld<'a>| {
            let days = region.days(region.offered, known)?;
            let trust = vec![1.0; days.len()];
            Some(Profile::fit(days, &region.calendar, trust, params))
        };
        Self { world, profiles: world.regions.iter().map(profile).collect() }
    }

    /// Whether any region has a history.
    pub(super) fn has_history(&self) -> bool {
        self.profiles.iter().any(Option::is_some)
    }

    /// The parts of every region's forecast, not yet rounded.
    pub(super) fn parts(&self, method: Method, target: &Target, params: &ForecastParams) -> Vec<Parts> {
        (0..self.world.regions.len()).map(|region| self.region_parts(region, method, target, params)).collect()
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
                    parts.baseline[at] = rates[slot];
                    parts.holiday[at] = rates[slot] * (factor - 1.0);
                }
                at += 1;
            }
        }
        parts
    }
}
