//! Goals, channels and kinds of events in a supervisor's words.

use super::number::{grouped, hours, money, percent};
use crate::domain::event::EventKind;
use crate::domain::ids::QueueIx;
use crate::domain::queue::{Channel, GoalPeriod, Queue, ServiceDefinition};
use crate::domain::service::GroupService;
use crate::domain::staff_to::{BeyondMean, StaffTo};
use tr::tr;

/// `within 20 s`, `within 24 h`.
pub(super) fn within(queue: &Queue) -> String {
    match queue.channel {
        Channel::Deferred { deadline } => tr!("within {} h", grouped(deadline.as_hours(), 0)),
        _ => tr!("within {} s", grouped(queue.goal.within.get(), 0)),
    }
}

/// `80 % of those offered within 20 s, in every interval`.
pub(super) fn goal(queue: &Queue) -> String {
    let counted = match queue.goal.definition {
        ServiceDefinition::Offered => tr!("of all offered"),
        ServiceDefinition::Answered => tr!("of those answered"),
        ServiceDefinition::AnsweredAndAbandoned => tr!("of those answered or abandoned"),
        ServiceDefinition::AnsweredAndAbandonedAfter => tr!("of those answered or abandoned later"),
        ServiceDefinition::HandledOrAbandonedWithin => tr!("answered or abandoned"),
    };
    if !queue.goal.is_promise() {
        return tr!("no goal; late when not {}", within(queue));
    }
    format!("{} {counted} {}, {}", percent(queue.goal.share.get(), 0), within(queue), over(queue))
}

/// `80 % in every interval`.
pub(super) fn goal_briefly(queue: &Queue) -> String {
    if queue.goal.is_promise() {
        format!("{} {}", percent(queue.goal.share.get(), 0), over(queue))
    } else {
        tr!("goal" => "none")
    }
}

/// The time over which a goal is to be met.
fn over(queue: &Queue) -> String {
    match queue.goal.over {
        GoalPeriod::Interval => tr!("in every interval"),
        GoalPeriod::Day => tr!("over each day"),
        GoalPeriod::Week => tr!("over each week"),
    }
}

/// What people take, in the order of queues: `orders + billing`, or the first of many.
pub(super) fn skills(queues: &[Queue], taken: impl Iterator<Item = QueueIx>) -> String {
    /// Queues named one by one.
    const NAMED: usize = 4;
    let names: Vec<&str> = taken.map(|queue| queues[queue.0].id.as_str()).collect();
    let more = names.len().saturating_sub(NAMED);
    let named = names[..names.len() - more].join(" + ");
    if more > 0 { tr!("{named} and {more} more", named, more) } else { named }
}

/// `orders 45 %, billing 26 %`: parts of their time at work, the largest first; beyond four they are told together.
pub(super) fn busy_with(queues: &[Queue], of: &GroupService) -> String {
    const NAMED: usize = 4;
    let at_work = of.at_work.total().max(f64::MIN_POSITIVE);
    let mut parts: Vec<(f64, &str)> =
        of.busy.iter().map(|(queue, busy)| (busy.total() / at_work, queues[queue.0].id.as_str())).collect();
    parts.sort_by(|one, other| other.0.total_cmp(&one.0));
    let rest: f64 = parts.iter().skip(NAMED).map(|(share, _)| share).sum();
    let mut said: Vec<String> =
        parts.iter().take(NAMED).map(|(share, queue)| format!("{queue} {}", percent(*share, 0))).collect();
    if parts.len() > NAMED {
        said.push(tr!("{} more {}", parts.len() - NAMED, percent(rest, 0)));
    }
    said.join(", ")
}

/// Seconds, or minutes where there are many.
pub(super) fn waited(seconds: f64) -> String {
    const LONG: f64 = 600.0;
    if seconds < LONG { format!("{} s", grouped(seconds, 0)) } else { tr!("{} min", grouped(seconds / 60.0, 0)) }
}

/// The channel, with what makes it special.
pub(super) fn channel(queue: &Queue) -> String {
    match queue.channel {
        Channel::Voice => tr!("voice"),
        Channel::Chat { concurrency } => {
            tr!("chat, {} at a time", grouped(concurrency, usize::from(concurrency.fract() > 0.0)))
        }
        Channel::Deferred { deadline } => tr!("deferred, due within {} h", grouped(deadline.as_hours(), 0)),
    }
}

/// The rate that a queue is staffed for.
pub(super) fn staffed_for(queue: &Queue) -> String {
    match queue.staff_to {
        StaffTo::Mean => tr!("the mean"),
        StaffTo::Expected => tr!("all rates it may have"),
        StaffTo::Percentile(percent) => tr!("the rate of {percent} times in 100", percent),
    }
}

/// `12 h more than at the mean, 240 EUR`.
pub(super) fn beyond_mean(beyond: &BeyondMean, currency: &str) -> String {
    let pay = beyond.pay.map_or_else(String::new, |pay| format!(", {}", money(pay, currency)));
    tr!("{} more than at the mean{pay}", hours(beyond.hours), pay)
}

/// The kind of an event.
pub(super) fn event_kind(kind: EventKind) -> String {
    match kind {
        EventKind::Campaign => tr!("campaign"),
        EventKind::Recall => tr!("recall"),
        EventKind::Announcement => tr!("announcement"),
    }
}

/// `1 shift`, `1 200 shifts`.
pub(super) fn shifts(count: usize) -> String {
    tr!("{count} shift" | "{count} shifts" % count, count = grouped(count as f64, 0))
}

/// `1 agent`, `80 agents`.
pub(super) fn agents(count: usize) -> String {
    tr!("{count} agent" | "{count} agents" % count, count = grouped(count as f64, 0))
}

/// `1 queue`, `6 queues`.
pub(super) fn queues(count: usize) -> String {
    tr!("{count} queue" | "{count} queues" % count, count = grouped(count as f64, 0))
}

/// `1 stretch`, `3 stretches`: of time.
pub(super) fn stretches(count: usize) -> String {
    tr!("{count} stretch" | "{count} stretches" % count, count = grouped(count as f64, 0))
}

/// `1 goal`, `6 goals`.
pub(super) fn goals(count: usize) -> String {
    tr!("{count} goal" | "{count} goals" % count, count = grouped(count as f64, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;
    use crate::output::example;

    #[test]
    fn one_is_not_many() {
        assert_eq!(
            [queues(1), stretches(1), queues(0), shifts(1200)],
            ["1 queue", "1 stretch", "0 queues", "1\u{202f}200 shifts"]
        );
    }

    #[test]
    fn skills_are_named_as_far_as_they_fit() {
        let queues = ["a", "b", "c", "d", "e", "f"].map(example::queue);
        assert_eq!(skills(&queues, [QueueIx(0), QueueIx(2)].into_iter()), "a + c");
        assert_eq!(skills(&queues, (0..6).map(QueueIx)), "a + b + c + d and 2 more");
    }

    #[test]
    fn a_goal_says_what_is_counted_and_over_what() {
        let mut queue = example::queue("orders");
        assert_eq!(goal(&queue), "80\u{a0}% of all offered within 20 s, in every interval");
        queue.channel = Channel::Deferred { deadline: Minutes::hours(24) };
        assert_eq!(within(&queue), "within 24 h");
        queue.goal.share = crate::domain::units::Share::NONE;
        assert_eq!([goal(&queue), goal_briefly(&queue)], ["no goal; late when not within 24 h", "none"]);
        assert_eq!(channel(&queue), "deferred, due within 24 h");
    }
}
