//! How a day's contacts spread over its slots: one share vector per weekday.
//!
//! Shares are means discounted at each weekday's own pace ([`super::shape_memory`]), smoothed within each stretch of open
//! slots by local linear regression (Fan & Gijbels 1996) with a bandwidth that predicts every other day best, then shrunk
//! to the shape common to all weekdays, `s = (n s_d + k s_all) / (n + k)`. The weight `n / (n + k)` is the positive-part
//! James–Stein estimate: a weekday keeps its own shape as far as its distance from the common one exceeds what noise
//! explains.

use chrono::{Datelike, NaiveDate};

use crate::forecast::calendar::local_days::LocalDays;
use crate::forecast::calendar::region_calendar::Calendar;

use super::shape_memory::{DayWeight, half_life, left};

/// Half-widths of the smoothing kernel that are tried, in slots.
const BANDWIDTHS: [usize; 7] = [0, 1, 2, 3, 4, 6, 8];

/// Shares by weekday and slot; each weekday's open slots sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shape {
    shares: [Vec<f64>; 7],
}

impl Shape {
    /// Shares from cleaned days, one weight per day.
    pub(crate) fn fit(days: &LocalDays, calendar: &Calendar<'_>, weights: &[DayWeight]) -> Self {
        let dates: Vec<NaiveDate> = (0..days.len()).map(|day| days.date(day)).collect();
        let open = open_masks(&dates, calendar, days.slots());
        let members: Vec<Vec<(usize, DayWeight)>> = (0..7).map(|of| members(days, &dates, weights, of)).collect();
        let of_weekday = |weekday: usize, half: Half| {
            Mean::over(days, members[weekday].iter().copied().filter(|(day, _)| half.takes(day / 7)))
        };
        let common_of = |half: Half| {
            // A weekday open for longer spreads its total thinner: bring all to the rate of the mean open slot.
            let widths: Vec<f64> =
                open.iter().map(|mask| mask.iter().filter(|open| **open).count().max(1) as f64).collect();
            let members = dates.iter().enumerate().filter(|(day, _)| half.takes(*day));
            let scaled = members.map(|(day, date)| {
                let given = weights[day];
                (day, DayWeight { weight: given.weight, level: given.level / widths[index(*date)] })
            });
            Mean::over(days, scaled)
        };
        let spans = runs(&union(&open));
        let common = common_of(Half::Both);
        let width = best_bandwidth(&[(common_of(Half::Even), common_of(Half::Odd))], &spans);
        let common_curve = smooth(&common.curve, &spans, width);

        let halves: Vec<_> = (0..7).map(|day| (of_weekday(day, Half::Even), of_weekday(day, Half::Odd))).collect();
        let own_width = best_bandwidth(&halves, &spans);
        let shares = std::array::from_fn(|weekday| {
            let mask = &open[weekday];
            let base = normalised(&common_curve, mask);
            let own = of_weekday(weekday, Half::Both);
            if own.weight <= 0.0 {
                return base;
            }
            let curve = normalised(&smooth(&own.curve, &spans, own_width), mask);
            let scale = normaliser(&own.curve, mask);
            let noise: f64 =
                own.noise.iter().zip(mask).filter(|(_, open)| **open).map(|(noise, _)| noise * scale * scale).sum();
            let distance: f64 = curve.iter().zip(&base).map(|(own, base)| (own - base).powi(2)).sum();
            let kept = if distance > 0.0 { (1.0 - noise * roughness(own_width) / distance).max(0.0) } else { 0.0 };
            normalised(&mix(&curve, &base, kept), mask)
        });
        Self { shares }
    }

    /// A date's shares by slot; zero where it is usually closed.
    pub(crate) fn of(&self, date: NaiveDate) -> &[f64] {
        &self.shares[index(date)]
    }
}

fn index(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}

/// A weekday's days, the weight of each discounted by how long the weekday's shape is remembered.
fn members(days: &LocalDays, dates: &[NaiveDate], weights: &[DayWeight], weekday: usize) -> Vec<(usize, DayWeight)> {
    let of_weekday = dates.iter().enumerate().filter(|(_, date)| index(**date) == weekday);
    let mut members: Vec<(usize, DayWeight)> = of_weekday.map(|(day, _)| (day, weights[day])).collect();
    let half_life = half_life(days, &members);
    let last = days.len().saturating_sub(1);
    for (day, of) in &mut members {
        of.weight *= left(last - *day, half_life);
    }
    members
}

