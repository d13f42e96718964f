//! A region's past described: the level of its days and the shape of a day, outages and bursts left out.
//!
//! | file | what it does |
//! |---|---|
//! | [`ridge`], [`ar_state`] | regression drawn towards zero; what is left of yesterday's error |
//! | [`unseen_holidays`] | what to expect of a holiday that history has never seen |
//! | [`robust_days`] | which days are spikes |
//! | [`day_level`] | what a day brings, by its calendar and the days before |
//! | [`shape`], [`shape_memory`] | how a day's contacts fall on its slots |
//! | [`outages`] | hours in which the counts cannot be what customers did |
//! | [`stretches`] | days in a row on one level |
//! | [`weekday_levels`], [`levels`] | weekdays that changed their place in the week; levels that days stood on |
//! | [`departure`] | whether the last level stays |
//! | [`region_profile`] | all of it for one region |

pub(crate) mod ridge;
pub(crate) mod ar_state;
pub(crate) mod unseen_holidays;
pub(crate) mod robust_days;
pub(crate) mod day_level;
pub(crate) mod shape_memory;
pub(crate) mod shape;
pub(crate) mod outages;
pub(crate) mod stretches;
pub(crate) mod weekday_levels;
pub(crate) mod departure;
pub(crate) mod levels;
pub(crate) mod region_profile;
