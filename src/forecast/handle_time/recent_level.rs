//! Where the level of handle times stands after the last days, over what a long memory fits.
//!
//! A new procedure or a new tool moves handle times for good, and a memory of months would follow it for months. What each day lies above
//! the long fit, relative to it, is a level that drifts from day to day, seen with noise: the local level model (A. Harvey, Forecasting,
//! Structural Time Series Models and the Kalman Filter, 1989, ch. 4). How much days differ and how fast the level drifts are not
//! chosen but weighed: the filter runs with each pair of standard deviations, and its levels are averaged by their likelihoods. Where handle
//! times are steady, no drift is likely and the long memory stands.

/// Standard deviations of a day around its level, and of the level's drift from day to day, relative.
const DAYS_OWN: [f64; 5] = [0.01, 0.02, 0.04, 0.08, 0.16];
const DRIFT: [f64; 7] = [0.0, 0.0015, 0.003, 0.006, 0.012, 0.025, 0.05];
/// Standard deviations beyond which a day says nothing more, neither of the level nor of which pair is likely: the likelihood is that of such a
/// day at the edge.
const PLAUSIBLE: f64 = 4.0;
/// Where the level may stand before the first day.
const BEGINS: f64 = 0.1;

/// How far one day's handle times lie above what the long memory fits. Relative, not its logarithm, which few contacts would draw down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DayAbove {
    /// Position of the day.
    pub(super) day: usize,
    /// The ratio, less one.
    pub(super) above: f64,
    /// The variance that the number of contacts leaves it.
    pub(super) counting: f64,
}

/// The levels expected of each of so many days from the days before it, and last the one expected after all of them.
pub(super) fn levels(seen: &[DayAbove], days: usize) -> Vec<f64> {
    let runs: Vec<(f64, Vec<f64>)> = DAYS_OWN
        .into_iter()
        .flat_map(|own| DRIFT.into_iter().map(move |drift| (own, drift)))
        .map(|(own, drift)| filtered(seen, days, own * own, drift * drift))
        .collect();
    let most = runs.iter().map(|(likelihood, _)| *likelihood).fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = runs.iter().map(|(likelihood, _)| (likelihood - most).exp()).collect();
    let all: f64 = weights.iter().sum();
    let mean =
        |day: usize| runs.iter().zip(&weights).map(|((_, levels), weight)| weight * levels[day]).sum::<f64>() / all;
    (0..=days).map(mean).collect()
}

/// The Kalman filter with the variances of a day and of a day's drift: the logarithm of the likelihood, and the levels expected.
fn filtered(seen: &[DayAbove], days: usize, own: f64, drift: f64) -> (f64, Vec<f64>) {
    let (mut level, mut variance, mut likelihood) = (0.0, BEGINS * BEGINS, 0.0);
    let mut levels = Vec::with_capacity(days + 1);
    let mut next = seen.iter().peekable();
    for day in 0..days {
        levels.push(level);
        if let Some(of) = next.next_if(|of| of.day == day) {
            let expected = variance + own + of.counting;
            let far = PLAUSIBLE * expected.sqrt();
            let error = (of.above - level).clamp(-far, far);
            likelihood -= 0.5 * (error * error / expected + expected.ln());
            let gain = variance / expected;
            level += gain * error;
            variance *= 1.0 - gain;
        }
        variance += drift;
    }
    levels.push(level);
    (likelihood, levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days of 100 contacts or so, give or take 3 %, on a level.
    fn days(count: usize, level: impl Fn(usize) -> f64) -> Vec<DayAbove> {
        let wobble = |day: usize| ((day * 7919) % 13) as f64 / 13.0 * 0.1 - 0.046;
        (0..count).map(|day| DayAbove { day, above: level(day) + wobble(day), counting: 0.005 }).collect()
    }

    fn last(seen: &[DayAbove]) -> f64 {
        levels(seen, seen.len())[seen.len()]
    }

    #[test]
    fn a_steady_level_stays_where_the_long_memory_has_it() {
        assert!(last(&days(200, |_| 0.0)).abs() < 0.01);
    }

    #[test]
    fn a_step_is_followed_within_a_fortnight_and_a_strange_day_is_not() {
        let step = |after: usize| last(&days(200, |day| if day + after >= 200 { 0.22 } else { 0.0 }));
        assert!(step(14) > 0.18 && step(28) > 0.2, "{} {}", step(14), step(28));
        let strange = last(&days(200, |day| if day == 199 { 0.7 } else { 0.0 }));
        assert!(strange < 0.03, "{strange}");
    }

    #[test]
    fn the_levels_of_past_days_know_nothing_of_them() {
        let seen = days(200, |day| if day >= 150 { 0.22 } else { 0.0 });
        let levels = levels(&seen, 200);
        assert!(levels[150].abs() < 0.03 && levels[190] > 0.18, "{} {}", levels[150], levels[190]);
    }
}
