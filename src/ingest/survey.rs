//! What plain history holds: the ground for a starter workspace.

use std::collections::BTreeMap;
use tr::tr;

use chrono::Weekday;

use crate::domain::calendar::{ClockSpan, WeeklyHours};
use crate::domain::history::{Survey, SurveyedQueue};
use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;
use crate::domain::units::Minutes;

use super::columns::Columns;
use super::figures::{Names, Starts};
use super::instants::{instant, wall_minutes};
use super::params::HistorySource;
use super::steps::interval_of;
use super::table::{self, Table};

/// Looks into plain history: queues, their interval and their hours, on the clock of `zone`.
///
/// # Errors
/// A file that cannot be read, has no row that can be used, or too few to tell their interval.
pub fn survey(source: &HistorySource, zone: Zone) -> Result<Survey, Problems> {
    let shown = source.shown.as_str();
    let opened = table::open(source)?;
    let columns = Columns::declared(opened.header(), &BTreeMap::new(), false, shown)?;
    let table = opened.read(&columns, Some(zone))?;
    let strands = strands(&table);
    let interval = strands.values().filter_map(|rows| interval_of(&distances(rows, &table))).min();
    let known = || table.start.of_row.iter().filter(|start| **start != Starts::ODD);
    let (Some(first), Some(last)) = (known().min(), known().max()) else {
        return Err(Problem::in_file(shown, tr!("no rows that can be used")).into());
    };
    let Some(interval) = interval else {
        return Err(Problem::in_file(shown, tr!("too few rows to tell their interval"))
            .accepting(tr!("two rows of a queue"))
            .into());
    };
    let mut names: BTreeMap<&str, Vec<(&str, &Vec<usize>)>> = BTreeMap::new();
    for ((queue, region), rows) in &strands {
        names.entry(queue).or_default().push((region, rows));
    }
    let queues = names.into_iter().map(|(name, strands)| {
        let regions =
            strands.iter().map(|(region, _)| (*region).to_owned()).filter(|region| !region.is_empty()).collect();
        let rows: Vec<usize> = strands.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
        let week = Week::of(&rows, &table, zone, interval);
        let starts = || rows.iter().map(|row| table.start.of_row[*row]).filter(|start| *start != Starts::ODD);
        SurveyedQueue {
            name: name.to_owned(),
            regions,
            contacts: rows.iter().map(|row| table.offered.of_row[*row]).filter(|offered| *offered > 0.0).sum(),
            first: instant(starts().min().unwrap_or(*first)),
            last: instant(starts().max().unwrap_or(*last)),
            mean_by_hour: week.mean_by_hour(),
            hours: week.hours(),
            aht_s: mean_aht(&rows, &table),
        }
    });
    Ok(Survey {
        interval: Minutes::new(interval),
        first: instant(*first),
        last: instant(*last),
        queues: queues.collect(),
    })
}

/// Minutes between the starts of some rows, in order of time.
fn distances(rows: &[usize], table: &Table) -> Vec<i64> {
    let mut starts: Vec<i64> =
        rows.iter().map(|row| table.start.of_row[*row]).filter(|start| *start != Starts::ODD).collect();
    starts.sort_unstable();
    starts.windows(2).map(|pair| (pair[1] - pair[0]) / 60).filter(|distance| *distance > 0).collect()
}

/// The rows of each queue and region.
fn strands(table: &Table) -> BTreeMap<(String, String), Vec<usize>> {
    let name = |names: &Option<Names>, row: usize| names.as_ref().map_or(0, |names| names.of_row[row]);
    let mut rows: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for row in 0..table.rows {
        rows.entry((name(&table.queue, row), name(&table.region, row))).or_default().push(row);
    }
    let text = |names: &Option<Names>, code: u32| {
        names.as_ref().map_or_else(String::new, |names| names.distinct[code as usize].clone())
    };
    rows.into_iter()
        .map(|((queue, region), rows)| ((text(&table.queue, queue), text(&table.region, region)), rows))
        .collect()
}

fn mean_aht(rows: &[usize], table: &Table) -> Option<f64> {
    let aht = table.aht.as_ref()?;
    let told = rows
        .iter()
        .map(|row| (aht.of_row[*row], table.offered.of_row[*row]))
        .filter(|(aht, offered)| *aht > 0.0 && *offered > 0.0);
    let (time, contacts) =
        told.fold((0.0, 0.0), |(time, contacts), (aht, offered)| (time + aht * offered, contacts + offered));
    (contacts > 0.0).then(|| time / contacts)
}

/// Shortest slot for which opening hours are inferred, minutes.
const SLOT: i64 = 30;

/// What comes in each slot of the local week.
struct Week {
    /// Minutes of a slot.
    slot: i64,
    /// Contacts per slot of the week.
    contacts: Vec<f64>,
    /// Days on which the slot had contacts.
    days: Vec<f64>,
    /// Rows with contacts per slot of the week, by the minute within the slot at which they begin.
    rows: Vec<BTreeMap<i64, f64>>,
    /// Minutes of a row.
    interval: i64,
    /// Days of each weekday on which the queue had contacts at all.
    open_days: [f64; 7],
    /// Days of each weekday between the first and the last row.
    all_days: [f64; 7],
}

