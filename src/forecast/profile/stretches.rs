//! Days in a row on one level: logarithms of residuals cut into stretches of equal mean.
//!
//! Optimal partitioning with pruning (PELT; Killick, Fearnhead & Eckley, JASA 107, 2012): the sum of squares within stretches, in
//! units of the noise, plus a penalty per stretch. The noise is a robust scale of differences between neighbours, and the
//! penalty grows with their correlation, for days that move together look like levels.

use super::robust_days::median;

/// Penalty of a stretch in units of `ln n`, before correlation.
const PENALTY: f64 = 4.0;
/// Least scale of the noise, on the log scale.
const LEAST_NOISE: f64 = 0.02;
/// Fewest days of a stretch that is not the last.
const SHORTEST: usize = 2;
/// Days of a week.
const WEEK: usize = 7;
/// Days on either side of a day that tell whether it stands alone, and the deviations from which it does.
const REACH: usize = 3;
pub(super) const FAR: f64 = 4.0;
/// Least step of the logarithm that counts as a day that stands alone, or as a burst: 15 % up, 13 % down.
pub(super) const LEAST_DEPARTURE: f64 = 0.14;

/// One open day's residual: position among the days, logarithm of counted over expected, and its counting variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LogResidual {
    /// Position of the day.
    pub(crate) day: usize,
    /// Logarithm of what was counted over what the calendar expects.
    pub(crate) value: f64,
    /// Variance that counting alone explains.
    pub(crate) counting: f64,
}

/// Days in a row on one level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stretch {
    /// Position of its first day.
    pub(crate) from: usize,
    /// Days with anything known.
    pub(crate) days: usize,
    /// Logarithm of its level over what the calendar expects.
    pub(crate) level: f64,
}

/// What may be a stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cutting {
    /// Fewest days of the last one.
    pub(super) shortest_last: usize,
    /// Least step of the logarithm between two.
    pub(super) least_step: f64,
}

/// The stretches of residuals in order, of which there is at least one.
pub(super) fn stretches(residuals: &[LogResidual], noise: f64, cutting: Cutting) -> Vec<Stretch> {
    let penalty = PENALTY * (residuals.len() as f64).ln() * inflation(residuals, noise);
    let cuts = cuts(residuals, noise, penalty, cutting.shortest_last);
    let cuts = without_small_steps(cuts, residuals, noise, cutting.least_step);
    let ends = cuts.iter().copied().skip(1).chain([residuals.len()]);
    let stretch = |(from, until): (&usize, usize)| Stretch {
        from: residuals[*from].day,
        days: until - from,
        level: mean(&residuals[*from..until], noise),
    };
    cuts.iter().zip(ends).map(stretch).collect()
}

/// Leaves out days far from all around them, the last one excepted, and counts those that would be departures.
pub(super) fn without_single_days(residuals: &[LogResidual], noise: f64) -> (Vec<LogResidual>, f64) {
    let mut single_days = 0.0;
    let last = residuals.len() - 1;
    let is_single = |at: usize| {
        let of = &residuals[at];
        let near = (at.saturating_sub(REACH)..=(at + REACH).min(last)).filter(|near| *near != at);
        let usual = median(near.map(|near| residuals[near].value).collect());
        let away = |at: usize| (residuals[at].value - usual) / (of.value - usual);
        let far = (of.value - usual).abs();
        far * far * precision(of, noise) > FAR * FAR && away(at - 1) < 0.5 && away(at + 1) < 0.5
    };
    let mut kept = Vec::with_capacity(residuals.len());
    for (at, of) in residuals.iter().enumerate() {
        if at == 0 || at == last || !is_single(at) {
            kept.push(*of);
        } else if (of.value - residuals[at - 1].value).abs() >= LEAST_DEPARTURE {
            single_days += 1.0;
        }
    }
    (kept, single_days)
}

/// The mean of residuals, by precision.
fn mean(residuals: &[LogResidual], noise: f64) -> f64 {
    let (sum, weight) = residuals.iter().fold((0.0, 0.0), |sum, of| {
        let weight = precision(of, noise);
        (sum.0 + weight * of.value, sum.1 + weight)
    });
    sum / weight
}

/// One over the variance of a day.
fn precision(of: &LogResidual, noise: f64) -> f64 {
    1.0 / (noise * noise + of.counting)
}

/// Robust scale beyond counting, from differences between neighbours, or between weeks where weekdays make those larger.
pub(super) fn noise(residuals: &[LogResidual]) -> f64 {
    let apart = |lag: usize| {
        let pairs = || residuals.iter().zip(residuals.iter().skip(lag));
        // The median of χ² with one degree of freedom is 0.455.
        let square = median(pairs().map(|(one, other)| (other.value - one.value).powi(2)).collect()) / 0.455;
        let counting: f64 = pairs().map(|(one, other)| one.counting + other.counting).sum();
        ((square - counting / pairs().count().max(1) as f64).max(0.0) / 2.0).sqrt()
    };
    apart(1).min(apart(WEEK)).max(LEAST_NOISE)
}

