//! Who has the nights, weekends and late shifts: a bar for each person, those with most points first.

use super::canvas::{Align, Scene, Type};
use super::frame::{self, Key, LABEL, Panel};
use super::palette::{BLUE, Colour, GREEN, INK, MET, ORANGE, PINK, QUIET, SKY, VERMILION, YELLOW};
use super::scale::Scale;
use crate::domain::fairness::BurdenKind;
use crate::output::number::decimal;
use crate::plan::{Burdens, Rostered, burdens, equality};
use tr::tr;

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 400;
const PANEL: Panel = Panel { left: 84, right: 1376, top: 130, bottom: 340 };

/// A colour for each kind of burden.
const COLOURS: [Colour; 7] = [BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, YELLOW];

/// The points of a person, those of full time.
struct Bar {
    name: String,
    before: f64,
    /// Of this plan, by kind.
    in_plan: [f64; 7],
}

impl Bar {
    fn of(rostered: &Rostered, of: &Burdens) -> Self {
        let points = |at: usize| f64::from(rostered.workforce.burdens.points_of(BurdenKind::ALL[at]));
        let all = f64::from(of.points);
        let by_full_time = if all > 0.0 { of.by_full_time / all } else { 0.0 };
        let weighed = |at: usize, count: u32| points(at) * f64::from(count) * by_full_time;
        Self {
            name: rostered.workforce.agents[of.agent.0].name.clone(),
            before: (0..7).map(|at| weighed(at, of.before[at])).sum(),
            in_plan: std::array::from_fn(|at| weighed(at, of.in_plan[at])),
        }
    }

    fn height(&self) -> f64 {
        self.before + self.in_plan.iter().sum::<f64>()
    }
}

pub(super) fn scene(rostered: &Rostered) -> Scene {
    let all = burdens(rostered);
    let (index, _) = equality(&all);
    let mut bars: Vec<Bar> = all.iter().map(|of| Bar::of(rostered, of)).collect();
    bars.sort_by(|one, other| other.height().total_cmp(&one.height()));
    let mean = bars.iter().map(Bar::height).sum::<f64>() / bars.len().max(1) as f64;
    let mut scene = Scene::new(WIDTH, HEIGHT, title(&bars, mean, index));
    frame::heading(&mut scene, &tr!("Points of each person after this plan, those of full time; most first"));
    let felt = (0..7).filter(|at| bars.iter().any(|bar| bar.in_plan[*at] > 0.0));
    let of_plan = felt.map(|at| (Key::Fill(COLOURS[at]), named(BurdenKind::ALL[at])));
    let around = [(Key::Fill(MET), tr!("before this plan")), (Key::Line(INK), tr!("mean"))];
    frame::legend(&mut scene, 82, &around.into_iter().chain(of_plan).collect::<Vec<_>>());
    let highest = bars.first().map_or(0.0, Bar::height);
    let values = frame::value_axis(&mut scene, PANEL, highest, &tr!("points"));
    let across = Scale::new((0.0, bars.len() as f64), (PANEL.left, PANEL.right));
    for (at, bar) in bars.iter().enumerate() {
        draw(&mut scene, (across.at(at as f64), across.at(at as f64 + 1.0)), &values, bar);
    }
    scene.line(vec![(PANEL.left, values.at(mean)), (PANEL.right, values.at(mean))], INK, 2);
    scene.line(vec![(PANEL.left, PANEL.bottom), (PANEL.right, PANEL.bottom)], QUIET, 1);
    let below = PANEL.bottom + 16;
    if let (Some(first), Some(last)) = (bars.first(), bars.last()) {
        scene.text((PANEL.left, below), first.name.clone(), Type::new(LABEL, INK));
        scene.text((PANEL.right, below), last.name.clone(), Type::new(LABEL, INK).align(Align::Right));
    }
    scene
}

/// `Ana has most nights, weekends and the like: 12.0 points beside 5.3 on average; Jain's index 0.91`.
fn title(bars: &[Bar], mean: f64, index: f64) -> String {
    let most = bars.first().filter(|most| most.height() > 0.0);
    let Some(most) = most else { return tr!("Nobody has nights, weekends or other burdens") };
    tr!(
        "{name} has most nights, weekends and the like: {} points beside {} on average; Jain's index {}",
        decimal(most.height(), 1),
        decimal(mean, 1),
        decimal(index, 3),
        name = most.name.as_str()
    )
}

/// What nobody should have more of than others.
fn named(kind: BurdenKind) -> String {
    match kind {
        BurdenKind::Nights => tr!("nights"),
        BurdenKind::Weekends => tr!("weekends"),
        BurdenKind::Holidays => tr!("holidays"),
        BurdenKind::Late => tr!("late shifts"),
        BurdenKind::Early => tr!("early shifts"),
        BurdenKind::RefusedWishes => tr!("wishes refused"),
        BurdenKind::ShortNotice => tr!("short notice"),
    }
}

/// What was before at the bottom, then this plan's by kind.
fn draw(scene: &mut Scene, (from, to): (i32, i32), values: &Scale, bar: &Bar) {
    // A pixel between people, where there is room for one.
    let to = if to - from > 3 { to - 1 } else { to };
    let mut height = 0.0;
    for (part, colour) in std::iter::once((bar.before, MET)).chain(bar.in_plan.into_iter().zip(COLOURS)) {
        if part > 0.0 {
            scene.rectangle((from, values.at(height + part)), (to, values.at(height)), colour);
        }
        height += part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(name: &str, before: f64, nights: f64) -> Bar {
        Bar { name: name.to_owned(), before, in_plan: [nights, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0] }
    }

    #[test]
    fn the_title_names_who_has_most() {
        let bars = [bar("Ana", 4.0, 2.0), bar("Ben", 1.0, 1.0)];
        assert_eq!(
            title(&bars, 4.0, 0.8),
            "Ana has most nights, weekends and the like: 6 points beside 4 on average; Jain's index 0.8"
        );
        assert_eq!(title(&[bar("Ana", 0.0, 0.0)], 0.0, 1.0), "Nobody has nights, weekends or other burdens");
    }

    #[test]
    fn what_was_before_lies_below_what_this_plan_adds() {
        let mut scene = Scene::new(10, 10, "");
        let values = Scale::new((0.0, 10.0), (100, 0));
        draw(&mut scene, (0, 5), &values, &bar("Ana", 4.0, 2.0));
        let mut expected = Scene::new(10, 10, "");
        expected.rectangle((0, 60), (4, 100), MET);
        expected.rectangle((0, 40), (4, 60), BLUE);
        assert_eq!(format!("{scene:?}"), format!("{expected:?}"));
    }
}
