//! A queue's past and future on its customers' wall clocks.
//!
//! | file | what it does |
//! |---|---|
//! | [`region_calendar`] | opening hours and holidays of one region |
//! | [`features`] | what of a date bears on its contacts: weekday, season, holidays and the days around them |
//! | [`local_days`] | counts by local day, 23- and 25-hour days included |
//! | [`queue_history`] | one queue with its regions, events and counts; the intervals a forecast is made for |

pub(crate) mod region_calendar;
pub(crate) mod features;
pub(crate) mod local_days;
pub(crate) mod queue_history;
