//! A region's past described: the level of its days and the shape of a day, outages and bursts left out.
//!
//! | file | what it does |
//! |---|---|
//! | [`ridge`], [`ar_state`] | regression drawn towards zero; what is left of yesterday's error |
//! | [`day_level`] | what a day brings, by its calendar and the days before |
//! | [`shape`], [`shape_memory`] | how a day's contacts fall on its slots |
//! | [`outages`] | hours in which the counts cannot be what customers did |
//! | [`level_shift`] | a level that changed for good |
//! | [`region_profile`] | all of it for one region |

pub(crate) mod ridge;
pub(crate) mod ar_state;
pub(crate) mod day_level;
pub(crate) mod shape_memory;
pub(crate) mod shape;
pub(crate) mod outages;
pub(crate) mod level_shift;
pub(crate) mod region_profile;
