//! The service customers would have had of a roster: what a simulation says, with its bands.

use chrono::NaiveDate;

use super::ids::{GroupIx, QueueIx};
use super::queue::{GoalPeriod, ServiceGoal};
use super::series::Series;
use super::time::IntervalGrid;
use super::units::{Agents, Contacts, Seconds};

/// A share as replications estimate it, with the band that holds it with a probability of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The share, 0 to 1.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// Half the width of the band.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// A figure of one roster less that of another on the same contacts, with the band that holds it with a probability of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedDifference {
    /// The difference.
    pub by: f64,
    /// Half the width of the band.
    pub half_width: f64,
}

impl PairedDifference {
    /// Whether the band holds nothing at all too: luck could have made it.
    #[must_use]
    pub fn is_noise(&self) -> bool {
        self.by.abs() <= self.half_width
    }
}

/// How a goal fares in a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The lower ends of the bands reach it.
    Holds,
    /// The shares reach it, or round to it, but the lower ends of their bands do not.
    Near,
    /// It is missed.
    Missed,
}

impl Standing {
    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Near => "near",
            Self::Missed => "missed",
        }
    }
}

/// Below its goal by more than this an interval is thin.
pub const THIN: f64 = 0.02;
/// Share of contacts that may come in thin intervals where a goal is over intervals: the share served over the week is what is promised there,
/// and this keeps it from being served in a few hours alone.
pub const THIN_SHARE: f64 = 0.1;
/// What rounds to a goal counts as near it: half a percentage point.
pub const HALF_A_POINT: f64 = 0.005;

/// One queue over some days.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodService {
    /// First day, in the plan's zone.
    pub from: NaiveDate,
    /// How many days.
    pub days: u32,
    /// Contacts that come, on average.
    pub offered: f64,
    /// Share served as the goal counts; none where nothing is decided.
    pub in_time: Option<Estimate>,
    /// Share of those who come that give up.
    pub abandoned: f64,
    /// Mean wait of those answered.
    pub asa: Seconds,
    /// Share of replications in which the goal's share was reached; none where nothing is decided.
    pub holds: Option<f64>,
    /// Share served in a bad one of ten replications; none where nothing is decided.
    pub bad: Option<f64>,
}

/// One queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueService {
    /// Contacts that come in each interval, on average, calls repeated and escalations included.
    pub offered: Series<Contacts>,
    /// Contacts of each interval that are answered, or done where work is deferred, on average.
    pub answered: Series<Contacts>,
    /// Share of the contacts of each interval served as the goal counts; none where nothing is decided.
    pub in_time: Vec<Option<Estimate>>,
    /// Contacts of each interval that give up, on average.
    pub abandoned: Series<Contacts>,
    /// Contacts of each interval that are answered or done after the goal's time, on average.
    pub late: Series<Contacts>,
    /// Contacts of each interval that still wait when the plan ends, deferred work in hand included, on average.
    pub waiting: Series<Contacts>,
    /// Mean wait of those answered, of deferred work the time until it is done.
    pub asa: Series<Seconds>,
    /// Agents at work on it, on average.
    pub busy: Series<Agents>,
    /// Day by day.
    pub days: Vec<PeriodService>,
    /// Sevens of days from the plan's first.
    pub weeks: Vec<PeriodService>,
    /// The whole plan.
    pub plan: PeriodService,
}

impl QueueService {
    /// The periods over which a goal is promised: days or weeks; weeks where it is over intervals.
    #[must_use]
    pub fn periods(&self, over: GoalPeriod) -> &[PeriodService] {
        match over {
            GoalPeriod::Day => &self.days,
            GoalPeriod::Interval | GoalPeriod::Week => &self.weeks,
        }
    }

    /// How far a goal is missed by the lower end of a band: over intervals by the week's share, and by contacts in thin intervals beyond those
    /// allowed.
    #[must_use]
    pub fn missed(&self, goal: &ServiceGoal) -> f64 {
        let share = goal.share.get();
        let short = |period: &PeriodService| period.in_time.map_or(0.0, |of| (share - of.low).max(0.0));
        let most = self.periods(goal.over).iter().map(short).fold(0.0, f64::max);
        most + if goal.over == GoalPeriod::Interval { self.too_thin(share) } else { 0.0 }
    }

    /// How a goal fares; none where nothing is promised or nothing is decided.
    #[must_use]
    pub fn standing(&self, goal: &ServiceGoal) -> Option<Standing> {
        self.plan.in_time.filter(|_| goal.is_promise())?;
        let share = goal.share.get();
        let is_below = |period: &PeriodService| period.in_time.is_some_and(|of| of.share < share - HALF_A_POINT);
        let is_thin = goal.over == GoalPeriod::Interval && self.too_thin(share) > 0.0;
        Some(if is_thin || self.periods(goal.over).iter().any(is_below) {
            Standing::Missed
        } else if self.missed(goal) > 0.0 {
            Standing::Near
        } else {
            Standing::Holds
        })
    }

