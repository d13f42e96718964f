//! Requirement + prices + workforce → a legal roster with its lower bound, and the checker that does not trust it.

mod problem;

pub use problem::{RosterParams, RosterProblem, Solution};
