//! The dual simplex method for heads shared among queues ([`super::transport`]), from the optimum of a neighbour.
//!
//! Dual prices are costs: of a bit of work at a queue, and of a head of a group, which is its speed times that at its
//! cheapest queue. Where heads come or go the prices stay feasible, so a few dual pivots lead back to the optimum (Lemke 1954). Ties are
//! broken by Bland's rule (1977) once pivots stop moving the prices.

use super::basis::{Basis, WorkPosition};
use super::transport::HeadSupply;

/// Heads and work below this are none.
const NOTHING: f64 = 1e-7;
/// Rates of change below this are taken for zero.
const FLAT: f64 = 1e-9;
/// Prices this close together are the same.
const SAME_PRICE: f64 = 1e-10;

/// What leaves the basis.
#[derive(Clone, Copy, Debug)]
enum Leaving {
    /// A queue's work is beyond the end of its piece.
    Above(usize),
    /// It is before the start.
    Below(usize),
    /// A basic arc, by its place among those that are no keys, has less than nobody.
    Extra(usize),
    /// The key arc of a group has.
    Key(usize),
}

/// What enters it.
#[derive(Clone, Copy, Debug)]
enum Entering {
    CostPiece { queue: usize, piece: usize },
    Arc(usize),
}

/// A basis, its prices, and room to work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Simplex {
    basis: Basis,
    /// Per queue what a bit more work costs.
    price: Vec<f64>,
    /// Per queue how fast the price moves in the pivot under way.
    slide: Vec<f64>,
    /// Solutions and pivots so far.
    pub(crate) solved: u64,
    pub(super) pivots: u64,
}

impl Simplex {
    /// The least cost, from a stored basis of the same interval if there is one. Whatever it is, the result is never above
    /// the least cost: it is the value of feasible prices.
    pub(crate) fn solve(&mut self, supply: &HeadSupply<'_>, start: Option<&[u16]>) -> f64 {
        self.solved += 1;
        let warm = start.is_some_and(|basis| {
            self.basis.recall(supply, basis);
            self.settle(supply)
        });
        if !warm {
            self.basis.begin(supply);
            self.settle(supply);
        }
        self.set_prices(supply);
        self.value(supply)
    }

    /// What one more head of a group costs, as long as the basis stays.
    pub(super) fn head_price(&self, supply: &HeadSupply<'_>, group: usize) -> f64 {
        let arc = supply.net.arcs.get(self.basis.key[group]);
        arc.map_or(0.0, |arc| arc.speed * self.price[arc.queue])
    }

    /// The optimal basis and its flows.
    pub(crate) fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Per queue what a bit more work costs.
    pub(crate) fn prices(&self) -> &[f64] {
        &self.price
    }

    /// Pivots until flows are feasible; false if it did not come to that.
    fn settle(&mut self, supply: &HeadSupply<'_>) -> bool {
        let most = 100 + 20 * (supply.net.groups() + supply.net.queues);
        let patience = 2 * (supply.net.groups() + supply.net.queues);
        let mut stalled = 0;
        if !self.basis.renew(supply) {
            return false;
        }
        for done in 0..most {
            let bland = stalled > patience;
            let Some(leaving) = self.leaving(supply, bland) else { return true };
            if done == 0 {
                self.set_prices(supply);
            }
            let Some(step) = self.pivot(supply, leaving, bland) else { return false };
            stalled = if step > SAME_PRICE { 0 } else { stalled + 1 };
            self.pivots += 1;
        }
        false
    }

    /// The basic variable furthest out of its bounds and how far, or under Bland's rule the first.
    fn leaving(&self, supply: &HeadSupply<'_>, bland: bool) -> Option<(f64, Leaving)> {
        let mut worst: Option<(f64, Leaving)> = None;
        let mut note = |beyond: f64, leaving: Leaving| {
            if beyond > worst.map_or(NOTHING, |worst| if bland { f64::INFINITY } else { worst.0 }) {
                worst = Some((beyond, leaving));
            }
        };
        for (queue, &place) in self.basis.place.iter().enumerate() {
            if let WorkPosition::Within(piece) = place {
                let piece = supply.pieces(queue)[piece];
                note(self.basis.work[queue] - piece.end, Leaving::Above(queue));
                note(piece.start - self.basis.work[queue], Leaving::Below(queue));
            }
        }
        if !self.basis.extra.is_empty() {
            if bland {
                return worst.or_else(|| self.first_overdrawn().map(|leaving| (0.0, leaving)));
            }
            self.basis.on_key.iter().enumerate().for_each(|(group, &heads)| note(-heads, Leaving::Key(group)));
            self.basis.on_extra.iter().enumerate().for_each(|(place, &heads)| note(-heads, Leaving::Extra(place)));
        }
        worst
    }

    /// The basic arc of the lowest number that has less than nobody.
    fn first_overdrawn(&self) -> Option<Leaving> {
        let keys = self.basis.key.iter().zip(&self.basis.on_key).enumerate();
        let keys =
            keys.filter(|(_, (_, heads))| **heads < -NOTHING).map(|(group, (&arc, _))| (arc, Leaving::Key(group)));
        let extras = self.basis.extra.iter().zip(&self.basis.on_extra).enumerate();
        let extras =
            extras.filter(|(_, (_, heads))| **heads < -NOTHING).map(|(place, (&arc, _))| (arc, Leaving::Extra(place)));
        keys.chain(extras).min_by_key(|(arc, _)| *arc).map(|(_, leaving)| leaving)
    }

