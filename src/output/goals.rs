//! Each queue's goal judged by the simulation, as it is declared: over intervals, each day, or each week.

use chrono::{Duration, NaiveDate};
use tr::tr;

use super::local_time;
use super::number::{decimal, grouped, percent};
use crate::domain::ids::QueueIx;
use crate::domain::queue::{GoalPeriod, Queue};
use crate::domain::service::{Estimate, PeriodService, QueueService};
use crate::domain::standing::{HALF_A_POINT, Standing, THIN, THIN_SHARE};
use crate::domain::time::{Instant, IntervalGrid, Zone, local_date};
use crate::plan::Plan;

/// A queue's goal against what a simulation says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Judgement {
    over: GoalPeriod,
    goal: f64,
    /// How the goal fares.
    pub(super) standing: Standing,
    /// Over the whole plan.
    pub(super) in_time: Estimate,
    /// Days or weeks with contacts.
    periods: Vec<Period>,
    /// Share of contacts that come in thin intervals.
    thin: f64,
    /// The interval served worst, with its start on the plan's clock.
    lowest: Option<(Instant, f64)>,
    zone: Zone,
}

/// A day or a week.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Period {
    from: NaiveDate,
    days: u32,
    in_time: Estimate,
}

/// The judgement of a queue; none where nothing was simulated or decided.
pub(super) fn judge(plan: &Plan, queue: QueueIx) -> Option<Judgement> {
    let service = &plan.simulated.as_ref()?.service;
    Judgement::of(&plan.queues[queue.0], &service.queues[queue.0], service.grid, plan.period.zone)
}

/// Each queue with its simulated service and how its goal fares, in one line: `orders 86.4 % (holds), chat 71.0 % (missed on 3 of 7
/// days)`. Queues of which nothing is decided are left out.
#[must_use]
pub fn goals_met(plan: &Plan) -> String {
    let of = |(at, queue): (usize, &Queue)| {
        let judged = judge(plan, QueueIx(at))?;
        Some(format!("{} {} ({})", queue.id, percent(judged.in_time.share, 1), judged.verdict()))
    };
    let said: Vec<String> = plan.queues.iter().enumerate().filter_map(of).collect();
    if said.is_empty() { tr!("no contacts") } else { said.join(", ") }
}

impl Judgement {
    pub(super) fn of(queue: &Queue, of: &QueueService, grid: IntervalGrid, zone: Zone) -> Option<Self> {
        let goal = queue.goal.share.get();
        let period = |of: &PeriodService| Some(Period { from: of.from, days: of.days, in_time: of.judged? });
        let intervals = of.in_time.iter().enumerate().filter_map(|(at, of)| Some((grid.start_of(at), (*of)?.share)));
        Some(Self {
            over: queue.goal.over,
            goal,
            standing: of.standing(&queue.goal)?,
            in_time: of.plan.in_time?,
            periods: of.periods(queue.goal.over).iter().filter_map(period).collect(),
            thin: of.in_thin_intervals(goal, THIN),
            lowest: intervals.min_by(|one, other| one.1.total_cmp(&other.1)),
            zone,
        })
    }

    /// Days or weeks whose share does not even round to the goal.
    fn missed(&self) -> impl Iterator<Item = &Period> {
        self.periods.iter().filter(|period| period.in_time.share < self.goal - HALF_A_POINT)
    }

    /// Whether the goal is missed; one that is nearly reached is not.
    pub(super) fn is_missed(&self) -> bool {
        self.standing == Standing::Missed
    }

    /// Whether the day or the week of a date misses the goal; where the goal is for intervals, each speaks for itself.
    pub(super) fn misses_on(&self, date: NaiveDate) -> bool {
        let holds = |period: &Period| (period.from..period.from + Duration::days(period.days.into())).contains(&date);
        self.over == GoalPeriod::Interval || self.missed().any(holds)
    }

    /// `3 of 7 days`, `the week`.
    fn counted(&self) -> String {
        let missed = self.missed().count();
        match (self.over, self.periods.len()) {
            (GoalPeriod::Day, 1) => tr!("the day"),
            (_, 1) => tr!("the week"),
            (GoalPeriod::Day, all) => tr!("{missed} of {n} day" | "{missed} of {n} days" % all, missed),
            (_, all) => tr!("{missed} of {n} week" | "{missed} of {n} weeks" % all, missed),
        }
    }

