//! Night shifts of the roster before that reach into the plan: heads that are there whatever is planned.

use std::ops::Range;

use crate::domain::span::Span;
use crate::roster::problem::RosterProblem;

use super::slots::SlotGrid;

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
    pub(crate) fn new(problem: &RosterProblem<'_>, slot_grid: &SlotGrid) -> Self {
        let mut carried = Self::default();
        for agent in &problem.workforce.agents {
            for span in agent.before.at_work() {
                let whole = whole_slots(&span, slot_grid);
                carried.heads.extend(whole.filter_map(|slot| slot_grid.interval_of(slot)).map(|t| (t, agent.group.0)));
            }
            carried.seated.extend(agent.before.present().map(|span| (agent.site.0, touched_slots(&span, slot_grid))));
        }
        carried
    }
}

/// Slots that lie wholly within a time.
pub(super) fn whole_slots(span: &Span, slot_grid: &SlotGrid) -> Range<usize> {
    let up = |minute: i32| (minute.max(0) + slot_grid.interval - 1) / slot_grid.interval;
    slots(up(slot_grid.minute(span.from)), slot_grid.minute(span.until).max(0) / slot_grid.interval, slot_grid)
}

/// Slots that a time touches.
fn touched_slots(span: &Span, slot_grid: &SlotGrid) -> Range<usize> {
    let up = |minute: i32| (minute.max(0) + slot_grid.interval - 1) / slot_grid.interval;
    slots(slot_grid.minute(span.from).max(0) / slot_grid.interval, up(slot_grid.minute(span.until)), slot_grid)
}

fn slots(from: i32, until: i32, slot_grid: &SlotGrid) -> Range<usize> {
    let slot = |number: i32| usize::try_from(number).unwrap_or(0).min(slot_grid.slots);
    slot(from)..slot(until)
}
