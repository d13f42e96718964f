//! A workforce with the terms of some agents changed.

use crate::domain::ids::ContractIx;
use crate::domain::workforce::{Agent, Contract, Workforce};

use super::terms::Terms;

/// Gives agents, by their positions, other terms; those whose rules are the same share a contract.
pub(in crate::roster::engine) fn with_terms<'a>(
    workforce: &mut Workforce,
    terms: impl Iterator<Item = (usize, &'a Terms)>,
) {
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
