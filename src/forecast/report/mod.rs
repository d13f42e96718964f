//! What is told of a forecast.
//!
//! | file | what it does |
//! |---|---|
//! | [`strange_days`] | days far from the expected that nobody declared |
//! | [`findings`] | what a planner should know of the history |
//! | [`explain`] | why the forecast is what it is |
//! | [`backtest`] | what would have been forecast at earlier origins |
//! | [`origins`], [`accuracy`] | from which instants, and what came then; how good that was |

mod strange_days;
mod findings;
pub(crate) mod explain;
pub(crate) mod origins;
mod accuracy;
pub(crate) mod backtest;
