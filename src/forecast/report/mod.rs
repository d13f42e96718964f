//! What is told of a forecast.
//!
//! | file | what it does |
//! |---|---|
//! | [`strange_days`] | days far from the expected that nobody declared |
//! | [`findings`] | what a planner should know of the history |
//! | [`explain`] | why the forecast is what it is |
//! | [`backtest`] | what would have been forecast at earlier origins, and how good that was |

mod strange_days;
mod findings;
pub(crate) mod explain;
pub(crate) mod backtest;
