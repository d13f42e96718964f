//! Hours that could be given to training and coaching with every goal kept as it is: proposed by what pools of people require at the goals,
//! an hour of a person at a time, and confirmed by living through the roster without them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::ids::{AgentIx, QueueIx};
use crate::domain::progress::Progress;
use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::service::Service;
use crate::domain::span::Span;
use crate::domain::time::Instant;
use crate::simulate::{self, SimulatedRoster, SimulationParams};
use crate::staffing::{self, PoolOfPeople, PoolTargets};

use super::model::FreeHours;
use super::options::PlanError;

/// Replications of each attempt.
const REPLICATIONS: usize = 64;
/// Parts of the proposed hours that are tried, one after the other.
const PARTS: [f64; 5] = [1.0, 0.75, 0.5, 0.3, 0.15];

/// An hour, or an interval that is longer, of somebody at work.
#[derive(Clone, Copy, Debug)]
struct Hour {
    agent: AgentIx,
    span: Span,
    day: NaiveDate,
}

/// Hours free by day and kind of people; none where a goal that holds would be missed without them.
pub(super) fn of_roster(
    roster: &SimulatedRoster<'_>,
    params: &SimulationParams,
    progress: &dyn Progress,
) -> Result<Vec<FreeHours>, PlanError> {
    let proposed = proposed(roster);
    if proposed.is_empty() {
        return Ok(Vec::new());
    }
    let params = SimulationParams { replications: Some(REPLICATIONS), ..*params };
    let before = simulate::simulate(roster, &params, progress)?;
    for part in PARTS {
        let taken = spread(&proposed, part);
        let shifts = without(roster.shifts, &taken);
        let after = simulate::simulate(&SimulatedRoster { shifts: &shifts, ..*roster }, &params, progress)?;
        if keeps(roster, &before, &after) {
            return Ok(by_day(roster, &taken));
        }
    }
    Ok(Vec::new())
}

/// Hours of people beyond what any pool requires to reach its queues' goals, those of people with fewest skills first.
fn proposed(roster: &SimulatedRoster<'_>) -> Vec<Hour> {
    let (grid, groups) = (roster.requirement.grid, &roster.workforce.groups);
    let pools = staffing::pools_of_people(roster.queues.len(), groups);
    let targets = PoolTargets::of_goals(roster.queues, grid.len());
    let at_work = at_work(roster);
    let group = |agent: usize| roster.workforce.agents[agent].group.0;
    let mut heads = vec![vec![0.0; groups.len()]; grid.len()];
    for (agent, intervals) in at_work.iter().enumerate() {
        for t in (0..grid.len()).filter(|&t| intervals[t]) {
            heads[t][group(agent)] += 1.0;
        }
    }
    let surplus = |pool: &PoolOfPeople| -> Vec<f64> {
        let required = pool.required(roster.requirement, roster.queues, &targets);
        heads.iter().zip(&required).map(|(heads, required)| pool.worth(heads) - required).collect()
    };
    let mut surplus: Vec<Vec<f64>> = pools.iter().map(surplus).collect();
    let mut agents: Vec<usize> = (0..at_work.len()).collect();
    agents.sort_by_key(|&agent| (groups[group(agent)].abilities.len(), agent));
    let of_hour = usize::try_from((60 / grid.interval().get()).max(1)).unwrap_or(1);
    let mut hours = Vec::new();
    for from in (0..grid.len()).step_by(of_hour) {
        let block = from..(from + of_hour).min(grid.len());
        let span = Span { from: grid.start_of(block.start), until: grid.start_of(block.end) };
        for &agent in agents.iter().filter(|&&agent| block.clone().all(|t| at_work[agent][t])) {
            let worth: Vec<f64> = pools.iter().map(|pool| pool.worth_of_group(group(agent))).collect();
            let is_free = |pool: usize| worth[pool] <= 0.0 || block.clone().all(|t| surplus[pool][t] >= worth[pool]);
            if worth.iter().any(|worth| *worth > 0.0) && (0..pools.len()).all(is_free) {
                for (of, worth) in surplus.iter_mut().zip(&worth) {
                    of[block.clone()].iter_mut().for_each(|surplus| *surplus -= worth);
                }
                hours.push(Hour {
                    agent: AgentIx(agent),
                    span,
                    day: grid.local_date_of(block.start, roster.period.zone),
                });
            }
        }
    }
    hours
}

