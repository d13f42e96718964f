//! The repairs of all conflicts together, tried by making a roster with them.

use crate::domain::conflict::{Conflict, Tried, WayOut};
use crate::roster::engine::loosening::with_terms;
use crate::roster::pricing::legal_models::prepared;
use crate::roster::problem::RosterProblem;
use crate::roster::search::construct::construct;
use crate::roster::search::scratch::SearchScratch;

use super::changed::joined;
use super::of_agent::Stuck;
use super::seats::of_seats;

/// Changes that help all agents, and what stands in the way of a roster then.
pub(super) struct Way {
    pub(super) out: Option<WayOut>,
    pub(super) seats: Vec<Conflict>,
}

/// The first repairs of agents without a line together; nothing where one of them has none. Where seats can run out a roster is made with them.
pub(super) fn of_agents(problem: &RosterProblem<'_>, stuck: &[Stuck], until: Tried) -> Way {
    let ways: Option<Vec<_>> = stuck.iter().map(|stuck| Some((stuck.agent.0, stuck.way.as_ref()?))).collect();
    let Some(ways) = ways.filter(|ways| !ways.is_empty()) else { return Way { out: None, seats: Vec::new() } };
    let repair = joined(ways.iter().map(|(_, way)| &way.repair));
    let way = |leaves: Tried| Way { out: Some(WayOut { repair: repair.clone(), leaves }), seats: Vec::new() };
    let mut workforce = problem.workforce.clone();
    with_terms(&mut workforce, ways.iter().map(|(at, way)| (*at, &way.terms)));
    let has_limit = workforce.sites.iter().enumerate().any(|(at, site)| {
        let people = workforce.agents.iter().filter(|agent| agent.site.0 == at).count();
        site.seats.is_some_and(|seats| usize::try_from(seats).is_ok_and(|seats| seats < people))
    });
    if until == Tried::Lines || !has_limit {
        // Everybody has a line, and nothing but seats ties people to each other.
        return way(if has_limit { Tried::Lines } else { Tried::Roster });
    }
    let changed = RosterProblem { workforce: &workforce, ..*problem };
    let Ok(instance) = prepared(&changed) else { return way(Tried::Lines) };
    match construct(&instance, &mut SearchScratch::default()) {
        Ok(_) => way(Tried::Roster),
        Err(unseated) => {
            let seats = of_seats(&changed, &unseated);
            let with_seats = |also: WayOut| WayOut { repair: joined([&repair, &also.repair].into_iter()), ..also };
            let out = seats.way_out.map(with_seats).or_else(|| way(Tried::Lines).out);
            Way { out, seats: seats.conflicts }
        }
    }
}