    /// `holds`, `nearly reached`, `missed`, `missed on 3 of 7 days`.
    pub(super) fn verdict(&self) -> String {
        match (self.standing, self.over, self.missed().count(), self.periods.len()) {
            (Standing::Holds, ..) => tr!("goal" => "holds"),
            (Standing::Near, ..) => tr!("nearly reached"),
            (Standing::Missed, GoalPeriod::Interval, 0, _) => tr!("missed in too many intervals"),
            (Standing::Missed, _, _, 1) => tr!("goal" => "missed"),
            (Standing::Missed, GoalPeriod::Day, ..) => tr!("missed on {}", self.counted()),
            (Standing::Missed, ..) => tr!("missed in {}", self.counted()),
        }
    }

    /// `2 of 7 days below 80 %, lowest 50 % on Tue 1 Dec`; none where the goal holds or is nearly reached.
    pub(super) fn finding(&self) -> Option<String> {
        if !self.is_missed() {
            return None;
        }
        let goal = percent(self.goal, 0);
        let lowest = self.missed().min_by(|one, other| one.in_time.share.total_cmp(&other.in_time.share));
        let periods = lowest.map(|lowest| match (self.over, self.periods.len()) {
            (GoalPeriod::Day, _) => {
                let (share, day) = (percent(lowest.in_time.share, 1), local_time::day(lowest.from));
                tr!("{} below {goal}, lowest {share} on {day}", self.counted(), goal, share, day)
            }
            (_, 1) => tr!("{} in time over the week, its goal is {goal}", band(lowest.in_time), goal),
            _ => {
                let (share, day) = (percent(lowest.in_time.share, 1), local_time::day(lowest.from));
                tr!("{} below {goal}, lowest {share} from {day}", self.counted(), goal, share, day)
            }
        });
        let thin = (self.over == GoalPeriod::Interval).then(|| self.told_thin()).flatten();
        let said: Vec<String> = periods.into_iter().chain(thin).collect();
        Some(said.join("; "))
    }

    /// How much comes in thin intervals, and where the thinnest is; none where that is as little as is allowed.
    fn told_thin(&self) -> Option<String> {
        (self.thin > THIN_SHARE).then(|| self.thinnest()).flatten()
    }

    fn thinnest(&self) -> Option<String> {
        let (day, clock, share) = self.lowest()?;
        Some(tr!(
            "{} of its contacts come in intervals more than {} points below {}, lowest {} on {day} {clock}",
            percent(self.thin, 0),
            decimal(100.0 * THIN, 0),
            percent(self.goal, 0),
            percent(share, 0),
            day,
            clock
        ))
    }

    /// Of a goal over intervals that is not missed: the share of contacts that come in thin ones all the same, if there are any, which the
    /// word "reached" must not hide.
    pub(super) fn thin_within_goal(&self) -> Option<f64> {
        let within = self.over == GoalPeriod::Interval && !self.is_missed() && self.thin > 0.0;
        within.then_some(self.thin)
    }

    /// Day, time and share of the interval served worst.
    pub(super) fn lowest(&self) -> Option<(String, String, f64)> {
        let (at, share) = self.lowest?;
        Some((local_time::day(local_date(at, self.zone)), local_time::clock(at, self.zone), share))
    }

    /// `nearly at its goal of 80 %: 80.2 % (79.8–80.6)`, of the day or week that decides; none where the goal holds or is missed.
    pub(super) fn near(&self) -> Option<String> {
        let lowest = self.periods.iter().min_by(|one, other| one.in_time.low.total_cmp(&other.in_time.low))?;
        let when = match (self.over, self.periods.len()) {
            (GoalPeriod::Day, _) => tr!(" on {}", local_time::day(lowest.from)),
            (_, 1) => String::new(),
            _ => tr!(" from {}", local_time::day(lowest.from)),
        };
        (self.standing == Standing::Near)
            .then(|| tr!("nearly at its goal of {}: {}{when}", percent(self.goal, 0), band(lowest.in_time), when))
    }

