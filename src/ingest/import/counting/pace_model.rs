//! The model of handle times by agent, queue and week.
//!
//! The mean handle time of the contacts of an agent, a queue and a week is modelled as
//!
//! `queue × week of the queue × pace × (1 + extra · e^(−t/weeks)) × e^(breadth · b)`
//!
//! with `t` the weeks since the agent's first contact of the queue and `b` how evenly the agent's contacts of that week were spread
//! over queues, `1 − Σ share²`. Weeks and paces are random effects, shrunk towards one; contacts are weights, as the mean of `n`
//! handle times has a relative variance near `φ/n`. Each effect is found given all others, a few times round. `t` is known only of those
//! who come after the records begin; the others are taken to have learned. The shape and the separate paces are those of N. Gans,
//! N. Liu, A. Mandelbaum, H. Shen & H. Ye, Service times in call centers: agent heterogeneity and learning, IMS Collections 6 (2010).

use std::collections::BTreeMap;

/// Contacts that count for the queue's own pace beside an agent's, so that few contacts make nobody fast or slow.
const PRIOR: f64 = 50.0;
/// The same for a queue's week.
const PRIOR_OF_WEEK: f64 = 400.0;
/// Half-life of a week in the mean that paces are held against: forecasts of handle times stand on the level of the last days.
const HALF_LIFE_WEEKS: f64 = 1.0;
/// Being new takes no more than nine tenths of a handle time away.
const SHORTEST: f64 = -0.9;
/// Times that all effects are found one after another, at most and at least, and the change of a coefficient that ends it.
const ROUNDS: usize = 12;
const LEAST_ROUNDS: usize = 3;
const SETTLED: f64 = 5e-4;
/// Prior standard deviations of what being new adds, and of breadth.
const EXTRA: f64 = 0.5;
const BREADTH: f64 = 0.3;

/// Contacts with handle times of an agent, a queue and a week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) agent: u32,
    pub(super) queue: u32,
    /// Weeks since 1970.
    pub(super) week: i64,
    /// First day with contacts, and the mean day of them, since 1970.
    pub(super) first_day: i64,
    pub(super) mean_day: f64,
    pub(super) contacts: f64,
    /// Mean handle time, seconds.
    pub(super) seconds: f64,
}

/// A cell with what explains it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) cell: Cell,
    /// Positions of its effects: of the queue, of the queue's week, of the agent at the queue.
    pub(super) at: [usize; 3],
    /// Weeks since the agent's first contact of the queue; none where that lies before the records.
    pub(super) weeks: Option<f64>,
    pub(super) breadth: f64,
}

/// A coefficient and its standard error.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Coefficient {
    pub(super) value: f64,
    pub(super) error: f64,
}

/// The model, fitted.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    pub(super) weeks: Option<f64>,
    pub(super) extra: Coefficient,
    pub(super) breadth: Coefficient,
    /// Logarithms: of each queue the level, of its weeks, and of each agent at a queue.
    effects: [Vec<f64>; 3],
    /// Weighted squares of relative residuals.
    pub(super) misfit: f64,
}

impl Fit {
    /// The model without newcomers.
    pub(super) fn plain(seen: &[Seen]) -> Self {
        let count = |kind: usize| seen.iter().map(|seen| seen.at[kind] + 1).max().unwrap_or(0);
        let effects = std::array::from_fn(|kind| vec![0.0; count(kind)]);
        let (extra, breadth) = (Coefficient::default(), Coefficient::default());
        Self { weeks: None, extra, breadth, effects, misfit: 0.0 }.settled(seen)
    }

    /// The model with a curve that falls to `1/e` after so many weeks, from this one on.
    pub(super) fn with_curve(&self, seen: &[Seen], weeks: f64) -> Self {
        Self { weeks: Some(weeks), ..self.clone() }.settled(seen)
    }

    fn settled(mut self, seen: &[Seen]) -> Self {
        for round in 0..ROUNDS {
            let before = [self.extra.value, self.breadth.value];
            for (kind, prior) in [0.0, PRIOR_OF_WEEK, PRIOR].into_iter().enumerate() {
                self.settle_effects(seen, kind, prior);
            }
            self.settle_slopes(seen);
            let moved = (self.extra.value - before[0]).abs().max((self.breadth.value - before[1]).abs());
            if round >= LEAST_ROUNDS && moved < SETTLED {
                break;
            }
        }
        self.misfit = seen.iter().map(|seen| seen.cell.contacts * self.above(seen).powi(2)).sum();
        self
    }

    /// What of a newcomer's longer handle time is left, 1 on the first day.
    fn left(&self, seen: &Seen) -> f64 {
        self.weeks.zip(seen.weeks).map_or(0.0, |(weeks, since)| (-since / weeks).exp())
    }

    fn fitted(&self, seen: &Seen) -> f64 {
        let log: f64 = self.effects.iter().zip(seen.at).map(|(effects, at)| effects[at]).sum();
        (log + self.breadth.value * seen.breadth).exp() * (1.0 + self.extra.value * self.left(seen))
    }

    /// Seconds over those fitted, less one.
    fn above(&self, seen: &Seen) -> f64 {
        seen.cell.seconds / self.fitted(seen) - 1.0
    }

