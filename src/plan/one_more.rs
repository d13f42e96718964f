//! What one more person of each kind would change: the same roster lived through once more, with the same contacts, and one person more
//! who works the shifts of somebody of that kind. Whom to hire or to cross-train is read off it.

use crate::domain::ids::{AgentId, AgentIx, QueueIx, ShiftId};
use crate::domain::progress::Progress;
use crate::domain::queue::Queue;
use crate::domain::roster::{Activity, Shift};
use crate::domain::service::Service;
use crate::domain::skill_set::SkillSet;
use crate::domain::units::{Minutes, Money};
use crate::domain::workforce::{Agent, Carry, Workforce};
use crate::simulate::{Outcomes, SimulatedRoster, SimulationParams};
use crate::staffing::CoverPriceParams;

use super::model::{OneMore, OneMoreOfEach};
use super::options::PlanError;

/// Kinds of people that are looked at: those with most hours at work.
const KINDS: usize = 12;
/// Of the replications of the main simulation one in so many tells a difference on the same contacts well enough; and how many do at most.
const PART: usize = 4;
const MOST: usize = 48;

/// What one more person of each of the largest kinds would change; people are paid so much for the plan.
pub(super) fn of_each(
    roster: &SimulatedRoster<'_>,
    service: &Service,
    params: &SimulationParams,
    (pay, cover): (&[Money], &CoverPriceParams),
    progress: &dyn Progress,
) -> Result<OneMoreOfEach, PlanError> {
    let sets = service.skill_sets();
    let replications = (service.replications / PART).clamp(2, MOST);
    let prices = prices(roster.queues, cover);
    let base = Outcomes::of(roster, params, replications, progress)?;
    let mut kinds = Vec::new();
    for set in sets.iter().take(KINDS) {
        let Some((like, at_work)) = median(roster, set) else { continue };
        let (workforce, shifts) = with_one_more(roster, like);
        let more = SimulatedRoster { workforce: &workforce, shifts: &shifts, ..*roster };
        let more = Outcomes::of(&more, params, replications, progress)?;
        kinds.push(OneMore {
            queues: set.queues().collect(),
            like: roster.workforce.agents[like.0].id.clone(),
            hours: at_work.as_hours(),
            pay: pay[like.0],
            shares: (0..roster.queues.len()).map(|queue| more.share_beyond(&base, QueueIx(queue))).collect(),
            in_time: more.in_time_beyond(&base),
            kept: more.kept_beyond(&base),
            spared: prices.as_ref().map(|prices| more.spared_beyond(&base, prices)),
        });
    }
    // Money where there are prices, else contacts; the pay is set against it by the reader, for goals that are missed have no price.
    let brings = |of: &OneMore| of.spared.unwrap_or(of.in_time).by;
    kinds.sort_by(|one, other| brings(other).total_cmp(&brings(one)));
    Ok(OneMoreOfEach { replications, left_out: sets.len().saturating_sub(KINDS), kinds })
}

/// Of those of a kind who work in the plan, the one with the median hours at work, the first of equals.
fn median(roster: &SimulatedRoster<'_>, set: &SkillSet) -> Option<(AgentIx, Minutes)> {
    let mut at_work = vec![Minutes::ZERO; roster.workforce.agents.len()];
    for shift in roster.shifts {
        let work = shift.pieces.iter().filter(|piece| piece.activity == Activity::Work);
        at_work[shift.agent.0] += work.map(|piece| piece.span.length()).sum();
    }
    let is_of_kind = |agent: &Agent| set.groups.contains(&agent.group);
    let all = roster.workforce.agents.iter().zip(at_work).enumerate();
    let mut working: Vec<(Minutes, AgentIx)> = all
        .filter(|(_, (agent, minutes))| *minutes > Minutes::ZERO && is_of_kind(agent))
        .map(|(at, (_, minutes))| (minutes, AgentIx(at)))
        .collect();
    working.sort_unstable();
    let &(minutes, agent) = working.get(working.len().saturating_sub(1) / 2)?;
    Some((agent, minutes))
}

/// The people and shifts of a roster, and behind them one person more who works the shifts of an agent: whoever was there draws the same
/// luck as before.
pub(super) fn with_one_more(roster: &SimulatedRoster<'_>, like: AgentIx) -> (Workforce, Vec<Shift>) {
    let (mut workforce, mut shifts) = (roster.workforce.clone(), roster.shifts.to_vec());
    let one_more = AgentIx(workforce.agents.len());
    let model = &roster.workforce.agents[like.0];
    let id = AgentId::new(format!("{} once more", model.id));
    workforce.agents.push(Agent { id, before: Carry::default(), ..model.clone() });
    let own = roster.shifts.iter().filter(|shift| shift.agent == like);
    shifts.extend(own.map(|shift| Shift {
        id: ShiftId::new(format!("{} once more", shift.id)),
        agent: one_more,
        ..shift.clone()
    }));
    (workforce, shifts)
}

/// Per queue the price of a contact that gives up and of one that is served late; none where nothing has a price.
fn prices(queues: &[Queue], params: &CoverPriceParams) -> Option<Vec<(f64, f64)>> {
    let prices: Vec<(f64, f64)> = queues.iter().map(|queue| params.of_contact(queue)).collect();
    prices.iter().any(|of| *of != (0.0, 0.0)).then_some(prices)
}
