//! Goals, channels and kinds of events in a supervisor's words.

use super::number::{grouped, hours, money, percent};
use crate::domain::event::EventKind;
use crate::domain::queue::{Channel, GoalPeriod, Queue, ServiceDefinition};
use crate::domain::staff_to::{BeyondMean, StaffTo};

/// `within 20 s`, `within 24 h`.
pub(super) fn within(queue: &Queue) -> String {
    match queue.channel {
        Channel::Deferred { deadline } => format!("within {} h", grouped(deadline.as_hours(), 0)),
        _ => format!("within {} s", grouped(queue.goal.within.get(), 0)),
    }
}

/// `80 % of those offered within 20 s, in every interval`.
pub(super) fn goal(queue: &Queue) -> String {
    let counted = match queue.goal.definition {
        ServiceDefinition::Offered => "of all offered",
        ServiceDefinition::Answered => "of those answered",
        ServiceDefinition::AnsweredAndAbandoned => "of those answered or abandoned",
        ServiceDefinition::AnsweredAndAbandonedAfter => "of those answered or abandoned later",
        ServiceDefinition::HandledOrAbandonedWithin => "answered or abandoned",
    };
    format!("{} {counted} {}, {}", percent(queue.goal.share.get(), 0), within(queue), over(queue))
}

/// `80 % in every interval`.
pub(super) fn goal_briefly(queue: &Queue) -> String {
    format!("{} {}", percent(queue.goal.share.get(), 0), over(queue))
}

/// The time over which a goal is to be met.
fn over(queue: &Queue) -> &'static str {
    match queue.goal.over {
        GoalPeriod::Interval => "in every interval",
        GoalPeriod::Day => "over each day",
        GoalPeriod::Week => "over each week",
    }
}

/// The channel, with what makes it special.
pub(super) fn channel(queue: &Queue) -> String {
    match queue.channel {
        Channel::Voice => "voice".to_owned(),
        Channel::Chat { concurrency } => {
            format!("chat, {} at a time", grouped(concurrency, usize::from(concurrency.fract() > 0.0)))
        }
        Channel::Deferred { deadline } => format!("deferred, due within {} h", grouped(deadline.as_hours(), 0)),
    }
}

/// The rate that a queue is staffed for.
pub(super) fn staffed_for(queue: &Queue) -> String {
    match queue.staff_to {
        StaffTo::Mean => "the mean".to_owned(),
        StaffTo::Expected => "all rates it may have".to_owned(),
        StaffTo::Percentile(percent) => format!("the rate of {percent} times in 100"),
    }
}

/// `12 h more than at the mean, 240 EUR`.
pub(super) fn beyond_mean(beyond: &BeyondMean, currency: &str) -> String {
    let pay = beyond.pay.map_or_else(String::new, |pay| format!(", {}", money(pay, currency)));
    format!("{} more than at the mean{pay}", hours(beyond.hours))
}

/// The kind of an event.
pub(super) const fn event_kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Campaign => "campaign",
        EventKind::Recall => "recall",
        EventKind::Announcement => "announcement",
    }
}

/// A plural as it is, or its singular.
pub(super) fn unit(one: bool, plural: &str) -> &str {
    let singular = plural.strip_suffix("ches").map_or(plural.len() - 1, |stem| stem.len() + 2);
    if one { &plural[..singular] } else { plural }
}

/// `1 queue`, `6 queues`.
pub(super) fn count(of: usize, plural: &str) -> String {
    format!("{} {}", grouped(of as f64, 0), unit(of == 1, plural))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;
    use crate::output::example;

    #[test]
    fn one_is_not_many() {
        assert_eq!(
            [count(1, "queues"), count(1, "stretches"), count(0, "queues"), count(1200, "shifts")],
            ["1 queue", "1 stretch", "0 queues", "1\u{202f}200 shifts"]
        );
    }

    #[test]
    fn a_goal_says_what_is_counted_and_over_what() {
        let mut queue = example::queue("orders");
        assert_eq!(goal(&queue), "80\u{a0}% of all offered within 20 s, in every interval");
        queue.channel = Channel::Deferred { deadline: Minutes::hours(24) };
        assert_eq!(within(&queue), "within 24 h");
        assert_eq!(channel(&queue), "deferred, due within 24 h");
    }
}
