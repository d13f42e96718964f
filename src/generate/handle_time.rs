//! How long contacts take: a mean that varies over week, day and years, and lognormal times around it.
//!
//! Service times of calls are close to lognormal (Brown et al., JASA 100, 2005).

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Gamma, LogNormal};

use super::queues::{SyntheticQueue, Topic};
use super::random::stream;
use super::regions::{COUNTRIES, Wall};

/// The mean handle time of one queue and country.
#[derive(Clone, Copy, Debug)]
pub(super) struct HandleTime {
    base: f64,
    growth: f64,
    evening: f64,
    topic: Topic,
}

/// Draws the mean of a queue's country around that of its topic.
pub(super) fn handle_time(queue: &SyntheticQueue, country: usize, seed: u64) -> HandleTime {
    let mut random = stream(seed, &format!("handle time {}", queue.id), country);
    let accent = [1.0, 1.05, 0.98, 0.94][country % COUNTRIES.len()];
    HandleTime {
        base: queue.topic.handle_time() * accent * random.random_range(0.96..1.04),
        growth: random.random_range(-0.03..0.01),
        evening: random.random_range(0.06..0.10),
        topic: queue.topic,
    }
}

impl HandleTime {
    /// Mean seconds of ordinary contacts at a reading of the clock.
    pub(super) fn at(&self, wall: &Wall) -> f64 {
        let hour = f64::from(wall.minute) / 60.0;
        // Short in the rush of the late morning, longer towards the evening, when problems are harder and agents tired.
        let rush = 1.0 - 0.05 * (-0.5 * ((hour - 10.8) / 1.6).powi(2)).exp();
        let evening = 1.0 + self.evening * ((hour - 15.0) / 5.0).clamp(0.0, 1.0);
        let weekday = match wall.weekday {
            0 => 1.03,
            5 | 6 => 0.95,
            _ => 1.0,
        };
        let years = wall.day as f64 / 365.25;
        self.base * (1.0 + self.growth).powf(years) * rush * evening * weekday
    }

    /// Standard deviation over mean of single handle times.
    fn variation(self) -> f64 {
        match self.topic {
            Topic::Technical | Topic::SecondTier => 0.9,
            Topic::Email => 0.7,
            _ => 0.8,
        }
    }

    /// The mean of `contacts` lognormal handle times of this mean: each drawn, or, for many, a gamma distribution of the
    /// same first two moments for their mean.
    pub(super) fn observed(self, random: &mut ChaCha8Rng, mean: f64, contacts: u64) -> Option<f64> {
        const DRAWN_ONE_BY_ONE: u64 = 24;
        let variance = self.variation() * self.variation();
        let count = contacts as f64;
        if contacts == 0 {
            None
        } else if contacts <= DRAWN_ONE_BY_ONE {
            let sigma2 = (1.0 + variance).ln();
            let single = LogNormal::new(mean.ln() - sigma2 / 2.0, sigma2.sqrt()).ok()?;
            Some((0..contacts).map(|_| random.sample(single)).sum::<f64>() / count)
        } else {
            Some(random.sample(Gamma::new(count / variance, mean * variance / count).ok()?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::queues::queues;

    #[test]
    fn observed_means_are_right_for_few_and_for_many_contacts() {
        let time = handle_time(&queues(1, 7)[0], 0, 7);
        let mut random = stream(3, "test", 0);
        for contacts in [3, 100] {
            let draws = 4_000;
            let mean = (0..draws).filter_map(|_| time.observed(&mut random, 240.0, contacts)).sum::<f64>() / 4_000.0;
            // Standard error: 240 × 0.8 / √(3 × 4000) = 1.8 s, and 0.3 s for a hundred contacts.
            assert!((mean - 240.0).abs() < 6.0, "{contacts}: {mean}");
        }
        assert_eq!(time.observed(&mut random, 240.0, 0), None);
    }

    #[test]
    fn evenings_take_longer_than_mornings() {
        let time = handle_time(&queues(1, 7)[0], 0, 7);
        let wall =
            |hour: u16| Wall { date: chrono::NaiveDate::default(), day: 0, weekday: 1, minute: hour * 60, offset: 60 };
        assert!(time.at(&wall(19)) > 1.05 * time.at(&wall(11)));
    }
}
