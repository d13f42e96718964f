//! How wishes enter the price of shifts.
//!
//! A wish for time off is refused when a shift overlaps it, a wish for work when none does. A wish that shifts
//! of one date alone can touch is priced with the shift; one that spans dates is remembered by the state graph.

use crate::domain::span::Span;
use crate::domain::workforce::{Wish, WishKind};

use super::shifts::{Candidate, ShiftLibrary};
use super::slots::SlotGrid;

/// Wishes over several dates that are remembered exactly; any more are priced from below.
const REMEMBERED_WISHES: usize = 6;

/// How wishes enter the price of shifts.
pub(super) struct WishBook {
    pub(super) base: f64,
    own: Vec<(Span, f64)>,
    remembered: Vec<Span>,
    pub(super) tolls: Vec<f64>,
    pub(super) last_day: Vec<usize>,
}

impl WishBook {
    pub(super) fn new(wishes: &[Wish], library: &ShiftLibrary, allowed: &[Vec<usize>], slot_grid: &SlotGrid) -> Self {
        let mut book =
            Self { base: 0.0, own: Vec::new(), remembered: Vec::new(), tolls: Vec::new(), last_day: Vec::new() };
        for wish in wishes {
            let touches =
                |day: usize| allowed[day].iter().any(|&c| overlaps_any(&[wish.span], &library.days[day][c], slot_grid));
            let days: Vec<usize> = (0..allowed.len()).filter(|&day| touches(day)).collect();
            let price = wish.price.as_f64();
            let toll = match wish.kind {
                WishKind::Off => price,
                WishKind::Work => {
                    book.base += price;
                    -price
                }
            };
            match days.as_slice() {
                [] => {}
                [_] => book.own.push((wish.span, toll)),
                [.., last] if book.remembered.len() < REMEMBERED_WISHES => {
                    book.remembered.push(wish.span);
                    book.tolls.push(toll);
                    book.last_day.push(*last);
                }
                // Below the true price: refused time off is spread over its dates, work met twice is saved twice.
                several => book.own.push((wish.span, if toll > 0.0 { toll / several.len() as f64 } else { toll })),
            }
        }
        book
    }

    /// What a shift costs by its wishes, and which remembered wishes it meets.
    pub(super) fn of(&self, candidate: &Candidate, slot_grid: &SlotGrid) -> (f64, u32) {
        let touches = |wished: &Span| overlaps_any(&[*wished], candidate, slot_grid);
        let own = self.own.iter().filter(|(wished, _)| touches(wished)).map(|(_, price)| price).sum();
        let met = self.remembered.iter().enumerate().filter(|(_, wished)| touches(wished));
        (own, met.fold(0, |mask, (wish, _)| mask | (1 << wish)))
    }
}

/// The times in which the agent of a candidate is there, breaks included.
fn times_of(candidate: &Candidate, slot_grid: &SlotGrid) -> impl Iterator<Item = Span> {
    candidate.present().map(|part| Span { from: slot_grid.instant(part.start), until: slot_grid.instant(part.end) })
}

/// Whether a candidate has a time in common with some of these; the gap of a split shift is nobody's.
pub(super) fn overlaps_any(spans: &[Span], candidate: &Candidate, slot_grid: &SlotGrid) -> bool {
    times_of(candidate, slot_grid).any(|time| spans.iter().any(|span| span.overlaps(&time)))
}
