//! Which queue behaves most like another: by channel and skills, by opening hours, and by what little history there is.

use std::mem::discriminant;

use chrono::Weekday;

use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::forecast::input::ForecastInput;

/// Points for the same channel, all skills in common, the same opening hours, and a perfect correlation of histories.
const CHANNEL: f64 = 2.0;
const SKILLS: f64 = 1.0;
const HOURS: f64 = 1.0;
const HISTORY: f64 = 2.0;
/// Fewest intervals from which a correlation says anything.
const LEAST_COMMON: usize = 24;
/// Minutes in which opening hours are compared.
const STEP: u32 = 15;

/// The most similar of the candidates given the first `known` intervals, the first of equals.
pub(super) fn most_similar(
    input: &ForecastInput<'_>,
    queue: QueueIx,
    candidates: impl Iterator<Item = QueueIx>,
    known: usize,
) -> Option<QueueIx> {
    let own = counts(input, queue, known);
    let mut best: Option<(f64, QueueIx)> = None;
    for other in candidates {
        let alike = likeness(&input.queues[queue.0], &input.queues[other.0]);
        let together = correlation(&own, &counts(input, other, known)).unwrap_or(0.0);
        let points = alike + HISTORY * together.max(0.0);
        if best.is_none_or(|(most, _)| points > most) {
            best = Some((points, other));
        }
    }
    best.map(|(_, other)| other)
}

/// What can be told without history.
fn likeness(one: &Queue, other: &Queue) -> f64 {
    let channel = if discriminant(&one.channel) == discriminant(&other.channel) { CHANNEL } else { 0.0 };
    let common = one.skills.iter().filter(|skill| other.skills.contains(skill)).count() as f64;
    let all = (one.skills.len() + other.skills.len()) as f64 - common;
    let skills = if all > 0.0 { common / all } else { 1.0 };
    channel + SKILLS * skills + HOURS * overlap(&open(one), &open(other))
}

/// Whether any region is open, by quarter of an hour of the week on its own clock.
fn open(queue: &Queue) -> Vec<bool> {
    let mut open = Vec::with_capacity(7 * 96);
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    for day in days {
        let spans = || queue.regions.iter().flat_map(|region| region.hours.on(day));
        open.extend((0..1440 / STEP).map(|step| spans().any(|span| span.holds(step * STEP))));
    }
    open
}

fn overlap(one: &[bool], other: &[bool]) -> f64 {
    let count =
        |both: fn(bool, bool) -> bool| one.iter().zip(other).filter(|(one, other)| both(**one, **other)).count();
    let (both, either) = (count(|one, other| one && other), count(|one, other| one || other));
    if either > 0 { both as f64 / either as f64 } else { 0.0 }
}

/// Contacts of a whole queue by interval, NaN where no region tells.
fn counts(input: &ForecastInput<'_>, queue: QueueIx, known: usize) -> Vec<f64> {
    let mut total = vec![f64::NAN; known];
    for series in input.history.series.iter().filter(|series| series.queue == queue) {
        for (total, count) in total.iter_mut().zip(series.offered.iter()) {
            if let Some(count) = count {
                *total = if total.is_nan() { count } else { *total + count };
            }
        }
    }
    total
}

fn correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let common: Vec<(f64, f64)> =
        one.iter().copied().zip(other.iter().copied()).filter(|(one, other)| !(one + other).is_nan()).collect();
    if common.len() < LEAST_COMMON {
        return None;
    }
    let count = common.len() as f64;
    let (x, y) = common.iter().fold((0.0, 0.0), |sum, (one, other)| (sum.0 + one / count, sum.1 + other / count));
    let (xx, xy, yy) = common.iter().fold((0.0, 0.0, 0.0), |sum, (one, other)| {
        (sum.0 + (one - x).powi(2), sum.1 + (one - x) * (other - y), sum.2 + (other - y).powi(2))
    });
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_the_hours_in_common_is_half_alike() {
        // Open in hours 0 and 1 against 1 alone: one of two.
        assert!((overlap(&[true, true, false], &[false, true, false]) - 0.5).abs() < 1e-12);
        assert!(overlap(&[false], &[false]).abs() < 1e-12);
    }

    #[test]
    fn histories_that_rise_together_are_alike_whatever_their_size() {
        let one: Vec<f64> = (0..48).map(|at| f64::from(at % 7)).collect();
        let other: Vec<f64> = one.iter().map(|value| 5.0 * value + 3.0).collect();
        assert!((correlation(&one, &other).expect("enough") - 1.0).abs() < 1e-12);
        assert_eq!(correlation(&one[..10], &other), None);
    }
}
