//! A basis of the network of heads and queues ([`super::transport`]), its prices' equations and its flows.
//!
//! Each group has a *key* arc that is always basic and takes what its other basic arcs leave (generalised upper
//! bounding, Dantzig & Van Slyke 1967). A queue's work lies *within* a piece of its cost, is basic then and sets the
//! price, or stands *at* the start of one, with a price between the slopes on both sides. There are as many queues of the
//! second kind as basic arcs that are no keys; the working basis is only those rows and columns. It is factored anew at
//! each pivot: it is tiny, and only what names it is remembered.

use super::basis_factors::BasisFactors;
use super::transport::HeadSupply;

/// Room for no arc, in a stored basis.
const NONE: u16 = u16::MAX;
/// A queue that is no row of the working basis.
const NO_ROW: usize = usize::MAX;

/// Where the work of a queue lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkPosition {
    /// Anywhere in a piece: basic.
    Within(usize),
    /// At the start of a piece.
    At(usize),
}

/// What is basic, the flows that follow, and room to work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Basis {
    /// Per group its key arc.
    pub(crate) key: Vec<usize>,
    /// Basic arcs that are no keys.
    pub(super) extra: Vec<usize>,
    /// Per queue.
    pub(crate) place: Vec<WorkPosition>,
    /// Queues at the start of a piece: the rows of the working basis.
    rows: Vec<usize>,
    /// Per queue its row.
    row: Vec<usize>,
    factors: BasisFactors,
    /// Per queue.
    pub(crate) work: Vec<f64>,
    /// Heads of each group on its key arc.
    pub(super) on_key: Vec<f64>,
    /// Heads on the other basic arcs.
    pub(super) on_extra: Vec<f64>,
    room: Vec<f64>,
}

impl Basis {
    /// Heads on all basic arcs.
    pub(crate) fn flows(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let keys = self.key.iter().zip(&self.on_key).filter(|(key, _)| **key != usize::from(NONE));
        keys.chain(self.extra.iter().zip(&self.on_extra)).map(|(&arc, &heads)| (arc, heads))
    }

    /// Length of a stored basis.
    pub(crate) fn width(groups: usize, queues: usize) -> usize {
        groups + 2 * queues
    }

    /// Appends the basis to a store.
    pub(crate) fn store(&self, into: &mut Vec<u16>) {
        let code = |at: usize| u16::try_from(at).unwrap_or(NONE);
        into.extend(self.key.iter().map(|&key| code(key)));
        into.extend(self.place.iter().map(|place| match *place {
            WorkPosition::Within(piece) => code(2 * piece),
            WorkPosition::At(piece) => code(2 * piece + 1),
        }));
        into.extend(self.extra.iter().map(|&arc| code(arc)));
        into.extend(std::iter::repeat_n(NONE, self.place.len() - self.extra.len()));
    }

    /// Reads a stored basis.
    pub(super) fn recall(&mut self, supply: &HeadSupply<'_>, basis: &[u16]) {
        let (key, rest) = basis.split_at(supply.net.groups());
        let (place, extra) = rest.split_at(supply.net.queues);
        self.key.clear();
        self.key.extend(key.iter().map(|&arc| usize::from(arc)));
        self.place.clear();
        self.place.extend(place.iter().map(|&code| {
            let piece = usize::from(code / 2);
            if code % 2 == 0 { WorkPosition::Within(piece) } else { WorkPosition::At(piece) }
        }));
        self.extra.clear();
        self.extra.extend(extra.iter().take_while(|&&arc| arc != NONE).map(|&arc| usize::from(arc)));
    }

    /// A first basis: every queue's work within its first piece, every group where that is cheapest.
    pub(super) fn begin(&mut self, supply: &HeadSupply<'_>) {
        let net = supply.net;
        self.extra.clear();
        self.place.clear();
        self.place.resize(net.queues, WorkPosition::Within(0));
        self.key.clear();
        for group in 0..net.groups() {
            let cost = |&arc: &usize| net.arcs[arc].speed * supply.pieces(net.arcs[arc].queue)[0].slope;
            let cheapest = net.arcs_of(group).min_by(|a, b| cost(a).total_cmp(&cost(b)));
            self.key.push(cheapest.unwrap_or(usize::from(NONE)));
        }
    }

