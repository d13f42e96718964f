//! Queues whose people are the same and equally fast in all of them: to the search they are one queue.
//!
//! Heads of such people may be shared among these queues in any parts, but there are whole heads in all. Of one queue the bound knows that
//! ([`crate::roster::cover::cost_curve::Curve::by_whole_heads`]); of several it would see fractions that no roster has. What their heads cost together,
//! shared at their best, is the curve of all their pieces in the order of slopes (infimal convolution of convex functions).

use crate::domain::cover::{CoverCurve, CoverPiece, CoverPrice};
use crate::domain::ids::QueueIx;
use crate::domain::workforce::{SkillGroup, Workforce};
use crate::roster::problem::RosterProblem;

/// A problem in which alike queues are one: the first of them takes all their work.
pub(super) struct Joined {
    workforce: Workforce,
    cover: CoverPrice,
}

impl Joined {
    /// Joins what is alike in a problem; nothing if nothing is.
    pub(super) fn of(problem: &RosterProblem<'_>) -> Option<Self> {
        let queues = problem.cover.queues.len();
        let sets: Vec<Vec<usize>> = (0..queues)
            .filter_map(|queue| alike(&problem.workforce.groups, queue))
            .filter(|set| set.len() > 1)
            .collect();
        let firsts: Vec<&Vec<usize>> =
            (0..queues).filter_map(|queue| sets.iter().find(|set| set[0] == queue)).collect();
        if firsts.is_empty() {
            return None;
        }
        let (mut workforce, mut cover) = (problem.workforce.clone(), problem.cover.clone());
        for set in firsts {
            let (first, others) = (set[0], &set[1..]);
            let at = |t: usize| sum(set.iter().filter_map(|&queue| problem.cover.queues[queue].get(t)));
            cover.queues[first] = (0..problem.cover.grid.len()).map(at).collect::<Option<_>>()?;
            for &other in others {
                cover.queues[other].fill(CoverCurve::free());
                let keeps = |queue: QueueIx| queue.0 != other;
                workforce.groups.iter_mut().for_each(|group| group.abilities.retain(|ability| keeps(ability.queue)));
            }
        }
        Some(Self { workforce, cover })
    }

    /// The problem with these queues as one.
    pub(super) fn problem<'a>(&'a self, of: &RosterProblem<'a>) -> RosterProblem<'a> {
        RosterProblem { workforce: &self.workforce, cover: &self.cover, ..*of }
    }
}

/// The queues, in order, of everybody who can take a queue, if all of them take the same ones and are equally fast in all.
fn alike(groups: &[SkillGroup], queue: usize) -> Option<Vec<usize>> {
    let able = |group: &&SkillGroup| takes(group).any(|(taken, _)| taken == queue);
    let first = groups.iter().find(able)?;
    let mut set: Vec<usize> = takes(first).map(|(taken, _)| taken).collect();
    set.sort_unstable();
    let speed = takes(first).next()?.1;
    let of_set = |group: &SkillGroup| takes(group).any(|(taken, _)| set.contains(&taken));
    let is_alike = |group: &SkillGroup| {
        takes(group).count() == set.len()
            && takes(group).all(|(taken, fast)| set.contains(&taken) && (fast - speed).abs() <= 0.0)
    };
    groups.iter().filter(|group| of_set(group)).all(is_alike).then_some(set)
}

fn takes(group: &SkillGroup) -> impl Iterator<Item = (usize, f64)> + '_ {
    group.abilities.iter().filter(|ability| ability.speed > 0.0).map(|ability| (ability.queue.0, ability.speed))
}

/// The least cost of heads that are shared among some curves.
fn sum<'a>(curves: impl Iterator<Item = &'a CoverCurve> + Clone) -> Option<CoverCurve> {
    let mut pieces: Vec<CoverPiece> = curves.clone().flat_map(CoverCurve::pieces).copied().collect();
    pieces.sort_by(|a, b| a.slope.total_cmp(&b.slope));
    // Beyond the first piece without an end nothing is ever taken.
    let end = pieces.iter().position(|piece| piece.agents == f64::INFINITY).map_or(pieces.len(), |at| at + 1);
    pieces.truncate(end);
    // The sum costs nothing where its own pieces have saved what those up to each curve's requirement save.
    let mut left: f64 = curves.map(|curve| curve.cost(0.0)).sum();
    let mut required = 0.0;
    for piece in pieces.iter().take_while(|piece| piece.slope < 0.0) {
        let taken = (left / -piece.slope).min(piece.agents).max(0.0);
        required += taken;
        left += taken * piece.slope;
    }
    CoverCurve::new(required, pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::workforce::Ability;

    fn curve(required: f64, short: f64) -> CoverCurve {
        let pieces = [(required, -short), (f64::INFINITY, 2.0)];
        CoverCurve::new(required, pieces.map(|(agents, slope)| CoverPiece { agents, slope }).to_vec()).expect("convex")
    }

    fn group(abilities: &[(usize, f64)]) -> SkillGroup {
        let ability = |&(queue, speed): &(usize, f64)| Ability { queue: QueueIx(queue), speed, priority: 1 };
        SkillGroup { abilities: abilities.iter().map(ability).collect() }
    }

    #[test]
    fn shared_heads_go_first_where_they_save_most() {
        // 1.5 heads are wanted at 10 each and 0.7 at 30: of one head .7 go to the second queue.
        let (one, other) = (curve(1.5, 10.0), curve(0.7, 30.0));
        let together = sum([&one, &other].into_iter()).expect("convex");
        assert!((together.required() - 2.2).abs() < 1e-12);
        for (heads, to_other) in [(0.0, 0.0), (0.5, 0.5), (1.0, 0.7), (2.2, 0.7)] {
            let apart = one.cost(heads - to_other) + other.cost(to_other);
            assert!((together.cost(heads) - apart).abs() < 1e-9, "{heads}: {} and {apart}", together.cost(heads));
        }
        assert!((together.cost(3.2) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn queues_are_alike_where_everybody_takes_all_of_them_at_one_speed() {
        let both = group(&[(0, 1.0), (1, 1.0)]);
        assert_eq!(alike(&[both.clone(), both.clone(), group(&[(2, 0.9)])], 1), Some(vec![0, 1]));
        assert_eq!(alike(&[both.clone(), group(&[(1, 1.0)])], 1), None);
        assert_eq!(alike(&[both, group(&[(0, 1.1), (1, 1.1)])], 0), None);
    }
}
