//! Two rosters compared: who moved, and what becomes of hours, money and service.
//!
//! | file | what it does |
//! |---|---|
//! | [`matching`] | which shift of the one is which of the other |
//! | [`change`](ShiftChange) | a shift that differs, and how |
//! | [`figures`](Figure) | hours, money and service before and after |
//! | [`difference`](RosterDifference), [`compare`] | all of it as a value |
//! | [`text`], [`tables`] | all of it in words, and as CSV |

mod change;
mod matching;
mod figures;
mod difference;
mod compare;
mod text;
mod tables;

pub use change::{Change, ShiftChange, ShiftTimes};
pub use compare::compare;
pub use difference::RosterDifference;
pub use figures::{Figure, FigureKind};
pub use tables::tables;
pub use text::text;
