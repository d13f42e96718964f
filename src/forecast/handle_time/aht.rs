//! Mean handle time: log mean ~ level + trend + weekday + time of day + their interaction, weighted by contacts.
//!
//! The mean of `c` handle times with a coefficient of variation near 1 (service times are lognormal: Brown et al., JASA
//! 100, 2005) has a relative variance near `1/c`, so contacts are precisions: a quasi-likelihood with a logarithmic link
//! (P. McCullagh & J. Nelder, Generalized Linear Models, ch. 9). Unlike means of logarithms it needs no correction that would differ
//! between busy and quiet hours. Each effect is the logarithm of seconds spent over seconds fitted, shrunk by its prior
//! variance, one after another and once more around; an interval too far from its fit counts as far as is plausible.

use chrono::{Datelike, NaiveDate};

use super::recent_level::{DayAbove, levels};
use crate::forecast::calendar::local_days::{LocalDays, signed};

/// Half-life, in days, of an observation's weight; a level that moves faster is followed by [`super::recent_level`].
const HALF_LIFE_DAYS: f64 = 120.0;
/// Prior standard deviations on the log scale: slope per year, time of day, weekday, and both together.
const SLOPE: f64 = 0.1;
const SLOT: f64 = 0.2;
const WEEKDAY: f64 = 0.1;
const BOTH: f64 = 0.05;
/// Minutes of the wall clock that are smoothed over on either side.
const SMOOTHED_MINUTES: usize = 45;
/// Standard deviations, for its number of contacts, beyond which an interval's mean says nothing more.
const PLAUSIBLE: f64 = 6.0;
/// The level never falls below all but so much of the long memory.
const LOWEST: f64 = 0.8;
/// The usual squared coefficient of variation of one handle time.
pub(super) const VARIATION: f64 = 0.7;
/// Times that all effects are fitted one after another.
const ROUNDS: usize = 2;
/// Newton steps for level and slope.
const STEPS: usize = 3;

/// The fitted handle times of one region, in seconds.
#[derive(Clone, Debug)]
pub(super) struct AhtModel {
    last: NaiveDate,
    slots: usize,
    level: f64,
    slope: f64,
    /// Per weekday and slot, on the log scale.
    effects: Vec<f64>,
    /// Over this, relative, where each day's level was expected, and last where it is expected now.
    levels: Vec<f64>,
}

/// The group of a cell of weekday × slot, given the slots per day.
type Grouping = fn(usize, usize) -> usize;

struct Observation {
    day: usize,
    years: f64,
    cell: usize,
    seconds: f64,
    contacts: f64,
    weight: f64,
}

impl AhtModel {
    /// Fits to handle times and the contacts they are means of; none where the history has no handle times.
    pub(crate) fn fit(aht_s: &LocalDays, offered: &LocalDays) -> Option<Self> {
        let (slots, days) = (aht_s.slots(), aht_s.len());
        let known = observations(aht_s, offered);
        let middle = crate::forecast::profile::robust_days::median(known.iter().map(|seen| seen.seconds).collect());
        if middle <= 0.0 {
            return None;
        }
        let effects = vec![0.0; 7 * slots];
        let mut model =
            Self { last: aht_s.date(days - 1), slots, level: middle.ln(), slope: 0.0, effects, levels: vec![0.0] };
        let radius = SMOOTHED_MINUTES * slots / 1440;
        // Time of day, common to all weekdays; then weekday; then both together.
        let by: [(f64, Grouping, usize); 3] = [
            (SLOT, |cell, slots| cell % slots, radius),
            (WEEKDAY, |cell, slots| cell / slots, 0),
            (BOTH, |cell, _| cell, radius),
        ];
        let mut kept: [Vec<f64>; 3] = std::array::from_fn(|_| Vec::new());
        for _ in 0..ROUNDS {
            model.settle_line(&known);
            for ((prior, group, radius), kept) in by.into_iter().zip(&mut kept) {
                model.settle_effect(&known, prior, group, radius, kept);
            }
        }
        model.settle_line(&known);
        model.levels = levels(&model.days_above(&known), days);
        Some(model)
    }

    fn fitted(&self, seen: &Observation) -> f64 {
        (self.level + self.slope * seen.years + self.effects[seen.cell]).exp()
    }

    /// How far each day lies above its fit, as far as is plausible.
    fn days_above(&self, known: &[Observation]) -> Vec<DayAbove> {
        let of_day = |day: &[Observation]| {
            let mut sums = (0.0, 0.0, 0.0);
            for seen in day {
                let fitted = self.fitted(seen);
                sums.0 += seen.contacts * plausible(seen.seconds, seen.contacts, fitted);
                sums.1 += seen.contacts * fitted;
                sums.2 += seen.contacts;
            }
            (sums.0 > 0.0 && sums.1 > 0.0).then(|| DayAbove {
                day: day[0].day,
                above: sums.0 / sums.1 - 1.0,
                counting: VARIATION / sums.2,
            })
        };
        known.chunk_by(|one, next| one.day == next.day).filter_map(of_day).collect()
    }

