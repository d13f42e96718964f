//! Runs of dates of work and of days off that came to an end within the plan.
//!
//! The dates before the plan, as far as they are known, begin the first run. A run that the plan's end cuts has not
//! ended, and of one that begins with the plan and no known date before it nobody knows the length: neither is listed.

use chrono::{Duration, NaiveDate};

use super::agent_shifts::AgentShifts;

/// What a run is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunOf {
    /// Dates with a shift.
    Work,
    /// Dates without one.
    Off,
}

/// Each such run: its last date, which may be the eve of the plan, and its length.
pub(super) fn ended(line: &AgentShifts<'_>, of: RunOf) -> Vec<(NaiveDate, usize)> {
    let before = &line.agent.before;
    let known = before.run_of_days.max(before.days_off) as usize;
    let eve = if before.run_of_days > 0 { RunOf::Work } else { RunOf::Off };
    let dates = line
        .period
        .dates()
        .map(|date| if line.shifts.iter().any(|shift| shift.date == date) { RunOf::Work } else { RunOf::Off });
    let days: Vec<RunOf> = std::iter::repeat_n(eve, known).chain(dates).collect();
    let mut runs = Vec::new();
    let mut at = 0;
    for run in days.chunk_by(|one, next| one == next) {
        let begin_is_known = at > 0 || known > 0;
        at += run.len();
        if run[0] == of && begin_is_known && at < days.len() {
            let past_start = i64::try_from(at).unwrap_or(0) - i64::try_from(known).unwrap_or(0) - 1;
            runs.push((line.period.start + Duration::days(past_start), run.len()));
        }
    }
    runs
}
