//! Each queue's goal judged as it is declared: in every interval, over each day, or over each week.

use chrono::{Duration, NaiveDate};

use super::hours::HALF_A_POINT;
use super::number::{decimal, percent};
use super::{figures, local_time, phrases};
use crate::domain::coverage::QueueCoverage;
use crate::domain::ids::QueueIx;
use crate::domain::queue::{GoalPeriod, Queue};
use crate::domain::time::{Instant, IntervalGrid, Zone, local_date};
use crate::plan::Plan;

/// Agents and hours of agents below this read as 0.0: nobody is missing.
pub(super) const NOTICED: f64 = 0.05;

/// A stretch over which a goal is to be met, and in which contacts are expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Period {
    start: Instant,
    first: NaiveDate,
    contacts: f64,
    in_time: f64,
    /// Hours of agents missing.
    short: f64,
}

impl Period {
    /// Share in time.
    pub(super) fn service(&self) -> f64 {
        self.in_time / self.contacts
    }
}

/// A queue's goal against what its roster lets expect.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Judgement {
    over: GoalPeriod,
    goal: f64,
    zone: Zone,
    /// Length of an interval in hours.
    step: f64,
    periods: Vec<Period>,
}

/// The judgement of a queue; none without a roster or without contacts.
pub(super) fn judge(plan: &Plan, queue: QueueIx) -> Option<Judgement> {
    let coverage = &plan.rostered.as_ref()?.coverage;
    let (contacts, of) = (figures::contacts(plan, queue), &coverage.queues[queue.0]);
    let judgement = Judgement::of(&plan.queues[queue.0], coverage.grid, contacts, of, plan.period.zone);
    (!judgement.periods.is_empty()).then_some(judgement)
}

/// Each queue with its service and whether its goal is met, in one line: `orders 86.4 % (met), chat 71.0 % (missed in 12 of 84
/// hours)`. Queues without contacts are left out.
#[must_use]
pub fn goals_met(plan: &Plan) -> String {
    let of = |(at, queue): (usize, &Queue)| {
        let judged = judge(plan, QueueIx(at))?;
        let (contacts, in_time) =
            judged.periods.iter().fold((0.0, 0.0), |sum, period| (sum.0 + period.contacts, sum.1 + period.in_time));
        Some(format!("{} {} ({})", queue.id, percent(in_time / contacts, 1), judged.verdict()))
    };
    let said: Vec<String> = plan.queues.iter().enumerate().filter_map(of).collect();
    if said.is_empty() { "no contacts".to_owned() } else { said.join(", ") }
}

impl Judgement {
    /// Weeks are sevens of local days from the first, as they are where the requirement is made.
    pub(super) fn of(queue: &Queue, grid: IntervalGrid, contacts: &[f64], of: &QueueCoverage, zone: Zone) -> Self {
        let (over, step, half) = (queue.goal.over, grid.interval().as_hours(), grid.interval().duration() / 2);
        let day = |at: Instant| local_date(at + half, zone);
        let mut periods: Vec<Period> = Vec::new();
        for (interval, start) in grid.starts().enumerate() {
            let first = match over {
                GoalPeriod::Interval | GoalPeriod::Day => day(start),
                GoalPeriod::Week => day(start) - Duration::days((day(start) - day(grid.start())).num_days() % 7),
            };
            let new = || Period { start, first, contacts: 0.0, in_time: 0.0, short: 0.0 };
            let last = periods.last().filter(|last| over != GoalPeriod::Interval && last.first == first);
            if last.is_none() {
                periods.push(new());
            }
            let Some(period) = periods.last_mut() else { continue };
            period.short += of.short[interval] * step;
            if let Some(share) = of.service_expected[interval] {
                period.contacts += contacts[interval];
                period.in_time += contacts[interval] * share;
            }
        }
        periods.retain(|period| period.contacts > 0.0);
        Self { over, goal: queue.goal.share.get(), zone, step, periods }
    }