    /// Effects of a kind anew, given all else: seconds spent over seconds fitted without them, shrunk.
    fn settle_effects(&mut self, seen: &[Seen], kind: usize, prior: f64) {
        let before = &self.effects[kind];
        let mut sums = vec![(0.0, 0.0, 0.0); before.len()];
        for seen in seen {
            let (spent, fitted, contacts) = &mut sums[seen.at[kind]];
            *spent += seen.cell.contacts * seen.cell.seconds;
            *fitted += seen.cell.contacts * self.fitted(seen) / before[seen.at[kind]].exp();
            *contacts += seen.cell.contacts;
        }
        let effect = |(spent, fitted, contacts): (f64, f64, f64)| {
            if contacts > 0.0 { (spent / fitted).ln() * contacts / (contacts + prior) } else { 0.0 }
        };
        self.effects[kind] = sums.into_iter().map(effect).collect();
    }

    /// A step of Gauss and Newton for what being new adds and for breadth, with their standard errors. Paces give way to both as far as they
    /// are not held by their prior: what counts is how far each lies off the agent's own mean.
    fn settle_slopes(&mut self, seen: &[Seen]) {
        let slopes = |seen: &Seen| [self.left(seen) / (1.0 + self.extra.value * self.left(seen)), seen.breadth];
        let mut means = vec![([0.0; 2], 0.0); self.effects[2].len()];
        for seen in seen {
            let (sums, contacts) = &mut means[seen.at[2]];
            sums.iter_mut().zip(slopes(seen)).for_each(|(sum, slope)| *sum += seen.cell.contacts * slope);
            *contacts += seen.cell.contacts;
        }
        let (mut above, mut extra, mut breadth, mut both, mut misfit) = ([0.0; 2], 0.0, 0.0, 0.0, 0.0);
        let mut of_agents: BTreeMap<u32, [f64; 2]> = BTreeMap::new();
        for seen in seen {
            let (sums, all) = &means[seen.at[2]];
            let slopes = slopes(seen);
            let [by_extra, by_breadth] = [0, 1].map(|kind| slopes[kind] - sums[kind] / (all + PRIOR));
            let (contacts, residual) = (seen.cell.contacts, self.above(seen));
            let own = [contacts * by_extra * residual, contacts * by_breadth * residual];
            above = [above[0] + own[0], above[1] + own[1]];
            let of_agent = of_agents.entry(seen.cell.agent).or_default();
            *of_agent = [of_agent[0] + own[0], of_agent[1] + own[1]];
            extra += contacts * by_extra * by_extra;
            breadth += contacts * by_breadth * by_breadth;
            both += contacts * by_extra * by_breadth;
            misfit += contacts * residual * residual;
        }
        let fitted = self.effects[0].len() + self.effects[2].len();
        let single = (misfit / (seen.len() as f64 - fitted as f64).max(1.0)).max(f64::MIN_POSITIVE);
        let priors = [EXTRA, BREADTH].map(|deviation| single / (deviation * deviation));
        let (a, b) = (extra + priors[0], breadth + priors[1]);
        let determinant = a * b - both * both;
        let right = [above[0] - priors[0] * self.extra.value, above[1] - priors[1] * self.breadth.value];
        if determinant > 0.0 {
            self.extra.value = (self.extra.value + (b * right[0] - both * right[1]) / determinant).max(SHORTEST);
            self.breadth.value += (a * right[1] - both * right[0]) / determinant;
            // An agent's weeks are alike, so that agents, not weeks, are what the errors are counted by (the sandwich of K.-Y. Liang &
            // S. L. Zeger, Biometrika 73, 1986); no smaller than if all weeks were apart.
            let agents = of_agents.len() as f64;
            let by_agents = |of: &dyn Fn(&[f64; 2]) -> f64| {
                let sum = of_agents.values().map(|scores| of(scores).powi(2)).sum::<f64>();
                sum * agents / (agents - 1.0).max(1.0) / determinant.powi(2)
            };
            let of_extra = by_agents(&|scores| b * scores[0] - both * scores[1]);
            let of_breadth = by_agents(&|scores| a * scores[1] - both * scores[0]);
            self.extra.error = (single * b / determinant).max(of_extra).sqrt();
            self.breadth.error = (single * a / determinant).max(of_breadth).sqrt();
        }
    }

    /// Pace of each agent at each queue against the mean of the queue's contacts, all in the same weeks; what breadth does is part of it. The mean
    /// is that of the last weeks, on whose level a forecast of handle times stands: who works now, as far as they have learned by now.
    pub(super) fn paces(&self, seen: &[Seen]) -> BTreeMap<(u32, u32), f64> {
        let mut of_queue = vec![(0.0, 0.0); self.effects[0].len()];
        let mut breadths = vec![(0.0, 0.0); self.effects[2].len()];
        let mut keys = BTreeMap::new();
        let last = seen.iter().map(|seen| seen.cell.week).max().unwrap_or(0);
        for seen in seen {
            let [queue, week, agent] = seen.at;
            let contacts = seen.cell.contacts;
            let own = self.fitted(seen) / (self.effects[0][queue] + self.effects[1][week]).exp();
            let remembered = contacts * 0.5f64.powf((last - seen.cell.week) as f64 / HALF_LIFE_WEEKS);
            of_queue[queue].0 += remembered * own;
            of_queue[queue].1 += remembered;
            breadths[agent].0 += contacts * seen.breadth;
            breadths[agent].1 += contacts;
            keys.insert((seen.cell.agent, seen.cell.queue), (queue, agent));
        }
        let pace = |(queue, agent): (usize, usize)| {
            let own = self.effects[2][agent] + self.breadth.value * breadths[agent].0 / breadths[agent].1;
            (of_queue[queue].0 / of_queue[queue].1 / own.exp()).clamp(0.5, 2.0)
        };
        keys.into_iter().map(|(key, at)| (key, pace(at))).collect()
    }
}
