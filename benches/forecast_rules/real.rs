//! Real series with two columns, local time and counts, as a queue's past.

use std::path::Path;

use chrono::{Datelike, Duration, NaiveDateTime, Timelike};
use obsada::domain::calendar::{ClockSpan, Holiday, HolidayService, WeeklyHours};
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
    Some(QueuePast { name: name.to_owned(), zone, hours, grid, offered, tested_from, holidays: Vec::new() })
}

/// The Jewish holidays and memorial days of spring and summer 1999, as a planner would list them.
pub(crate) fn with_holidays_of_1999(name: &str, past: QueuePast) -> QueuePast {
    let days = [
        ("1999-03-02", "Purim"),
        ("1999-03-31", "Passover eve"),
        ("1999-04-01", "Passover"),
        ("1999-04-02", "Passover week"),
        ("1999-04-03", "Passover week"),
        ("1999-04-04", "Passover week"),
        ("1999-04-05", "Passover week"),
        ("1999-04-06", "Passover week"),
        ("1999-04-07", "Seventh of Passover"),
        ("1999-04-13", "Holocaust Remembrance Day"),
        ("1999-04-20", "Memorial Day"),
        ("1999-04-21", "Independence Day"),
        ("1999-05-04", "Lag BaOmer"),
        ("1999-05-14", "Jerusalem Day"),
        ("1999-05-20", "Shavuot eve"),
        ("1999-05-21", "Shavuot"),
        ("1999-07-22", "Tisha B'Av"),
    ];
    let holiday = |(date, name): (&str, &str)| Holiday {
        date: date.parse().expect("a date"),
        name: name.to_owned(),
        regions: vec![],
        sites: vec![],
        service: HolidayService::Open,
    };
    QueuePast { name: name.to_owned(), holidays: days.into_iter().map(holiday).collect(), ..past }
}
