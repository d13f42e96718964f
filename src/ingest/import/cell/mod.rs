//! One cell of an export: a number, a date, a time of day, a duration.

pub(super) mod numbers;
pub(super) mod dates;
pub(super) mod calendar_words;
pub(super) mod parts;
pub(super) mod scan;
pub(super) mod durations;
