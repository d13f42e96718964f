//! What sessions cost at least within stretches of a date: a table over all starts and ends, filled once for its losses.

use std::ops::Range;

use super::sessions::{SessionBook, SessionKind};

/// The least losses of holding sessions within stretches of a date.
#[derive(Clone, Debug, Default)]
pub(crate) struct StretchTable {
    /// First slot of the date's shifts.
    pub(super) from: usize,
    /// Starts of stretches, and their lengths from zero.
    starts: usize,
    lengths: usize,
    /// Per content and stretch: kept apart from its start and its end, and from its start only.
    pub(super) within: Vec<f64>,
    pub(super) open: Vec<f64>,
    /// Per kind and slot what a session costs that starts there; above all figures where none may.
    losses: Vec<Vec<f64>>,
}

impl StretchTable {
    /// Fills the table for the slots of a date and stretches of at most `longest` slots; `loss(kind, slot)` is what a session costs that
    /// starts in a slot, where it may.
    pub(crate) fn fill(
        &mut self,
        book: &SessionBook,
        slots: Range<usize>,
        longest: usize,
        loss: impl Fn(usize, usize) -> f64,
    ) {
        (self.from, self.starts, self.lengths) = (slots.start, slots.len() + 1, longest.min(slots.len()) + 1);
        let cells = book.contents.len() * self.starts * self.lengths;
        for table in [&mut self.within, &mut self.open] {
            table.clear();
            table.resize(cells, f64::INFINITY);
        }
        let of_kind = |(at, kind): (usize, &SessionKind)| {
            let may = |slot: usize| kind.starts[slot] && slot + kind.slots <= slots.end;
            slots.clone().map(|slot| if may(slot) { loss(at, slot) } else { f64::INFINITY }).collect()
        };
        self.losses = book.kinds.iter().enumerate().map(of_kind).collect();
        for content in 1..book.contents.len() {
            for start in 0..self.starts {
                self.fill_row(book, content, start);
            }
        }
    }

    fn fill_row(&mut self, book: &SessionBook, content: usize, start: usize) {
        let row = self.cell(content, start, 0);
        for length in 1..self.lengths.min(self.starts - start) {
            let (mut within, mut open) = (self.within[row + length - 1], self.open[row + length - 1]);
            for &last in &book.lasts[content] {
                open = open.min(self.ending(book, last, start, length));
                if let Some(end) = length.checked_sub(book.kinds[last.0].apart) {
                    within = within.min(self.ending(book, last, start, end));
                }
            }
            self.within[row + length] = within;
            self.open[row + length] = open;
        }
    }

    /// The least loss where a session of one kind comes last, after the rest of a content, and ends so many slots after a stretch's start.
    pub(super) fn ending(&self, book: &SessionBook, (last, rest): (usize, usize), start: usize, end: usize) -> f64 {
        let kind = &book.kinds[last];
        let Some(offset) = end.checked_sub(kind.slots) else { return f64::INFINITY };
        let Some(loss) = self.losses[last].get(start + offset) else { return f64::INFINITY };
        let before = match rest {
            0 if offset >= kind.apart => 0.0,
            0 => f64::INFINITY,
            _ => self.open[self.cell(rest, start, offset)],
        };
        loss + before
    }

    pub(super) fn cell(&self, content: usize, start: usize, length: usize) -> usize {
        (content * self.starts + start) * self.lengths + length
    }

    /// The least loss of a content between two slots.
    pub(super) fn least(&self, content: usize, from: usize, until: usize) -> f64 {
        if content == 0 {
            return 0.0;
        }
        match (from.checked_sub(self.from), until.checked_sub(from)) {
            (Some(start), Some(length)) if start < self.starts && length < self.lengths.min(self.starts - start) => {
                self.within[self.cell(content, start, length)]
            }
            _ => f64::INFINITY,
        }
    }
}
