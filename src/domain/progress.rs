//! How a long stage says how far it is, and learns that nobody wants its result any more. It never influences what the stage
//! computes.

/// Where progress goes: a bar, a log, or nowhere.
pub trait Progress: Sync {
    /// A stage begins.
    fn stage(&self, name: &str);

    /// The stage has done this much of its work, in its own units.
    fn advance(&self, done: u64, total: u64);

    /// A figure worth logging: objective and bound against work, for instance.
    fn measure(&self, name: &str, values: &[(&str, f64)]);

    /// Whether to stop soon and leave nothing behind. Asked between stages, between queues of the forecast, and between moves of the search,
    /// from several threads; not while history is read, while a first roster is made, or within one call of the solver, so that it can take seconds where
    /// seats are tight or a history is large.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Nobody wants the result any more, so there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Goes on unless cancelled.
///
/// # Errors
/// When it is.
pub fn go_on(progress: &dyn Progress) -> Result<(), Cancelled> {
    if progress.is_cancelled() { Err(Cancelled) } else { Ok(()) }
}

/// Says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &str) {}
    fn advance(&self, _: u64, _: u64) {}
    fn measure(&self, _: &str, _: &[(&str, f64)]) {}
}

/// Says nothing, and stops when another one does: for searches beside the one that is watched.
pub struct Unheard<'a>(pub &'a dyn Progress);

impl Progress for Unheard<'_> {
    fn stage(&self, _: &str) {}
    fn advance(&self, _: u64, _: u64) {}
    fn measure(&self, _: &str, _: &[(&str, f64)]) {}

    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}
