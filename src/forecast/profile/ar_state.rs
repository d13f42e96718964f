//! What a day's residual says about the next days: AR(1) in noise, by the Kalman filter.
//!
//! The relative residual of a day is `e_d = a_d + ε_d`, `a_d = ρ a_{d−1} + η_d`. With ρ near 1 this is the local level
//! that follows a shift; with ρ small it is the short memory of Taylor (Mgmt Sci 54, 2008); and it forgets by itself as
//! the horizon grows. ρ and the share of variance that persists are found by exact likelihood over a grid
//! (Durbin & Koopman 2012, §7). Unknown and outlying days are simply not observed.

/// Persistence per calendar day that is tried.
const PERSISTENCE: [f64; 8] = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.993];
/// Shares of the excess variance that persist.
const SIGNAL: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.95];
/// Products of variances that can still be multiplied by another.
const HELD: std::ops::Range<f64> = 1e-150..1e150;

/// One day's relative residual, and the variance of its Poisson noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Residual {
    /// `observed / expected − 1`.
    pub(crate) value: f64,
    /// Variance that counting alone explains: `1 / expected`.
    pub(crate) counting: f64,
}

/// The state over history, and how it fades.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ArState {
    persistence: f64,
    smoothed: Vec<f64>,
    /// What each day's state was expected to be from the days before.
    expected: Vec<f64>,
    last: f64,
}

impl ArState {
    /// Nothing persists.
    pub(crate) fn none(days: usize) -> Self {
        Self { persistence: 0.0, smoothed: vec![0.0; days], expected: vec![0.0; days], last: 0.0 }
    }

    /// Fits to daily residuals (none where unknown) whose variance beyond counting noise is `excess`.
    pub(crate) fn fit(residuals: &[Option<Residual>], excess: f64) -> Self {
        let known = residuals.iter().flatten().count();
        if known < 14 || excess <= 1e-9 {
            return Self::none(residuals.len());
        }
        let still = Filter { persistence: 0.0, state: 0.0, noise: excess }.run(residuals).likelihood;
        let mut best = (still, Self::none(residuals.len()), None);
        for persistence in PERSISTENCE {
            for signal in SIGNAL {
                let filter = Filter { persistence, state: signal * excess, noise: (1.0 - signal) * excess };
                let run = filter.run(residuals);
                if run.likelihood > best.0 {
                    best = (run.likelihood, best.1, Some((filter, run)));
                }
            }
        }
        best.2.map_or(best.1, |(filter, run)| Self {
            persistence: filter.persistence,
            last: run.filtered.last().map_or(0.0, |state| state.0),
            smoothed: filter.smooth(&run.filtered),
            expected: std::iter::once(0.0)
                .chain(run.filtered.iter().map(|state| state.0 * filter.persistence))
                .take(residuals.len())
                .collect(),
        })
    }

    /// The state of a day of history, with hindsight; nothing outside it.
    pub(crate) fn at(&self, day: usize) -> f64 {
        self.smoothed.get(day).copied().unwrap_or(0.0)
    }

    /// The state of a day of history as the days before foretold it.
    pub(crate) fn foretold(&self, day: usize) -> f64 {
        self.expected.get(day).copied().unwrap_or(0.0)
    }

    /// The state expected so many days after the last.
    pub(crate) fn ahead(&self, days: i64) -> f64 {
        self.last * self.persistence.powf(days.max(0) as f64)
    }
}

struct Filter {
    persistence: f64,
    state: f64,
    noise: f64,
}

struct Run {
    likelihood: f64,
    filtered: Vec<(f64, f64)>,
}

impl Filter {
    fn run(&self, residuals: &[Option<Residual>]) -> Run {
        let innovation = self.state * (1.0 - self.persistence * self.persistence);
        let (mut mean, mut variance, mut likelihood) = (0.0, self.state, 0.0);
        // Logarithms are dear: variances are multiplied up, and one is taken of as many as a number holds.
        let mut variances = 1.0f64;
        let mut filtered = Vec::with_capacity(residuals.len());
        for residual in residuals {
            if let Some(residual) = residual {
                let total = variance + self.noise + residual.counting;
                let (surprise, gain) = (residual.value - mean, variance / total);
                likelihood -= 0.5 * surprise * surprise / total;
                variances *= total;
                if !HELD.contains(&variances) {
                    likelihood -= 0.5 * variances.ln();
                    variances = 1.0;
                }
                mean += gain * surprise;
                variance *= 1.0 - gain;
            }
            filtered.push((mean, variance));
            mean *= self.persistence;
            variance = variance * self.persistence * self.persistence + innovation;
        }
        Run { likelihood: likelihood - 0.5 * variances.ln(), filtered }
    }

    /// Rauch–Tung–Striebel smoother.
    fn smooth(&self, filtered: &[(f64, f64)]) -> Vec<f64> {
        let innovation = self.state * (1.0 - self.persistence * self.persistence);
        let mut smoothed: Vec<f64> = filtered.iter().map(|state| state.0).collect();
        for day in (0..filtered.len().saturating_sub(1)).rev() {
            let (mean, variance) = filtered[day];
            let predicted = variance * self.persistence * self.persistence + innovation;
            let gain = if predicted > 0.0 { variance * self.persistence / predicted } else { 0.0 };
            smoothed[day] = mean + gain * (smoothed[day + 1] - self.persistence * mean);
        }
        smoothed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_that_stays_is_followed_and_noise_is_not() {
        // Sixty days at the mean, then forty at +20 %: the state must be near 0.2 and last for a week.
        let shifted: Vec<_> = (0..100)
            .map(|day| {
                let wiggle = if day % 2 == 0 { 0.02 } else { -0.02 };
                Some(Residual { value: wiggle + if day < 60 { 0.0 } else { 0.2 }, counting: 1e-4 })
            })
            .collect();
        let state = ArState::fit(&shifted, 0.01);
        assert!((state.ahead(1) - 0.2).abs() < 0.03 && state.ahead(7) > 0.14, "{} {}", state.ahead(1), state.ahead(7));
        // Alternating noise persists in nothing.
        let noise: Vec<_> = (0..100)
            .map(|day| Some(Residual { value: if day % 2 == 0 { 0.1 } else { -0.1 }, counting: 1e-4 }))
            .collect();
        assert!(ArState::fit(&noise, 0.01).ahead(1).abs() < 1e-12);
    }

    #[test]
    fn unknown_days_are_bridged_with_hindsight() {
        let mut residuals: Vec<_> = (0..60).map(|_| Some(Residual { value: 0.3, counting: 1e-4 })).collect();
        residuals[30] = None;
        let state = ArState::fit(&residuals, 0.09);
        assert!((state.at(30) - 0.3).abs() < 0.05, "{}", state.at(30));
    }
}
