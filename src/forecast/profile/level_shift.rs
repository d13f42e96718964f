//! Days on which a region's level changed and stayed.
//!
//! The logarithm of what the calendar leaves of each day's volume is cut into segments of equal mean by optimal
//! partitioning with pruning (PELT; Killick, Fearnhead & Eckley, JASA 107, 2012): the sum of squares within segments, in
//! units of the noise, plus a penalty per cut. The noise is a robust scale of differences between neighbours (Rousseeuw
//! & Croux 1993 discuss it), and the penalty grows with the correlation of neighbours, for days that move together look
//! like shifts. A cut counts only if the days next to it show the whole step: seasons climb, shifts jump.

use super::day_level::median;

/// Fewest days of a segment.
const SHORTEST: usize = 14;
/// Penalty of a cut in units of `ln n`, before correlation.
const PENALTY: f64 = 4.0;
/// Smallest step of the logarithm worth a planner's attention: 15 %.
const LEAST_STEP: f64 = 0.14;
/// Days next to a cut that have to show the step, and which part of it.
const NEAR: usize = 8;
const SHOWN: f64 = 0.7;
/// Days on either side by whose medians the step is measured: what lasts for less than half of them is no shift.
const MEASURED: usize = 28;

/// A step of the level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LevelShift {
    /// Position of the first day after it.
    pub(crate) at: usize,
    /// New level over the old one.
    pub(crate) factor: f64,
}

/// The shifts in a series of log residuals of consecutive open days.
pub(crate) fn shifts(residuals: &[f64]) -> Vec<LevelShift> {
    if residuals.len() < 2 * SHORTEST {
        return Vec::new();
    }
    let differences: Vec<f64> = residuals.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let noise = (1.4826 * median(differences) / std::f64::consts::SQRT_2).max(0.01);
    let penalty = PENALTY * (residuals.len() as f64).ln() * inflation(residuals);
    let cuts = cuts(residuals, noise, penalty);
    let mean = |from: usize, until: usize| median(residuals[from..until].to_vec());
    let shift = |at: &usize| {
        let at = *at;
        let (from, until) = (at.saturating_sub(MEASURED), (at + MEASURED).min(residuals.len()));
        let step = mean(at, until) - mean(from, at);
        let near = mean(at, until.min(at + NEAR)) - mean(from.max(at.saturating_sub(NEAR)), at);
        (step.abs() >= LEAST_STEP && near / step >= SHOWN).then_some(LevelShift { at, factor: step.exp() })
    };
    cuts.iter().filter_map(shift).collect()
}

/// How much more a mean varies because neighbours are alike: `(1 + ρ) / (1 − ρ)`, from within short stretches.
fn inflation(residuals: &[f64]) -> f64 {
    let (mut product, mut square) = (0.0, 0.0);
    for stretch in residuals.chunks(SHORTEST).filter(|stretch| stretch.len() > 2) {
        let middle = median(stretch.to_vec());
        let left: Vec<f64> = stretch.iter().map(|value| (value - middle).clamp(-0.5, 0.5)).collect();
        product += left.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>();
        square += left.iter().map(|value| value * value).sum::<f64>();
    }
    let correlation = if square > 0.0 { (product / square).clamp(0.0, 0.7) } else { 0.0 };
    (1.0 + correlation) / (1.0 - correlation)
}

/// First days of all segments but the first.
fn cuts(residuals: &[f64], noise: f64, penalty: f64) -> Vec<usize> {
    let days = residuals.len();
    let scaled: Vec<f64> = residuals.iter().map(|value| (value / noise).clamp(-200.0, 200.0)).collect();
    let running = |of: fn(f64) -> f64| {
        let sums = scaled.iter().scan(0.0, move |sum, value| {
            *sum += of(*value);
            Some(*sum)
        });
        std::iter::once(0.0).chain(sums).collect::<Vec<f64>>()
    };
    let (sums, squares) = (running(|value| value), running(|value| value * value));
    let cost = |from: usize, until: usize| {
        let sum = sums[until] - sums[from];
        squares[until] - squares[from] - sum * sum / (until - from) as f64
    };
    let mut best = vec![f64::INFINITY; days + 1];
    let mut previous = vec![0; days + 1];
    best[0] = -penalty;
    let mut candidates = vec![0];
    for until in SHORTEST..=days {
        for from in &candidates {
            let total = best[*from] + cost(*from, until) + penalty;
            if total < best[until] {
                (best[until], previous[until]) = (total, *from);
            }
        }
        candidates.retain(|from| best[*from] + cost(*from, until) <= best[until]);
        let next = until + 1 - SHORTEST;
        if best[next].is_finite() {
            candidates.push(next);
        }
    }
    let mut cuts = Vec::new();
    let mut at = previous[days];
    while at > 0 {
        cuts.push(at);
        at = previous[at];
    }
    cuts.reverse();
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wiggle(day: usize) -> f64 {
        0.05 * ((day * 7919 % 13) as f64 / 6.0 - 1.0)
    }

    #[test]
    fn a_step_that_stays_is_found_on_its_day() {
        let residuals: Vec<f64> = (0..200).map(|day| wiggle(day) + if day < 120 { 0.0 } else { 0.3 }).collect();
        let found = shifts(&residuals);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].at.abs_diff(120) <= 1 && (found[0].factor / 0.3f64.exp() - 1.0).abs() < 0.03, "{found:?}");
    }

    #[test]
    fn a_week_of_more_and_a_season_that_climbs_are_no_shifts() {
        let week: Vec<f64> =
            (0..200).map(|day| wiggle(day) + if (90..97).contains(&day) { 0.5 } else { 0.0 }).collect();
        assert_eq!(shifts(&week), []);
        let season: Vec<f64> =
            (0..400).map(|day| wiggle(day) + 0.25 * (day as f64 / 365.25 * std::f64::consts::TAU).sin()).collect();
        assert_eq!(shifts(&season), []);
        assert_eq!(shifts(&[0.0; 10]), []);
    }
}
