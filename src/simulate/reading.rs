//! A roster and what it is to serve → a centre in the simulation's own numbers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::forecast::Forecast;
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::{Requirement, next_open};
use crate::domain::roster::{Activity, Shift};
use crate::domain::routing::{AgentTakes, ContactTakes, DeferredWork, Routing};
use crate::domain::span::Span;
use crate::domain::time::{IntervalGrid, PlanPeriod};
use crate::domain::workforce::{Ability, Workforce};

use super::centre::{Centre, GroupModel, Kind, Log, QueueModel, SecondTier, Tier};
use super::clock::Clock;
use super::contact::{BEFORE, Contact};
use super::variates::{HandleTimes, Patience};

/// What is lived through: who is at work when, and what may come.
#[derive(Clone, Copy, Debug)]
pub struct SimulatedRoster<'a> {
    /// The days.
    pub period: &'a PlanPeriod,
    /// The queues.
    pub queues: &'a [Queue],
    /// Who works.
    pub workforce: &'a Workforce,
    /// When.
    pub shifts: &'a [Shift],
    /// Contacts expected.
    pub forecast: &'a Forecast,
    /// Their handle times, opening hours and backlog.
    pub requirement: &'a Requirement,
    /// How contacts find agents.
    pub routing: Routing,
}

impl Centre {
    /// Reads a roster and what it is to serve.
    pub(super) fn new(of: &SimulatedRoster<'_>) -> Self {
        let grid = of.forecast.grid;
        // The last interval may reach beyond the plan's last day.
        let last = of.period.end().pred_opt().unwrap_or(of.period.start);
        let date = |at| grid.local_date_of(at, of.period.zone).min(last);
        let dates: Vec<NaiveDate> = (0..grid.len()).map(date).collect();
        let mut days: Vec<NaiveDate> = dates.clone();
        days.dedup();
        let first = |day: &NaiveDate| dates.partition_point(|date| date < day);
        let day_starts = days.iter().map(first).chain([dates.len()]).collect();
        let queues: Vec<QueueModel> = (0..of.queues.len()).map(|at| queue_model(of, at)).collect();
        Self {
            clock: Clock::new(grid.len(), grid.interval().get() as f64 * 60.0),
            groups: of.workforce.groups.iter().map(|group| group_model(of, &group.abilities)).collect(),
            agents: of.workforce.agents.iter().map(|agent| agent.group.0).collect(),
            logs: logs(of, grid),
            shifts: of.shifts.len(),
            no_show: of.requirement.unplanned_shrinkage.get(),
            yields: of.routing.deferred == DeferredWork::Yields,
            backlog: backlog(of, grid, &queues),
            queues,
            days,
            day_starts,
        }
    }
}

fn queue_model(of: &SimulatedRoster<'_>, at: usize) -> QueueModel {
    let (queue, required) = (&of.queues[at], &of.requirement.queues[at]);
    let behaviour = queue.behaviour;
    let mean = of.requirement.mean_aht(crate::domain::ids::QueueIx(at)).get();
    let overflow_after = behaviour.overflow_after.map_or(0.0, crate::domain::units::Seconds::get);
    let ranks = of.workforce.groups.iter().enumerate().flat_map(|(group, skills)| {
        let able = skills.abilities.iter().filter(move |ability| ability.queue.0 == at && ability.speed > 0.0);
        able.map(move |ability| (ability.priority, group))
    });
    let mut tiers: BTreeMap<(bool, u32), Vec<u64>> = BTreeMap::new();
    for (rank, group) in ranks {
        let is_overflow = overflow_after > 0.0 && rank > 1;
        let rank = if of.routing.contact_takes == ContactTakes::Rank { rank } else { 0 };
        let groups =
            tiers.entry((is_overflow, rank)).or_insert_with(|| vec![0; of.workforce.groups.len().div_ceil(64)]);
        groups[group / 64] |= 1 << (group % 64);
    }
    QueueModel {
        kind: match queue.channel {
            Channel::Voice => Kind::Voice,
            Channel::Chat { concurrency } => Kind::Chat { concurrency, interference: behaviour.chat_interference },
            Channel::Deferred { .. } => Kind::Deferred,
        },
        most_in_hand: match queue.channel {
            Channel::Chat { concurrency } => whole(concurrency.ceil()).max(1),
            Channel::Voice | Channel::Deferred { .. } => 1,
        },
        goal: queue.goal,
        staff_to: queue.staff_to,
        patience: Patience::of(queue),
        handle_times: HandleTimes::of(queue),
        aht: required.aht_s.iter().map(|aht| if *aht > 0.0 { *aht } else { mean }).collect(),
        second_tier: queue.escalation.map(|escalation| SecondTier {
            queue: escalation.to.0,
            share: escalation.share.get(),
            // The delay counts from the arrival; a mean handle time of it has passed when the contact is done.
            delay: (escalation.after.get() - mean).max(0.0),
        }),
        redial: behaviour.redial.map(|redial| (redial.share.get(), redial.after.get())),
        virtual_hold: behaviour.virtual_hold.map(|hold| (hold.share.get(), hold.after.get())),
        overflow_after,
        next_open: next_open(&required.open),
        tiers: tiers.into_iter().map(|((is_overflow, _), groups)| Tier { groups, is_overflow }).collect(),
    }
}

