//! Contacts of several queues that share people, as if of one: rates add up; handle time, patience, time and target are means by contacts;
//! chats take their share of an agent; deferred work rides on the time left.

use super::agents_for_goal::{fewest, fewest_within_occupancy};
use super::live::LiveModel;
use super::pool_targets::PoolTargets;
use crate::domain::queue::{Channel, Queue, ServiceDefinition};
use crate::domain::requirement::Requirement;
use crate::domain::units::{Seconds, Share};

/// Share of their time that people can be busy where deferred work fills what live contacts leave.
const BUSY: f64 = 0.95;
/// Loads below this require nobody, erlangs.
const NEGLIGIBLE: f64 = 0.01;

/// An interval with what is to be reached in it.
pub(super) struct Interval<'a> {
    pub(super) requirement: &'a Requirement,
    pub(super) queues: &'a [Queue],
    pub(super) targets: &'a PoolTargets,
    /// Per queue what a contact that gives up costs, and one that is served late; where nothing is priced, none.
    pub(super) prices: &'a [(f64, f64)],
    pub(super) t: usize,
}

/// Contacts of a set that share people, as if of one queue; contacts are those of a second.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pooled {
    contacts: f64,
    pub(super) load: f64,
    patience: f64,
    /// Contacts that have a patience.
    impatient: f64,
    within: f64,
    /// Contacts of queues with a goal, and what they are to reach.
    promised: f64,
    target: f64,
    /// What a second's contacts cost if all give up, and if all are served late.
    lost: f64,
    late: f64,
    cap: f64,
    deferred: f64,
    weight: f64,
    most: (f64, Option<ServiceDefinition>),
}

impl Pooled {
    pub(super) fn of(interval: &Interval<'_>, set: &[usize]) -> Self {
        let mut pooled = Self::default();
        for &queue in set {
            pooled.add(interval, queue);
        }
        pooled
    }

    /// Heads to be rostered.
    pub(super) fn required(&self, interval: &Interval<'_>) -> f64 {
        self.agents().max(self.needed_for_work(interval) * present(interval)) / present(interval)
    }

    /// Heads to be rostered so that all work gets done, where some of it can wait.
    pub(super) fn needed_for_work(&self, interval: &Interval<'_>) -> f64 {
        if self.deferred > NEGLIGIBLE { (self.load + self.deferred) / BUSY / present(interval) } else { 0.0 }
    }

    /// Contacts that a head brings in time over those that the last one required does, weighed by the queues.
    pub(super) fn worth_of_head(&self, interval: &Interval<'_>, head: f64, required: f64) -> f64 {
        /// A head is worth this many times the last one required at most.
        const MOST: f64 = 6.0;
        if self.promised <= 0.0 {
            return 0.0;
        }
        let (model, aht) = (self.model(), self.load / self.contacts);
        let level = |heads: f64| model.level_at(self.load, aht, (heads * present(interval)).max(0.0));
        let brings = |heads: f64| (level(heads) - level(heads - 1.0)).max(0.0);
        let last = brings(required.max(1.0)).max(1e-6);
        self.weight / self.contacts * (brings(head) / last).min(MOST)
    }

    /// What a head saves of what contacts cost that give up or are served late, in the currency.
    pub(super) fn saved_by_head(&self, interval: &Interval<'_>, head: f64) -> f64 {
        if self.lost + self.late <= 0.0 {
            return 0.0;
        }
        let (model, aht) = (self.model(), self.load / self.contacts);
        let cost = |heads: f64| {
            let (abandoned, late) = model.lost_and_late_at(self.load, aht, (heads * present(interval)).max(0.0));
            abandoned * self.lost + late * self.late
        };
        let seconds = interval.requirement.grid.interval().get() as f64 * 60.0;
        seconds * (cost(head - 1.0) - cost(head)).max(0.0)
    }

    fn add(&mut self, interval: &Interval<'_>, queue: usize) {
        let t = interval.t;
        let (target, weight) = (interval.targets.shares[queue][t], interval.targets.weights[queue][t]);
        let price = interval.prices.get(queue).copied();
        let (of, queue) = (&interval.requirement.queues[queue], &interval.queues[queue]);
        let at_once = match queue.channel {
            Channel::Voice => 1.0,
            Channel::Chat { concurrency } => concurrency.max(1.0),
            Channel::Deferred { .. } => {
                self.deferred += target * of.load_erlangs[t];
                return;
            }
        };
        // Work of a long contact goes on when nobody arrives any more: contacts stand for it.
        let load = of.load_erlangs[t] / at_once;
        if load <= NEGLIGIBLE || of.aht_s[t] <= 0.0 {
            return;
        }
        let contacts = load / (of.aht_s[t] / at_once);
        self.contacts += contacts;
        self.load += load;
        self.within += contacts * queue.goal.within.get();
        if queue.goal.is_promise() {
            self.promised += contacts;
            self.target += contacts * target;
            self.weight += contacts * weight;
        }
        if let Some((lost, late)) = price {
            self.lost += contacts * lost;
            self.late += contacts * late;
        }
        self.cap += load * queue.max_occupancy.get();
        if let Some(patience) = queue.patience.map(Seconds::get) {
            self.patience += contacts * patience;
            self.impatient += contacts;
        }
        if contacts > self.most.0 {
            self.most = (contacts, Some(queue.goal.definition));
        }
    }

    fn model(&self) -> LiveModel {
        let patient = self.impatient < 0.5 * self.contacts;
        LiveModel {
            patience: (!patient).then(|| self.patience / self.impatient),
            within: self.within / self.contacts,
            definition: self.most.1.unwrap_or(ServiceDefinition::Offered),
            concurrency: None,
        }
    }

    /// Agents for the target, by Erlang A where most customers give up in the end.
    fn agents(&self) -> f64 {
        if self.most.1.is_none() {
            return 0.0;
        }
        let model = self.model();
        if self.promised <= 0.0 {
            // Without a goal what is saved decides; which people matter is seen where safety grows with the root of the load.
            return self.load + self.load.sqrt();
        }
        let (aht, target) = (self.load / self.contacts, self.target / self.promised);
        let enough = |agents: u64| {
            agents > 0
                && model.outcome(self.load, aht, agents).mean_wait.is_some()
                && model.level(self.load, aht, agents) >= target
        };
        let most = 100_000 + whole(2.0 * self.load);
        let for_target = fewest(whole(self.load).max(1), most, enough);
        let cap = Share::clamped(self.cap / self.load);
        let agents = fewest_within_occupancy(&model, self.load, aht, for_target, cap);
        // Between whole numbers the target is met part of the time.
        let (above, below) = (model.level(self.load, aht, agents), model.level(self.load, aht, agents - 1));
        if agents == for_target && agents > 1 && above > below + 1e-9 && below.is_finite() {
            (agents - 1) as f64 + ((target - below) / (above - below)).clamp(0.0, 1.0)
        } else {
            agents as f64
        }
    }
}

/// Rounded up to a count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "agents are positive and few")]
fn whole(agents: f64) -> u64 {
    agents.max(0.0).ceil() as u64
}

/// Share of rostered people who come.
fn present(interval: &Interval<'_>) -> f64 {
    1.0 - interval.requirement.unplanned_shrinkage.get()
}
