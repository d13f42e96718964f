//! Hours, money and service of two rosters on the days that are compared.

use chrono::NaiveDate;

use crate::domain::units::Money;
use crate::output::records::{PeriodService, QueueService};
use crate::output::results::Results;

/// What a figure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// Shifts.
    Shifts,
    /// Hours of shifts, breaks included.
    Hours,
    /// Hours that are paid, before premiums.
    PaidHours,
    /// Base pay.
    Wages,
    /// What is paid beyond it.
    Premiums,
    /// Both.
    LabourCost,
    /// The share of a queue's contacts served as its goal counts, simulated.
    InTime(String),
}

/// A figure before and after; none where it is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is.
    pub kind: FigureKind,
    /// Before.
    pub before: Option<f64>,
    /// After.
    pub after: Option<f64>,
}

impl Figure {
    /// After less before.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        Some(self.after? - self.before?)
    }
}

type Days = Option<(NaiveDate, NaiveDate)>;

/// All figures; queues in the order of the roster after.
pub(super) fn figures(before: &Results, after: &Results, days: Days) -> Vec<Figure> {
    let both = |of: &dyn Fn(&Results) -> Option<f64>, kind| Figure { kind, before: of(before), after: of(after) };
    let shifts = |results: &Results| {
        let dated = results.shifts.iter().filter(|of| is_among(of.shift.date, days));
        dated.fold((0.0, 0.0, 0.0), |(count, hours, paid), of| {
            (count + 1.0, hours + of.shift.length().as_hours(), paid + of.shift.paid().as_hours())
        })
    };
    let mut figures = vec![
        both(&|of| Some(shifts(of).0), FigureKind::Shifts),
        both(&|of| Some(shifts(of).1), FigureKind::Hours),
        both(&|of| Some(shifts(of).2), FigureKind::PaidHours),
        both(&|of| pay(of, days, &|class| class == "base"), FigureKind::Wages),
        both(&|of| pay(of, days, &|class| class != "base"), FigureKind::Premiums),
        both(&|of| pay(of, days, &|_| true), FigureKind::LabourCost),
    ];
    let mut queues: Vec<&str> = Vec::new();
    for queue in after.plan.queues.iter().chain(&before.plan.queues) {
        if !queues.contains(&queue.id.as_str()) {
            queues.push(&queue.id);
        }
    }
    figures.extend(
        queues.into_iter().map(|queue| both(&|of| in_time(of, queue, days), FigureKind::InTime(queue.to_owned()))),
    );
    figures
}

fn is_among(date: NaiveDate, days: Days) -> bool {
    days.is_none_or(|(first, last)| (first..=last).contains(&date))
}

/// What is paid under some headings; none where no payroll was read.
fn pay(results: &Results, days: Days, is_counted: &dyn Fn(&str) -> bool) -> Option<f64> {
    if results.payroll.is_empty() && !results.shifts.is_empty() {
        return None;
    }
    let rows = results.payroll.iter().filter(|row| is_counted(&row.class) && is_among(row.date, days));
    Some(rows.map(|row| row.amount).sum::<Money>().as_f64())
}

/// The share served in time, of the whole plan as it was told, of fewer days by the contacts of each.
fn in_time(results: &Results, queue: &str, days: Days) -> Option<f64> {
    let service = results.summary.as_ref()?.service.as_ref()?;
    let (_, of) = service.queues.iter().find(|(id, _)| id == queue)?;
    if days.is_none() {
        return of.plan.in_time;
    }
    let QueueService { days: all, .. } = of;
    let dated = |day: &&PeriodService| day.from.parse().is_ok_and(|date| is_among(date, days));
    let known = all.iter().filter(dated).filter_map(|day| Some((day.offered?, day.in_time?)));
    let (offered, served) =
        known.fold((0.0, 0.0), |(offered, served), (of_day, share)| (offered + of_day, served + of_day * share));
    (offered > 0.0).then(|| served / offered)
}
