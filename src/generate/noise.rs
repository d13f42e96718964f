//! What chance makes of a mean: gamma–Poisson counts whose intervals of one day move together.
//!
//! `N ~ Poisson(mean × D × I)`. `I` is gamma with mean 1, drawn per interval. `log D` is the sum of three first-order
//! autoregressions over days: one of the whole company, one of the country and one of the queue, so that queues share
//! part of a good or bad day (Ibrahim, Ye, L'Ecuyer, Shen, IJF 32, 2016). `E D = E I = 1`.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Poisson, StandardNormal};

use super::random::{factor, stream, whole};

/// Standard deviation of the interval's own factor.
const INTERVAL_DEVIATION: f64 = 0.11;
/// Standard deviations of a day's log factors: company, country, queue.
const DAY_DEVIATIONS: [f64; 3] = [0.032, 0.02, 0.028];
/// Correlation of a day's log factor with the day before.
const PERSISTENCE: f64 = 0.4;

/// The factors of all days for one queue and country.
pub(super) fn day_factors(seed: u64, queue: usize, country: usize, days: usize) -> Vec<f64> {
    let sources = [("company day", 0), ("country day", country), ("queue day", queue)];
    let mut logs = vec![0.0; days];
    for ((component, member), deviation) in sources.into_iter().zip(DAY_DEVIATIONS) {
        let mut random = stream(seed, component, member);
        let mut log = deviation * random.sample::<f64, _>(StandardNormal);
        for sum in &mut logs {
            let news: f64 = random.sample(StandardNormal);
            log = PERSISTENCE * log + deviation * (1.0 - PERSISTENCE * PERSISTENCE).sqrt() * news;
            *sum += log - deviation * deviation / 2.0;
        }
    }
    logs.into_iter().map(f64::exp).collect()
}

/// Contacts offered in an interval of this mean on a day of this factor.
pub(super) fn offered(random: &mut ChaCha8Rng, mean: f64, day: f64) -> u64 {
    let rate = mean * day * factor(random, INTERVAL_DEVIATION);
    Poisson::new(rate).map_or(0, |poisson| whole(random.sample(poisson)))
}

/// Of these, how many gave up waiting: more when the day is busier than planned.
pub(super) fn abandoned(random: &mut ChaCha8Rng, offered: u64, usual: f64, pressure: f64) -> u64 {
    let share = (usual * pressure.powi(4)).clamp(0.0, 0.5);
    Binomial::new(offered, share).map_or(0, |binomial| random.sample(binomial))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_factors_average_one_and_are_shared_between_queues() {
        let (one, other) = (day_factors(7, 0, 0, 4_000), day_factors(7, 1, 1, 4_000));
        let mean = one.iter().sum::<f64>() / 4_000.0;
        assert!((mean - 1.0).abs() < 0.005, "{mean}");
        let together: f64 = one.iter().zip(&other).map(|(a, b)| (a - 1.0) * (b - 1.0)).sum::<f64>() / 4_000.0;
        // Only the company's day is common: 0.032² ≈ 0.00102.
        assert!((0.0006..0.0016).contains(&together), "{together}");
    }

    #[test]
    fn counts_have_their_mean_and_more_than_poisson_variance() {
        let mut random = stream(5, "test", 0);
        let draws: Vec<f64> = (0..20_000).map(|_| offered(&mut random, 40.0, 1.0) as f64).collect();
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / 20_000.0;
        // Variance 40 + 0.11² × 40² = 59.4.
        assert!((mean - 40.0).abs() < 0.3 && (55.0..64.0).contains(&variance), "{mean} {variance}");
    }
}
