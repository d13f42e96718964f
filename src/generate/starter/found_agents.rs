//! The agents that records of contacts name: marked as inferred, for the planner to correct.

use chrono::NaiveDate;

use super::queues::StarterQueue;
use super::terms::Terms;
use crate::domain::contact_records::{FoundAgent, FoundSkill};
use crate::generate::GeneratedFile;

/// From so many days a week with contacts on somebody is taken to work full time.
const FULL_TIME_DAYS: f64 = 3.5;
/// What an agent costs per hour, until somebody says.
const HOURLY_COST: &str = "15.00";

/// `agents.csv` and `skills.csv`. The priority of a skill is its place among the queues by contacts handled.
pub(super) fn files(agents: &[FoundAgent], queues: &[StarterQueue], terms: &[Terms]) -> [GeneratedFile; 2] {
    let contract = |agent: &FoundAgent| {
        let is_part = agent.days_per_week() < FULL_TIME_DAYS;
        let part = terms.iter().find(|terms| is_part && terms.id == "part");
        part.or(terms.first()).map_or("full", |terms| terms.id)
    };
    let skill_of = |name: &str| {
        let is_it = |queue: &&StarterQueue| queue.id == name || name.is_empty();
        queues.iter().find(is_it).map(|queue| queue.skill.as_str())
    };
    // First days only where newcomers were seen to learn: nobody else is known to have begun within the records.
    let is_told = agents.iter().flat_map(|agent| &agent.queues).any(|skill| skill.since.is_some());
    let table = |columns: &[&str]| {
        let mut table = csv::Writer::from_writer(Vec::new());
        write(&mut table, columns.iter().copied().chain(is_told.then_some("from")));
        table
    };
    let mut people = table(&["agent", "name", "site", "contract", "skills", "level", "hourly_cost"]);
    let mut skills = table(&["agent", "skill", "priority", "speed"]);
    for agent in agents {
        let own: Vec<(&str, &FoundSkill)> =
            agent.queues.iter().filter_map(|skill| Some((skill_of(&skill.queue)?, skill))).collect();
        let names: Vec<&str> = own.iter().map(|(skill, _)| *skill).collect();
        let (key, site) = (agent.name.as_str(), super::settings::SITE);
        let cells = [key, key, site, contract(agent), &names.join("|"), "inferred", HOURLY_COST];
        let first_day = first_day(agent).map(|date| date.to_string());
        write(&mut people, cells.into_iter().chain(is_told.then_some(first_day.as_deref().unwrap_or_default())));
        for ((skill, found), priority) in own.iter().zip(1_u32..) {
            let (priority, pace) = (priority.to_string(), format!("{:.2}", found.pace));
            let since = found.since.map(|date| date.to_string()).filter(|since| Some(since) != first_day.as_ref());
            let cells = [key, skill, &priority, &pace].into_iter();
            write(&mut skills, cells.chain(is_told.then_some(since.as_deref().unwrap_or_default())));
        }
    }
    let bytes = |writer: csv::Writer<Vec<u8>>| writer.into_inner().unwrap_or_default();
    [GeneratedFile::new("agents.csv", bytes(people)), GeneratedFile::new("skills.csv", bytes(skills))]
}

/// The first day of somebody who is new to all queues.
fn first_day(agent: &FoundAgent) -> Option<NaiveDate> {
    let since: Option<Vec<NaiveDate>> = agent.queues.iter().map(|skill| skill.since).collect();
    since?.into_iter().min()
}

/// Writing to memory does not fail.
fn write<'a>(table: &mut csv::Writer<Vec<u8>>, cells: impl IntoIterator<Item = &'a str>) {
    let _ = table.write_record(cells);
}
