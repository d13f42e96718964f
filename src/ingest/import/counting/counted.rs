//! Contacts counted into intervals, with how they ended and how long they were handled.

use std::collections::{BTreeMap, BTreeSet};
use tr::tr;

use super::contacts::{Contact, Ending};
use crate::ingest::import::reading::cells::{Cell, added_up};
use crate::ingest::import::stated::said::Said;
use crate::ingest::mixing::MixedMap;

const DAY: i64 = 86_400;

/// Queue, region and the number of the interval since 1970.
type Key = (u32, u32, u64);

/// Contacts counted so far.
#[derive(Debug)]
pub(in crate::ingest::import) struct Counts {
    /// Seconds of an interval.
    interval: i64,
    cells: MixedMap<Key, Cell>,
    /// First and last arrival.
    span: Option<(i64, i64)>,
    /// Whether the ending of any is known.
    knows_ends: bool,
}

impl Counts {
    /// None yet, to be counted into intervals of so many seconds.
    pub(in crate::ingest::import) fn new(interval: i64) -> Self {
        Self { interval, cells: MixedMap::default(), span: None, knows_ends: false }
    }

    /// Counts one.
    pub(in crate::ingest::import) fn add(&mut self, contact: &Contact) {
        let number = contact.arrival.div_euclid(self.interval);
        let of = |ending| Some(if contact.ending == ending { contact.share } else { 0.0 });
        let one = Cell {
            queue: contact.queue,
            region: contact.region,
            start: number * self.interval,
            offered: contact.share,
            handled: of(Ending::Handled),
            abandoned: of(Ending::Abandoned),
            time: contact.handle_time.map_or(0.0, |time| time * contact.share),
            timed: contact.handle_time.map_or(0.0, |_| contact.share),
        };
        self.knows_ends |= contact.ending != Ending::Unknown;
        self.widen(contact.arrival, contact.arrival);
        self.add_cell((contact.queue, contact.region, number.cast_unsigned()), one);
    }

    /// Takes in what was counted elsewhere, under other numbers of queues and regions.
    pub(in crate::ingest::import) fn take_in(&mut self, others: Self, queues: &[u32], regions: &[u32]) {
        self.knows_ends |= others.knows_ends;
        if let Some((first, last)) = others.span {
            self.widen(first, last);
        }
        for ((queue, region, number), cell) in others.cells {
            let (queue, region) = (queues[queue as usize], regions[region as usize]);
            self.add_cell((queue, region, number), Cell { queue, region, ..cell });
        }
    }

    fn add_cell(&mut self, key: Key, cell: Cell) {
        match self.cells.get_mut(&key) {
            Some(sum) => sum.add(&cell),
            None => drop(self.cells.insert(key, cell)),
        }
    }

    fn widen(&mut self, first: i64, last: i64) {
        let span = self.span.get_or_insert((first, last));
        *span = (span.0.min(first), span.1.max(last));
    }

    /// All cells in order. Intervals without contacts on days with some are zeros, and so are those of days without any where contacts are so
    /// rare that such days are to be expected; other days without any are gaps, and named.
    pub(in crate::ingest::import) fn cells(mut self, said: &mut Said) -> Vec<Cell> {
        let Some((first, last)) = self.span else { return Vec::new() };
        let series: BTreeSet<(u32, u32)> = self.cells.keys().map(|(queue, region, _)| (*queue, *region)).collect();
        let mut by_day: BTreeMap<i64, f64> = BTreeMap::new();
        for cell in self.cells.values() {
            *by_day.entry(cell.start.div_euclid(DAY)).or_default() += cell.offered;
        }
        let mut days: BTreeSet<i64> = by_day.keys().copied().collect();
        let without_demand = days_without_demand(&by_day);
        tell_without_demand(&without_demand, said);
        days.extend(without_demand);
        tell_gaps(&days, said);
        let interval = self.interval;
        let first = first.div_euclid(interval) * interval;
        for day in days {
            let from = (day * DAY).max(first).div_euclid(interval);
            let until = ((day + 1) * DAY).min(last + 1);
            for number in (from..).take_while(|number| number * interval < until) {
                for (queue, region) in series.iter().copied() {
                    self.cells
                        .entry((queue, region, number.cast_unsigned()))
                        .or_insert_with(|| none(queue, region, number * interval));
                }
            }
        }
        let mut cells: Vec<Cell> = self.cells.into_values().collect();
        if !self.knows_ends {
            for cell in &mut cells {
                (cell.handled, cell.abandoned) = (None, None);
            }
        }
        added_up(cells)
    }
}

