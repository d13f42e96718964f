//! Requirement + prices + workforce → a legal roster with its lower bound, and the checker that does not trust it.
//!
//! | file | what it does |
//! |---|---|
//! | [`problem`] | what is asked and answered |
//! | [`axis`], [`shifts`], [`breaks`] | the slots of time, the legal shifts, the placing of breaks |
//! | [`states`], [`agents`], [`pricing`], [`line`] | one agent: what rules remember, what can be worked, the cheapest line |
//! | [`curve`], [`chains`], [`flow`] | one interval: what work costs or saves, how it is passed on, heads shared among queues |
//! | [`carried`] | who is still there from the roster before |
//! | [`world`] | the instance made ready |
//! | [`lagrangian`], [`bundle`], [`mixture`] | the bound and the prices behind it |
//! | [`incumbent`], [`dive`], [`improve`] | the roster under search, what starts it, and what makes it better |
//! | [`conflict`] | why there is no legal roster |
//! | [`sharing_exact`] | one interval's heads shared at least cost, exactly |
//! | [`finish`], [`solve`] | writing it out; the engine as a page |
//! | [`check`] | the checker: legality, cost and cover from the finished roster alone |
//! | [`payroll`], [`coverage`] | what it pays, and what it covers |

mod problem;
mod axis;
mod breaks;
mod shifts;
mod states;
mod agents;
mod line;
mod pricing;
#[cfg(test)]
mod pricing_oracle;
mod curve;
mod chains;
mod flow;
mod carried;
mod world;
mod lagrangian;
mod mixture;
mod bundle;
mod dive;
mod incumbent;
mod improve;
mod conflict;
mod sharing_exact;
mod finish;
mod solve;
mod payroll;
mod coverage;
mod check;

pub use check::{CheckedRoster, check};
pub use problem::{RosterParams, RosterProblem, Solution};
pub use solve::solve;
