//! How long each agent takes over a queue's contacts, and what of it is being new or taking several queues at a time.
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

use crate::domain::contact_records::{FoundBreadth, FoundLearning};
use crate::domain::learning_curve::LearningCurve;

/// Contacts that count for the queue's own pace beside an agent's, so that few contacts make nobody fast or slow.
const PRIOR: f64 = 50.0;
/// The same for a queue's week.
const PRIOR_OF_WEEK: f64 = 400.0;
/// Weeks from the first week of a queue's records before which nobody counts as new.
const KNOWN_AFTER: i64 = 4;
/// Newcomers, and contacts of each, from which a curve is looked for.
const NEWCOMERS: usize = 3;
const CONTACTS: f64 = 100.0;
/// Weeks that the curve may take to fall to 1/e.
const WEEKS: [f64; 6] = [1.5, 3.0, 6.0, 10.0, 16.0, 26.0];
/// Half-life of a week in the mean that paces are held against, 120 days, as in forecasts of handle times.
const HALF_LIFE_WEEKS: f64 = 120.0 / 7.0;
/// Being new takes no more than nine tenths of a handle time away.
const SHORTEST: f64 = -0.9;
/// Times that all effects are found one after another, at most and at least, and the change of a coefficient that ends it.
const ROUNDS: usize = 12;
const LEAST_ROUNDS: usize = 3;
const SETTLED: f64 = 5e-4;
/// A curve and an effect of breadth are believed from so many standard errors on, and from so large an effect.
const ERRORS: f64 = 4.0;
const LEAST: f64 = 0.03;
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
    pub(super) contacts: f64,
    /// Mean handle time, seconds.
    pub(super) seconds: f64,
}

/// What cells tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Paces {
    /// Contacts handled by somebody who has learned while others of the queue handle one, by agent and queue.
    pub(super) of: BTreeMap<(u32, u32), f64>,
    /// First week of those who came after the records of the queue began.
    pub(super) since: BTreeMap<(u32, u32), i64>,
    pub(super) learning: Option<FoundLearning>,
    pub(super) breadth: Option<FoundBreadth>,
}

/// Finds paces, and what being new and breadth add to handle times, where the cells tell.
pub(super) fn paces(cells: &[Cell]) -> Paces {
    let since = newcomers(cells);
    let breadths = breadths(cells);
    let (mut queues, mut weeks, mut agents) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let see = |cell: &Cell| Seen {
        cell: *cell,
        at: [
            position(&mut queues, cell.queue),
            position(&mut weeks, (cell.queue, cell.week)),
            position(&mut agents, (cell.agent, cell.queue)),
        ],
        weeks: since.get(&(cell.agent, cell.queue)).map(|first| (cell.week - first) as f64 + 0.5),
        breadth: breadths[&(cell.agent, cell.week)],
    };
    let seen: Vec<Seen> = cells.iter().map(see).collect();
    let newcomers = busy_newcomers(cells, &since);
    let plain = Fit::plain(&seen);
    let curves = WEEKS.iter().filter(|_| newcomers >= NEWCOMERS).map(|weeks| plain.with_curve(&seen, *weeks));
    let best = curves.filter(|fit| fit.misfit.is_finite()).min_by(|one, other| one.misfit.total_cmp(&other.misfit));
    let is_sure = |fit: &Fit| fit.extra.value >= LEAST.max(ERRORS * fit.extra.error);
    let fit = best.filter(|best| is_sure(best) && best.misfit < plain.misfit).unwrap_or(plain);
    let learning = fit.weeks.map(|weeks| FoundLearning {
        curve: LearningCurve { extra: fit.extra.value, weeks },
        error: fit.extra.error,
        newcomers,
    });
    let is_sure = fit.breadth.value.abs() >= LEAST.max(ERRORS * fit.breadth.error);
    let breadth = is_sure.then(|| FoundBreadth {
        // Two queues in equal parts have a breadth of one half.
        two_queues: (0.5 * fit.breadth.value).exp_m1(),
        error: 0.5 * fit.breadth.error,
    });
    // A curve that is not believed leaves nobody a newcomer.
    let since = if learning.is_some() { since } else { BTreeMap::new() };
    Paces { of: fit.paces(&seen), since, learning, breadth }
}

