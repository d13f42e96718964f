//! Bands hold what they promise on noise of a known law.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Poisson, StandardNormal};

use crate::forecast::noise::dispersion::{ForecastOutcome, Noise};

/// Intervals of a day, and the mean of each.
const INTERVALS: usize = 20;
const MEAN: f64 = 25.0;
/// Standard deviation of a day's log factor and its correlation with the day before; variance of an interval's factor.
const DAY: f64 = 0.08;
const PERSISTENCE: f64 = 0.5;
const INTERVAL: f64 = 0.01;
/// Days of each fold, and folds.
const DAYS: u32 = 14;
const FOLDS: u32 = 4;

/// Gamma–Poisson counts of consecutive days whose log factors are autoregressive.
fn days(random: &mut ChaCha8Rng, fold: u32) -> Vec<ForecastOutcome> {
    let own = Gamma::new(1.0 / INTERVAL, INTERVAL).expect("a gamma");
    let mut log = DAY * random.sample::<f64, _>(StandardNormal);
    let mut outcomes = Vec::new();
    for day in 0..DAYS {
        let news: f64 = random.sample(StandardNormal);
        log = PERSISTENCE * log + DAY * (1.0 - PERSISTENCE * PERSISTENCE).sqrt() * news;
        for _ in 0..INTERVALS {
            let rate = MEAN * log.exp() * own.sample(random);
            let actual = Poisson::new(rate).expect("a rate").sample(random);
            outcomes.push(ForecastOutcome { day: fold * 1000 + day, days_ahead: day + 1, forecast: MEAN, actual });
        }
    }
    outcomes
}

fn share(within: &[bool]) -> f64 {
    within.iter().filter(|within| **within).count() as f64 / within.len() as f64
}

#[test]
fn bands_of_intervals_days_and_weeks_hold_eighty_percent() {
    // 150 queues learn from four folds and are judged by 14 days each: 2,100 days, 300 weeks.
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let (mut intervals, mut totals, mut weeks) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..150 {
        let folds: Vec<ForecastOutcome> = (0..FOLDS).flat_map(|fold| days(&mut random, fold)).collect();
        let noise = Noise::fit(&folds);
        let came = days(&mut random, FOLDS);
        for of in &came {
            let [low, _, high] = noise.interval_band(of.forecast, of.days_ahead, 0.0);
            intervals.push((low..=high).contains(&of.actual));
        }
        for (length, within) in [(1, &mut totals), (7, &mut weeks)] {
            for span in came.chunks(length * INTERVALS) {
                let said: Vec<(u32, f64)> = span.iter().map(|of| (of.days_ahead, of.forecast)).collect();
                let [low, _, high] = noise.total_band(&said, 0.0);
                within.push((low..=high).contains(&span.iter().map(|of| of.actual).sum::<f64>()));
            }
        }
    }
    assert!((0.78..=0.83).contains(&share(&intervals)), "intervals {}", share(&intervals));
    assert!((0.78..=0.83).contains(&share(&totals)), "days {}", share(&totals));
    // Of 300 weeks the share itself has a standard deviation of 2.3 %.
    assert!((0.755..=0.92).contains(&share(&weeks)), "weeks {}", share(&weeks));
}
