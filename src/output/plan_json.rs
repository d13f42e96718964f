//! `plan.json`: what export, diff and publish need beyond the tables, so that OUT is enough without the workspace.

use super::artifact::OutputError;
use super::records::{
    self, AgentEntry, ContractEntry, EventEntry, HolidayEntry, PlanFile, PremiumEntry, QueueEntry, RegionEntry,
    RosterEntry, SiteEntry,
};
use crate::domain::ids::SkillId;
use crate::domain::labour::LabourRules;
use crate::domain::queue::{Channel, Queue};
use crate::domain::rule::Rule;
use crate::domain::workforce::{Agent, Contract, Site, Workforce};
use crate::plan::{Plan, Rostered};

pub(super) fn write(plan: &Plan) -> Result<Vec<u8>, OutputError> {
    let period = &plan.period;
    records::write_document(&PlanFile {
        version: 1,
        name: plan.name.clone(),
        start: period.start,
        weeks: period.weeks,
        week_start: period.week_start.to_string().to_lowercase(),
        timezone: period.zone.name().to_owned(),
        interval_minutes: period.interval.get(),
        as_of: plan.as_of,
        currency: plan.currency.clone(),
        queues: plan.queues.iter().map(queue_entry).collect(),
        holidays: plan.holidays.iter().map(|day| HolidayEntry { date: day.date, name: day.name.clone() }).collect(),
        events: plan
            .events
            .iter()
            .map(|event| EventEntry { id: event.id.to_string(), first_day: event.first_day() })
            .collect(),
        roster: plan.rostered.as_ref().map(roster_entry),
        warnings: plan.warnings.iter().map(|warning| warning.without_folders().to_string()).collect(),
    })
}

fn queue_entry(queue: &Queue) -> QueueEntry {
    QueueEntry {
        id: queue.id.to_string(),
        channel: match queue.channel {
            Channel::Voice => "voice",
            Channel::Chat { .. } => "chat",
            Channel::Deferred { .. } => "deferred",
        }
        .to_owned(),
        skills: skills(&queue.skills),
        goal_share: queue.goal.share.get(),
        goal_within_s: queue.goal.within.get(),
        regions: queue
            .regions
            .iter()
            .map(|region| RegionEntry { id: region.id.to_string(), timezone: region.zone.name().to_owned() })
            .collect(),
    }
}

fn skills(ids: &[SkillId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

fn roster_entry(rostered: &Rostered) -> RosterEntry {
    let workforce = &rostered.workforce;
    RosterEntry {
        work: rostered.work,
        bound_relaxes: rostered.relaxed.iter().copied().map(Rule::name).map(str::to_owned).collect(),
        sites: workforce.sites.iter().map(site_entry).collect(),
        contracts: workforce.contracts.iter().map(contract_entry).collect(),
        agents: workforce.agents.iter().map(|agent| agent_entry(workforce, agent)).collect(),
    }
}

fn site_entry(site: &Site) -> SiteEntry {
    SiteEntry { id: site.id.to_string(), timezone: site.zone.name().to_owned(), seats: site.seats }
}

fn contract_entry(contract: &Contract) -> ContractEntry {
    let rules: &LabourRules = &contract.rules;
    ContractEntry {
        id: contract.id.to_string(),
        min_week_minutes: rules.min_week.get(),
        max_week_minutes: rules.max_week.get(),
        daily_rest_minutes: rules.daily_rest.get(),
        weekly_rest_minutes: rules.weekly_rest.get(),
        max_consecutive_days: rules.max_consecutive_days,
        max_days_per_week: rules.max_days_per_week,
        premiums: rules
            .premiums
            .iter()
            .map(|premium| PremiumEntry { class: premium.class.clone(), share: premium.rate.get() })
            .collect(),
    }
}

fn agent_entry(workforce: &Workforce, agent: &Agent) -> AgentEntry {
    AgentEntry {
        id: agent.id.to_string(),
        name: agent.name.clone(),
        site: workforce.site_of(agent).id.to_string(),
        contract: workforce.contracts[agent.contract.0].id.to_string(),
        skills: skills(&agent.skills),
        level: agent.level.clone(),
        hourly_cost: agent.hourly_cost,
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
        let row = serde_json::to_value(agent_entry(&workforce, &workforce.agents[0])).expect("JSON");
        assert_eq!(row["site"], "manila");
        assert_eq!(row["contract"], "full");
        assert_eq!(row["hourly_cost"], "12.50");
    }
}