    /// Level and shrunken slope, given the effects.
    fn settle_line(&mut self, known: &[Observation]) {
        for _ in 0..STEPS {
            let (mut s0, mut s1, mut s2, mut t0, mut t1) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for seen in known {
                let fitted = self.fitted(seen);
                let above = plausible(seen.seconds, seen.contacts, fitted) / fitted - 1.0;
                s0 += seen.weight;
                s1 += seen.weight * seen.years;
                s2 += seen.weight * seen.years * seen.years;
                t0 += seen.weight * above;
                t1 += seen.weight * seen.years * above;
            }
            // The prior holds the slope itself to zero, wherever the step starts from.
            let spread = s2 - s1 * s1 / s0 + SLOPE.powi(-2);
            let step = (t1 - s1 * t0 / s0 - SLOPE.powi(-2) * self.slope) / spread;
            self.slope += step;
            self.level += ((t0 - step * s1) / s0).clamp(-1.0, 1.0);
        }
    }

    /// One effect anew, given all else; `kept` is what it was.
    fn settle_effect(
        &mut self,
        known: &[Observation],
        prior: f64,
        group: Grouping,
        radius: usize,
        kept: &mut Vec<f64>,
    ) {
        let slots = self.slots;
        let groups = (group(7 * slots - 1, slots) + 1).max(slots);
        kept.resize(groups, 0.0);
        for (cell, effect) in self.effects.iter_mut().enumerate() {
            *effect -= kept[group(cell, slots)];
        }
        let mut sums = vec![Spent::default(); groups];
        for seen in known {
            let fitted = self.fitted(seen);
            let at = group(seen.cell, slots);
            // Plausible is what lies near the fit with the effect as it was.
            let seconds = plausible(seen.seconds, seen.contacts, fitted * kept[at].exp());
            sums[at].add(Spent { seconds: seen.weight * seconds, fitted: seen.weight * fitted, weight: seen.weight });
        }
        *kept = shrunk(&sums, prior, radius, slots);
        for (cell, effect) in self.effects.iter_mut().enumerate() {
            *effect += kept[group(cell, slots)];
        }
    }

    /// Mean handle time in seconds at a slot of a date; the trend slows down over the coming months.
    pub(crate) fn seconds(&self, date: NaiveDate, slot: usize) -> f64 {
        let years = (date - self.last).num_days() as f64 / 365.25;
        let damped = if years > 0.0 { 0.25 * (1.0 - (-years / 0.25).exp()) } else { years };
        let cell = date.weekday().num_days_from_monday() as usize * self.slots + slot;
        (self.level + self.slope * damped + self.effects[cell] + self.recent(date)).exp()
    }
}

impl AhtModel {
    /// The level over the long memory: of a day of history as it was expected, of others as it is now.
    fn recent(&self, date: NaiveDate) -> f64 {
        let now = self.levels.len() - 1;
        let back = usize::try_from((self.last - date).num_days() + 1).unwrap_or(0);
        self.levels[now.saturating_sub(back)].max(-LOWEST).ln_1p()
    }
}

/// The mean of some handle times, no farther above what is fitted than so many contacts make plausible.
pub(super) fn plausible(seconds: f64, contacts: f64, fitted: f64) -> f64 {
    seconds.min(fitted * (1.0 + PLAUSIBLE / contacts.max(1.0).sqrt()))
}

fn observations(aht_s: &LocalDays, offered: &LocalDays) -> Vec<Observation> {
    let (slots, days) = (aht_s.slots(), aht_s.len());
    let mut known = Vec::new();
    for day in 0..days {
        let age = (days - 1 - day) as f64;
        let weekday = aht_s.date(day).weekday().num_days_from_monday() as usize;
        let discount = 0.5f64.powf(age / HALF_LIFE_DAYS);
        for (slot, seconds) in aht_s.day(day).iter().enumerate().filter(|(_, seconds)| **seconds > 0.0) {
            // A handle time without a count is one contact's worth.
            let contacts = offered.get(signed(day), slot).unwrap_or(1.0);
            if contacts > 0.0 {
                let (years, cell, weight) = (-age / 365.25, weekday * slots + slot, contacts * discount);
                known.push(Observation { day, years, cell, seconds: *seconds, contacts, weight });
            }
        }
    }
    known
}

/// Seconds spent and seconds fitted, weighted, with the weights.
#[derive(Clone, Copy, Default)]
struct Spent {
    seconds: f64,
    fitted: f64,
    weight: f64,
}

impl Spent {
    fn add(&mut self, other: Self) {
        self.seconds += other.seconds;
        self.fitted += other.fitted;
        self.weight += other.weight;
    }
}

