//! The best selection of one line per agent from those that prices have brought up: a mixed integer program over the lines
//! of a master (the restricted master, with whole weights), cover and headcounts as in the master itself.
//!
//! ```text
//! min Σ cost(line) x(line) + Σ_{q,t} cost(q, t, work(q, t)) + Σ_{h,t} cost(h, t, count(h, t))
//! s.t. Σ_lines of an agent x = 1,   heads(g, t) = Σ_lines of g at work in t x,   x ∈ {0, 1}
//! ```
//!
//! Heads are shared among queues as in [`crate::roster::cover::transport`]; seats are left out. Joncour et al. 2010 ("Column generation based
//! primal heuristics") call it the restricted master heuristic.

use std::collections::BTreeMap;

use crate::roster::bound::columns::Column;
use crate::roster::bound::restricted_master::RestrictedMaster;
use crate::roster::cover::cost_curve::Curve;
use crate::roster::instance::Instance;
use crate::roster::instance::head_counts::CountPart;
use crate::roster::instance::line::Line;
use crate::solver::{LinearProgram, Patience, Variable};

/// A variable of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum VariableKey {
    /// A line of a block, by its place.
    Line { block: usize, column: usize },
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
pub(crate) fn is_small(instance: &Instance<'_>) -> bool {
    const ROWS: usize = 600;
    let is_priced = |curve: &&Curve| curve.pieces().iter().any(|(_, slope)| slope.abs() > 0.0);
    let counts = instance.headcounts.places().map(|(row, t)| instance.headcounts.curve(instance.problem, row, t));
    instance
        .bound_curves
        .iter()
        .flatten()
        .chain(instance.pools.curves())
        .chain(counts)
        .filter(is_priced)
        .take(ROWS + 1)
        .count()
        <= ROWS
}

/// Everybody's line in a selection that costs less than a limit; nothing if none was found.
pub(crate) fn best_selection(
    instance: &Instance<'_>,
    master: &RestrictedMaster,
    limit: f64,
    patience: Patience,
) -> Option<Vec<Line>> {
    let mut selection = SelectionProgram::new(instance, master);
    selection.pool_heads(instance);
    selection.share_heads(instance);
    selection.count(instance);
    let best = selection.program.minimise_below(limit - selection.fixed, patience)?;
    let mut lines = master.lines(instance);
    for (key, value) in best.values {
        if let (VariableKey::Line { block, column }, true) = (key, value > 0.5) {
            let of_block = master.blocks()[block].iter().zip(&master.columns()[block][column].lines);
            of_block.for_each(|(&agent, line)| lines[agent] = line.clone());
        }
    }
    Some(lines)
}

/// The program under way.
struct SelectionProgram {
    program: LinearProgram<VariableKey>,
    /// What is not the program's to decide, in the currency.
    fixed: f64,
    /// Heads of a group in an interval.
    heads: BTreeMap<(usize, usize), Sum>,
    /// Count of a headcount in an interval.
    counts: BTreeMap<(usize, usize), Sum>,
}

impl SelectionProgram {
    /// One choice a line.
    fn new(instance: &Instance<'_>, master: &RestrictedMaster) -> Self {
        let mut selection =
            Self { program: LinearProgram::default(), fixed: 0.0, heads: BTreeMap::new(), counts: BTreeMap::new() };
        for &(t, group) in &instance.carried.heads {
            selection.heads.entry((t, group)).or_default().there += 1.0;
        }
        for &(part, t) in instance.headcounts.carried() {
            selection.counts.entry((t, part.row)).or_default().there += f64::from(part.weight);
        }
        for (block, (agents, columns)) in master.blocks().iter().zip(master.columns()).enumerate() {
            let Some(&agent) = agents.first() else { continue };
            if let [only] = &columns[..] {
                selection.fixed += only.cost;
                selection.add(instance, agent, only, |sum, amount| sum.there += amount);
                continue;
            }
            let mut choices = Vec::with_capacity(columns.len());
            for (place, column) in columns.iter().enumerate() {
                let line = selection.program.choice(VariableKey::Line { block, column: place }, column.cost);
                selection.add(instance, agent, column, |sum, amount| sum.terms.push((line, amount)));
                choices.push((line, 1.0));
            }
            selection.program.row(1.0..=1.0, &choices);
        }
        selection
    }

