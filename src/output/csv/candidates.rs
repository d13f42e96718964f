//! Who could take a shift: one row a person, the first to be asked first.

use crate::output::artifact::OutputError;
use crate::output::records::{self, CandidateRow};
use crate::output::requests::{broken, missing};
use crate::plan::{Candidate, Candidates, StandingRoster};

pub(super) fn write(standing: &StandingRoster, of: &Candidates) -> Result<Vec<u8>, OutputError> {
    records::write(of.ranked.iter().map(|of| row(standing, of)))
}

fn row(standing: &StandingRoster, of: &Candidate) -> CandidateRow {
    let agent = &standing.workforce.agents[of.agent.0];
    let [nights, weekends, holidays, late, early] = of.burdens;
    CandidateRow {
        agent: agent.id.to_string(),
        name: agent.name.clone(),
        legal: of.broken.is_empty(),
        why_not: broken(&of.broken),
        total: of.price.total(),
        pay: of.price.pay,
        change: of.price.change,
        wishes: of.price.wishes,
        fairness: of.price.fairness,
        sessions: of.price.sessions,
        service: of.price.service,
        missing_hours: missing(standing, &of.missing),
        lacks: of.lacks.iter().map(|queue| standing.queues[queue.0].id.to_string()).collect(),
        instead_of: of.instead.as_ref().map_or_else(String::new, ToString::to_string),
        hours_in_week: of.in_week.as_hours(),
        points: of.points,
        nights,
        weekends,
        holidays,
        late,
        early,
    }
}
