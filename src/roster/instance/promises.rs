//! What an agent was told, as pricing sees it: what each shift of a date costs because it differs, and the shift that stays.

use crate::domain::labour::BreakKind;
use crate::domain::promise::{DayChange, PromisedDay};
use crate::domain::roster::{Activity, Piece};
use crate::domain::span::Span;

use super::breaks::{Pause, PlacedBreak};
use super::line::LineShift;
use super::sessions::SessionBook;
use super::shifts::{Candidate, ShiftLibrary};
use super::slots::SlotGrid;
use super::split_shifts::SplitPart;

/// A date of an agent as it was promised.
#[derive(Clone, Debug)]
pub(crate) struct Promise {
    /// The shift; none on a day off.
    pub(crate) shift: Option<LineShift>,
    /// Whether its breaks and sessions lie as they may.
    pub(crate) is_legal: bool,
    /// Whether it stays as it is.
    pub(crate) is_fixed: bool,
    /// What other breaks in the same shift cost, in the currency; infinite where it stays or has begun.
    pub(crate) other_breaks: f64,
    /// Minutes from the first slot before which no other shift starts.
    pub(super) not_before: i32,
    day: PromisedDay,
}

/// Per date of the plan what was promised, if anything was.
pub(super) fn promises(
    days: &[PromisedDay],
    library: &ShiftLibrary,
    book: Option<&SessionBook>,
    slot_grid: &SlotGrid,
) -> Vec<Option<Promise>> {
    let of_date = |(at, date): (usize, chrono::NaiveDate)| {
        let day = days.iter().find(|day| day.date == date)?;
        let shift = shift_of(at, &day.pieces, slot_grid);
        let has_begun = day.pieces.first().is_some_and(|first| first.span.from < day.not_before);
        let candidates = &library.days[at];
        let candidate = shift.as_ref().and_then(|shift| {
            let found = candidates.binary_search_by_key(&shift.key(), Candidate::key).ok()?;
            Some((shift, &candidates[found]))
        });
        Some(Promise {
            is_legal: candidate.is_some_and(|(shift, candidate)| lies_legally(shift, candidate, library, book)),
            shift,
            is_fixed: day.is_fixed,
            not_before: slot_grid.minute(day.not_before),
            other_breaks: if day.is_fixed || has_begun {
                f64::INFINITY
            } else {
                day.prices.of(DayChange::Breaks).as_f64()
            },
            day: day.clone(),
        })
    };
    if days.is_empty() {
        return vec![None; library.dates.len()];
    }
    library.dates.iter().map(|day| day.date).enumerate().map(of_date).collect()
}

impl Promise {
    /// Whether a candidate has the hours of the shift that was promised.
    pub(crate) fn keeps(&self, candidate: &Candidate) -> bool {
        self.shift.as_ref().is_some_and(|shift| shift.key() == candidate.key())
    }

    /// Whether the date cannot be off.
    pub(super) fn has_to_work(&self) -> bool {
        self.is_fixed && !self.day.pieces.is_empty()
    }

    /// What a day off costs, in the currency.
    pub(super) fn of_day_off(&self) -> f64 {
        self.day.price(&[]).as_f64()
    }

    /// What the hours of a candidate cost, other breaks left aside, in the currency.
    pub(super) fn of_hours(&self, candidate: &Candidate, slot_grid: &SlotGrid) -> f64 {
        if self.keeps(candidate) {
            return 0.0;
        }
        let work = |part: std::ops::Range<usize>| Piece {
            activity: Activity::Work,
            span: Span { from: slot_grid.instant(part.start), until: slot_grid.instant(part.end) },
        };
        let pieces: Vec<Piece> = candidate.present().map(work).collect();
        self.day.price(&pieces).as_f64()
    }
}

/// A shift in slots, as one of a line; none where it does not lie on them.
pub(crate) fn shift_of(day: usize, pieces: &[Piece], slot_grid: &SlotGrid) -> Option<LineShift> {
    let (first, last) = (pieces.first()?, pieces.last()?);
    let start = slot_grid.slot_at(first.span.from)?;
    let end = slot_grid.slot_at(last.span.until).or_else(|| {
        (slot_grid.minute(last.span.until) == slot_grid.start_minute(slot_grid.slots)).then_some(slot_grid.slots)
    })?;
    let mut breaks = Vec::new();
    let mut until = first.span.from;
    for piece in pieces {
        if piece.span.from > until {
            breaks.push(placed(Pause::Gap, Span { from: until, until: piece.span.from }, start, slot_grid)?);
        }
        let pause = match piece.activity {
            Activity::Work => None,
            Activity::Break => Some(Pause::Break(BreakKind::Paid)),
            Activity::Meal => Some(Pause::Break(BreakKind::Unpaid)),
            Activity::Session { of, is_paid } => Some(Pause::Session { of, is_paid }),
        };
        if let Some(pause) = pause {
            breaks.push(placed(pause, piece.span, start, slot_grid)?);
        }
        until = piece.span.until;
    }
    Some(LineShift { day, start, slots: end - start, breaks })
}

/// Whether the breaks and sessions of a shift lie as those of a candidate with its hours may.
pub(crate) fn lies_legally(
    shift: &LineShift,
    candidate: &Candidate,
    library: &ShiftLibrary,
    book: Option<&SessionBook>,
) -> bool {
    let parts = match candidate.split {
        None => vec![SplitPart { start: candidate.start, slots: candidate.slots, plan: candidate.plan }],
        Some(split) => split.parts.map(|part| library.parts[shift.day][part]).to_vec(),
    };
    parts.iter().all(|part| {
        let behind = part.start - candidate.start;
        let inside =
            shift.breaks.iter().filter(|of| of.pause != Pause::Gap && part.span().contains(&(shift.start + of.offset)));
        let of_part = inside.map(|of| PlacedBreak { offset: of.offset - behind, ..*of });
        let (breaks, sessions): (Vec<PlacedBreak>, Vec<PlacedBreak>) =
            of_part.partition(|of| matches!(of.pause, Pause::Break(_)));
        let may_be = |of: &PlacedBreak| book.is_some_and(|book| book.may_lie(of, shift.day, part, &breaks));
        library.plans[part.plan].holds(&breaks) && sessions.iter().all(may_be)
    })
}

fn placed(pause: Pause, span: Span, start: usize, slot_grid: &SlotGrid) -> Option<PlacedBreak> {
    let from = slot_grid.slot_at(span.from)?;
    let offset = from.checked_sub(start)?;
    Some(PlacedBreak { pause, offset, slots: slot_grid.slots_of(span.length()) })
}
