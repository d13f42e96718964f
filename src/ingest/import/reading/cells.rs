//! Contacts by queue, region and instant: rows of a file added up.

use std::collections::BTreeMap;

use super::handle_time::Units;
use super::placing::At;
use super::table::Table;

/// What came to a queue from a region in one interval.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ingest::import) struct Cell {
    pub(in crate::ingest::import) queue: u32,
    pub(in crate::ingest::import) region: u32,
    /// Seconds since 1970.
    pub(in crate::ingest::import) start: i64,
    pub(in crate::ingest::import) offered: f64,
    pub(in crate::ingest::import) handled: Option<f64>,
    pub(in crate::ingest::import) abandoned: Option<f64>,
    /// Handle times added up, seconds.
    pub(in crate::ingest::import) time: f64,
    /// Contacts of which that is the sum.
    pub(in crate::ingest::import) timed: f64,
}

impl Cell {
    fn key(&self) -> (u32, u32, i64) {
        (self.queue, self.region, self.start)
    }

    pub(in crate::ingest::import) fn add(&mut self, other: &Self) {
        let sum = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0.0) + b.unwrap_or(0.0)),
        };
        self.offered += other.offered;
        self.handled = sum(self.handled, other.handled);
        self.abandoned = sum(self.abandoned, other.abandoned);
        self.time += other.time;
        self.timed += other.timed;
    }

    /// Mean handle time in seconds, where it is known.
    pub(in crate::ingest::import) fn mean_time(&self) -> Option<f64> {
        (self.timed > 0.0 && self.time > 0.0).then(|| self.time / self.timed)
    }
}

/// The rows of intervals. `is_total`: handle times are those of all contacts of a row, not their mean.
pub(in crate::ingest::import) fn of_intervals(table: &Table, placed: &[At], units: Units, is_total: bool) -> Vec<Cell> {
    let cells = placed.iter().map(|at| {
        let row = &table.rows[at.row];
        let contacts = row.handled.unwrap_or(row.offered) * at.share;
        let time = row.handle_time.map(|time| units.seconds(time)).filter(|seconds| *seconds > 0.0 && contacts > 0.0);
        Cell {
            queue: row.queue,
            region: row.region,
            start: at.start,
            offered: row.offered * at.share,
            handled: row.handled.map(|handled| handled * at.share),
            abandoned: row.abandoned.map(|abandoned| abandoned * at.share),
            time: time.map_or(0.0, |time| time * if is_total { at.share } else { contacts }),
            timed: time.map_or(0.0, |_| contacts),
        }
    });
    added_up(cells.collect())
}

/// Cells of one queue, region and instant added up, in the order of these.
pub(in crate::ingest::import) fn added_up(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort_by_key(Cell::key);
    let mut sums: Vec<Cell> = Vec::with_capacity(cells.len());
    for cell in cells {
        match sums.last_mut() {
            Some(last) if last.key() == cell.key() => last.add(&cell),
            _ => sums.push(cell),
        }
    }
    sums
}

/// Queues whose contacts are, at every instant, those of all other queues added up.
pub(in crate::ingest::import) fn totals(cells: &[Cell], names: &[String]) -> Vec<u32> {
    const FEW: usize = 8;
    let mut at: BTreeMap<i64, f64> = BTreeMap::new();
    let mut of_queue: BTreeMap<u32, BTreeMap<i64, f64>> = BTreeMap::new();
    for cell in cells {
        *at.entry(cell.start).or_default() += cell.offered;
        *of_queue.entry(cell.queue).or_default().entry(cell.start).or_default() += cell.offered;
    }
    let named =
        |queue: u32| names.get(queue as usize).is_some_and(|name| crate::ingest::import::stated::roles::is_total(name));
    let busy_at = |start: &i64| of_queue.values().filter(|counts| counts.get(start) > Some(&0.0)).count();
    let is_sum = |queue: u32, counts: &BTreeMap<i64, f64>| {
        let busy: Vec<(&i64, f64)> =
            counts.iter().filter(|(_, count)| **count > 0.0).map(|(start, count)| (start, *count)).collect();
        // Of two queues with the same counts neither is the sum of the other: a sum is of two at least.
        let is_equal = |(start, own): &&(&i64, f64)| (2.0 * own - at[start]).abs() < 1e-6 * at[start];
        let of_several = || busy.iter().filter(is_equal).filter(|(start, _)| busy_at(start) > 2).count();
        // A name that says total is enough: sums may be of days, or of queues that are not here.
        let equal = || busy.iter().filter(is_equal).count() * 100 >= busy.len() * 99;
        named(queue) || busy.len() >= FEW && equal() && of_several() * 10 >= busy.len()
    };
    let found: Vec<u32> = of_queue
        .iter()
        .filter(|(queue, counts)| of_queue.len() > 1 && is_sum(**queue, counts))
        .map(|(queue, _)| *queue)
        .collect();
    // Of two queues that are each the sum of the other neither is one.
    let rest: f64 = cells.iter().filter(|cell| !found.contains(&cell.queue)).map(|cell| cell.offered).sum();
    if rest > 0.0 { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(queue: u32, hour: i64, offered: f64) -> Cell {
        Cell { queue, region: 0, start: hour * 3600, offered, handled: None, abandoned: None, time: 0.0, timed: 0.0 }
    }

    #[test]
    fn a_queue_that_is_the_sum_of_the_others_is_found() {
        let names: Vec<String> = ["orders", "help", "All lines"].map(str::to_owned).to_vec();
        let mut cells = Vec::new();
        for hour in 0..10 {
            let (orders, help) = (f64::from(u8::try_from(hour % 4).expect("small")) + 3.0, 5.0);
            cells.extend([cell(0, hour, orders), cell(1, hour, help), cell(2, hour, orders + help)]);
        }
        assert_eq!(totals(&cells, &names), [2]);
        cells[2].offered += 1.0;
        assert_eq!(totals(&cells, &names), Vec::<u32>::new());
        let twins: Vec<Cell> = (0..10).flat_map(|hour| [cell(0, hour, 4.0), cell(1, hour, 4.0)]).collect();
        assert_eq!(totals(&twins, &names), Vec::<u32>::new());
        assert_eq!(totals(&twins, &["orders".to_owned(), "Total".to_owned()]), [1]);
    }
}
