//! Rows longer than the plan's interval, or across its boundaries, split by a shape.
//!
//! A row's contacts are divided in proportion to a weight per part, so that the parts add up to the row. The weight is
//! the mean of the same time of the local week where finer rows of the same queue tell it. Where none do, rows of up to
//! two hours follow a straight line through their neighbours that keeps the row's sum and never falls below zero (a
//! mean-preserving linear interpolation). Longer rows take the shape that is declared or that another queue lends; see
//! [`super::day_shapes`]. Without one they are spread evenly over opening hours.

use super::given_shape::GivenShape;
use super::layers::Layer;
use super::series_under_cleaning::{CleaningContext, Seen, SeriesUnderCleaning};
use tr::tr;

/// Longer rows than this say too little about the slope within them.
const SLOPED: i64 = 120;

/// How contacts spread within a row.
pub(super) enum Shape<'a> {
    /// Mean contacts per slot of the local week, from finer rows.
    Learned(Vec<f64>),
    /// Contacts per slot of the local week, from elsewhere.
    Given(&'a GivenShape),
    /// The slope between neighbouring rows.
    Sloped,
    /// The same in every open interval.
    Even,
}

impl<'a> Shape<'a> {
    /// What finer rows tell of the queue's week, if they tell of every open slot.
    pub(super) fn learned(finer: &SeriesUnderCleaning, context: &CleaningContext<'_>) -> Option<Self> {
        let mut sums = vec![(0.0, 0.0); context.local_clock.slots()];
        for interval in (0..finer.offered.len()).filter(|interval| finer.seen[*interval] == Seen::Count) {
            let (sum, count) = &mut sums[context.local_clock.slot(interval)];
            *sum += finer.offered[interval];
            *count += 1.0;
        }
        let mut open = (0..context.local_clock.len()).filter(|interval| context.open[*interval]);
        let complete = open.all(|interval| sums[context.local_clock.slot(interval)].1 > 0.0);
        complete.then(|| Self::Learned(sums.into_iter().map(|(sum, count): (f64, f64)| sum / count.max(1.0)).collect()))
    }

    /// What the rows themselves tell; of longer ones what is given.
    pub(super) fn of_neighbours(layer: &Layer, given: Option<&'a GivenShape>) -> Self {
        match given {
            _ if !is_long(layer) => Self::Sloped,
            Some(given) => Self::Given(given),
            None => Self::Even,
        }
    }

    /// For people to read.
    pub(super) fn description(&self) -> String {
        match self {
            Self::Given(given) => given.description.clone(),
            Self::Learned(_) => tr!("by the weekly shape of the queue's finer rows"),
            Self::Sloped => tr!("along the slope between neighbouring rows"),
            Self::Even => tr!("evenly over opening hours"),
        }
    }
}

/// Whether rows are so long that their neighbours say too little about what is within them.
pub(super) const fn is_long(layer: &Layer) -> bool {
    layer.step > SLOPED
}

/// Splits every row of a layer over the intervals it touches.
pub(super) fn split(
    layer: &Layer,
    shape: &Shape<'_>,
    context: &CleaningContext<'_>,
    under_cleaning: &mut SeriesUnderCleaning,
) {
    let step = context.local_clock.step;
    let first = context.grid.start().timestamp() / 60;
    let mut covered = vec![0_i64; under_cleaning.offered.len()];
    let mut time = vec![(0.0, 0.0); under_cleaning.offered.len()];
    for (index, entry) in layer.entries.iter().enumerate() {
        let file = &context.files[entry.file as usize];
        let offered = file.offered[entry.row as usize];
        let handled = file.aht(entry.row).map(|aht| (aht, file.weight(entry.row)));
        let row = Row { start: entry.start, end: layer.end(index), slope: slope(layer, index, context) };
        let touched =
            interval_of(row.start - first, step)..interval_of(row.end - first + step - 1, step).min(covered.len());
        let parts = |shape: &Shape<'_>| -> Vec<(i64, f64)> {
            touched.clone().map(|interval| row.part(interval, shape, context)).collect()
        };
        let weight = |parts: &[(i64, f64)]| parts.iter().map(|(_, weight)| weight).sum::<f64>();
        let mut split = parts(shape);
        if weight(&split) <= 0.0 {
            // A shape says nothing of a day on which who lends it is closed.
            split = parts(&Shape::Even);
        }
        let (open, parts) = (weight(&split), split);
        let length: i64 = parts.iter().map(|(minutes, _)| minutes).sum();
        for (interval, (minutes, weight)) in touched.zip(parts) {
            let share = if open > 0.0 { weight / open } else { minutes as f64 / length as f64 };
            let sum = if covered[interval] == 0 { 0.0 } else { under_cleaning.offered[interval] };
            under_cleaning.offered[interval] = sum + offered * share;
            covered[interval] += minutes;
            if let Some((aht, handled)) = handled
                && handled * share > 0.0
            {
                time[interval].0 += aht * handled * share;
                time[interval].1 += handled * share;
            }
        }
    }
    for interval in (0..covered.len()).filter(|interval| covered[*interval] > 0) {
        let (time, weight): (f64, f64) = time[interval];
        under_cleaning.aht[interval] = if weight > 0.0 { time / weight } else { f64::NAN };
        under_cleaning.seen[interval] = match covered[interval] {
            _ if under_cleaning.offered[interval].is_nan() => Seen::SetAside,
            minutes if minutes < step => {
                under_cleaning.lacking.insert(interval, (step - minutes) as f64 / step as f64);
                Seen::Part
            }
            _ => Seen::Count,
        };
    }
}

fn interval_of(minutes: i64, step: i64) -> usize {
    usize::try_from(minutes.div_euclid(step)).unwrap_or(0)
}

/// A row in minutes since 1970 with its slope: the change of its rate over its length, relative to its mean.
struct Row {
    start: i64,
    end: i64,
    slope: f64,
}

impl Row {
    /// The minutes an interval shares with the row, and their weight.
    fn part(&self, interval: usize, shape: &Shape<'_>, context: &CleaningContext<'_>) -> (i64, f64) {
        let step = context.local_clock.step;
        let start = context.grid.start_of(interval).timestamp() / 60;
        let (from, until) = (start.max(self.start), (start + step).min(self.end));
        let minutes = (until - from).max(0);
        let rate = match shape {
            _ if !context.open[interval] => 0.0,
            Shape::Learned(week) | Shape::Given(GivenShape { week, .. }) => week[context.local_clock.slot(interval)],
            Shape::Sloped => {
                let centre = (from + until) as f64 / 2.0 - self.start as f64;
                1.0 + self.slope * (centre / (self.end - self.start) as f64 - 0.5)
            }
            Shape::Even => 1.0,
        };
        (minutes, rate * minutes as f64)
    }
}

/// The slope between the rows before and after, at most one that falls to zero at an end of the row.
fn slope(layer: &Layer, index: usize, context: &CleaningContext<'_>) -> f64 {
    let contacts = |index: usize| {
        let entry = layer.entries[index];
        context.files[entry.file as usize].offered[entry.row as usize]
    };
    let own = contacts(index);
    let adjacent =
        |earlier: usize, later: usize| later < layer.entries.len() && layer.end(earlier) == layer.entries[later].start;
    let before = (index > 0 && adjacent(index - 1, index)).then(|| contacts(index - 1));
    let after = adjacent(index, index + 1).then(|| contacts(index + 1));
    match (before, after) {
        (Some(before), Some(after)) if own > 0.0 && before >= 0.0 && after >= 0.0 => {
            ((after - before) / 2.0 / own).clamp(-2.0, 2.0)
        }
        _ => 0.0,
    }
}
