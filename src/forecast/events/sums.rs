//! Regressions of what history leaves above its baseline on the people whose response arrives, under correlated noise.
//!
//! Hours err on their own, but the hours of a day err together, and so do all days after an event, because its baseline
//! is a forecast. With `y = x ρ + b (u + v_day) + e`, `Var e = s² / w`, `v ~ N(0, ν²)` and `u ~ N(0, λ²)`, `b` what is
//! expected of baseline and events, the sums of the generalised least squares of ρ follow from those of each day by the
//! inverse of a matrix plus a rank of one (Sherman & Morrison 1950), once for the days and once for the level: the linear
//! mixed model of Laird & Ware (Biometrics 38, 1982) with its random effects integrated out. Without them, a level that
//! was missed for five weeks looks like a long tail of a response, and hours that move together like so many witnesses.
//! The variances are found by moments within and between days (Searle, Casella & `McCulloch`, Variance Components, 1992,
//! ch. 5).

use super::random_effects::Estimate;

/// Relative standard error of the level under an event.
const LEVEL: f64 = 0.04;
/// The same of each of its days before any was seen, and how many days' worth of belief that and the weights are.
const DAY: f64 = 0.04;
const BELIEVED: f64 = 4.0;
/// No variance is taken for smaller or larger than the weights say by more.
const SCALES: (f64, f64) = (0.25, 20.0);

/// Variances beyond what each hour's weight says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Noise {
    /// s²: factor on the variance of each hour.
    pub(crate) scale: f64,
    /// ν²: variance of a day, relative to the square of what is expected.
    pub(crate) day: f64,
    /// λ²: variance of the level under the whole event, relative to it.
    pub(crate) level: f64,
}

/// Weighted sums over the hours of one day: people `x`, contacts above the baseline `y`, contacts expected `b`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct DaySums {
    xx: f64,
    xy: f64,
    yy: f64,
    xb: f64,
    yb: f64,
    bb: f64,
    hours: f64,
}

/// Sums of a regression of contacts on people, through the origin, all days together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sums {
    /// `x' V⁻¹ x`, in units of `1/s²`.
    pub(crate) xx: f64,
    /// `x' V⁻¹ y`, likewise.
    pub(crate) xy: f64,
    scale: f64,
}

impl DaySums {
    /// Adds an hour.
    pub(crate) fn add(&mut self, weight: f64, people: f64, contacts: f64, expected: f64) {
        self.xx += weight * people * people;
        self.xy += weight * people * contacts;
        self.yy += weight * contacts * contacts;
        self.xb += weight * people * expected;
        self.yb += weight * contacts * expected;
        self.bb += weight * expected * expected;
        self.hours += 1.0;
    }

    /// The same with a random effect of what is expected integrated out, `variance` in units of s².
    fn without(self, variance: f64) -> Self {
        let kept = variance / (1.0 + variance * self.bb);
        Self {
            xx: self.xx - kept * self.xb * self.xb,
            xy: self.xy - kept * self.xb * self.yb,
            yy: self.yy - kept * self.yb * self.yb,
            xb: self.xb * (1.0 - kept * self.bb),
            yb: self.yb * (1.0 - kept * self.bb),
            bb: self.bb * (1.0 - kept * self.bb),
            hours: self.hours,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            xx: self.xx + other.xx,
            xy: self.xy + other.xy,
            yy: self.yy + other.yy,
            xb: self.xb + other.xb,
            yb: self.yb + other.yb,
            bb: self.bb + other.bb,
            hours: self.hours + other.hours,
        }
    }

    /// `Σ w (y − ρ x)²` and `Σ w b (y − ρ x)`.
    fn left(&self, response: f64) -> (f64, f64) {
        let squares = self.yy - 2.0 * response * self.xy + response * response * self.xx;
        (squares.max(0.0), self.yb - response * self.xb)
    }
}

