//! Labels of [`super::resource_constrained`] before a date, sorted into cells of one state and as many units.

use crate::roster::instance::counters::{CounterValues, WatchedLimits};

use super::completion_bound::CompletionBound;
use super::fallback_line::PrefixState;
use super::resource_windows::ResourceWindow;

/// What matters of a line so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct ResourceLabel {
    pub(crate) cost: f64,
    /// End of the last shift, minutes from the first slot, or a later time by which nothing is lost.
    pub(crate) end: i32,
    /// Paid units of the settlement period so far.
    pub(crate) units: i32,
    pub(crate) counts: CounterValues,
    /// What the counts cost so far at the prices of a [`super::completion_bound`], less what their limits are worth.
    pub(crate) priced: f64,
    pub(super) label: u32,
    /// The next entry of the same cell.
    pub(crate) next: u32,
}

/// How the units of labels are told apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitCells {
    /// Least and most units.
    pub(crate) least: i32,
    pub(crate) most: i32,
    /// How many neighbouring units share a cell.
    pub(super) grain: i32,
    /// What a unit costs at the prices of a [`super::completion_bound`].
    pub(crate) price: f64,
}

impl Default for UnitCells {
    fn default() -> Self {
        Self { least: 0, most: 0, grain: 1, price: 0.0 }
    }
}

impl UnitCells {
    /// How many there are.
    fn count(&self) -> usize {
        usize::try_from((self.most - self.least) / self.grain + 1).ok().filter(|_| self.most >= self.least).unwrap_or(0)
    }

    /// The one of some units.
    fn of(&self, units: i32) -> Option<usize> {
        let is_within = (self.least..=self.most).contains(&units);
        usize::try_from((units - self.least) / self.grain).ok().filter(|_| is_within)
    }

    /// What an entry comes to so far, its counts and units at their prices.
    fn worth(&self, entry: &ResourceLabel) -> f64 {
        entry.cost + entry.priced + self.price * f64::from(entry.units)
    }
}

/// Labels before a date, by state, whether the week has had its long rest, and units.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelBuckets {
    pub(crate) heads: Vec<u32>,
    pub(crate) entries: Vec<ResourceLabel>,
    pub(crate) unit_cells: UnitCells,
    /// How many columns there are.
    pub(crate) width: usize,
}

pub(crate) const NONE: u32 = u32::MAX;

pub(super) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}

/// What an entry is kept by: the limits watched, and how many of a cell are kept, those that come to least.
pub(super) type Keep<'a> = (&'a WatchedLimits, usize);

impl LabelBuckets {
    pub(crate) fn clear(&mut self, states: usize, unit_cells: UnitCells) {
        (self.unit_cells, self.width) = (unit_cells, unit_cells.count());
        self.entries.clear();
        self.heads.clear();
        self.heads.resize(2 * states * self.width, NONE);
    }

    /// Keeps an entry unless one of its cell is as good, and tells whether; drops those that are no better.
    pub(crate) fn offer(&mut self, (watched, most): Keep<'_>, place: usize, entry: ResourceLabel) -> bool {
        let unit_cells = self.unit_cells;
        let Some(cell) = unit_cells.of(entry.units) else { return false };
        let head = place * self.width + cell;
        let (mut before, mut at) = (NONE, self.heads[head]);
        let (mut kept, mut dearest) = (0, NONE);
        while at != NONE {
            let known = self.entries[at as usize];
            let alike = known.units == entry.units;
            if alike
                && known.cost <= entry.cost
                && known.end <= entry.end
                && watched.no_more(known.counts, entry.counts)
            {
                return false;
            }
            if alike
                && entry.cost <= known.cost
                && entry.end <= known.end
                && watched.no_more(entry.counts, known.counts)
            {
                match before {
                    NONE => self.heads[head] = known.next,
                    before => self.entries[before as usize].next = known.next,
                }
            } else {
                before = at;
                kept += 1;
                if dearest == NONE || unit_cells.worth(&known) > unit_cells.worth(&self.entries[dearest as usize]) {
                    dearest = at;
                }
            }
            at = known.next;
        }
        if kept >= most {
            let dearest = &mut self.entries[dearest as usize];
            if unit_cells.worth(dearest) <= unit_cells.worth(&entry) {
                return false;
            }
            *dearest = ResourceLabel { next: dearest.next, ..entry };
            return true;
        }
        self.entries.push(ResourceLabel { next: self.heads[head], ..entry });
        self.heads[head] = small(self.entries.len() - 1);
        true
    }

    /// The cheapest entry of a state, rested or not.
    pub(crate) fn cheapest(&self, state: usize) -> Option<&ResourceLabel> {
        self.of(2 * state).chain(self.of(2 * state + 1)).min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// All entries.
    pub(crate) fn all(&self) -> impl Iterator<Item = &ResourceLabel> {
        (0..self.heads.len().checked_div(self.width).unwrap_or(0)).flat_map(|place| self.of(place))
    }

    /// The entries of a state.
    pub(crate) fn of(&self, place: usize) -> impl Iterator<Item = &ResourceLabel> {
        let heads = &self.heads[place * self.width..(place + 1) * self.width];
        heads.iter().flat_map(|&head| {
            std::iter::successors(self.entries.get(head as usize), |entry| self.entries.get(entry.next as usize))
        })
    }
}

/// Labels before the date in hand and after it, and by what they are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct BucketSearch {
    pub(crate) now: LabelBuckets,
    pub(crate) next: LabelBuckets,
    pub(super) windows: Vec<ResourceWindow>,
    /// A label at least so dear is of no use.
    pub(crate) limit: f64,
    /// The limits that labels look at.
    pub(crate) watched: WatchedLimits,
    /// What the rest of a line costs at least, where that is known.
    pub(super) completion: Option<CompletionBound>,
    /// Entries kept of a cell, at most.
    pub(crate) most: usize,
    /// How many neighbouring units share a cell.
    pub(super) grain: i32,
}

impl BucketSearch {
    /// A single label.
    pub(crate) fn start(&mut self, states: usize, at: &PrefixState) {
        self.now.clear(states, UnitCells { least: at.units, most: at.units, ..UnitCells::default() });
        let PrefixState { state, cost, end, units, counts } = *at;
        let priced = self.completion.as_ref().map_or(0.0, CompletionBound::unused);
        self.now.offer(
            (&self.watched, self.most),
            2 * state,
            ResourceLabel { cost, end, units, counts, priced, label: NONE, next: NONE },
        );
    }
}
