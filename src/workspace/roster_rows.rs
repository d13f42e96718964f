//! A row of `roster.csv`, read back: the columns, and the piece of a shift that it tells.

use super::tables::{Column, Row};
use super::words::{Refusal, choice, instant};
use crate::domain::ids::ActivityId;
use crate::domain::roster::{Activity, Piece};
use crate::domain::span::Span;
use crate::domain::time::Zone;
use tr::tr;

/// The columns of `roster.csv`, one row per piece of a shift.
pub(super) const COLUMNS: [Column; 11] = [
    Column::Required("agent"),
    Column::Optional("shift_id"),
    Column::Optional("site"),
    Column::Required("date"),
    Column::Required("activity"),
    Column::Optional("queues"),
    Column::Required("start"),
    Column::Required("end"),
    Column::Optional("paid_minutes"),
    Column::Optional("status"),
    Column::Optional("locked"),
];

/// The words for what a piece is: those that every workspace knows, then those for kinds of activities, each with whether it is paid.
pub(super) fn activities(kinds: impl Iterator<Item = (ActivityId, bool)>) -> Vec<(&'static str, Activity)> {
    let sessions = kinds.map(|(of, is_paid)| Activity::Session { of, is_paid });
    Activity::PLAIN.into_iter().chain(sessions).map(|activity| (activity.name(), activity)).collect()
}

/// The piece of a row, whose activity is one of these words. Instants need an offset; where one has none, the hint writes it on the clock of a zone.
pub(super) fn piece(row: &Row<'_>, zone: Zone, activities: &[(&'static str, Activity)]) -> Option<Piece> {
    let activity = row.required("activity", choice(activities));
    let (from, until) = (row.required("start", instant(zone)), row.required("end", instant(zone)));
    let (activity, from, until) = (activity?, from?, until?);
    if until <= from {
        row.refuse("end", Refusal::new(tr!("does not lie after `start`")).accepting(tr!("an instant after `start`")));
        return None;
    }
    Some(Piece { activity, span: Span { from, until } })
}
