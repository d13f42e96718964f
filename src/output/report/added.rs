//! What each planned event adds, and what special days add or take away.

use super::html::{Column, table};
use crate::domain::explanation::{Band, HolidayShare};
use crate::domain::ids::QueueIx;
use crate::output::local_time;
use crate::output::number::{grouped, percent};
use crate::plan::Plan;
use tr::tr;

/// A line per event and queue.
pub(super) fn by_events(plan: &Plan) -> Option<String> {
    let columns =
        [(tr!("Event"), Column::Text), (tr!("Queue"), Column::Text), (tr!("Adds (80 % band)"), Column::Number)];
    let order = |event: &str| plan.events.iter().position(|known| known.id.as_str() == event);
    let mut found: Vec<(Option<usize>, Vec<String>)> = Vec::new();
    for of in &plan.forecast.queues {
        let queue = plan.queues[of.queue.0].id.to_string();
        found.extend(of.explanation.events.iter().map(|share| {
            let event = share.event.as_str();
            (order(event), vec![event.to_owned(), queue.clone(), band(share.contacts)])
        }));
    }
    found.sort_by_key(|(position, _)| *position);
    let rows: Vec<Vec<String>> = found.into_iter().map(|(_, row)| row).collect();
    (!rows.is_empty()).then(|| {
        table(&columns, &rows)
            + &tr!(
                "<p class=\"quiet\">Contacts that an event adds to the plan's days, before adjustments by hand.</p>\n"
            )
    })
}

/// `760 (601–961)`.
fn band(of: Band) -> String {
    format!("{} ({}–{})", grouped(of.middle, 0), grouped(of.low, 0), grouped(of.high, 0))
}

/// A line per special day and queue.
pub(super) fn by_holidays(plan: &Plan) -> Option<String> {
    let columns = [
        (tr!("Day"), Column::Text),
        (tr!("Near"), Column::Text),
        (tr!("Queue"), Column::Text),
        (tr!("Contacts"), Column::Number),
        (tr!("Of the day"), Column::Number),
    ];
    let mut found: Vec<(chrono::NaiveDate, Vec<String>)> = Vec::new();
    for of in &plan.forecast.queues {
        found.extend(of.explanation.holidays.iter().map(|share| (share.date, holiday_row(plan, of.queue, share))));
    }
    found.sort_by_key(|(date, _)| *date);
    let rows: Vec<Vec<String>> = found.into_iter().map(|(_, row)| row).collect();
    (!rows.is_empty()).then(|| {
        table(&columns, &rows)
            + &tr!("<p class=\"quiet\">What a special day adds or takes away, on the day itself and on the days beside it, against \
               the same weekday of an ordinary week.</p>\n")
    })
}

fn holiday_row(plan: &Plan, queue: QueueIx, share: &HolidayShare) -> Vec<String> {
    let of = &plan.queues[queue.0];
    let ordinary = ordinary(plan, queue, share.date);
    let sign = if share.contacts > 0.0 { "+" } else { "" };
    vec![
        local_time::day(share.date),
        share.name.clone(),
        of.id.to_string(),
        format!("{sign}{}", grouped(share.contacts, 0)),
        if ordinary > 0.0 { format!("{sign}{}", percent(share.contacts / ordinary, 0)) } else { "–".to_owned() },
    ]
}

/// Contacts of the day without special days and events, each region on its own calendar.
fn ordinary(plan: &Plan, queue: QueueIx, date: chrono::NaiveDate) -> f64 {
    let regions = &plan.queues[queue.0].regions;
    let mut sum = 0.0;
    for of in &plan.forecast.queues[queue.0].regions {
        let day = crate::domain::time::LocalDay::of(date, regions[of.region].zone);
        for (start, baseline) in plan.forecast.grid.starts().zip(&of.baseline) {
            sum += if (day.start..day.end).contains(&start) { *baseline } else { 0.0 };
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::explanation::EventShare;
    use crate::domain::ids::EventId;
    use crate::output::example;

    #[test]
    fn an_event_and_a_special_day_are_told_per_queue() {
        let mut plan = example::forecast_only();
        assert_eq!((by_events(&plan), by_holidays(&plan)), (None, None));
        // 48 half-hours of ten contacts on 2 December in New York: 120 of 480 are taken away.
        let why = &mut plan.forecast.queues[0].explanation;
        let contacts = Band { low: 601.0, middle: 760.0, high: 961.0 };
        why.events = vec![EventShare { event: EventId::new("sale"), contacts }];
        why.holidays = vec![HolidayShare { date: example::date("2026-12-02"), name: "Eve".into(), contacts: -120.0 }];
        assert!(by_events(&plan).is_some_and(|html| html.contains("760 (601–961)")));
        let html = by_holidays(&plan).expect("a table");
        assert!(html.contains("Wed 2 Dec") && html.contains("−120<") && html.contains("−25\u{a0}%"), "{html}");
    }
}
