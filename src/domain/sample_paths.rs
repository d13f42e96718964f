//! Sample paths: what may come, interval by interval, with weeks, days and intervals that move together.

use chrono::NaiveDate;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson, StandardNormal};

use super::forecast::{Dispersion, Forecast, QueueForecast, Z90};
use super::time::{IntervalGrid, Zone};

/// Draws what may come, queue by queue.
#[derive(Clone, Debug)]
pub struct PathSampler {
    /// Per queue the mean of every interval, and how far it varies.
    queues: Vec<(Vec<f64>, Deviations)>,
    days: Vec<NaiveDate>,
    seed: u64,
}

impl Forecast {
    /// Paths of all queues; days are those of `zone`.
    #[must_use]
    pub fn paths(&self, zone: Zone, seed: u64) -> PathSampler {
        let of_queue = |queue: &QueueForecast| (queue.whole.offered.to_vec(), Deviations::of(queue, &self.grid));
        PathSampler {
            queues: self.queues.iter().map(of_queue).collect(),
            days: (0..self.grid.len()).map(|at| self.grid.local_date_of(at, zone)).collect(),
            seed,
        }
    }

    /// Paths that vary by the noise of counting alone.
    #[must_use]
    pub fn paths_of_mean(&self, zone: Zone, seed: u64) -> PathSampler {
        let mut paths = self.paths(zone, seed);
        paths.queues.iter_mut().for_each(|(_, deviations)| deviations.0.fill([0.0; 3]));
        paths
    }
}

impl PathSampler {
    /// Contacts of a queue per interval, whole numbers, one way it may go. Equal seeds give equal paths, and a path does not
    /// depend on which others are drawn.
    ///
    /// `N ~ Poisson(offered × W × D × I)` with lognormal factors of mean 1. Their variances together are what the
    /// interval's 80 % band says beyond counting noise, parted as the queue's dispersion parts them. Gamma factors of
    /// these variances would give the same two moments; lognormal ones let one draw serve days of unequal variance.
    pub fn path(&self, queue: usize, number: u32, into: &mut Vec<f64>) {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(((queue as u64) << 32) | u64::from(number));
        let (offered, deviations) = &self.queues[queue];
        deviations.draw(offered, &self.days, &mut random, into);
    }
}

/// Per interval the standard deviations of the logarithms of the week's, the day's and its own factor.
#[derive(Clone, Debug)]
struct Deviations(Vec<[f64; 3]>);

impl Deviations {
    fn of(queue: &QueueForecast, grid: &IntervalGrid) -> Self {
        let Dispersion { week, day, interval } = queue.dispersion;
        let all = week.ln_1p() + day.ln_1p() + interval.ln_1p();
        let of_interval = |at: usize| {
            let mean = queue.whole.offered[at];
            let deviation = (queue.whole.p90[at] - queue.whole.p10[at]) / (2.0 * Z90);
            let excess = if mean > 0.0 { (deviation * deviation - mean).max(0.0) / (mean * mean) } else { 0.0 };
            let scale = if all > 0.0 { excess.ln_1p() / all } else { 0.0 };
            [week, day, interval].map(|variance| (variance.ln_1p() * scale).sqrt())
        };
        Self((0..grid.len()).map(of_interval).collect())
    }

    fn draw(&self, offered: &[f64], days: &[NaiveDate], random: &mut ChaCha8Rng, into: &mut Vec<f64>) {
        into.clear();
        let normal = |random: &mut ChaCha8Rng| -> f64 { StandardNormal.sample(random) };
        let (mut week, mut day) = (0.0, 0.0);
        for (at, (mean, date)) in offered.iter().zip(days).enumerate() {
            if at == 0 || days[at - 1] != *date {
                day = normal(random);
                if (*date - days[0]).num_days() % 7 == 0 {
                    week = normal(random);
                }
            }
            if *mean <= 0.0 {
                into.push(0.0);
                continue;
            }
            let draws = [week, day, normal(random)];
            let log: f64 =
                self.0[at].iter().zip(draws).map(|(deviation, z)| deviation * z - deviation * deviation / 2.0).sum();
            into.push(Poisson::new(mean * log.exp()).map_or(0.0, |poisson| poisson.sample(random)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::explanation::Explanation;
    use crate::domain::forecast::RegionForecast;
    use crate::domain::ids::QueueIx;
    use crate::domain::series::Series;
    use crate::domain::units::Minutes;

    /// Two weeks of 24 hours of 1,000 contacts; of the variance `0.04 + 1/1000`, three quarters is the day's.
    fn forecast() -> Forecast {
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(14), Minutes::new(60));
        let half = Z90 * (1000.0f64 + 0.04 * 1e6).sqrt();
        let whole = RegionForecast {
            offered: Series::flat(grid, 1000.0),
            p10: Series::flat(grid, 1000.0 - half),
            p90: Series::flat(grid, 1000.0 + half),
            ..RegionForecast::nothing(0, grid)
        };
        let dispersion = Dispersion { week: 0.0, day: 0.03, interval: 0.01 };
        let queue = QueueForecast {
            queue: QueueIx(0),
            regions: vec![],
            whole,
            dispersion,
            method: String::new(),
            explanation: Explanation::default(),
        };
        Forecast { grid, queues: vec![queue] }
    }

    fn paths(of: &PathSampler, count: u32) -> Vec<Vec<f64>> {
        let path = |number| {
            let mut contacts = Vec::new();
            of.path(0, number, &mut contacts);
            contacts
        };
        (0..count).map(path).collect()
    }

    #[test]
    fn equal_seeds_give_equal_paths_whichever_others_are_drawn() {
        let sampler = forecast().paths(chrono_tz::UTC, 7);
        let mut third = Vec::new();
        sampler.path(0, 2, &mut third);
        let all = paths(&sampler, 3);
        assert_eq!(all[2], third);
        assert_ne!(all[0], all[1]);
    }

    #[test]
    fn around_the_mean_alone_intervals_vary_by_counting() {
        let all: Vec<f64> = paths(&forecast().paths_of_mean(chrono_tz::UTC, 7), 40).concat();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        let variance = all.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / all.len() as f64;
        assert!((mean - 1000.0).abs() < 1.5 && (variance / 1000.0 - 1.0).abs() < 0.05, "{mean} {variance}");
    }

    #[test]
    fn intervals_vary_as_their_bands_say_and_the_days_sum_varies_with_them() {
        let paths = paths(&forecast().paths(chrono_tz::UTC, 1), 400);
        let spread = |values: Vec<f64>| {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64 / mean / mean)
        };
        let (mean, interval) = spread(paths.concat());
        assert!((mean / 1000.0 - 1.0).abs() < 0.01 && (interval / 0.041 - 1.0).abs() < 0.1, "{mean} {interval}");
        // A day of 24: 0.03 + (0.01 + 0.001) / 24 = 0.0305.
        let of_days = |path: &Vec<f64>| path.chunks(24).map(|day| day.iter().sum()).collect::<Vec<f64>>();
        let (_, day) = spread(paths.iter().flat_map(of_days).collect());
        assert!((day / 0.0305 - 1.0).abs() < 0.1, "{day}");
    }
}
