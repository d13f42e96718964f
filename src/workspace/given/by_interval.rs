//! Rows sorted into the plan's intervals: each at most once, and no open interval left out.

use crate::domain::time::{Instant, IntervalGrid, Zone};
use crate::workspace::place::{Place, Report};
use crate::workspace::tables::Row;
use crate::workspace::words::{Refusal, instant};
use tr::tr;

/// What was told of one series, by interval of the plan.
#[derive(Clone, Debug)]
pub(super) struct Told<T> {
    rows: Vec<Option<(Place, T)>>,
}

impl<T> Told<T> {
    /// Nothing told yet.
    pub(super) fn nothing(grid: &IntervalGrid) -> Self {
        Self { rows: (0..grid.len()).map(|_| None).collect() }
    }

    /// Whether nothing was told.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.iter().all(Option::is_none)
    }

    /// What was told of an interval.
    pub(super) fn get(&self, interval: usize) -> Option<&T> {
        self.rows[interval].as_ref().map(|(_, value)| value)
    }

    /// Every row, by interval, with its place.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&Place, &T)> {
        self.rows.iter().flatten().map(|(place, value)| (place, value))
    }

    /// Takes a row in; the second of an interval is reported.
    pub(super) fn take(&mut self, interval: usize, row: &Row<'_>, value: T) {
        match &self.rows[interval] {
            None => self.rows[interval] = Some((row.place().clone(), value)),
            Some((first, _)) => {
                let line = first.number().map_or_else(String::new, |line| tr!(" on line {line}", line));
                let refusal = Refusal::new(tr!("the interval stands there already{line}", line));
                row.refuse("start", refusal.accepting(tr!("one row per interval")));
            }
        }
    }

    /// Reports the open intervals that were not told, in one problem.
    pub(super) fn require(&self, name: &str, open: &[bool], grid: &IntervalGrid, file: &Place, report: &Report) {
        let missing: Vec<usize> = (0..open.len()).filter(|at| open[*at] && self.rows[*at].is_none()).collect();
        let Some(first) = missing.first() else { return };
        let (count, opens) = (missing.len(), open.iter().filter(|open| **open).count());
        let cause = tr!(
            "{name}: no row for {count} of its {opens} open intervals, the first at {}",
            grid.start_of(*first),
            name,
            count,
            opens
        );
        let accepted = tr!("one row per interval of {} minutes in which it is open", grid.interval().get());
        report.problem(
            file.problem(cause).accepting(accepted).hinting(tr!("the plan's days are set by --start and --weeks")),
        );
    }
}

/// The plan's interval that a row is about; none where it lies beyond the plan, or is reported.
pub(super) fn interval_of(row: &Row<'_>, grid: &IntervalGrid, zone: Zone) -> Option<usize> {
    let start: Instant = row.required("start", instant(zone))?;
    let minutes = grid.interval().get();
    if (start - grid.start()).num_seconds().rem_euclid(minutes * 60) != 0 {
        row.refuse(
            "start",
            Refusal::new(tr!("no interval of the plan starts then"))
                .accepting(tr!("starts {minutes} minutes apart, such as {}", grid.start(), minutes))
                .hinting(tr!("the length of intervals is `interval_minutes` in workspace.toml")),
        );
        return None;
    }
    grid.index_of(start)
}
