//! Days that are not as they were promised, and why.

use crate::domain::ids::{ActivityId, AgentIx};
use crate::domain::promise::{DayChange, PromisedDay};
use crate::domain::roster::{Activity, Piece, span_of};
use crate::domain::span::Span;
use crate::domain::units::Money;
use crate::domain::workforce::Agent;
use crate::plan::Rostered;
use tr::tr;

/// A day that is not as it was promised.
#[derive(Clone, Debug)]
pub(super) struct Replanned<'a> {
    pub(super) agent: AgentIx,
    pub(super) promised: &'a PromisedDay,
    pub(super) change: DayChange,
    /// The shift now; nothing on a day off.
    pub(super) pieces: &'a [Piece],
    pub(super) price: Money,
    pub(super) why: Why,
    /// Whose promised shifts at the same time nobody works now.
    pub(super) instead_of: Vec<AgentIx>,
}

/// Why a day was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// The agent cannot work what was promised.
    Absent,
    /// Others do not work what they were promised.
    Covers,
    /// The agent's own hours after another change.
    Hours,
    /// Sessions are held in it that were not promised, or no longer are.
    Sessions,
    /// More or fewer people are needed.
    Service,
}

impl Why {
    /// The word used in files.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Covers => "covers",
            Self::Hours => "hours",
            Self::Sessions => "sessions",
            Self::Service => "service",
        }
    }
}

/// All days that are not as they were promised, by agent, then date.
pub(super) fn replanned(rostered: &Rostered) -> Vec<Replanned<'_>> {
    let agents = &rostered.workforce.agents;
    let mut changes: Vec<Replanned<'_>> = Vec::new();
    for (at, agent) in agents.iter().enumerate() {
        let own: Vec<_> = rostered.checked.roster().shifts.iter().filter(|shift| shift.agent.0 == at).collect();
        for promised in &agent.promised {
            let pieces = own.iter().find(|shift| shift.date == promised.date).map_or(&[][..], |shift| &shift.pieces);
            let Some(change) = promised.change(pieces) else { continue };
            let why = if is_absent(agent, promised) {
                Why::Absent
            } else if sessions(&promised.pieces) == sessions(pieces) {
                Why::Service
            } else {
                Why::Sessions
            };
            let (price, instead_of) = (promised.prices.of(change), Vec::new());
            changes.push(Replanned { agent: AgentIx(at), promised, change, pieces, price, why, instead_of });
        }
    }
    explain(&mut changes, agents);
    changes
}

/// What became of the roster that people were told, in a sentence.
#[must_use]
pub fn changes_told(rostered: &Rostered) -> String {
    let changes = replanned(rostered);
    let of = |is: &dyn Fn(&Replanned<'_>) -> bool| changes.iter().filter(|of| is(of)).count();
    let promised = rostered.workforce.agents.iter().flat_map(|agent| &agent.promised);
    let promised = promised.filter(|day| !day.pieces.is_empty()).count();
    let absent = of(&|of| of.why == Why::Absent);
    let breaks = of(&|of| of.change == DayChange::Breaks);
    tr!(
        "of {promised} shifts promised {absent} cannot be worked; {} others and days off were changed, in {breaks} shifts only breaks; replanned.csv says whose",
        changes.len() - absent - breaks,
        promised,
        absent,
        breaks
    )
}

/// The kinds of the sessions in a shift, in order.
fn sessions(pieces: &[Piece]) -> Vec<ActivityId> {
    let of = |piece: &Piece| match piece.activity {
        Activity::Session { of, .. } => Some(of),
        Activity::Work | Activity::Break | Activity::Meal => None,
    };
    let mut kinds: Vec<ActivityId> = pieces.iter().filter_map(of).collect();
    kinds.sort_unstable();
    kinds
}

/// Whether something keeps the agent from the shift that was promised.
fn is_absent(agent: &Agent, promised: &PromisedDay) -> bool {
    let mut blocks = agent.blocks.iter();
    !promised.pieces.is_empty() && blocks.any(|block| block.span.overlaps(&span_of(&promised.pieces)))
}

/// Finds who stands in for whom: a shift that is new at a time at which somebody else's is gone who takes the same queues.
fn explain(changes: &mut [Replanned<'_>], agents: &[Agent]) {
    let gone: Vec<(AgentIx, Span)> =
        changes.iter().filter(|of| of.why == Why::Absent).map(|of| (of.agent, span_of(&of.promised.pieces))).collect();
    let shares = |a: AgentIx, b: AgentIx| agents[a.0].skills.iter().any(|skill| agents[b.0].skills.contains(skill));
    let absent: Vec<AgentIx> = gone.iter().map(|(agent, _)| *agent).collect();
    for of in changes.iter_mut().filter(|of| of.why == Why::Service && !of.pieces.is_empty()) {
        if of.change == DayChange::Breaks {
            continue;
        }
        let now = span_of(of.pieces);
        let meets = |(agent, span): &&(AgentIx, Span)| span.overlaps(&now) && shares(*agent, of.agent);
        of.instead_of = gone.iter().filter(meets).map(|(agent, _)| *agent).collect();
        if !of.instead_of.is_empty() {
            of.why = Why::Covers;
        }
    }
    let moved: Vec<AgentIx> = changes.iter().filter(|of| of.why == Why::Covers).map(|of| of.agent).collect();
    for of in changes.iter_mut().filter(|of| of.why == Why::Service && of.change != DayChange::Breaks) {
        if absent.contains(&of.agent) || moved.contains(&of.agent) {
            of.why = Why::Hours;
        }
    }
}
