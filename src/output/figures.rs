//! The few sums that the summary, the report and the charts share, so that all of them show the same number.

use crate::domain::coverage::QueueCoverage;
use crate::domain::ids::QueueIx;
use crate::domain::time::{Instant, instant_at_or_after};
use crate::plan::Plan;
use tr::tr;

/// One queue over the whole horizon. What the run did not compute is absent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct QueueFigures {
    /// Contacts forecast, escalations from other queues not included.
    pub(super) offered: f64,
    /// Contacts that arrive, escalations included where staffing ran.
    pub(super) arriving: f64,
    /// Hours of agents required.
    pub(super) required_hours: Option<f64>,
    /// The share promised.
    pub(super) goal: f64,
    /// The rostered side.
    pub(super) cover: Option<CoverFigures>,
}

/// What the roster gives a queue, in hours of heads of speed 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CoverFigures {
    /// Hours rostered.
    pub(super) rostered: f64,
    /// Hours missing.
    pub(super) short: f64,
    /// Hours beyond what is required.
    pub(super) over: f64,
    /// Share of contacts that a formula expects to be served in time by these heads alone; none where none are expected.
    pub(super) expected: Option<f64>,
}

/// The figures of one queue.
pub(super) fn of_queue(plan: &Plan, queue: QueueIx) -> QueueFigures {
    QueueFigures {
        offered: plan.forecast.queues.get(queue.0).map_or(0.0, |of| of.whole.offered.iter().sum()),
        arriving: contacts(plan, queue).iter().sum(),
        required_hours: plan.requirement.as_ref().map(|requirement| requirement.scheduled_hours(queue)),
        goal: plan.queues[queue.0].goal.share.get(),
        cover: cover(plan, queue),
    }
}

fn cover(plan: &Plan, queue: QueueIx) -> Option<CoverFigures> {
    let coverage = &plan.rostered.as_ref()?.coverage;
    let (of, hours) = (&coverage.queues[queue.0], coverage.grid.interval().as_hours());
    let total = |values: &[f64]| values.iter().sum::<f64>() * hours;
    let expected = plan.service_expected(queue);
    Some(CoverFigures { rostered: total(&heads(of)), short: total(&of.short), over: total(&of.over), expected })
}

/// Heads of speed 1 that the roster gives a queue, per interval: what `required` is measured against.
pub(super) fn heads(of: &QueueCoverage) -> Vec<f64> {
    let sides = of.short.iter().zip(&of.over);
    of.required.iter().zip(sides).map(|(required, (short, over))| (required - short + over).max(0.0)).collect()
}

/// Contacts that arrive in each interval, escalations included where staffing ran.
pub(super) fn contacts(plan: &Plan, queue: QueueIx) -> &[f64] {
    match &plan.requirement {
        Some(requirement) => &requirement.queues[queue.0].offered,
        None => &plan.forecast.queues[queue.0].whole.offered,
    }
}

/// What came in as long a time before the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Before {
    /// By how many weeks the plan's days are moved back.
    pub(super) weeks_back: i64,
    /// Contacts in those days.
    pub(super) contacts: f64,
}

impl Before {
    /// `the week before`, `the 4 weeks before`, or how much earlier where history ends long before the plan.
    pub(super) fn words(&self, plan: &Plan) -> String {
        match i64::from(plan.period.weeks) {
            1 if self.weeks_back == 1 => tr!("the week before"),
            weeks if self.weeks_back == weeks => tr!("the {weeks} weeks before", weeks),
            _ if self.weeks_back == 1 => tr!("1 week earlier"),
            _ => tr!("{} weeks earlier", self.weeks_back),
        }
    }
}

/// How many weeks the history may end before the plan and still be compared with.
const WEEKS_SEARCHED: i64 = 13;

/// The latest days before the plan, whole weeks back, of which the history knows a queue's contacts.
pub(super) fn before(plan: &Plan, queue: QueueIx) -> Option<Before> {
    let weeks = i64::from(plan.period.weeks);
    let at = |weeks_back| Some(Before { weeks_back, contacts: past_contacts(plan, queue, weeks_back)? });
    (weeks..weeks + WEEKS_SEARCHED).find_map(at).filter(|before| before.contacts > 0.0)
}

/// Contacts that came on the plan's days so many weeks earlier; none where more than a tenth of the intervals in which
/// contacts are forecast is unknown.
fn past_contacts(plan: &Plan, queue: QueueIx, weeks_back: i64) -> Option<f64> {
    let of = &plan.forecast.queues[queue.0].whole;
    let (mut total, mut open, mut known) = (0.0, 0u32, 0u32);
    for (interval, start) in plan.forecast.grid.starts().enumerate() {
        let past = past_actual(plan, queue, start, weeks_back);
        total += past.unwrap_or(0.0);
        open += u32::from(of.offered[interval] > 0.0);
        known += u32::from(of.offered[interval] > 0.0 && past.is_some());
    }
    (open > 0 && f64::from(known) >= 0.9 * f64::from(open)).then_some(total)
}

/// What came on average at an interval's weekday and hour in the last weeks, at most `weeks` of them, of which the
/// history knows.
#[cfg(any(test, feature = "charts"))]
pub(super) fn mean_of_last_weeks(plan: &Plan, queue: QueueIx, start: Instant, weeks: usize) -> Option<f64> {
    let ahead = (start - plan.forecast.grid.start()).num_weeks();
    let at = |back| past_actual(plan, queue, start, ahead + back);
    let known: Vec<f64> = (1..=WEEKS_SEARCHED).filter_map(at).take(weeks).collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

/// What came in the whole queue at the same wall-clock time so many weeks earlier, in the plan's zone.
fn past_actual(plan: &Plan, queue: QueueIx, start: Instant, weeks_back: i64) -> Option<f64> {
    let wall = start.with_timezone(&plan.period.zone).naive_local() - chrono::Duration::weeks(weeks_back);
    let then = instant_at_or_after(wall, plan.period.zone);
    actual(plan, queue, plan.history.grid.index_of(then)?)
}

/// What came in the whole queue in an interval of the history: the sum of the regions that are known.
pub(super) fn actual(plan: &Plan, queue: QueueIx, interval: usize) -> Option<f64> {
    plan.history
        .series
        .iter()
        .filter(|series| series.queue == queue)
        .filter_map(|series| series.offered.get(interval))
        .fold(None, |sum: Option<f64>, value| Some(sum.unwrap_or(0.0) + value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_week_before_is_compared_on_the_wall_clock() {
        // 336 half-hours of ten expected, nine came in each half-hour of the week before; nothing two weeks before.
        let plan = example::forecast_only();
        assert!((of_queue(&plan, QueueIx(0)).offered - 3360.0).abs() < 1e-9);
        let before = before(&plan, QueueIx(0));
        assert_eq!(before, Some(Before { weeks_back: 1, contacts: 3024.0 }));
        assert_eq!(before.map(|before| before.words(&plan)).as_deref(), Some("the week before"));
        assert_eq!(past_contacts(&plan, QueueIx(0), 2), None);
        assert_eq!(mean_of_last_weeks(&plan, QueueIx(0), plan.forecast.grid.start(), 4), Some(9.0));
    }

    #[test]
    fn heads_are_required_less_short_plus_over() {
        let of = QueueCoverage {
            required: example::series(&[5.0, 2.0]),
            short: example::series(&[1.5, 0.0]),
            over: example::series(&[0.0, 1.0]),
            ..QueueCoverage::nothing(example::grid(2))
        };
        assert_eq!(heads(&of), [3.5, 3.0]);
    }
}
