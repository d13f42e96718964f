//! Night shifts of the roster before that reach into the plan: heads that are there whatever is planned.

use std::ops::Range;

use crate::domain::workforce::Span;
use crate::roster::problem::RosterProblem;

use super::slots::Axis;

/// What the shifts begun before the plan still give and take.
#[derive(Clone, Debug, Default)]
pub(crate) struct Carried {
    /// Interval of the plan and group of every head at work throughout the interval.
    pub(crate) heads: Vec<(usize, usize)>,
    /// Site and slots of everyone who is there, breaks included.
    pub(crate) seated: Vec<(usize, Range<usize>)>,
}

impl Carried {
    /// Reads what the agents bring along.
    pub(crate) fn new(problem: &RosterProblem<'_>, axis: &Axis) -> Self {
        let mut carried = Self::default();
        for agent in &problem.workforce.agents {
            for span in agent.before.at_work() {
                let whole = whole_slots(&span, axis);
                carried.heads.extend(whole.filter_map(|slot| axis.in_grid(slot)).map(|t| (t, agent.group.0)));
            }
            carried.seated.extend(agent.before.present().map(|span| (agent.site.0, touched_slots(&span, axis))));
        }
        carried
    }
}

/// Slots that lie wholly within a time.
pub(super) fn whole_slots(span: &Span, axis: &Axis) -> Range<usize> {
    let up = |minute: i32| (minute.max(0) + axis.interval - 1) / axis.interval;
    slots(up(axis.minute(span.from)), axis.minute(span.until).max(0) / axis.interval, axis)
}

/// Slots that a time touches.
fn touched_slots(span: &Span, axis: &Axis) -> Range<usize> {
    let up = |minute: i32| (minute.max(0) + axis.interval - 1) / axis.interval;
    slots(axis.minute(span.from).max(0) / axis.interval, up(axis.minute(span.until)), axis)
}

fn slots(from: i32, until: i32, axis: &Axis) -> Range<usize> {
    let slot = |number: i32| usize::try_from(number).unwrap_or(0).min(axis.slots);
    slot(from)..slot(until)
}
