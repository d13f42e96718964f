//! Sessions of activities as one plan sees them: who owes how many, and when.

use chrono::Duration;

use super::model::{Horizon, People};
use crate::domain::activity::{ActivityKind, GroupSessions, OwedSessions};
use crate::domain::span::Span;
use crate::domain::time::{PlanPeriod, start_of_day};
use crate::domain::workforce::Agent;
use crate::workspace::settings::{ActivitySettings, Per};

/// The kinds of activities, for agents in their order.
pub(super) fn kinds(people: &People, agents: &[Agent]) -> Vec<ActivityKind> {
    let kind = |of: &ActivitySettings| ActivityKind {
        id: of.id,
        length: of.length,
        is_paid: of.is_paid,
        hours: of.hours.clone(),
        from_breaks: of.from_breaks,
        at_once: of.at_once,
        group: of.group.as_ref().map(|group| GroupSessions {
            least: group.least,
            most: group.most,
            at_once: group.at_once,
            leaders: group.leaders.as_ref().map(|whom| agents.iter().map(|agent| whom.means(agent)).collect()),
        }),
    };
    people.activities.iter().map(kind).collect()
}

/// Gives every agent the sessions that they owe in a plan. Who is away for all of a time owes none in it.
pub(super) fn owe(people: &People, agents: &mut [Agent], horizons: &[Horizon], period: &PlanPeriod) {
    for of in &people.activities {
        for weeks in periods(of, period) {
            let spans: Vec<Span> = horizons.iter().map(|horizon| span_of(&weeks, horizon, period)).collect();
            let is_there = |agent: &Agent| !agent.is_away(spans[agent.site.0]);
            let holders: Vec<usize> = positions(agents, |agent| of.whom.means(agent) && is_there(agent));
            let times = times(of, agents, &holders, &spans);
            for (&at, times) in holders.iter().zip(times).filter(|(_, times)| *times > 0) {
                let within = spans[agents[at].site.0];
                agents[at].owed.push(OwedSessions { activity: of.id, times, within, starts: None, price: of.price });
            }
        }
    }
}

/// The weeks in which sessions are owed together.
fn periods(of: &ActivitySettings, period: &PlanPeriod) -> Vec<std::ops::Range<u32>> {
    match of.per {
        Per::Week => (0..period.weeks).map(|week| week..week + 1).collect(),
        Per::Plan => std::iter::once(0..period.weeks).collect(),
    }
}

/// The days of some weeks of the plan on a site's clock.
fn span_of(weeks: &std::ops::Range<u32>, horizon: &Horizon, period: &PlanPeriod) -> Span {
    let day = |week: u32| start_of_day(period.start + Duration::days(7 * i64::from(week)), horizon.zone);
    Span { from: day(weeks.start), until: day(weeks.end) }
}

/// Sessions of each holder: those said, or where there are so many for each of some people, a share of all of them by the days on which the
/// holders are there; what is left over goes to those who lack most of a whole one.
fn times(of: &ActivitySettings, agents: &[Agent], holders: &[usize], spans: &[Span]) -> Vec<u32> {
    let Some(about) = &of.about else { return vec![of.times; holders.len()] };
    let is_there = |agent: &Agent| !agent.is_away(spans[agent.site.0]);
    let all = positions(agents, |agent| about.means(agent) && is_there(agent)).len() * of.times as usize;
    let days: Vec<usize> = holders.iter().map(|&at| days_there(&agents[at], spans[agents[at].site.0])).collect();
    let sum = days.iter().sum::<usize>().max(1);
    let mut shares: Vec<usize> = days.iter().map(|days| all * days / sum).collect();
    let mut order: Vec<usize> = (0..days.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(all * days[at] % sum), at));
    let left = all - shares.iter().sum::<usize>();
    for &at in order.iter().cycle().take(if days.is_empty() { 0 } else { left }) {
        shares[at] += 1;
    }
    shares.into_iter().map(|share| u32::try_from(share).unwrap_or(u32::MAX)).collect()
}

/// Days of a span on which an agent is there at some time.
fn days_there(agent: &Agent, span: Span) -> usize {
    let day = Duration::days(1);
    let starts = std::iter::successors(Some(span.from), |at| Some(*at + day)).take_while(|at| *at < span.until);
    starts.filter(|at| !agent.is_away(Span { from: *at, until: (*at + day).min(span.until) })).count()
}

fn positions(agents: &[Agent], is_meant: impl Fn(&Agent) -> bool) -> Vec<usize> {
    agents.iter().enumerate().filter(|(_, agent)| is_meant(agent)).map(|(at, _)| at).collect()
}