/// First week of each agent and queue where that is well after the queue's own first.
fn newcomers(cells: &[Cell]) -> BTreeMap<(u32, u32), i64> {
    let mut begins: BTreeMap<u32, i64> = BTreeMap::new();
    let mut first: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    for cell in cells {
        let begins = begins.entry(cell.queue).or_insert(cell.week);
        *begins = cell.week.min(*begins);
        let first = first.entry((cell.agent, cell.queue)).or_insert(cell.week);
        *first = cell.week.min(*first);
    }
    first.retain(|(_, queue), week| *week >= begins[queue] + KNOWN_AFTER);
    first
}

/// Agents among them who handled enough to tell.
fn busy_newcomers(cells: &[Cell], since: &BTreeMap<(u32, u32), i64>) -> usize {
    let mut contacts: BTreeMap<u32, f64> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| since.contains_key(&(cell.agent, cell.queue))) {
        *contacts.entry(cell.agent).or_default() += cell.contacts;
    }
    contacts.into_values().filter(|contacts| *contacts >= CONTACTS).count()
}

/// `1 − Σ share²` of an agent's contacts of a week over queues.
fn breadths(cells: &[Cell]) -> BTreeMap<(u32, i64), f64> {
    let mut sums: BTreeMap<(u32, i64), (f64, f64)> = BTreeMap::new();
    for cell in cells {
        let (contacts, squares) = sums.entry((cell.agent, cell.week)).or_default();
        *contacts += cell.contacts;
        *squares += cell.contacts.powi(2);
    }
    sums.into_iter().map(|(key, (contacts, squares))| (key, 1.0 - squares / contacts.powi(2))).collect()
}

/// A cell with what explains it.
#[derive(Clone, Copy, Debug)]
struct Seen {
    cell: Cell,
    /// Positions of its effects: of the queue, of the queue's week, of the agent at the queue.
    at: [usize; 3],
    /// Weeks since the agent's first contact of the queue; none where that lies before the records.
    weeks: Option<f64>,
    breadth: f64,
}

/// A coefficient and its standard error.
#[derive(Clone, Copy, Debug, Default)]
struct Coefficient {
    value: f64,
    error: f64,
}

/// The model, fitted.
#[derive(Clone, Debug)]
struct Fit {
    weeks: Option<f64>,
    extra: Coefficient,
    breadth: Coefficient,
    /// Logarithms: of each queue the level, of its weeks, and of each agent at a queue.
    effects: [Vec<f64>; 3],
    /// Weighted squares of relative residuals.
    misfit: f64,
}

impl Fit {
    /// The model without newcomers.
    fn plain(seen: &[Seen]) -> Self {
        let count = |kind: usize| seen.iter().map(|seen| seen.at[kind] + 1).max().unwrap_or(0);
        let effects = std::array::from_fn(|kind| vec![0.0; count(kind)]);
        let (extra, breadth) = (Coefficient::default(), Coefficient::default());
        Self { weeks: None, extra, breadth, effects, misfit: 0.0 }.settled(seen)
    }

