//! How many replications, and of which demand.

/// What may come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Demand {
    /// The forecast with its own uncertainty: days and intervals that come out higher or lower together, as its bands say.
    #[default]
    Uncertain,
    /// The forecast's mean, with the noise of counting alone.
    Mean,
}

impl Demand {
    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uncertain => "uncertain",
            Self::Mean => "mean",
        }
    }
}

/// How to simulate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulationParams {
    /// Replications of the plan; none: as many as bring every goal's share within [`Self::precision`].
    pub replications: Option<usize>,
    /// Half the width of the 95 % band of every goal's share, to stop at.
    pub precision: f64,
    /// Seed of all random choices.
    pub seed: u64,
    /// What may come.
    pub demand: Demand,
}

impl Default for SimulationParams {
    fn default() -> Self {
        Self { replications: None, precision: 0.005, seed: 1, demand: Demand::Uncertain }
    }
}