fn open_masks(dates: &[NaiveDate], calendar: &Calendar<'_>, slots: usize) -> [Vec<bool>; 7] {
    let anchor = dates.first().copied().unwrap_or_default();
    let week: Vec<NaiveDate> = anchor.iter_days().take(7).collect();
    std::array::from_fn(|weekday| {
        week.iter()
            .find(|date| index(**date) == weekday)
            .map_or_else(|| vec![false; slots], |date| calendar.usual(*date).to_vec())
    })
}

fn union(masks: &[Vec<bool>; 7]) -> Vec<bool> {
    (0..masks[0].len()).map(|slot| masks.iter().any(|mask| mask[slot])).collect()
}

/// Every other week (or day), to judge a curve by data it has not seen.
#[derive(Clone, Copy)]
enum Half {
    Even,
    Odd,
    Both,
}

impl Half {
    const fn takes(self, number: usize) -> bool {
        match self {
            Self::Even => number.is_multiple_of(2),
            Self::Odd => !number.is_multiple_of(2),
            Self::Both => true,
        }
    }
}

/// A weighted mean by slot, with the variance of that mean.
struct Mean {
    curve: Vec<f64>,
    noise: Vec<f64>,
    weight: f64,
}

impl Mean {
    fn over(days: &LocalDays, members: impl Iterator<Item = (usize, DayWeight)>) -> Self {
        let slots = days.slots();
        let (mut counts, mut levels, mut squares, mut weights) =
            (vec![0.0; slots], vec![0.0; slots], vec![0.0; slots], vec![0.0; slots]);
        let mut weight = 0.0;
        for (day, given) in members.filter(|(_, given)| given.weight > 0.0 && given.level > 0.0) {
            weight += given.weight;
            for (slot, value) in days.day(day).iter().enumerate() {
                if !value.is_nan() {
                    counts[slot] += given.weight * value;
                    levels[slot] += given.weight * given.level;
                    squares[slot] += given.weight * value * value / given.level;
                    weights[slot] += given.weight * given.weight * given.level * given.level;
                }
            }
        }
        let mean: Vec<f64> =
            counts.iter().zip(&levels).map(|(count, level)| if *level > 0.0 { count / level } else { 0.0 }).collect();
        let noise = (0..slots).map(|slot| {
            if levels[slot] <= 0.0 {
                return 0.0;
            }
            // Weighted scatter of day shares around their mean, times Σw² / (Σw)².
            let scatter = (squares[slot] / levels[slot] - mean[slot] * mean[slot]).max(0.0);
            scatter * weights[slot] / (levels[slot] * levels[slot])
        });
        Self { noise: noise.collect(), curve: mean, weight }
    }
}

