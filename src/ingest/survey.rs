//! What a user's own history file holds: the ground for a starter workspace.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::Weekday;

use crate::domain::calendar::{ClockSpan, WeeklyHours};
use crate::domain::history::{Survey, SurveyedQueue};
use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;
use crate::domain::units::Minutes;

use super::columns::Columns;
use super::contents::Contents;
use super::figures::{Names, Odd, Starts};
use super::instants::{instant, wall_minutes};
use super::params::{HistoryFormat, HistorySource};
use super::report::Report;
use super::steps::interval_of;
use super::table::{self, Table};

/// Looks into a history file: columns by the names that exports commonly use, queues, their interval and their hours,
/// on the clock of `zone` (of UTC where none is named and instants carry their offset).
///
/// # Errors
/// A file that cannot be read, has no column that could be `start` or `offered`, or no row that can be used; local
/// times where no zone is named.
pub fn survey(path: &Path, zone: Option<Zone>) -> Result<Survey, Problems> {
    let shown = path.display().to_string();
    let Some(format) = HistoryFormat::of(path) else {
        return Err(Problem::in_file(shown, "unknown kind of file").accepting(".csv, .csv.gz or .parquet").into());
    };
    let path = path.to_path_buf();
    let source = HistorySource { path, contents: Contents::OnDisk, shown: shown.clone(), name: shown.clone(), format };
    let opened = table::open(&source)?;
    let columns = Columns::guessed(opened.header(), &shown)?;
    let table = opened.read(&columns, zone)?;
    let marks = Marks::of(&table, &shown)?;
    let clock = zone.unwrap_or(chrono_tz::UTC);
    let strands = strands(&table);
    let interval = strands.values().filter_map(|rows| interval_of(&marks.distances(rows))).min();
    let (Some(first), Some(last)) = (marks.starts.iter().flatten().min(), marks.starts.iter().flatten().max()) else {
        return Err(Problem::in_file(shown, "no rows that can be used").into());
    };
    let Some(interval) = interval else {
        return Err(Problem::in_file(shown, "too few rows to tell their interval")
            .accepting("two rows of a queue")
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
        let week = Week::of(&rows, &marks, &table, clock, interval);
        SurveyedQueue {
            name: name.to_owned(),
            regions,
            mean_by_hour: week.mean_by_hour(),
            hours: week.hours(),
            aht_s: mean_aht(&rows, &table),
        }
    });
    Ok(Survey {
        columns: columns.iter().map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned())).collect(),
        needs_zone: marks.local,
        repeated_hours_once: marks.repeated_once(&strands),
        interval: Minutes::new(interval),
        first: instant(*first),
        last: instant(*last),
        queues: queues.collect(),
    })
}

/// When each row is, so far as that can be told.
struct Marks {
    /// Seconds since 1970; of a local time that occurs twice, the first.
    starts: Vec<Option<i64>>,
    /// Rows whose local time occurs twice.
    repeated: Vec<usize>,
    /// Whether times carry no offset.
    local: bool,
}

impl Marks {
    fn of(table: &Table, shown: &str) -> Result<Self, Problems> {
        let mut starts: Vec<Option<i64>> =
            table.start.of_row.iter().map(|start| (*start != Starts::ODD).then_some(*start)).collect();
        let (mut repeated, mut report) = (Vec::new(), Report::new());
        for unreadable in &table.start.unreadable {
            let row = unreadable.row as usize;
            match unreadable.why {
                Odd::Twice(first, _) => {
                    starts[row] = Some(first);
                    repeated.push(row);
                }
                Odd::NoZone => report.add("a local time without offset", || {
                    let problem =
                        Problem::in_file(shown, "a local time without offset").at_line(table.lines.of(unreadable.row));
                    problem.with_value(&unreadable.text).hinting("name the zone of the file with --timezone")
                }),
                Odd::Unreadable => report.add("not a time", || {
                    let problem = Problem::in_file(shown, "not a time").at_line(table.lines.of(unreadable.row));
                    problem
                        .with_value(&unreadable.text)
                        .accepting("`2026-11-30T09:00`, with or without seconds and offset")
                }),
                Odd::Empty | Odd::Never => {}
            }
        }
        report.into_problems(shown).or(Self { starts, repeated, local: table.start.local })
    }

    /// Minutes between the starts of some rows, in order of time.
    fn distances(&self, rows: &[usize]) -> Vec<i64> {
        let mut starts: Vec<i64> = rows.iter().filter_map(|row| self.starts[*row]).collect();
        starts.sort_unstable();
        starts.windows(2).map(|pair| (pair[1] - pair[0]) / 60).filter(|distance| *distance > 0).collect()
    }

    /// Whether local times that occur twice stand in the file only once.
    fn repeated_once(&self, strands: &BTreeMap<(String, String), Vec<usize>>) -> bool {
        let once = |rows: &Vec<usize>| {
            let mut times: Vec<i64> = rows
                .iter()
                .filter(|row| self.repeated.binary_search(row).is_ok())
                .filter_map(|row| self.starts[*row])
                .collect();
            times.sort_unstable();
            times.windows(2).all(|pair| pair[0] != pair[1])
        };
        !self.repeated.is_empty() && strands.values().all(once)
    }
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
    fn of(rows: &[usize], marks: &Marks, table: &Table, zone: Zone, interval: i64) -> Self {
        let slot = if interval <= SLOT { SLOT } else { 60 };
        let per_day = 1440 / slot;
        let mut by_slot: BTreeMap<i64, f64> = BTreeMap::new();
        let mut begins: Vec<BTreeMap<i64, f64>> = vec![BTreeMap::new(); index(7 * per_day)];
        for row in rows {
            let (Some(start), offered) = (marks.starts[*row], table.offered.of_row[*row]) else { continue };
            if offered >= 0.0 && offered.is_finite() {
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
    /// the busiest slot's contacts; closed where most of the weekday's days have none.
    fn hours(&self) -> WeeklyHours {
        const DAYS: [Weekday; 7] =
            [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
        const BUSY: f64 = 0.1;
        let per_day = index(1440 / self.slot);
        let busiest = self.contacts.iter().copied().fold(0.0, f64::max);
        let mut hours = WeeklyHours::default();
        for (weekday, day) in DAYS.into_iter().enumerate() {
            let open = |slot: &usize| {
                let at = weekday * per_day + slot;
                2.0 * self.days[at] >= self.open_days[weekday] && self.days[at] > 0.0
                    || self.contacts[at] > BUSY * busiest
            };
            let served = 2.0 * self.open_days[weekday] >= self.all_days[weekday];
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
