//! Which of the rates that a forecast leaves open a queue is staffed for, and what that costs over the mean.

use std::fmt;

use super::ids::QueueIx;
use super::units::Money;

/// What the requirement of a live queue is computed for. The rate of an interval is what its contacts would be without the
/// noise of counting, which the queueing formulas hold already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StaffTo {
    /// The mean rate.
    #[default]
    Mean,
    /// All rates: the share of contacts served in time, expected over them, is the goal's.
    Expected,
    /// The rate that is not exceeded so many times in a hundred, 50 to 99, in each interval by itself.
    Percentile(u8),
}

impl StaffTo {
    /// The percentiles there are.
    pub const PERCENTILES: std::ops::RangeInclusive<u8> = 50..=99;
}

impl fmt::Display for StaffTo {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mean => to.write_str("mean"),
            Self::Expected => to.write_str("expected"),
            Self::Percentile(percent) => write!(to, "p{percent}"),
        }
    }
}

/// What a queue requires beyond what its mean would.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeyondMean {
    /// The queue.
    pub queue: QueueIx,
    /// Hours of agents to be rostered over the plan, beyond those at the mean; below zero where it takes fewer.
    pub hours: f64,
    /// Their pay at the mean hourly cost of the people who can take the queue; none where nobody can.
    pub pay: Option<Money>,
}
