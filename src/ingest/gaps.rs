//! Intervals without a row within opening hours: zero where a file leaves out zeros, unknown otherwise.
//!
//! A file that has not one row of zero contacts may leave them out. There a stretch without rows counts as zero if
//! silence of that length is believable: with `m` contacts usual in the stretch (missing rows counted as zero), a
//! Poisson count is zero with probability `exp(−m)`, which must be at least 1 in 10,000. Longer silences are gaps.

use super::layers::Layered;
use super::series_under_cleaning::{CleaningContext, FlawFound, RowOrigin, Seen, SeriesUnderCleaning};
use crate::language::fixed;
use tr::tr;

/// −ln(1/10,000): contacts usual in a stretch whose silence is still believed.
const BELIEVED: f64 = 9.21;

/// A slot of the week that is never told is a habit of the file, not silence, where this many contacts surround it.
const SURROUNDED: f64 = 0.5;

/// Settles every open interval without a row, or with rows for only a part of it.
pub(super) fn settle(
    under_cleaning: &mut SeriesUnderCleaning,
    layered: &Layered,
    context: &CleaningContext<'_>,
    source: &RowOrigin<'_>,
) {
    let Some(extent) = under_cleaning.extent() else { return };
    let leaves_out_zeros = !writes_zeros(layered, context);
    let week = Week::of(under_cleaning, extent.clone(), context);
    let mut settling = Settling { week, leaves_out_zeros, zeros: (0, 0), never: (0, 0) };
    settling.parts(under_cleaning, context, source);
    let mut run: Vec<usize> = Vec::new();
    for interval in extent.filter(|interval| context.open[*interval]) {
        if under_cleaning.seen[interval] == Seen::Nothing {
            run.push(interval);
        } else if !run.is_empty() {
            settling.run(under_cleaning, &run, context, source);
            run.clear();
        }
    }
    settling.note_habits(under_cleaning, context, source);
}

/// Whether any row says that nobody called.
fn writes_zeros(layered: &Layered, context: &CleaningContext<'_>) -> bool {
    let entries = layered.layers.iter().flat_map(|layer| &layer.entries);
    entries.map(|entry| context.files[entry.file as usize].offered[entry.row as usize]).any(|offered| offered == 0.0)
}

/// Mean contacts per slot of the local week, missing rows counted as zero.
struct Week {
    mean: Vec<f64>,
    /// Whether a slot was ever told.
    told: Vec<bool>,
}

impl Week {
    fn of(
        under_cleaning: &SeriesUnderCleaning,
        extent: std::ops::RangeInclusive<usize>,
        context: &CleaningContext<'_>,
    ) -> Self {
        let mut sums = vec![(0.0, 0.0); context.local_clock.slots()];
        let mut told = vec![false; sums.len()];
        for interval in
            extent.filter(|interval| context.open[*interval] && under_cleaning.seen[*interval] != Seen::SetAside)
        {
            let slot = context.local_clock.slot(interval);
            let offered = under_cleaning.offered[interval];
            sums[slot].0 += if offered.is_nan() { 0.0 } else { offered };
            sums[slot].1 += 1.0;
            told[slot] |= under_cleaning.seen[interval] != Seen::Nothing;
        }
        Self { mean: sums.into_iter().map(|(sum, count): (f64, f64)| sum / count.max(1.0)).collect(), told }
    }

    /// The mean of a slot and its two neighbours.
    fn around(&self, slot: usize) -> f64 {
        let slots = self.mean.len();
        (self.mean[(slot + slots - 1) % slots] + self.mean[slot] + self.mean[(slot + 1) % slots]) / 3.0
    }
}

struct Settling {
    week: Week,
    leaves_out_zeros: bool,
    /// How many intervals were taken as zero, and the first.
    zeros: (usize, usize),
    /// How many open intervals lie in slots that the file never tells of, and the first.
    never: (usize, usize),
}

impl Settling {
    /// Intervals of which some parts have no row.
    fn parts(
        &mut self,
        under_cleaning: &mut SeriesUnderCleaning,
        context: &CleaningContext<'_>,
        source: &RowOrigin<'_>,
    ) {
        for (interval, lacking) in std::mem::take(&mut under_cleaning.lacking) {
            let usual = self.week.around(context.local_clock.slot(interval)) * lacking;
            if self.leaves_out_zeros && usual <= BELIEVED {
                under_cleaning.seen[interval] = Seen::Count;
                count(&mut self.zeros, interval, 1);
            } else {
                let was = under_cleaning.offered[interval].to_string();
                let detail = tr!("{} % of the interval", fixed(100.0 * lacking, 0));
                let why = tr!("rows are missing for a part of the interval: unknown");
                under_cleaning.note(
                    context,
                    source,
                    interval,
                    FlawFound { why, detail, column: "offered", was, became: "" },
                );
                under_cleaning.set_aside(interval);
            }
        }
    }

    /// A stretch of open intervals without rows, closed hours between them left out.
    fn run(
        &mut self,
        under_cleaning: &mut SeriesUnderCleaning,
        run: &[usize],
        context: &CleaningContext<'_>,
        source: &RowOrigin<'_>,
    ) {
        let never = |interval: &usize| {
            let slot = context.local_clock.slot(*interval);
            !self.week.told[slot] && (!self.leaves_out_zeros || self.week.around(slot) > SURROUNDED)
        };
        let (habit, run): (Vec<usize>, Vec<usize>) = run.iter().copied().partition(never);
        if let Some(first) = habit.first() {
            count(&mut self.never, *first, habit.len());
        }
        let Some(first) = run.first().copied() else { return };
        let usual: f64 = run.iter().map(|interval| self.week.around(context.local_clock.slot(*interval))).sum();
        if self.leaves_out_zeros && usual <= BELIEVED {
            for interval in &run {
                under_cleaning.offered[*interval] = 0.0;
                under_cleaning.seen[*interval] = Seen::Count;
            }
            count(&mut self.zeros, first, run.len());
        } else {
            let last = run.last().copied().unwrap_or(first);
            let detail = context.until(last, run.len());
            let why = tr!("no rows though open: unknown");
            under_cleaning.note(
                context,
                source,
                first,
                FlawFound { why, detail, column: "start", was: String::new(), became: "" },
            );
            for interval in run {
                under_cleaning.seen[interval] = Seen::SetAside;
            }
        }
    }

    fn note_habits(
        &self,
        under_cleaning: &mut SeriesUnderCleaning,
        context: &CleaningContext<'_>,
        source: &RowOrigin<'_>,
    ) {
        let (zeros, first_zero) = self.zeros;
        if zeros > 0 {
            let why =
                tr!("the file has no row of zero contacts, so where rows are missing for a short while nobody called");
            let detail = tr!("from here on {}", context.times(zeros));
            under_cleaning.note(
                context,
                source,
                first_zero,
                FlawFound { why, detail, column: "offered", was: String::new(), became: "0" },
            );
        }
        let (never, first_never) = self.never;
        if never > 0 {
            let why =
                tr!("the file never has rows at these times of the week though they are within opening hours: unknown");
            let detail = tr!("from here on {}", context.times(never));
            under_cleaning.note(
                context,
                source,
                first_never,
                FlawFound { why, detail, column: "start", was: String::new(), became: "" },
            );
        }
    }
}

fn count(tally: &mut (usize, usize), interval: usize, more: usize) {
    if tally.0 == 0 || interval < tally.1 {
        tally.1 = interval;
    }
    tally.0 += more;
}
