//! `summary.json`: the figures that scripts and tests read. Key order is fixed; same plan, same bytes.

use serde::{Serialize, Serializer};

use super::OutputError;
use super::figures::{self, QueueFigures};
use super::number::rounded;
use crate::domain::ids::QueueIx;
use crate::plan::{Plan, Rostered};

#[derive(Serialize)]
struct Summary<'a> {
    version: u32,
    queues: InOrder<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roster: Option<RosterSummary>,
}

/// Queues keyed by name, in the workspace's order.
struct InOrder<'a>(Vec<(&'a str, QueueSummary)>);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, queue)| (id, queue)))
    }
}

#[derive(Serialize)]
struct QueueSummary {
    offered: Option<f64>,
    required_hours: Option<f64>,
    goal: Option<f64>,
    expected: Option<f64>,
}

impl QueueSummary {
    fn of(figures: QueueFigures) -> Self {
        Self {
            offered: rounded(figures.arriving, 6),
            required_hours: figures.required_hours.and_then(|hours| rounded(hours, 6)),
            goal: rounded(figures.goal, 6),
            expected: figures.cover.and_then(|cover| cover.expected).and_then(|share| rounded(share, 6)),
        }
    }
}

#[derive(Serialize)]
struct RosterSummary {
    objective: f64,
    bound: f64,
    gap: Option<f64>,
    violations: u32,
    wages: f64,
    premiums: f64,
    short_cost: f64,
    over_cost: f64,
    preference_cost: f64,
    /// Only where heads are wanted apart from queues.
    #[serde(skip_serializing_if = "Option::is_none")]
    headcount_cost: Option<f64>,
    short_hours: Option<f64>,
    over_hours: Option<f64>,
    gap_beyond_wages: Option<f64>,
}

impl RosterSummary {
    /// A roster that reached this point has passed the checker, so `violations` is 0.
    fn of(rostered: &Rostered) -> Self {
        let (checked, cost) = (&rostered.checked, rostered.checked.cost());
        let counted = !rostered.workforce.headcounts.is_empty();
        Self {
            objective: cost.objective().as_f64(),
            bound: checked.bound().objective.as_f64(),
            gap: rounded(checked.gap(), 6),
            violations: 0,
            wages: cost.wages.as_f64(),
            premiums: cost.premiums.as_f64(),
            short_cost: cost.short.as_f64(),
            over_cost: cost.over.as_f64(),
            preference_cost: cost.preference.as_f64(),
            headcount_cost: counted.then(|| cost.headcount.as_f64()),
            short_hours: rounded(checked.short_hours(), 6),
            over_hours: rounded(checked.over_hours(), 6),
            gap_beyond_wages: rounded(checked.gap_beyond_wages(), 6),
        }
    }
}

pub(super) fn write(plan: &Plan) -> Result<Vec<u8>, OutputError> {
    let queues = plan
        .queues
        .iter()
        .enumerate()
        .map(|(index, queue)| (queue.id.as_str(), QueueSummary::of(figures::of_queue(plan, QueueIx(index)))));
    let summary = Summary {
        version: 1,
        queues: InOrder(queues.collect()),
        roster: plan.rostered.as_ref().map(RosterSummary::of),
    };
    super::json(&summary)
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
