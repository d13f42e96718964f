//! Two rosters on the same contacts, replication by replication: what is luck is the same in both, and their difference is told with far
//! fewer replications than either (common random numbers; Law 2015, sec. 11.2).

use rayon::prelude::*;

use crate::domain::ids::QueueIx;
use crate::domain::progress::{Cancelled, Progress, go_on};
use crate::domain::service::PairedDifference;

use super::centre::Centre;
use super::params::SimulationParams;
use super::ratio::Confidence;
use super::reading::SimulatedRoster;
use super::replication::Replication;
use super::run::{BLOCK, WAVE, paths};
use super::tally::Cell;

/// Some intervals of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The queue.
    pub queue: QueueIx,
    /// The intervals, by their place in the plan's grid.
    pub intervals: Vec<usize>,
}

/// What became of the contacts of each queue over the plan, and of some stretches of it, one replication after the other.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// `cells[replication][queue]`, and behind the queues the stretches.
    cells: Vec<Vec<Cell>>,
    queues: usize,
}

impl Outcomes {
    /// Lives through a roster so many times. Of two rosters simulated alike, replication for replication meets the same contacts.
    ///
    /// # Errors
    /// It was cancelled on the way.
    pub fn of(
        roster: &SimulatedRoster<'_>,
        params: &SimulationParams,
        replications: usize,
        progress: &dyn Progress,
    ) -> Result<Self, Cancelled> {
        Self::with_stretches(roster, params, replications, &[], progress)
    }

