//! Day totals as counts, however few: a Poisson rate with a gamma belief that fades from day to day, spread by the weekday's shape.
//!
//! A day's count is Poisson with the mean `λ · e`, `e` being what its weekday and season make of a usual day. What is believed of `λ` is a
//! gamma distribution of shape `a` and rate `b`: a day multiplies both by `ω` and then adds its count and its `e`, so that `a/b` is a mean of counts
//! with exponential weights and the next count is negative binomial (A. C. Harvey & C. Fernandes, Time series models for count or
//! qualitative observations, Journal of Business & Economic Statistics 7, 1989). Days without a contact count like others, which
//! logarithms cannot do. Several `ω` are followed at once, each weighing by the probability it gave to what came.

use chrono::NaiveDate;
use statrs::function::gamma::ln_gamma;

use crate::forecast::profile::region_profile::Profile;

use super::fitted::Baseline;
use super::root_rows::weekday;

/// What is left of the belief from day to day.
const KEPT: [f64; 7] = [0.85, 0.92, 0.96, 0.98, 0.99, 0.995, 1.0];
/// Contacts that speak for all weekdays being alike.
const BELIEVED_CONTACTS: f64 = 7.0;
/// Days that are looked back, at most.
const LONGEST_DAYS: usize = 371;
/// Least of a day that must be known.
const LEAST_EXPOSURE: f64 = 0.5;

/// A rate that moves.
pub(super) struct CountSmoothing<'a> {
    profile: &'a Profile<'a>,
    rate: f64,
    weekdays: [f64; 7],
}

/// A day that counts.
#[derive(Clone, Copy, Debug)]
struct CountedDay {
    /// Days since the one before it that counts.
    since: u32,
    count: f64,
    /// What of a usual day was to be expected, the weekday aside.
    exposure: f64,
    weekday: usize,
}

impl<'a> CountSmoothing<'a> {
    /// Follows the days to the last.
    pub(super) fn fit(profile: &'a Profile<'a>) -> Self {
        let days = counted_days(profile);
        let weekdays = weekday_factors(&days);
        Self { profile, rate: rate(&days, &weekdays), weekdays }
    }
}

impl Baseline for CountSmoothing<'_> {
    fn day(&self, date: NaiveDate) -> Vec<f64> {
        let cycle = self.profile.level.cycle_factor(date, self.profile.calendar);
        let total = self.rate * self.weekdays[weekday(date)] * cycle;
        self.profile.shape.of(date).iter().map(|share| total * share).collect()
    }
}

fn counted_days(profile: &Profile<'_>) -> Vec<CountedDay> {
    let days = &profile.days;
    let mut counted = Vec::new();
    let mut since = 1;
    for day in days.len().saturating_sub(LONGEST_DAYS)..days.len() {
        let date = days.date(day);
        let known = days.day(day).iter().zip(profile.shape.of(date)).filter(|(value, _)| !value.is_nan());
        let (count, share) = known.fold((0.0, 0.0), |sum, (value, share)| (sum.0 + value, sum.1 + share));
        let level = &profile.level;
        let exposure =
            share * level.holiday_factor(date, profile.calendar) * level.cycle_factor(date, profile.calendar);
        if share >= LEAST_EXPOSURE && exposure > 0.0 && profile.trust[day] >= 0.5 {
            counted.push(CountedDay { since, count, exposure, weekday: weekday(date) });
            since = 0;
        }
        since += 1;
    }
    counted
}

/// Contacts of each weekday over those of all days alike, leaning towards one.
fn weekday_factors(days: &[CountedDay]) -> [f64; 7] {
    let (mut counts, mut exposures) = ([0.0; 7], [0.0; 7]);
    for day in days {
        counts[day.weekday] += day.count;
        exposures[day.weekday] += day.exposure;
    }
    let mean = counts.iter().sum::<f64>() / exposures.iter().sum::<f64>();
    std::array::from_fn(|at| {
        let expected = mean * exposures[at];
        if mean > 0.0 { (counts[at] + BELIEVED_CONTACTS) / (expected + BELIEVED_CONTACTS) } else { 1.0 }
    })
}

