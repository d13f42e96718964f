//! Labels of [`super::label_setting`] before a date, by state: those that no other is as good as, by their ends.

/// What matters of a line so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenLabel {
    /// End of the last shift, minutes from the first slot.
    pub(crate) end: i32,
    pub(crate) cost: f64,
    pub(super) label: u32,
}

/// The cheapest way to a state by a shift that ends at some time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(crate) cost: f64,
    pub(super) parent: u32,
    pub(crate) choice: u32,
}

/// No way yet.
pub(super) const EMPTY: Cell = Cell { cost: f64::INFINITY, parent: 0, choice: 0 };

/// Labels before the date in hand and after it, and room to find them.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelLists {
    /// The span of the clock, ends included, in which shifts of the week under way start.
    pub(crate) clock: (u16, u16),
    /// Per state and whether the week has had its long rest: `lists[2 × state + rested]`.
    pub(crate) now: Vec<Vec<OpenLabel>>,
    /// The same after the date.
    pub(crate) next: Vec<Vec<OpenLabel>>,
    /// `cells[(2 × state + rested) × ends + end]`.
    pub(super) cells: Vec<Cell>,
}

/// Sorts by end and keeps what is cheaper than everything that ended before.
pub(super) fn keep_undominated(list: &mut Vec<OpenLabel>) {
    list.sort_unstable_by(|a, b| a.end.cmp(&b.end).then(a.cost.total_cmp(&b.cost)).then(a.label.cmp(&b.label)));
    let mut best = f64::INFINITY;
    list.retain(|entry| {
        let better = entry.cost < best;
        best = best.min(entry.cost);
        better
    });
}
