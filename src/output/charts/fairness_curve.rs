//! What-if: money against fairness, a point for each scenario.

use super::canvas::{Align, Scene, Type};
use super::frame::{self, LABEL, MARGIN, Panel};
use super::palette::{BLUE, GRID, INK, ORANGE, QUIET};
use super::scale::Scale;
use crate::domain::units::Money;
use crate::output::number::{decimal, grouped};
use crate::scenario::{Comparison, ScenarioRow};
use tr::tr;

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 520;
const PANEL: Panel = Panel { left: 84, right: 1276, top: 110, bottom: 440 };

/// A scenario: what it costs apart from prices of burdens, and the points of whoever has most.
struct Point<'a> {
    name: &'a str,
    money: f64,
    most: f64,
}

/// Whether there is something to set against each other.
pub(super) fn has_curve(comparison: &Comparison) -> bool {
    points(comparison).len() > 1
}

fn points(comparison: &Comparison) -> Vec<Point<'_>> {
    let point = |row: &'_ ScenarioRow| {
        let money = (row.cost.objective() - row.cost.fairness).as_f64();
        row.equality.map(|(_, most)| (money, most))
    };
    let found =
        comparison.rows.iter().filter_map(|row| point(row).map(|(money, most)| (row.name.as_str(), money, most)));
    found.map(|(name, money, most)| Point { name, money, most }).collect()
}

/// Positions of the points that no other one beats in both, the cheapest first.
fn front(points: &[Point<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|&a, &b| {
        points[a].money.total_cmp(&points[b].money).then(points[a].most.total_cmp(&points[b].most)).then(a.cmp(&b))
    });
    let mut fewest = f64::INFINITY;
    order.retain(|&at| {
        let is_fairer = points[at].most < fewest;
        fewest = fewest.min(points[at].most);
        is_fairer
    });
    order
}

pub(super) fn scene(comparison: &Comparison, currency: &str) -> Scene {
    let points = points(comparison);
    let front = front(&points);
    let mut scene = Scene::new(WIDTH, HEIGHT, title(&points, &front, currency));
    frame::heading(
        &mut scene,
        &tr!("Each scenario by what it costs, prices of burdens left aside, and by the points of whoever has most"),
    );
    let highest = points.iter().map(|point| point.most).fold(0.0, f64::max);
    let values = frame::value_axis(&mut scene, PANEL, highest, &tr!("points of whoever has most"));
    let least = points.iter().map(|point| point.money).fold(f64::INFINITY, f64::min);
    let most = points.iter().map(|point| point.money).fold(f64::NEG_INFINITY, f64::max);
    let margin = ((most - least) * 0.08).max(1.0);
    let across = Scale::new((least - margin, most + margin), (PANEL.left, PANEL.right));
    let at = |point: &Point<'_>| (across.at(point.money), values.at(point.most));
    for money in [least, most] {
        let x = across.at(money);
        scene.line(vec![(x, PANEL.top), (x, PANEL.bottom)], GRID, 1);
        let label = Type::new(LABEL, QUIET).align(Align::Centre);
        scene.text((x, PANEL.bottom + 16), grouped(money, 0), label);
    }
    scene.line(vec![(PANEL.left, PANEL.bottom), (PANEL.right, PANEL.bottom)], QUIET, 1);
    scene.text((MARGIN, PANEL.bottom + 42), tr!("pay and prices, {currency}", currency), Type::new(LABEL, QUIET));
    scene.line(front.iter().map(|place| at(&points[*place])).collect(), BLUE, 2);
    for (place, point) in points.iter().enumerate() {
        let (x, y) = at(point);
        scene.rectangle((x - 5, y - 5), (x + 5, y + 5), if front.contains(&place) { BLUE } else { ORANGE });
        scene.text((x + 12, y - 12), point.name.to_owned(), Type::new(LABEL, INK));
    }
    scene
}

/// `From base to fair: 120 EUR for 3.5 points less of whoever has most`.
fn title(points: &[Point<'_>], front: &[usize], currency: &str) -> String {
    let (Some(cheapest), Some(fairest)) = (front.first(), front.last()) else { return tr!("No scenario") };
    let (cheapest, fairest) = (&points[*cheapest], &points[*fairest]);
    if front.len() == 1 {
        return tr!("{name} costs least, and nobody has fewer points of whoever has most", name = cheapest.name);
    }
    tr!(
        "From {} to {}: {} {currency} for {} points less of whoever has most",
        cheapest.name,
        fairest.name,
        grouped(Money::rounded(fairest.money - cheapest.money).as_f64(), 0),
        decimal(cheapest.most - fairest.most, 1),
        currency
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_of_those_that_no_other_beats() {
        let point = |name, money, most| Point { name, money, most };
        let points = [point("base", 100.0, 9.0), point("bad", 130.0, 9.0), point("fair", 120.0, 4.0)];
        assert_eq!(front(&points), [0, 2]);
        assert_eq!(
            title(&points, &front(&points), "EUR"),
            "From base to fair: 20 EUR for 5 points less of whoever has most"
        );
        // As dear and as fair: the first one.
        assert_eq!(front(&[point("one", 100.0, 4.0), point("two", 100.0, 4.0)]), [0]);
    }
}
