//! Pools of queues as the search sees them: which group's heads count in which pool, and what too few of them cost.
//!
//! Heads at work count in every pool with a queue that they can take, whatever they do there, so nothing has to be shared: the cost of an
//! interval is a sum of convex functions of the heads in each pool.

use crate::domain::cover::{CoverCurve, CoverPrice};
use crate::roster::cover::cost_curve::Curve;

/// All pools of an instance.
#[derive(Clone, Debug)]
pub(crate) struct Pools {
    len: usize,
    /// Per group the pools it counts in, and what a head of it is worth there.
    of_group: Vec<Vec<(usize, f64)>>,
    /// Per pool its groups, and what a head of each is worth.
    groups: Vec<Vec<(usize, f64)>>,
    /// `curves[interval × pools + pool]`.
    curves: Vec<Curve>,
    /// The pieces of all of them one after another, for whoever goes through many, and where those of each begin.
    pieces: Vec<(f64, f64)>,
    starts: Vec<usize>,
    /// What nobody costs, in the same order.
    nobody: Vec<f64>,
    /// How much slower the prices of pools move than those of queues, so that a head's worth moves as fast.
    scale: f64,
}

impl Pools {
    /// Reads the pools of a price of cover for some number of groups.
    pub(crate) fn new(cover: &CoverPrice, groups: usize) -> Self {
        let len = cover.pools.len();
        let members = |pool: usize| {
            let heads = cover.pools[pool].heads.iter().copied().enumerate();
            heads.filter(|(_, worth)| *worth > 0.0).collect::<Vec<_>>()
        };
        let by_pool: Vec<Vec<(usize, f64)>> = (0..len).map(members).collect();
        let mut of_group = vec![Vec::new(); groups];
        for (pool, members) in by_pool.iter().enumerate() {
            for &(group, worth) in members {
                of_group[group].push((pool, worth));
            }
        }
        // Rosters of whole heads reach only multiples of a common measure.
        let whole: Vec<Option<f64>> = by_pool.iter().map(|members| common(members)).collect();
        let places = || (0..cover.grid.len()).flat_map(|t| (0..len).map(move |pool| (t, pool)));
        let curve = |(t, pool): (usize, usize)| match (cover.pools[pool].curves.get(t), whole[pool]) {
            (Some(curve), Some(worth)) => Curve::by_whole_heads(curve, worth),
            (Some(curve), None) => Curve::new(curve),
            (None, _) => Curve::free(),
        };
        let nobody = |(t, pool): (usize, usize)| {
            cover.pools[pool].curves.get(t).map_or(0.0, |curve: &CoverCurve| curve.cost(0.0))
        };
        let curves: Vec<Curve> = places().map(curve).collect();
        let starts =
            curves.iter().scan(0, |start, curve| Some(std::mem::replace(start, *start + curve.pieces().len())));
        let starts: Vec<usize> = starts.chain([curves.iter().map(|curve| curve.pieces().len()).sum()]).collect();
        Self {
            len,
            pieces: curves.iter().flat_map(|curve| curve.pieces().iter().copied()).collect(),
            starts,
            scale: 1.0 / of_group.iter().map(|pools| curvature(pools)).fold(1.0, f64::max),
            of_group,
            groups: by_pool,
            curves,
            nobody: places().map(nobody).collect(),
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The pools in which heads of a group count, and what one is worth there.
    pub(crate) fn of_group(&self, group: usize) -> &[(usize, f64)] {
        &self.of_group[group]
    }

    /// The groups whose heads count in a pool, and what one is worth.
    pub(crate) fn groups(&self, pool: usize) -> &[(usize, f64)] {
        &self.groups[pool]
    }

    /// What heads in a pool cost in an interval, beside nobody.
    pub(crate) fn curve(&self, t: usize, pool: usize) -> &Curve {
        &self.curves[t * self.len + pool]
    }

    /// Ends of the pieces of such a curve and their slopes.
    pub(crate) fn pieces(&self, t: usize, pool: usize) -> &[(f64, f64)] {
        let at = t * self.len + pool;
        &self.pieces[self.starts[at]..self.starts[at + 1]]
    }

    /// All curves, by interval, then pool.
    pub(crate) fn curves(&self) -> &[Curve] {
        &self.curves
    }

    /// What nobody in a pool costs in an interval.
    pub(crate) fn cost_of_nobody(&self, t: usize, pool: usize) -> f64 {
        self.nobody[t * self.len + pool]
    }

    /// What an interval's heads by group cost in all pools.
    pub(crate) fn cost(&self, t: usize, heads: &[f64]) -> f64 {
        let of_pool = |pool: usize| {
            let there: f64 = self.groups[pool].iter().map(|&(group, worth)| worth * heads[group]).sum();
            self.cost_of_nobody(t, pool) + self.curve(t, pool).cost(there)
        };
        (0..self.len).map(of_pool).sum()
    }

    /// What a head of a group is worth at prices of the pools.
    pub(crate) fn worth(&self, group: usize, price: impl Fn(usize) -> f64) -> f64 {
        self.of_group[group].iter().map(|&(pool, worth)| worth * price(pool)).sum()
    }

    /// What one more in a pool saves beside some heads by group.
    pub(crate) fn gain(&self, t: usize, pool: usize, heads: &[f64]) -> f64 {
        let there: f64 = self.groups[pool].iter().map(|&(group, worth)| worth * heads[group]).sum();
        let curve = self.curve(t, pool);
        curve.cost(there) - curve.cost(there + 1.0)
    }

    /// How much slower the prices of pools move than those of queues.
    pub(crate) fn scale(&self) -> f64 {
        self.scale
    }

    /// A bound on how fast the worth of a head of a group changes with their number, per unit of how fast prices of queues do.
    pub(crate) fn curvature(&self, group: usize) -> f64 {
        self.scale * curvature(&self.of_group[group])
    }
}

fn curvature(pools: &[(usize, f64)]) -> f64 {
    pools.iter().map(|(_, worth)| worth * worth).sum()
}

/// The largest amount of which what every head is worth is a multiple: that of heads all alike, or a quarter.
fn common(members: &[(usize, f64)]) -> Option<f64> {
    const QUARTER: f64 = 0.25;
    let (_, first) = *members.first()?;
    let all_of = |measure: f64| members.iter().all(|(_, worth)| (worth / measure).fract().abs() <= 0.0);
    [first, QUARTER].into_iter().find(|measure| all_of(*measure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cover::{CoverPiece, QueuePool};
    use crate::domain::ids::QueueIx;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    #[test]
    fn heads_count_in_every_pool_they_can_serve() {
        let mut cover = TinyInstance::new(lenient()).cover;
        let curve = |required: f64| {
            let pieces = [(required, -10.0), (f64::INFINITY, 0.0)];
            let pieces = pieces.map(|(agents, slope)| CoverPiece { agents, slope }).to_vec();
            CoverCurve::new(required, pieces).expect("convex")
        };
        let pool = |queues: &[usize], heads: [f64; 2], required| QueuePool {
            queues: queues.iter().copied().map(QueueIx).collect(),
            heads: heads.to_vec(),
            curves: vec![curve(required); cover.grid.len()],
        };
        // The first group takes both queues, the second one only the second queue.
        cover.pools = vec![pool(&[0], [1.0, 0.0], 2.0), pool(&[0, 1], [1.0, 1.0], 5.0)];
        let pools = Pools::new(&cover, 2);
        // One and three heads: one missing of two, one of five.
        assert!((pools.cost(0, &[1.0, 3.0]) - 20.0).abs() < 1e-12);
        assert!((pools.cost(0, &[2.0, 3.0])).abs() < 1e-12);
        assert!((pools.worth(0, |_| 10.0) - 20.0).abs() < 1e-12 && (pools.worth(1, |_| 10.0) - 10.0).abs() < 1e-12);
        assert!((pools.gain(0, 1, &[1.0, 3.0]) - 10.0).abs() < 1e-12 && pools.gain(0, 1, &[2.0, 3.0]).abs() < 1e-12);
    }
}
