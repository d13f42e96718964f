//! `replanned.csv`: one row a day that is not as it was promised.

use chrono::{DateTime, FixedOffset};

use crate::domain::roster::{Piece, span_of};
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, ReplannedRow};
use crate::output::replanned::{Replanned, replanned};
use crate::plan::Rostered;

pub(super) fn write(rostered: &Rostered) -> Result<Vec<u8>, OutputError> {
    records::write(replanned(rostered).iter().map(|of| row(rostered, of)))
}

fn row(rostered: &Rostered, of: &Replanned<'_>) -> ReplannedRow {
    let agents = &rostered.workforce.agents;
    let agent = &agents[of.agent.0];
    let zone = rostered.workforce.site_of(agent).zone;
    let start = |pieces: &[Piece]| -> Option<DateTime<FixedOffset>> {
        (!pieces.is_empty()).then(|| local_time::wall(span_of(pieces).from, zone))
    };
    let end = |pieces: &[Piece]| -> Option<DateTime<FixedOffset>> {
        (!pieces.is_empty()).then(|| local_time::wall(span_of(pieces).until, zone))
    };
    ReplannedRow {
        agent: agent.id.to_string(),
        name: agent.name.clone(),
        date: of.promised.date,
        change: of.change.name().to_owned(),
        start_before: start(&of.promised.pieces),
        end_before: end(&of.promised.pieces),
        start: start(of.pieces),
        end: end(of.pieces),
        price: of.price,
        why: of.why.name().to_owned(),
        instead_of: of.instead_of.iter().map(|agent| agents[agent.0].id.to_string()).collect(),
    }
}