fn group_model(of: &SimulatedRoster<'_>, abilities: &[Ability]) -> GroupModel {
    let mut model = GroupModel { speeds: vec![0.0; of.queues.len()], ..GroupModel::default() };
    let mut tiers: BTreeMap<u32, Vec<(usize, bool)>> = BTreeMap::new();
    for ability in abilities.iter().filter(|ability| ability.speed > 0.0) {
        let queue = &of.queues[ability.queue.0];
        model.speeds[ability.queue.0] = ability.speed;
        if let Channel::Deferred { .. } = queue.channel {
            model.deferred.push(ability.queue.0);
            continue;
        }
        let waits = queue.behaviour.overflow_after.is_some() && ability.priority > 1;
        let rank = if of.routing.agent_takes == AgentTakes::Rank { ability.priority } else { 0 };
        tiers.entry(rank).or_default().push((ability.queue.0, waits));
    }
    model.tiers = tiers.into_values().collect();
    let is_chat = |queue: usize| matches!(of.queues[queue].channel, Channel::Chat { .. });
    let chats = |tier: &Vec<(usize, bool)>| tier.iter().copied().filter(|&(queue, _)| is_chat(queue)).collect();
    model.chat_tiers = model.tiers.iter().map(chats).filter(|tier: &Vec<_>| !tier.is_empty()).collect();
    model
}

/// Who comes and goes, in the order of time; at one time people leave before others come.
fn logs(of: &SimulatedRoster<'_>, grid: IntervalGrid) -> Vec<Log> {
    let end = (grid.end() - grid.start()).num_seconds() as f64;
    let seconds = |span: Span| [span.from, span.until].map(|at| (at - grid.start()).num_seconds() as f64);
    let mut logs = Vec::new();
    let mut add = |agent: usize, span: Span, shift: Option<usize>| {
        let [from, until] = seconds(span);
        if from < until && until > 0.0 && from < end {
            logs.push(Log { at: from.max(0.0), agent, comes: true, shift });
            logs.push(Log { at: until.min(end), agent, comes: false, shift });
        }
    };
    for (at, agent) in of.workforce.agents.iter().enumerate() {
        agent.before.at_work().for_each(|span| add(at, span, None));
    }
    for (at, shift) in of.shifts.iter().enumerate() {
        let at_work = shift.pieces.iter().filter(|piece| piece.activity == Activity::Work);
        at_work.for_each(|piece| add(shift.agent.0, piece.span, Some(at)));
    }
    logs.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.comes.cmp(&b.comes)).then(a.agent.cmp(&b.agent)));
    logs
}

fn backlog(of: &SimulatedRoster<'_>, grid: IntervalGrid, queues: &[QueueModel]) -> Vec<(Contact, f64)> {
    let all = of.requirement.queues.iter().flat_map(|queue| &queue.backlog);
    let mut backlog: Vec<(Contact, f64)> = all
        .map(|waiting| {
            let queue = waiting.queue.0;
            let contact = Contact {
                arrived: (waiting.arrived - grid.start()).num_seconds() as f64,
                gives_up: f64::INFINITY,
                work: queues[queue].aht.first().copied().unwrap_or(0.0),
                queue: u16::try_from(queue).unwrap_or(u16::MAX),
                interval: BEFORE,
                follow_up: 0,
            };
            (contact, waiting.contacts)
        })
        .collect();
    backlog.sort_by(|a, b| a.0.arrived.total_cmp(&b.0.arrived));
    backlog
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
fn whole(count: f64) -> usize {
    count as usize
}