impl Sums {
    /// The sums of one event's days.
    pub(crate) fn of(days: &[DaySums], noise: Noise) -> Self {
        let sum = days.iter().map(|day| day.without(noise.day / noise.scale)).fold(DaySums::default(), DaySums::plus);
        let all = sum.without(noise.level / noise.scale);
        Self { xx: all.xx, xy: all.xy, scale: noise.scale }
    }

    /// The response with its error; none where nobody was reached.
    pub(crate) fn response(&self) -> Option<Estimate> {
        (self.xx > 0.0).then(|| Estimate { value: self.xy / self.xx, variance: self.scale / self.xx })
    }

    /// Half of what the regression explains, in units of variance: its log likelihood.
    pub(super) fn explained(&self) -> f64 {
        if self.xx > 0.0 { 0.5 * self.xy.max(0.0).powi(2) / (self.xx * self.scale) } else { 0.0 }
    }
}

impl Noise {
    /// Before any day was seen.
    pub(super) const BELIEVED: Self = Self { scale: 1.0, day: DAY * DAY, level: LEVEL * LEVEL };

    /// What the days of events leave after each event's own response.
    ///
    /// Within a day, `Σ w r² − q` with `q = p² / Σ w b²`, `p = Σ w b r`, has the mean `s² (hours − 1)`; between days, `q`
    /// has the mean `s² + (λ² + ν²) Σ w b²`, and the product of two days' `p` that of their `Σ w b²` and `λ²`.
    pub(super) fn left_by(events: &[Vec<DaySums>], responses: &[f64]) -> Self {
        let mut left = Left::default();
        for (days, response) in events.iter().zip(responses) {
            left.add(days, *response);
        }
        if left.days <= 0.0 {
            return Self::BELIEVED;
        }
        let scale = ((left.within + BELIEVED) / (left.freedom + BELIEVED)).clamp(SCALES.0, SCALES.1);
        let usual = BELIEVED * left.baselines / left.days;
        let believed = usual * (Self::BELIEVED.day + Self::BELIEVED.level);
        let shared = ((left.between - left.days * scale).max(0.0) + believed) / (left.baselines + usual);
        let share = Self::BELIEVED.level / (Self::BELIEVED.day + Self::BELIEVED.level);
        let usual = BELIEVED * left.products / events.len() as f64;
        let level = (left.cross + usual * share * shared) / (left.products + usual).max(f64::MIN_POSITIVE);
        let level = level.clamp(0.0, shared);
        Self { scale, day: shared - level, level }
    }
}

/// Moments of what responses leave.
#[derive(Default)]
struct Left {
    within: f64,
    freedom: f64,
    between: f64,
    baselines: f64,
    days: f64,
    cross: f64,
    products: f64,
}

