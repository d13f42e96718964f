//! Genesys Cloud: a schedule to import, and the short-term forecast it was planned for.
//!
//! Instants are UTC; the forecast is by quarters of an hour of elapsed time, from the first midnight of the plan.

use serde::Serialize;
use tr::tr;

use super::by_length;
use crate::domain::roster::Activity;
use crate::domain::time::start_of_day;
use crate::output::artifact::{Artifact, OutputError};
use crate::output::export::exported::Exported;
use crate::output::local_time;
use crate::output::number::rounded;
use crate::output::records;
use crate::output::results::{Results, RosteredShift};

/// Minutes of an interval there.
const QUARTER: i64 = 15;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schedule<'a> {
    description: String,
    week_count: u32,
    agent_schedules: Vec<AgentSchedule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AgentSchedule<'a> {
    user_id: &'a str,
    shifts: Vec<Shift>,
    full_day_time_off_markers: [(); 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shift {
    activities: Vec<ShiftActivity>,
    manually_edited: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShiftActivity {
    activity_code_id: &'static str,
    start_date: String,
    length_minutes: i64,
    description: String,
    paid: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShortTermForecast<'a> {
    description: String,
    week_count: u32,
    planning_groups: Vec<PlanningGroup<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names that Genesys Cloud reads")]
struct PlanningGroup<'a> {
    planning_group_id: &'a str,
    offered_per_interval: Vec<Option<f64>>,
    average_handle_time_seconds_per_interval: Vec<Option<f64>>,
}

/// Both files.
pub(super) fn export(results: &Results) -> Result<Exported, OutputError> {
    let plan = &results.plan;
    let description = tr!("{} from {}", plan.name, plan.start);
    let agents = results.agents.iter().enumerate();
    let schedule = Schedule {
        description: description.clone(),
        week_count: plan.weeks,
        agent_schedules: agents.map(|(at, agent)| agent_schedule(results, at, &agent.id)).collect(),
    };
    let forecast = ShortTermForecast {
        description,
        week_count: plan.weeks,
        planning_groups: by_length::queues(results, QUARTER)
            .into_iter()
            .map(|(queue, expected)| planning_group(results, &queue.id, &expected))
            .collect(),
    };
    let files = vec![
        Artifact::new("genesys/schedule.json", records::write_document(&schedule)?),
        Artifact::new("genesys/forecast.json", records::write_document(&forecast)?),
    ];
    let notes = vec![tr!(
        "genesys: userId is our id of an agent, activityCodeId our word (work, break, meal), planningGroupId our name of a queue; put in \
         those of your organisation"
    )];
    Ok(Exported { files, notes })
}

fn agent_schedule<'a>(results: &Results, at: usize, user_id: &'a str) -> AgentSchedule<'a> {
    let shifts = results.shifts_of(at).iter().flat_map(shifts).collect();
    AgentSchedule { user_id, shifts, full_day_time_off_markers: [] }
}

/// A shift; of a split one each part.
fn shifts(of: &RosteredShift) -> Vec<Shift> {
    let activity = |piece: &crate::domain::roster::Piece| ShiftActivity {
        activity_code_id: piece.activity.name(),
        start_date: local_time::utc(piece.span.from),
        length_minutes: piece.span.length().get(),
        description: if piece.activity == Activity::Work { of.queues.join(", ") } else { String::new() },
        paid: piece.activity.is_paid(),
    };
    let shift = |pieces: &[crate::domain::roster::Piece]| Shift {
        activities: pieces.iter().map(activity).collect(),
        manually_edited: false,
    };
    of.shift.parts().map(shift).collect()
}

/// Every quarter of the plan, also those of which nothing is expected.
fn planning_group<'a>(results: &Results, queue: &'a str, expected: &[by_length::Expected]) -> PlanningGroup<'a> {
    let plan = &results.plan;
    let first = start_of_day(plan.start, results.zone);
    let last = start_of_day(plan.start + chrono::Duration::days(7 * i64::from(plan.weeks)), results.zone);
    let count = usize::try_from((last - first).num_minutes() / QUARTER).unwrap_or_default();
    let (mut offered, mut aht_s) = (vec![Some(0.0); count], vec![Some(0.0); count]);
    for of in expected {
        let at = (of.start - first).num_minutes().div_euclid(QUARTER);
        if let Some(at) = usize::try_from(at).ok().filter(|at| *at < count) {
            (offered[at], aht_s[at]) = (rounded(of.offered, 4), rounded(of.aht_s, 2));
        }
    }
    PlanningGroup {
        planning_group_id: queue,
        offered_per_interval: offered,
        average_handle_time_seconds_per_interval: aht_s,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::export::by_length::sample::FORECAST;
    use crate::output::results::{ResultTable, sample};

    #[test]
    fn shifts_are_in_utc_and_the_forecast_in_quarters_of_elapsed_time() {
        let results = sample::results(&[("forecast.csv", FORECAST)], &[ResultTable::Roster, ResultTable::Forecast]);
        let files = export(&results.expect("results")).expect("JSON").files;
        let [schedule, forecast]: [serde_json::Value; 2] =
            [0, 1].map(|at: usize| serde_json::from_slice(&files[at].bytes).expect("JSON"));
        let night = &schedule["agentSchedules"][0]["shifts"][0]["activities"];
        assert_eq!(night[1]["activityCodeId"], "break");
        assert_eq!(
            (night[1]["startDate"].as_str(), night[2]["lengthMinutes"].as_i64()),
            (Some("2026-10-25T00:30:00Z"), Some(255))
        );
        assert_eq!(schedule["agentSchedules"][2]["shifts"].as_array().map(Vec::len), Some(2), "a split shift is two");
        // A week of 169 hours; 02:00 in the night of the change is 146 hours after the first midnight: 12 contacts in half an hour.
        let group = &forecast["planningGroups"][0];
        assert_eq!(group["offeredPerInterval"].as_array().map(Vec::len), Some(169 * 4));
        assert_eq!(
            (group["offeredPerInterval"][146 * 4].as_f64(), group["offeredPerInterval"][146 * 4 + 2].as_f64()),
            (Some(6.0), Some(0.0))
        );
    }
}