    /// Adds a line's heads and counts to their sums.
    fn add(&mut self, instance: &Instance<'_>, agent: usize, column: &Column, mut add: impl FnMut(&mut Sum, f64)) {
        let group = instance.models[agent].group;
        for (t, heads) in column.works.each() {
            add(self.heads.entry((t, group)).or_default(), heads);
        }
        let profile = instance.headcounts.profile_of(agent);
        for (parts, load) in [(&profile.at_work, &column.works), (&profile.on_shift, &column.present)] {
            for &CountPart { row, weight } in parts {
                for (t, heads) in load.each() {
                    add(self.counts.entry((t, row)).or_default(), heads * f64::from(weight));
                }
            }
        }
    }

    /// Heads in pools have a price.
    fn pool_heads(&mut self, instance: &Instance<'_>) {
        let mut pooled: BTreeMap<(usize, usize), Sum> = BTreeMap::new();
        for ((t, group), sum) in &self.heads {
            for &(pool, worth) in instance.pools.of_group(*group) {
                let into = pooled.entry((*t, pool)).or_default();
                into.there += worth * sum.there;
                into.terms.extend(sum.terms.iter().map(|&(line, heads)| (line, worth * heads)));
            }
        }
        for t in 0..instance.slot_grid.intervals {
            for pool in 0..instance.pools.len() {
                self.fixed += instance.pools.cost_of_nobody(t, pool);
                if let Some(Sum { there, terms }) = pooled.remove(&(t, pool)) {
                    self.price(instance.pools.curve(t, pool), terms, -there);
                }
            }
        }
    }

    /// Heads go to queues, whose work has a price.
    fn share_heads(&mut self, instance: &Instance<'_>) {
        let mut work: BTreeMap<(usize, usize), Vec<(Variable, f64)>> = BTreeMap::new();
        for ((t, group), sum) in std::mem::take(&mut self.heads) {
            let mut terms: Vec<(Variable, f64)> = sum.terms.iter().map(|&(line, heads)| (line, -heads)).collect();
            let lines = terms.len();
            for (queue, speed) in instance.skill_groups.speeds(group) {
                let heads = self.program.variable(VariableKey::Amount, 0.0, 0.0..=f64::INFINITY);
                work.entry((t, queue)).or_default().push((heads, speed));
                terms.push((heads, 1.0));
            }
            if terms.len() > lines {
                self.program.row(sum.there..=sum.there, &terms);
            }
        }
        for (t, curves) in instance.bound_curves.iter().enumerate() {
            for (queue, curve) in curves.iter().enumerate() {
                self.fixed += instance.cost_of_nobody(t, queue);
                if let Some(terms) = work.remove(&(t, queue)) {
                    self.price(curve, terms, 0.0);
                }
            }
        }
    }

    /// Counts have a price.
    fn count(&mut self, instance: &Instance<'_>) {
        let mut counts = std::mem::take(&mut self.counts);
        for (row, t) in instance.headcounts.places() {
            let floor = instance.headcounts.floor(row);
            let Sum { there, terms } = counts.remove(&(t, row)).unwrap_or_default();
            self.fixed += instance.headcounts.cost(instance.problem, (row, t), 0.0);
            self.price(instance.headcounts.curve(instance.problem, row, t), terms, floor - there);
        }
    }

