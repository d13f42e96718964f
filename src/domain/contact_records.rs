//! What records of single contacts tell beside their number: patience, the spread of handle times, who takes what.

use chrono::NaiveDate;

use super::learning_curve::LearningCurve;

/// Patience of a queue's customers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience {
    /// Mean, seconds.
    pub mean_s: f64,
    /// Shape of the Weibull distribution; none where it is near enough to one, the exponential.
    pub shape: Option<f64>,
    /// Customers who waited.
    pub waited: usize,
    /// Of those, who gave up.
    pub gave_up: usize,
    /// Seconds within which a tenth of those who were not answered yet would have given up, by Kaplan and Meier.
    pub first_tenth_s: Option<f64>,
}

/// What single contacts tell of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    /// The queue's name; empty where no column names it.
    pub queue: String,
    /// How long its customers are ready to wait, where enough gave up.
    pub patience: Option<Patience>,
    /// Standard deviation of handle times over their mean, where there are enough.
    pub handle_cv: Option<f64>,
}

/// How much longer newcomers take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundLearning {
    /// The curve.
    pub curve: LearningCurve,
    /// Standard error of its `extra`.
    pub error: f64,
    /// Agents new to a queue whose contacts told.
    pub newcomers: usize,
}

/// How much longer contacts take where an agent takes several queues in a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundBreadth {
    /// With two queues in equal parts against one queue alone, as a share of the handle time; below zero where they take less.
    pub two_queues: f64,
    /// Its standard error.
    pub error: f64,
}

/// A queue that an agent takes.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundSkill {
    /// Its name.
    pub queue: String,
    /// The agent's pace, once it is learned: 1.1 handles eleven contacts while others handle ten.
    pub pace: f64,
    /// First day, of somebody who came after the records begin and still learned then.
    pub since: Option<NaiveDate>,
}

/// An agent found in records.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundAgent {
    /// As the records name them.
    pub name: String,
    /// Queues, those with most contacts first.
    pub queues: Vec<FoundSkill>,
    /// Contacts handled.
    pub contacts: f64,
    /// Days (of UTC) with contacts.
    pub days: usize,
    /// Weeks from the first to the last of them, at least one.
    pub weeks: f64,
}

impl FoundAgent {
    /// Days with contacts in a week.
    #[must_use]
    pub fn days_per_week(&self) -> f64 {
        self.days as f64 / self.weeks
    }
}
