//! What may be chosen about a generated centre.

use chrono::NaiveDate;

use crate::domain::units::Minutes;

/// The size, the dates and the seed of a centre. Equal parameters give equal bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CentreParams {
    /// Agents employed; the volume of contacts grows with them. 0 leaves the people out: history and queues only.
    pub agents: usize,
    /// Queues, at least 1: the first of the usual six, and beyond those further lines such as `orders_2`.
    pub queues: usize,
    /// Length of the history's and the plan's intervals: 5, 10, 15, 20, 30 or 60 minutes.
    pub interval: Minutes,
    /// Whole weeks of history before the planning day.
    pub weeks_of_history: u32,
    /// Seed of all chance.
    pub seed: u64,
    /// First day of the week to plan.
    pub start: NaiveDate,
}

impl CentreParams {
    /// What is wrong with the parameters, one sentence each; nothing if they can be used.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.queues == 0 {
            found.push("a centre needs at least 1 queue".to_owned());
        }
        if ![5, 10, 15, 20, 30, 60].contains(&self.interval.get()) {
            found.push(format!("an interval is 5, 10, 15, 20, 30 or 60 minutes, not {}", self.interval.get()));
        }
        if self.weeks_of_history == 0 {
            found.push("a history needs at least 1 week".to_owned());
        }
        found
    }
}

/// Eighty agents, six queues, two years of quarter hours before the week of Monday 2026-11-30.
impl Default for CentreParams {
    fn default() -> Self {
        Self {
            agents: 80,
            queues: 6,
            interval: Minutes::new(15),
            weeks_of_history: 104,
            seed: 7,
            start: NaiveDate::from_ymd_opt(2026, 11, 30).unwrap_or_default(),
        }
    }
}
