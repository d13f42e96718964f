//! Times for sessions in the shifts that people have, as they suit a roster that stands; then those for which shifts have to move.

use std::ops::Range;

use crate::domain::activity::{ActivityKind, GroupSessions, OwedSessions};
use crate::domain::ids::{ActivityId, AgentIx};
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::roster::engine::start::Start;
use crate::roster::instance::Instance;
use crate::roster::instance::breaks::Pause;
use crate::roster::instance::line::{Line, LineShift};
use crate::roster::problem::RosterProblem;
use crate::roster::search::cover_memo::CoverSolver;
use crate::roster::search::incumbent::Incumbent;

use super::by_prices::PricedTimes;
use super::session::{Due, Held, Left, Session, tell};

/// The roster while times are settled.
pub(super) struct Settling<'a> {
    instance: &'a Instance<'a>,
    roster: Incumbent,
    lines: Vec<Line>,
    solver: CoverSolver,
    /// Per agent the slots of sessions settled so far.
    busy: Vec<Vec<Range<usize>>>,
    /// Who leads sessions settled so far.
    leads: Vec<usize>,
}

impl<'a> Settling<'a> {
    pub(super) fn new(instance: &'a Instance<'a>, roster: &Start) -> Option<Self> {
        let is_own = |of: ActivityId| !instance.problem.workforce.activity(of).is_some_and(ActivityKind::is_shared);
        let lines = roster.lines_with(instance, |_, _, of, _| is_own(of))?;
        let mut solver = CoverSolver::default();
        let roster = Incumbent::of(instance, lines.clone(), &mut solver)?;
        let busy = lines.iter().map(|line| sessions_of(line).collect()).collect();
        Some(Self { instance, roster, lines, solver, busy, leads: Vec::new() })
    }

    /// Settles the sessions of a kind that people can hold in the shifts that they have; what is due beyond them is left.
    pub(super) fn settle(&mut self, kind: &ActivityKind, workforce: &mut Workforce) -> Left {
        let mut due = self.due(kind);
        for Due { agent, entry, .. } in &due {
            workforce.agents[*agent].owed[*entry].starts.get_or_insert_default();
        }
        let mut held: Vec<Held> = Vec::new();
        while let Some(session) = self.next_session(kind, &mut due, &held) {
            tell(self.instance, kind, &session, &mut due, workforce);
            let there = session.attending.iter().map(|due| due.agent).chain(session.leader);
            for agent in there.collect::<Vec<_>>() {
                self.leave(agent, session.start, self.slots(kind));
            }
            held.push(session.held());
            self.leads.extend(session.leader);
        }
        Left { due, held }
    }

