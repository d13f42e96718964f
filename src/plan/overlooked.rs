//! What a planner has probably overlooked: a queue of which nothing is known, an event that brings nobody, people who work while
//! everything is closed.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::model::{Plan, Rostered};
use super::unlisted_holidays::{holidays_without_rows, unlisted_holidays};
use crate::domain::ids::QueueIx;
use crate::domain::time::local_date;
use crate::domain::warning::Warning;
use crate::staffing;

/// Contacts below which an event brings nobody.
const NOBODY: f64 = 0.5;

/// Of the forecast: queues that expect nobody though they open, and events of the plan's days that bring nobody.
pub(super) fn in_forecast(plan: &Plan) -> Vec<Warning> {
    let grid = plan.period.grid();
    let open = staffing::open_intervals(&plan.queues, &plan.holidays, &grid);
    let is_fed = |queue: usize| {
        plan.queues.iter().any(|of| of.escalation.as_ref().is_some_and(|escalation| escalation.to == QueueIx(queue)))
    };
    let expects_nobody = |queue: &usize| {
        let forecast = &plan.forecast.queues[*queue];
        forecast.whole.offered.iter().all(|offered| *offered <= 0.0) && open[*queue].contains(&true) && !is_fed(*queue)
    };
    let silent = (0..plan.queues.len()).filter(expects_nobody);
    let queues = silent.map(|queue| Warning::QueueWithoutContacts(plan.queues[queue].id.clone()));
    let holidays = unlisted_holidays(plan).into_iter().chain(holidays_without_rows(plan));
    queues.chain(events(plan)).chain(holidays).collect()
}

fn events(plan: &Plan) -> Vec<Warning> {
    let begins = local_date(plan.history.grid.start(), plan.period.zone);
    let mut warnings = Vec::new();
    for event in &plan.events {
        let days = || event.schedule.iter().map(|send| send.local.date());
        if !plan.history.grid.is_empty() && days().all(|day| day < begins) {
            warnings.push(Warning::EventBeforeHistory { event: event.id.clone(), begins });
        }
        let Some(day) = days().find(|day| plan.period.contains(*day)) else { continue };
        let shares = plan.forecast.queues.iter().flat_map(|of| &of.explanation.events);
        let brings: f64 = shares.filter(|share| share.event == event.id).map(|share| share.contacts.middle).sum();
        if brings < NOBODY {
            warnings.push(Warning::EventWithoutContacts { event: event.id.clone(), day });
        }
    }
    warnings
}

/// Of the roster: days with shifts during which no queue is open at all, where nothing else wants people.
pub(super) fn in_roster(plan: &Plan, rostered: &Rostered) -> Option<Warning> {
    if !rostered.workforce.headcounts.is_empty() {
        return None;
    }
    let grid = plan.period.grid();
    let open = staffing::open_intervals(&plan.queues, &plan.holidays, &grid);
    let shifts = rostered.checked.roster().shifts.iter();
    let for_nobody = shifts.filter(|shift| {
        let span = shift.span();
        let mut within = grid.range(span.from, span.until);
        span.until <= grid.end() && !within.any(|at| open.iter().any(|queue| queue[at]))
    });
    let (mut dates, mut count): (BTreeSet<NaiveDate>, usize) = (BTreeSet::new(), 0);
    for shift in for_nobody {
        dates.insert(shift.date);
        count += 1;
    }
    (count > 0).then(|| Warning::WorkWhileClosed { shifts: count, dates: dates.into_iter().collect() })
}