/// How much more a mean varies because neighbours are alike: `(1 + ρ) / (1 − ρ)`, from within short stretches.
fn inflation(residuals: &[LogResidual], noise: f64) -> f64 {
    const SHORT: usize = 14;
    let (mut product, mut square) = (0.0, 0.0);
    for stretch in residuals.chunks(SHORT).filter(|stretch| stretch.len() > 2) {
        let middle = median(stretch.iter().map(|of| of.value).collect());
        let left: Vec<f64> = stretch.iter().map(|of| (of.value - middle).clamp(-3.0 * noise, 3.0 * noise)).collect();
        product += left.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>();
        square += left.iter().map(|value| value * value).sum::<f64>();
    }
    let correlation = if square > 0.0 { (product / square).clamp(0.0, 0.6) } else { 0.0 };
    (1.0 + correlation) / (1.0 - correlation)
}

/// Joins stretches whose levels hardly differ, the most alike first.
fn without_small_steps(mut cuts: Vec<usize>, residuals: &[LogResidual], noise: f64, least: f64) -> Vec<usize> {
    loop {
        let end = |at: usize| cuts.get(at + 1).copied().unwrap_or(residuals.len());
        let levels: Vec<f64> = (0..cuts.len()).map(|at| mean(&residuals[cuts[at]..end(at)], noise)).collect();
        let steps = levels.windows(2).map(|pair| (pair[1] - pair[0]).abs()).enumerate();
        match steps.min_by(|one, other| one.1.total_cmp(&other.1)) {
            Some((at, step)) if step < least => {
                cuts.remove(at + 1);
            }
            _ => return cuts,
        }
    }
}

/// First positions of all stretches, the first at 0.
fn cuts(residuals: &[LogResidual], noise: f64, penalty: f64, shortest_last: usize) -> Vec<usize> {
    let days = residuals.len();
    let running = |of: &dyn Fn(&LogResidual) -> f64| {
        let sums = residuals.iter().scan(0.0, |sum, residual| {
            *sum += of(residual);
            Some(*sum)
        });
        std::iter::once(0.0).chain(sums).collect::<Vec<f64>>()
    };
    let weights = running(&|of| precision(of, noise));
    let sums = running(&|of| precision(of, noise) * of.value);
    let squares = running(&|of| precision(of, noise) * of.value * of.value);
    let cost = |from: usize, until: usize| {
        let sum = sums[until] - sums[from];
        squares[until] - squares[from] - sum * sum / (weights[until] - weights[from])
    };
    let mut best = vec![f64::INFINITY; days + 1];
    let mut previous = vec![0; days + 1];
    best[0] = -penalty;
    // Each with the day at which a later one was found to be better: it is better from the shortest stretch after that day on.
    let mut candidates: Vec<(usize, Option<usize>)> = vec![(0, None)];
    for until in 1..=days {
        let shortest = if until == days { shortest_last } else { SHORTEST };
        candidates.retain(|(_, beaten)| beaten.is_none_or(|beaten| until < beaten + SHORTEST));
        for (from, _) in candidates.iter().filter(|(from, _)| until - from >= shortest) {
            let total = best[*from] + cost(*from, until) + penalty;
            if total < best[until] {
                (best[until], previous[until]) = (total, *from);
            }
        }
        if until >= SHORTEST && best[until].is_finite() {
            for (from, beaten) in
                candidates.iter_mut().filter(|(from, beaten)| beaten.is_none() && until - from >= SHORTEST)
            {
                *beaten = (best[*from] + cost(*from, until) > best[until]).then_some(until);
            }
            candidates.push((until, None));
        }
    }
    let mut cuts = vec![];
    let mut at = days;
    while at > 0 {
        at = previous[at];
        cuts.push(at);
    }
    cuts.reverse();
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The least cost of all ways to cut, by trying every one that ends with each stretch.
    fn least(residuals: &[LogResidual], noise: f64, penalty: f64) -> f64 {
        let cost = |from: usize, until: usize| {
            let part = &residuals[from..until];
            let level = mean(part, noise);
            part.iter().map(|of| precision(of, noise) * (of.value - level).powi(2)).sum::<f64>()
        };
        let mut best = vec![f64::INFINITY; residuals.len() + 1];
        best[0] = -penalty;
        for until in 1..=residuals.len() {
            let shortest = if until == residuals.len() { 1 } else { SHORTEST };
            for from in (0..until).filter(|from| until - from >= shortest) {
                best[until] = best[until].min(best[from] + cost(from, until) + penalty);
            }
        }
        best[residuals.len()]
    }

    proptest! {
        #[test]
        fn pruning_leaves_nothing_cheaper(values in prop::collection::vec(-1.0f64..1.0, 3..40), penalty in 0.1f64..30.0) {
            let residuals: Vec<LogResidual> =
                values.iter().enumerate().map(|(day, value)| LogResidual { day, value: *value, counting: 0.01 }).collect();
            let found = cuts(&residuals, 0.1, penalty, 1);
            let ends = found.iter().copied().skip(1).chain([residuals.len()]);
            let price: f64 = found.iter().zip(ends).map(|(from, until)| {
                let level = mean(&residuals[*from..until], 0.1);
                let part = residuals[*from..until].iter();
                part.map(|of| precision(of, 0.1) * (of.value - level).powi(2)).sum::<f64>() + penalty
            }).sum();
            prop_assert!((price - penalty - least(&residuals, 0.1, penalty)).abs() < 1e-6 * price.abs().max(1.0));
        }
    }
}
