//! Where sessions fall in a shift, together with its breaks: the best places for given losses, by dynamic programming.
//!
//! Breaks cut a part of a shift into stretches. What sessions cost in a stretch is read from a table ([`super::stretches`]); what a shift holds is then shared among its stretches while the breaks are placed, so that both are at their best
//! together.

use super::breaks::{BreakPlan, BreakSlot, Pause, PlacedBreak};
use super::sessions::SessionBook;
use super::shifts::{Candidate, ShiftLibrary};
use super::split_shifts::SplitPart;
use super::stretches::StretchTable;

/// Scratch space: the best sums of a part's breaks, each with what was held before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlacingTable {
    /// The part's start, if the rows are of one.
    start: Option<usize>,
    /// Per break its first row; a row is one offset and content.
    firsts: Vec<usize>,
    rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    gain: f64,
    /// Offset of the break.
    offset: usize,
    /// The row of the break before it, and what is held between the two.
    before: usize,
    between: usize,
}

const NONE: usize = usize::MAX;

/// A part of a shift whose breaks and sessions are to be placed.
pub(crate) struct Placing<'a> {
    pub(crate) book: &'a SessionBook,
    pub(crate) plan: &'a BreakPlan,
    pub(crate) stretches: &'a StretchTable,
    /// First slot of the part.
    pub(crate) start: usize,
}

impl Placing<'_> {
    /// Sums up to the part's last break, whatever its length; `gain(break, offset)` is that of one break.
    pub(crate) fn prepare(&self, gain: impl Fn(&BreakSlot, usize) -> f64, table: &mut PlacingTable) {
        if table.start == Some(self.start) {
            return;
        }
        table.start = Some(self.start);
        table.firsts.clear();
        table.rows.clear();
        let mut before: Option<(usize, &BreakSlot)> = None;
        for slot in &self.plan.breaks {
            let first = table.rows.len();
            for offset in slot.earliest..=slot.latest {
                let own = gain(slot, offset);
                for content in 0..self.book.contents.len() {
                    let mut best = Row { gain: f64::NEG_INFINITY, offset, before: NONE, between: content };
                    match before {
                        None => best.gain = own - self.stretches.least(content, self.start, self.start + offset),
                        Some((rows, previous)) => {
                            self.extend(&mut best, own, (rows, previous), &table.rows[..first]);
                        }
                    }
                    table.rows.push(best);
                }
            }
            table.firsts.push(first);
            before = Some((first, slot));
        }
    }

    /// The best row of the break before for a break at an offset with a content before it, which is in `best.between`.
    fn extend(&self, best: &mut Row, own: f64, (first, previous): (usize, &BreakSlot), rows: &[Row]) {
        let contents = self.book.contents.len();
        let content = best.between;
        for (at, offset) in (previous.earliest..=previous.latest).enumerate() {
            let end = offset + previous.slots;
            if end + self.plan.apart > best.offset {
                break;
            }
            for &(earlier, between) in &self.book.splits[content] {
                let row = first + at * contents + earlier;
                let loss = self.stretches.least(between, self.start + end, self.start + best.offset);
                let sum = rows[row].gain + own - loss;
                if sum > best.gain {
                    *best = Row { gain: sum, before: row, between, ..*best };
                }
            }
        }
    }

    /// The largest sum for a part of so many slots that holds a content; below all figures where it cannot.
    pub(crate) fn best(&self, slots: usize, content: usize, table: &PlacingTable) -> f64 {
        self.last(slots, content, table).0
    }

    /// The largest sum, the row of the last break and what is held after it.
    fn last(&self, slots: usize, content: usize, table: &PlacingTable) -> (f64, usize, usize) {
        let end = self.start + slots;
        let Some((&first, slot)) = table.firsts.last().zip(self.plan.breaks.last()) else {
            return (-self.stretches.least(content, self.start, end), NONE, content);
        };
        let contents = self.book.contents.len();
        let mut best = (f64::NEG_INFINITY, NONE, 0);
        for (at, offset) in (slot.earliest..=slot.latest).enumerate() {
            for &(earlier, after) in &self.book.splits[content] {
                let row = first + at * contents + earlier;
                let sum = table.rows[row].gain - self.stretches.least(after, self.start + offset + slot.slots, end);
                if sum > best.0 {
                    best = (sum, row, after);
                }
            }
        }
        best
    }

    /// Breaks and sessions in order, where [`Self::best`] has them.
    pub(crate) fn placed(&self, slots: usize, content: usize, table: &PlacingTable) -> Vec<PlacedBreak> {
        let (_, mut row, mut held) = self.last(slots, content, table);
        let mut end = self.start + slots;
        let mut placed = Vec::new();
        let mut breaks = self.plan.breaks.iter().rev();
        loop {
            let slot = breaks.next();
            let found = slot.and_then(|slot| Some((slot, table.rows.get(row)?)));
            let from = found.map_or(self.start, |(slot, row)| self.start + row.offset + slot.slots);
            self.sessions_within(held, from, end, &mut placed);
            let Some((slot, at)) = found else { break };
            placed.push(PlacedBreak { pause: Pause::Break(slot.kind), offset: at.offset, slots: slot.slots });
            (row, held, end) = (at.before, at.between, self.start + at.offset);
        }
        placed.sort_by_key(|placed| placed.offset);
        placed
    }

    /// The sessions of a content in a stretch, the last first.
    fn sessions_within(&self, content: usize, from: usize, until: usize, placed: &mut Vec<PlacedBreak>) {
        let table = self.stretches;
        let (mut content, mut until, mut is_last) = (content, until, true);
        while content != 0 {
            let start = from - table.from;
            let row = table.cell(content, start, 0);
            let figures = if is_last { &table.within } else { &table.open };
            // In the shortest stretch with the same figure, the last session ends as late as it may.
            let wanted = figures[row + until - from];
            let Some(length) = (0..=until - from).find(|&length| figures[row + length] <= wanted) else { return };
            let ends = |&&last: &&(usize, usize)| {
                let end = length.checked_sub(if is_last { self.book.kinds[last.0].apart } else { 0 });
                end.is_some_and(|end| table.ending(self.book, last, start, end) <= wanted)
            };
            let Some(&(kind, rest)) = self.book.lasts[content].iter().find(ends) else { return };
            let of = &self.book.kinds[kind];
            until = from + length - of.slots - if is_last { of.apart } else { 0 };
            let pause = Pause::Session { of: of.activity, is_paid: of.is_paid };
            placed.push(PlacedBreak { pause, offset: until - self.start, slots: of.slots });
            (content, is_last) = (rest, false);
        }
    }
}

