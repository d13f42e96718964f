//! One number a day (a factor's score, a day's scale): a mean by weekday, and AR(1) around it seen through noise.
//!
//! Shen & Huang (MSOM 10, 2008, §3.2) let `b_i = a(weekday) + ρ b_{i−1} + ε`. Here the deviation from the weekday's mean
//! persists per calendar day, so that gaps and week-ends fade it, and what a single day's noise adds does not persist
//! ([`crate::forecast::profile::ar_state`]); with no such noise it is their model.

use crate::forecast::profile::ar_state::{ArState, Residual};

/// The means see the state they are apart from: each is estimated anew after the other so often.
const ROUNDS: usize = 3;
/// Days' worth of weight by which a weekday leans on the mean of all days.
const LEAN: f64 = 0.5;

/// The fitted series.
#[derive(Clone, Debug)]
pub(super) struct ScoreModel {
    means: [f64; 7],
    state: ArState,
}

/// One day's score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Score {
    /// The value.
    pub(crate) value: f64,
    /// Variance of its measurement.
    pub(super) measurement: f64,
    /// Weight in the means: trust × discount.
    pub(crate) weight: f64,
}

impl ScoreModel {
    /// Fits to one score a day, none where unknown; `weekdays` as long.
    pub(crate) fn fit(scores: &[Option<Score>], weekdays: &[usize]) -> Self {
        let (mut state, mut means) = (ArState::none(scores.len()), [0.0; 7]);
        for _ in 0..ROUNDS {
            means = weekday_means(scores, weekdays, &state);
            let residual = |(score, weekday): (&Option<Score>, &usize)| {
                let score = score.as_ref().filter(|score| score.weight > 0.0)?;
                Some(Residual { value: score.value - means[*weekday], counting: score.measurement })
            };
            let residuals: Vec<Option<Residual>> = scores.iter().zip(weekdays).map(residual).collect();
            state = ArState::fit(&residuals, excess(&residuals, scores));
        }
        Self { means, state }
    }

    /// The score of a row with hindsight.
    pub(crate) fn at(&self, row: usize, weekday: usize) -> f64 {
        self.means[weekday] + self.state.at(row)
    }

    /// The score of a row as the days before foretold it.
    pub(crate) fn foretold(&self, row: usize, weekday: usize) -> f64 {
        self.means[weekday] + self.state.foretold(row)
    }

    /// The score expected so many days after the last row.
    pub(crate) fn ahead(&self, days: i64, weekday: usize) -> f64 {
        self.means[weekday] + self.state.ahead(days)
    }
}

fn weekday_means(scores: &[Option<Score>], weekdays: &[usize], state: &ArState) -> [f64; 7] {
    let (mut sums, mut weights) = ([0.0; 7], [0.0; 7]);
    for (row, score) in scores.iter().enumerate() {
        let Some(score) = score else { continue };
        sums[weekdays[row]] += score.weight * (score.value - state.at(row));
        weights[weekdays[row]] += score.weight;
    }
    let total: f64 = weights.iter().sum();
    let overall = if total > 0.0 { sums.iter().sum::<f64>() / total } else { 0.0 };
    std::array::from_fn(|day| (sums[day] + LEAN * overall) / (weights[day] + LEAN))
}

fn excess(residuals: &[Option<Residual>], scores: &[Option<Score>]) -> f64 {
    let (mut sum, mut total) = (0.0, 0.0);
    for (residual, score) in residuals.iter().zip(scores) {
        if let (Some(residual), Some(score)) = (residual, score) {
            sum += score.weight * (residual.value * residual.value - residual.counting);
            total += score.weight;
        }
    }
    if total > 0.0 { (sum / total).max(1e-7) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_keep_their_means_and_a_level_that_moved_is_followed() {
        // Ten weeks: Mondays 20, else 10; the last four weeks 2 higher: the means share the shift with the state.
        let weekdays: Vec<usize> = (0..70).map(|day| day % 7).collect();
        let scores: Vec<Option<Score>> = (0..70)
            .map(|day| {
                let wiggle = if day % 2 == 0 { 0.2 } else { -0.2 };
                let value = if day % 7 == 0 { 20.0 } else { 10.0 } + wiggle + if day < 42 { 0.0 } else { 2.0 };
                Some(Score { value, measurement: 0.01, weight: 1.0 })
            })
            .collect();
        let model = ScoreModel::fit(&scores, &weekdays);
        let (monday, tuesday) = (model.ahead(1, 0), model.ahead(2, 1));
        // The mean of all Mondays is 20.8: most of what it lacks is in the state.
        assert!((monday - 22.0).abs() < 0.6 && (tuesday - 12.0).abs() < 0.3, "{monday} {tuesday}");
    }

    #[test]
    fn nothing_known_is_nothing_expected() {
        let model = ScoreModel::fit(&[None, None], &[0, 1]);
        assert!(model.ahead(1, 2).abs() < 1e-12);
    }
}
