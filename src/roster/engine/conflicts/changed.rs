//! A workforce with the terms of some agents changed, and changes of many told once.

use std::collections::BTreeMap;

use crate::domain::conflict::{Change, Repair};
use crate::domain::ids::ContractIx;
use crate::domain::rule::Rule;
use crate::domain::units::Money;
use crate::domain::workforce::{Agent, Contract, Workforce};

use super::left_out::Terms;

/// Gives agents, by their positions, other terms; those whose rules are the same share a contract.
pub(super) fn with_terms<'a>(workforce: &mut Workforce, terms: impl Iterator<Item = (usize, &'a Terms)>) {
    let known = workforce.contracts.len();
    for (at, terms) in terms {
        let own = workforce.agents[at].contract;
        let is_same = |contract: &Contract| contract.rules == terms.rules;
        let contract = if is_same(&workforce.contracts[own.0]) {
            own.0
        } else if let Some(found) = workforce.contracts[known..].iter().position(is_same) {
            known + found
        } else {
            let id = workforce.contracts[own.0].id.clone();
            workforce.contracts.push(Contract { id, rules: terms.rules.clone() });
            workforce.contracts.len() - 1
        };
        workforce.agents[at] = Agent { contract: ContractIx(contract), ..terms.agent.clone() };
    }
}

/// Repairs made together: each change once, with all whom it concerns.
pub(super) fn joined<'a>(repairs: impl Iterator<Item = &'a Repair> + Clone) -> Repair {
    let mut changes: Vec<Change> = Vec::new();
    let mut places: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for change in repairs.clone().flat_map(|repair| &repair.changes) {
        let place = *places.entry((&change.what, change.who.is_empty())).or_insert_with(|| {
            changes.push(Change { who: Vec::new(), ..change.clone() });
            changes.len() - 1
        });
        changes[place].who.extend(change.who.iter().cloned());
    }
    Repair { changes, pay: repairs.map(|repair| repair.pay).sum::<Option<Money>>() }
}

/// More seats at a site.
pub(super) fn more_seats(from: u32, to: u32, site: &str) -> Repair {
    let what = format!("`seats` {from} → {to} ({site})");
    Repair { changes: vec![Change { rule: Rule::Seats, what, who: Vec::new() }], pay: None }
}
