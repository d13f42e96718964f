//! What the roster engine is asked, and what it answers.

use std::time::Duration;

use crate::domain::conflict::Deadlock;
use crate::domain::cover::CoverPrice;
use crate::domain::ids::QueueId;
use crate::domain::progress::Cancelled;
use crate::domain::roster::{Bound, Roster};
use crate::domain::rule::Rule;
use crate::domain::time::PlanPeriod;
use crate::domain::units::Share;
use crate::domain::workforce::Workforce;

/// A workforce, a price of cover, and the days to plan.
#[derive(Clone, Copy, Debug)]
pub struct RosterProblem<'a> {
    /// The days.
    pub period: &'a PlanPeriod,
    /// Who can be rostered.
    pub workforce: &'a Workforce,
    /// What cover is worth; its grid is the plan's.
    pub cover: &'a CoverPrice,
    /// Share of rostered people who do not turn up; already part of what `cover` requires.
    pub unplanned_shrinkage: Share,
    /// Names of the queues, in order.
    pub queue_ids: &'a [QueueId],
}

/// How hard to search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RosterParams {
    /// Seed of all random choices.
    pub seed: u64,
    /// Work to do at most, in the engine's own units; none: a function of the instance's size.
    pub work: Option<u64>,
    /// Share of that function's value, where no work is stated.
    pub effort: f64,
    /// Whether to look for prices that prove a bound, and for rosters in the fractions behind it. Without, people are re-planned by moves alone:
    /// soon good, and little is proved.
    pub proves: bool,
    /// Stop when (objective − bound) / objective is at most this.
    pub target_gap: f64,
    /// Stop after this long; the work done is reported and replays as `work`.
    pub time_limit: Option<Duration>,
}

impl Default for RosterParams {
    fn default() -> Self {
        Self { seed: 1, work: None, effort: 1.0, proves: true, target_gap: 0.0005, time_limit: None }
    }
}

/// Why there is no roster.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoSolution {
    /// No legal one exists: the conflicts that leave none.
    #[error("no legal roster exists")]
    Conflicts(Deadlock),
    /// Nobody wants it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A roster with what was proved about the best one.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The roster.
    pub roster: Roster,
    /// What was proved.
    pub proof: Proof,
}

/// What was proved about the best roster.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// No legal roster is cheaper.
    pub bound: Bound,
    /// Rules that pricing relaxed when it computed the bound; the bound stays valid.
    pub relaxed: Vec<Rule>,
    /// Work done, in the engine's own units.
    pub work: u64,
}
