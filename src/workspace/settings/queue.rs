//! `[[queue]]` and `[[queue.region]]`: what arrives, from where, and what is promised.

use super::day_shape::day_shape;
use super::fields::Fields;
use super::grid::Grid;
use super::hours::{SOME_HOURS, weekly_hours};
use super::level_changes::level_changes;
use super::names::Names;
use super::routing;
use super::staff_to::staff_to;
use crate::domain::ids::{QueueId, QueueIx, RegionId, SkillId};
use crate::domain::queue::{Channel, DayShape, Escalation, GoalPeriod, Queue, Region, ServiceDefinition, ServiceGoal};
use crate::domain::units::{Minutes, Seconds, Share};
use crate::workspace::words::{Read, Refusal, above, choice, id, money, number, share, whole, zone};
use tr::tr;

const DAY_S: f64 = 86_400.0;
const MONTH_S: f64 = 31.0 * DAY_S;

/// Reads all queues and checks that escalation ends somewhere.
pub(super) fn queues(root: &Fields<'_>, names: &Names, grid: &Grid) -> Vec<Queue> {
    let sections = root.sections("queue");
    root.needs_some("queue", "queue");
    let places: Vec<_> = sections.iter().map(Fields::place).collect();
    let queues: Vec<Queue> = sections.into_iter().map(|fields| queue(fields, names, grid)).collect();
    if let Some((first, circle)) = escalation_circle(&queues) {
        let cause = tr!("escalation runs in a circle: {circle}", circle);
        let problem = places[first].problem(cause).in_column("queue.escalation.to");
        root.report().problem(problem.hinting(tr!("contacts must end in a queue that does not escalate")));
    }
    for (at, queue) in queues.iter().enumerate() {
        let itself = QueueIx(at);
        for (key, is_itself) in [
            ("queue.like", queue.like == Some(itself)),
            ("queue.day_shape", queue.day_shape == Some(DayShape::Like(itself))),
        ] {
            if is_itself {
                let problem = places[at].problem(tr!("a queue cannot be like itself")).in_column(key);
                let hint = tr!("name a queue whose days look like those of `{}`", queue.id);
                root.report().problem(problem.hinting(hint));
            }
        }
    }
    queues
}

/// Where a value cannot be used, a harmless one stands in, so that every queue keeps its position.
fn queue(fields: Fields<'_>, names: &Names, grid: &Grid) -> Queue {
    let name = fields.required("id", id);
    let channel = channel(&fields);
    let is_priced = fields.has("price_lost") || fields.has("price_late");
    let goal = match (fields.section("goal"), channel) {
        (Some(section), _) => goal(section, is_priced && !matches!(channel, Some(Channel::Deferred { .. }))),
        (None, Some(Channel::Deferred { deadline })) => Some(by_the_deadline(deadline)),
        (None, _) => {
            fields.lacks("goal", &tr!("a table such as `{ share = 0.80, within_s = 20 }`"));
            None
        }
    };
    let escalation = fields.section("escalation").and_then(|section| escalation(section, names));
    let regions = regions(&fields, grid);
    fields.refuse_empty("skills", "skill", Some(&tr!("leave the key out if everybody may take the queue")));
    let plain = Queue::new(
        QueueId::new(name.unwrap_or_default()),
        channel.unwrap_or(Channel::Voice),
        goal.unwrap_or_else(|| by_the_deadline(Minutes::ZERO)),
    );
    let queue = Queue {
        skills: fields.words("skills", id).into_iter().map(|(_, skill)| SkillId::new(skill)).collect(),
        priority: fields.or("priority", plain.priority, whole(1..=1000)),
        patience: fields.optional("patience_s", seconds(above(DAY_S))),
        max_occupancy: fields.or("max_occupancy", plain.max_occupancy, occupancy_cap),
        staff_to: staff_to(&fields, channel),
        escalation,
        price_lost: fields.or("price_lost", plain.price_lost, money),
        price_late: fields.or("price_late", plain.price_late, money),
        behaviour: routing::behaviour(&fields),
        declared_aht: fields.optional("aht_s", seconds(above(MONTH_S))),
        like: fields.optional("like", names.queue()),
        day_shape: day_shape(&fields, names),
        level_changes: level_changes(&fields),
        regions,
        ..plain
    };
    fields.finish();
    queue
}

/// The channel with what only some channels have: concurrency for chat, a deadline for work that can wait.
fn channel(fields: &Fields<'_>) -> Option<Channel> {
    #[derive(Clone, Copy, PartialEq)]
    enum Kind {
        Voice,
        Chat,
        Deferred,
    }
    let kinds = [
        ("voice", Kind::Voice),
        ("chat", Kind::Chat),
        ("email", Kind::Deferred),
        ("backoffice", Kind::Deferred),
        ("callback", Kind::Deferred),
    ];
    let kind = fields.required("channel", choice(&kinds));
    let concurrency = fields.or("concurrency", 1.0, number(1.0..=20.0));
    let deadline = fields.optional("deadline_hours", above(MONTH_S / 3600.0));
    if fields.has("concurrency") && kind.is_some_and(|kind| kind != Kind::Chat) {
        fields.refuse(
            "concurrency",
            Refusal::new(tr!("only a chat queue has a concurrency")).hinting(tr!("leave it out")),
        );
    }
    match (kind?, deadline) {
        (Kind::Deferred, Some(hours)) => Some(Channel::Deferred { deadline: minutes_of(hours) }),
        (Kind::Deferred, None) => {
            if !fields.has("deadline_hours") {
                fields.lacks("deadline_hours", &tr!("the hours within which the work is to be done, such as 24"));
            }
            Some(Channel::Deferred { deadline: Minutes::ZERO })
        }
        (kind, deadline) => {
            if deadline.is_some() {
                let hint = tr!("leave it out, or make the channel email, backoffice or callback");
                fields.refuse(
                    "deadline_hours",
                    Refusal::new(tr!("customers of this channel wait on the line")).hinting(hint),
                );
            }
            Some(if kind == Kind::Chat { Channel::Chat { concurrency } } else { Channel::Voice })
        }
    }
}