    /// What contacts that give up and those served late cost, at so much each, in the currency.
    #[must_use]
    pub fn lost_and_late(&self, (lost, late): (f64, f64)) -> f64 {
        lost * self.abandoned.total() + late * self.late.total()
    }

    fn too_thin(&self, share: f64) -> f64 {
        (self.in_thin_intervals(share, THIN) - THIN_SHARE).max(0.0)
    }

    /// Share of contacts that come in intervals served by more than `margin` below a share.
    #[must_use]
    pub fn in_thin_intervals(&self, share: f64, margin: f64) -> f64 {
        let thin = |t: &usize| self.in_time[*t].is_some_and(|estimate| estimate.share < share - margin);
        let all = self.offered.total();
        let in_thin: f64 = (0..self.in_time.len()).filter(thin).map(|t| self.offered[t]).sum();
        if all > 0.0 { in_thin / all } else { 0.0 }
    }
}

/// People of one skill group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupService {
    /// How many are at work at some time of the plan.
    pub people: usize,
    /// At work, on average, those who finish a contact after their time included.
    pub at_work: Series<Agents>,
    /// With a contact in hand, per queue that they can take.
    pub busy: Vec<(QueueIx, Series<Agents>)>,
}

impl GroupService {
    /// The people of another group who take the same queues, too.
    fn join(&mut self, other: &Self) {
        let sum = |one: &Series<Agents>, other: &Series<Agents>| {
            Series::new(one.grid(), one.iter().zip(other).map(|(one, other)| one + other))
        };
        self.people += other.people;
        self.at_work = sum(&self.at_work, &other.at_work);
        for ((_, busy), (_, more)) in self.busy.iter_mut().zip(&other.busy) {
            *busy = sum(busy, more);
        }
    }

    /// Share of the time at work with a contact in hand; none where nobody is at work.
    #[must_use]
    pub fn occupancy(&self) -> Option<f64> {
        let at_work = self.at_work.total();
        let busy: f64 = self.busy.iter().map(|(_, busy)| busy.total()).sum();
        (at_work > 0.0).then(|| busy / at_work)
    }
}

/// People who can take the same queues, however fast and in whatever order.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillSet {
    /// Their skill groups.
    pub groups: Vec<GroupIx>,
    /// All of them together.
    pub service: GroupService,
}

impl SkillSet {
    /// The queues that they take.
    pub fn queues(&self) -> impl Iterator<Item = QueueIx> + '_ {
        self.service.busy.iter().map(|(queue, _)| *queue)
    }
}

/// A roster lived through many times.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The plan's intervals.
    pub grid: IntervalGrid,
    /// How many times.
    pub replications: usize,
    /// Contacts simulated, all replications together.
    pub contacts: u64,
    /// One per queue.
    pub queues: Vec<QueueService>,
    /// One per skill group.
    pub groups: Vec<GroupService>,
}

impl Service {
    /// The people at work by the queues that they can take, those with most hours first.
    #[must_use]
    pub fn skill_sets(&self) -> Vec<SkillSet> {
        let mut sets: Vec<SkillSet> = Vec::new();
        for (at, group) in self.groups.iter().enumerate().filter(|(_, group)| !group.busy.is_empty()) {
            let queues = || group.busy.iter().map(|(queue, _)| *queue);
            match sets.iter_mut().find(|set| set.queues().eq(queues())) {
                Some(set) => {
                    set.groups.push(GroupIx(at));
                    set.service.join(group);
                }
                None => sets.push(SkillSet { groups: vec![GroupIx(at)], service: group.clone() }),
            }
        }
        sets.retain(|set| set.service.at_work.total() > 0.0);
        sets.sort_by(|one, other| other.service.at_work.total().total_cmp(&one.service.at_work.total()));
        sets
    }

    /// People at work who can take a queue, in an interval, on average.
    #[must_use]
    pub fn there(&self, queue: QueueIx, interval: usize) -> f64 {
        self.able(queue).map(|group| group.at_work[interval]).sum()
    }

    /// Those of them who have a contact in hand, of whatever queue.
    #[must_use]
    pub fn busy(&self, queue: QueueIx, interval: usize) -> f64 {
        self.able(queue).flat_map(|group| &group.busy).map(|(_, busy)| busy[interval]).sum()
    }

    /// Share of their time that people who can take a queue have a contact in hand, in an interval; none where nobody is there.
    #[must_use]
    pub fn occupancy(&self, queue: QueueIx, interval: usize) -> Option<f64> {
        let there = self.there(queue, interval);
        (there > 1e-9).then(|| self.busy(queue, interval) / there)
    }

