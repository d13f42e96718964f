//! Sample paths: what may come, interval by interval, with weeks, days and intervals that move together.

use chrono::NaiveDate;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson, StandardNormal};

use super::forecast::{Dispersion, Forecast, QueueForecast};
use super::time::{IntervalGrid, Zone};

/// Draws what may come, queue by queue.
#[derive(Clone, Debug)]
pub struct PathSampler {
    queues: Vec<OfQueue>,
    days: Vec<NaiveDate>,
    seed: u64,
}

/// One queue.
#[derive(Clone, Debug)]
struct OfQueue {
    /// Mean contacts of every interval, and how far they vary.
    offered: Vec<f64>,
    contacts: Deviations,
    /// How far handle times vary, by the week and by the day.
    handle_times: Deviations,
}

impl Forecast {
    /// Paths of all queues; days are those of `zone`.
    #[must_use]
    pub fn paths(&self, zone: Zone, seed: u64) -> PathSampler {
        let of_queue = |queue: &QueueForecast| OfQueue {
            offered: queue.whole.offered.to_vec(),
            contacts: Deviations::of_contacts(queue, &self.grid),
            handle_times: Deviations::of_handle_times(queue, &self.grid),
        };
        PathSampler {
            queues: self.queues.iter().map(of_queue).collect(),
            days: (0..self.grid.len()).map(|at| self.grid.local_date_of(at, zone)).collect(),
            seed,
        }
    }

    /// Paths whose contacts vary by the noise of counting alone, and mean handle times not at all.
    #[must_use]
    pub fn paths_of_mean(&self, zone: Zone, seed: u64) -> PathSampler {
        let mut paths = self.paths(zone, seed);
        for of in &mut paths.queues {
            of.contacts.0.fill([0.0; 3]);
            of.handle_times.0.fill([0.0; 3]);
        }
        paths
    }
}

impl PathSampler {
    /// Contacts of a queue per interval, whole numbers, one way it may go. Equal seeds give equal paths, and a path does not
    /// depend on which others are drawn.
    ///
    /// `N ~ Poisson(offered × W × D × I)` with lognormal factors of mean 1. Their variances together are what the
    /// interval's 80 % band says beyond counting noise, or the queue's dispersion where contacts are few, parted as the dispersion parts them. Gamma factors of
    /// these variances would give the same two moments; lognormal ones let one draw serve days of unequal variance.
    pub fn path(&self, queue: usize, number: u32, into: &mut Vec<f64>) {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(((queue as u64) << 32) | u64::from(number));
        let OfQueue { offered, contacts, .. } = &self.queues[queue];
        let mut shared = Shared::default();
        into.clear();
        for (at, mean) in offered.iter().enumerate() {
            shared.enter(at, &self.days, &mut random);
            if *mean <= 0.0 {
                into.push(0.0);
                continue;
            }
            let factor = contacts.factor(at, [shared.week, shared.day, StandardNormal.sample(&mut random)]);
            into.push(Poisson::new(mean * factor).map_or(0.0, |poisson| poisson.sample(&mut random)));
        }
    }

    /// Mean handle times of a queue per interval over those of the forecast, on the same path: `W × D` of their own, lognormal, of
    /// mean 1, which no other draw moves.
    pub fn handle_times(&self, queue: usize, number: u32, into: &mut Vec<f64>) {
        /// Apart from the streams of contacts.
        const OF_HANDLE_TIMES: u64 = 1 << 62;
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(OF_HANDLE_TIMES | ((queue as u64) << 32) | u64::from(number));
        let of = &self.queues[queue];
        let mut shared = Shared::default();
        into.clear();
        for at in 0..of.offered.len() {
            shared.enter(at, &self.days, &mut random);
            into.push(of.handle_times.factor(at, [shared.week, shared.day, 0.0]));
        }
    }
}

/// Standard normal draws that intervals share.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    week: f64,
    day: f64,
}

