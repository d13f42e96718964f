//! What a finished roster pays and covers, read off it alone: the checker's figures, and those that leave the engine.

pub(crate) mod payroll;
pub(crate) mod coverage;
