//! From layers of rows to one track on the plan's grid.
//!
//! Finer rows are summed, their handle times weighted by the contacts they are means of. Rows that are longer than the
//! plan's interval, or lie across its boundaries, are split by a shape; see [`super::coarse`].

use super::coarse::{Shape, split};
use super::layers::{Layer, Layered};
use super::report::Notes;
use super::track::{Finding, Ground, Seen, Source, Track};

/// A day's part of this share of the busiest part's rows, or less, is one of which the file does not tell.
const RARELY_TOLD: f64 = 0.1;

/// Puts a lane on the grid, the finest layer first; coarser layers fill what finer ones leave open.
pub(super) fn put_on_grid(layered: &mut Layered, ground: &Ground<'_>) -> Track {
    let notes = std::mem::replace(&mut layered.notes, Notes::new());
    let source = Source::new(layered, ground.files);
    let mut track = Track::unknown(layered.lane, ground.grid.len(), notes);
    for (index, layer) in layered.layers.iter().enumerate() {
        if index == 0 && fits(layer, ground) {
            sum(layer, ground, &mut track);
            continue;
        }
        let mut laid = Track::unknown(layered.lane, ground.grid.len(), Notes::new());
        if fits(layer, ground) {
            sum(layer, ground, &mut laid);
        } else {
            let shape = Shape::learned(&track, ground).unwrap_or_else(|| Shape::of_neighbours(layer));
            split(layer, &shape, ground, &mut laid);
            let first =
                ground.grid.range(super::instants::instant(layer.entries[0].start * 60), ground.grid.end()).start;
            let finding = Finding {
                why: "rows longer than the plan's interval, or across its boundaries, are split",
                detail: shape.description().to_owned(),
                column: "start",
                was: format!("{} min", layer.step),
                became: &format!("{} min", ground.walls.step),
            };
            track.note(ground, &source, first.min(ground.grid.len().saturating_sub(1)), finding);
        }
        lay_under(&mut track, &laid, layer.step, ground, &source);
    }
    track
}

/// Whether rows sum up to intervals of the grid.
fn fits(layer: &Layer, ground: &Ground<'_>) -> bool {
    ground.walls.step % layer.step == 0 && layer.entries.iter().all(|entry| entry.start % layer.step == 0)
}

/// Sums rows within each interval.
fn sum(layer: &Layer, ground: &Ground<'_>, track: &mut Track) {
    let step = ground.walls.step;
    let first = ground.grid.start().timestamp() / 60;
    let expected = Parts::told(layer, ground);
    let mut rest = layer.entries.as_slice();
    while let Some(entry) = rest.first() {
        let index = (entry.start - first) / step;
        let end = first + (index + 1) * step;
        let count = rest.iter().take_while(|entry| entry.start < end).count();
        let (rows, later) = rest.split_at(count);
        rest = later;
        let Some(interval) = usize::try_from(index).ok().filter(|interval| *interval < track.offered.len()) else {
            continue;
        };
        let (mut offered, mut time, mut weight, mut present) = (0.0, 0.0, 0.0, 0_u64);
        for entry in rows {
            let file = &ground.files[entry.file as usize];
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
        track.offered[interval] = offered;
        track.aht[interval] = if weight > 0.0 { time / weight } else { f64::NAN };
        track.seen[interval] = if offered.is_nan() { Seen::SetAside } else { Seen::Count };
        let missing = expected.of(interval, ground) & !present;
        if missing != 0 && !offered.is_nan() {
            track.seen[interval] = Seen::Part;
            track.lacking.insert(interval, f64::from(missing.count_ones()) * layer.step as f64 / step as f64);
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
    fn told(layer: &Layer, ground: &Ground<'_>) -> Self {
        let parts = usize::try_from(1440 / layer.step).unwrap_or(1);
        let mut part = Self { told: vec![true; parts], step: layer.step };
        if layer.step == ground.walls.step {
            return part;
        }
        let first = ground.grid.start().timestamp() / 60;
        let mut rows = vec![0_u64; parts];
        for entry in &layer.entries {
            let interval = usize::try_from((entry.start - first) / ground.walls.step).unwrap_or(0);
            if interval < ground.walls.len() {
                rows[part.of_day(interval, (entry.start - first) % ground.walls.step / layer.step, ground)] += 1;
            }
        }
        let busiest = rows.iter().max().copied().unwrap_or(0) as f64;
        part.told = rows.iter().map(|rows| *rows as f64 > RARELY_TOLD * busiest).collect();
        part
    }

    fn of_day(&self, interval: usize, part: i64, ground: &Ground<'_>) -> usize {
        let minute = (ground.walls.minute(interval) + part * self.step).rem_euclid(1440);
        usize::try_from(minute / self.step).unwrap_or(0)
    }

    /// The parts of an interval of which the file usually tells, as bits.
    fn of(&self, interval: usize, ground: &Ground<'_>) -> u64 {
        let parts = ground.walls.step / self.step;
        if parts == 1 {
            return 1;
        }
        (0..parts).filter(|part| self.told[self.of_day(interval, *part, ground)]).fold(0, |bits, part| bits | 1 << part)
    }
}

/// Takes from a coarser layer what the finer ones do not tell.
fn lay_under(track: &mut Track, under: &Track, step: i64, ground: &Ground<'_>, source: &Source<'_>) {
    let mut told_twice: Option<(usize, usize)> = None;
    for interval in 0..track.offered.len() {
        match (track.seen[interval], under.seen[interval]) {
            (_, Seen::Nothing) => {}
            (Seen::Nothing, seen) => {
                track.offered[interval] = under.offered[interval];
                track.aht[interval] = under.aht[interval];
                track.seen[interval] = seen;
                if let Some(share) = under.lacking.get(&interval) {
                    track.lacking.insert(interval, *share);
                }
            }
            _ => told_twice = Some(told_twice.map_or((interval, 1), |(first, count)| (first, count + 1))),
        }
    }
    if let Some((first, count)) = told_twice {
        let finding = Finding {
            why: "told at two intervals: the finer rows stand",
            detail: format!("from here on {} are also told by rows of {step} min", ground.times(count)),
            column: "offered",
            was: String::new(),
            became: "",
        };
        track.note(ground, source, first, finding);
    }
}
