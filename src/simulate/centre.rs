//! Queues, skill groups and people in the simulation's own numbers: seconds from the start of the plan, and positions.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::forecast::Forecast;
use crate::domain::queue::{Channel, Queue, ServiceGoal};
use crate::domain::requirement::Requirement;
use crate::domain::roster::{Activity, Shift};
use crate::domain::routing::{AgentTakes, ContactTakes, DeferredWork, Routing};
use crate::domain::span::Span;
use crate::domain::time::{IntervalGrid, PlanPeriod, local_date};
use crate::domain::workforce::{Ability, Workforce};

use super::contact::{BEFORE, Contact, HandleTimes, Patience};

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

/// What kind of contact a queue holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// One at a time, on the line.
    Voice,
    /// Several at a time: how many, and how much they slow each other.
    Chat { concurrency: f64, interference: f64 },
    /// Work that can wait.
    Deferred,
}

/// Groups that a contact of a queue may go to, all equally ranked.
#[derive(Clone, Debug)]
pub(super) struct Tier {
    pub(super) groups: Vec<usize>,
    /// Whether a contact goes there only when it has waited for a while.
    pub(super) is_overflow: bool,
}

/// A second tier.
#[derive(Clone, Copy, Debug)]
pub(super) struct SecondTier {
    pub(super) queue: usize,
    pub(super) share: f64,
    /// Seconds after the contact is done.
    pub(super) delay: f64,
}

/// A queue.
#[derive(Clone, Debug)]
pub(super) struct QueueModel {
    pub(super) kind: Kind,
    pub(super) goal: ServiceGoal,
    pub(super) patience: Patience,
    pub(super) handle_times: HandleTimes,
    /// Mean handle time per interval.
    pub(super) aht: Vec<f64>,
    pub(super) second_tier: Option<SecondTier>,
    /// Share of those who gave up that call again, and after how many seconds on average.
    pub(super) redial: Option<(f64, f64)>,
    /// Seconds after which a contact may go to agents of later rank; 0: at once.
    pub(super) overflow_after: f64,
    /// Per interval the next one in which the queue is open; the number of intervals where none follows.
    pub(super) next_open: Vec<usize>,
    pub(super) tiers: Vec<Tier>,
}

/// Agents who can serve the same queues equally well.
#[derive(Clone, Debug, Default)]
pub(super) struct GroupModel {
    /// Live queues in tiers, most wanted first; whether only those who have waited for a while are taken.
    pub(super) tiers: Vec<Vec<(usize, bool)>>,
    /// Queues of deferred work.
    pub(super) deferred: Vec<usize>,
    /// Speed per queue.
    pub(super) speeds: Vec<f64>,
}

/// An agent begins or ends a stretch of work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Log {
    pub(super) at: f64,
    pub(super) agent: usize,
    pub(super) comes: bool,
    /// The shift, for those who may fail to come.
    pub(super) shift: Option<usize>,
}

/// A centre with its roster.
#[derive(Clone, Debug)]
pub(super) struct Centre {
    pub(super) interval_s: f64,
    pub(super) intervals: usize,
    pub(super) queues: Vec<QueueModel>,
    pub(super) groups: Vec<GroupModel>,
    /// Group of each agent.
    pub(super) agents: Vec<usize>,
    pub(super) logs: Vec<Log>,
    pub(super) shifts: usize,
    pub(super) no_show: f64,
    pub(super) yields: bool,
    /// Deferred work that waits when the plan starts: the mean handle time stands for its work.
    pub(super) backlog: Vec<(Contact, f64)>,
    /// Per interval the day of the plan.
    pub(super) day_of: Vec<usize>,
    pub(super) days: Vec<NaiveDate>,
}

impl Centre {
    /// Reads a roster and what it is to serve.
    pub(super) fn new(of: &SimulatedRoster<'_>) -> Self {
        let grid = of.forecast.grid;
        // In a zone of half hours the first interval of an hour begins before the plan's first day.
        let date = |at| local_date(at, of.period.zone).max(of.period.start);
        let dates: Vec<NaiveDate> = grid.starts().map(date).collect();
        let mut days: Vec<NaiveDate> = dates.clone();
        days.dedup();
        let day_of = dates.iter().map(|date| days.partition_point(|day| day < date)).collect();
        let queues: Vec<QueueModel> = (0..of.queues.len()).map(|at| queue_model(of, at)).collect();
        Self {
            interval_s: grid.interval().get() as f64 * 60.0,
            intervals: grid.len(),
            groups: of.workforce.groups.iter().map(|group| group_model(of, &group.abilities)).collect(),
            agents: of.workforce.agents.iter().map(|agent| agent.group.0).collect(),
            logs: logs(of, grid),
            shifts: of.shifts.len(),
            no_show: of.requirement.unplanned_shrinkage.get(),
            yields: of.routing.deferred == DeferredWork::Yields,
            backlog: backlog(of, grid, &queues),
            queues,
            day_of,
            days,
        }
    }

    /// When the plan ends.
    pub(super) fn end(&self) -> f64 {
        self.interval_s * self.intervals as f64
    }

    /// The interval of a time within the plan.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "times are positive and within the plan"
    )]
    pub(super) fn interval_of(&self, at: f64) -> usize {
        ((at / self.interval_s) as usize).min(self.intervals.saturating_sub(1))
    }

    /// Chats that an agent holds at once: people differ where the mean is not whole.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    pub(super) fn chats_of(concurrency: f64, agent: usize) -> usize {
        /// Spreads the larger numbers evenly over agents.
        const GOLDEN: f64 = 0.618_033_988_749_895;
        let more = (agent as f64 * GOLDEN).fract() < concurrency.fract();
        concurrency as usize + usize::from(more)
    }

    /// Chats that anybody holds at once, at most.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    pub(super) fn most_chats(&self) -> usize {
        let of = |queue: &QueueModel| match queue.kind {
            Kind::Chat { concurrency, .. } => concurrency.ceil() as usize,
            Kind::Voice | Kind::Deferred => 1,
        };
        self.queues.iter().map(of).max().unwrap_or(1)
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
    let mut tiers: BTreeMap<(bool, u32), Vec<usize>> = BTreeMap::new();
    for (rank, group) in ranks {
        let is_overflow = overflow_after > 0.0 && rank > 1;
        let rank = if of.routing.contact_takes == ContactTakes::Rank { rank } else { 0 };
        tiers.entry((is_overflow, rank)).or_default().push(group);
    }
    QueueModel {
        kind: match queue.channel {
            Channel::Voice => Kind::Voice,
            Channel::Chat { concurrency } => Kind::Chat { concurrency, interference: behaviour.chat_interference },
            Channel::Deferred { .. } => Kind::Deferred,
        },
        goal: queue.goal,
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
                escalates: 0,
            };
            (contact, waiting.contacts)
        })
        .collect();
    backlog.sort_by(|a, b| a.0.arrived.total_cmp(&b.0.arrived));
    backlog
}

/// The first open interval at or after each one; the number of intervals where none follows.
fn next_open(open: &[bool]) -> Vec<usize> {
    let mut next = vec![open.len(); open.len()];
    let mut ahead = open.len();
    for (interval, is_open) in open.iter().enumerate().rev() {
        if *is_open {
            ahead = interval;
        }
        next[interval] = ahead;
    }
    next
}
