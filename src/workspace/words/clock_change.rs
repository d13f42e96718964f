//! What becomes of local times that a clock change makes ambiguous.

use super::names::choice;
use super::refusal::Read;
use crate::ingest::{AbsentHour, RepeatedHour};

/// Local times that occur twice.
pub(crate) fn repeated_hour(word: &str) -> Read<RepeatedHour> {
    let words = [
        ("refuse", RepeatedHour::Refuse),
        ("both", RepeatedHour::Both),
        ("first", RepeatedHour::First),
        ("skip", RepeatedHour::Skip),
    ];
    choice(&words)(word)
}

/// Local times that never occur.
pub(crate) fn absent_hour(word: &str) -> Read<AbsentHour> {
    choice(&[("refuse", AbsentHour::Refuse), ("skip", AbsentHour::Skip)])(word)
}
