//! Shifts, their pieces, and who serves which queue.

use std::fmt;
use std::str::FromStr;
use tr::tr;

use chrono::NaiveDate;

use super::ids::{ActivityId, AgentIx, GroupIx, QueueIx, ShiftId, SiteIx};
use super::span::Span;
use super::time::{Instant, IntervalGrid};
use super::units::{Minutes, Money};

/// What an agent does during a piece of a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Activity {
    /// Serves the queues open to the agent.
    Work,
    /// A paid break.
    Break,
    /// An unpaid meal.
    Meal,
    /// Attends a session of another kind: training, coaching, a meeting.
    Session {
        /// The kind.
        of: ActivityId,
        /// Whether its minutes are paid.
        is_paid: bool,
    },
}

impl Activity {
    /// Those that every workspace knows.
    pub const PLAIN: [Self; 3] = [Self::Work, Self::Break, Self::Meal];

    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Break => "break",
            Self::Meal => "meal",
            Self::Session { of, .. } => of.as_str(),
        }
    }

    /// What a word of a file says; any word but those for work and breaks is that of a session.
    #[must_use]
    pub fn named(word: &str, is_paid: bool) -> Self {
        let plain = Self::PLAIN.into_iter().find(|activity| activity.name() == word);
        plain.unwrap_or_else(|| Self::Session { of: ActivityId::new(word), is_paid })
    }

    /// Whether its minutes are paid.
    #[must_use]
    pub const fn is_paid(self) -> bool {
        match self {
            Self::Work | Self::Break => true,
            Self::Meal => false,
            Self::Session { is_paid, .. } => is_paid,
        }
    }
}

impl fmt::Display for Activity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How far a shift has come on its way to the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ShiftStatus {
    /// Planned; nobody has been told.
    #[default]
    Draft,
    /// The agent has been told and counts on it.
    Published,
}

impl ShiftStatus {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Draft, Self::Published];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
        }
    }
}

impl fmt::Display for ShiftStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ShiftStatus {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|status| status.name() == text).ok_or(UnknownWord(tr!("draft or published")))
    }
}

/// A word that files do not use there; carries what would do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown word; {0} would do")]
pub struct UnknownWord(String);

/// A stretch of one activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What is done.
    pub activity: Activity,
    /// When.
    pub span: Span,
}

/// One shift of one agent: pieces that follow each other without gaps, but for the one gap of a split shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Its name.
    pub id: ShiftId,
    /// Who works it.
    pub agent: AgentIx,
    /// Where.
    pub site: SiteIx,
    /// The site's date on which it starts.
    pub date: NaiveDate,
    /// Its pieces in order of time, at least one.
    pub pieces: Vec<Piece>,
    /// Whether the agent has been told.
    pub status: ShiftStatus,
    /// Whether it is to stay when the week is planned again; kept for those who do so, nothing here acts on it.
    pub locked: bool,
}

impl Shift {
    /// A shift as planned: a draft that may still change.
    #[must_use]
    pub fn draft(id: ShiftId, agent: AgentIx, site: SiteIx, date: NaiveDate, pieces: Vec<Piece>) -> Self {
        Self { id, agent, site, date, pieces, status: ShiftStatus::Draft, locked: false }
    }

    /// From the first piece's start to the last piece's end.
    #[must_use]
    pub fn span(&self) -> Span {
        span_of(&self.pieces)
    }

    /// The pieces on either side of the gap of a split shift; all of them where it is not split.
    pub fn parts(&self) -> impl Iterator<Item = &[Piece]> {
        parts(&self.pieces)
    }

    /// When the agent is there, breaks included.
    pub fn present(&self) -> impl Iterator<Item = Span> {
        self.parts().map(span_of)
    }

    /// Elapsed length of all parts; the gap of a split shift is not in it.
    #[must_use]
    pub fn length(&self) -> Minutes {
        self.present().map(|span| span.length()).sum()
    }