    fn able(&self, queue: QueueIx) -> impl Iterator<Item = &GroupService> {
        self.groups.iter().filter(move |group| group.busy.iter().any(|(of, _)| *of == queue))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::queue::ServiceDefinition;
    use crate::domain::units::{Minutes, Share};

    fn grid(len: i64) -> IntervalGrid {
        let start = super::super::time::Instant::UNIX_EPOCH;
        IntervalGrid::covering(start, start + chrono::Duration::minutes(30 * len), Minutes::new(30))
    }

    fn estimate(share: f64, half: f64) -> Estimate {
        Estimate { share, low: share - half, high: share + half }
    }

    fn period(days: u32, in_time: Estimate) -> PeriodService {
        PeriodService {
            from: NaiveDate::default(),
            days,
            offered: 100.0,
            in_time: Some(in_time),
            abandoned: 0.0,
            asa: Seconds::ZERO,
            holds: None,
            bad: None,
        }
    }

    /// Ten contacts in each interval.
    fn lived(week: Estimate, days: &[Estimate], intervals: &[f64]) -> QueueService {
        let grid = grid(i64::try_from(intervals.len()).expect("few"));
        QueueService {
            offered: Series::flat(grid, 10.0),
            answered: Series::zero(grid),
            in_time: intervals.iter().map(|share| Some(estimate(*share, 0.0))).collect(),
            abandoned: Series::zero(grid),
            late: Series::zero(grid),
            waiting: Series::zero(grid),
            asa: Series::zero(grid),
            busy: Series::zero(grid),
            days: days.iter().map(|of| period(1, *of)).collect(),
            weeks: vec![period(7, week)],
            plan: period(7, week),
        }
    }

    fn goal(over: GoalPeriod) -> ServiceGoal {
        let (share, within) = (Share::clamped(0.8), Seconds::clamped(20.0));
        ServiceGoal { share, within, definition: ServiceDefinition::Offered, over }
    }

    #[test]
    fn a_goal_holds_by_the_lower_end_and_is_near_by_the_share() {
        let of = |share| lived(estimate(share, 0.005), &[], &[]).standing(&goal(GoalPeriod::Week));
        assert_eq!(of(0.806), Some(Standing::Holds));
        assert_eq!(of(0.803), Some(Standing::Near));
        // 79.6 % rounds to the goal; 79.4 % does not.
        assert_eq!([of(0.796), of(0.794)], [Some(Standing::Near), Some(Standing::Missed)]);
    }

    #[test]
    fn a_goal_over_days_is_missed_by_its_worst_day() {
        let days = [estimate(0.9, 0.005), estimate(0.7, 0.005)];
        let of = lived(estimate(0.8, 0.0), &days, &[]);
        assert_eq!(of.standing(&goal(GoalPeriod::Day)), Some(Standing::Missed));
        assert_eq!(of.standing(&goal(GoalPeriod::Week)), Some(Standing::Holds));
        assert!((of.missed(&goal(GoalPeriod::Day)) - 0.105).abs() < 1e-12);
    }

    #[test]
    fn over_intervals_the_week_decides_unless_too_many_contacts_come_in_thin_ones() {
        let week = estimate(0.85, 0.005);
        // A quarter of an hour of many one point below its goal is nothing; one in ten far below is still allowed; two are not.
        for (intervals, standing) in [
            ([0.79, 0.79, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9], Standing::Holds),
            ([0.50, 0.79, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9], Standing::Holds),
            ([0.50, 0.77, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9], Standing::Missed),
        ] {
            assert_eq!(lived(week, &[], &intervals).standing(&goal(GoalPeriod::Interval)), Some(standing));
        }
    }

    #[test]
    fn a_difference_within_its_band_may_be_luck() {
        assert!(PairedDifference { by: 0.01, half_width: 0.01 }.is_noise());
        assert!(!PairedDifference { by: -0.02, half_width: 0.01 }.is_noise());
    }

    #[test]
    fn people_with_equal_queues_are_one_skill_set_and_the_largest_comes_first() {
        let grid = grid(1);
        let group = |people: usize, at_work: f64, busy: &[usize]| GroupService {
            people,
            at_work: Series::flat(grid, at_work),
            busy: busy.iter().map(|queue| (QueueIx(*queue), Series::flat(grid, at_work / 4.0))).collect(),
        };
        let groups = vec![group(2, 2.0, &[0, 1]), group(5, 4.0, &[1]), group(3, 3.0, &[0, 1]), group(1, 0.0, &[0])];
        let service = Service { grid, replications: 1, contacts: 1, queues: Vec::new(), groups };
        let sets = service.skill_sets();
        let of = |set: &SkillSet| (set.groups.clone(), set.service.people, set.service.at_work.total());
        assert_eq!(
            sets.iter().map(of).collect::<Vec<_>>(),
            [(vec![GroupIx(0), GroupIx(2)], 5, 5.0), (vec![GroupIx(1)], 5, 4.0)]
        );
        // Of the nine who can take the second queue seven quarters work: 2 × 2/4 + 1 × 4/4 + 2 × 3/4 of 9.
        assert!(
            (service.there(QueueIx(1), 0) - 9.0).abs() < 1e-12 && (service.busy(QueueIx(1), 0) - 3.5).abs() < 1e-12
        );
    }
}
