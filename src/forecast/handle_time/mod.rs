//! How long contacts take.
//!
//! | file | what it does |
//! |---|---|
//! | [`aht`] | mean handle time by weekday and time of day, with its trend |
//! | [`recent_level`] | where its level stands after the last days |
//! | [`ordinary`] | the same of contacts that no event brings |
//! | [`spread`] | how far a day's mean may lie off it |
//! | [`handle_times`] | those of a queue's regions, on the intervals of a forecast |

mod recent_level;
mod aht;
mod ordinary;
mod spread;
pub(crate) mod handle_times;
