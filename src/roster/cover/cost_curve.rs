//! The cost of one queue in one interval, by the work it gets.

use crate::domain::cover::CoverCurve;
use crate::domain::headcount::CountPrice;

/// The curve of one queue in one interval: where its pieces end, and their slopes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Curve {
    pieces: Vec<(f64, f64)>,
    /// Cost where each piece starts, relative to the cost of nobody.
    costs: Vec<f64>,
}

impl Curve {
    /// Reads a curve.
    pub(crate) fn new(curve: &CoverCurve) -> Self {
        let mut end = 0.0;
        let wide = curve.pieces().iter().filter(|piece| piece.agents > 0.0);
        let pieces = wide.map(|piece| {
            end += piece.agents;
            (end, piece.slope)
        });
        Self::of_pieces(pieces.collect())
    }

    fn of_pieces(mut pieces: Vec<(f64, f64)>) -> Self {
        // Neighbours of one slope are one piece: the former goes on to the end of the latter.
        pieces.dedup_by(|next, piece| {
            let goes_on = (next.1 - piece.1).abs() <= 0.0;
            if goes_on {
                piece.0 = next.0;
            }
            goes_on
        });
        let (mut start, mut cost) = (0.0, 0.0);
        let costs = pieces.iter().map(|&(end, slope)| {
            let at_start = cost;
            cost += slope * (end - start);
            start = end;
            at_start
        });
        Self { costs: costs.collect(), pieces }
    }

    /// The curve as whole heads of one speed can reach it: it goes through the same points where heads are whole and runs
    /// straight between them, so it lies above, and is still convex.
    pub(crate) fn by_whole_heads(curve: &CoverCurve, speed: f64) -> Self {
        const MOST_HEADS: usize = 100_000;
        let own = Self::new(curve);
        let Some(&(_, beyond)) = own.pieces.last().filter(|piece| piece.0 == f64::INFINITY) else { return own };
        let bent = own.pieces.iter().rev().nth(1).map_or(0.0, |piece| piece.0);
        let cost = |heads: usize| curve.cost(heads as f64 * speed);
        let straight = |heads: usize| ((heads + 1) as f64 * speed, (cost(heads + 1) - cost(heads)) / speed);
        let mut pieces: Vec<(f64, f64)> =
            (0..MOST_HEADS).take_while(|&heads| (heads as f64) * speed < bent).map(straight).collect();
        pieces.push((f64::INFINITY, beyond));
        Self::of_pieces(pieces)
    }

    /// The price of a count, counted from the least it can be; beyond the most it can be nothing more is saved.
    pub(crate) fn of_count(price: &CountPrice, least: f64, most: f64) -> Self {
        let ends = price.points().iter().map(|point| point.count - least).chain([f64::INFINITY]);
        let mut pieces: Vec<(f64, f64)> = ends.zip(price.slopes()).filter(|(end, _)| *end > 0.0).collect();
        let corner = pieces.iter().rev().nth(1).map_or(0.0, |piece| piece.0);
        if let Some(last) = pieces.last_mut().filter(|last| last.1 < 0.0) {
            last.0 = corner.max(most - least);
            pieces.push((f64::INFINITY, 0.0));
        }
        Self::of_pieces(pieces)
    }

    /// Any number at no cost.
    pub(crate) fn free() -> Self {
        Self::of_pieces(vec![(f64::INFINITY, 0.0)])
    }

    /// Whether any number costs the same.
    pub(crate) fn is_free(&self) -> bool {
        self.pieces.iter().all(|(_, slope)| slope.abs() <= 0.0)
    }

    /// Ends of the pieces and their slopes.
    pub(crate) fn pieces(&self) -> &[(f64, f64)] {
        &self.pieces
    }

    /// Least of cost(n) + price × n over n ≥ 0, relative to the cost of nobody.
    pub(crate) fn least_with(&self, price: f64) -> f64 {
        let (mut cost, mut start) = (0.0, 0.0);
        for &(end, slope) in &self.pieces {
            if slope + price >= 0.0 || end == f64::INFINITY {
                break;
            }
            cost += (slope + price) * (end - start);
            start = end;
        }
        cost
    }

    /// Cost of some work, relative to the cost of nobody.
    pub(crate) fn cost(&self, work: f64) -> f64 {
        let at = self.pieces.partition_point(|piece| piece.0 < work);
        let start = |at: usize| if at == 0 { 0.0 } else { self.pieces[at - 1].0 };
        match (self.pieces.get(at), self.pieces.last()) {
            (Some(&(_, slope)), _) => self.costs[at] + slope * (work.max(0.0) - start(at)),
            // Beyond the last piece nothing more is saved.
            (None, Some(&(end, slope))) => {
                let last = self.pieces.len() - 1;
                self.costs[last] + slope * (end - start(last))
            }
            (None, None) => 0.0,
        }
    }