/// Effects per group, smoothed within each day over `radius` slots by weight and shrunk towards zero.
fn shrunk(sums: &[Spent], prior: f64, radius: usize, slots: usize) -> Vec<f64> {
    let near = |at: usize| {
        let day = at / slots * slots;
        let window = at.saturating_sub(radius).max(day)..(at + radius + 1).min(day + slots).min(sums.len());
        let mut sum = Spent::default();
        for near in window {
            let kernel = 1.0 - near.abs_diff(at) as f64 / (radius + 1) as f64;
            let Spent { seconds, fitted, weight } = sums[near];
            sum.add(Spent { seconds: kernel * seconds, fitted: kernel * fitted, weight: kernel * weight });
        }
        sum
    };
    (0..sums.len())
        .map(|at| {
            let Spent { seconds, fitted, weight } = near(at);
            let effect = if seconds > 0.0 && fitted > 0.0 { (seconds / fitted).ln() } else { 0.0 };
            effect * weight / (weight + prior.powi(-2))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::history::Counts;
    use crate::domain::time::IntervalGrid;
    use crate::domain::units::Minutes;
    use crate::forecast::calendar::local_days::Placement;

    fn days(value: impl Fn(usize, usize) -> f64) -> LocalDays {
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(84), Minutes::new(60));
        let counts: Counts = (0..grid.len()).map(|hour| Some(value(hour / 24, hour % 24))).collect();
        LocalDays::new(&Placement::new(&grid, chrono_tz::UTC), &counts, grid.len())
    }

    #[test]
    fn mondays_and_evenings_take_longer() {
        // 200 s, evenings from 18:00 half as long again, Mondays 10 % more; a thousand contacts an hour.
        let truth = |day: usize, hour: usize| {
            200.0 * if hour >= 18 { 1.5 } else { 1.0 } * if day.is_multiple_of(7) { 1.1 } else { 1.0 }
        };
        let model = AhtModel::fit(&days(truth), &days(|_, _| 1000.0)).expect("a model");
        let monday = "2026-03-30".parse().expect("a date");
        let tuesday = "2026-03-31".parse().expect("a date");
        assert!((model.seconds(tuesday, 10) / 200.0 - 1.0).abs() < 0.02, "{}", model.seconds(tuesday, 10));
        assert!((model.seconds(monday, 22) / 330.0 - 1.0).abs() < 0.02, "{}", model.seconds(monday, 22));
    }

    #[test]
    fn quiet_hours_are_as_right_as_busy_ones_under_lognormal_times() {
        // 200 s all day; 40 contacts an hour until noon, two after it; single times lognormal with σ² = ln 1.64, CV 0.8.
        use rand::{RngExt, SeedableRng};
        let contacts = |hour: usize| if hour < 12 { 40usize } else { 2 };
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(11);
        let sigma2 = 1.64f64.ln();
        let mut mean = |count: usize| {
            let single = rand_distr::LogNormal::new(200f64.ln() - sigma2 / 2.0, sigma2.sqrt()).expect("a distribution");
            (0..count).map(|_| random.sample(single)).sum::<f64>() / count as f64
        };
        let drawn: Vec<f64> = (0..84 * 24).map(|at| mean(contacts(at % 24))).collect();
        let model = AhtModel::fit(&days(|day, hour| drawn[day * 24 + hour]), &days(|_, hour| contacts(hour) as f64));
        let model = model.expect("a model");
        let monday: NaiveDate = "2026-03-30".parse().expect("a date");
        for hours in [0..12, 12..24] {
            let of_day = |date: NaiveDate| hours.clone().map(move |hour| (date, hour));
            let cells: Vec<(NaiveDate, usize)> = monday.iter_days().take(7).flat_map(of_day).collect();
            let all: f64 = cells.iter().map(|(date, hour)| model.seconds(*date, *hour)).sum::<f64>() / 84.0;
            // Standard errors: 0.8 × 200 / √(84 × 12 × 40) = 0.8 s in busy hours, 3.6 s in quiet ones.
            assert!((all - 200.0).abs() < 6.0, "{hours:?}: {all}");
        }
    }

    #[test]
    fn one_contact_moves_nothing_and_no_contact_is_no_model() {
        let weights = |day: usize, hour: usize| if day == 83 && hour == 12 { 1.0 } else { 50.0 };
        let model =
            AhtModel::fit(&days(|day, hour| if day == 83 && hour == 12 { 2000.0 } else { 100.0 }), &days(weights));
        let date = "2026-03-30".parse().expect("a date");
        assert!((model.expect("a model").seconds(date, 12) / 100.0 - 1.0).abs() < 0.01);
        assert!(AhtModel::fit(&days(|_, _| f64::NAN), &days(|_, _| 1.0)).is_none());
    }
}