/// Stretches of consecutive open slots.
fn runs(open: &[bool]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for slot in 0..=open.len() {
        match (open.get(slot).copied().unwrap_or(false), start) {
            (true, None) => start = Some(slot),
            (false, Some(from)) => {
                runs.push(from..slot);
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// Local linear regression with a triangular kernel, apart in each stretch.
fn smooth(values: &[f64], spans: &[std::ops::Range<usize>], width: usize) -> Vec<f64> {
    let mut smoothed = values.to_vec();
    if width == 0 {
        return smoothed;
    }
    for span in spans {
        for at in span.clone() {
            let window = at.saturating_sub(width).max(span.start)..(at + width + 1).min(span.end);
            let (mut s0, mut s1, mut s2, mut t0, mut t1) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for near in window {
                let distance = near as f64 - at as f64;
                let weight = 1.0 - distance.abs() / (width + 1) as f64;
                s0 += weight;
                s1 += weight * distance;
                s2 += weight * distance * distance;
                t0 += weight * values[near];
                t1 += weight * distance * values[near];
            }
            let determinant = s0 * s2 - s1 * s1;
            let fitted = if determinant > 1e-12 { (s2 * t0 - s1 * t1) / determinant } else { t0 / s0 };
            smoothed[at] = fitted.max(0.0);
        }
    }
    smoothed
}

/// What smoothing leaves of the variance: the sum of squared kernel weights.
fn roughness(width: usize) -> f64 {
    let weights = || (0..=2 * width).map(|at| 1.0 - at.abs_diff(width) as f64 / (width + 1) as f64);
    weights().map(|weight| weight * weight).sum::<f64>() / weights().sum::<f64>().powi(2)
}

fn best_bandwidth(halves: &[(Mean, Mean)], spans: &[std::ops::Range<usize>]) -> usize {
    let error = |curve: &Mean, judge: &Mean, width: usize| -> f64 {
        let smoothed = smooth(&curve.curve, spans, width);
        smoothed.iter().zip(&judge.curve).map(|(curve, judge)| (curve - judge).powi(2)).sum()
    };
    let both = |width: usize| -> f64 {
        let usable = halves.iter().filter(|(even, odd)| even.weight > 0.0 && odd.weight > 0.0);
        usable.map(|(even, odd)| error(even, odd, width) + error(odd, even, width)).sum()
    };
    let mut best = (f64::INFINITY, 0);
    for width in BANDWIDTHS {
        let error = both(width);
        if error < best.0 {
            best = (error, width);
        }
    }
    best.1
}

/// The factor that makes the open slots sum to 1; zero where nothing was counted.
fn normaliser(values: &[f64], mask: &[bool]) -> f64 {
    let total: f64 = values.iter().zip(mask).filter(|(_, open)| **open).map(|(value, _)| value).sum();
    if total > 0.0 { 1.0 / total } else { 0.0 }
}

/// Open slots summing to 1: evenly where nothing was ever counted, all zero where nothing is open.
fn normalised(values: &[f64], mask: &[bool]) -> Vec<f64> {
    let factor = normaliser(values, mask);
    let even = 1.0 / mask.iter().filter(|open| **open).count().max(1) as f64;
    let share = |value: f64| if factor > 0.0 { value * factor } else { even };
    values.iter().zip(mask).map(|(value, open)| if *open { share(*value) } else { 0.0 }).collect()
}

fn mix(own: &[f64], common: &[f64], kept: f64) -> Vec<f64> {
    own.iter().zip(common).map(|(own, common)| kept * own + (1.0 - kept) * common).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::history::Counts;
    use crate::domain::time::IntervalGrid;
    use crate::domain::units::Minutes;
    use crate::forecast::calendar::local_days::Placement;
    use crate::forecast::test_regions;

    #[test]
    fn a_weekday_keeps_its_own_shape_where_data_say_so() {
        // Hourly, open 8 to 12, four weeks from Monday 5 January 2026: 10 20 30 40, but on Mondays 40 30 20 10.
        let region = test_regions::region("pl", chrono_tz::UTC, 5, 8, 12);
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(28), Minutes::new(60));
        let placement = Placement::new(&grid, chrono_tz::UTC);
        let counts: Counts = (0..grid.len())
            .map(|hour| {
                let (day, slot) = (hour / 24, hour % 24);
                (day % 7 < 5 && (8..12).contains(&slot))
                    .then(|| 10.0 * if day % 7 == 0 { 12 - slot } else { slot - 7 } as f64)
            })
            .collect();
        let days = LocalDays::new(&placement, &counts, grid.len());
        let calendar = Calendar::new(&region, &[], &grid);
        let shape = Shape::fit(&days, &calendar, &vec![DayWeight { weight: 1.0, level: 100.0 }; 28]);
        let monday = shape.of("2026-02-02".parse().expect("a date"));
        let tuesday = shape.of("2026-02-03".parse().expect("a date"));
        assert!((monday[8] - 0.4).abs() < 0.02 && (monday[11] - 0.1).abs() < 0.02, "{:?}", &monday[8..12]);
        assert!((tuesday[8] - 0.1).abs() < 0.02 && (tuesday[11] - 0.4).abs() < 0.02, "{:?}", &tuesday[8..12]);
        assert!((monday.iter().sum::<f64>() - 1.0).abs() < 1e-12 && monday[7] == 0.0);
    }

    #[test]
    fn smoothing_keeps_a_straight_line_and_respects_gaps() {
        let values = [1.0, 2.0, 3.0, 4.0, 0.0, 9.0, 9.0];
        let smoothed = smooth(&values, &[0..4, 5..7], 2);
        assert!(values.iter().zip(&smoothed).all(|(value, smooth)| (value - smooth).abs() < 1e-12), "{smoothed:?}");
    }
}
