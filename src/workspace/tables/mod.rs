//! The table files of a workspace, one reader each: private rows in, resolved references out.

mod row;
mod quotes;
mod sheet;
mod agents;
mod skills;
mod days;
mod absences;
mod balances;
mod demand;

pub(super) use absences::{ABSENCES, Absence, absences};
pub(super) use agents::{AGENTS, AgentRecord, agent_row, agents};
pub(super) use balances::{BALANCES, Balance, balances};
pub(super) use days::{
    AVAILABILITY, Availability, AvailabilityKind, ClockRange, Day, PREFERENCES, Preference, availability, preferences,
};
pub(super) use demand::{ADJUSTMENTS, BACKLOG, adjustments, backlog};
pub(super) use row::Row;
pub(super) use sheet::{Column, decoded, rows};
pub(super) use skills::{SKILLS, SkillRecord, skills};
