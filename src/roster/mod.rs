//! Requirement + prices + workforce → a legal roster with its lower bound, and the checker that does not trust it.

mod problem;
mod payroll;
mod coverage;
mod check;

pub use check::{CheckedRoster, check};
pub use problem::{RosterParams, RosterProblem, Solution};
