//! How a long stage says how far it is. It never influences what the stage computes.

/// Where progress goes: a bar, a log, or nowhere.
pub trait Progress: Sync {
    /// A stage begins.
    fn stage(&self, name: &str);

    /// The stage has done this much of its work, in its own units.
    fn advance(&self, done: u64, total: u64);

    /// A figure worth logging: objective and bound against work, for instance.
    fn measure(&self, name: &str, values: &[(&str, f64)]);
}

/// Says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &str) {}
    fn advance(&self, _: u64, _: u64) {}
    fn measure(&self, _: &str, _: &[(&str, f64)]) {}
}
