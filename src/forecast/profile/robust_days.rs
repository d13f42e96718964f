//! Which days are spikes.
//!
//! A spike that nobody labelled is down-weighted by Tukey's biweight (Beaton & Tukey 1974) of its distance from the
//! median of the two weeks around it: a level that shifts and stays is no outlier and is left to the state.

use super::ar_state::Residual;

/// Days on either side whose median says what is usual.
const NEIGHBOURS: usize = 7;
/// Robust standard deviations beyond which a day has no weight at all.
const CUT_OFF: f64 = 6.0;
/// Times that a place of the month was no ordinary day from which it is a habit.
const RECURS: usize = 4;
/// Variance of counting, relative, from which a day's contacts are rare: one over four.
const RARE: f64 = 0.25;

/// How far each day is trusted, 1 to 0; exempt ones in full.
pub(super) fn robust_weights(residuals: &[Option<Residual>], exempt: &[bool], excess: f64) -> Vec<f64> {
    let known: Vec<(usize, Residual)> =
        residuals.iter().enumerate().filter_map(|(day, of)| of.map(|of| (day, of))).collect();
    let surprise: Vec<f64> = (0..known.len())
        .map(|at| {
            let near = &known[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(known.len())];
            surprise(&known[at].1, near.iter().map(|(_, residual)| residual.value), excess)
        })
        .collect();
    let scale = 1.4826 * median(surprise.iter().map(|surprise| surprise.abs()).collect());
    let mut weights = vec![1.0; residuals.len()];
    for ((day, residual), surprise) in known.iter().zip(&surprise) {
        // Days differ by chance at least, though most of a rare queue's days look alike: they have no contact.
        let by_chance = (residual.counting / (residual.counting + excess)).sqrt();
        let distance = (surprise / scale.max(by_chance).max(0.05) / CUT_OFF).abs().min(1.0);
        if !exempt[*day] {
            weights[*day] = (1.0 - distance * distance).powi(2);
        }
    }
    weights
}

/// Days at a place of the month (a column of `rows` of which `of_place` is above 0) at which more than every other day was no ordinary one: a
/// peak that comes round is what the month does, and no spike.
pub(super) fn recurring(rows: &[Vec<(usize, f64)>], of_place: &[f64], weights: &[f64], known: &[bool]) -> Vec<bool> {
    let places = |day: usize| {
        let columns = rows[day].iter().map(|(column, _)| *column);
        columns.filter(|column| of_place[*column] > 0.0)
    };
    let mut seen = vec![(0usize, 0usize); of_place.len()];
    for day in (0..rows.len()).filter(|day| known[*day]) {
        for place in places(day) {
            seen[place].0 += 1;
            seen[place].1 += usize::from(weights[day] < 0.5);
        }
    }
    let recurs = |place: usize| seen[place].1 >= RECURS && 2 * seen[place].1 > seen[place].0;
    (0..rows.len()).map(|day| places(day).any(recurs)).collect()
}

/// How far a day lies from what is usual near it, in standard deviations. Few contacts are skewed: upwards, the distance of their square roots
/// counts where it is shorter, which is as likely on either side (F. J. Anscombe, Biometrika 35, 1948); and as most such days may
/// have none, usual is their mean, the largest counting as the next.
fn surprise(residual: &Residual, near: impl Iterator<Item = f64>, excess: f64) -> f64 {
    let mut near: Vec<f64> = near.collect();
    let usual = if residual.counting > RARE {
        near.sort_by(f64::total_cmp);
        let count = near.len();
        (near.iter().sum::<f64>() - near[count - 1] + near[count.saturating_sub(2)]) / count as f64
    } else {
        median(near)
    };
    let straight = (residual.value - usual) / (residual.counting + excess).sqrt();
    let root = |value: f64| ((1.0 + value).max(0.0) / residual.counting).sqrt();
    let of_roots = 2.0 * (root(residual.value) - root(usual));
    if straight > 0.0 { straight.min(of_roots) } else { straight }
}

/// The median; zero of nothing.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}