    /// The periods below the goal.
    fn missed(&self) -> impl Iterator<Item = &Period> {
        self.periods.iter().filter(|period| period.service() < self.goal - HALF_A_POINT)
    }

    /// Whether every period meets the goal.
    pub(super) fn is_met(&self) -> bool {
        self.missed().next().is_none()
    }

    /// Whether the day or the week of a date misses the goal; where the goal is for intervals, each speaks for itself.
    pub(super) fn misses_on(&self, date: NaiveDate) -> bool {
        let days = match self.over {
            GoalPeriod::Interval => return true,
            GoalPeriod::Day => 1,
            GoalPeriod::Week => 7,
        };
        self.missed().any(|period| (period.first..period.first + Duration::days(days)).contains(&date))
    }

    /// What is counted: `hours`, `days` or `weeks`.
    pub(super) const fn unit(&self) -> &'static str {
        match self.over {
            GoalPeriod::Interval => "hours",
            GoalPeriod::Day => "days",
            GoalPeriod::Week => "weeks",
        }
    }

    /// `22 of 168`: hours, days or weeks below the goal among those with contacts.
    pub(super) fn count(&self) -> String {
        let amount = |periods: usize| self.amount(periods);
        format!("{} of {}", amount(self.missed().count()), amount(self.periods.len()))
    }

    fn amount(&self, periods: usize) -> String {
        let each = if self.over == GoalPeriod::Interval { self.step } else { 1.0 };
        decimal(periods as f64 * each, 2)
    }

    /// `22 of 168 hours`, `3 of 7 days`, `the week`.
    fn counted(&self) -> String {
        match (self.periods.len(), self.unit()) {
            (1, "days") => "the day".to_owned(),
            (1, "weeks") => "the week".to_owned(),
            (_, unit) => format!("{} {unit}", self.count()),
        }
    }

    /// `missed in 22 of 168 hours`, `missed` where there is only one day or week, or `met`.
    pub(super) fn verdict(&self) -> String {
        match (self.is_met(), self.periods.len(), self.over) {
            (true, ..) => "met".to_owned(),
            (false, 1, GoalPeriod::Day | GoalPeriod::Week) => "missed".to_owned(),
            (false, _, GoalPeriod::Day) => format!("missed on {}", self.counted()),
            _ => format!("missed in {}", self.counted()),
        }
    }

    /// `22 of 168 hours below 80 %, lowest 0 % on Mon 30 Nov 03:00; …`, or none where the goal is met throughout.
    pub(super) fn finding(&self) -> Option<String> {
        let lowest = self.missed().min_by(|one, other| one.service().total_cmp(&other.service()))?;
        let service = percent(lowest.service(), 0);
        let where_low = match self.over {
            GoalPeriod::Interval => {
                let day = local_time::day(local_date(lowest.start, self.zone));
                format!("lowest {service} on {day} {}", local_time::clock(lowest.start, self.zone))
            }
            GoalPeriod::Day => format!("lowest {service} on {}", local_time::day(lowest.first)),
            GoalPeriod::Week => format!("lowest {service} from {}", local_time::day(lowest.first)),
        };
        let goal = percent(self.goal, 0);
        Some(format!("{} below {goal}, {where_low}; {}", self.counted(), self.staff()))
    }

    /// Whether agents are missing where the goal is missed.
    fn staff(&self) -> String {
        let each = if self.over == GoalPeriod::Interval { self.step } else { 1.0 };
        let (missed, short) = self
            .missed()
            .fold((0, 0), |(missed, short), period| (missed + 1, short + usize::from(period.short / each >= NOTICED)));
        match (missed, short) {
            (_, 0) => "all agents required are rostered, more would be needed".to_owned(),
            (1, _) => "agents are missing".to_owned(),
            (missed, short) if missed == short => "agents are missing in all of them".to_owned(),
            (missed, short) => format!(
                "agents are missing in {} {}, in {} all required are rostered and more would be needed",
                self.amount(short),
                phrases::unit(self.amount(short) == "1", self.unit()),
                self.amount(missed - short)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::series::Series;
    use crate::output::example;

    /// Half-hours from 09:00 in Warsaw, ten contacts in each: the share in time and the agents missing.
    fn judged(over: GoalPeriod, of: &[(f64, f64)]) -> Judgement {
        let mut queue = example::queue("orders");
        queue.goal.over = over;
        let grid = example::grid(i64::try_from(of.len()).expect("few"));
        let coverage = QueueCoverage {
            short: Series::new(grid, of.iter().map(|(_, short)| *short)),
            service_expected: of.iter().map(|(share, _)| Some(*share)).collect(),
            ..QueueCoverage::nothing(grid)
        };
        Judgement::of(&queue, grid, &vec![10.0; of.len()], &coverage, chrono_tz::Europe::Warsaw)
    }

    #[test]
    fn a_goal_for_every_interval_counts_the_intervals_below_it() {
        // 80 % is promised: 79.6 % rounds to it, 60 % and 0 % miss it, and agents are missing in one of the two.
        let judgement = judged(GoalPeriod::Interval, &[(0.95, 0.0), (0.796, 0.0), (0.6, 0.0), (0.0, 2.0)]);
        assert!(!judgement.is_met());
        assert_eq!(
            judgement.finding().as_deref(),
            Some(
                "1 of 2 hours below 80\u{a0}%, lowest 0\u{a0}% on Mon 30 Nov 10:30; agents are missing in 0.5 hours, \
                 in 0.5 all required are rostered and more would be needed"
            )
        );
    }

    #[test]
    fn a_goal_over_the_day_forgives_its_thin_hours() {
        // 95 + 95 + 60 + 72 of 400: 80.5 % over the day.
        let of = [(0.95, 0.0), (0.95, 0.0), (0.6, 0.0), (0.72, 0.0)];
        assert_eq!(judged(GoalPeriod::Day, &of).finding(), None);
        assert!(!judged(GoalPeriod::Day, &of).misses_on(example::date("2026-11-30")));
        assert!(judged(GoalPeriod::Week, &of).is_met());
        assert!(!judged(GoalPeriod::Interval, &of).is_met());
    }

    #[test]
    fn a_week_in_which_clocks_go_back_has_169_hours() {
        let at = |text| crate::domain::time::start_of_day(example::date(text), chrono_tz::Europe::Warsaw);
        let hour = crate::domain::units::Minutes::hours(1);
        let grid = IntervalGrid::covering(at("2026-10-19"), at("2026-10-26"), hour);
        let of = QueueCoverage { service_expected: vec![Some(0.5); grid.len()], ..QueueCoverage::nothing(grid) };
        let contacts = vec![1.0; grid.len()];
        let zone = chrono_tz::Europe::Warsaw;
        let mut queue = example::queue("orders");
        let verdict = |queue: &Queue| Judgement::of(queue, grid, &contacts, &of, zone).verdict();
        assert_eq!(verdict(&queue), "missed in 169 of 169 hours");
        queue.goal.over = GoalPeriod::Day;
        assert_eq!(verdict(&queue), "missed on 7 of 7 days");
        queue.goal.over = GoalPeriod::Week;
        assert_eq!(verdict(&queue), "missed");
    }

    #[test]
    fn days_below_the_goal_are_counted_as_days() {
        // 30 half-hours from 09:00 to midnight at 90 %, then 2 of the next day at 50 % without anybody missing.
        let of: Vec<(f64, f64)> = [(0.9, 0.0); 30].into_iter().chain([(0.5, 0.0); 2]).collect();
        let judgement = judged(GoalPeriod::Day, &of);
        assert_eq!(
            judgement.finding().as_deref(),
            Some(
                "1 of 2 days below 80\u{a0}%, lowest 50\u{a0}% on Tue 1 Dec; all agents required are rostered, more \
                 would be needed"
            )
        );
        assert!(judgement.misses_on(example::date("2026-12-01")));
        assert!(!judgement.misses_on(example::date("2026-11-30")));
    }
}
