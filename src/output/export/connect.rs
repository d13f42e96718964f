//! Amazon Connect: the file that overrides its short-term forecast, in UTC, by a quarter or half an hour.

use super::by_length::{self, Expected};
use crate::output::artifact::{Artifact, OutputError};
use crate::output::export::exported::Exported;
use crate::output::local_time;
use crate::output::number::decimal;
use crate::output::results::Results;
use tr::tr;

/// The file.
pub(super) fn export(results: &Results) -> Result<Exported, OutputError> {
    // Intervals of the plan that fit into a quarter stay as fine as they are taken.
    let minutes = if 15 % results.plan.interval_minutes == 0 { 15 } else { 30 };
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "QueueName",
        "QueueId",
        "ChannelType",
        "TimeStamp",
        "IntervalDuration",
        "IncomingContactVolume",
        "AverageHandleTime",
    ])?;
    let mut notes = vec![tr!(
        "connect: QueueName and QueueId are our names of queues; put in those of your instance of Amazon Connect"
    )];
    for (queue, expected) in by_length::queues(results, minutes) {
        let channel = match queue.channel.as_str() {
            "voice" => "VOICE",
            "chat" => "CHAT",
            _ => {
                notes.push(tr!("connect: queue `{}` is left out, for the file takes voice and chat only", queue.id));
                continue;
            }
        };
        for Expected { start, offered, aht_s } in expected {
            table.write_record([
                &queue.id,
                &queue.id,
                channel,
                &local_time::utc(start),
                &format!("{minutes}mins"),
                &decimal(offered, 4),
                &decimal(aht_s, 2),
            ])?;
        }
    }
    let bytes = table.into_inner().map_err(|error| OutputError::Table(error.into_error().into()))?;
    Ok(Exported { files: vec![Artifact::new("connect/forecast.csv", bytes)], notes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::export::by_length::sample::FORECAST;
    use crate::output::results::{ResultTable, sample};

    #[test]
    fn voice_is_written_by_the_half_hour_and_deferred_work_is_told_to_be_left_out() {
        let results = sample::results(&[("forecast.csv", FORECAST)], &[ResultTable::Forecast]).expect("results");
        let exported = export(&results).expect("a table");
        let text = String::from_utf8(exported.files[0].bytes.clone()).expect("text");
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1], "orders,orders,VOICE,2026-10-25T00:00:00Z,30mins,12,300");
        assert!(exported.notes.iter().any(|note| note.contains("`post` is left out")), "{:?}", exported.notes);
    }
}