impl Week {
    fn of(rows: &[usize], table: &Table, zone: Zone, interval: i64) -> Self {
        let slot = if interval <= SLOT { SLOT } else { 60 };
        let per_day = 1440 / slot;
        let mut by_slot: BTreeMap<i64, f64> = BTreeMap::new();
        let mut begins: Vec<BTreeMap<i64, f64>> = vec![BTreeMap::new(); index(7 * per_day)];
        for row in rows {
            let (start, offered) = (table.start.of_row[*row], table.offered.of_row[*row]);
            if start != Starts::ODD && offered >= 0.0 && offered.is_finite() {
                let minute = wall_minutes(start, zone);
                let at = minute.div_euclid(slot);
                *by_slot.entry(at).or_default() += offered;
                if offered > 0.0 {
                    let of_week = weekday(at.div_euclid(per_day)) * index(per_day) + index(at.rem_euclid(per_day));
                    *begins[of_week].entry(minute.rem_euclid(slot)).or_default() += 1.0;
                }
            }
        }
        let mut week = Self {
            slot,
            contacts: vec![0.0; index(7 * per_day)],
            days: vec![0.0; index(7 * per_day)],
            rows: begins,
            interval,
            open_days: [0.0; 7],
            all_days: [0.0; 7],
        };
        let ends = by_slot.first_key_value().zip(by_slot.last_key_value());
        let (first, last) =
            ends.map_or((0, -1), |((first, _), (last, _))| (first.div_euclid(per_day), last.div_euclid(per_day)));
        for day in first..=last {
            week.all_days[weekday(day)] += 1.0;
        }
        let mut open_day = i64::MIN;
        for (at, contacts) in by_slot.into_iter().filter(|(_, contacts)| *contacts > 0.0) {
            let day = at.div_euclid(per_day);
            let of_week = weekday(day) * index(per_day) + index(at.rem_euclid(per_day));
            week.contacts[of_week] += contacts;
            week.days[of_week] += 1.0;
            if day != open_day {
                week.open_days[weekday(day)] += 1.0;
                open_day = day;
            }
        }
        week
    }

    /// Mean contacts per local weekday and hour over the days on which the queue had contacts.
    fn mean_by_hour(&self) -> Vec<f64> {
        let per_hour = index(60 / self.slot);
        let hours = self.contacts.chunks(per_hour).map(|slots| slots.iter().sum::<f64>());
        hours.enumerate().map(|(hour, sum)| sum / self.open_days[hour / 24].max(1.0)).collect()
    }

    /// From where to where within a slot its usual rows reach, in minutes: of five-minute rows to 21:00, the slot from
    /// 21:00 to 21:30 has the first only. A row that came on few days is a stray one; of few rows nothing can be told.
    fn reach(&self, of_week: usize) -> (i64, i64) {
        const STRAY: f64 = 0.25;
        const TELLING: f64 = 6.0;
        let rows = &self.rows[of_week];
        let busiest = rows.values().copied().fold(0.0, f64::max);
        if busiest < TELLING {
            return (0, self.slot.max(self.interval));
        }
        let mut usual = rows.iter().filter(|(_, count)| **count >= STRAY * busiest).map(|(minute, _)| *minute);
        let first = usual.next().unwrap_or(0);
        (first, usual.next_back().unwrap_or(first) + self.interval)
    }

    /// From the first to the last row of the slots of a weekday that have contacts on most of its days, or a tenth of
    /// the busiest slot's contacts; closed where contacts come on less than half as many of the weekday's days as on those of the weekday that has
    /// them most often, so that a queue with a contact in two days is as open as a busy one.
    fn hours(&self) -> WeeklyHours {
        const DAYS: [Weekday; 7] =
            [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
        const BUSY: f64 = 0.1;
        let per_day = index(1440 / self.slot);
        let busiest = self.contacts.iter().copied().fold(0.0, f64::max);
        let share = |weekday: usize| self.open_days[weekday] / self.all_days[weekday].max(1.0);
        let busiest_weekday = (0..7).map(share).fold(0.0, f64::max);
        let mut hours = WeeklyHours::default();
        for (weekday, day) in DAYS.into_iter().enumerate() {
            let open = |slot: &usize| {
                let at = weekday * per_day + slot;
                2.0 * self.days[at] >= self.open_days[weekday] && self.days[at] > 0.0
                    || self.contacts[at] > BUSY * busiest
            };
            let served = 2.0 * share(weekday) >= busiest_weekday;
            let (first, last) = ((0..per_day).find(open), (0..per_day).rev().find(open));
            if let (true, Some(first), Some(last)) = (served, first, last)
                && let Some(span) = self.span(weekday * per_day, first, last)
            {
                hours.open(day, span);
            }
        }
        hours
    }

    /// The clock time from the first to the last slot of a day, whose slots of the week begin at `day`.
    fn span(&self, day: usize, first: usize, last: usize) -> Option<ClockSpan> {
        let from = i64::try_from(first).ok()? * self.slot + self.reach(day + first).0;
        let until = i64::try_from(last).ok()? * self.slot + self.reach(day + last).1;
        ClockSpan::new(u16::try_from(from).ok()?, u16::try_from(until.min(1440)).ok()?)
    }
}

fn index(count: i64) -> usize {
    usize::try_from(count).unwrap_or(0)
}

/// Days from Monday of a day counted from 1970.
fn weekday(day: i64) -> usize {
    index((day + 3).rem_euclid(7))
}