impl Shared {
    /// Draws anew where an interval begins a day, or a week.
    fn enter(&mut self, at: usize, days: &[NaiveDate], random: &mut ChaCha8Rng) {
        if at == 0 || days[at - 1] != days[at] {
            self.day = StandardNormal.sample(random);
            if (days[at] - days[0]).num_days() % 7 == 0 {
                self.week = StandardNormal.sample(random);
            }
        }
    }
}

/// Per interval the standard deviations of the logarithms of the week's, the day's and its own factor.
#[derive(Clone, Debug)]
struct Deviations(Vec<[f64; 3]>);

impl Deviations {
    fn of_contacts(queue: &QueueForecast, grid: &IntervalGrid) -> Self {
        let Dispersion { week, day, interval } = queue.dispersion;
        // Nobody knows how the variance of a forecast from elsewhere is parted: days are taken to hold it.
        let parts = if queue.dispersion.of_rate() > 0.0 { [week, day, interval] } else { [0.0, 1.0, 0.0] };
        let parts = parts.map(f64::ln_1p);
        let all: f64 = parts.iter().sum();
        let of_interval = |at: usize| {
            let scale = queue.excess(at).ln_1p() / all;
            parts.map(|part| (part * scale).sqrt())
        };
        Self((0..grid.len()).map(of_interval).collect())
    }

    fn of_handle_times(queue: &QueueForecast, grid: &IntervalGrid) -> Self {
        let week = queue.aht_week_share.clamp(0.0, 1.0);
        let of_interval = |at: usize| {
            let deviation = queue.whole.aht_deviation(at);
            [week.sqrt() * deviation, (1.0 - week).sqrt() * deviation, 0.0]
        };
        Self((0..grid.len()).map(of_interval).collect())
    }

    /// The factor of an interval, given draws of the week, the day and its own.
    fn factor(&self, at: usize, draws: [f64; 3]) -> f64 {
        let terms = self.0[at].iter().zip(draws);
        terms.map(|(deviation, z)| deviation * z - deviation * deviation / 2.0).sum::<f64>().exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::explanation::Explanation;
    use crate::domain::forecast::{RegionForecast, Z90};
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
            aht_week_share: 0.25,
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
    fn handle_times_vary_by_their_band_and_days_share_what_the_week_does() {
        let mut forecast = forecast();
        forecast.queues[0].whole.aht_s = Series::flat(forecast.grid, 200.0);
        forecast.queues[0].whole.band_handle_times(Some(0.01));
        let sampler = forecast.paths(chrono_tz::UTC, 7);
        let (mut contacts, mut factors) = (Vec::new(), Vec::new());
        let mut logs = Vec::new();
        for number in 0..4000 {
            sampler.handle_times(0, number, &mut factors);
            assert!((factors[0] / factors[23] - 1.0).abs() < 1e-12, "a day has one factor");
            logs.push([factors[0].ln(), factors[24].ln()]);
        }
        let mean = |of: &dyn Fn(&[f64; 2]) -> f64| logs.iter().map(of).sum::<f64>() / logs.len() as f64;
        let centre = mean(&|log| log[0]);
        let variance = mean(&|log| (log[0] - centre).powi(2));
        let together = mean(&|log| (log[0] - centre) * (log[1] - centre));
        // ln 1.01 = .00995; a quarter of it is the week's.
        assert!((variance / 1.01f64.ln() - 1.0).abs() < 0.08, "{variance}");
        assert!((together / variance - 0.25).abs() < 0.05, "{together} of {variance}");
        assert!((mean(&|log| log[0].exp()) - 1.0).abs() < 0.005);
        sampler.path(0, 3, &mut contacts);
        let mut without = Vec::new();
        super::tests::forecast().paths(chrono_tz::UTC, 7).path(0, 3, &mut without);
        assert_eq!(contacts, without, "contacts do not depend on it");
        forecast.paths_of_mean(chrono_tz::UTC, 7).handle_times(0, 0, &mut factors);
        assert!(factors.iter().all(|factor| (factor - 1.0).abs() < 1e-12));
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
