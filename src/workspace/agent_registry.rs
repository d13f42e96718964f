//! The roll of agents: the file's, less those that scenarios remove, plus those they add, in the order given.

use super::place::{Place, Report};
use super::settings::{Names, Scenario};
use super::tables::AgentRecord;
use super::words::{Index, Refusal};
use crate::workspace::tables::agents;
use tr::tr;

/// All agents ever named, so that tables may speak of those a scenario removes; `is_present` tells who remains.
#[derive(Debug)]
pub(super) struct AgentRegistry {
    /// The records, in order.
    pub(super) records: Vec<AgentRecord>,
    /// Whether each is there in the end.
    pub(super) is_present: Vec<bool>,
    /// Whether the file could be read in full.
    pub(super) is_whole: bool,
}

impl AgentRegistry {
    /// The agents of the file.
    pub(super) fn of(records: Vec<AgentRecord>, is_whole: bool) -> Self {
        Self { is_present: vec![true; records.len()], records, is_whole }
    }

    /// The keys of all agents, to be referred to.
    pub(super) fn keys(&self) -> Vec<String> {
        self.records.iter().map(|record| record.id.to_string()).collect()
    }

    /// Removes and adds what a scenario says, in this order, so that it can replace an agent.
    pub(super) fn change(&mut self, scenario: &Scenario<'_>, names: &Names, report: &Report) {
        let keys = Index::of("agent", self.keys(), self.is_whole);
        for (place, key) in &scenario.removed {
            let found = keys.find(key).and_then(|at| match self.is_present.get(at) {
                Some(false) => {
                    Err(Refusal::new(tr!("already removed by another scenario")).hinting(tr!("leave the key out here")))
                }
                _ => Ok(at),
            });
            let found = report.keep(found.map_err(|refusal| place.refused("agents.remove", key, refusal)));
            if let Some(is_present) = found.and_then(|at| self.is_present.get_mut(at)) {
                *is_present = false;
            }
        }
        for record in agents(&scenario.added, names) {
            self.add(record, report);
        }
    }

    fn add(&mut self, record: AgentRecord, report: &Report) {
        match self.records.iter().position(|known| known.id == record.id) {
            Some(at) if self.is_present[at] => report.problem(second(&record.place, record.id.as_str())),
            Some(at) => {
                self.records[at] = record;
                self.is_present[at] = true;
            }
            None => {
                self.records.push(record);
                self.is_present.push(true);
            }
        }
    }
}

fn second(place: &Place, key: &str) -> crate::domain::problem::Problem {
    let hint = tr!("remove the agent in the same scenario to replace them");
    place.refused("agents.add.agent", key, Refusal::new(tr!("an agent of this key exists")).hinting(hint))
}
