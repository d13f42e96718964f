//! The kernel of a kind of event, and how far events of the kind differ in pace.
//!
//! Shape and scale of a Weibull kernel that all events of a kind share maximise the penalised likelihood of what
//! history leaves above its baseline, each event with a response of its own: a search over a grid that is then refined,
//! with log-normal priors. Given the shape, each event's own pace is the peak of its profile likelihood and its variance
//! the curvature there; paces are pooled by [`super::random_effects`]. What the shape's own error adds to a half-life
//! comes from the curvature in both.

use super::kernel::{SharedKernel, weibull};
use super::model::Belief;
use super::random_effects::{Estimate, Pooled, Spread, pool};
use super::sums::{DaySums, Noise, Sums};
use super::windows::{Window, table};

/// Factors on the prior's scale and shape where the search begins; its steps are halved this many times.
const SCALES: i32 = 5;
const SHAPES: i32 = 2;
const SCALE_STEP: f64 = 0.5;
const SHAPE_STEP: f64 = 0.35;
const REFINEMENTS: i32 = 4;
/// Steps of the logarithm of the scale over which an event's own pace is looked for.
const PACES: i32 = 4;
const PACE_STEP: f64 = 0.2;
/// What an event tells of its pace is at least this share of what is believed of the kind.
const LEAST_TOLD: f64 = 0.01;
/// Step of both logarithms by which the likelihood's curvature is taken.
const CURVATURE_STEP: f64 = 0.1;
/// The spread of the logarithm of paces within a kind before any was seen.
const PACE_SPREAD: Spread = Spread { variance: 0.0225, weight: 3.0 };

/// Sums of each day of each event (its windows stand together) under one kernel.
pub(super) fn days_by_event(windows: &[&Window], kernel: SharedKernel, step: f64) -> Vec<Vec<DaySums>> {
    let table = table(weibull(kernel.shape, kernel.scale_hours), step, windows);
    let of_event = |event: &[&Window]| {
        let mut days = Vec::new();
        for window in event {
            window.add_days(&table, &mut days);
        }
        days
    };
    windows.chunk_by(|one, next| one.event == next.event).map(of_event).collect()
}

/// Regression sums of each event under one kernel.
pub(super) fn sums_by_event(windows: &[&Window], kernel: SharedKernel, step: f64, noise: Noise) -> Vec<Sums> {
    days_by_event(windows, kernel, step).iter().map(|days| Sums::of(days, noise)).collect()
}

/// The log likelihood of all windows under one kernel, less what the belief charges for it.
fn score(windows: &[&Window], kernel: SharedKernel, belief: &Belief, noise: Noise) -> f64 {
    let sums = sums_by_event(windows, kernel, belief.step(), noise);
    let charge = ((kernel.shape / belief.shape).ln() / belief.shape_spread).powi(2)
        + ((kernel.scale_hours / belief.scale_hours).ln() / belief.scale_spread).powi(2);
    sums.iter().map(Sums::explained).sum::<f64>() - 0.5 * charge
}