    /// The day or week with least room above its goal at the lower end, or furthest below, and that room as a share of what lies between goal
    /// and all: nobody can be far above a goal of 95 %.
    pub(super) fn nearest(&self) -> Option<(f64, Estimate, NaiveDate)> {
        let most = (1.0 - self.goal).max(HALF_A_POINT);
        let room = |period: &Period| ((period.in_time.low - self.goal) / most, period.in_time, period.from);
        self.periods.iter().map(room).min_by(|one, other| one.0.total_cmp(&other.0))
    }
}

/// `80.2 % (79.8–80.6)`.
pub(super) fn band(of: Estimate) -> String {
    format!("{} ({}–{})", percent(of.share, 1), grouped(100.0 * of.low, 1), grouped(100.0 * of.high, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    /// Half-hours from 09:00 in Warsaw, ten contacts in each: their shares, then those of the days and of the week.
    fn judged(over: GoalPeriod, intervals: &[f64], days: &[f64], week: f64) -> Judgement {
        let mut queue = example::queue("orders");
        queue.goal.over = over;
        let of = example::served(intervals, days, week);
        Judgement::of(&queue, &of, of.offered.grid(), chrono_tz::Europe::Warsaw).expect("contacts")
    }

    #[test]
    fn over_intervals_the_week_counts_and_thin_intervals_beyond_a_tenth() {
        let fine = judged(GoalPeriod::Interval, &[0.9; 10], &[], 0.9);
        assert_eq!((fine.verdict().as_str(), fine.finding()), ("holds", None));
        // Two of ten intervals are thin, 79 % is none: 20 % of contacts.
        let mut shares = [0.9, 0.9, 0.79, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9];
        let fine = judged(GoalPeriod::Interval, &shares, &[], 0.85);
        assert_eq!((fine.finding(), fine.thin_within_goal()), (None, None));
        // One is allowed, and still told.
        shares[3] = 0.4;
        let allowed = judged(GoalPeriod::Interval, &shares, &[], 0.85);
        assert_eq!((allowed.verdict().as_str(), allowed.finding()), ("holds", None));
        assert!(allowed.thin_within_goal().is_some_and(|share| (share - 0.1).abs() < 1e-9));
        assert_eq!(allowed.lowest(), Some(("Mon 30 Nov".to_owned(), "10:30".to_owned(), 0.4)));
        (shares[3], shares[4]) = (0.4, 0.7);
        let thin = judged(GoalPeriod::Interval, &shares, &[], 0.85);
        assert_eq!(thin.thin_within_goal(), None);
        assert_eq!(thin.verdict(), "missed in too many intervals");
        assert_eq!(
            thin.finding().as_deref(),
            Some(
                "20\u{a0}% of its contacts come in intervals more than 2 points below 80\u{a0}%, lowest 40\u{a0}% on \
                 Mon 30 Nov 10:30"
            )
        );
    }

    #[test]
    fn days_below_the_goal_are_counted_as_days() {
        let judgement = judged(GoalPeriod::Day, &[0.9; 4], &[0.9, 0.5], 0.7);
        let said = "1 of 2 days below 80\u{a0}%, lowest 50.0\u{a0}% on Tue 1 Dec";
        assert_eq!(
            (judgement.verdict().as_str(), judgement.finding().as_deref()),
            ("missed on 1 of 2 days", Some(said))
        );
        assert!(judgement.misses_on(example::date("2026-12-01")));
        assert!(!judgement.misses_on(example::date("2026-11-30")));
        let (room, _, day) = judgement.nearest().expect("days");
        assert!((room + 0.305 / 0.2).abs() < 1e-9 && day == example::date("2026-12-01"));
    }

    #[test]
    fn a_share_whose_band_reaches_below_the_goal_is_near_it() {
        // The bands reach half a point to either side.
        let near = judged(GoalPeriod::Week, &[0.9; 4], &[], 0.802);
        assert_eq!(near.near().as_deref(), Some("nearly at its goal of 80\u{a0}%: 80.2\u{a0}% (79.7–80.7)"));
        assert_eq!((near.verdict().as_str(), near.finding()), ("nearly reached", None));
        let missed = judged(GoalPeriod::Week, &[0.9; 4], &[], 0.762);
        let said = "76.2\u{a0}% (75.7–76.7) in time over the week, its goal is 80\u{a0}%";
        assert_eq!((missed.verdict().as_str(), missed.finding().as_deref()), ("missed", Some(said)));
    }
}
