//! Hours that could be given to training and coaching with every goal kept as it is: proposed by what pools of people require at the goals,
//! an hour of a person at a time, and confirmed by living through the roster without them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::ids::{AgentIx, QueueIx};
use crate::domain::progress::Progress;
use crate::domain::queue::{GoalPeriod, Queue};
use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::service::{PeriodService, Service};
use crate::domain::span::Span;
use crate::domain::standing::{THIN, THIN_SHARE};
use crate::domain::time::Instant;
use crate::simulate::{self, SimulatedRoster, SimulationParams};
use crate::staffing::{self, PoolOfPeople, PoolTargets};

use super::model::FreeHours;
use super::options::PlanError;

/// Replications of each attempt, and attempts.
const REPLICATIONS: usize = 64;
const ATTEMPTS: usize = 10;
/// Attempts after which people who cannot take a wanting queue give back hours too: they free those who can.
const DIRECTLY: usize = 3;
/// Of hours that are too many where a goal would be missed one in so many is given back.
const GIVEN_BACK: usize = 2;

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
    let mut hours = proposed(roster);
    if hours.is_empty() {
        return Ok(hours_by_day(roster, &hours));
    }
    let params = SimulationParams { replications: Some(REPLICATIONS), ..*params };
    let before = simulate::simulate(roster, &params, progress)?;
    for attempt in 0..ATTEMPTS {
        let shifts = without(roster.shifts, &hours);
        let after = simulate::simulate(&SimulatedRoster { shifts: &shifts, ..*roster }, &params, progress)?;
        let wanting = wanting(roster, &before, &after);
        if wanting.is_empty() {
            return Ok(hours_by_day(roster, &hours));
        }
        hours = given_back(hours, |hour| {
            let group = &roster.workforce.groups[roster.workforce.agents[hour.agent.0].group.0];
            let takes = |queue: QueueIx| group.abilities.iter().any(|ability| ability.queue == queue);
            wanting.iter().any(|(queue, days)| (attempt >= DIRECTLY || takes(*queue)) && days.contains(&hour.day))
        });
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
    let last = roster.period.end().pred_opt().unwrap_or(roster.period.start);
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
                    day: grid.local_date_of(block.start, roster.period.zone).min(last),
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

/// Some hours without every second one of those that are too many, evenly spread.
fn given_back(hours: Vec<Hour>, is_too_many: impl Fn(&Hour) -> bool) -> Vec<Hour> {
    let mut seen = 0;
    let keeps = |hour: &Hour| {
        let is_too_many = is_too_many(hour);
        seen += usize::from(is_too_many);
        !is_too_many || seen % GIVEN_BACK != 0
    };
    hours.into_iter().filter(keeps).collect()
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

/// Queues whose goals would be missed where they hold with everybody there, each with the days that it concerns.
fn wanting(roster: &SimulatedRoster<'_>, before: &Service, after: &Service) -> Vec<(QueueIx, Vec<NaiveDate>)> {
    /// A share this far above its goal is safe, and what is less than this below the share with everybody there is luck.
    const SAFE: f64 = 0.005;
    const LUCK: f64 = 0.002;
    let of_queue = |(at, queue): (usize, &Queue)| {
        let goal = queue.goal.share.get();
        let pairs = before.queues[at].periods(queue.goal.over).iter().zip(after.queues[at].periods(queue.goal.over));
        let is_short = |(before, after): &(&PeriodService, &PeriodService)| match (before.judged, after.judged) {
            (Some(before), Some(after)) => after.share < goal + SAFE && after.share < before.share - LUCK,
            _ => false,
        };
        let days_of = |(period, _): (&PeriodService, &PeriodService)| {
            period.from.iter_days().take(usize::try_from(period.days).unwrap_or(0)).collect::<Vec<_>>()
        };
        let mut days: Vec<NaiveDate> = pairs.filter(is_short).flat_map(days_of).collect();
        let [thin, thinner] = [&before.queues[at], &after.queues[at]].map(|of| of.in_thin_intervals(goal, THIN));
        if queue.goal.over == GoalPeriod::Interval && thinner > THIN_SHARE - SAFE && thinner > thin + LUCK {
            days = roster.period.dates().collect();
        }
        (queue.goal.is_promise() && !days.is_empty()).then_some((QueueIx(at), days))
    };
    roster.queues.iter().enumerate().filter_map(of_queue).collect()
}

/// The hours by day and by the queues that people take.
fn hours_by_day(roster: &SimulatedRoster<'_>, hours: &[Hour]) -> Vec<FreeHours> {
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
    fn every_second_hour_that_is_too_many_is_given_back() {
        let hour = |at: usize| Hour { agent: AgentIx(at), span: span(0, 60), day: NaiveDate::default() };
        let left = |is_too_many: fn(&Hour) -> bool| {
            given_back((0..8).map(hour).collect(), is_too_many).iter().map(|hour| hour.agent.0).collect::<Vec<_>>()
        };
        assert_eq!(left(|_| true), [0, 2, 4, 6]);
        assert_eq!(left(|hour| hour.agent.0 >= 4), [0, 1, 2, 3, 4, 6]);
        assert_eq!(left(|_| false).len(), 8);
    }
}
