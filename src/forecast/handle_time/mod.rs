//! How long contacts take.
//!
//! | file | what it does |
//! |---|---|
//! | [`aht`] | mean handle time by weekday and time of day, with its trend |
//! | [`handle_times`] | those of a queue's regions, on the intervals of a forecast |

mod aht;
pub(crate) mod handle_times;
