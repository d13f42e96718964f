//! `plan.json`: what export, diff and publish need beyond the tables, so that OUT is enough without the workspace.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cells;
use crate::domain::time::Instant;
use crate::domain::units::Money;

/// The document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanFile {
    /// 1.
    pub version: u32,
    /// The workspace's name.
    pub name: String,
    /// The first day planned.
    #[serde(with = "cells::text")]
    pub start: NaiveDate,
    /// Weeks planned.
    pub weeks: u32,
    /// The weekday on which weeks of rules begin, `mon`.
    pub week_start: String,
    /// The zone in which days are planned.
    pub timezone: String,
    /// Minutes of an interval.
    pub interval_minutes: i64,
    /// Nothing after this was known.
    #[serde(with = "cells::utc")]
    pub as_of: Instant,
    /// The currency of all money.
    pub currency: String,
    /// Queues, in the workspace's order.
    pub queues: Vec<QueueEntry>,
    /// Holidays.
    pub holidays: Vec<HolidayEntry>,
    /// Events.
    pub events: Vec<EventEntry>,
    /// What a roster needs beyond its table, if one was made.
    #[serde(flatten)]
    pub roster: Option<RosterEntry>,
    /// What the user was warned of.
    pub warnings: Vec<String>,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueueEntry {
    /// Its name.
    pub id: String,
    /// `voice`, `chat` or `deferred`.
    pub channel: String,
    /// Skills that serving it takes, all of them.
    pub skills: Vec<String>,
    /// The share to be served in time.
    pub goal_share: f64,
    /// In time, seconds.
    pub goal_within_s: f64,
    /// Where its customers are.
    pub regions: Vec<RegionEntry>,
}

/// A region of a queue's customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionEntry {
    /// Its name.
    pub id: String,
    /// Its zone.
    pub timezone: String,
}

/// A holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayEntry {
    /// The day.
    #[serde(with = "cells::text")]
    pub date: NaiveDate,
    /// Its name.
    pub name: String,
}

/// A campaign, a recall or an announcement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventEntry {
    /// Its name.
    pub id: String,
    /// The day of its first send, if it has one.
    #[serde(with = "cells::known_text")]
    pub first_day: Option<NaiveDate>,
}

/// What a roster needs beyond its table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// Work the search did; `--work` replays it.
    pub work: u64,
    /// Rules that the bound leaves out.
    pub bound_relaxes: Vec<String>,
    /// Sites.
    pub sites: Vec<SiteEntry>,
    /// Contracts.
    pub contracts: Vec<ContractEntry>,
    /// Agents.
    pub agents: Vec<AgentEntry>,
}

/// A site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteEntry {
    /// Its name.
    pub id: String,
    /// Its zone.
    pub timezone: String,
    /// Its seats, if they are counted.
    pub seats: Option<u32>,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContractEntry {
    /// Its name.
    pub id: String,
    /// Least paid minutes of a week.
    pub min_week_minutes: i64,
    /// Most.
    pub max_week_minutes: i64,
    /// Rest between shifts, minutes.
    pub daily_rest_minutes: i64,
    /// The longest rest of a week, at least, minutes.
    pub weekly_rest_minutes: i64,
    /// Most days of work in a row.
    pub max_consecutive_days: u32,
    /// Most days of work in a week.
    pub max_days_per_week: u32,
    /// What is paid beyond the hourly cost.
    pub premiums: Vec<PremiumEntry>,
}

/// A premium.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PremiumEntry {
    /// The class, as in `payroll.csv`.
    pub class: String,
    /// The share of the hourly cost.
    pub share: f64,
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentEntry {
    /// The id that the tables name.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// Where.
    pub site: String,
    /// Under which contract.
    pub contract: String,
    /// With which skills.
    pub skills: Vec<String>,
    /// Level of experience.
    pub level: String,
    /// Money per hour.
    #[serde(with = "cells::text")]
    pub hourly_cost: Money,
}

#[cfg(test)]
mod tests {
    use super::super::{read_document, write_document};
    use super::*;

    fn plan(roster: Option<RosterEntry>) -> PlanFile {
        PlanFile {
            version: 1,
            name: "Demo".into(),
            start: NaiveDate::default(),
            weeks: 1,
            week_start: "mon".into(),
            timezone: "Europe/Warsaw".into(),
            interval_minutes: 15,
            as_of: Instant::default(),
            currency: "EUR".into(),
            queues: vec![],
            holidays: vec![HolidayEntry { date: NaiveDate::default(), name: "New Year".into() }],
            events: vec![EventEntry { id: "recall".into(), first_day: None }],
            roster,
            warnings: vec!["something".into()],
        }
    }

    #[test]
    fn a_plan_reads_back_with_and_without_a_roster() {
        let agent = AgentEntry {
            id: "a001".into(),
            name: "Anna Lis".into(),
            site: "krakow".into(),
            contract: "full".into(),
            skills: vec!["orders".into()],
            level: "senior".into(),
            hourly_cost: Money::rounded(12.5),
        };
        let roster =
            RosterEntry { work: 6000, bound_relaxes: vec![], sites: vec![], contracts: vec![], agents: vec![agent] };
        for plan in [plan(None), plan(Some(roster))] {
            let bytes = write_document(&plan).expect("JSON");
            assert_eq!(read_document::<PlanFile>(&bytes).expect("a plan"), plan);
        }
    }
}
