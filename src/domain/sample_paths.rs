//! Sample paths: what may come, interval by interval, with weeks, days and intervals that move together.

use chrono::NaiveDate;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson, StandardNormal};

use super::forecast::{Dispersion, Forecast, QueueForecast};
use super::time::{IntervalGrid, Zone, local_date};

/// 90 % quantile of the standard normal.
const Z90: f64 = 1.281_551_565_544_6;

/// Contacts of one queue over the horizon, one way it may go.
#[derive(Clone, Debug, PartialEq)]
pub struct SamplePath {
    /// Contacts per interval of the forecast's grid: whole numbers.
    pub contacts: Vec<f64>,
}

impl Forecast {
    /// Draws `paths` paths per queue, in the order of queues; days are those of `zone`. Equal seeds give equal paths,
    /// and a queue's path does not depend on how many are drawn.
    ///
    /// `N ~ Poisson(offered × W × D × I)` with lognormal factors of mean 1. Their variances together are what the
    /// interval's 80 % band says beyond counting noise, parted as the queue's dispersion parts them. Gamma factors of
    /// these variances would give the same two moments; lognormal ones let one draw serve days of unequal variance.
    #[must_use]
    pub fn sample_paths(&self, zone: Zone, paths: usize, seed: u64) -> Vec<Vec<SamplePath>> {
        let days: Vec<NaiveDate> = self.grid.starts().map(|at| local_date(at, zone)).collect();
        let of_queue = |(position, queue): (usize, &QueueForecast)| {
            let deviations = Deviations::of(queue, &self.grid);
            let path = |path: usize| {
                let mut random = ChaCha8Rng::seed_from_u64(seed);
                random.set_stream(((position as u64) << 32) | path as u64);
                deviations.draw(&queue.whole.offered, &days, &mut random)
            };
            (0..paths).map(path).collect()
        };
        self.queues.iter().enumerate().map(of_queue).collect()
    }
}

/// Per interval the standard deviations of the logarithms of the week's, the day's and its own factor.
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

    fn draw(&self, offered: &[f64], days: &[NaiveDate], random: &mut ChaCha8Rng) -> SamplePath {
        let mut normal = || -> f64 { StandardNormal.sample(random) };
        let (mut week, mut day, mut logs) = (0.0, 0.0, Vec::with_capacity(days.len()));
        for (at, date) in days.iter().enumerate() {
            if at == 0 || days[at - 1] != *date {
                day = normal();
                if (*date - days[0]).num_days() % 7 == 0 {
                    week = normal();
                }
            }
            let draws = [week, day, normal()];
            let log: f64 =
                self.0[at].iter().zip(draws).map(|(deviation, z)| deviation * z - deviation * deviation / 2.0).sum();
            logs.push(log);
        }
        let count = |(mean, log): (&f64, f64)| {
            let rate = mean * log.exp();
            if rate > 0.0 { Poisson::new(rate).map_or(0.0, |poisson| poisson.sample(random)) } else { 0.0 }
        };
        SamplePath { contacts: offered.iter().zip(logs).map(count).collect() }
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

    #[test]
    fn equal_seeds_give_equal_paths_however_many_are_drawn() {
        let forecast = forecast();
        let (few, many) = (
            forecast.sample_paths(chrono_tz::UTC, 2, 7).remove(0),
            forecast.sample_paths(chrono_tz::UTC, 5, 7).remove(0),
        );
        assert_eq!(few[..], many[..2]);
        assert_ne!(few[0], few[1]);
    }

    #[test]
    fn intervals_vary_as_their_bands_say_and_the_days_sum_varies_with_them() {
        let paths = forecast().sample_paths(chrono_tz::UTC, 400, 1).remove(0);
        let spread = |values: Vec<f64>| {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64 / mean / mean)
        };
        let (mean, interval) = spread(paths.iter().flat_map(|path| path.contacts.clone()).collect());
        assert!((mean / 1000.0 - 1.0).abs() < 0.01 && (interval / 0.041 - 1.0).abs() < 0.1, "{mean} {interval}");
        // A day of 24: 0.03 + (0.01 + 0.001) / 24 = 0.0305.
        let of_days = |path: &SamplePath| path.contacts.chunks(24).map(|day| day.iter().sum()).collect::<Vec<f64>>();
        let (_, day) = spread(paths.iter().flat_map(of_days).collect());
        assert!((day / 0.0305 - 1.0).abs() < 0.1, "{day}");
    }
}
