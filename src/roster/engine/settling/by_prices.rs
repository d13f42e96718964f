//! Times of group sessions for which people's shifts would have to move: what attending at a time costs each of them, by the prices at the end
//! of a search.
//!
//! In a roster that stands few of those who owe a session may be on shift together, and all of them at once may be missed more than the session is
//! worth. With prices for everybody's time each of them is asked alone: the cheapest shifts with the session at a time, less the cheapest without
//! it. That leaves aside that they are missed together, so it tells rather too little; whoever then is missed too much stays away.

use std::collections::BTreeMap;

use crate::domain::activity::{ActivityKind, GroupSessions, OwedSessions};
use crate::domain::ids::AgentIx;
use crate::domain::span::Span;
use crate::domain::units::Money;
use crate::domain::workforce::{Agent, Workforce};
use crate::roster::bound::lagrangian::evaluate_once;
use crate::roster::instance::Instance;
use crate::roster::pricing::legal_models::prepared;
use crate::roster::problem::RosterProblem;

use crate::roster::engine::alike_queues::Joined;
use crate::roster::engine::solve::priced_at_end;
use crate::roster::engine::start::Start;

/// People asked in all, each once for a time: more of them take longer, fewer leave out times.
const ASKED: usize = 3_000;
/// A price for which a session is held wherever it can be, in the currency.
const HELD: f64 = 1e6;

/// What it costs people to attend sessions of a kind.
pub(super) struct PricedTimes {
    /// First slots of sessions.
    starts: Vec<usize>,
    /// Per agent who could attend or lead, for each start what it costs; none where it cannot be.
    extra: BTreeMap<usize, Vec<Option<f64>>>,
}

/// A session by prices.
pub(super) struct PricedSession {
    pub(super) start: usize,
    pub(super) attending: Vec<usize>,
    pub(super) leader: Option<usize>,
}

impl PricedTimes {
    /// Asks those who owe a session of a kind, and those who may lead one, for starts that are known and for others; none where the search has left
    /// no prices that fit.
    pub(super) fn of(
        (problem, instance, end): (&RosterProblem<'_>, &Instance<'_>, &Start),
        workforce: &Workforce,
        kind: &ActivityKind,
        (owing, known): (&[usize], &[usize]),
    ) -> Option<Self> {
        let group = kind.group.as_ref()?;
        let may_lead = (0..workforce.agents.len()).filter(|at| group.may_lead(AgentIx(*at)));
        let mut people: Vec<usize> = owing.iter().copied().chain(may_lead).collect();
        people.sort_unstable();
        people.dedup();
        let mut starts = starts(instance, kind, group, owing, ASKED / people.len().max(1));
        starts.extend(known);
        starts.sort_unstable();
        starts.dedup();
        let mut agents: Vec<Agent> = Vec::with_capacity(people.len() * (starts.len() + 1));
        for &at in &people {
            let of = &workforce.agents[at];
            agents.push(with_session(of, kind, None));
            let at_start = |start: &usize| with_session(of, kind, Some((instance, *start)));
            agents.extend(starts.iter().map(at_start));
        }
        let joined = Joined::of(problem);
        let as_one = joined.as_ref().map_or(*problem, |joined| joined.problem(problem));
        let prices = priced_at_end(&prepared(&as_one).ok()?, end).0;
        let asked = Workforce { agents, ..as_one.workforce.clone() };
        let asked = RosterProblem { workforce: &asked, ..as_one };
        let asked = prepared(&asked).ok()?;
        let costs = evaluate_once(&asked, &prices.grown(&asked)?).costs;
        let extra = |of: &[f64]| -> Vec<Option<f64>> {
            let more = |cost: &f64| Some(cost - of[0]).filter(|more| *more < HELD / 2.0);
            of[1..].iter().map(more).collect()
        };
        let extra = people.into_iter().zip(costs.chunks(starts.len() + 1).map(extra)).collect();
        Some(Self { starts, extra })
    }

