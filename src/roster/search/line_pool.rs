//! Lines found on the way to a roster, by agent: what [`super::selection`] selects from.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::roster::bound::columns::Atom;
use crate::roster::bound::restricted_master::Mixture;
use crate::roster::instance::World;
use crate::roster::instance::line::Line;

/// An agent, and a line of theirs.
pub(crate) type Found = (usize, Line);

/// Lines by agent, each once.
#[derive(Debug)]
pub(crate) struct Pool {
    atoms: Vec<Vec<Atom>>,
    known: HashSet<u64>,
}

impl Pool {
    /// Nothing yet.
    pub(crate) fn new(world: &World<'_>) -> Self {
        Self { atoms: vec![Vec::new(); world.models.len()], known: HashSet::new() }
    }

    /// Puts lines in that never were there yet.
    pub(crate) fn offer(&mut self, world: &World<'_>, found: impl IntoIterator<Item = Found>) {
        for (agent, line) in found {
            if self.known.insert(digest(agent, &line)) {
                self.atoms[agent].push(Atom::of_agent(world, agent, line));
            }
        }
    }

    /// Per block of a mixture, each of one agent, the lines of the agent that at its prices cost within a gap of the
    /// cheapest there, the cheapest so many; the dearest are forgotten where there are many.
    pub(crate) fn near(&mut self, world: &World<'_>, mixture: &Mixture, gap: f64, most: usize) -> Vec<Vec<Atom>> {
        /// Lines of an agent that are kept.
        const KEPT: usize = 2000;
        let near = |(block, agents): (usize, &Vec<usize>)| {
            let Some(atoms) = agents.first().and_then(|&agent| self.atoms.get_mut(agent)) else { return Vec::new() };
            let score = |atom: Atom| (mixture.score(world, block, &atom), atom);
            let mut scored: Vec<(f64, Atom)> = std::mem::take(atoms).into_iter().map(score).collect();
            scored.sort_by(|a, b| a.0.total_cmp(&b.0));
            scored.truncate(KEPT);
            let least = mixture.least_score(world, block);
            let near = scored.iter().take(most).take_while(|(score, _)| *score <= least + gap);
            let near = near.map(|(_, atom)| atom.clone()).collect();
            *atoms = scored.into_iter().map(|(_, atom)| atom).collect();
            near
        };
        mixture.blocks().iter().enumerate().map(near).collect()
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
    use crate::roster::check::tiny_instance::World as Tiny;
    use crate::roster::pricing::legal_models::prepared;

    #[test]
    fn lines_are_kept_once_and_told_cheapest_first_within_the_gap() {
        let mut tiny = Tiny::crowded(&["Ben", "Cem"], 9);
        (9..16).for_each(|hour| tiny.require(&format!("mon {hour:02}:00"), 1.5));
        let problem = tiny.problem();
        let world = prepared(&problem).expect("everybody has a line");
        let mut bundle = Bundle::new(&world, vec![0.0; world.headcounts.prices()], None);
        bundle.keep_found();
        (0..10).for_each(|_| bundle.advance(&world));
        let found = bundle.take_found();
        assert_eq!(found.len(), 30);
        let mut pool = Pool::new(&world);
        pool.offer(&world, found.clone());
        let once: usize = pool.atoms.iter().map(Vec::len).sum();
        pool.offer(&world, found);
        assert_eq!(pool.atoms.iter().map(Vec::len).sum::<usize>(), once);
        assert!(once < 30, "some lines came again");
        let (gap, most) = (15.0, 4);
        for (block, near) in pool.near(&world, &bundle.mixture, gap, most).iter().enumerate() {
            let scores: Vec<f64> = near.iter().map(|atom| bundle.mixture.score(&world, block, atom)).collect();
            assert!(!scores.is_empty() && scores.len() <= most && scores.is_sorted(), "{scores:?}");
            assert!(scores.iter().all(|score| *score <= bundle.mixture.least_score(&world, block) + gap));
        }
    }
}
