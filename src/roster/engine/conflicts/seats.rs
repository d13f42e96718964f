//! A site whose seats do not hold the people who must be there: which of their rules make it so, and what would help.

use tr::tr;

use crate::domain::conflict::{Conflict, Deadlock, Tried, WayOut};
use crate::domain::rule::Rule;
use crate::roster::problem::RosterProblem;
use crate::roster::search::construct::Unseated;

use super::crowd::{CrowdCase, Searched};
use super::irreducible::irreducible;

/// The conflict of a smallest crowd of people that the seats do not hold, if search proved that no roster seats it, or else of
/// all of a site where the search seated not everybody.
pub(in crate::roster::engine) fn of_seats(problem: &RosterProblem<'_>, unseated: &Unseated) -> Deadlock {
    let agents = &problem.workforce.agents;
    let is_proved = !unseated.crowd.agents.is_empty();
    let site = agents[unseated.crowd.agents.first().copied().unwrap_or(unseated.agent)].site;
    let all_of_site = || (0..agents.len()).filter(|&at| agents[at].site == site).collect();
    let crowd = if is_proved { unseated.crowd.agents.clone() } else { all_of_site() };
    let mut case = CrowdCase::new(problem, crowd, site);
    let rules = if is_proved {
        let binding = case.binding();
        irreducible(&binding, |left_out| case.without(left_out) == Searched::Nothing).set
    } else {
        case.binding().into_iter().filter(|&rule| case.without(&[rule]) == Searched::Found).collect()
    };
    let rules = if rules.is_empty() { vec![Rule::WeeklyMinutes] } else { rules };
    let repairs = case.repairs(&rules);
    let place = &problem.workforce.sites[site.0];
    let conflict = Conflict {
        who: place.id.to_string(),
        contract: None,
        rules: [Rule::Seats].into_iter().chain(rules).collect(),
        dates: Vec::new(),
        detail: detail(problem, unseated, place.seats.unwrap_or(0)),
        is_proved,
        repairs: repairs.clone(),
    };
    let way_out = repairs.into_iter().next().map(|repair| WayOut { repair, leaves: Tried::Roster });
    Deadlock { conflicts: vec![conflict], way_out }
}

/// Who shares the seats, and what is known of them.
fn detail(problem: &RosterProblem<'_>, unseated: &Unseated, seats: u32) -> String {
    let agents = &problem.workforce.agents;
    let crowd = &unseated.crowd.agents;
    if crowd.is_empty() {
        let agent = &agents[unseated.agent];
        let people = agents.iter().filter(|other| other.site == agent.site).count();
        return tr!(
            "{people} agents share {seats} seats, and no way was found to give `{}` the paid minutes owed at times when a \
             seat is free; that none exists is not proved",
            agent.id,
            people,
            seats
        );
    }
    let names: Vec<String> = crowd.iter().map(|&agent| format!("`{}`", agents[agent].id)).collect();
    let others =
        if unseated.crowd.is_irreducible { tr!("; without any one of them there is one") } else { String::new() };
    let names = names.join(", ");
    tr!(
        "{names} share {seats} seats, and no choice of shifts gives all of them the paid minutes owed{others}",
        names,
        seats,
        others
    )
}