/// Per agent the intervals that they are at work throughout.
fn at_work(roster: &SimulatedRoster<'_>) -> Vec<Vec<bool>> {
    let grid = roster.requirement.grid;
    let mut at_work = vec![vec![false; grid.len()]; roster.workforce.agents.len()];
    for shift in roster.shifts {
        for piece in shift.pieces.iter().filter(|piece| piece.activity == Activity::Work) {
            for (t, is_at_work) in at_work[shift.agent.0].iter_mut().enumerate() {
                *is_at_work |= piece.span.from <= grid.start_of(t) && grid.start_of(t + 1) <= piece.span.until;
            }
        }
    }
    at_work
}

/// So large a part of some hours, evenly spread.
fn spread(hours: &[Hour], part: f64) -> Vec<Hour> {
    let so_many = |at: usize| (at as f64 * part).floor();
    hours.iter().enumerate().filter(|(at, _)| so_many(at + 1) > so_many(*at)).map(|(_, hour)| *hour).collect()
}

/// Shifts whose people are not at work in some hours.
fn without(shifts: &[Shift], hours: &[Hour]) -> Vec<Shift> {
    let mut by_agent: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for hour in hours {
        by_agent.entry(hour.agent.0).or_default().push(hour.span);
    }
    let cut = |shift: &Shift| {
        let mut shift = shift.clone();
        for away in by_agent.get(&shift.agent.0).into_iter().flatten() {
            shift.pieces = shift.pieces.into_iter().flat_map(|piece| apart(piece, away)).collect();
        }
        shift
    };
    shifts.iter().map(cut).collect()
}

/// What is left of a piece of work outside a stretch.
fn apart(piece: Piece, away: &Span) -> Vec<Piece> {
    if piece.activity != Activity::Work || !piece.span.overlaps(away) {
        return vec![piece];
    }
    let part = |from: Instant, until: Instant| Piece { span: Span { from, until }, ..piece };
    let parts = [part(piece.span.from, away.from), part(away.until, piece.span.until)];
    parts.into_iter().filter(|part| part.span.from < part.span.until).collect()
}

/// Whether no goal is missed by more than it is with everybody there.
fn keeps(roster: &SimulatedRoster<'_>, before: &Service, after: &Service) -> bool {
    let pairs = roster.queues.iter().zip(before.queues.iter().zip(&after.queues));
    pairs.into_iter().all(|(queue, (before, after))| after.missed(&queue.goal) <= before.missed(&queue.goal))
}

/// The hours by day and by the queues that people take.
fn by_day(roster: &SimulatedRoster<'_>, hours: &[Hour]) -> Vec<FreeHours> {
    let mut sums: BTreeMap<(NaiveDate, Vec<QueueIx>), f64> = BTreeMap::new();
    for hour in hours {
        let group = &roster.workforce.groups[roster.workforce.agents[hour.agent.0].group.0];
        let mut queues: Vec<QueueIx> = group.abilities.iter().map(|ability| ability.queue).collect();
        queues.sort_unstable();
        *sums.entry((hour.day, queues)).or_default() += hour.span.length().as_hours();
    }
    sums.into_iter().map(|((day, queues), hours)| FreeHours { day, queues, hours }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;

    fn at(minutes: i64) -> Instant {
        Instant::UNIX_EPOCH + Minutes::new(minutes).duration()
    }

    fn span(from: i64, until: i64) -> Span {
        Span { from: at(from), until: at(until) }
    }

    #[test]
    fn an_hour_away_leaves_the_work_before_and_after_it() {
        let work = Piece { activity: Activity::Work, span: span(0, 240) };
        let spans = |piece: Piece, away: Span| apart(piece, &away).iter().map(|piece| piece.span).collect::<Vec<_>>();
        assert_eq!(spans(work, span(60, 120)), [span(0, 60), span(120, 240)]);
        assert_eq!(spans(work, span(0, 60)), [span(60, 240)]);
        assert_eq!(spans(work, span(240, 300)), [span(0, 240)]);
        let meal = Piece { activity: Activity::Meal, span: span(0, 60) };
        assert_eq!(spans(meal, span(0, 60)), [span(0, 60)]);
    }

    #[test]
    fn a_part_of_the_hours_is_spread_evenly() {
        let hour = |at: usize| Hour { agent: AgentIx(at), span: span(0, 60), day: NaiveDate::default() };
        let hours: Vec<Hour> = (0..8).map(hour).collect();
        let agents = |part| spread(&hours, part).iter().map(|hour| hour.agent.0).collect::<Vec<_>>();
        assert_eq!(agents(1.0), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(agents(0.5), [1, 3, 5, 7]);
        assert!(agents(0.0).is_empty());
    }
}
