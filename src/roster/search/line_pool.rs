//! Lines found on the way to a roster, by agent: what [`super::selection`] selects from.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::roster::bound::bundle::Found;
use crate::roster::bound::columns::Column;
use crate::roster::bound::restricted_master::RestrictedMaster;
use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;

/// Lines by agent, each once.
#[derive(Debug)]
pub(crate) struct Pool {
    columns: Vec<Vec<Column>>,
    known: HashSet<u64>,
}

impl Pool {
    /// Nothing yet.
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        Self { columns: vec![Vec::new(); instance.models.len()], known: HashSet::new() }
    }

    /// Puts lines in that never were there yet.
    pub(crate) fn offer(&mut self, instance: &Instance<'_>, found: impl IntoIterator<Item = Found>) {
        for (agent, line) in found {
            if self.known.insert(digest(agent, &line)) {
                self.columns[agent].push(Column::of_agent(instance, agent, line));
            }
        }
    }

    /// Per block of a master, each of one agent, the lines of the agent that at its prices cost within a gap of the
    /// cheapest there, the cheapest so many; the dearest are forgotten where there are many.
    pub(crate) fn near(
        &mut self,
        instance: &Instance<'_>,
        master: &RestrictedMaster,
        gap: f64,
        most: usize,
    ) -> Vec<Vec<Column>> {
        /// Lines of an agent that are kept.
        const KEPT: usize = 2000;
        let near = |(block, agents): (usize, &Vec<usize>)| {
            let Some(columns) = agents.first().and_then(|&agent| self.columns.get_mut(agent)) else {
                return Vec::new();
            };
            let score = |column: Column| (master.score(instance, block, &column), column);
            let mut scored: Vec<(f64, Column)> = std::mem::take(columns).into_iter().map(score).collect();
            scored.sort_by(|a, b| a.0.total_cmp(&b.0));
            scored.truncate(KEPT);
            let least = master.least_score(instance, block);
            let near = scored.iter().take(most).take_while(|(score, _)| *score <= least + gap);
            let near = near.map(|(_, column)| column.clone()).collect();
            *columns = scored.into_iter().map(|(_, column)| column).collect();
            near
        };
        master.blocks().iter().enumerate().map(near).collect()
    }
}

/// A number that tells a line of an agent from all others, but for one chance in 2⁶⁴ a pair.
fn digest(agent: usize, line: &Line) -> u64 {
    let mut hasher = DefaultHasher::new();
    agent.hash(&mut hasher);
    for shift in &line.shifts {
        shift.key().hash(&mut hasher);
        shift.breaks.iter().for_each(|placed| (placed.offset, placed.slots).hash(&mut hasher));
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::bound::bundle::Bundle;
    use crate::roster::bound::dual_prices::DualPrices;
    use crate::roster::check::tiny_instance::TinyInstance;
    use crate::roster::pricing::legal_models::prepared;

    #[test]
    fn lines_are_kept_once_and_told_cheapest_first_within_the_gap() {
        let mut tiny = TinyInstance::crowded(&["Ben", "Cem"], 9);
        (9..16).for_each(|hour| tiny.require(&format!("mon {hour:02}:00"), 1.5));
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let mut bundle = Bundle::new(&instance, DualPrices::zero(&instance), None);
        bundle.keep_found();
        (0..10).for_each(|_| bundle.advance(&instance));
        let found = bundle.take_found();
        assert_eq!(found.len(), 30);
        let mut pool = Pool::new(&instance);
        pool.offer(&instance, found.clone());
        let once: usize = pool.columns.iter().map(Vec::len).sum();
        pool.offer(&instance, found);
        assert_eq!(pool.columns.iter().map(Vec::len).sum::<usize>(), once);
        assert!(once < 30, "some lines came again");
        let (gap, most) = (15.0, 4);
        for (block, near) in pool.near(&instance, &bundle.master, gap, most).iter().enumerate() {
            let scores: Vec<f64> = near.iter().map(|column| bundle.master.score(&instance, block, column)).collect();
            assert!(!scores.is_empty() && scores.len() <= most && scores.is_sorted(), "{scores:?}");
            assert!(scores.iter().all(|score| *score <= bundle.master.least_score(&instance, block) + gap));
        }
    }
}
