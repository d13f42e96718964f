//! Whether a goal holds in a simulation: the one law by which the loop plans and the page judges.

use super::queue::{GoalPeriod, ServiceGoal};
use super::service::{Estimate, PeriodService, QueueService};

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

impl QueueService {
    /// The periods over which a goal is promised: days or weeks; weeks where it is over intervals.
    #[must_use]
    pub fn periods(&self, over: GoalPeriod) -> &[PeriodService] {
        match over {
            GoalPeriod::Day => &self.days,
            GoalPeriod::Interval | GoalPeriod::Week => &self.weeks,
        }
    }

    /// How far a goal is missed by the lower end of a band, or by the share that is reached as often as the queue is staffed for: over intervals by the week's share, and by contacts in thin intervals beyond those
    /// allowed.
    #[must_use]
    pub fn missed(&self, goal: &ServiceGoal) -> f64 {
        let share = goal.share.get();
        let short = |period: &PeriodService| period.judged.map_or(0.0, |of| (share - sure(&of)).max(0.0));
        let most = self.periods(goal.over).iter().map(short).fold(0.0, f64::max);
        most + if goal.over == GoalPeriod::Interval { self.too_thin(share) } else { 0.0 }
    }

    /// How a goal fares; none where nothing is promised or nothing is decided.
    #[must_use]
    pub fn standing(&self, goal: &ServiceGoal) -> Option<Standing> {
        self.plan.in_time.filter(|_| goal.is_promise())?;
        let share = goal.share.get();
        let is_below = |period: &PeriodService| period.judged.is_some_and(|of| of.share < share - HALF_A_POINT);
        let is_thin = goal.over == GoalPeriod::Interval && self.too_thin(share) > 0.0;
        Some(if is_thin || self.periods(goal.over).iter().any(is_below) {
            Standing::Missed
        } else if self.missed(goal) > 0.0 {
            Standing::Near
        } else {
            Standing::Holds
        })
    }

    fn too_thin(&self, share: f64) -> f64 {
        (self.in_thin_intervals(share, THIN) - THIN_SHARE).max(0.0)
    }
}

/// The share that is as good as sure: the lower end of the band, and all where the share rounds to all, for no band reaches it.
#[must_use]
pub fn sure(of: &Estimate) -> f64 {
    /// Half a tenth of a percentage point.
    const ROUNDS_TO_ALL: f64 = 0.0005;
    if of.share >= 1.0 - ROUNDS_TO_ALL { 1.0 } else { of.low }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::queue::ServiceDefinition;
    use crate::domain::series::Series;
    use crate::domain::time::{Instant, IntervalGrid};
    use crate::domain::units::{Minutes, Seconds, Share};

    fn grid(len: i64) -> IntervalGrid {
        let start = Instant::UNIX_EPOCH;
        IntervalGrid::covering(start, start + chrono::Duration::minutes(30 * len), Minutes::new(30))
    }

    fn estimate(share: f64, half: f64) -> Estimate {
        Estimate { share, low: share - half, high: share + half }
    }

    fn period(days: u32, in_time: Estimate) -> PeriodService {
        PeriodService {
            from: chrono::NaiveDate::default(),
            days,
            offered: 100.0,
            in_time: Some(in_time),
            judged: Some(in_time),
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
    fn a_goal_of_all_holds_where_the_share_rounds_to_all() {
        let all = ServiceGoal { share: Share::ALL, ..goal(GoalPeriod::Day) };
        let of = |share| lived(estimate(share, 0.001), &[estimate(share, 0.001)], &[]).standing(&all);
        assert_eq!(
            [of(1.0), of(0.9996), of(0.997)],
            [Some(Standing::Holds), Some(Standing::Holds), Some(Standing::Near)]
        );
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
}
