//! `plan.json`: what export, diff and publish need beyond the tables, so that OUT is enough without the workspace.

use super::artifact::OutputError;
use super::records::{
    self, AgentEntry, ContractEntry, EventEntry, HolidayEntry, PlanFile, PremiumEntry, QueueEntry, RegionEntry,
    RosterEntry, SiteEntry,
};
use crate::domain::calendar::Holiday;
use crate::domain::event::Event;
use crate::domain::ids::SkillId;
use crate::domain::labour::LabourRules;
use crate::domain::queue::{Channel, Queue};
use crate::domain::rule::Rule;
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::warning::Warning;
use crate::domain::workforce::{Agent, Contract, Site, Workforce};
use crate::plan::{Plan, Rostered, StandingRoster};

pub(super) fn write(plan: &Plan) -> Result<Vec<u8>, OutputError> {
    let of = Described {
        name: &plan.name,
        period: &plan.period,
        as_of: plan.as_of,
        currency: &plan.currency,
        queues: &plan.queues,
        holidays: &plan.holidays,
        events: &plan.events,
        warnings: &plan.warnings,
    };
    records::write_document(&of.with(plan.rostered.as_ref().map(roster_entry)))
}

/// The same of a roster that stands, whose people are these.
pub(super) fn write_standing(standing: &StandingRoster, workforce: &Workforce) -> Result<Vec<u8>, OutputError> {
    let of = Described {
        name: &standing.name,
        period: &standing.period,
        as_of: standing.as_of,
        currency: &standing.currency,
        queues: &standing.queues,
        holidays: &standing.holidays,
        events: &standing.events,
        warnings: &standing.warnings,
    };
    records::write_document(&of.with(Some(people_entry(workforce, 0, Vec::new()))))
}

/// What a plan is, whoever works it.
struct Described<'a> {
    name: &'a str,
    period: &'a PlanPeriod,
    as_of: Instant,
    currency: &'a str,
    queues: &'a [Queue],
    holidays: &'a [Holiday],
    events: &'a [Event],
    warnings: &'a [Warning],
}

impl Described<'_> {
    fn with(&self, roster: Option<RosterEntry>) -> PlanFile {
        let period = self.period;
        let event = |event: &Event| EventEntry { id: event.id.to_string(), first_day: event.first_day() };
        PlanFile {
            version: 1,
            name: self.name.to_owned(),
            start: period.start,
            weeks: period.weeks,
            week_start: period.week_start.to_string().to_lowercase(),
            timezone: period.zone.name().to_owned(),
            interval_minutes: period.interval.get(),
            as_of: self.as_of,
            currency: self.currency.to_owned(),
            queues: self.queues.iter().map(queue_entry).collect(),
            holidays: self.holidays.iter().map(|day| HolidayEntry { date: day.date, name: day.name.clone() }).collect(),
            events: self.events.iter().map(event).collect(),
            roster,
            warnings: self.warnings.iter().map(|warning| warning.without_folders().to_string()).collect(),
        }
    }
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
    let relaxed = rostered.relaxed.iter().copied().map(Rule::name).map(str::to_owned);
    people_entry(&rostered.workforce, rostered.work, relaxed.collect())
}

fn people_entry(workforce: &Workforce, work: u64, bound_relaxes: Vec<String>) -> RosterEntry {
    RosterEntry {
        work,
        bound_relaxes,
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