    /// The same, and besides what became of the contacts of some stretches.
    ///
    /// # Errors
    /// It was cancelled on the way.
    pub fn with_stretches(
        roster: &SimulatedRoster<'_>,
        params: &SimulationParams,
        replications: usize,
        stretches: &[Stretch],
        progress: &dyn Progress,
    ) -> Result<Self, Cancelled> {
        let (centre, paths) = (Centre::new(roster), paths(roster, params));
        let numbers: Vec<usize> = (0..replications).collect();
        let mut cells = Vec::with_capacity(replications);
        for wave in numbers.chunks(BLOCK * WAVE) {
            go_on(progress)?;
            let block = |replication: &mut Replication<'_>, block: &[usize]| -> Vec<Vec<Cell>> {
                let lived = block.iter().map(|number| {
                    replication.run(&paths, params.seed, u32::try_from(*number).unwrap_or(u32::MAX));
                    let tally = &replication.tally;
                    tally
                        .queues()
                        .into_iter()
                        .chain(stretches.iter().map(|of| tally.some(of.queue.0, &of.intervals)))
                        .collect()
                });
                lived.collect()
            };
            let blocks: Vec<Vec<Vec<Cell>>> =
                wave.par_chunks(BLOCK).map_init(|| Replication::new(&centre), block).collect();
            cells.extend(blocks.into_iter().flatten());
        }
        Ok(Self { cells, queues: roster.queues.len() })
    }

    /// By how much the share of a queue that is served as its goal counts is larger than in another roster; none where nothing is decided.
    ///
    /// The band is that of the mean of (y − r x) / x̄, this roster's less the other's in every replication.
    #[must_use]
    pub fn share_beyond(&self, other: &Self, queue: QueueIx) -> Option<PairedDifference> {
        self.ratio_beyond(other, queue.0)
    }

    /// Share of a stretch that is served as its queue's goal counts; none where nothing is decided.
    #[must_use]
    pub fn share_of_stretch(&self, stretch: usize) -> Option<f64> {
        self.ratio(self.queues + stretch).map(|(share, _)| share)
    }

    /// By how much that share is larger than in another roster.
    #[must_use]
    pub fn share_of_stretch_beyond(&self, other: &Self, stretch: usize) -> Option<PairedDifference> {
        self.ratio_beyond(other, self.queues + stretch)
    }

    /// Contacts of some stretches together that are served as their goals count, beyond those of another roster, on average.
    #[must_use]
    pub fn in_time_of_stretches_beyond(&self, other: &Self, stretches: &[usize]) -> PairedDifference {
        let sum = |cells: &[Cell]| stretches.iter().map(|of| f64::from(cells[self.queues + of].in_time)).sum();
        self.mean_beyond(other, sum)
    }

    fn ratio_beyond(&self, other: &Self, at: usize) -> Option<PairedDifference> {
        let [mine, theirs] = [self, other].map(|of| of.ratio(at));
        let ((share, residuals), (other_share, others)) = (mine?, theirs?);
        let differences: Vec<f64> = residuals.iter().zip(others).map(|(mine, theirs)| mine - theirs).collect();
        let half_width = Confidence::of(self.cells.len()).half_width(&differences);
        Some(PairedDifference { by: share - other_share, half_width })
    }

    /// The share of a queue or a stretch, and in every replication by how much of a share it comes out above it.
    fn ratio(&self, at: usize) -> Option<(f64, Vec<f64>)> {
        let pairs = || self.cells.iter().map(|cells| (cells[at].counted, cells[at].in_time));
        let (x, y) =
            pairs().fold((0.0, 0.0), |(x, y), (counted, in_time)| (x + f64::from(counted), y + f64::from(in_time)));
        let (share, mean) = (y / x, x / self.cells.len() as f64);
        let residual = |(counted, in_time): (u32, u32)| (f64::from(in_time) - share * f64::from(counted)) / mean;
        (x > 0.0).then(|| (share, pairs().map(residual).collect()))
    }

    /// Contacts of all queues served as their goals count beyond those of another roster, on average.
    #[must_use]
    pub fn in_time_beyond(&self, other: &Self) -> PairedDifference {
        self.beyond(other, |_, cell| f64::from(cell.in_time))
    }

    /// Contacts of all queues that give up in another roster and not in this one, on average.
    #[must_use]
    pub fn kept_beyond(&self, other: &Self) -> PairedDifference {
        self.beyond(other, |_, cell| -f64::from(cell.abandoned))
    }

    /// What contacts lost and late cost less than in another roster, at the prices of each queue for one that gives up and one served late.
    #[must_use]
    pub fn spared_beyond(&self, other: &Self, prices: &[(f64, f64)]) -> PairedDifference {
        self.beyond(other, |queue, cell| {
            let (lost, late) = prices[queue];
            -(lost * f64::from(cell.abandoned) + late * f64::from(cell.late))
        })
    }

    /// The difference of a sum over all queues.
    fn beyond(&self, other: &Self, figure: impl Fn(usize, &Cell) -> f64) -> PairedDifference {
        self.mean_beyond(other, |cells| {
            cells[..self.queues].iter().enumerate().map(|(queue, cell)| figure(queue, cell)).sum::<f64>()
        })
    }

    fn mean_beyond(&self, other: &Self, sum: impl Fn(&[Cell]) -> f64) -> PairedDifference {
        let differences: Vec<f64> =
            self.cells.iter().zip(&other.cells).map(|(mine, theirs)| sum(mine) - sum(theirs)).collect();
        let n = differences.len().max(1) as f64;
        let half_width = Confidence::of(differences.len()).half_width(&differences);
        PairedDifference { by: differences.iter().sum::<f64>() / n, half_width }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(counted: u32, in_time: u32, late: u32, abandoned: u32) -> Cell {
        Cell { counted, in_time, late, abandoned, ..Cell::default() }
    }

    /// One queue, three replications of ten contacts.
    fn outcomes(of: [(u32, u32, u32); 3]) -> Outcomes {
        let cells = of.into_iter().map(|(in_time, late, lost)| vec![cell(10, in_time, late, lost)]).collect();
        Outcomes { cells, queues: 1 }
    }

    #[test]
    fn a_difference_is_that_of_pairs_and_its_band_too() {
        // 8, 5 and 2 in time; with one more 9, 7 and 3: 1, 2 and 1 more, whatever luck did to both.
        let base = outcomes([(8, 1, 1), (5, 3, 2), (2, 3, 5)]);
        let more = outcomes([(9, 1, 0), (7, 2, 1), (3, 3, 4)]);
        let in_time = more.in_time_beyond(&base);
        assert!((in_time.by - 4.0 / 3.0).abs() < 1e-12);
        // Their deviation is √(1/3), that of the mean √(1/9); two degrees of freedom: 4.303 of them.
        assert!((in_time.half_width - 4.302_652_73 / 3.0).abs() < 1e-6, "{in_time:?}");
        // Shares: 19 of 30 less 15 of 30. All replications have ten contacts, so the band is a tenth of that of contacts.
        let share = more.share_beyond(&base, QueueIx(0)).expect("contacts");
        assert!((share.by - 4.0 / 30.0).abs() < 1e-12 && (share.half_width - in_time.half_width / 10.0).abs() < 1e-9);
        // One contact is kept each time. At 9 a contact lost and 1 a late one: 9, 9 + 1 and 9.
        let kept = more.kept_beyond(&base);
        assert_eq!((kept.by, kept.half_width), (1.0, 0.0));
        assert!((more.spared_beyond(&base, &[(9.0, 1.0)]).by - 28.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_stretch_is_told_apart_from_its_queue() {
        // Of the ten contacts of each replication three came in the stretch: 1, 0 and 2 of them in time, with one more 2, 1 and 2.
        let mut base = outcomes([(8, 1, 1), (5, 3, 2), (2, 3, 5)]);
        let mut more = outcomes([(9, 1, 0), (7, 2, 1), (3, 3, 4)]);
        for (outcomes, in_time) in [(&mut base, [1, 0, 2]), (&mut more, [2, 1, 2])] {
            outcomes.cells.iter_mut().zip(in_time).for_each(|(cells, in_time)| cells.push(cell(3, in_time, 0, 0)));
        }
        assert_eq!(base.share_of_stretch(0), Some(3.0 / 9.0));
        let beyond = more.share_of_stretch_beyond(&base, 0).expect("contacts");
        assert!((beyond.by - 2.0 / 9.0).abs() < 1e-12);
        assert!((more.in_time_of_stretches_beyond(&base, &[0]).by - 2.0 / 3.0).abs() < 1e-12);
        // The queue's own figures do not count them twice.
        assert!((more.in_time_beyond(&base).by - 4.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_roster_is_not_better_than_itself() {
        let base = outcomes([(8, 1, 1), (5, 3, 2), (2, 3, 5)]);
        let share = base.share_beyond(&base, QueueIx(0)).expect("contacts");
        assert_eq!((share.by, share.half_width, share.is_noise()), (0.0, 0.0, true));
    }
}
