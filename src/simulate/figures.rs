//! All replications together.

use crate::domain::ids::QueueIx;
use crate::domain::series::Series;
use crate::domain::service::{Estimate, GroupService, PeriodService, QueueService, Service};
use crate::domain::staff_to::StaffTo;
use crate::domain::time::IntervalGrid;
use crate::domain::units::Seconds;

use super::centre::Centre;
use super::ratio::{Confidence, Ratio};
use super::tally::{Cell, Tally};

/// Sums over replications of some contacts.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    offered: f64,
    answered: f64,
    abandoned: f64,
    late: f64,
    waiting: f64,
    waited: f64,
    in_time: Ratio,
}

impl Sums {
    fn add(&mut self, cell: &Cell) {
        self.offered += f64::from(cell.offered);
        self.answered += f64::from(cell.answered);
        self.abandoned += f64::from(cell.abandoned);
        self.late += f64::from(cell.late);
        self.waiting += f64::from(cell.waiting);
        self.waited += cell.waited;
        self.in_time.add(f64::from(cell.counted), f64::from(cell.in_time));
    }

    fn merge(&mut self, other: &Self) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.abandoned += other.abandoned;
        self.late += other.late;
        self.waiting += other.waiting;
        self.waited += other.waited;
        self.in_time.merge(&other.in_time);
    }

    fn asa(&self) -> f64 {
        if self.answered > 0.0 { self.waited / self.answered } else { 0.0 }
    }
}

/// A period of a queue: its sums, and the share of every replication in which something was decided.
#[derive(Clone, Debug, Default)]
struct PeriodSums {
    sums: Sums,
    shares: Vec<f64>,
}

impl PeriodSums {
    fn add(&mut self, cell: &Cell) {
        self.sums.add(cell);
        if cell.counted > 0 {
            self.shares.push(f64::from(cell.in_time) / f64::from(cell.counted));
        }
    }

    fn merge(&mut self, other: &mut Self) {
        self.sums.merge(&other.sums);
        self.shares.append(&mut other.shares);
    }
}

/// Some replications, merged in order.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    pub(super) replications: usize,
    /// `cells[queue × intervals + interval]`.
    cells: Vec<Sums>,
    /// `days[queue × days + day]`.
    days: Vec<PeriodSums>,
    weeks: Vec<PeriodSums>,
    plans: Vec<PeriodSums>,
    busy: Vec<f64>,
    at_work: Vec<f64>,
    pub(super) contacts: u64,
}

impl Figures {
    /// None yet.
    pub(super) fn new(centre: &Centre) -> Self {
        let (queues, days) = (centre.queues.len(), centre.days.len());
        Self {
            replications: 0,
            cells: vec![Sums::default(); queues * centre.clock.intervals],
            days: vec![PeriodSums::default(); queues * days],
            weeks: vec![PeriodSums::default(); queues * days.div_ceil(7)],
            plans: vec![PeriodSums::default(); queues],
            busy: vec![0.0; centre.clock.intervals * centre.groups.len() * queues],
            at_work: vec![0.0; centre.clock.intervals * centre.groups.len()],
            contacts: 0,
        }
    }

    /// The contacts of a replication.
    pub(super) fn add(&mut self, centre: &Centre, tally: &Tally) {
        self.replications += 1;
        for (sums, cell) in self.cells.iter_mut().zip(&tally.cells) {
            if cell.offered > 0 {
                sums.add(cell);
            }
        }
        for (queue, cells) in tally.cells.chunks(centre.clock.intervals.max(1)).enumerate() {
            self.add_periods(centre, queue, cells);
        }
    }

    /// The intervals of a queue, summed up by days and weeks.
    fn add_periods(&mut self, centre: &Centre, queue: usize, cells: &[Cell]) {
        let (days, weeks) = (centre.days.len(), centre.days.len().div_ceil(7));
        let (mut plan, mut week) = (Cell::default(), Cell::default());
        for (number, bounds) in centre.day_starts.windows(2).enumerate() {
            let mut day = Cell::default();
            cells[bounds[0]..bounds[1]].iter().for_each(|cell| day.join(cell));
            week.join(&day);
            self.days[queue * days + number].add(&day);
            if number % 7 == 6 || number + 1 == days {
                plan.join(&week);
                self.weeks[queue * weeks + number / 7].add(&std::mem::take(&mut week));
            }
        }
        self.plans[queue].add(&plan);
    }

    /// The times of all replications that were added since the tally was cleared.
    pub(super) fn add_times(&mut self, tally: &Tally) {
        self.busy.iter_mut().zip(&tally.busy).for_each(|(sum, part)| *sum += part);
        self.at_work.iter_mut().zip(&tally.at_work).for_each(|(sum, part)| *sum += part);
        self.contacts += tally.contacts;
    }

    /// More replications.
    pub(super) fn merge(&mut self, mut other: Self) {
        self.replications += other.replications;
        self.contacts += other.contacts;
        self.cells.iter_mut().zip(&other.cells).for_each(|(sum, part)| sum.merge(part));
        for (sums, parts) in [
            (&mut self.days, &mut other.days),
            (&mut self.weeks, &mut other.weeks),
            (&mut self.plans, &mut other.plans),
        ] {
            sums.iter_mut().zip(parts).for_each(|(sum, part)| sum.merge(part));
        }
        self.busy.iter_mut().zip(&other.busy).for_each(|(sum, part)| *sum += part);
        self.at_work.iter_mut().zip(&other.at_work).for_each(|(sum, part)| *sum += part);
    }