/// The mean of what is believed of the rate after the last day; zero where none counts.
fn rate(days: &[CountedDay], weekdays: &[f64; 7]) -> f64 {
    let mut beliefs = KEPT.map(|kept| Belief { kept, shape: 0.5, rate: 0.5, evidence: 0.0 });
    if days.is_empty() {
        return 0.0;
    }
    let mean = days.iter().map(|day| day.count).sum::<f64>() / days.iter().map(|day| day.exposure).sum::<f64>();
    for belief in &mut beliefs {
        // Half a day's worth of the mean is believed beforehand.
        belief.shape = (0.5 * mean).max(1e-3);
        for day in days {
            belief.learn(day, weekdays[day.weekday]);
        }
    }
    let most = beliefs.iter().map(|belief| belief.evidence).fold(f64::NEG_INFINITY, f64::max);
    let weighed = beliefs.iter().map(|belief| (belief.shape / belief.rate, (belief.evidence - most).exp()));
    let (sum, weights) = weighed.fold((0.0, 0.0), |sum, (rate, weight)| (sum.0 + weight * rate, sum.1 + weight));
    if weights > 0.0 && sum.is_finite() { sum / weights } else { 0.0 }
}

/// What is believed of the rate: gamma with a shape and a rate.
#[derive(Clone, Copy, Debug)]
struct Belief {
    kept: f64,
    shape: f64,
    rate: f64,
    /// Logarithm of the probability given to what came so far.
    evidence: f64,
}

impl Belief {
    fn learn(&mut self, day: &CountedDay, weekday: f64) {
        let kept = self.kept.powf(f64::from(day.since));
        let (shape, rate) = (kept * self.shape, kept * self.rate);
        let exposure = day.exposure * weekday;
        // Negative binomial; counts that cleaning made fractional have gamma functions between whole ones.
        self.evidence += ln_gamma(shape + day.count) - ln_gamma(shape) - ln_gamma(day.count + 1.0)
            + shape * (rate / (rate + exposure)).ln()
            + day.count * (exposure / (rate + exposure)).ln();
        (self.shape, self.rate) = (shape + day.count, rate + exposure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_distr::{Distribution, Poisson};

    fn days(means: impl Fn(usize) -> f64, count: usize) -> Vec<CountedDay> {
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(9);
        let mut day = |at: usize| CountedDay {
            since: 1,
            count: Poisson::new(means(at)).expect("a mean").sample(&mut random),
            exposure: 1.0,
            weekday: at % 7,
        };
        (0..count).map(&mut day).collect()
    }

    #[test]
    fn a_constant_rate_is_remembered_for_long_and_a_new_one_is_followed() {
        let flat = rate(&days(|_| 0.7, 364), &[1.0; 7]);
        // A year of 255 contacts knows its rate to 6 %.
        assert!((flat / 0.7 - 1.0).abs() < 0.15, "{flat}");
        let risen = rate(&days(|at| if at < 330 { 0.5 } else { 2.0 }, 364), &[1.0; 7]);
        assert!((risen / 2.0 - 1.0).abs() < 0.3, "{risen}");
    }

    #[test]
    fn weekdays_that_differ_are_told_apart_by_their_contacts() {
        let weekend = |at: usize| if at % 7 >= 5 { 0.5 } else { 3.0 };
        let factors = weekday_factors(&days(weekend, 364));
        // The mean is 2.29: .22 and 1.31, a little nearer to one.
        assert!((factors[6] - 0.25).abs() < 0.08 && (factors[0] - 1.3).abs() < 0.15, "{factors:?}");
        assert!(weekday_factors(&days(weekend, 7)).iter().all(|factor| (0.6..1.5).contains(factor)));
        assert!(weekday_factors(&[]).iter().all(|factor| (factor - 1.0).abs() < 1e-12));
    }

    #[test]
    fn the_evidence_is_that_of_the_negative_binomial() {
        // Shape 2, rate 1, exposure 1: P(0) = ¼, P(1) = 2 · ¼ · ½ = ¼.
        for (count, expected) in [(0.0, 0.25_f64), (1.0, 0.25)] {
            let mut belief = Belief { kept: 1.0, shape: 2.0, rate: 1.0, evidence: 0.0 };
            belief.learn(&CountedDay { since: 1, count, exposure: 1.0, weekday: 0 }, 1.0);
            assert!((belief.evidence - expected.ln()).abs() < 1e-12);
        }
    }
}
