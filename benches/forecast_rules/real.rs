//! Real series with two columns, local time and counts, as a queue's past.

use std::path::Path;

use chrono::{Datelike, Duration, NaiveDateTime, Timelike};
use obsada::domain::calendar::{ClockSpan, WeeklyHours};
use obsada::domain::time::{IntervalGrid, Zone, instant_at_or_after, local_date};
use obsada::domain::units::Minutes;

use crate::histories::QueuePast;

/// Reads a file; hours are those in which anything was ever counted on a tenth of the weekday's days.
pub(crate) fn read(name: &str, file: &Path, zone: Zone, minutes: i64, tested_days: i64) -> Option<QueuePast> {
    let text = std::fs::read_to_string(file).ok()?;
    let rows: Vec<(NaiveDateTime, f64)> = text
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?.parse().ok()?, cells.next()?.parse().ok()?))
        })
        .collect();
    let at = |row: &(NaiveDateTime, f64)| instant_at_or_after(row.0, zone);
    let grid =
        IntervalGrid::covering(at(rows.first()?), at(rows.last()?) + Duration::minutes(1), Minutes::new(minutes));
    let mut counts = vec![None; grid.len()];
    let mut told = std::collections::BTreeMap::<(u32, u32), f64>::new();
    let mut days = std::collections::BTreeSet::new();
    for row in &rows {
        let cell = counts.get_mut(grid.index_of(at(row))?)?;
        *cell = Some(cell.unwrap_or(0.0) + row.1);
        days.insert(row.0.date());
        let slot = (row.0.weekday().num_days_from_monday(), row.0.hour() * 60 + row.0.minute());
        *told.entry(slot).or_default() += row.1;
    }
    let mut hours = WeeklyHours::default();
    for weekday in 0..7u8 {
        let of: Vec<u32> = told
            .iter()
            .filter(|((day, _), sum)| *day == u32::from(weekday) && **sum > 0.1 * days.len() as f64 / 7.0)
            .map(|((_, minute), _)| *minute)
            .collect();
        if let (Some(first), Some(last)) = (of.first(), of.last()) {
            let step = u32::try_from(minutes).ok()?;
            let (from, until) = (first / step * step, (last / step + 1) * step);
            let day = chrono::Weekday::try_from(weekday).ok()?;
            hours.open(day, ClockSpan::new(u16::try_from(from).ok()?, u16::try_from(until).ok()?)?);
        }
    }
    let open = |(at, count): (_, Option<f64>)| count.filter(|_| hours.is_open(at, zone));
    let offered = grid.starts().zip(counts).map(open).collect();
    let tested_from = local_date(grid.end(), zone) - Duration::days(tested_days);
    Some(QueuePast { name: name.to_owned(), zone, hours, grid, offered, tested_from })
}