impl Left {
    fn add(&mut self, days: &[DaySums], response: f64) {
        let (mut product, mut product_squares, mut baseline, mut baseline_squares) = (0.0, 0.0, 0.0, 0.0);
        for day in days.iter().filter(|day| day.bb > 0.0) {
            let (squares, of_day) = day.left(response);
            self.within += squares - of_day * of_day / day.bb;
            self.freedom += day.hours - 1.0;
            self.between += of_day * of_day / day.bb;
            self.days += 1.0;
            product += of_day;
            product_squares += of_day * of_day;
            baseline += day.bb;
            baseline_squares += day.bb * day.bb;
        }
        self.baselines += baseline;
        // Events count alike, however busy and however long.
        let alike = if baseline > 0.0 { baseline.powi(-2) } else { 0.0 };
        self.cross += (product * product - product_squares) * alike;
        self.products += (baseline * baseline - baseline_squares) * alike;
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::{DMatrix, DVector};
    use rand::{RngExt, SeedableRng};
    use rand_distr::StandardNormal;

    use super::*;

    /// Weight, people and contacts of hours, day by day; baselines are 100 and 50 in turn.
    type Hours = Vec<Vec<(f64, f64, f64)>>;

    const fn baseline(hour: usize) -> f64 {
        if hour.is_multiple_of(2) { 100.0 } else { 50.0 }
    }

    fn sums(days: &Hours) -> Vec<DaySums> {
        let of_day = |hours: &Vec<(f64, f64, f64)>| {
            let mut day = DaySums::default();
            for (hour, (weight, people, contacts)) in hours.iter().enumerate() {
                day.add(*weight, *people, *contacts, baseline(hour));
            }
            day
        };
        days.iter().map(of_day).collect()
    }

    #[test]
    fn the_sums_are_those_of_the_whole_covariance_matrix() {
        let days: Hours = vec![vec![(0.01, 30.0, 12.0), (0.02, 20.0, 9.0)], vec![(0.01, 4.0, -3.0), (0.015, 2.0, 1.0)]];
        let noise = Noise { scale: 1.3, day: 0.004, level: 0.002 };
        // V = s² / w on the diagonal, λ² b b' everywhere and ν² b b' within each day.
        let all: Vec<(usize, f64, f64, f64, f64)> = days
            .iter()
            .enumerate()
            .flat_map(|(day, hours)| {
                hours.iter().enumerate().map(move |(hour, of)| (day, of.0, of.1, of.2, baseline(hour)))
            })
            .collect();
        let covariance = DMatrix::from_fn(4, 4, |one, other| {
            let shared = noise.level + if all[one].0 == all[other].0 { noise.day } else { 0.0 };
            let own = if one == other { noise.scale / all[one].1 } else { 0.0 };
            own + shared * all[one].4 * all[other].4
        });
        let precision = covariance.try_inverse().expect("positive definite");
        let people = DVector::from_iterator(4, all.iter().map(|of| of.2));
        let contacts = DVector::from_iterator(4, all.iter().map(|of| of.3));
        let (xx, xy) =
            ((people.transpose() * &precision * &people)[0], (people.transpose() * &precision * contacts)[0]);
        let response = Sums::of(&sums(&days), noise).response().expect("people were reached");
        assert!((response.variance - 1.0 / xx).abs() < 1e-9 && (response.value - xy / xx).abs() < 1e-9, "{response:?}");
    }

    #[test]
    fn a_level_that_was_missed_is_not_taken_for_a_response() {
        // For 20 days 4 % more than the baseline came, and nothing of the 10 people an hour of the first day or the 2 of
        // later ones. Hours as independent witnesses see a response; with a level in doubt there is none to speak of.
        let of_day = |day: usize| -> Vec<(f64, f64, f64)> {
            let people = if day == 0 { 10.0 } else { 2.0 };
            (0..10).map(|hour| (0.01, people, 0.04 * baseline(hour))).collect()
        };
        let days = sums(&(0..20).map(of_day).collect());
        let alone = Sums::of(&days, Noise { scale: 1.0, day: 0.0, level: 0.0 });
        let together = Sums::of(&days, Noise::BELIEVED);
        assert!(alone.explained() > 1.0 && together.explained() < 0.3 * alone.explained(), "{alone:?} {together:?}");
    }

    #[test]
    fn the_variances_of_hours_days_and_levels_are_found() {
        // 400 events of 7 days of 10 hours: hours at 1.5 times what weights say, days of 10 % and levels of 8 %.
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        let mut draw = |deviation: f64| deviation * random.sample::<f64, _>(StandardNormal);
        let mut event = || -> Vec<DaySums> {
            let level = draw(0.08);
            let mut day = || {
                let moved = level + draw(0.1);
                (0..10).map(|hour| (0.01, 0.0, moved * baseline(hour) + draw(150f64.sqrt()))).collect()
            };
            sums(&(0..7).map(|_| day()).collect())
        };
        let events: Vec<Vec<DaySums>> = (0..400).map(|_| event()).collect();
        let noise = Noise::left_by(&events, &[0.0; 400]);
        assert!((noise.scale - 1.5).abs() < 0.05, "{noise:?}");
        assert!((noise.day - 0.01).abs() < 1e-3 && (noise.level - 0.0064).abs() < 1e-3, "{noise:?}");
    }

    #[test]
    fn without_a_day_the_belief_stands() {
        assert_eq!(Noise::left_by(&[], &[]), Noise::BELIEVED);
    }
}
