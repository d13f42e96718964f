//! `summary.json`: the figures that scripts and tests read. Key order is fixed; same plan, same bytes.

use super::artifact::OutputError;
use super::figures::{self, QueueFigures};
use super::number::rounded;
use super::records::{self, QueueSummary, RosterSummary, Summary};
use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::plan::{Plan, Rostered};

pub(super) fn write(plan: &Plan) -> Result<Vec<u8>, OutputError> {
    let queue =
        |(index, queue): (usize, &Queue)| (queue.id.to_string(), of_queue(figures::of_queue(plan, QueueIx(index))));
    records::write_document(&Summary {
        version: 1,
        queues: plan.queues.iter().enumerate().map(queue).collect(),
        roster: plan.rostered.as_ref().map(of_roster),
    })
}

fn of_queue(figures: QueueFigures) -> QueueSummary {
    QueueSummary {
        offered: rounded(figures.arriving, 6),
        required_hours: figures.required_hours.and_then(|hours| rounded(hours, 6)),
        goal: rounded(figures.goal, 6),
        expected: figures.cover.and_then(|cover| cover.expected).and_then(|share| rounded(share, 6)),
    }
}

/// A roster that reached this point has passed the checker, so `violations` is 0.
fn of_roster(rostered: &Rostered) -> RosterSummary {
    let (checked, cost) = (&rostered.checked, rostered.checked.cost());
    let is_counted = !rostered.workforce.headcounts.is_empty();
    RosterSummary {
        objective: cost.objective().as_f64(),
        bound: checked.bound().objective.as_f64(),
        gap: rounded(checked.gap(), 6),
        violations: 0,
        wages: cost.wages.as_f64(),
        premiums: cost.premiums.as_f64(),
        short_cost: cost.short.as_f64(),
        over_cost: cost.over.as_f64(),
        preference_cost: cost.preference.as_f64(),
        headcount_cost: is_counted.then(|| cost.headcount.as_f64()),
        short_hours: rounded(checked.short_hours(), 6),
        over_hours: rounded(checked.over_hours(), 6),
        gap_beyond_wages: rounded(checked.gap_beyond_wages(), 6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn what_a_forecast_alone_does_not_know_is_null() {
        let bytes = write(&example::forecast_only()).expect("JSON");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "{\n  \"version\": 1,\n  \"queues\": {\n    \"orders <script>\": {\n      \"offered\": 3360.0,\n      \
             \"required_hours\": null,\n      \"goal\": 0.8,\n      \"expected\": null\n    }\n  }\n}\n"
        );
    }
}
