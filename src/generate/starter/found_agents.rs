//! The agents that records of contacts name: marked as inferred, for the planner to correct.

use super::queues::StarterQueue;
use super::terms::Terms;
use crate::domain::contact_records::FoundAgent;
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
    let (mut people, mut skills) = (csv::Writer::from_writer(Vec::new()), csv::Writer::from_writer(Vec::new()));
    // Writing to memory does not fail.
    let _ = people.write_record(["agent", "name", "site", "contract", "skills", "level", "hourly_cost"]);
    let _ = skills.write_record(["agent", "skill", "priority", "speed"]);
    for agent in agents {
        let own: Vec<(&str, f64)> =
            agent.queues.iter().filter_map(|(queue, pace)| Some((skill_of(queue)?, *pace))).collect();
        let names: Vec<&str> = own.iter().map(|(skill, _)| *skill).collect();
        let (key, site) = (agent.name.as_str(), super::settings::SITE);
        let _ = people.write_record([key, key, site, contract(agent), &names.join("|"), "inferred", HOURLY_COST]);
        for ((skill, pace), priority) in own.iter().zip(1..) {
            let _ = skills.write_record([key, skill, &priority.to_string(), &format!("{pace:.2}")]);
        }
    }
    let bytes = |writer: csv::Writer<Vec<u8>>| writer.into_inner().unwrap_or_default();
    [GeneratedFile::new("agents.csv", bytes(people)), GeneratedFile::new("skills.csv", bytes(skills))]
}
