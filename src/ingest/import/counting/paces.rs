//! How long each agent takes over a queue's contacts, and what of it is being new or taking several queues at a time.
//!
//! [`super::pace_model`] is the model; here it is asked with and without newcomers, and what is sure enough is told.

use std::collections::BTreeMap;

use crate::domain::contact_records::{FoundBreadth, FoundLearning};
use crate::domain::learning_curve::LearningCurve;

use super::pace_model::{Cell, Fit, Seen};

/// Days from the first of a queue's records before which nobody counts as new.
const KNOWN_AFTER: i64 = 28;
/// Newcomers, and contacts of each, from which a curve is looked for.
const NEWCOMERS: usize = 3;
const CONTACTS: f64 = 100.0;
/// Weeks that the curve may take to fall to 1/e; around the best of them those half-way to the next are looked at, too.
const WEEKS: [f64; 6] = [1.5, 3.0, 6.0, 10.0, 16.0, 26.0];
/// A curve and an effect of breadth are believed from so many standard errors on, and from so large an effect.
const ERRORS: f64 = 4.0;
const LEAST: f64 = 0.03;
/// What cells tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Paces {
    /// Contacts handled by somebody who has learned while others of the queue handle one, by agent and queue.
    pub(super) of: BTreeMap<(u32, u32), f64>,
    /// First day, since 1970, of those who came after the records of the queue began.
    pub(super) since: BTreeMap<(u32, u32), i64>,
    pub(super) learning: Option<FoundLearning>,
    pub(super) breadth: Option<FoundBreadth>,
    /// Newcomers, where they are too few to tell how fast they learn.
    pub(super) too_few: usize,
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
        weeks: since.get(&(cell.agent, cell.queue)).map(|first| (cell.mean_day - *first as f64 + 0.5) / 7.0),
        breadth: breadths[&(cell.agent, cell.week)],
    };
    let seen: Vec<Seen> = cells.iter().map(see).collect();
    let newcomers = busy_newcomers(cells, &since);
    let plain = Fit::plain(&seen);
    let best = (newcomers >= NEWCOMERS).then(|| best_curve(&plain, &seen)).flatten();
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
    let too_few = if newcomers < NEWCOMERS { newcomers } else { 0 };
    Paces { of: fit.paces(&seen), since, learning, breadth, too_few }
}

/// The curve that leaves least unexplained: of a few, then of those half-way to its neighbours.
fn best_curve(plain: &Fit, seen: &[Seen]) -> Option<Fit> {
    let least = |fits: Vec<Fit>| {
        let finite = fits.into_iter().filter(|fit| fit.misfit.is_finite());
        finite.min_by(|one, other| one.misfit.total_cmp(&other.misfit))
    };
    let coarse = least(WEEKS.iter().map(|weeks| plain.with_curve(seen, *weeks)).collect())?;
    let at = WEEKS.iter().position(|weeks| Some(*weeks) >= coarse.weeks).unwrap_or(0);
    let between = |one: usize, other: usize| Some((WEEKS.get(one)? * WEEKS.get(other)?).sqrt());
    let around = [at.checked_sub(1).and_then(|before| between(before, at)), between(at, at + 1)];
    let rounded = |weeks: f64| (weeks * 10.0).round() / 10.0;
    let finer = around.into_iter().flatten().map(|weeks| plain.with_curve(seen, rounded(weeks)));
    let mut fits: Vec<Fit> = finer.collect();
    fits.push(coarse);
    least(fits)
}

/// First day of each agent and queue where that is well after the queue's own first.
fn newcomers(cells: &[Cell]) -> BTreeMap<(u32, u32), i64> {
    let mut begins: BTreeMap<u32, i64> = BTreeMap::new();
    let mut first: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    for cell in cells {
        let begins = begins.entry(cell.queue).or_insert(cell.first_day);
        *begins = cell.first_day.min(*begins);
        let first = first.entry((cell.agent, cell.queue)).or_insert(cell.first_day);
        *first = cell.first_day.min(*first);
    }
    first.retain(|(_, queue), day| *day >= begins[queue] + KNOWN_AFTER);
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

    /// A cell of contacts spread over the days of its week.
    fn cell(agent: u32, queue: u32, week: i64, contacts: f64, seconds: f64) -> Cell {
        Cell { agent, queue, week, first_day: 7 * week, mean_day: 7.0 * week as f64 + 3.0, contacts, seconds }
    }

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
                    cells.push(cell(agent, queue, week, contacts, seconds));
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
        let late: Vec<Cell> =
            (52..110).flat_map(|week| (0..40).map(move |agent| cell(agent, 0, week, 60.0, 300.0))).collect();
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