/// An interval without contacts.
const fn none(queue: u32, region: u32, start: i64) -> Cell {
    Cell { queue, region, start, offered: 0.0, handled: Some(0.0), abandoned: Some(0.0), time: 0.0, timed: 0.0 }
}

/// Days without any contact that chance explains: counts are Poisson with the mean of their weekday, and no contact in all the days of a row
/// is no rarer than one in a thousand. Weekdays that never had a contact are none of them.
fn days_without_demand(by_day: &BTreeMap<i64, f64>) -> Vec<i64> {
    /// Probability below which a row of empty days has another cause.
    const BY_CHANCE: f64 = 1e-3;
    let Some((first, last)) = by_day.first_key_value().zip(by_day.last_key_value()) else { return Vec::new() };
    let weekday = |day: i64| usize::try_from(day.rem_euclid(7)).unwrap_or(0);
    let (mut contacts, mut count) = ([0.0; 7], [0.0; 7]);
    for day in *first.0..=*last.0 {
        contacts[weekday(day)] += by_day.get(&day).copied().unwrap_or(0.0);
        count[weekday(day)] += 1.0;
    }
    let mean = |day: i64| contacts[weekday(day)] / count[weekday(day)];
    let empty: Vec<i64> = (*first.0..*last.0).filter(|day| !by_day.contains_key(day)).collect();
    let rows = empty.chunk_by(|one, next| one + 1 == *next);
    let by_chance = rows.filter(|row| (-row.iter().map(|day| mean(*day)).sum::<f64>()).exp() >= BY_CHANCE);
    by_chance.flatten().copied().filter(|day| mean(*day) > 0.0).collect()
}

/// Says that days without any contact are taken for days without demand.
fn tell_without_demand(days: &[i64], said: &mut Said) {
    if !days.is_empty() {
        let sentence = tr!(
            "{n} day without any contact is taken for one without demand, which is to be expected of so few contacts"
                | "{n} days without any contact are taken for days without demand, which is to be expected of so few contacts"
                    % days.len()
        );
        said.assumed(sentence, tr!("a [[holiday]] with service = \"closed\" for each day on which you were closed"));
    }
}

/// Names days without any contact between days with some.
fn tell_gaps(days: &BTreeSet<i64>, said: &mut Said) {
    let gaps: Vec<String> = days
        .iter()
        .zip(days.iter().skip(1))
        .filter(|(day, next)| **next > **day + 1)
        .map(|(day, next)| {
            let date = |day: i64| crate::ingest::instants::instant(day * DAY).format("%Y-%m-%d").to_string();
            if *next == day + 2 { date(day + 1) } else { tr!("of days" => "{} to {}", date(day + 1), date(next - 1)) }
        })
        .collect();
    if !gaps.is_empty() {
        let named = gaps.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        let more = if gaps.len() > 5 { ", …" } else { "" };
        said.found(tr!(
            "no contact at all on {named}{more} (days of UTC): closed, or a gap in the log; not a day without demand",
            named,
            more
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_days_of_a_rare_queue_are_to_be_expected_and_those_of_a_busy_one_are_not() {
        // 20 weeks from Thursday 1970-01-01, closed on days 2 and 3 of each; a contact on two of three open days, or 50 on each.
        let by_day = |each: f64, is_empty: &dyn Fn(i64) -> bool| -> BTreeMap<i64, f64> {
            (0..140).filter(|day| ![2, 3].contains(&(day % 7)) && !is_empty(*day)).map(|day| (day, each)).collect()
        };
        let rare = days_without_demand(&by_day(1.0, &|day| day % 3 == 1));
        assert!(rare.len() > 25 && rare.iter().all(|day| ![2, 3].contains(&(day % 7))), "{rare:?}");
        assert!(days_without_demand(&by_day(50.0, &|day| day == 71)).is_empty());
        // Three weeks without a contact are no chance, at three contacts in four days either.
        let closed = days_without_demand(&by_day(1.0, &|day| (70..91).contains(&day) || day % 4 == 0));
        assert!(closed.len() > 10 && !closed.iter().any(|day| (70..91).contains(day)), "{closed:?}");
        assert!(days_without_demand(&BTreeMap::new()).is_empty());
    }
}
