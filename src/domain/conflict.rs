//! Why no legal roster exists, and what would help.

use chrono::NaiveDate;

use super::ids::ContractId;
use super::rule::Rule;
use super::units::Money;

/// Rules, people and days that cannot all be kept: why no legal roster exists, or was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The agent or site concerned, as the user named it.
    pub who: String,
    /// The agent's contract; none where a site is concerned.
    pub contract: Option<ContractId>,
    /// The rules in conflict: together they leave nothing, and without any one of them there is a way.
    pub rules: Vec<Rule>,
    /// The dates in conflict; empty where it is the whole plan.
    pub dates: Vec<NaiveDate>,
    /// A sentence that says what is asked and what is possible, with figures.
    pub detail: String,
    /// Whether it is proved that they cannot.
    pub is_proved: bool,
    /// What would help, each by itself, the cheapest kind first; each was tried.
    pub repairs: Vec<Repair>,
}

/// One thing to be changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The rule that it loosens.
    pub rule: Rule,
    /// The key or table and what becomes of it: "`daily_rest_hours` 11 → 10".
    pub what: String,
    /// For whom, as the user named them; nobody where it is a site's.
    pub who: Vec<String>,
}

/// Changes with which the rules can be kept together.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// What to change.
    pub changes: Vec<Change>,
    /// By how much pay becomes more, at least, against the paid minutes owed so far; below zero: less. None where that is not known.
    pub pay: Option<Money>,
}

/// Why there is no roster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deadlock {
    /// The conflicts that leave none.
    pub conflicts: Vec<Conflict>,
    /// Changes that resolve all of them together, if such were found.
    pub way_out: Option<WayOut>,
}

/// Changes that resolve all conflicts together.
#[derive(Clone, Debug, PartialEq)]
pub struct WayOut {
    /// The changes, each once with all whom it concerns.
    pub repair: Repair,
    /// What was found with them.
    pub leaves: Tried,
}

/// What was found with changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// A legal roster.
    Roster,
    /// A legal line for everybody; whether seats suffice was not looked at.
    Lines,
}
