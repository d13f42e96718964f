//! The best selection of one line per agent from those that prices have brought up: a mixed integer program over the lines
//! of a mixture (the restricted master, with whole weights), cover and headcounts as in the master itself.
//!
//! ```text
//! min Σ cost(line) x(line) + Σ_{q,t} cost(q, t, work(q, t)) + Σ_{h,t} cost(h, t, count(h, t))
//! s.t. Σ_lines of an agent x = 1,   heads(g, t) = Σ_lines of g at work in t x,   x ∈ {0, 1}
//! ```
//!
//! Heads are shared among queues as in [`crate::roster::cover::transport`]; seats are left out. Joncour et al. 2010 ("Column generation based
//! primal heuristics") call it the restricted master heuristic.

use std::collections::BTreeMap;

use crate::roster::bound::columns::Atom;
use crate::roster::bound::restricted_master::Mixture;
use crate::roster::cover::cost_curve::Curve;
use crate::roster::instance::World;
use crate::roster::instance::head_counts::Part;
use crate::roster::instance::line::Line;
use crate::solver::{LinearProgram, Patience, Variable};

/// A variable of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    /// A line of a block, by its place.
    Line { block: usize, atom: usize },
    /// Heads that serve a queue, work or a count.
    Amount,
}

/// What lines add to a row, and what is there without them.
#[derive(Clone, Debug, Default)]
struct Sum {
    there: f64,
    terms: Vec<(Variable, f64)>,
}

/// Whether cover and headcounts take so few rows that branch and cut can be quick.
pub(crate) fn is_small(world: &World<'_>) -> bool {
    const ROWS: usize = 600;
    let is_priced = |curve: &&Curve| curve.pieces().iter().any(|(_, slope)| slope.abs() > 0.0);
    let counts = world.headcounts.places().map(|(row, t)| world.headcounts.curve(world.problem, row, t));
    world.bound_curves.iter().flatten().chain(counts).filter(is_priced).take(ROWS + 1).count() <= ROWS
}

/// Everybody's line in a selection that costs less than a limit; nothing if none was found.
pub(crate) fn best_selection(
    world: &World<'_>,
    mixture: &Mixture,
    limit: f64,
    patience: Patience,
) -> Option<Vec<Line>> {
    let mut master = Master::new(world, mixture);
    master.share_heads(world);
    master.count(world);
    let best = master.program.minimise_below(limit - master.fixed, patience)?;
    let mut lines = mixture.lines(world);
    for (key, value) in best.values {
        if let (Key::Line { block, atom }, true) = (key, value > 0.5) {
            let of_block = mixture.blocks()[block].iter().zip(&mixture.atoms()[block][atom].lines);
            of_block.for_each(|(&agent, line)| lines[agent] = line.clone());
        }
    }
    Some(lines)
}

/// The program under way.
struct Master {
    program: LinearProgram<Key>,
    /// What is not the program's to decide, in the currency.
    fixed: f64,
    /// Heads of a group in an interval.
    heads: BTreeMap<(usize, usize), Sum>,
    /// Count of a headcount in an interval.
    counts: BTreeMap<(usize, usize), Sum>,
}

impl Master {
    /// One choice a line.
    fn new(world: &World<'_>, mixture: &Mixture) -> Self {
        let mut master =
            Self { program: LinearProgram::default(), fixed: 0.0, heads: BTreeMap::new(), counts: BTreeMap::new() };
        for &(t, group) in &world.carried.heads {
            master.heads.entry((t, group)).or_default().there += 1.0;
        }
        for &(part, t) in world.headcounts.carried() {
            master.counts.entry((t, part.row)).or_default().there += f64::from(part.weight);
        }
        for (block, (agents, atoms)) in mixture.blocks().iter().zip(mixture.atoms()).enumerate() {
            let Some(&agent) = agents.first() else { continue };
            if let [only] = &atoms[..] {
                master.fixed += only.cost;
                master.add(world, agent, only, |sum, amount| sum.there += amount);
                continue;
            }
            let mut choices = Vec::with_capacity(atoms.len());
            for (place, atom) in atoms.iter().enumerate() {
                let line = master.program.choice(Key::Line { block, atom: place }, atom.cost);
                master.add(world, agent, atom, |sum, amount| sum.terms.push((line, amount)));
                choices.push((line, 1.0));
            }
            master.program.row(1.0..=1.0, &choices);
        }
        master
    }

    /// Adds a line's heads and counts to their sums.
    fn add(&mut self, world: &World<'_>, agent: usize, atom: &Atom, mut add: impl FnMut(&mut Sum, f64)) {
        let group = world.models[agent].group;
        for (t, heads) in atom.works.each() {
            add(self.heads.entry((t, group)).or_default(), heads);
        }
        let profile = world.headcounts.profile_of(agent);
        for (parts, load) in [(&profile.at_work, &atom.works), (&profile.on_shift, &atom.present)] {
            for &Part { row, weight } in parts {
                for (t, heads) in load.each() {
                    add(self.counts.entry((t, row)).or_default(), heads * f64::from(weight));
                }
            }
        }
    }

