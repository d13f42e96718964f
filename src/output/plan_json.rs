//! `plan.json`: what export, diff and publish need beyond the tables, so that OUT is enough without the workspace.

use serde::Serialize;

use super::{OutputError, local_time};
use crate::domain::ids::SkillId;
use crate::domain::labour::LabourRules;
use crate::domain::queue::{Channel, Queue};
use crate::domain::rule::Rule;
use crate::domain::workforce::{Agent, Contract, Site, Workforce};
use crate::plan::{Plan, Rostered};

#[derive(Serialize)]
struct PlanFile<'a> {
    version: u32,
    name: &'a str,
    start: String,
    weeks: u32,
    week_start: String,
    timezone: &'static str,
    interval_minutes: i64,
    as_of: String,
    currency: &'a str,
    queues: Vec<QueueRow<'a>>,
    holidays: Vec<HolidayRow<'a>>,
    events: Vec<EventRow<'a>>,
    #[serde(flatten)]
    roster: Option<RosterPart<'a>>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct QueueRow<'a> {
    id: &'a str,
    channel: &'static str,
    skills: Vec<&'a str>,
    goal_share: f64,
    goal_within_s: f64,
    regions: Vec<RegionRow<'a>>,
}

#[derive(Serialize)]
struct RegionRow<'a> {
    id: &'a str,
    timezone: &'static str,
}

#[derive(Serialize)]
struct HolidayRow<'a> {
    date: String,
    name: &'a str,
}

#[derive(Serialize)]
struct EventRow<'a> {
    id: &'a str,
    first_day: Option<String>,
}

#[derive(Serialize)]
struct RosterPart<'a> {
    work: u64,
    bound_relaxes: Vec<&'static str>,
    sites: Vec<SiteRow<'a>>,
    contracts: Vec<ContractRow<'a>>,
    agents: Vec<AgentRow<'a>>,
}

#[derive(Serialize)]
struct SiteRow<'a> {
    id: &'a str,
    timezone: &'static str,
    seats: Option<u32>,
}

#[derive(Serialize)]
struct ContractRow<'a> {
    id: &'a str,
    min_week_minutes: i64,
    max_week_minutes: i64,
    daily_rest_minutes: i64,
    weekly_rest_minutes: i64,
    max_consecutive_days: u32,
    max_days_per_week: u32,
    premiums: Vec<PremiumRow<'a>>,
}

#[derive(Serialize)]
struct PremiumRow<'a> {
    class: &'a str,
    share: f64,
}

#[derive(Serialize)]
struct AgentRow<'a> {
    id: &'a str,
    name: &'a str,
    site: &'a str,
    contract: &'a str,
    skills: Vec<&'a str>,
    level: &'a str,
    hourly_cost: String,
}

pub(super) fn write(plan: &Plan) -> Result<Vec<u8>, OutputError> {
    let period = &plan.period;
    super::json(&PlanFile {
        version: 1,
        name: &plan.name,
        start: period.start.to_string(),
        weeks: period.weeks,
        week_start: period.week_start.to_string().to_lowercase(),
        timezone: period.zone.name(),
        interval_minutes: period.interval.get(),
        as_of: local_time::utc(plan.as_of),
        currency: &plan.currency,
        queues: plan.queues.iter().map(queue_row).collect(),
        holidays: plan.holidays.iter().map(|day| HolidayRow { date: day.date.to_string(), name: &day.name }).collect(),
        events: plan
            .events
            .iter()
            .map(|event| EventRow { id: event.id.as_str(), first_day: event.first_day().map(|day| day.to_string()) })
            .collect(),
        roster: plan.rostered.as_ref().map(roster_part),
        warnings: plan.warnings.iter().map(ToString::to_string).collect(),
    })
}

fn queue_row(queue: &Queue) -> QueueRow<'_> {
    QueueRow {
        id: queue.id.as_str(),
        channel: match queue.channel {
            Channel::Voice => "voice",
            Channel::Chat { .. } => "chat",
            Channel::Deferred { .. } => "deferred",
        },
        skills: queue.skills.iter().map(SkillId::as_str).collect(),
        goal_share: queue.goal.share.get(),
        goal_within_s: queue.goal.within.get(),
        regions: queue
            .regions
            .iter()
            .map(|region| RegionRow { id: region.id.as_str(), timezone: region.zone.name() })
            .collect(),
    }
}

fn roster_part(rostered: &Rostered) -> RosterPart<'_> {
    let workforce = &rostered.workforce;
    RosterPart {
        work: rostered.work,
        bound_relaxes: rostered.relaxed.iter().copied().map(Rule::name).collect(),
        sites: workforce.sites.iter().map(site_row).collect(),
        contracts: workforce.contracts.iter().map(contract_row).collect(),
        agents: workforce.agents.iter().map(|agent| agent_row(workforce, agent)).collect(),
    }
}

fn site_row(site: &Site) -> SiteRow<'_> {
    SiteRow { id: site.id.as_str(), timezone: site.zone.name(), seats: site.seats }
}

fn contract_row(contract: &Contract) -> ContractRow<'_> {
    let rules: &LabourRules = &contract.rules;
    ContractRow {
        id: contract.id.as_str(),
        min_week_minutes: rules.min_week.get(),
        max_week_minutes: rules.max_week.get(),
        daily_rest_minutes: rules.daily_rest.get(),
        weekly_rest_minutes: rules.weekly_rest.get(),
        max_consecutive_days: rules.max_consecutive_days,
        max_days_per_week: rules.max_days_per_week,
        premiums: rules
            .premiums
            .iter()
            .map(|premium| PremiumRow { class: &premium.class, share: premium.rate.get() })
            .collect(),
    }
}

fn agent_row<'a>(workforce: &'a Workforce, agent: &'a Agent) -> AgentRow<'a> {
    AgentRow {
        id: agent.id.as_str(),
        name: &agent.name,
        site: workforce.site_of(agent).id.as_str(),
        contract: workforce.contracts[agent.contract.0].id.as_str(),
        skills: agent.skills.iter().map(SkillId::as_str).collect(),
        level: &agent.level,
        hourly_cost: agent.hourly_cost.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn zones_and_names_are_in_the_file() {
        let bytes = write(&example::forecast_only()).expect("JSON");
        let read: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(read["timezone"], "Europe/Warsaw");
        assert_eq!(read["week_start"], "mon");
        assert_eq!(read["queues"][0]["regions"][0]["timezone"], "America/New_York");
        assert_eq!(read.get("agents"), None);
    }

    #[test]
    fn an_agent_is_described_by_the_words_of_the_workspace() {
        let workforce = example::workforce();
        let row = serde_json::to_value(agent_row(&workforce, &workforce.agents[0])).expect("JSON");
        assert_eq!(row["site"], "manila");
        assert_eq!(row["contract"], "full");
        assert_eq!(row["hourly_cost"], "12.50");
    }
}
