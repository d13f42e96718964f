//! The engine: prepare, build, prove, improve, write out.
//!
//! | file | what it does |
//! |---|---|
//! | [`solve`] | the page |
//! | [`legal_instance`], [`bounding`], [`improving`] | its stages |
//! | [`alike_queues`] | queues that are one to the search, since the same people take them |
//! | [`assembly`] | from lines to the roster that leaves the engine |
//! | [`settling`], [`whole_sessions`] | times for sessions that people attend together, in the shifts that they have or in others; those that come apart taken back |
//! | [`sharing`] | the heads of shifts that were made elsewhere, shared among queues |
//! | [`single_shift`] | the pieces of one shift for itself |
//! | [`cover_under_change`], [`one_line`] | a roster that stands: what cover costs when single shifts change, and the cheapest shifts of one agent beside all others |
//! | [`after_end`] | the hours after the plan's end that its shifts reach, and how much of them is theirs |
//! | [`sensitivity`] | what a roster would cost if one thing were otherwise |
//! | [`loosening`] | rules left out or loosened by natural steps |
//! | [`conflicts`] | why there is no legal roster |

mod alike_queues;
mod assembly;
pub(crate) mod after_end;
pub(crate) mod settling;
pub(crate) mod whole_sessions;
pub(crate) mod sharing;
pub(crate) mod single_shift;
pub(crate) mod cover_under_change;
mod loosening;
pub(crate) mod sensitivity;
pub(crate) mod conflicts;
pub(crate) mod start;
pub(crate) mod solve;
mod legal_instance;
pub(crate) mod one_line;
mod bounding;
mod improving;
#[cfg(test)]
mod solve_tests;
#[cfg(test)]
mod conflict_tests;
#[cfg(test)]
mod head_count_tests;
