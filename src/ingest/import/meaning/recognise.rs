//! Whose export a table is, by its columns.

use super::profile::Profile;
use crate::ingest::import::stated::systems::{KNOWN, System, named, position};

/// The system whose columns these are.
pub(in crate::ingest::import) fn recognised(
    header: &[String],
    has_header: bool,
    profiles: &[Profile],
) -> Option<&'static System> {
    if !has_header {
        let is_date = |column: usize| profiles.get(column).is_some_and(|profile| profile.mostly(profile.dated));
        let is_time = |column: usize| profiles.get(column).is_some_and(|profile| profile.mostly(profile.clocked));
        return if (20..=22).contains(&header.len()) && is_date(1) && is_time(2) { named("teleopti") } else { None };
    }
    let has_all = |system: &&System| {
        !system.telling.is_empty() && system.telling.iter().all(|name| position(header, name).is_some())
    };
    KNOWN.iter().find(has_all)
}