/// The kernel that explains most of all windows, less what the belief charges.
///
/// The search starts from all over the grid, or near a kernel found before.
pub(super) fn shared_kernel(
    windows: &[&Window],
    belief: &Belief,
    noise: Noise,
    near: Option<SharedKernel>,
) -> SharedKernel {
    let place = |shape: f64, scale: f64| SharedKernel {
        shape: belief.shape * (shape * SHAPE_STEP).exp(),
        scale_hours: belief.scale_hours * (scale * SCALE_STEP).exp(),
    };
    let score = |shape: f64, scale: f64| score(windows, place(shape, scale), belief, noise);
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

/// Variance that the shape's doubt adds to the logarithm of a half-life whose scale is known given the shape.
///
/// From the curvature of the penalised likelihood in `σ = ln scale` and `κ = ln shape`, with `ln h = σ + g(κ)`: the
/// inverse's part that is not `1 / H_σσ`, `(H_σκ − g' H_σσ)² / (H_σσ det H)`.
pub(super) fn doubt_of_shape(windows: &[&Window], kernel: SharedKernel, belief: &Belief, noise: Noise) -> f64 {
    let at = |scale: f64, shape: f64| {
        let moved = |value: f64, steps: f64| value * (steps * CURVATURE_STEP).exp();
        let kernel = SharedKernel { shape: moved(kernel.shape, shape), scale_hours: moved(kernel.scale_hours, scale) };
        score(windows, kernel, belief, noise)
    };
    let middle = 2.0 * at(0.0, 0.0);
    let scale = middle - at(1.0, 0.0) - at(-1.0, 0.0);
    let shape = middle - at(0.0, 1.0) - at(0.0, -1.0);
    let both = -0.25 * (at(1.0, 1.0) - at(1.0, -1.0) - at(-1.0, 1.0) + at(-1.0, -1.0));
    let slope = -std::f64::consts::LN_2.ln() / kernel.shape;
    let believed = (slope * belief.shape_spread).powi(2);
    let determinant = scale * shape - both * both;
    if scale > 0.0 && determinant > 0.0 {
        // All three are of differences: the squared step cancels but once.
        ((both - slope * scale).powi(2) / (scale * determinant) * CURVATURE_STEP.powi(2)).min(believed)
    } else {
        believed
    }
}

/// Each event's own pace, the logarithm of its scale over the shared one, by position of its windows.
pub(super) fn paces(windows: &[&Window], kernel: SharedKernel, belief: &Belief, noise: Noise) -> Vec<Estimate> {
    let profiles: Vec<Vec<f64>> = (-PACES..=PACES)
        .map(|pace| {
            let scale_hours = kernel.scale_hours * (f64::from(pace) * PACE_STEP).exp();
            let sums = sums_by_event(windows, SharedKernel { scale_hours, ..kernel }, belief.step(), noise);
            sums.iter().map(Sums::explained).collect()
        })
        .collect();
    let events = profiles.first().map_or(0, Vec::len);
    (0..events).map(|event| peak(&profiles, event, belief.scale_spread)).collect()
}

/// What a log likelihood on a grid says: the normal distribution that turns a prior of the grid's width into the
/// parabola through the peak of both and its neighbours.
///
/// The prior keeps the peak of an event that says little on the grid, and is then divided out (a cavity, Minka 2001):
/// it is the kind's, and counted once with the kind.
fn peak(profiles: &[Vec<f64>], event: usize, prior_spread: f64) -> Estimate {
    let at = |step: usize| {
        let pace = (step as f64 - f64::from(PACES)) * PACE_STEP;
        profiles[step][event] - 0.5 * (pace / prior_spread).powi(2)
    };
    let best = (1..profiles.len() - 1).fold(1, |best, step| if at(step) > at(best) { step } else { best });
    let (before, middle, after) = (at(best - 1), at(best), at(best + 1));
    let curvature = (2.0 * middle - before - after).max(1e-9);
    let offset = (0.5 * (after - before) / curvature).clamp(-1.0, 1.0);
    let value = (best as f64 - f64::from(PACES) + offset) * PACE_STEP;
    let (precision, prior) = (curvature / (PACE_STEP * PACE_STEP), prior_spread.powi(-2));
    let own = (precision - prior).max(LEAST_TOLD * prior);
    Estimate { value: value * (own + prior) / own, variance: 1.0 / own }
}

/// The pace of a kind's events, given each one's own: around the belief of the kind, as seen from the shared kernel.
pub(super) fn pooled_pace(paces: &[Estimate], kernel: SharedKernel, belief: &Belief) -> Pooled {
    let value = (belief.scale_hours / kernel.scale_hours).ln();
    pool(paces, Estimate { value, variance: belief.scale_spread.powi(2) }, PACE_SPREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The profile of one event on the grid of paces: a parabola of a given precision around a peak.
    fn parabola(peak: f64, precision: f64) -> Vec<Vec<f64>> {
        let at = |pace: i32| vec![-0.5 * precision * (f64::from(pace) * PACE_STEP - peak).powi(2)];
        (-PACES..=PACES).map(at).collect()
    }

    #[test]
    fn a_pace_is_what_the_event_says_without_what_was_believed() {
        // A likelihood around 0.3 with a variance of 1/4. A prior of variance 0.64 would draw it to 0.3 · 4 / 5.56 = 0.216
        // with a variance of 1/5.56; six such events would count that prior six times.
        let own = peak(&parabola(0.3, 4.0), 0, 0.8);
        assert!((own.value - 0.3).abs() < 1e-9 && (own.variance - 0.25).abs() < 1e-9, "{own:?}");
    }

    #[test]
    fn an_event_that_says_nothing_leaves_its_kind_as_uncertain_as_before() {
        let belief = Belief {
            response: 0.01,
            response_spread: 1.0,
            shape: 1.0,
            shape_spread: 0.35,
            scale_hours: 10.0,
            scale_spread: 0.8,
        };
        let silent = vec![peak(&parabola(0.0, 0.0), 0, belief.scale_spread); 6];
        let kernel = SharedKernel { shape: 1.0, scale_hours: 10.0 };
        let mean = pooled_pace(&silent, kernel, &belief).mean;
        // Six times the least that an event may tell, a hundredth of the belief: 0.64 / 1.06 and a little.
        assert!(mean.value.abs() < 1e-9 && (0.6..0.64).contains(&mean.variance), "{mean:?}");
    }
}
