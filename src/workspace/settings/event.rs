//! `[[event]]`: campaigns, recalls and announcements.

use super::fields::Fields;
use super::names::Names;
use crate::domain::event::{Event, EventKind, Kernel, QueueEffect, Send};
use crate::domain::ids::EventId;
use crate::domain::time::Zone;
use crate::domain::units::{Minutes, Share};
use crate::workspace::words::{Refusal, above, choice, id, instant, share, wall};
use tr::tr;

const YEAR_HOURS: f64 = 366.0 * 24.0;

/// Reads all events. `zone` only serves to say which offset a local time lacks.
pub(super) fn events(root: &Fields<'_>, names: &Names, zone: Zone) -> Vec<Event> {
    root.sections("event").into_iter().filter_map(|fields| event(fields, names, zone)).collect()
}

fn event(fields: Fields<'_>, names: &Names, zone: Zone) -> Option<Event> {
    let kinds =
        [("campaign", EventKind::Campaign), ("recall", EventKind::Recall), ("announcement", EventKind::Announcement)];
    let name = fields.required("id", id);
    let kind = fields.required("kind", choice(&kinds));
    let reach = fields.required("reach", above(1e10));
    let schedule = schedule(&fields);
    let queues = effects(&fields, names);
    let regions = fields.words("regions", names.region()).into_iter().map(|(_, region)| region).collect();
    fields.refuse_empty("regions", "region", Some(&tr!("leave the key out if all regions are meant")));
    let kernel = fields.section("kernel").and_then(kernel);
    let known_from = fields.optional("known_from", instant(zone));
    fields.finish();
    Some(Event { id: EventId::new(name?), kind: kind?, reach: reach?, schedule, kernel, regions, queues, known_from })
}

/// The waves of messages; a single one may leave its share out.
fn schedule(fields: &Fields<'_>) -> Vec<Send> {
    let sections = fields.sections("schedule");
    fields.needs_some("schedule", &tr!("wave `{ at = \"2026-12-01T09:00\", share = 1.0 }`"));
    let single = sections.len() == 1;
    let wave = |section: Fields<'_>| {
        let local = section.required("at", wall);
        let share =
            if single { Some(section.or("share", Share::ALL, share)) } else { section.required("share", share) };
        section.finish();
        Some(Send { local: local?, share: share? })
    };
    let found = sections.len();
    let schedule: Vec<Send> = sections.into_iter().filter_map(wave).collect();
    let total: f64 = schedule.iter().map(|send| send.share.get()).sum();
    if schedule.len() == found && found > 0 && (total - 1.0).abs() > 1e-6 {
        let cause = tr!("the shares of the schedule add up to {}", (total * 1e6).round() / 1e6);
        fields.refuse("schedule", Refusal::new(cause).accepting(tr!("shares that add up to 1")));
    }
    schedule
}

fn effects(fields: &Fields<'_>, names: &Names) -> Vec<QueueEffect> {
    let sections = fields.sections("queues");
    fields.needs_some("queues", &tr!("queue `{ id = \"…\" }`"));
    let mut effects: Vec<QueueEffect> = Vec::new();
    for section in sections {
        let queue = section.required("id", names.queue());
        let response = section.optional("response", above(100.0));
        let aht_factor = section.optional("aht_factor", above(100.0));
        if effects.iter().any(|known| Some(known.queue) == queue) {
            section.refuse(
                "id",
                Refusal::new(tr!("the queue is named twice in the event"))
                    .hinting(tr!("put what is said of it into one entry")),
            );
        }
        section.finish();
        effects.extend(queue.map(|queue| QueueEffect { queue, response, aht_factor }));
    }
    effects
}

fn kernel(fields: Fields<'_>) -> Option<Kernel> {
    #[derive(Clone, Copy)]
    enum Kind {
        Geometric,
        Weibull,
        Gamma,
    }
    let kinds = [("geometric", Kind::Geometric), ("weibull", Kind::Weibull), ("gamma", Kind::Gamma)];
    let hours = |key| fields.required(key, above(YEAR_HOURS)).map(minutes_of);
    let shape = || fields.required("shape", above(100.0));
    let kernel = match fields.required("kind", choice(&kinds)) {
        Some(Kind::Geometric) => hours("half_life_hours").map(|half_life| Kernel::Geometric { half_life }),
        Some(Kind::Weibull) => shape().zip(hours("scale_hours")).map(|(shape, scale)| Kernel::Weibull { shape, scale }),
        Some(Kind::Gamma) => shape().zip(hours("scale_hours")).map(|(shape, scale)| Kernel::Gamma { shape, scale }),
        None => return None,
    };
    fields.finish();
    kernel
}

/// Hours in whole minutes, at least one.
#[expect(clippy::cast_possible_truncation, reason = "at most a year of minutes")]
fn minutes_of(hours: f64) -> Minutes {
    Minutes::new(((hours * 60.0).round() as i64).max(1))
}
