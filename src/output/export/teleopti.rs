//! Calabrio, once Teleopti: a forecast file without a header, sorted by skill, on the plan's clock.
//!
//! A wall clock shows the hour that repeats in autumn twice. What is expected of both stands in one row, and a note says so.

use std::collections::BTreeMap;
use tr::tr;

use chrono::NaiveDateTime;

use super::by_length;
use crate::output::artifact::{Artifact, OutputError};
use crate::output::export::exported::Exported;
use crate::output::number::decimal;
use crate::output::results::Results;

/// The file.
pub(super) fn export(results: &Results) -> Result<Exported, OutputError> {
    let minutes = results.plan.interval_minutes;
    let mut queues = by_length::queues(results, minutes);
    queues.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut repeated: Option<NaiveDateTime> = None;
    for (queue, expected) in &queues {
        // By what the wall shows at start: the wall's end, contacts, work in seconds, handle time.
        let mut rows: BTreeMap<NaiveDateTime, (NaiveDateTime, f64, f64, f64)> = BTreeMap::new();
        for of in expected {
            let wall = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&results.zone).naive_local();
            let start = wall(of.start);
            // On the wall an interval is as long as it is, also where the next one begins an hour later or earlier.
            let end = start + (of.end(minutes) - of.start);
            if rows.contains_key(&start) {
                repeated.get_or_insert(start);
            }
            let row = rows.entry(start).or_insert((end, 0.0, 0.0, of.aht_s));
            row.1 += of.offered;
            row.2 += of.offered * of.aht_s;
        }
        for (start, (end, offered, work, aht_s)) in rows {
            let aht_s = if offered > 0.0 { work / offered } else { aht_s };
            let [start, end] = [start, end].map(|wall| wall.format("%Y%m%d %H:%M").to_string());
            table.write_record([&queue.id, &start, &end, &decimal(offered, 4), &decimal(aht_s, 2), "0"])?;
        }
    }
    let mut notes = vec![tr!(
        "teleopti: skills have our names of queues; handle time stands in the field of task seconds, after-task seconds are 0"
    )];
    if let Some(wall) = repeated {
        notes.push(tr!("teleopti: clocks go back on {}, and the file cannot tell the two hours from {} apart: what is expected of both stands in one", wall.date(), wall.format("%H:%M")));
    }
    let bytes = table.into_inner().map_err(|error| OutputError::Table(error.into_error().into()))?;
    Ok(Exported { files: vec![Artifact::new("teleopti/forecast.csv", bytes)], notes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::export::by_length::sample::FORECAST;
    use crate::output::results::{ResultTable, sample};

    #[test]
    fn the_hour_that_repeats_holds_both_and_is_told() {
        let results = sample::results(&[("forecast.csv", FORECAST)], &[ResultTable::Forecast]).expect("results");
        let exported = export(&results).expect("a table");
        let text = String::from_utf8(exported.files[0].bytes.clone()).expect("text");
        // 02:00 for the first time 12 contacts of 300 s, for the second 6 of 240 s: 18 of 280 s.
        assert_eq!(
            text,
            "orders,20261025 02:00,20261025 02:30,18,280,0\r\npost,20261025 02:00,20261025 02:30,8,600,0\r\n"
        );
        assert!(exported.notes[1].contains("clocks go back on 2026-10-25"), "{:?}", exported.notes);
    }
}
