//! `judged.csv`: one row a request, in the order of their file.

use crate::output::artifact::OutputError;
use crate::output::records::{self, JudgedRow};
use crate::output::requests::{detail, reason};
use crate::plan::{Judged, StandingRoster};

pub(super) fn write(standing: &StandingRoster, judged: &[Judged]) -> Result<Vec<u8>, OutputError> {
    records::write(judged.iter().map(|of| JudgedRow {
        request: of.request.id.clone(),
        agent: standing.workforce.agents[of.request.agent.0].id.to_string(),
        kind: of.request.kind.name().to_owned(),
        date: of.request.date,
        verdict: if of.refused.is_none() { "granted" } else { "refused" }.to_owned(),
        reason: of.refused.as_ref().map_or("", reason).to_owned(),
        price: of.price.map(|price| price.total()),
        detail: detail(standing, of),
    }))
}
