//! One shift library for each contract at each site where somebody has it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::roster::problem::RosterProblem;

use super::shifts::ShiftLibrary;
use super::slots::{SiteClock, SlotGrid};

/// The position of each contract and site among the libraries, and the libraries, in the order of the first agents who have them.
pub(crate) fn libraries(
    problem: &RosterProblem<'_>,
    slot_grid: &SlotGrid,
) -> (BTreeMap<(usize, usize), usize>, Vec<ShiftLibrary>) {
    let workforce = problem.workforce;
    let clocks: Vec<SiteClock> = workforce.sites.par_iter().map(|site| SiteClock::new(slot_grid, site.zone)).collect();
    let mut index: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for agent in &workforce.agents {
        let next = index.len();
        index.entry((agent.contract.0, agent.site.0)).or_insert(next);
    }
    let mut keys: Vec<((usize, usize), usize)> = index.iter().map(|(&key, &place)| (key, place)).collect();
    keys.sort_unstable_by_key(|&(_, place)| place);
    let library = |&((contract, site), _): &((usize, usize), usize)| {
        let rules = &workforce.contracts[contract].rules;
        ShiftLibrary::new(problem, slot_grid, &workforce.sites[site], &clocks[site], rules)
    };
    let libraries = keys.par_iter().map(library).collect();
    (index, libraries)
}
