//! What is special about the plan's days: events, holidays, and the planner's own hand on the forecast.

use chrono::Duration;
use tr::tr;

use super::added;
use super::html::{Column, table};
use crate::domain::event::Event;
use crate::domain::forecast::{Adjustment, Change};
use crate::domain::time::local_date;
use crate::output::number::grouped;
use crate::output::{local_time, phrases};
use crate::plan::Plan;

/// Events this many days before the plan may still be felt in it.
const AFTERMATH_DAYS: i64 = 21;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let parts = [events(plan), added::by_events(plan), holidays(plan), added::by_holidays(plan), adjustments(plan)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.concat())
}

fn events(plan: &Plan) -> Option<String> {
    let near = plan.period.start - Duration::days(AFTERMATH_DAYS);
    let felt =
        |event: &&Event| event.schedule.iter().any(|send| (near..plan.period.end()).contains(&send.local.date()));
    let rows: Vec<Vec<String>> = plan.events.iter().filter(felt).map(|event| event_row(plan, event)).collect();
    let columns = [
        (tr!("Event"), Column::Text),
        (tr!("Kind"), Column::Text),
        (tr!("Reach"), Column::Number),
        (tr!("Goes out (customers' clock)"), Column::Prose),
        (tr!("Queues"), Column::Prose),
        (tr!("Regions"), Column::Prose),
    ];
    let brings = |of: &crate::domain::forecast::QueueForecast| -> f64 { of.whole.event.iter().sum() };
    let total: f64 = plan.forecast.queues.iter().map(brings).sum();
    let sum = tr!("<p class=\"quiet\">Together events bring {} contacts to the plan's days.</p>\n", grouped(total, 0));
    (!rows.is_empty()).then(|| table(&columns, &rows) + &sum)
}

fn event_row(plan: &Plan, event: &Event) -> Vec<String> {
    let sends: Vec<String> = event
        .schedule
        .iter()
        .map(|send| {
            format!(
                "{} {} ({} %)",
                local_time::day(send.local.date()),
                send.local.format("%H:%M"),
                grouped(send.share.get() * 100.0, 0)
            )
        })
        .collect();
    let queues: Vec<&str> = event.queues.iter().map(|effect| plan.queues[effect.queue.0].id.as_str()).collect();
    let regions: Vec<&str> = event.regions.iter().map(crate::domain::ids::RegionId::as_str).collect();
    vec![
        event.id.to_string(),
        phrases::event_kind(event.kind),
        grouped(event.reach, 0),
        sends.join(", "),
        queues.join(", "),
        if regions.is_empty() { tr!("regions" => "all") } else { regions.join(", ") },
    ]
}

fn holidays(plan: &Plan) -> Option<String> {
    let columns = [
        (tr!("Special day"), Column::Text),
        (tr!("Date"), Column::Text),
        (tr!("Regions"), Column::Prose),
        (tr!("Premium at"), Column::Prose),
    ];
    let rows: Vec<Vec<String>> = plan
        .holidays
        .iter()
        .filter(|holiday| (plan.period.start..plan.period.end()).contains(&holiday.date))
        .map(|holiday| {
            let regions: Vec<&str> = holiday.regions.iter().map(crate::domain::ids::RegionId::as_str).collect();
            let sites: Vec<&str> = holiday.sites.iter().map(crate::domain::ids::SiteId::as_str).collect();
            vec![
                holiday.name.clone(),
                local_time::day(holiday.date),
                if regions.is_empty() { tr!("regions" => "all") } else { regions.join(", ") },
                if sites.is_empty() { "–".to_owned() } else { sites.join(", ") },
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| table(&columns, &rows))
}

fn adjustments(plan: &Plan) -> Option<String> {
    let columns = [
        (tr!("Adjustment by hand"), Column::Text),
        (tr!("Queue"), Column::Text),
        (tr!("From"), Column::Text),
        (tr!("Until"), Column::Text),
        (tr!("Why"), Column::Prose),
    ];
    let rows: Vec<Vec<String>> = plan.adjustments.iter().map(|adjustment| adjustment_row(plan, adjustment)).collect();
    (!rows.is_empty()).then(|| table(&columns, &rows))
}

fn adjustment_row(plan: &Plan, adjustment: &Adjustment) -> Vec<String> {
    let zone = plan.period.zone;
    let at = |instant| format!("{} {}", local_time::day(local_date(instant, zone)), local_time::clock(instant, zone));
    let queue = &plan.queues[adjustment.queue.0];
    let region = adjustment.region.map_or_else(String::new, |region| format!(", {}", queue.regions[region].id));
    let change = match adjustment.change {
        Change::Factor(factor) => tr!("contacts × {}", grouped(factor, 2)),
        Change::Offered(contacts) => tr!("contacts set to {}", grouped(contacts, 0)),
        Change::Aht(seconds) => tr!("handle time set to {} s", grouped(seconds, 0)),
        Change::AhtFactor(factor) => tr!("handle time × {}", grouped(factor, 2)),
    };
    vec![change, format!("{}{region}", queue.id), at(adjustment.from), at(adjustment.until), adjustment.why.clone()]
}