    /// The model with a curve that falls to `1/e` after so many weeks, from this one on.
    fn with_curve(&self, seen: &[Seen], weeks: f64) -> Self {
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
    /// is that of the weeks that a forecast of handle times remembers: who works now, as far as they have learned by now.
    fn paces(&self, seen: &[Seen]) -> BTreeMap<(u32, u32), f64> {
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

/// The position of a key among those seen so far.
fn position<K: Ord>(known: &mut BTreeMap<K, usize>, key: K) -> usize {
    let next = known.len();
    *known.entry(key).or_insert(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_distr::StandardNormal;

    /// 40 agents, two queues, 52 weeks of 60 contacts; 10 come later, one every four weeks from the sixth on. The second queue's records slow
    /// down by a quarter over the year; agents differ by 15 %.
    fn cells(extra: f64, weeks: f64, breadth: f64) -> (Vec<Cell>, Vec<f64>) {
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        let own: Vec<f64> = (0..40).map(|_| 0.15 * random.sample::<f64, _>(StandardNormal)).collect();
        let mut cells = Vec::new();
        for agent in 0..40_u32 {
            let first = if agent < 30 { 0 } else { 6 + i64::from(agent - 30) * 4 };
            for week in first..52 {
                let is_shared = agent % 2 == 1 && random.random_bool(0.6);
                let share: f64 = if is_shared { random.random_range(0.2..0.8) } else { 1.0 };
                for (queue, share) in [(0_u32, share), (1, 1.0 - share)] {
                    let contacts = (60.0 * share).round();
                    if contacts < 1.0 {
                        continue;
                    }
                    let spread: f64 =
                        if share < 1.0 { 1.0 - share * share - (1.0 - share) * (1.0 - share) } else { 0.0 };
                    let left = if first > 0 { (-((week - first) as f64 + 0.5) / weeks).exp() } else { 0.0 };
                    let level = [200.0, 300.0 * (1.0 + 0.25 * week as f64 / 52.0)][queue as usize];
                    let mean = level * (own[agent as usize] + breadth * spread).exp() * (1.0 + extra * left);
                    let seconds =
                        mean * (1.0 + 0.8 / contacts.sqrt() * random.sample::<f64, _>(StandardNormal)).max(0.1);
                    cells.push(Cell { agent, queue, week, contacts, seconds });
                }
            }
        }
        (cells, own)
    }

    #[test]
    fn learning_and_breadth_are_found_beside_paces_and_a_queue_that_slows_down() {
        let (cells, own) = cells(0.4, 6.0, 0.2);
        let found = paces(&cells);
        let learning = found.learning.expect("newcomers learn");
        assert!((learning.curve.extra - 0.4).abs() < 0.08, "{learning:?}");
        assert!((3.0..=10.0).contains(&learning.curve.weeks), "{learning:?}");
        let breadth = found.breadth.expect("breadth costs");
        assert!((breadth.two_queues - 0.105).abs() < 0.04, "{breadth:?}");
        // Paces of the first queue follow who is slow, newcomers included.
        let both = |of: &dyn Fn(u32) -> f64| (0..40).map(of).collect::<Vec<f64>>();
        let (found, truth) = (both(&|agent| -found.of[&(agent, 0)].ln()), both(&|agent| own[agent as usize]));
        let off: Vec<f64> = found.iter().zip(&truth).map(|(found, truth)| found - truth).collect();
        let mean = off.iter().sum::<f64>() / 40.0;
        let error = (off.iter().map(|off| (off - mean).powi(2)).sum::<f64>() / 40.0).sqrt();
        assert!(error < 0.06, "paces are off by {error}");
    }

    #[test]
    fn paces_are_held_against_the_weeks_that_are_remembered() {
        // Everybody is alike and has learned for long: nobody is faster than what is forecast for the queue.
        let (mut cells, _) = cells(0.6, 4.0, 0.0);
        for cell in &mut cells {
            let first = if cell.agent < 30 { 0 } else { 6 + i64::from(cell.agent - 30) };
            let left = if first > 0 { (-((cell.week - first) as f64 + 0.5) / 4.0).exp() } else { 0.0 };
            cell.seconds = 300.0 * (1.0 + 0.6 * left);
        }
        cells.retain(|cell| cell.agent < 30 || cell.week >= 6 + i64::from(cell.agent - 30));
        let late: Vec<Cell> = (52..110)
            .flat_map(|week| (0..40).map(move |agent| Cell { agent, queue: 0, week, contacts: 60.0, seconds: 300.0 }))
            .collect();
        cells.extend(late);
        let found = paces(&cells);
        assert!(found.of.iter().all(|(_, pace)| (pace - 1.0).abs() < 0.04), "{:?}", found.of);
    }

    #[test]
    fn where_nobody_learns_nothing_is_found() {
        let found = paces(&cells(0.0, 6.0, 0.0).0);
        assert!(
            found.learning.is_none() && found.breadth.is_none() && found.since.is_empty(),
            "{:?} {:?}",
            found.learning,
            found.breadth
        );
        let few: Vec<Cell> = cells(0.4, 6.0, 0.0).0.into_iter().filter(|cell| cell.agent < 32).collect();
        assert!(paces(&few).learning.is_none(), "two newcomers are not enough");
    }
}
