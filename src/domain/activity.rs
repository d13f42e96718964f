//! What people do in their shifts beside serving queues: training, coaching, monitoring, briefings.
//!
//! A kind of activity is held in sessions. Who owes sessions of it owes so many in some weeks; a session that is owed and finds no
//! place is not held, at a price, and no law is broken.

use super::calendar::WeeklyHours;
use super::ids::{ActivityId, AgentIx};
use super::span::Span;
use super::time::Instant;
use super::units::{Minutes, Money};

/// A kind of activity, as the workspace describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityKind {
    /// The word for it in files.
    pub id: ActivityId,
    /// How long a session lasts; a multiple of the plan's interval.
    pub length: Minutes,
    /// Whether its minutes are paid.
    pub is_paid: bool,
    /// When sessions may be, on the clock of the site of whoever attends.
    pub hours: WeeklyHours,
    /// Elapsed time between a session and a break, or the start or end of its part of the shift, at least.
    pub from_breaks: Minutes,
    /// People in sessions of it at once, at most, where each attends alone; none: no limit.
    pub at_once: Option<u32>,
    /// How it is held together; none where each attends alone.
    pub group: Option<GroupSessions>,
}

impl ActivityKind {
    /// Whether its sessions need a time that is settled for several people.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        self.group.is_some() || self.at_once.is_some()
    }
}

/// People who attend together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSessions {
    /// People in a session, at least and at most, whoever leads it not among them.
    pub least: u32,
    /// See `least`.
    pub most: u32,
    /// Sessions at once, at most: rooms.
    pub at_once: u32,
    /// One per agent: whether the agent may lead a session; none where sessions need no leader.
    pub leaders: Option<Vec<bool>>,
}

impl GroupSessions {
    /// Whether somebody has to lead each session.
    #[must_use]
    pub const fn needs_leader(&self) -> bool {
        self.leaders.is_some()
    }

    /// Whether an agent may lead a session.
    #[must_use]
    pub fn may_lead(&self, agent: AgentIx) -> bool {
        self.leaders.as_ref().is_some_and(|leaders| leaders.get(agent.0) == Some(&true))
    }

    /// The same people with one agent alone in the first place.
    #[must_use]
    pub fn of_one(&self, agent: AgentIx) -> Self {
        let leaders = self.leaders.is_some().then(|| vec![self.may_lead(agent)]);
        Self { leaders, ..self.clone() }
    }
}

/// Sessions of one kind that an agent owes.
#[derive(Clone, Debug, PartialEq)]
pub struct OwedSessions {
    /// The kind.
    pub activity: ActivityId,
    /// Sessions owed, at least one; more are not held.
    pub times: u32,
    /// When: the days of a week, or those of the whole plan, on the site's clock. A session lies in a shift that starts then.
    pub within: Span,
    /// When sessions may start, where it is settled.
    pub starts: Option<Vec<Instant>>,
    /// What one of them costs if it is not held.
    pub price: Money,
}

impl OwedSessions {
    /// Whether a session counts that is held in a shift of the day that starts at an instant.
    #[must_use]
    pub fn holds(&self, day: Instant) -> bool {
        self.within.from <= day && day < self.within.until
    }

    /// What is due if so many are held.
    #[must_use]
    pub fn unplaced(&self, held: u32) -> Money {
        (0..self.times.saturating_sub(held)).map(|_| self.price).sum()
    }
}
