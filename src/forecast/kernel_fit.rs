//! The kernel of a kind of event, and how far events of the kind differ in pace.
//!
//! Shape and scale of a Weibull kernel that all events of a kind share maximise the penalised likelihood of what
//! history leaves above its baseline, each event with a response of its own: a search over a grid that is then refined,
//! with log-normal priors. Given the shape, each event's own pace is the peak of its profile likelihood and its variance
//! the curvature there; paces are pooled by [`super::random_effects`].

use super::event_windows::{Sums, Window, table};
use super::events::{Belief, weibull};
use super::random_effects::{Estimate, Pooled, Spread, pool};

/// Factors on the prior's scale and shape where the search begins; its steps are halved this many times.
const SCALES: i32 = 5;
const SHAPES: i32 = 2;
const SCALE_STEP: f64 = 0.5;
const SHAPE_STEP: f64 = 0.35;
const REFINEMENTS: i32 = 4;
/// Steps of the logarithm of the scale over which an event's own pace is looked for.
const PACES: i32 = 4;
const PACE_STEP: f64 = 0.2;
/// The spread of the logarithm of paces within a kind before any was seen.
const PACE_SPREAD: Spread = Spread { variance: 0.0225, weight: 3.0 };

/// A kernel that events of a kind share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SharedKernel {
    /// Weibull shape.
    pub(super) shape: f64,
    /// Weibull scale, hours.
    pub(super) scale_hours: f64,
}

impl SharedKernel {
    /// Hours until half of a response has come: `scale · (ln 2)^(1/shape)`.
    pub(super) fn half_life_hours(&self) -> f64 {
        self.scale_hours * std::f64::consts::LN_2.powf(1.0 / self.shape)
    }
}

/// Regression sums of each event (its windows stand together) under one kernel.
pub(super) fn sums_by_event(windows: &[&Window], shape: f64, scale_hours: f64, step: f64) -> Vec<Sums> {
    let table = table(weibull(shape, scale_hours), step, windows);
    windows
        .chunk_by(|one, next| one.event == next.event)
        .map(|event| event.iter().fold(Sums::default(), |sums, window| sums.plus(window.sums(&table))))
        .collect()
}

/// The kernel that explains most of all windows, less what the belief charges.
///
/// The search starts from all over the grid, or near a kernel found before.
pub(super) fn shared_kernel(windows: &[&Window], belief: &Belief, near: Option<SharedKernel>) -> SharedKernel {
    let place = |shape: f64, scale: f64| SharedKernel {
        shape: belief.shape * (shape * SHAPE_STEP).exp(),
        scale_hours: belief.scale_hours * (scale * SCALE_STEP).exp(),
    };
    let score = |shape: f64, scale: f64| -> f64 {
        let kernel = place(shape, scale);
        let sums = sums_by_event(windows, kernel.shape, kernel.scale_hours, belief.step());
        let charge =
            (shape * SHAPE_STEP / belief.shape_spread).powi(2) + (scale * SCALE_STEP / belief.scale_spread).powi(2);
        sums.iter().map(Sums::explained).sum::<f64>() - 0.5 * charge
    };
    let start = near.map_or((0.0, 0.0), |kernel| {
        let steps = |of: f64, usual: f64, step: f64| (of / usual).ln() / step;
        (steps(kernel.shape, belief.shape, SHAPE_STEP), steps(kernel.scale_hours, belief.scale_hours, SCALE_STEP))
    });
    let mut best = (score(start.0, start.1), start.0, start.1);
    let consider = |best: &mut (f64, f64, f64), shape: f64, scale: f64| {
        let found = score(shape, scale);
        if found > best.0 {
            *best = (found, shape, scale);
        }
    };
    let grid = (-SHAPES..=SHAPES).flat_map(|shape| (-SCALES..=SCALES).map(move |scale| (shape, scale)));
    for (shape, scale) in grid.filter(|_| near.is_none()) {
        consider(&mut best, f64::from(shape), f64::from(scale));
    }
    for refinement in i32::from(near.is_none())..=REFINEMENTS {
        let step = 0.5f64.powi(refinement);
        let (_, shape, scale) = best;
        for (along, across) in
            [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (1.0, -1.0)]
        {
            consider(&mut best, shape + along * step, scale + across * step);
        }
    }
    place(best.1, best.2)
}

/// Each event's own pace, the logarithm of its scale over the shared one, by position of its windows; `inflation` is by
/// how much the noise exceeds what the windows' weights assume.
pub(super) fn paces(windows: &[&Window], kernel: SharedKernel, belief: &Belief, inflation: f64) -> Vec<Estimate> {
    let profiles: Vec<Vec<f64>> = (-PACES..=PACES)
        .map(|pace| {
            let scale = kernel.scale_hours * (f64::from(pace) * PACE_STEP).exp();
            sums_by_event(windows, kernel.shape, scale, belief.step()).iter().map(Sums::explained).collect()
        })
        .collect();
    let events = profiles.first().map_or(0, Vec::len);
    (0..events).map(|event| peak(&profiles, event, belief.scale_spread, inflation)).collect()
}

/// The peak of a log likelihood on a grid, by the parabola through it and its neighbours, less the charge of the prior.
fn peak(profiles: &[Vec<f64>], event: usize, prior_spread: f64, inflation: f64) -> Estimate {
    let at = |step: usize| {
        let pace = (step as f64 - f64::from(PACES)) * PACE_STEP;
        profiles[step][event] / inflation - 0.5 * (pace / prior_spread).powi(2)
    };
    let best = (1..profiles.len() - 1).fold(1, |best, step| if at(step) > at(best) { step } else { best });
    let (before, middle, after) = (at(best - 1), at(best), at(best + 1));
    let curvature = (2.0 * middle - before - after).max(1e-9);
    let offset = (0.5 * (after - before) / curvature).clamp(-1.0, 1.0);
    let value = (best as f64 - f64::from(PACES) + offset) * PACE_STEP;
    Estimate { value, variance: (PACE_STEP * PACE_STEP / curvature).min(prior_spread * prior_spread) }
}

/// The pace of a kind's events, given each one's own.
pub(super) fn pooled_pace(paces: &[Estimate], belief: &Belief) -> Pooled {
    pool(paces, Estimate { value: 0.0, variance: belief.scale_spread.powi(2) }, PACE_SPREAD)
}