/// Where contacts have a price, a goal may do without a share.
fn goal(fields: Fields<'_>, is_priced: bool) -> Option<ServiceGoal> {
    let definitions = [
        ("offered", ServiceDefinition::Offered),
        ("answered", ServiceDefinition::Answered),
        ("answered+abandoned", ServiceDefinition::AnsweredAndAbandoned),
        ("answered+abandoned-after", ServiceDefinition::AnsweredAndAbandonedAfter),
        ("answered-or-abandoned-within", ServiceDefinition::HandledOrAbandonedWithin),
    ];
    let periods = [("interval", GoalPeriod::Interval), ("day", GoalPeriod::Day), ("week", GoalPeriod::Week)];
    let share = if is_priced {
        Some(fields.or("share", Share::NONE, positive_share))
    } else {
        fields.required("share", positive_share)
    };
    let within = fields.required("within_s", seconds(number(0.0..=MONTH_S)));
    let definition = fields.or("definition", ServiceDefinition::Offered, choice(&definitions));
    let over = fields.or("over", GoalPeriod::Interval, choice(&periods));
    fields.finish();
    Some(ServiceGoal { share: share?, within: within?, definition, over })
}

/// Work that can wait has its deadline for a goal where none is stated: all of it in time.
fn by_the_deadline(deadline: Minutes) -> ServiceGoal {
    ServiceGoal {
        share: Share::ALL,
        within: Seconds::clamped(deadline.get() as f64 * 60.0),
        definition: ServiceDefinition::Offered,
        over: GoalPeriod::Day,
    }
}

fn escalation(fields: Fields<'_>, names: &Names) -> Option<Escalation> {
    let to = fields.required("to", names.queue());
    let share = fields.required("share", share);
    let after = fields.or("after_s", Seconds::ZERO, seconds(number(0.0..=MONTH_S)));
    fields.finish();
    Some(Escalation { to: to?, share: share?, after })
}

/// The first queue whose escalation leads back to itself, and the way round.
fn escalation_circle(queues: &[Queue]) -> Option<(usize, String)> {
    (0..queues.len()).find_map(|first| {
        let mut way = vec![queues[first].id.as_str()];
        let mut at = first;
        while let Some(QueueIx(next)) = queues.get(at)?.escalation.map(|escalation| escalation.to) {
            way.push(queues.get(next)?.id.as_str());
            if next == first {
                return Some((first, way.join(" → ")));
            }
            if way.len() > queues.len() {
                return None;
            }
            at = next;
        }
        None
    })
}

fn regions(fields: &Fields<'_>, grid: &Grid) -> Vec<Region> {
    let sections = fields.sections("region");
    fields.needs_some("region", "[[queue.region]]");
    let found = sections.len();
    let regions: Vec<Region> = sections.into_iter().filter_map(|section| region(section, grid)).collect();
    if regions.len() < found {
        return regions;
    }
    let shares: Vec<f64> = regions.iter().filter_map(|region| region.share).map(Share::get).collect();
    let total: f64 = shares.iter().sum();
    if !shares.is_empty() && shares.len() < regions.len() {
        let refusal = Refusal::new(tr!("some regions have a share and some have none"))
            .accepting(tr!("a share in every region, or in none"));
        fields.refuse("region", refusal);
    } else if !shares.is_empty() && (total - 1.0).abs() > 1e-6 {
        let cause = tr!("the shares of the regions add up to {}", (total * 1e6).round() / 1e6);
        fields.refuse("region", Refusal::new(cause).accepting(tr!("shares that add up to 1")));
    }
    regions
}

fn region(fields: Fields<'_>, grid: &Grid) -> Option<Region> {
    let name = fields.required("id", id);
    let zone = fields.required("timezone", zone);
    let hours = weekly_hours(&fields, "hours", &tr!("leave the region out if nobody there is served"));
    if hours.is_none() {
        fields.lacks("hours", SOME_HOURS);
    }
    if let (Some(hours), Some(zone)) = (&hours, zone)
        && let Err(refusal) = grid.check_hours(hours, zone)
    {
        fields.refuse("hours", refusal);
    }
    let share = fields.optional("share", share);
    fields.has("holidays");
    fields.finish();
    Some(Region { id: RegionId::new(name?), zone: zone?, hours: hours?, share })
}

/// People busy for less than a hundredth of their time are a slip.
fn occupancy_cap(word: &str) -> Read<Share> {
    const LEAST: f64 = 0.01;
    let share = positive_share(word)?;
    let refusal = || Refusal::new(tr!("too small")).accepting(tr!("a share from {LEAST} to 1", LEAST));
    if share.get() < LEAST { Err(refusal()) } else { Ok(share) }
}

fn positive_share(word: &str) -> Read<Share> {
    let found = share(word)?;
    if found > Share::NONE { Ok(found) } else { Err(Refusal::new("zero").accepting(tr!("a share above 0, at most 1"))) }
}

fn seconds(read: impl Fn(&str) -> Read<f64>) -> impl Fn(&str) -> Read<Seconds> {
    move |word| read(word).map(Seconds::clamped)
}

#[expect(clippy::cast_possible_truncation, reason = "at most a month of minutes")]
fn minutes_of(hours: f64) -> Minutes {
    Minutes::new((hours * 60.0).round() as i64)
}
