//! The comparison as CSV: `changes.csv` and `figures.csv`.

use chrono::{DateTime, FixedOffset, SecondsFormat};

use super::change::{ShiftChange, ShiftTimes};
use super::difference::RosterDifference;
use super::figures::{Figure, FigureKind};
use crate::output::artifact::{Artifact, OutputError};
use crate::output::records::{self, FigureRow, ShiftChangeRow};

/// Both tables.
///
/// # Errors
/// When a table cannot be written.
pub fn tables(difference: &RosterDifference) -> Result<Vec<Artifact>, OutputError> {
    Ok(vec![
        Artifact::new("changes.csv", records::write(difference.changes.iter().map(change))?),
        Artifact::new("figures.csv", records::write(difference.figures.iter().map(figure))?),
    ])
}

fn change(of: &ShiftChange) -> ShiftChangeRow {
    let told = |side: &Option<ShiftTimes>, what: fn(&ShiftTimes) -> String| side.as_ref().map(what).unwrap_or_default();
    let id = |times: &ShiftTimes| times.shift_id.clone();
    let site = |times: &ShiftTimes| times.site.clone();
    let start = |times: &ShiftTimes| instant(times.start);
    let end = |times: &ShiftTimes| instant(times.end);
    ShiftChangeRow {
        agent: of.agent.clone(),
        name: of.name.clone(),
        date: of.date(),
        change: of.change.name().to_owned(),
        shift_id_before: told(&of.before, id),
        shift_id_after: told(&of.after, id),
        site_before: told(&of.before, site),
        site_after: told(&of.after, site),
        start_before: told(&of.before, start),
        end_before: told(&of.before, end),
        start_after: told(&of.after, start),
        end_after: told(&of.after, end),
        minutes_difference: of.minutes_difference(),
    }
}

fn instant(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

fn figure(of: &Figure) -> FigureRow {
    let (name, queue) = match &of.kind {
        FigureKind::Shifts => ("shifts", ""),
        FigureKind::Hours => ("hours", ""),
        FigureKind::PaidHours => ("paid_hours", ""),
        FigureKind::Wages => ("wages", ""),
        FigureKind::Premiums => ("premiums", ""),
        FigureKind::LabourCost => ("labour_cost", ""),
        FigureKind::InTime(queue) => ("in_time", queue.as_str()),
    };
    FigureRow {
        figure: name.to_owned(),
        queue: queue.to_owned(),
        before: of.before,
        after: of.after,
        difference: of.difference(),
    }
}