    /// One dual pivot; how far prices moved, or nothing if the basis failed.
    fn pivot(&mut self, supply: &HeadSupply<'_>, (beyond, leaving): (f64, Leaving), bland: bool) -> Option<f64> {
        self.slide.clear();
        self.slide.resize(self.basis.place.len(), 0.0);
        let apart = match leaving {
            Leaving::Above(queue) => self.stand(queue, 1.0),
            Leaving::Below(queue) => self.stand(queue, -1.0),
            Leaving::Extra(place) => Some(place),
            Leaving::Key(group) => Some(self.basis.change_key(supply, group)?),
        };
        self.basis.spread(supply, &mut self.slide, apart);
        let (step, entering) = self.go_far(supply, beyond, bland)?;
        for (price, slide) in self.price.iter_mut().zip(&self.slide) {
            *price += step * slide;
        }
        if let Some(place) = apart {
            self.basis.extra.swap_remove(place);
        }
        match entering {
            Entering::CostPiece { queue, piece } => self.basis.place[queue] = WorkPosition::Within(piece),
            Entering::Arc(arc) => self.basis.extra.push(arc),
        }
        // Where a queue's work only went on to another of its pieces, the working basis is the same.
        let same = match (leaving, entering) {
            (Leaving::Above(from) | Leaving::Below(from), Entering::CostPiece { queue, .. }) => from == queue,
            _ => false,
        };
        if same {
            self.basis.share(supply);
        }
        (same || self.basis.renew(supply)).then_some(step)
    }

    /// How far to slide prices, and what enters there. Where a queue's work can go to the other end of a piece and what
    /// leaves the basis is still out of its bounds, it does, and prices slide on (bound flipping, Fourer 1994).
    fn go_far(&mut self, supply: &HeadSupply<'_>, beyond: f64, bland: bool) -> Option<(f64, Entering)> {
        let mut beyond = beyond;
        loop {
            let (step, entering) = self.entering(supply, bland)?;
            let Entering::CostPiece { queue, piece } = entering else { return Some((step, entering)) };
            let (rate, reach) = (self.slide[queue], supply.pieces(queue)[piece]);
            beyond -= rate.abs() * (reach.end - reach.start);
            if bland || beyond <= NOTHING {
                return Some((step, entering));
            }
            self.basis.place[queue] = WorkPosition::At(if rate > 0.0 { piece + 1 } else { piece });
        }
    }

    /// A queue's work leaves its piece for the end (price rising) or the start (falling); no arc is set apart.
    fn stand(&mut self, queue: usize, rate: f64) -> Option<usize> {
        self.slide[queue] = rate;
        if let WorkPosition::Within(piece) = self.basis.place[queue] {
            self.basis.place[queue] = WorkPosition::At(if rate > 0.0 { piece + 1 } else { piece });
        }
        None
    }

    /// The prices of the basis.
    fn set_prices(&mut self, supply: &HeadSupply<'_>) {
        self.price.clear();
        self.price.extend(self.basis.place.iter().enumerate().map(|(queue, place)| match *place {
            WorkPosition::Within(piece) => supply.pieces(queue)[piece].slope,
            WorkPosition::At(_) => 0.0,
        }));
        self.basis.spread(supply, &mut self.price, None);
    }

    /// How far prices can slide, and what stops them (ratio test); of what stops them at once the largest rate, or under
    /// Bland's rule the first.
    fn entering(&self, supply: &HeadSupply<'_>, bland: bool) -> Option<(f64, Entering)> {
        let mut best: Option<(f64, f64, Entering)> = None;
        let mut note = |left: f64, rate: f64, entering: Entering| {
            let step = (left / rate).max(0.0);
            let better = best.is_none_or(|(known, by, _)| {
                step < known - SAME_PRICE || (!bland && step < known + SAME_PRICE && rate > by + FLAT)
            });
            if better {
                best = Some((step, rate, entering));
            }
        };
        for (queue, (&place, &rate)) in self.basis.place.iter().zip(&self.slide).enumerate() {
            let WorkPosition::At(piece) = place else { continue };
            let pieces = supply.pieces(queue);
            if rate > FLAT {
                note(pieces[piece].slope - self.price[queue], rate, Entering::CostPiece { queue, piece });
            } else if rate < -FLAT && piece > 0 {
                let piece = piece - 1;
                note(self.price[queue] - pieces[piece].slope, -rate, Entering::CostPiece { queue, piece });
            }
        }
        for (group, &key) in self.basis.key.iter().enumerate() {
            let range = supply.net.arcs_of(group);
            if range.len() < 2 {
                continue;
            }
            let key = supply.net.arcs[key];
            let (cost, rate) = (key.speed * self.price[key.queue], key.speed * self.slide[key.queue]);
            for (arc, at) in supply.net.arcs[range.clone()].iter().zip(range) {
                let falls = rate - arc.speed * self.slide[arc.queue];
                if falls > FLAT {
                    note(arc.speed * self.price[arc.queue] - cost, falls, Entering::Arc(at));
                }
            }
        }
        best.map(|(step, _, entering)| (step, entering))
    }

    /// The value of the prices: what all heads cost at them, and what queues save by paying them.
    fn value(&self, supply: &HeadSupply<'_>) -> f64 {
        let queues = self.basis.place.iter().enumerate().map(|(queue, place)| {
            let (WorkPosition::Within(piece) | WorkPosition::At(piece)) = *place;
            let piece = supply.pieces(queue)[piece];
            piece.cost - self.price[queue] * piece.start
        });
        let heads = supply.heads.iter().enumerate();
        queues.sum::<f64>() + heads.map(|(group, &heads)| heads * self.head_price(supply, group)).sum::<f64>()
    }
}
