//! `absences.csv`: who is away, when, and since when that is known.

use super::row::Row;
use super::sheet::Column;
use crate::domain::ids::AbsenceKindId;
use crate::domain::span::Span;
use crate::domain::time::{Instant, Zone, start_of_day};
use crate::workspace::place::Place;
use crate::workspace::settings::Names;
use crate::workspace::words::{Index, Read, Refusal, date, instant};
use tr::tr;

/// The columns.
pub(crate) const ABSENCES: [Column; 5] = [
    Column::Required("agent"),
    Column::Required("start"),
    Column::Required("end"),
    Column::Required("kind"),
    Column::Optional("known_from"),
];

/// One absence of one agent.
#[derive(Clone, Debug)]
pub(crate) struct Absence {
    pub(crate) place: Place,
    /// Position of the agent among all agents.
    pub(crate) agent: usize,
    pub(crate) span: Span,
    pub(crate) kind: AbsenceKindId,
    pub(crate) known_from: Option<Instant>,
}

/// Reads absences from rows. `start` and `end` are instants, or dates of the agent's site, both included.
/// `zones` holds the zone of each agent's site.
pub(crate) fn absences(rows: &[Row<'_>], agents: &Index, zones: &[Zone], names: &Names) -> Vec<Absence> {
    let read = |row: &Row<'_>| {
        let agent = row.required("agent", |word| agents.find(word));
        let zone = agent.and_then(|agent| zones.get(agent).copied()).unwrap_or(Zone::UTC);
        let from = row.required("start", day_or_instant(zone, 0));
        let until = row.required("end", day_or_instant(zone, 1));
        let kind = row.required("kind", names.absence_kind());
        let known_from = row.optional("known_from", instant(zone));
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            row.refuse(
                "end",
                Refusal::new(tr!("does not lie after `start`"))
                    .accepting(tr!("an instant after `start`, or its date or a later one")),
            );
        }
        let (place, span) = (row.place().clone(), Span { from: from?, until: until? });
        Some(Absence { place, agent: agent?, span, kind: kind?, known_from })
    };
    rows.iter().filter_map(read).collect()
}

/// An instant, or the midnight that begins a date `days_later`.
fn day_or_instant(zone: Zone, days_later: u64) -> impl Fn(&str) -> Read<Instant> {
    move |word| {
        if let Ok(date) = date(word) {
            return Ok(start_of_day(date.checked_add_days(chrono::Days::new(days_later)).unwrap_or(date), zone));
        }
        instant(zone)(word).map_err(|refusal| {
            let accepted = tr!(
                "RFC 3339 with an offset, such as 2026-12-01T09:00:00+01:00, or a date YYYY-MM-DD of the agent's site"
            );
            refusal.accepting(accepted)
        })
    }
}