    /// The price where one that falls with each bit of work beyond a supply meets the curve's slope ([`price_near`]).
    pub(crate) fn price_near(&self, supply: f64, middle: f64, weight: f64) -> f64 {
        price_near(&self.pieces, (supply, middle, weight), &mut 0)
    }

    /// The prices that work can have: from the last slope, below zero where too much of it costs, to the first.
    pub(crate) fn price_range(&self) -> (f64, f64) {
        let first = self.pieces.first().map_or(0.0, |piece| -piece.1).max(0.0);
        let last = self.pieces.last().filter(|piece| piece.0 == f64::INFINITY).map_or(0.0, |piece| -piece.1);
        (last.min(first), first)
    }
}

/// The slope where a price that falls by `weight` with each bit of work beyond `supply`, from `middle` there, meets that of a curve:
/// as a price, its negative. The curve's piece is looked for from a place on, and noted there.
#[inline]
pub(crate) fn price_near(pieces: &[(f64, f64)], (supply, middle, weight): (f64, f64, f64), place: &mut u32) -> f64 {
    // Along the pieces the work wanted at their slope falls and their end rises.
    let (at_nothing, each) = (supply - middle / weight, 1.0 / weight);
    let wanted = |slope: f64| at_nothing - slope * each;
    let ends_before = |at: usize| pieces.get(at).is_some_and(|&(end, slope)| wanted(slope) > end);
    let mut at = (*place as usize).min(pieces.len());
    while ends_before(at) {
        at += 1;
    }
    while at > 0 && !ends_before(at - 1) {
        at -= 1;
    }
    *place = u32::try_from(at).unwrap_or(0);
    let start = if at == 0 { 0.0 } else { pieces[at - 1].0 };
    match pieces.get(at) {
        Some(&(_, slope)) if wanted(slope) >= start => -slope,
        _ => middle + weight * (start - supply),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cover::CoverPiece;
    use crate::domain::headcount::PricePoint;

    fn curve(required: f64) -> CoverCurve {
        let pieces = [(0.8 * required, -30.0), (0.2 * required, -15.0), (f64::INFINITY, 1.0)];
        let pieces = pieces.map(|(agents, slope)| CoverPiece { agents, slope });
        CoverCurve::new(required, pieces.to_vec()).expect("slopes rise")
    }

    #[test]
    fn a_count_saves_nothing_beyond_the_most_it_can_be() {
        // From −2 to 3 each saves 5, below and beyond its corner at 0.
        let corner = PricePoint { count: 0.0, cost: 0.0 };
        let price = CountPrice::new(vec![corner], -5.0, -5.0).expect("convex");
        assert_eq!(Curve::of_count(&price, -2.0, 3.0).pieces(), [(5.0, -5.0), (f64::INFINITY, 0.0)]);
        let price = CountPrice::at_least(1.0, 20.0);
        assert_eq!(Curve::of_count(&price, -2.0, 3.0).pieces(), [(3.0, -20.0), (f64::INFINITY, 0.0)]);
    }

    #[test]
    fn work_saves_by_the_slopes_of_the_pieces_it_fills() {
        // 2.5 required: two heads at 30, half a head at 15, and half a head too many at 1.
        let curve = Curve::new(&curve(2.5));
        assert!(curve.cost(0.0).abs() < 1e-12);
        assert!((curve.cost(1.0) - -30.0).abs() < 1e-12 && (curve.cost(3.0) - (-60.0 - 7.5 + 0.5)).abs() < 1e-12);
    }

    #[test]
    fn whole_heads_make_the_curve_dearer_between_and_no_dearer_at_whole_numbers() {
        // 2.5 required, 2 of them at 30: nobody costs 67.5, one head 37.5, two 7.5, three half a head too many: 0.5.
        let whole = Curve::by_whole_heads(&curve(2.5), 1.0);
        assert_eq!(whole.pieces(), [(2.0, -30.0), (3.0, -7.0), (f64::INFINITY, 1.0)]);
        // At a price of 10 the third head is not worth it: 10 + 10 − 60, where half a head would have saved more.
        assert!((whole.least_with(10.0) - -40.0).abs() < 1e-9);
        assert!((Curve::new(&curve(2.5)).least_with(10.0) - -42.5).abs() < 1e-9);
    }
}