    /// Settles sessions of a group for which shifts have to move, as long as they are worth it by the prices at the end of a search.
    pub(super) fn settle_by_prices(
        &mut self,
        (problem, end): (&RosterProblem<'_>, &Start),
        kind: &ActivityKind,
        Left { mut due, mut held }: Left,
        workforce: &mut Workforce,
    ) {
        let Some(group) = kind.group.as_ref().filter(|_| !due.is_empty()) else { return };
        let owing: Vec<usize> = due.iter().map(|due| due.agent).collect();
        let known: Vec<usize> = held.iter().map(|held| held.start).collect();
        let Some(times) = PricedTimes::of((problem, self.instance, end), workforce, kind, (&owing, &known)) else {
            return;
        };
        let slots = self.slots(kind);
        loop {
            let asked: Vec<(usize, Money)> = due.iter().map(|due| (due.agent, due.price)).collect();
            let has_room = |start: usize| {
                let meeting = held.iter().filter(|other| start < other.start + slots && other.start < start + slots);
                meeting.count() < group.at_once as usize
            };
            let Some(found) = times.best(group, &asked, has_room, &self.leads) else { break };
            let place = |agent: &usize| due.iter().find(|due| due.agent == *agent).copied();
            let attending = found.attending.iter().filter_map(place).collect();
            let session = Session { start: found.start, attending, leader: found.leader, gain: 0.0 };
            tell(self.instance, kind, &session, &mut due, workforce);
            self.leads.extend(session.leader);
            held.push(session.held());
        }
        self.join(&times, (group, kind), &mut held, &mut due, workforce);
    }

    /// Who is left joins a session that has a seat, where that costs less than the session is worth.
    fn join(
        &self,
        times: &PricedTimes,
        (group, kind): (&GroupSessions, &ActivityKind),
        held: &mut [Held],
        due: &mut Vec<Due>,
        workforce: &mut Workforce,
    ) {
        for of in due.clone() {
            let has_seat = |held: &&mut Held| held.attending < group.most as usize;
            let cost = |held: &Held| times.extra(of.agent, held.start).filter(|extra| *extra < of.price.as_f64());
            let priced = held.iter_mut().filter(has_seat).filter_map(|held| Some((cost(held)?, held)));
            let Some((_, cheapest)) = priced.min_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
            cheapest.attending += 1;
            let session = Session { start: cheapest.start, attending: vec![of], leader: None, gain: 0.0 };
            tell(self.instance, kind, &session, due, workforce);
        }
    }

    /// The next session to be given a time; none where no other is worth what it costs.
    fn next_session(&mut self, kind: &ActivityKind, due: &mut Vec<Due>, held: &[Held]) -> Option<Session> {
        if kind.group.is_some() {
            return self.best_session(kind, due, held);
        }
        // Each attends alone: one after the other takes the best time that is left.
        while let Some(next) = due.first().copied() {
            if let Some(session) = self.best_session(kind, &[next], held) {
                return Some(session);
            }
            due.remove(0);
        }
        None
    }

    /// The sessions of a kind that are owed and have no time yet, each for itself.
    fn due(&self, kind: &ActivityKind) -> Vec<Due> {
        let agents = self.instance.problem.workforce.agents.iter().enumerate();
        let of_agent =
            agents.flat_map(|(agent, of)| of.owed.iter().enumerate().map(move |(entry, owed)| (agent, entry, owed)));
        let open = of_agent.filter(|(.., owed)| owed.activity == kind.id && owed.starts.is_none());
        let each = |(agent, entry, owed): (usize, usize, &OwedSessions)| {
            std::iter::repeat_n(Due { agent, entry, price: owed.price }, owed.times as usize)
        };
        open.flat_map(each).collect()
    }

    /// The session that is worth most beyond what it costs, if any is worth it.
    fn best_session(&mut self, kind: &ActivityKind, due: &[Due], held: &[Held]) -> Option<Session> {
        let rooms = kind.group.as_ref().map_or(kind.at_once, |group| Some(group.at_once));
        let slots = self.slots(kind);
        let starts = 0..self.instance.slot_grid.slots.saturating_sub(slots);
        let mut best: Option<Session> = None;
        for start in starts {
            let meeting =
                held.iter().filter(|other| start < other.start + slots && other.start < start + slots).count();
            if rooms.is_some_and(|rooms| meeting >= rooms as usize) {
                continue;
            }
            let Some(session) = self.session_at(kind, due, start) else { continue };
            if session.gain > best.as_ref().map_or(0.0, |best| best.gain) {
                best = Some(session);
            }
        }
        best
    }

    /// A session that starts in a slot, with all who can attend.
    fn session_at(&mut self, kind: &ActivityKind, due: &[Due], start: usize) -> Option<Session> {
        let (least, most) = kind.group.as_ref().map_or((1, 1), |group| (group.least as usize, group.most as usize));
        let mut attending: Vec<Due> = Vec::new();
        for of in due {
            if attending.len() < most
                && attending.iter().all(|other| other.agent != of.agent)
                && self.can(of, kind, start)
            {
                attending.push(*of);
            }
        }
        let needs_leader = kind.group.as_ref().is_some_and(GroupSessions::needs_leader);
        let leader = needs_leader.then(|| self.leader(kind, &attending, start)).flatten();
        attending.retain(|due| Some(due.agent) != leader);
        if attending.len() < least || needs_leader && leader.is_none() {
            return None;
        }
        let worth: f64 = attending.iter().map(|due| due.price.as_f64()).sum();
        let there: Vec<usize> = attending.iter().map(|due| due.agent).chain(leader).collect();
        let gain = worth - self.cost_of(&there, start..start + self.slots(kind));
        Some(Session { start, attending, leader, gain })
    }

    /// Of those who may lead, the one without whom cover costs least; those who need not attend come first, and those who lead no other.
    fn leader(&mut self, kind: &ActivityKind, attending: &[Due], start: usize) -> Option<usize> {
        let group = kind.group.as_ref()?;
        let slots = self.slots(kind);
        let is_free = |at: &usize| group.may_lead(AgentIx(*at)) && self.is_free(*at, kind, start);
        let free: Vec<usize> = (0..self.lines.len()).filter(is_free).collect();
        let attends = |agent: usize| attending.iter().any(|due| due.agent == agent);
        let cost = |agent: usize, of: &mut Self| of.cost_of(&[agent], start..start + slots);
        let costs: Vec<f64> = free.iter().map(|&agent| cost(agent, self)).collect();
        let led = |agent: usize| self.leads.iter().filter(|leads| **leads == agent).count();
        let rank = |at: usize| (attends(free[at]), led(free[at]));
        let order = |a: &usize, b: &usize| rank(*a).cmp(&rank(*b)).then(costs[*a].total_cmp(&costs[*b]));
        (0..free.len()).min_by(order).map(|at| free[at])
    }

    /// Whether someone could attend what is due at a time.
    fn can(&self, due: &Due, kind: &ActivityKind, start: usize) -> bool {
        let sessions = self.instance.models[due.agent].sessions.as_ref();
        let owed = &self.instance.agent(due.agent).owed[due.entry];
        let is_open = sessions.is_some_and(|book| {
            book.kinds
                .iter()
                .any(|of| of.activity == kind.id && of.starts[start] && self.is_within(due.agent, owed, start))
        });
        is_open && self.is_free(due.agent, kind, start)
    }

    /// Whether an agent's shift around a slot is one of the days of an entry.
    fn is_within(&self, agent: usize, owed: &OwedSessions, start: usize) -> bool {
        let day = self.shift_around(agent, start..start + 1).map(|shift| shift.day);
        day.and_then(|day| self.instance.library(agent).dates.get(day)).is_some_and(|date| owed.holds(date.start))
    }

    /// Whether an agent is on shift around a session and has no other then.
    fn is_free(&self, agent: usize, kind: &ActivityKind, start: usize) -> bool {
        let slots = self.slots(kind);
        let apart = self.instance.slot_grid.slots_of(kind.from_breaks);
        let around = start.saturating_sub(apart)..start + slots + apart;
        let is_busy = self.busy[agent].iter().any(|busy| busy.start < start + slots && start < busy.end);
        !is_busy && self.shift_around(agent, around).is_some()
    }

    /// The shift with a part that holds all of some slots.
    fn shift_around(&self, agent: usize, slots: Range<usize>) -> Option<&LineShift> {
        let holds = |part: &Range<usize>| part.start <= slots.start && slots.end <= part.end;
        self.lines[agent].shifts.iter().find(|shift| shift.present().any(|part| holds(&part)))
    }

    /// What cover costs more without some agents in some slots, in the currency.
    fn cost_of(&mut self, agents: &[usize], slots: Range<usize>) -> f64 {
        let Self { instance, roster, lines, solver, .. } = self;
        slots
            .map(|slot| {
                let at_work = agents.iter().filter(|&&agent| is_at_work(&lines[agent], slot));
                let groups: Vec<usize> = at_work.map(|&agent| instance.models[agent].group).collect();
                roster.cost_without(instance, slot, &groups, solver)
            })
            .sum()
    }

    /// Someone attends a session.
    fn leave(&mut self, agent: usize, start: usize, slots: usize) {
        let group = self.instance.models[agent].group;
        for slot in (start..start + slots).filter(|&slot| is_at_work(&self.lines[agent], slot)) {
            self.roster.leave(self.instance, slot, group, &mut self.solver);
        }
        self.busy[agent].push(start..start + slots);
    }

    fn slots(&self, kind: &ActivityKind) -> usize {
        self.instance.slot_grid.slots_of(kind.length)
    }
}

fn is_at_work(line: &Line, slot: usize) -> bool {
    line.shifts.iter().any(|shift| shift.stretches().any(|stretch| stretch.contains(&slot)))
}

/// Slots of the sessions that a line holds.
fn sessions_of(line: &Line) -> impl Iterator<Item = Range<usize>> + '_ {
    line.shifts.iter().flat_map(|shift| {
        let held = shift.breaks.iter().filter(|placed| matches!(placed.pause, Pause::Session { .. }));
        held.map(|placed| placed.after(shift.start))
    })
}
