//! From settings and tables to the people of a workspace, with the checks that need both.

use std::collections::{BTreeMap, BTreeSet};
use tr::tr;

use super::agent_registry::AgentRegistry;
use super::files::Files;
use super::people::{People, Person};
use super::place::Report;
use super::settings::{Scenario, Settings, TableFile};
use super::skill_demand_check;
use super::suggestions::did_you_mean;
use super::tables::{self, AgentRecord};
use super::words::{Index, Refusal};
use crate::domain::problem::Problem;
use crate::domain::time::Zone;

/// Reads all tables about people.
pub(super) fn people(settings: &Settings, scenarios: &[Scenario<'_>], files: &Files<'_>, report: &Report) -> People {
    let (names, from) = (&settings.names, &settings.files);
    let before = report.count();
    let rows = files.table(&from.agents, &tables::AGENTS);
    let is_whole = report.count() == before;
    let mut registry = AgentRegistry::of(tables::agents(&rows, names), is_whole);
    for scenario in scenarios {
        registry.change(scenario, names, report);
    }
    // The other tables may speak of agents whose own row is wrong; that row is told, they need not be.
    let mut keys = registry.keys();
    keys.extend(rows.iter().filter_map(|row| row.optional("agent", |word| Ok(word.to_owned()))));
    let about = [
        (&from.skills, tables::SKILLS.as_slice()),
        (&from.availability, &tables::AVAILABILITY),
        (&from.absences, &tables::ABSENCES),
        (&from.preferences, &tables::PREFERENCES),
        (&from.balances, &tables::BALANCES),
    ];
    let [skills, availability, absences, preferences, balances] =
        about.map(|(file, columns)| files.table(file, columns));
    let told = [&skills, &availability, &absences, &preferences, &balances].map(Vec::len);
    let nobody = keys.is_empty() && told.iter().any(|rows| *rows > 0);
    if nobody && is_whole {
        let speaking = about.iter().zip(told).find(|(_, rows)| *rows > 0).map(|((file, _), _)| *file);
        report.problem(no_agents(&from.agents, speaking, files));
    }
    let keys = Index::of("agent", keys, is_whole && !nobody);
    let zones: Vec<Zone> = registry.records.iter().map(|record| zone_of(record, settings)).collect();
    let skills = tables::skills(&skills, &keys);
    let availability = tables::availability(&availability, &keys);
    let absences = tables::absences(&absences, &keys, &zones, names);
    let preferences = tables::preferences(&preferences, &keys);
    let balances = tables::balances(&balances, &keys, settings.plan.zone);

    let mut persons: Vec<Person> = registry.records.into_iter().map(Person::new).collect();
    distribute(skills, |row| row.agent, |person, row| person.skills.push(row), &mut persons);
    distribute(availability, |row| row.agent, |person, row| person.availability.push(row), &mut persons);
    distribute(absences, |row| row.agent, |person, row| person.absences.push(row), &mut persons);
    distribute(preferences, |row| row.agent, |person, row| person.preferences.push(row), &mut persons);
    distribute(balances, |row| row.agent, |person, row| person.balances.push(row), &mut persons);
    let present = persons.into_iter().zip(registry.is_present).filter(|(_, is_present)| *is_present);
    let people = People {
        sites: settings.sites.clone(),
        contracts: settings.contracts.iter().map(|of| of.contract.clone()).collect(),
        settlements: settings.contracts.iter().map(|of| of.settlement.clone()).collect(),
        covers: settings.group_covers.clone(),
        missing_person_per_hour: settings.missing_person_per_hour,
        activities: settings.activities.clone(),
        fairness: settings.fairness.clone(),
        learning: settings.learning,
        credits: credits(settings),
        wishes: settings.wishes,
        absent_shares: scenarios.iter().map(|scenario| scenario.absent_share).collect(),
        persons: present.map(|(person, _)| person).collect(),
    };
    check_starts(&people, settings, report);
    skill_demand_check::check(&people, settings, names, report);
    check_headcounts(&people, report);
    check_activities(&people, report);
    people
}

/// Tables that speak of agents where there are none: one problem for the lot.
fn no_agents(agents: &TableFile, speaking: Option<&TableFile>, files: &Files<'_>) -> Problem {
    let cause = if files.source().exists(&agents.path) { tr!("no agents") } else { tr!("no such file") };
    let speaking = speaking.map_or_else(String::new, |file| file.path.display().to_string());
    let hint = tr!("`{speaking}` speaks of agents: write them down, or remove that file and its like", speaking);
    Problem::in_file(agents.path.display().to_string(), cause).accepting(tr!("one row for each agent")).hinting(hint)
}

fn credits(settings: &Settings) -> BTreeMap<crate::domain::ids::AbsenceKindId, crate::domain::units::Minutes> {
    settings.absence_kinds.iter().map(|kind| (kind.id.clone(), kind.credited_per_day)).collect()
}

fn zone_of(record: &AgentRecord, settings: &Settings) -> Zone {
    settings.sites.get(record.site.0).map_or(settings.plan.zone, |site| site.site.zone)
}

/// Hands each row to the person it is about.
fn distribute<R>(rows: Vec<R>, agent: impl Fn(&R) -> usize, give: impl Fn(&mut Person, R), persons: &mut [Person]) {
    for row in rows {
        if let Some(person) = persons.get_mut(agent(&row)) {
            give(person, row);
        }
    }
}

/// Shifts start on UTC multiples of the interval: a contract's starts must lie there on the clock of each of its sites.
fn check_starts(people: &People, settings: &Settings, report: &Report) {
    let pairs: BTreeSet<_> =
        people.persons.iter().map(|person| (person.record.contract.0, person.record.site.0)).collect();
    for (contract, site) in pairs {
        let (Some(contract), Some(site)) = (settings.contracts.get(contract), settings.sites.get(site)) else {
            continue;
        };
        for window in &contract.contract.rules.starts {
            if let Err(refusal) = settings.grid.check_clock(window.from, site.site.zone) {
                let value = super::words::hh_mm(window.from);
                let refusal = Refusal {
                    cause: tr!("no shift of site {} can start then: {}", site.site.id, refusal.cause),
                    ..refusal
                };
                report.problem(contract.place.refused("contract.starts.from", &value, refusal));
            }
        }
    }
}

/// Activities that speak of agents, levels and skills that nobody has.
fn check_activities(people: &People, report: &Report) {
    if people.persons.is_empty() {
        return;
    }
    let records = || people.persons.iter().map(|person| &person.record);
    let agents: Vec<&str> = records().map(|record| record.id.as_str()).collect();
    let levels: Vec<&str> = records().map(|record| record.level.as_str()).collect();
    let skills: Vec<&str> = people.persons.iter().flat_map(Person::skills).collect();
    for of in &people.activities {
        let leaders = of.group.as_ref().and_then(|group| group.leaders.as_ref());
        for whom in [Some(&of.whom), of.about.as_ref(), leaders].into_iter().flatten() {
            for (key, words, known) in [
                ("agents", &whom.agents, &agents),
                ("levels", &whom.levels, &levels),
                ("skills", &whom.skills, &skills),
            ] {
                for (place, word) in words.iter().filter(|(_, word)| !known.contains(&word.as_str())) {
                    let mut warning = place.problem(tr!("nobody of agents.csv, so `{}` means nobody by it", of.id));
                    warning.hint = did_you_mean(word, known.iter().copied());
                    report.warning(warning.in_column(format!("activity.{key}")).with_value(word));
                }
            }
        }
    }
}

/// Heads that nobody can make up are allowed, as a queue that nobody can serve is, and worth a word.
fn check_headcounts(people: &People, report: &Report) {
    if people.persons.is_empty() {
        return;
    }
    for cover in &people.covers {
        if !people.persons.iter().any(|person| cover.skills.iter().all(|skill| person.has(skill.as_str()))) {
            let needed: Vec<&str> = cover.skills.iter().map(crate::domain::ids::SkillId::as_str).collect();
            let warning =
                cover.place.problem(tr!("no agent has all the skills of this cover")).in_column("cover.skills");
            report.warning(warning.with_value(needed.join("|")));
        }
    }
    for (at, site) in people.sites.iter().enumerate() {
        let here = || people.persons.iter().filter(|person| person.record.site.0 == at);
        for (place, level) in site.supervision.iter().flat_map(|supervision| &supervision.levels) {
            if !here().any(|person| person.record.level == *level) {
                let mut warning =
                    place.problem(tr!("no agent of the site has this level")).in_column("site.supervisor_levels");
                warning.hint = did_you_mean(level, here().map(|person| person.record.level.as_str()));
                report.warning(warning.with_value(level));
            }
        }
    }
}