    /// Minutes of paid pieces.
    #[must_use]
    pub fn paid(&self) -> Minutes {
        self.pieces.iter().filter(|piece| piece.activity.is_paid()).map(|piece| piece.span.length()).sum()
    }

    /// Whether the agent serves queues at an instant.
    #[must_use]
    pub fn works_at(&self, at: Instant) -> bool {
        self.pieces
            .iter()
            .any(|piece| piece.activity == Activity::Work && piece.span.from <= at && at < piece.span.until)
    }
}

/// Pieces that follow each other without gaps.
pub fn parts(pieces: &[Piece]) -> impl Iterator<Item = &[Piece]> {
    pieces.chunk_by(|before, after| before.span.until == after.span.from)
}

/// From the first piece's start to the last piece's end; of at least one piece.
#[must_use]
pub fn span_of(pieces: &[Piece]) -> Span {
    Span { from: pieces[0].span.from, until: pieces[pieces.len() - 1].span.until }
}

/// Agents of a group who serve a queue during an interval; a fraction where minutes are shared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Whose time.
    pub group: GroupIx,
    /// For which queue.
    pub queue: QueueIx,
    /// How many heads, before their speed is counted.
    pub agents: f64,
}

/// A finished roster: legal or not is the checker's to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// The plan's intervals.
    pub grid: IntervalGrid,
    /// All shifts, ordered by agent, then start.
    pub shifts: Vec<Shift>,
    /// Per interval, how the heads at work are shared among queues.
    pub flows: Vec<Vec<Flow>>,
}

/// What payroll books a line under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PayClass {
    /// The hourly cost itself.
    Base,
    /// The share of the hourly cost that is paid for the gap of a split shift; its minutes are not paid minutes.
    Gap,
    /// A premium of the contract.
    Premium(String),
}

/// One line of payroll: minutes × rate, rounded once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayLine {
    /// Who is paid.
    pub agent: AgentIx,
    /// For which shift.
    pub shift: ShiftId,
    /// The shift's date.
    pub date: NaiveDate,
    /// Base or premium.
    pub class: PayClass,
    /// Minutes that the class pays.
    pub minutes: Minutes,
    /// Money per hour.
    pub rate: Money,
    /// What is due.
    pub amount: Money,
}

/// What a roster costs. Wages and premiums are paid; the rest are prices the planner set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RosterCost {
    /// Base pay.
    pub wages: Money,
    /// Premiums, and what is paid for the gaps of split shifts.
    pub premiums: Money,
    /// Price of agents missing in the plan's days.
    pub short: Money,
    /// Price of agents too many in the plan's days.
    pub over: Money,
    /// Price of agents missing and of too many after the plan's end.
    pub after_end: Money,
    /// Price of refused wishes.
    pub preference: Money,
    /// Price of sessions owed and not held.
    pub unplaced: Money,
    /// Price of burdens that lie unequally.
    pub fairness: Money,
    /// Price of days that are not as they were promised.
    pub changes: Money,
    /// Price of headcounts that are not as wanted.
    pub headcount: Money,
}

impl RosterCost {
    /// What is paid.
    #[must_use]
    pub fn labour(&self) -> Money {
        self.wages + self.premiums
    }

    /// The sum, which the optimiser minimises.
    #[must_use]
    pub fn objective(&self) -> Money {
        self.labour()
            + self.short
            + self.over
            + self.after_end
            + self.preference
            + self.unplaced
            + self.changes
            + self.fairness
            + self.headcount
    }
}

/// What the optimiser proved about the best possible roster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// No legal roster costs less than this.
    pub objective: Money,
    /// Wages and premiums that no legal roster can avoid.
    pub unavoidable_wages: Money,
}

impl Bound {
    /// Nothing is proved: every price there is is at least nothing.
    pub const NOTHING: Self = Self { objective: Money::ZERO, unavoidable_wages: Money::ZERO };
}
