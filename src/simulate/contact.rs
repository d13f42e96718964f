//! A contact.

/// The interval of contacts that arrived before the plan.
pub(super) const BEFORE: u32 = u32::MAX;

/// One contact; times in seconds from the start of the plan.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Contact {
    /// When it arrived.
    pub(super) arrived: f64,
    /// When it gives up if nobody has answered; infinite for those who wait for ever.
    pub(super) gives_up: f64,
    /// Seconds of work left for an agent of speed 1.
    pub(super) work: f64,
    /// The queue.
    pub(super) queue: u16,
    /// The interval in which it arrived, or [`BEFORE`].
    pub(super) interval: u32,
    /// The number of what it brings to a second tier when it is done; 0: nothing follows.
    pub(super) follow_up: u32,
}