/// What the shifts of an agent can hold: per date and allowed candidate the contents that find a place, as positions; nothing is
/// always among them and comes first.
pub(super) fn contents(
    book: Option<&SessionBook>,
    library: &ShiftLibrary,
    allowed: &[Vec<usize>],
) -> Vec<Vec<Vec<usize>>> {
    let mut places = SessionPlaces::default();
    let of_day = |(day, allowed): (usize, &Vec<usize>)| {
        let owed: Vec<usize> = book.map_or_else(Vec::new, |book| book.on(day).collect());
        let Some(book) = book.filter(|_| !owed.is_empty()) else { return vec![vec![0]; allowed.len()] };
        let candidates = || allowed.iter().map(|&at| &library.days[day][at]);
        places.open(book, candidates(), |_, _| 0.0);
        let mut contents = Vec::with_capacity(allowed.len());
        for candidate in candidates() {
            let fits = |&content: &usize| places.gain(book, library, (day, candidate), content, |_, _| 0.0).is_finite();
            let held = owed.iter().copied().filter(fits);
            contents.push(std::iter::once(0).chain(held).collect());
        }
        contents
    };
    allowed.iter().enumerate().map(of_day).collect()
}

/// Scratch space to place the breaks and sessions of a date's shifts.
#[derive(Clone, Debug, Default)]
pub(crate) struct SessionPlaces {
    stretches: StretchTable,
    /// One per break plan.
    tables: Vec<PlacingTable>,
}

