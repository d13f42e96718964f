//! The history file of an import: plain `history.csv`, every instant with its offset.

use std::fmt::Write;

use chrono::SecondsFormat;

use crate::domain::time::Zone;
use crate::ingest::instants::instant;

use super::reading::cells::Cell;

/// The bytes of the file: rows by queue, region and start.
pub(super) fn csv(cells: &[Cell], queues: &[String], regions: &[String], zone: Option<Zone>) -> Vec<u8> {
    let has_regions = regions.iter().any(|region| !region.is_empty());
    let has = |of: &dyn Fn(&Cell) -> Option<f64>| cells.iter().any(|cell| of(cell).is_some());
    let (handled, abandoned) = (has(&|cell| cell.handled), has(&|cell| cell.abandoned));
    let timed = has(&Cell::mean_time);
    let named = queues.iter().any(|queue| !queue.is_empty());
    let mut header: Vec<&str> = named.then_some("queue").into_iter().collect();
    header.extend(has_regions.then_some("region"));
    header.extend(["start", "offered"]);
    header.extend(handled.then_some("handled"));
    header.extend(abandoned.then_some("abandoned"));
    header.extend(timed.then_some("aht_s"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(&header);
    let (mut day, mut start) = (Day { zone, offset: None, date: (i64::MIN, String::new()) }, String::new());
    for cell in cells {
        start.clear();
        day.write(cell.start, &mut start);
        let figures = [(handled, cell.handled), (abandoned, cell.abandoned), (timed, cell.mean_time())];
        let figures =
            figures.into_iter().filter(|(there, _)| *there).map(|(_, value)| value.map_or_else(String::new, figure));
        if named {
            let _ = writer.write_field(&queues[cell.queue as usize]);
        }
        if has_regions {
            let _ = writer.write_field(&regions[cell.region as usize]);
        }
        let _ = writer.write_field(&start);
        let _ = writer.write_field(figure(cell.offered));
        for value in figures {
            let _ = writer.write_field(value);
        }
        let _ = writer.write_record(None::<&[u8]>);
    }
    writer.into_inner().unwrap_or_default()
}

/// Writes instants on the clock of a zone, of UTC where none is named.
struct Day {
    zone: Option<Zone>,
    /// The last hour written and its offset, for most rows share it.
    offset: Option<(i64, i64)>,
    /// The last day written, since 1970, and its date.
    date: (i64, String),
}

impl Day {
    fn write(&mut self, start: i64, text: &mut String) {
        let Some(zone) = self.zone.filter(|zone| *zone != chrono_tz::UTC) else {
            self.write_wall(start, text);
            if start % 60 != 0 {
                let _ = write!(text, ":{:02}", start.rem_euclid(60));
            }
            return text.push('Z');
        };
        let hour = start.div_euclid(900);
        let ahead = match self.offset {
            Some((known, ahead)) if known == hour => ahead,
            _ => {
                use chrono::Offset;
                let ahead = i64::from(instant(start).with_timezone(&zone).offset().fix().local_minus_utc());
                self.offset = Some((hour, ahead));
                ahead
            }
        };
        if ahead % 60 == 0 && start % 60 == 0 {
            let (sign, minutes) = (if ahead < 0 { '-' } else { '+' }, ahead.abs() / 60);
            self.write_wall(start + ahead, text);
            let _ = write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60);
        } else {
            text.push_str(&instant(start).to_rfc3339_opts(SecondsFormat::Secs, true));
        }
    }

    /// `2026-11-30T09:00`, of seconds since 1970 as if the clock ran on UTC.
    fn write_wall(&mut self, wall: i64, text: &mut String) {
        let (day, minute) = (wall.div_euclid(86_400), wall.rem_euclid(86_400) / 60);
        if self.date.0 != day {
            self.date = (day, instant(wall).format("%Y-%m-%d").to_string());
        }
        let _ = write!(text, "{}T{:02}:{:02}", self.date.1, minute / 60, minute % 60);
    }
}

/// Up to three decimals, none where they are zero.
#[expect(clippy::cast_possible_truncation, reason = "whole and below a billion")]
fn figure(value: f64) -> String {
    // What is whole, as nearly all counts are, needs no decimals to be taken off.
    if value.fract() == 0.0 && value.abs() < 1e9 {
        return format!("{}", value as i64);
    }
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