    /// What attending at a start costs somebody; none where that cannot be.
    pub(super) fn extra(&self, agent: usize, start: usize) -> Option<f64> {
        let place = self.starts.binary_search(&start).ok()?;
        self.extra.get(&agent)?[place]
    }

    /// Of all starts that may be, the session that is worth most beyond what it costs those who attend, each for the price at which it is due.
    pub(super) fn best(
        &self,
        group: &GroupSessions,
        due: &[(usize, Money)],
        may_start: impl Fn(usize) -> bool,
        leads: &[usize],
    ) -> Option<PricedSession> {
        let mut best: Option<(f64, PricedSession)> = None;
        for (place, &start) in self.starts.iter().enumerate().filter(|(_, start)| may_start(**start)) {
            let extra = |agent: usize| self.extra.get(&agent).and_then(|of| of[place]);
            let free = self.extra.keys().copied().filter(|at| group.may_lead(AgentIx(*at)) && !leads.contains(at));
            let leading = free.filter_map(|at| Some((extra(at)?, at))).min_by(|a, b| a.0.total_cmp(&b.0));
            if group.needs_leader() && leading.is_none() {
                continue;
            }
            let leader = leading.filter(|_| group.needs_leader());
            let gain_of = |&(agent, price): &(usize, Money)| {
                let is_other = leader.is_none_or(|(_, leads)| leads != agent);
                extra(agent).filter(|_| is_other).map(|extra| (price.as_f64() - extra, agent))
            };
            let mut gains: Vec<(f64, usize)> = due.iter().filter_map(gain_of).filter(|(gain, _)| *gain > 0.0).collect();
            gains.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            gains.dedup_by_key(|(_, agent)| *agent);
            gains.truncate(group.most as usize);
            let gain = gains.iter().map(|(gain, _)| gain).sum::<f64>() - leader.map_or(0.0, |(extra, _)| extra);
            if gains.len() < group.least as usize || gain <= best.as_ref().map_or(0.0, |(most, _)| *most) {
                continue;
            }
            let attending = gains.into_iter().map(|(_, agent)| agent).collect();
            best = Some((gain, PricedSession { start, attending, leader: leader.map(|(_, leads)| leads) }));
        }
        best.map(|(_, session)| session)
    }
}

/// Starts of sessions at which enough of those who owe one could be there, spread evenly where there are more than so many.
fn starts(
    instance: &Instance<'_>,
    kind: &ActivityKind,
    group: &GroupSessions,
    owing: &[usize],
    most: usize,
) -> Vec<usize> {
    let slots = instance.slot_grid.slots_of(kind.length);
    let could = |agent: usize, start: usize| {
        let book = instance.models[agent].sessions.as_ref();
        let is_open = book.is_some_and(|book| {
            book.kinds.iter().any(|of| of.activity == kind.id && of.starts.get(start) == Some(&true))
        });
        is_open && instance.windows[agent].iter().any(|window| window.start <= start && start + slots <= window.end)
    };
    let enough = |start: &usize| owing.iter().filter(|at| could(**at, *start)).count() >= group.least as usize;
    let all: Vec<usize> = (0..instance.slot_grid.slots.saturating_sub(slots)).filter(enough).collect();
    let step = all.len().div_ceil(most.max(1)).max(1);
    all.into_iter().step_by(step).collect()
}

/// An agent who owes a session of a kind at a start and holds it wherever that is possible, or who owes none.
fn with_session(of: &Agent, kind: &ActivityKind, at: Option<(&Instance<'_>, usize)>) -> Agent {
    let mut agent = of.clone();
    agent.owed.retain(|owed| owed.activity != kind.id);
    if let Some((instance, start)) = at {
        let start = instance.slot_grid.instant(start);
        // A session lies in a shift that starts on the same day or on the one before.
        let days = chrono::Duration::days(2);
        agent.owed.push(OwedSessions {
            activity: kind.id,
            times: 1,
            within: Span { from: start - days, until: start + days },
            starts: Some(vec![start]),
            price: Money::rounded(HELD),
        });
    }
    agent
}
