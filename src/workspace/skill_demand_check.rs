//! Skills that agents have against those that queues ask for. What does not fit is allowed, since a scenario may add the people
//! or the queue, and worth a word.

use std::collections::BTreeMap;
use tr::tr;

use super::people::{People, Person};
use super::place::{Place, Report};
use super::settings::{Names, Settings};
use super::suggestions::{did_you_mean, nearest};
use crate::domain::ids::SkillId;

/// A skill that somebody has.
struct Held<'a> {
    /// Where the first of them is said to have it, and in which column.
    first: (&'a Place, &'static str),
    agents: usize,
}

/// Warns of queues that nobody can serve and of skills that nothing asks for, once each, and where one is likely the other
/// misspelt only of the queue.
pub(super) fn check(people: &People, settings: &Settings, names: &Names, report: &Report) {
    if people.persons.is_empty() {
        return;
    }
    let held = held(&people.persons);
    let mut unasked: BTreeMap<&str, &Held<'_>> = held
        .iter()
        .filter(|(skill, _)| !names.skills.iter().any(|asked| asked == *skill))
        .map(|(skill, of)| (*skill, of))
        .collect();
    let mut likely_meant = Vec::new();
    for ((queue, name), place) in settings.queues.iter().zip(&names.queues).zip(&settings.queue_places) {
        if people.persons.iter().any(|person| queue.skills.iter().all(|skill| person.has(skill.as_str()))) {
            continue;
        }
        let needed: Vec<&str> = queue.skills.iter().map(SkillId::as_str).collect();
        let missing = || needed.iter().filter(|skill| !held.contains_key(*skill));
        let meant = missing().find_map(|skill| Some((*skill, nearest(skill, unasked.keys().copied())?)));
        let hint = match meant {
            Some((skill, meant)) => {
                likely_meant.push(meant);
                let Held { first: (place, _), agents } = unasked[meant];
                let agents = have(*agents);
                tr!(
                    "nobody has `{skill}`, but {agents} `{meant}`, which no queue asks for, first at {place}: is one misspelt?",
                    skill,
                    agents,
                    meant,
                    place
                )
            }
            None => tr!("give {} to somebody in agents.csv or skills.csv", needed.join(&tr!(" and "))),
        };
        let warning = place.problem(tr!("no agent has all the skills of this queue")).in_column("queue.id");
        report.warning(warning.with_value(name).hinting(hint));
    }
    unasked.retain(|skill, _| !likely_meant.contains(skill));
    for (skill, of) in unasked {
        let (place, column) = of.first;
        let others = if of.agents > 1 { tr!("; {} it", have(of.agents)) } else { String::new() };
        let mut warning = place.problem(tr!("no queue asks for this skill{others}", others)).in_column(column);
        warning.hint = did_you_mean(skill, names.skills.iter().map(String::as_str));
        report.warning(warning.with_value(skill));
    }
}

fn have(agents: usize) -> String {
    if agents == 1 { tr!("1 agent has") } else { tr!("{agents} agents have", agents) }
}

/// The skills that somebody has at any time.
fn held(persons: &[Person]) -> BTreeMap<&str, Held<'_>> {
    let mut held: BTreeMap<&str, Held<'_>> = BTreeMap::new();
    for person in persons {
        let own = person.record.skills.iter().map(|skill| (skill.as_str(), (&person.record.place, "skills")));
        let rows = person.skills.iter().map(|row| (row.skill.as_str(), (&row.place, "skill")));
        let mut of_person: BTreeMap<&str, (&Place, &'static str)> = BTreeMap::new();
        for (skill, first) in own.chain(rows) {
            of_person.entry(skill).or_insert(first);
        }
        for (skill, first) in of_person {
            held.entry(skill).or_insert(Held { first, agents: 0 }).agents += 1;
        }
    }
    held
}
