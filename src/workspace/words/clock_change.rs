//! What becomes of local times that a clock change makes ambiguous.

use super::names::choice;
use super::refusal::Read;
use crate::ingest::{AbsentHour, RepeatedHour};

/// Local times that occur twice.
pub(crate) fn repeated_hour(word: &str) -> Read<RepeatedHour> {
    let words = [RepeatedHour::Refuse, RepeatedHour::Both, RepeatedHour::First, RepeatedHour::Skip];
    choice(&words.map(|hour| (hour.name(), hour)))(word)
}

/// Local times that never occur.
pub(crate) fn absent_hour(word: &str) -> Read<AbsentHour> {
    choice(&[AbsentHour::Refuse, AbsentHour::Skip].map(|hour| (hour.name(), hour)))(word)
}