    /// The widest half-width of the goals' shares over the periods for which they are promised; over intervals that of the plan.
    pub(super) fn widest(&self, centre: &Centre) -> f64 {
        use crate::domain::queue::GoalPeriod;
        let confidence = Confidence::of(self.replications);
        let (days, weeks) = (centre.days.len(), centre.days.len().div_ceil(7));
        let widths = centre.queues.iter().enumerate().flat_map(|(queue, model)| {
            let of = match model.goal.over {
                GoalPeriod::Interval => &self.plans[queue..=queue],
                GoalPeriod::Day => &self.days[queue * days..(queue + 1) * days],
                GoalPeriod::Week => &self.weeks[queue * weeks..(queue + 1) * weeks],
            };
            of.iter().filter_map(|period| Some(period.sums.in_time.estimate(&confidence)?.half_width()))
        });
        widths.fold(0.0, f64::max)
    }

    /// What they say.
    pub(super) fn service(&self, centre: &Centre, grid: IntervalGrid) -> Service {
        Service {
            grid,
            replications: self.replications,
            contacts: self.contacts,
            queues: (0..centre.queues.len()).map(|queue| self.queue(centre, grid, queue)).collect(),
            groups: (0..centre.groups.len()).map(|group| self.group(centre, grid, group)).collect(),
        }
    }

    fn queue(&self, centre: &Centre, grid: IntervalGrid, queue: usize) -> QueueService {
        let (n, confidence) = ((self.replications as f64).max(1.0), Confidence::of(self.replications));
        let cells = &self.cells[queue * centre.clock.intervals..(queue + 1) * centre.clock.intervals];
        let (groups, queues) = (centre.groups.len(), centre.queues.len());
        let busy = |t: usize| (0..groups).map(|group| self.busy[(t * groups + group) * queues + queue]).sum::<f64>();
        let (days, weeks) = (centre.days.len(), centre.days.len().div_ceil(7));
        let length = |week: usize| u32::try_from((days - 7 * week).min(7)).unwrap_or(7);
        let period = |sums: &PeriodSums, day: usize, days: u32| self.period(centre, queue, sums, (day, days));
        QueueService {
            offered: Series::new(grid, cells.iter().map(|cell| cell.offered / n)),
            answered: Series::new(grid, cells.iter().map(|cell| cell.answered / n)),
            in_time: cells.iter().map(|cell| cell.in_time.estimate(&confidence)).collect(),
            abandoned: Series::new(grid, cells.iter().map(|cell| cell.abandoned / n)),
            late: Series::new(grid, cells.iter().map(|cell| cell.late / n)),
            waiting: Series::new(grid, cells.iter().map(|cell| cell.waiting / n)),
            asa: Series::new(grid, cells.iter().map(Sums::asa)),
            busy: Series::new(grid, (0..centre.clock.intervals).map(|t| busy(t) / n / centre.clock.interval_s())),
            days: (0..days).map(|day| period(&self.days[queue * days + day], day, 1)).collect(),
            weeks: (0..weeks).map(|week| period(&self.weeks[queue * weeks + week], 7 * week, length(week))).collect(),
            plan: period(&self.plans[queue], 0, u32::try_from(days).unwrap_or(u32::MAX)),
        }
    }

    fn period(&self, centre: &Centre, queue: usize, of: &PeriodSums, (day, days): (usize, u32)) -> PeriodService {
        /// One replication of so many is bad.
        const BAD: usize = 10;
        let n = (self.replications as f64).max(1.0);
        let goal = centre.queues[queue].goal.share.get();
        let mut shares = of.shares.clone();
        shares.sort_unstable_by(f64::total_cmp);
        let in_time = of.sums.in_time.estimate(&Confidence::of(self.replications));
        let judged = match centre.queues[queue].staff_to {
            StaffTo::Mean | StaffTo::Expected => in_time,
            StaffTo::Percentile(percent) => {
                let share = shares.get(shares.len() * usize::from(100 - percent) / 100).copied();
                share.map(|share| Estimate { share, low: share, high: share })
            }
        };
        let reached = shares.len() - shares.partition_point(|share| *share < goal - 1e-12);
        PeriodService {
            from: centre.days.get(day).copied().unwrap_or_default(),
            days,
            offered: of.sums.offered / n,
            in_time,
            judged,
            abandoned: if of.sums.offered > 0.0 { of.sums.abandoned / of.sums.offered } else { 0.0 },
            asa: Seconds::clamped(of.sums.asa()),
            holds: (!shares.is_empty() && centre.queues[queue].goal.is_promise())
                .then(|| reached as f64 / shares.len() as f64),
            bad: shares.get(shares.len() / BAD).copied(),
        }
    }

    fn group(&self, centre: &Centre, grid: IntervalGrid, group: usize) -> GroupService {
        let seconds = (self.replications as f64).max(1.0) * centre.clock.interval_s();
        let (groups, queues) = (centre.groups.len(), centre.queues.len());
        let able = (0..queues).filter(|&queue| centre.groups[group].speeds[queue] > 0.0);
        let busy = |queue: usize, t: usize| self.busy[(t * groups + group) * queues + queue] / seconds;
        let mut people: Vec<usize> = centre.logs.iter().map(|log| log.agent).collect();
        people.sort_unstable();
        people.dedup();
        GroupService {
            people: people.into_iter().filter(|agent| centre.agents[*agent] == group).count(),
            at_work: Series::new(grid, (0..centre.clock.intervals).map(|t| self.at_work[t * groups + group] / seconds)),
            busy: able
                .map(|queue| (QueueIx(queue), Series::new(grid, (0..centre.clock.intervals).map(|t| busy(queue, t)))))
                .collect(),
        }
    }
}