    /// Factors the working basis and finds its flows.
    pub(super) fn renew(&mut self, supply: &HeadSupply<'_>) -> bool {
        let sound = self.factor(supply);
        if sound {
            self.share(supply);
        }
        sound
    }

    /// Factors the working basis; false if it is none.
    fn factor(&mut self, supply: &HeadSupply<'_>) -> bool {
        self.rows.clear();
        self.row.clear();
        self.row.resize(self.place.len(), NO_ROW);
        for (queue, place) in self.place.iter().enumerate() {
            if let WorkPosition::At(_) = place {
                self.row[queue] = self.rows.len();
                self.rows.push(queue);
            }
        }
        if self.rows.len() != self.extra.len() {
            return false;
        }
        self.factors.clear(self.rows.len());
        let arcs = &supply.net.arcs;
        for (column, &arc) in self.extra.iter().enumerate() {
            let (arc, key) = (arcs[arc], arcs[self.key[arcs[arc].group]]);
            if self.row[arc.queue] != NO_ROW {
                self.factors.put(self.row[arc.queue], column, arc.speed);
            }
            if self.row[key.queue] != NO_ROW {
                self.factors.put(self.row[key.queue], column, -key.speed);
            }
        }
        self.factors.factor()
    }

    /// The flows of the basis: all heads on their keys, then what the queues at the start of a piece need moved.
    pub(crate) fn share(&mut self, supply: &HeadSupply<'_>) {
        let arcs = &supply.net.arcs;
        self.work.clear();
        self.work.resize(self.place.len(), 0.0);
        self.on_key.clear();
        self.on_key.extend(supply.heads);
        for (&key, &heads) in self.key.iter().zip(&self.on_key) {
            if let Some(arc) = arcs.get(key) {
                self.work[arc.queue] += arc.speed * heads;
            }
        }
        self.on_extra.clear();
        for &queue in &self.rows {
            let stands =
                if let WorkPosition::At(piece) = self.place[queue] { supply.pieces(queue)[piece].start } else { 0.0 };
            self.on_extra.push(stands - self.work[queue]);
        }
        self.factors.solve(&mut self.on_extra);
        for (&arc, &heads) in self.extra.iter().zip(&self.on_extra) {
            let (arc, key) = (arcs[arc], arcs[self.key[arcs[arc].group]]);
            self.on_key[arc.group] -= heads;
            self.work[arc.queue] += arc.speed * heads;
            self.work[key.queue] -= key.speed * heads;
        }
    }

    /// Makes another basic arc of a group its key; where the old one stands now among the others.
    pub(super) fn change_key(&mut self, supply: &HeadSupply<'_>, group: usize) -> Option<usize> {
        let others = self.extra.iter().enumerate().filter(|(_, arc)| supply.net.arcs[**arc].group == group);
        let most = others.max_by(|a, b| self.on_extra[a.0].total_cmp(&self.on_extra[b.0]));
        let place = most.map(|(place, _)| place)?;
        std::mem::swap(&mut self.key[group], &mut self.extra[place]);
        self.factor(supply).then_some(place)
    }

    /// Sets what is zero so far at the rows so that a head costs the same on all basic arcs of its group, or one more on
    /// the arc set apart.
    pub(crate) fn spread(&mut self, supply: &HeadSupply<'_>, values: &mut [f64], apart: Option<usize>) {
        if self.rows.is_empty() {
            return;
        }
        let arcs = &supply.net.arcs;
        self.room.clear();
        for &arc in &self.extra {
            let arc = arcs[arc];
            let key = arcs[self.key[arc.group]];
            self.room.push(key.speed * values[key.queue] - arc.speed * values[arc.queue]);
        }
        match apart {
            Some(place) => self.room[place] += 1.0,
            None if self.room.iter().all(|&value| value == 0.0) => return,
            None => {}
        }
        self.factors.solve_transposed(&mut self.room);
        for (&queue, &value) in self.rows.iter().zip(&self.room) {
            values[queue] = value;
        }
    }
}