    /// Pieces of a curve that add up to some terms less what is due.
    fn price(&mut self, curve: &Curve, mut terms: Vec<(Variable, f64)>, due: f64) {
        let mut start = 0.0;
        for &(end, slope) in curve.pieces() {
            terms.push((self.program.variable(VariableKey::Amount, slope, 0.0..=end - start), -1.0));
            start = end;
        }
        if start.is_finite() {
            terms.push((self.program.variable(VariableKey::Amount, 0.0, 0.0..=f64::INFINITY), -1.0));
        }
        self.program.row(due..=due, &terms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::headcount::{CountPrice, Counted, Headcount, HeadcountKind};
    use crate::domain::ids::{QueueIx, SiteIx};
    use crate::domain::workforce::Ability;
    use crate::roster::bound::bundle::Bundle;
    use crate::roster::bound::dual_prices::DualPrices;
    use crate::roster::check::tiny_instance::TinyInstance;
    use crate::roster::pricing::legal_models::prepared;
    use crate::roster::search::cover_memo::CoverSolver;
    use crate::roster::search::incumbent::Incumbent;

    /// Four people of two queues, at the second of which they are slower, more need than they can serve, and one of them
    /// wanted on shift at some hours.
    fn four_people() -> TinyInstance {
        let mut tiny = TinyInstance::crowded(&["Ben", "Cem", "Dora"], 9);
        tiny.workforce.groups[0].abilities.push(Ability { queue: QueueIx(1), speed: 0.7, priority: 2 });
        for (day, agents) in [("mon", 1.5), ("tue", 2.2), ("thu", 1.1), ("fri", 2.8)] {
            (9..16).for_each(|hour| tiny.require(&format!("{day} {hour:02}:00"), agents));
        }
        let orders = tiny.cover.queues[0].clone();
        tiny.cover.queues[1] = orders.into_iter().rev().collect();
        let applies = (0..tiny.cover.grid.len()).map(|t| t % 24 == 12).collect();
        tiny.workforce.headcounts = vec![Headcount {
            kind: HeadcountKind::OnSite(SiteIx(0)),
            counted: Counted::OnShift,
            per_head: 1,
            weights: vec![1, 0, 0, 1],
            applies,
            price: CountPrice::at_least(1.0, 35.0),
        }];
        tiny
    }

    /// The cost of the best selection, one after the other.
    fn least_of_all(instance: &Instance<'_>, master: &RestrictedMaster) -> f64 {
        let sizes: Vec<usize> = master.columns().iter().map(Vec::len).collect();
        let mut least = f64::INFINITY;
        for mut number in 0..sizes.iter().product() {
            let mut lines = vec![Line::default(); sizes.len()];
            for ((block, columns), size) in master.blocks().iter().zip(master.columns()).zip(&sizes) {
                lines[block[0]] = columns[number % size].lines[0].clone();
                number /= size;
            }
            let roster = Incumbent::of(instance, lines, &mut CoverSolver::default()).expect("seats for all");
            least = least.min(roster.cost);
        }
        least
    }

    #[test]
    fn no_selection_of_the_lines_costs_less_than_the_one_found() {
        let tiny = four_people();
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let mut bundle = Bundle::new(&instance, DualPrices::zero(&instance), None);
        assert!(bundle.is_by_agent() && is_small(&instance));
        let patience = Patience { nodes: 1000, time: None };
        for _ in 0..3 {
            bundle.advance(&instance);
            bundle.advance(&instance);
            let least = least_of_all(&instance, &bundle.master);
            let lines =
                best_selection(&instance, &bundle.master, least + 1e-3, patience).expect("one at the least cost");
            let roster = Incumbent::of(&instance, lines, &mut CoverSolver::default()).expect("seats for all");
            assert!((roster.cost - least).abs() < 1e-6, "{} is not {least}", roster.cost);
            assert!(best_selection(&instance, &bundle.master, least - 1e-3, patience).is_none());
        }
        assert!(bundle.master.columns().iter().map(Vec::len).sum::<usize>() > 12, "there is something to select from");
    }
}
