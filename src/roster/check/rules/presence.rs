//! The agent is employed, available and not absent, and the site is open, from the start of a shift to its end; the gap of
//! a split shift is the agent's own time.

use chrono::Duration;
use tr::tr;

use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::span::Span;
use crate::domain::units::Minutes;
use crate::domain::workforce::Block;
use crate::roster::check::agent_shifts::AgentShifts;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let blocked = line.shifts.iter().filter_map(|shift| {
        let minutes = shift.present().map(|span| blocked_minutes(span, &line.agent.blocks)).sum();
        let detail = tr!("{minutes} of the shift fall in a time in which the agent cannot work", minutes);
        (minutes > Minutes::ZERO).then(|| line.broken(Rule::Presence, shift.date, Excess::Minutes(minutes), detail))
    });
    blocked.collect()
}

/// Minutes of a span that lie in at least one block; blocks may overlap, so each minute is asked.
fn blocked_minutes(span: Span, blocks: &[Block]) -> Minutes {
    let near: Vec<&Block> = blocks.iter().filter(|block| block.span.overlaps(&span)).collect();
    if near.is_empty() {
        return Minutes::ZERO;
    }
    let is_blocked = |minute: &i64| {
        let from = span.from + Duration::minutes(*minute);
        let minute = Span { from, until: from + Duration::minutes(1) };
        near.iter().any(|block| block.span.overlaps(&minute))
    };
    (0..span.length().get()).filter(is_blocked).map(|_| Minutes::new(1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::workforce::BlockReason;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn instance_with_blocks(blocks: &[(&str, &str)]) -> TinyInstance {
        let mut instance = TinyInstance::new(lenient());
        let block = |(from, until): &(&str, &str)| Block {
            span: Span { from: instance.at(from), until: instance.at(until) },
            reason: BlockReason::Unavailable,
        };
        let blocks = blocks.iter().map(block).collect();
        instance.workforce.agents[0].blocks = blocks;
        instance
    }

    #[test]
    fn minutes_in_two_overlapping_blocks_count_once() {
        // 8:00 to 12:00 against 9:30–11:00 and 10:30–11:30: two hours.
        let instance = instance_with_blocks(&[("mon 09:30", "mon 11:00"), ("mon 10:30", "mon 11:30")]);
        assert_eq!(instance.excess(violations, &["mon 08:00 wwww"]), [Excess::Minutes(Minutes::hours(2))]);
    }

    #[test]
    fn a_meal_does_not_make_up_for_an_absence() {
        let instance = instance_with_blocks(&[("mon 10:00", "mon 11:00")]);
        assert_eq!(instance.excess(violations, &["mon 08:00 wwmw"]), [Excess::Minutes(Minutes::hours(1))]);
    }

    #[test]
    fn a_shift_may_touch_a_block() {
        let instance = instance_with_blocks(&[("mon 06:00", "mon 08:00"), ("mon 12:00", "mon 20:00")]);
        assert_eq!(instance.excess(violations, &["mon 08:00 wwww"]), []);
    }
}
