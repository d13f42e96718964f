//! What was inferred of a history, told as a table and in sentences.

use std::fmt::Write;
use tr::tr;

use super::reporter::Reporter;
use crate::domain::history::{Survey, SurveyedQueue};
use crate::domain::time::{Instant, Zone};
use crate::generate;
use crate::ingest::import::Imported;

/// What was found and assumed in an export.
pub(super) fn tell(shown: &str, imported: &Imported, reporter: &Reporter) {
    let (rows, contacts) = (imported.rows, imported.contacts.round());
    reporter.say(&tr!("{shown}: rows {rows}, contacts {contacts}", shown, rows, contacts));
    for sentence in imported.said.found.iter().chain(&imported.left_out) {
        reporter.say(&format!("  {sentence}"));
    }
    for sentence in &imported.said.assumed {
        reporter.warn(&tr!("{shown}: assumed: {sentence}", shown, sentence));
    }
}

/// Minutes.
const A_DAY: i64 = 1440;

/// What a workspace's history holds, queue by queue.
pub(super) fn table(survey: &Survey, zone: Zone, reporter: &Reporter) {
    let head = [
        tr!("queue"),
        tr!("contacts"),
        tr!("a week"),
        tr!("handle time"),
        tr!("first day"),
        tr!("last day"),
        tr!("opening hours" => "open"),
    ];
    let rows: Vec<[String; 7]> =
        survey.queues.iter().map(|queue| row(queue, zone, survey.interval.get() >= A_DAY)).collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(head[column].chars().count())
        })
        .collect();
    let line = |cells: &[String; 7]| {
        let mut line = format!("  {:<width$}", cells[0], width = widths[0]);
        for column in 1..4 {
            let _ = write!(line, "  {:>width$}", cells[column], width = widths[column]);
        }
        for column in 4..7 {
            let _ = write!(line, "  {:<width$}", cells[column], width = widths[column]);
        }
        line.trim_end().to_owned()
    };
    reporter.say(&tr!("rows of {} minutes", survey.interval.get()));
    reporter.say(&line(&head));
    for row in &rows {
        reporter.say(&line(row));
    }
}

fn row(queue: &SurveyedQueue, zone: Zone, is_daily: bool) -> [String; 7] {
    let date = |at: Instant| at.with_timezone(&zone).format("%Y-%m-%d").to_string();
    let weeks = ((queue.last - queue.first).num_minutes() as f64 / 10_080.0).max(1.0);
    let hours = generate::weekly_hours(&queue.hours);
    [
        if queue.name.is_empty() { "main".to_owned() } else { queue.name.clone() },
        format!("{:.0}", queue.contacts),
        format!("{:.0}", queue.contacts / weeks),
        queue.aht_s.map_or_else(|| tr!("not told"), |aht| format!("{aht:.1} s")),
        date(queue.first),
        date(queue.last),
        if is_daily {
            tr!("rows of a day do not tell")
        } else if hours.is_empty() {
            tr!("not clear")
        } else {
            hours.replace(" = ", " ").replace('"', "")
        },
    ]
}
