//! From layers of rows to one series on the plan's grid.
//!
//! Finer rows are summed, their handle times weighted by the contacts they are means of. Rows that are longer than the
//! plan's interval, or lie across its boundaries, are split by a shape; see [`super::coarse`].

use super::coarse::{Shape, split};
use super::layers::{Layer, Layered};
use super::report::Notes;
use super::series_under_cleaning::{CleaningContext, FlawFound, RowOrigin, Seen, SeriesUnderCleaning};
use tr::tr;

/// A day's part of this share of the busiest part's rows, or less, is one of which the file does not tell.
const RARELY_TOLD: f64 = 0.1;

/// Puts a series on the grid, the finest layer first; coarser layers fill what finer ones leave open.
pub(super) fn put_on_grid(layered: &mut Layered, context: &CleaningContext<'_>) -> SeriesUnderCleaning {
    let notes = std::mem::replace(&mut layered.notes, Notes::new());
    let source = RowOrigin::new(layered, context.files);
    let mut under_cleaning = SeriesUnderCleaning::unknown(layered.key, context.grid.len(), notes);
    for (index, layer) in layered.layers.iter().enumerate() {
        if index == 0 && fits(layer, context) {
            sum(layer, context, &mut under_cleaning);
            continue;
        }
        let mut laid = SeriesUnderCleaning::unknown(layered.key, context.grid.len(), Notes::new());
        if fits(layer, context) {
            sum(layer, context, &mut laid);
        } else {
            let shape = Shape::learned(&under_cleaning, context)
                .unwrap_or_else(|| Shape::of_neighbours(layer, context.day_shape));
            split(layer, &shape, context, &mut laid);
            let first =
                context.grid.range(super::instants::instant(layer.entries[0].start * 60), context.grid.end()).start;
            let finding = FlawFound {
                why: tr!("rows longer than the plan's interval, or across its boundaries, are split"),
                detail: shape.description(),
                column: "start",
                was: tr!("{} min", layer.step),
                became: &tr!("{} min", context.local_clock.step),
            };
            under_cleaning.note(context, &source, first.min(context.grid.len().saturating_sub(1)), finding);
        }
        lay_under(&mut under_cleaning, &laid, layer.step, context, &source);
    }
    under_cleaning
}

/// Whether rows sum up to intervals of the grid.
fn fits(layer: &Layer, context: &CleaningContext<'_>) -> bool {
    context.local_clock.step % layer.step == 0 && layer.entries.iter().all(|entry| entry.start % layer.step == 0)
}

/// Sums rows within each interval.
fn sum(layer: &Layer, context: &CleaningContext<'_>, under_cleaning: &mut SeriesUnderCleaning) {
    let step = context.local_clock.step;
    let first = context.grid.start().timestamp() / 60;
    let expected = Parts::told(layer, context);
    let mut rest = layer.entries.as_slice();
    while let Some(entry) = rest.first() {
        let index = (entry.start - first) / step;
        let end = first + (index + 1) * step;
        let count = rest.iter().take_while(|entry| entry.start < end).count();
        let (rows, later) = rest.split_at(count);
        rest = later;
        let Some(interval) = usize::try_from(index).ok().filter(|interval| *interval < under_cleaning.offered.len())
        else {
            continue;
        };
        let (mut offered, mut time, mut weight, mut present) = (0.0, 0.0, 0.0, 0_u64);
        for entry in rows {
            let file = &context.files[entry.file as usize];
            offered += file.offered[entry.row as usize];
            present |= 1 << ((entry.start - first) % step / layer.step);
            let handled = file.weight(entry.row);
            if let Some(aht) = file.aht(entry.row)
                && handled > 0.0
            {
                time += handled * aht;
                weight += handled;
            }
        }
        under_cleaning.offered[interval] = offered;
        under_cleaning.aht[interval] = if weight > 0.0 { time / weight } else { f64::NAN };
        under_cleaning.seen[interval] = if offered.is_nan() { Seen::SetAside } else { Seen::Count };
        let missing = expected.of(interval, context) & !present;
        if missing != 0 && !offered.is_nan() {
            under_cleaning.seen[interval] = Seen::Part;
            under_cleaning.lacking.insert(interval, f64::from(missing.count_ones()) * layer.step as f64 / step as f64);
        }
    }
}

/// Which parts of an interval a file tells of, by the local time of day: an export may end at 21:05 every day.
struct Parts {
    told: Vec<bool>,
    /// Minutes of a part.
    step: i64,
}

impl Parts {
    fn told(layer: &Layer, context: &CleaningContext<'_>) -> Self {
        let parts = usize::try_from(1440 / layer.step).unwrap_or(1);
        let mut part = Self { told: vec![true; parts], step: layer.step };
        if layer.step == context.local_clock.step {
            return part;
        }
        let first = context.grid.start().timestamp() / 60;
        let mut rows = vec![0_u64; parts];
        for entry in &layer.entries {
            let interval = usize::try_from((entry.start - first) / context.local_clock.step).unwrap_or(0);
            if interval < context.local_clock.len() {
                rows[part.of_day(interval, (entry.start - first) % context.local_clock.step / layer.step, context)] +=
                    1;
            }
        }
        let busiest = rows.iter().max().copied().unwrap_or(0) as f64;
        part.told = rows.iter().map(|rows| *rows as f64 > RARELY_TOLD * busiest).collect();
        part
    }

    fn of_day(&self, interval: usize, part: i64, context: &CleaningContext<'_>) -> usize {
        let minute = (context.local_clock.minute(interval) + part * self.step).rem_euclid(1440);
        usize::try_from(minute / self.step).unwrap_or(0)
    }

    /// The parts of an interval of which the file usually tells, as bits.
    fn of(&self, interval: usize, context: &CleaningContext<'_>) -> u64 {
        let parts = context.local_clock.step / self.step;
        if parts == 1 {
            return 1;
        }
        (0..parts)
            .filter(|part| self.told[self.of_day(interval, *part, context)])
            .fold(0, |bits, part| bits | 1 << part)
    }
}

/// Takes from a coarser layer what the finer ones do not tell.
fn lay_under(
    under_cleaning: &mut SeriesUnderCleaning,
    under: &SeriesUnderCleaning,
    step: i64,
    context: &CleaningContext<'_>,
    source: &RowOrigin<'_>,
) {
    let mut told_twice: Option<(usize, usize)> = None;
    for interval in 0..under_cleaning.offered.len() {
        match (under_cleaning.seen[interval], under.seen[interval]) {
            (_, Seen::Nothing) => {}
            (Seen::Nothing, seen) => {
                under_cleaning.offered[interval] = under.offered[interval];
                under_cleaning.aht[interval] = under.aht[interval];
                under_cleaning.seen[interval] = seen;
                if let Some(share) = under.lacking.get(&interval) {
                    under_cleaning.lacking.insert(interval, *share);
                }
            }
            _ => told_twice = Some(told_twice.map_or((interval, 1), |(first, count)| (first, count + 1))),
        }
    }
    if let Some((first, count)) = told_twice {
        let finding = FlawFound {
            why: tr!("told at two intervals: the finer rows stand"),
            detail: tr!("from here on {} are also told by rows of {step} min", context.times(count), step),
            column: "offered",
            was: String::new(),
            became: "",
        };
        under_cleaning.note(context, source, first, finding);
    }
}
