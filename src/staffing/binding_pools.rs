//! Which pools of people bind: the fewest heads that suffice for all pools of an interval, and which pools set their number.
//!
//! In each interval a small linear program asks for the fewest heads by skill group, at first for a few pools alone; the pool that its answer
//! misses by most joins, until none is missed (a cutting-plane method; Atlason, Epelman & Henderson 2004 use it with cuts from a simulation).

use std::ops::RangeInclusive;

use super::pool_targets::PoolTargets;
use super::pools::PoolOfPeople;
use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;
use crate::solver::LinearProgram;

/// Heads by which a pool may be missed.
const FORGIVEN: f64 = 0.25;
/// Intervals looked at, at most, evenly spread.
const INTERVALS: usize = 336;

/// Positions of the pools that bind anywhere, those of few queues first.
#[must_use]
pub fn binding(
    pools: &[PoolOfPeople],
    requirement: &Requirement,
    queues: &[Queue],
    targets: &PoolTargets,
) -> Vec<usize> {
    let required: Vec<Vec<f64>> = pools.iter().map(|pool| pool.required(requirement, queues, targets)).collect();
    let step = requirement.grid.len().div_ceil(INTERVALS).max(1);
    let mut binds = vec![false; pools.len()];
    for t in (0..requirement.grid.len()).step_by(step) {
        let wanted: Vec<f64> = required.iter().map(|pool| pool[t]).collect();
        if wanted.iter().all(|heads| *heads <= 0.0) {
            continue;
        }
        while let Some(heads) = fewest_heads(pools, &wanted, &binds) {
            let missed = |at: &usize| wanted[*at] - pools[*at].worth(&heads);
            let most = (0..pools.len()).max_by(|a, b| missed(a).total_cmp(&missed(b)));
            match most.filter(|at| missed(at) > FORGIVEN && !binds[*at]) {
                Some(at) => binds[at] = true,
                None => break,
            }
        }
    }
    (0..pools.len()).filter(|&at| binds[at]).collect()
}

/// The fewest heads by skill group that suffice for some of the pools.
fn fewest_heads(pools: &[PoolOfPeople], wanted: &[f64], asked: &[bool]) -> Option<Vec<f64>> {
    let groups = pools.first()?.groups();
    let mut program = LinearProgram::default();
    let heads: Vec<_> = (0..groups).map(|group| program.variable(group, 1.0, 0.0..=f64::INFINITY)).collect();
    for ((pool, wanted), _) in pools.iter().zip(wanted).zip(asked).filter(|(_, asked)| **asked) {
        let terms: Vec<_> = heads.iter().copied().zip(pool.worths()).filter(|(_, worth)| *worth > 0.0).collect();
        let at_least: RangeInclusive<f64> = *wanted..=f64::INFINITY;
        program.row(at_least, &terms);
    }
    Some(program.minimise()?.values.into_iter().map(|(_, heads)| heads).collect())
}
