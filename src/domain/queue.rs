//! Queues, the regions their customers live in, and the service promised to them.

use chrono::NaiveDate;

use super::calendar::WeeklyHours;
use super::ids::QueueIx;
use super::ids::{QueueId, RegionId, SkillId};
use super::routing::Behaviour;
use super::staff_to::StaffTo;
use super::time::Zone;
use super::units::{Minutes, Money, Seconds, Share};

/// How contacts reach a queue, and what that means for the work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Channel {
    /// One contact at a time, answered while the customer waits on the line.
    Voice,
    /// Several contacts at a time per agent.
    Chat {
        /// Chats one agent holds at once, at least 1.
        concurrency: f64,
    },
    /// Work that can wait: email, back office. Due within `deadline` of its arrival.
    Deferred {
        /// Elapsed time within which a contact must be done.
        deadline: Minutes,
    },
}

/// Which contacts the service level counts; T is the goal's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceDefinition {
    /// Answered within T, over all offered.
    Offered,
    /// Answered within T, over answered.
    Answered,
    /// Answered within T, over answered and abandoned (the same as offered in steady state, named apart in reports).
    AnsweredAndAbandoned,
    /// Answered within T, over answered and those abandoned after T.
    AnsweredAndAbandonedAfter,
    /// Answered or abandoned within T, over offered.
    HandledOrAbandonedWithin,
}

/// Over what a service goal is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalPeriod {
    /// In every interval.
    Interval,
    /// Over each day of the plan's zone, weighted by contacts.
    Day,
    /// Over each week, weighted by contacts.
    Week,
}

/// A promise: this share of contacts within this time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceGoal {
    /// The share promised.
    pub share: Share,
    /// The time T.
    pub within: Seconds,
    /// What is counted.
    pub definition: ServiceDefinition,
    /// Over what it is met.
    pub over: GoalPeriod,
}

impl ServiceGoal {
    /// A share of all offered within a time, in every interval: what a goal is where nothing else is said of it.
    #[must_use]
    pub const fn new(share: Share, within: Seconds) -> Self {
        Self { share, within, definition: ServiceDefinition::Offered, over: GoalPeriod::Interval }
    }

    /// Whether a share is promised at all: without, prices of contacts decide.
    #[must_use]
    pub fn is_promise(&self) -> bool {
        self.share > Share::NONE
    }
}

/// The share of contacts that a second tier takes over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Escalation {
    /// The queue that takes them.
    pub to: QueueIx,
    /// Share of handled contacts that escalate.
    pub share: Share,
    /// How long after arrival they arrive there.
    pub after: Seconds,
}

/// Customers of a queue who share a clock, opening hours and holidays.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Name within the queue; holidays and events refer to it across queues.
    pub id: RegionId,
    /// The customers' zone.
    pub zone: Zone,
    /// Opening hours on the customers' clock.
    pub hours: WeeklyHours,
    /// Share of the queue's contacts, used where history does not tell regions apart.
    pub share: Option<Share>,
}

/// Days on another level, as the planner knows: a burst, or a step that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelChange {
    /// First day, on the customers' calendar.
    pub from: NaiveDate,
    /// First day on the old level again; none: it stays.
    pub until: Option<NaiveDate>,
}

/// How the contacts of a day spread over its hours, for history that has rows of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DayShape {
    /// As those of another queue, whose history has intervals.
    Like(QueueIx),
    /// In these proportions over the 24 hours of the customers' clock.
    Hours([f64; 24]),
}

/// A queue of contacts that agents with certain skills serve.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Its name.
    pub id: QueueId,
    /// How contacts arrive.
    pub channel: Channel,
    /// Skills an agent needs, all of them.
    pub skills: Vec<SkillId>,
    /// 1 is served first; breaks ties where cover is equally priced.
    pub priority: u32,
    /// What is promised.
    pub goal: ServiceGoal,
    /// Mean patience of customers who abandon; none: they wait for ever (Erlang C).
    pub patience: Option<Seconds>,
    /// Agents are not to be busy for a larger share of their time than this.
    pub max_occupancy: Share,
    /// Which of the rates that the forecast leaves open it is staffed for.
    pub staff_to: StaffTo,
    /// The second tier, if any.
    pub escalation: Option<Escalation>,
    /// What a contact lost (abandoned) costs the company.
    pub price_lost: Money,
    /// What a contact answered after T costs the company.
    pub price_late: Money,
    /// Handle time assumed where the history has none.
    pub declared_aht: Option<Seconds>,
    /// How its contacts behave beyond their means.
    pub behaviour: Behaviour,
    /// The queue whose customers behave like this one's, on whose history it leans while its own is short.
    pub like: Option<QueueIx>,
    /// How a day's contacts spread over its hours, where history has rows of a day.
    pub day_shape: Option<DayShape>,
    /// Levels that the planner knows of, by first day.
    pub level_changes: Vec<LevelChange>,
    /// The customers, at least one region.
    pub regions: Vec<Region>,
}

impl Queue {
    /// A queue of which only this is known; all else is as where a workspace says nothing of it. It has no customers until it has a region.
    #[must_use]
    pub fn new(id: QueueId, channel: Channel, goal: ServiceGoal) -> Self {
        Self {
            id,
            channel,
            skills: Vec::new(),
            priority: 1,
            goal,
            patience: None,
            max_occupancy: Share::ALL,
            escalation: None,
            price_lost: Money::ZERO,
            price_late: Money::ZERO,
            declared_aht: None,
            behaviour: Behaviour::default(),
            staff_to: StaffTo::Mean,
            like: None,
            day_shape: None,
            level_changes: Vec::new(),
            regions: Vec::new(),
        }
    }

    /// The position of a region in the queue.
    #[must_use]
    pub fn region(&self, id: &RegionId) -> Option<usize> {
        self.regions.iter().position(|region| region.id == *id)
    }

    /// Whether any region is open at an instant; holidays are not considered.
    #[must_use]
    pub fn is_open(&self, at: super::time::Instant) -> bool {
        self.regions.iter().any(|region| region.hours.is_open(at, region.zone))
    }
}
