//! Labour rules, one a file, each read alone from the finished roster:
//!
//! | rule | file | broken by |
//! |---|---|---|
//! | one shift per day | [`one_shift_per_day`] | shifts |
//! | presence | [`presence`] | minutes |
//! | shift length | [`shift_length`] | minutes |
//! | shift start | [`shift_start`] | minutes |
//! | breaks | [`breaks`] | minutes |
//! | sessions | [`sessions`] | minutes, sessions, as days |
//! | shifts that stay | [`promised`] | shifts, as days |
//! | split shifts | [`split_shifts`] | minutes, shifts |
//! | daily rest | [`daily_rest`] | minutes |
//! | weekly rest | [`weekly_rest`] | minutes |
//! | consecutive days | [`consecutive_days`] | days |
//! | fewest consecutive days | [`min_consecutive_days`] | days |
//! | fewest days off in a row | [`min_days_off`] | days |
//! | weekends | [`weekends`] | weekends, as days |
//! | sundays in a row | [`sundays`] | sundays, as days |
//! | rotation | [`rotation`] | days |
//! | start times of a week | [`start_spread`] | minutes |
//! | forbidden succession | [`succession`] | minutes |
//! | days per week | [`days_per_week`] | days |
//! | weekly minutes | [`weekly_minutes`] | minutes |
//! | settlement period | [`settlement`] | minutes |
//! | nights | [`nights`] | shifts |
//! | shifts of a kind | [`start_caps`] | shifts |
//! | group sessions | [`group_sessions`] | agents |
//! | seats | [`seats`] | agents |

mod one_shift_per_day;
mod presence;
mod shift_length;
mod shift_start;
mod breaks;
mod sessions;
mod promised;
mod split_shifts;
mod daily_rest;
mod weekly_rest;
mod consecutive_days;
mod min_consecutive_days;
mod min_days_off;
mod weekends;
mod sundays;
mod rotation;
mod start_spread;
mod succession;
mod days_per_week;
mod weekly_minutes;
mod settlement;
mod nights;
mod start_caps;
mod group_sessions;
mod seats;

use crate::domain::roster::Roster;
use crate::domain::rule::Violation;
use crate::roster::problem::RosterProblem;

use super::agent_shifts::AgentShifts;

/// The rules that one agent's shifts can break, each read alone.
pub(super) const LINE_RULES: [fn(&AgentShifts<'_>) -> Vec<Violation>; 23] = [
    one_shift_per_day::violations,
    presence::violations,
    shift_length::violations,
    shift_start::violations,
    breaks::violations,
    sessions::violations,
    promised::violations,
    split_shifts::violations,
    daily_rest::violations,
    weekly_rest::violations,
    consecutive_days::violations,
    min_consecutive_days::violations,
    min_days_off::violations,
    weekends::violations,
    sundays::violations,
    rotation::violations,
    start_spread::violations,
    succession::violations,
    days_per_week::violations,
    weekly_minutes::violations,
    settlement::violations,
    nights::violations,
    start_caps::violations,
];

/// The rules that only all shifts together can break.
pub(super) const ROSTER_RULES: [fn(&RosterProblem<'_>, &Roster) -> Vec<Violation>; 2] =
    [seats::violations, group_sessions::violations];
