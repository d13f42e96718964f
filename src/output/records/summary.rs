//! `summary.json`: the figures that scripts and tests read.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cells;
use super::in_order;
use super::one_more::OneMoreSummary;

/// The document. Same plan, same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// 1.
    pub version: u32,
    /// Queues by name, in the workspace's order.
    #[serde(with = "in_order")]
    pub queues: Vec<(String, QueueSummary)>,
    /// What people who share queues would need, if any could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_people: Option<SharedPeopleSummary>,
    /// What the roster comes to, if one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<RosterSummary>,
    /// What planning and simulating in turn came to, round by round; only where there was more than one round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<RoundSummary>,
    /// What customers get of it, simulated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceSummary>,
    /// What one more person of each kind would change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_more: Option<OneMoreSummary>,
    /// Hours that could be given to training and coaching with every goal kept as it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub free_hours: Vec<FreeHoursEntry>,
}

/// Hours of people who take certain queues on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FreeHoursEntry {
    /// The day, in the plan's zone.
    #[serde(with = "cells::text")]
    pub date: NaiveDate,
    /// The queues.
    pub queues: Vec<String>,
    /// Hours.
    pub hours: Option<f64>,
}

/// A round of planning and simulating.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundSummary {
    /// Hours at work.
    pub hours_at_work: Option<f64>,
    /// Wages and premiums.
    pub labour_cost: f64,
    /// By how much goals were missed on the rounds' own contacts, in shares, all queues together.
    pub missed: Option<f64>,
}

/// A roster lived through many times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceSummary {
    /// How many times.
    pub replications: usize,
    /// Contacts simulated, all times together.
    pub contacts: u64,
    /// What came: `uncertain` or `mean`.
    pub demand: String,
    /// Whom a contact goes to, as in `[routing]`.
    pub contact_takes: String,
    /// Which contact an agent takes.
    pub agent_takes: String,
    /// Whether deferred work yields.
    pub deferred: String,
    /// Queues by name, in the workspace's order.
    #[serde(with = "in_order")]
    pub queues: Vec<(String, QueueService)>,
}

/// The simulated service of a queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueueService {
    /// How the goal fares: `holds`, `near` or `missed`; none where nothing is decided.
    pub standing: Option<String>,
    /// Over the whole plan.
    pub plan: PeriodService,
    /// Sevens of days from the plan's first.
    pub weeks: Vec<PeriodService>,
    /// Day by day.
    pub days: Vec<PeriodService>,
}

/// The simulated service of some days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeriodService {
    /// The first of them, on the plan's clock.
    pub from: String,
    /// How many.
    pub days: u32,
    /// Contacts that come, on average.
    pub offered: Option<f64>,
    /// Share served as the goal counts.
    pub in_time: Option<f64>,
    /// Ends of its 95 % band.
    pub in_time_low: Option<f64>,
    /// The upper one.
    pub in_time_high: Option<f64>,
    /// Share of those who come that give up.
    pub abandoned: Option<f64>,
    /// Mean wait of those answered, seconds.
    pub asa_s: Option<f64>,
    /// How likely the goal's share is reached in these days.
    pub goal_reached: Option<f64>,
    /// Share served in a bad one of ten.
    pub in_time_bad: Option<f64>,
}

/// What people who share queues would need, beside what each queue needs of people of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedPeopleSummary {
    /// All voice and chat queues together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live_queues: Option<SharingSummary>,
    /// All queues, together those of each set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_skills: Option<SharingSummary>,
    /// Each set of queues that hang together by the skills of the agents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<SharingSummary>,
}

/// Some queues apart and together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharingSummary {
    /// Their names.
    pub queues: Vec<String>,
    /// Hours of heads to be rostered in a week, each queue by itself.
    pub apart_hours_a_week: Option<f64>,
    /// The most heads at once.
    pub apart_peak: Option<f64>,
    /// The hours of people who take all of them.
    pub together_hours_a_week: Option<f64>,
    /// The most of these at once.
    pub together_peak: Option<f64>,
}

/// What a queue is staffed for, other than the mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StaffedForSummary {
    /// `expected`, or a percentile such as `p80`.
    pub staff_to: String,
    /// Agent hours required beyond those at the mean.
    pub hours_beyond_mean: Option<f64>,
    /// Their pay at the mean hourly cost of those who can take the queue, if anybody can.
    pub pay_beyond_mean: Option<f64>,
}

/// A queue in the plan's period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueueSummary {
    /// Contacts expected, those that wait at the start included.
    pub offered: Option<f64>,
    /// Agent hours required, if staff were planned.
    pub required_hours: Option<f64>,
    /// The share to be served in time.
    pub goal: Option<f64>,
    /// The share that a formula expects to be, of the heads rostered for the queue by itself, if a roster was made.
    pub expected: Option<f64>,
    /// What it is staffed for, if not for the mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staffed_for: Option<StaffedForSummary>,
}

/// The hours after the plan's end into which its shifts run, in agent hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AfterEndSummary {
    /// Hours at work there.
    pub hours_at_work: Option<f64>,
    /// What is required there of this plan's shifts, each queue by itself.
    pub required_hours: Option<f64>,
    /// Missing of it.
    pub short_hours: Option<f64>,
    /// Beyond it.
    pub over_hours: Option<f64>,
}

/// A roster that the checker passed. Money is in the workspace's currency.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RosterSummary {
    /// Wages, premiums and what the planner's prices make of the rest.
    pub objective: f64,
    /// No legal roster costs less.
    pub bound: f64,
    /// (objective − bound) / objective.
    pub gap: Option<f64>,
    /// Rules broken: none, or there would be no roster.
    pub violations: u32,
    /// Base pay.
    pub wages: f64,
    /// Premiums.
    pub premiums: f64,
    /// Price of agents missing.
    pub short_cost: f64,
    /// Price of agents too many.
    pub over_cost: f64,
    /// Price of agents missing and of too many after the plan's end.
    #[serde(default)]
    pub after_end_cost: f64,
    /// Price of refused wishes.
    pub preference_cost: f64,
    /// Price of sessions owed and not held; only where there are activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unplaced_cost: Option<f64>,
    /// Price of days that are not as they were promised; only where a roster was planned again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_cost: Option<f64>,
    /// Price of burdens that lie unequally; only where they have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fairness_cost: Option<f64>,
    /// Jain's index of the points of burdens after the plan, those of full time: 1 where all are equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jain: Option<f64>,
    /// Price of headcounts that are not as wanted; only where heads are wanted apart from queues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headcount_cost: Option<f64>,
    /// Agent hours missing.
    pub short_hours: Option<f64>,
    /// Agent hours too many.
    pub over_hours: Option<f64>,
    /// The hours after the plan's end.
    #[serde(default)]
    pub after_end: AfterEndSummary,
    /// (objective − bound) / (objective − wages that no legal roster can avoid).
    pub gap_beyond_wages: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_document_round_trip;
    use super::*;

    #[test]
    fn queues_keep_their_order() {
        let summary: Summary = assert_document_round_trip(
            "{\n  \"version\": 1,\n  \"queues\": {\n    \"orders\": {\n      \"offered\": 3360.5,\n      \
             \"required_hours\": null,\n      \"goal\": 0.8,\n      \"expected\": null\n    },\n    \"billing\": {\n      \
             \"offered\": 12.0,\n      \"required_hours\": 80.25,\n      \"goal\": 0.8,\n      \"expected\": 0.81\n    }\n  }\n}\n",
        );
        assert_eq!(summary.queues.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["orders", "billing"]);
        assert_eq!((summary.roster, summary.service), (None, None));
    }
}
