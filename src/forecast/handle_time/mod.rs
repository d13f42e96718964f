//! How long contacts take.
//!
//! | file | what it does |
//! |---|---|
//! | [`aht`] | mean handle time by weekday and time of day, with its trend |
//! | [`ordinary`] | the same of contacts that no event brings |
//! | [`spread`] | how far a day's mean may lie off it |
//! | [`handle_times`] | those of a queue's regions, on the intervals of a forecast |

mod aht;
mod ordinary;
mod spread;
pub(crate) mod handle_times;