    /// Heads go to queues, whose work has a price.
    fn share_heads(&mut self, world: &World<'_>) {
        let mut work: BTreeMap<(usize, usize), Vec<(Variable, f64)>> = BTreeMap::new();
        for ((t, group), sum) in std::mem::take(&mut self.heads) {
            let mut terms: Vec<(Variable, f64)> = sum.terms.iter().map(|&(line, heads)| (line, -heads)).collect();
            let lines = terms.len();
            for (queue, speed) in world.exchange.speeds(group) {
                let heads = self.program.variable(Key::Amount, 0.0, 0.0..=f64::INFINITY);
                work.entry((t, queue)).or_default().push((heads, speed));
                terms.push((heads, 1.0));
            }
            if terms.len() > lines {
                self.program.row(sum.there..=sum.there, &terms);
            }
        }
        for (t, curves) in world.bound_curves.iter().enumerate() {
            for (queue, curve) in curves.iter().enumerate() {
                self.fixed += world.cost_of_nobody(t, queue);
                if let Some(terms) = work.remove(&(t, queue)) {
                    self.price(curve, terms, 0.0);
                }
            }
        }
    }

    /// Counts have a price.
    fn count(&mut self, world: &World<'_>) {
        let mut counts = std::mem::take(&mut self.counts);
        for (row, t) in world.headcounts.places() {
            let floor = world.headcounts.floor(row);
            let Sum { there, terms } = counts.remove(&(t, row)).unwrap_or_default();
            self.fixed += world.headcounts.cost(world.problem, (row, t), 0.0);
            self.price(world.headcounts.curve(world.problem, row, t), terms, floor - there);
        }
    }

    /// Pieces of a curve that add up to some terms less what is due.
    fn price(&mut self, curve: &Curve, mut terms: Vec<(Variable, f64)>, due: f64) {
        let mut start = 0.0;
        for &(end, slope) in curve.pieces() {
            terms.push((self.program.variable(Key::Amount, slope, 0.0..=end - start), -1.0));
            start = end;
        }
        if start.is_finite() {
            terms.push((self.program.variable(Key::Amount, 0.0, 0.0..=f64::INFINITY), -1.0));
        }
        self.program.row(due..=due, &terms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::headcount::{CountPrice, Counted, Headcount, HeadcountKind};
    use crate::domain::ids::QueueIx;
    use crate::domain::workforce::Ability;
    use crate::roster::bound::bundle::Bundle;
    use crate::roster::check::tiny_instance::World as Tiny;
    use crate::roster::pricing::legal_models::prepared;
    use crate::roster::search::cover_memo::Sharer;
    use crate::roster::search::incumbent::Incumbent;

    /// Four people of two queues, at the second of which they are slower, more need than they can serve, and one of them
    /// wanted on shift at some hours.
    fn four_people() -> Tiny {
        let mut tiny = Tiny::crowded(&["Ben", "Cem", "Dora"], 9);
        tiny.workforce.groups[0].abilities.push(Ability { queue: QueueIx(1), speed: 0.7, priority: 2 });
        for (day, agents) in [("mon", 1.5), ("tue", 2.2), ("thu", 1.1), ("fri", 2.8)] {
            (9..16).for_each(|hour| tiny.require(&format!("{day} {hour:02}:00"), agents));
        }
        let orders = tiny.cover.queues[0].clone();
        tiny.cover.queues[1] = orders.into_iter().rev().collect();
        let applies = (0..tiny.cover.grid.len()).map(|t| t % 24 == 12).collect();
        tiny.workforce.headcounts = vec![Headcount {
            kind: HeadcountKind::OnSite("hall".to_owned()),
            counted: Counted::OnShift,
            per_head: 1,
            weights: vec![1, 0, 0, 1],
            applies,
            price: CountPrice::at_least(1.0, 35.0),
        }];
        tiny
    }

    /// The cost of the best selection, one after the other.
    fn least_of_all(world: &World<'_>, mixture: &Mixture) -> f64 {
        let sizes: Vec<usize> = mixture.atoms().iter().map(Vec::len).collect();
        let mut least = f64::INFINITY;
        for mut number in 0..sizes.iter().product() {
            let mut lines = vec![Line::default(); sizes.len()];
            for ((block, atoms), size) in mixture.blocks().iter().zip(mixture.atoms()).zip(&sizes) {
                lines[block[0]] = atoms[number % size].lines[0].clone();
                number /= size;
            }
            let roster = Incumbent::of(world, lines, &mut Sharer::default()).expect("seats for all");
            least = least.min(roster.cost);
        }
        least
    }

    #[test]
    fn no_selection_of_the_lines_costs_less_than_the_one_found() {
        let tiny = four_people();
        let problem = tiny.problem();
        let world = prepared(&problem).expect("everybody has a line");
        let mut bundle = Bundle::new(&world, vec![0.0; world.headcounts.prices()], None);
        assert!(bundle.is_by_agent() && is_small(&world));
        let patience = Patience { nodes: 1000, time: None };
        for _ in 0..3 {
            bundle.advance(&world);
            bundle.advance(&world);
            let least = least_of_all(&world, &bundle.mixture);
            let lines = best_selection(&world, &bundle.mixture, least + 1e-3, patience).expect("one at the least cost");
            let roster = Incumbent::of(&world, lines, &mut Sharer::default()).expect("seats for all");
            assert!((roster.cost - least).abs() < 1e-6, "{} is not {least}", roster.cost);
            assert!(best_selection(&world, &bundle.mixture, least - 1e-3, patience).is_none());
        }
        assert!(bundle.mixture.atoms().iter().map(Vec::len).sum::<usize>() > 12, "there is something to select from");
    }
}
