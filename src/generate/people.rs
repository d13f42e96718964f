//! The agents: where they sit, on which terms, what they can do and what they cost.

use std::fmt::Write;

use chrono::{Duration, NaiveDate};
use rand::RngExt;

use super::contracts::{CONTRACTS, Contract, SiteName, Terms};
use super::names::name;
use super::params::CentreParams;
use super::queues::SyntheticQueue;
use super::random::stream;
use super::skill_profiles::{Assigned, apportion, assign, takes_everything};

/// An agent before skills are assigned.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Person {
    /// Key.
    pub(super) id: String,
    /// Name.
    pub(super) name: String,
    /// Contract, and with it the site.
    pub(super) contract: Contract,
}

/// An agent with skills, level and pay.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Agent {
    /// Who.
    pub(super) person: Person,
    /// Queue position, preference and speed of each skill.
    pub(super) skills: Vec<(usize, u32, f64)>,
    /// Experience.
    pub(super) level: &'static str,
    /// Wage and on-costs per paid hour, in hundredths.
    pub(super) cents: i64,
    /// First day of employment.
    pub(super) since: NaiveDate,
}

/// Share of agents in Kraków.
const KRAKOW_SHARE: f64 = 0.6;

/// So many people on the contracts of both sites, Kraków first.
pub(super) fn people(params: &CentreParams) -> Vec<Person> {
    let mut random = stream(params.seed, "people", 0);
    let width = params.agents.to_string().len().max(3);
    let by_contract = apportion(params.agents, &CONTRACTS.map(|(contract, share)| share * site_share(contract.place)));
    by_contract
        .into_iter()
        .zip(CONTRACTS)
        .flat_map(|(count, (contract, _))| std::iter::repeat_n(contract, count))
        .zip(1..)
        .map(|(contract, number)| Person {
            id: format!("a{number:0width$}"),
            name: name(&mut random, contract.place),
            contract,
        })
        .collect()
}

const fn site_share(place: SiteName) -> f64 {
    match place {
        SiteName::Krakow => KRAKOW_SHARE,
        SiteName::Manila => 1.0 - KRAKOW_SHARE,
    }
}

/// Whether everybody takes everything: at no site are there so many that they specialise.
pub(super) fn are_generalists(people: &[Person], queues: &[SyntheticQueue]) -> bool {
    let at = |place: SiteName| people.iter().filter(|person| person.contract.place == place).count();
    [SiteName::Krakow, SiteName::Manila].into_iter().all(|place| takes_everything(at(place), queues))
}

/// Gives people skills in proportion to the hours each queue asks for, at each site; levels and pay follow.
pub(super) fn hire(params: &CentreParams, people: Vec<Person>, queues: &[SyntheticQueue], hours: &[f64]) -> Vec<Agent> {
    let mut random = stream(params.seed, "agents", 0);
    let mut mixes: Vec<Assigned> = Vec::with_capacity(people.len());
    for place in [SiteName::Krakow, SiteName::Manila] {
        let mut here = assign(people.iter().filter(|person| person.contract.place == place).count(), queues, hours);
        shuffle(&mut random, &mut here);
        mixes.append(&mut here);
    }
    people
        .into_iter()
        .zip(mixes)
        .map(|(person, assigned)| {
            let senior = assigned.profile.senior;
            let days: i64 = if senior { random.random_range(1_100..4_000) } else { random.random_range(30..2_600) };
            let level = match days {
                _ if senior => "senior",
                ..365 => "junior",
                365..1_800 => "regular",
                _ => "experienced",
            };
            Agent {
                skills: assigned.skills(queues),
                level,
                cents: pay(person.contract, level),
                since: params.start - Duration::days(days),
                person,
            }
        })
        .collect()
}

/// Fisher and Yates.
fn shuffle<T>(random: &mut rand_chacha::ChaCha8Rng, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, random.random_range(0..=last));
    }
}

/// Cost per hour by site, level and contract, in hundredths of the currency.
fn pay(contract: Contract, level: &str) -> i64 {
    let base = match (contract.place, level) {
        (SiteName::Krakow, "junior") => 1_080,
        (SiteName::Krakow, "regular") => 1_240,
        (SiteName::Krakow, "experienced") => 1_390,
        (SiteName::Krakow, _) => 1_680,
        (SiteName::Manila, "junior") => 560,
        (SiteName::Manila, "regular") => 650,
        (SiteName::Manila, "experienced") => 740,
        (SiteName::Manila, _) => 920,
    };
    match contract.terms {
        Terms::Full => base,
        Terms::FullWithNights => base + base / 20,
        Terms::Part => base - base / 40,
    }
}

/// `agents.csv`.
pub(super) fn agents_csv(agents: &[Agent], queues: &[SyntheticQueue]) -> String {
    let mut csv = String::from("agent,name,site,contract,skills,level,hourly_cost,from,until\n");
    for agent in agents {
        let skills: Vec<&str> = agent.skills.iter().map(|(queue, _, _)| queues[*queue].id.as_str()).collect();
        let person = &agent.person;
        let _ = writeln!(
            csv,
            "{},{},{},{},{},{},{}.{:02},{},",
            person.id,
            person.name,
            person.contract.place.id(),
            person.contract.id(),
            skills.join("|"),
            agent.level,
            agent.cents / 100,
            agent.cents % 100,
            agent.since
        );
    }
    csv
}

/// `skills.csv`: one row per agent and skill.
pub(super) fn skills_csv(agents: &[Agent], queues: &[SyntheticQueue]) -> String {
    let mut csv = String::from("agent,skill,priority,speed\n");
    for agent in agents {
        for (queue, priority, speed) in &agent.skills {
            let _ = writeln!(csv, "{},{},{priority},{speed}", agent.person.id, queues[*queue].id);
        }
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::queues::queues;

    #[test]
    fn eighty_agents_sit_at_two_sites_on_six_contracts_in_a_dozen_groups() {
        let params = CentreParams::default();
        let queues = queues(6, 7);
        let agents = hire(&params, people(&params), &queues, &[700.0, 400.0, 650.0, 350.0, 300.0, 250.0]);
        assert_eq!(agents.len(), 80);
        assert_eq!(agents.iter().filter(|agent| agent.person.contract.place == SiteName::Krakow).count(), 48);
        let contracts: std::collections::BTreeSet<_> = agents.iter().map(|agent| agent.person.contract).collect();
        assert_eq!(contracts.len(), 6);
        let mut groups: Vec<_> = agents.iter().map(|agent| format!("{:?}", agent.skills)).collect();
        groups.sort();
        groups.dedup();
        assert!((8..=12).contains(&groups.len()), "{}", groups.len());
    }

    #[test]
    fn keys_are_unique_and_as_wide_as_the_company_needs() {
        let all = people(&CentreParams { agents: 1_200, ..CentreParams::default() });
        assert_eq!(all[0].id, "a0001");
        let keys: std::collections::BTreeSet<_> = all.iter().map(|person| &person.id).collect();
        assert_eq!(keys.len(), 1_200);
    }
}
