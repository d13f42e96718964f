//! Heads put into intervals, as runs of neighbours that have equally many.

use std::ops::Range;

/// A difference in heads or in money that is only rounding.
pub(super) const TINY: f64 = 1e-9;

/// Neighbouring intervals with equally many heads.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LoadPiece {
    from: u32,
    until: u32,
    heads: f64,
}

impl LoadPiece {
    fn len(&self) -> u32 {
        self.until - self.from
    }
}

/// Heads by interval, or differences in them: runs that rise and do not overlap.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PiecewiseLoad(Vec<LoadPiece>);

impl PiecewiseLoad {
    /// Those of some intervals, which rise.
    pub(crate) fn of(heads: impl IntoIterator<Item = (u32, f64)>) -> Self {
        let mut runs: Vec<LoadPiece> = Vec::new();
        for (t, heads) in heads {
            match runs.last_mut().filter(|run| run.until == t && (run.heads - heads).abs() <= 0.0) {
                Some(run) => run.until += 1,
                None => runs.push(LoadPiece { from: t, until: t + 1, heads }),
            }
        }
        Self(runs)
    }

    /// Leaves out the intervals beyond some.
    pub(super) fn keep_to(&mut self, open: &Range<usize>) {
        let [start, end] = [open.start, open.end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        for run in &mut self.0 {
            (run.from, run.until) = (run.from.max(start), run.until.min(end));
        }
        self.0.retain(|run| run.from < run.until);
    }

    /// How many intervals have some.
    pub(crate) fn intervals(&self) -> usize {
        self.0.iter().map(|run| run.len() as usize).sum()
    }

    /// Interval by interval.
    pub(crate) fn each(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.0.iter().flat_map(|run| (run.from as usize..run.until as usize).map(|t| (t, run.heads)))
    }

    /// What they are worth, at so much for a head in each interval.
    pub(crate) fn worth(&self, each: &[f64]) -> f64 {
        self.0.iter().map(|run| run.heads * sum(&each[run.from as usize..run.until as usize])).sum()
    }

    /// The sum of their squares.
    pub(super) fn squares(&self) -> f64 {
        self.0.iter().map(|run| f64::from(run.len()) * run.heads * run.heads).sum()
    }

    /// These less others, where they differ.
    pub(super) fn minus(&self, others: &Self) -> Self {
        let (mut mine, mut others) = (self.0.iter().copied().peekable(), others.0.iter().copied().peekable());
        let (mut at, mut runs) = (0, Vec::new());
        loop {
            while mine.next_if(|run| run.until <= at).is_some() {}
            while others.next_if(|run| run.until <= at).is_some() {}
            let next = [mine.peek().copied(), others.peek().copied()];
            let starts = next.iter().flatten().map(|run| run.from.max(at));
            let Some(from) = starts.min() else { return Self(runs) };
            let edges = next.iter().flatten().flat_map(|run| [run.from, run.until]);
            let until = edges.filter(|edge| *edge > from).min().unwrap_or(from);
            let [more, fewer] = next.map(|run| run.filter(|run| run.from <= from).map_or(0.0, |run| run.heads));
            if (more - fewer).abs() > TINY {
                runs.push(LoadPiece { from, until, heads: more - fewer });
            }
            at = until;
        }
    }
}

/// A sum in four parts side by side, which takes a fraction of the time.
fn sum(values: &[f64]) -> f64 {
    const LANES: usize = 4;
    let chunks = values.chunks_exact(LANES);
    let rest: f64 = chunks.remainder().iter().sum();
    let mut lanes = [0.0; LANES];
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(lane, value)| *lane += value);
    }
    lanes.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn heads_differ_where_only_one_list_has_them_or_both_have_unlike_numbers() {
        let first = PiecewiseLoad::of([(2, 1.0), (3, 2.0), (7, 1.0)]);
        let second = PiecewiseLoad::of([(1, 1.0), (2, 1.0), (3, 0.5), (9, 4.0)]);
        assert_eq!(first.minus(&second).each().collect::<Vec<_>>(), [(1, -1.0), (3, 1.5), (7, 1.0), (9, -4.0)]);
        assert_eq!(first.minus(&PiecewiseLoad::default()), first);
        assert_eq!(first.minus(&first), PiecewiseLoad::default());
    }

    proptest! {
        #[test]
        fn runs_are_worth_what_their_intervals_are_and_so_are_their_differences(
            [first, second] in proptest::array::uniform2(proptest::collection::vec(0..3_u8, 40)),
            each in proptest::collection::vec(-5.0..5.0_f64, 40),
            (start, end) in (0..40_usize, 0..40_usize),
        ) {
            let heads = |of: &[u8]| {
                (0..).zip(of.to_vec()).filter(|(_, heads)| *heads > 0).map(|(t, heads)| (t, f64::from(heads))).collect::<Vec<_>>()
            };
            let [mut runs, others] = [&first, &second].map(|of| PiecewiseLoad::of(heads(of)));
            let plain = |of: &PiecewiseLoad| of.each().map(|(t, heads)| heads * each[t]).sum::<f64>();
            prop_assert!((runs.worth(&each) - plain(&runs)).abs() < 1e-9);
            prop_assert_eq!(runs.intervals(), heads(&first).len());
            let less = runs.minus(&others);
            prop_assert!((less.worth(&each) - (plain(&runs) - plain(&others))).abs() < 1e-9);
            let squares: f64 = first.iter().zip(&second).map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2)).sum();
            prop_assert!((less.squares() - squares).abs() < 1e-9);
            runs.keep_to(&(start..end));
            let kept: Vec<_> = heads(&first).into_iter().filter(|(t, _)| (start..end).contains(&(*t as usize))).collect();
            prop_assert_eq!(runs.each().map(|(t, heads)| (u32::try_from(t).expect("few"), heads)).collect::<Vec<_>>(), kept);
        }
    }
}
