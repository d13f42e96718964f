//! Queues, skill groups and people in the simulation's own numbers: seconds from the start of the plan, and positions.

use chrono::NaiveDate;

use crate::domain::queue::ServiceGoal;
use crate::domain::staff_to::StaffTo;

use super::clock::Clock;
use super::contact::Contact;
use super::variates::{HandleTimes, Patience};

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
    /// A bit for each group.
    pub(super) groups: Vec<u64>,
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
    /// Contacts of it that one agent holds at once, at most.
    pub(super) most_in_hand: usize,
    pub(super) goal: ServiceGoal,
    /// For which of the rates that the forecast leaves open the goal is to be reached.
    pub(super) staff_to: StaffTo,
    pub(super) patience: Patience,
    pub(super) handle_times: HandleTimes,
    /// Mean handle time per interval.
    pub(super) aht: Vec<f64>,
    pub(super) second_tier: Option<SecondTier>,
    /// Share of those who gave up that call again, and after how many seconds on average.
    pub(super) redial: Option<(f64, f64)>,
    /// Share of those who have waited for so many seconds that from then on wait to be called back, for ever.
    pub(super) virtual_hold: Option<(f64, f64)>,
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
    /// The same of chats alone.
    pub(super) chat_tiers: Vec<Vec<(usize, bool)>>,
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
    pub(super) clock: Clock,
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
    pub(super) days: Vec<NaiveDate>,
    /// First interval of each day, and the number of intervals.
    pub(super) day_starts: Vec<usize>,
}

impl Centre {
    /// When the plan ends.
    pub(super) fn end(&self) -> f64 {
        self.clock.end()
    }

    /// Chats that an agent holds at once: people differ where the mean is not whole.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    pub(super) fn chats_of(concurrency: f64, agent: usize) -> usize {
        /// Spreads the larger numbers evenly over agents.
        const GOLDEN: f64 = 0.618_033_988_749_895;
        let more = (agent as f64 * GOLDEN).fract() < concurrency.fract();
        concurrency as usize + usize::from(more)
    }

    /// Contacts that anybody holds at once, at most.
    pub(super) fn most_in_hand(&self) -> usize {
        self.queues.iter().map(|queue| queue.most_in_hand).max().unwrap_or(1)
    }

    /// Words of a bit for each group.
    pub(super) fn words(&self) -> usize {
        self.groups.len().div_ceil(64)
    }
}
