//! What a value may say: from text to a domain value, or a refusal that tells what would be accepted.

mod clock_change;
mod refusal;
mod names;
mod number;
mod time;

pub(super) use clock_change::{absent_hour, repeated_hour};
pub(super) use names::{Index, choice, flag, id, known, text};
pub(super) use number::{above, money, number, point_instead, share, whole};
pub(super) use refusal::{Read, Refusal};
pub(super) use time::{clock, clock_span, date, hh_mm, instant, wall, weekday, zone};