impl SessionPlaces {
    /// Begins a date whose shifts are these candidates; `loss(kind, slot)` is what a session costs that starts in a slot.
    pub(crate) fn open<'a>(
        &mut self,
        book: &SessionBook,
        candidates: impl Iterator<Item = &'a Candidate> + Clone,
        loss: impl Fn(usize, usize) -> f64,
    ) {
        let from = candidates.clone().map(|candidate| candidate.start).min().unwrap_or(0);
        let until = candidates.clone().map(|candidate| candidate.start + candidate.slots).max().unwrap_or(from);
        let longest = candidates.map(|candidate| candidate.slots).max().unwrap_or(0);
        self.stretches.fill(book, from..until, longest, loss);
        self.tables.iter_mut().for_each(|table| table.start = None);
    }

    /// The largest sum of gains of a candidate that holds a content: those of its breaks, `gain(break, first slot)`, less the losses of
    /// its sessions; below all figures where it cannot hold it.
    pub(crate) fn gain(
        &mut self,
        book: &SessionBook,
        library: &ShiftLibrary,
        (day, candidate): (usize, &Candidate),
        content: usize,
        gain: impl Fn(&BreakSlot, usize) -> f64,
    ) -> f64 {
        let mut of_part = |part: SplitPart, content: usize| {
            let (placing, table) = self.prepared(book, library, part, &gain);
            placing.best(part.slots, content, table)
        };
        match candidate.split {
            None => of_part(whole(candidate), content),
            Some(split) => {
                let [first, second] = split.parts.map(|part| library.parts[day][part]);
                let shared = book.splits[content].iter().map(|&(a, b)| of_part(first, a) + of_part(second, b));
                shared.fold(f64::NEG_INFINITY, f64::max)
            }
        }
    }

    /// Breaks, sessions and the gap of a candidate where [`Self::gain`] has them, offsets from its start.
    pub(crate) fn placed(
        &mut self,
        book: &SessionBook,
        library: &ShiftLibrary,
        (day, candidate): (usize, &Candidate),
        content: usize,
        gain: impl Fn(&BreakSlot, usize) -> f64,
    ) -> Vec<PlacedBreak> {
        let Some(split) = candidate.split else {
            return self.placed_in(book, library, whole(candidate), content, &gain).1;
        };
        let [first, second] = split.parts.map(|part| library.parts[day][part]);
        let mut best = (f64::NEG_INFINITY, Vec::new());
        for &(a, b) in &book.splits[content] {
            let (of_first, mut breaks) = self.placed_in(book, library, first, a, &gain);
            let (of_second, more) = self.placed_in(book, library, second, b, &gain);
            if of_first + of_second > best.0 {
                breaks.push(PlacedBreak { pause: Pause::Gap, offset: split.offset, slots: split.slots });
                let behind = second.start - first.start;
                breaks.extend(more.into_iter().map(|of| PlacedBreak { offset: of.offset + behind, ..of }));
                best = (of_first + of_second, breaks);
            }
        }
        best.1
    }

    fn placed_in(
        &mut self,
        book: &SessionBook,
        library: &ShiftLibrary,
        part: SplitPart,
        content: usize,
        gain: &impl Fn(&BreakSlot, usize) -> f64,
    ) -> (f64, Vec<PlacedBreak>) {
        let (placing, table) = self.prepared(book, library, part, gain);
        let best = placing.best(part.slots, content, table);
        (best, if best.is_finite() { placing.placed(part.slots, content, table) } else { Vec::new() })
    }

    /// The part of a shift, and its table with the sums up to its last break.
    fn prepared<'a>(
        &'a mut self,
        book: &'a SessionBook,
        library: &'a ShiftLibrary,
        part: SplitPart,
        gain: &impl Fn(&BreakSlot, usize) -> f64,
    ) -> (Placing<'a>, &'a PlacingTable) {
        let Self { stretches, tables } = self;
        if tables.len() < library.plans.len() {
            tables.resize_with(library.plans.len(), PlacingTable::default);
        }
        let placing = Placing { book, plan: &library.plans[part.plan], stretches, start: part.start };
        let table = &mut tables[part.plan];
        placing.prepare(|slot, offset| gain(slot, part.start + offset), table);
        (placing, table)
    }
}

/// A candidate that is not split, as a part.
fn whole(candidate: &Candidate) -> SplitPart {
    SplitPart { start: candidate.start, slots: candidate.slots, plan: candidate.plan }
}
