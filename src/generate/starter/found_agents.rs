//! The agents that records of contacts name: marked as inferred, for the planner to correct.

use std::fmt::Write;

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
    let mut people = String::from("agent,name,site,contract,skills,level,hourly_cost\n");
    let mut skills = String::from("agent,skill,priority,speed\n");
    for agent in agents {
        let own: Vec<(&str, f64)> =
            agent.queues.iter().filter_map(|(queue, pace)| Some((skill_of(queue)?, *pace))).collect();
        let names: Vec<&str> = own.iter().map(|(skill, _)| *skill).collect();
        let key = cell(&agent.name);
        let site = super::settings::SITE;
        let _ = writeln!(people, "{key},{key},{site},{},{},inferred,{HOURLY_COST}", contract(agent), names.join("|"));
        for ((skill, pace), priority) in own.iter().zip(1..) {
            let _ = writeln!(skills, "{key},{skill},{priority},{pace:.2}");
        }
    }
    [GeneratedFile::new("agents.csv", people), GeneratedFile::new("skills.csv", skills)]
}

/// A name as a cell.
fn cell(name: &str) -> String {
    if name.contains([',', '"', '\n', '\r']) { format!("\"{}\"", name.replace('"', "\"\"")) } else { name.to_owned() }
}
