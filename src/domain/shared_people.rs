//! What queues need of people who share them, beside what each needs of people of its own.

use super::ids::QueueIx;

/// Heads to be rostered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Heads {
    /// Hours of them in a week of the plan, on average.
    pub hours_a_week: f64,
    /// The most at once.
    pub peak: f64,
}

/// Some queues apart and together.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    /// The queues.
    pub queues: Vec<QueueIx>,
    /// Each with people of its own.
    pub apart: Heads,
    /// With people who take all of them.
    pub together: Heads,
}

/// What sharing people saves.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedPeople {
    /// All live queues; none where there are fewer than two.
    pub live: Option<Sharing>,
    /// Each set of two queues or more that hang together by the skills of the people there are.
    pub sets: Vec<Sharing>,
    /// All queues, together those of each set; none without such a set.
    pub by_skills: Option<Sharing>,
}
