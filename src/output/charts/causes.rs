//! Why so many contacts: those of ordinary days around their average in open hours, what special days and events add or take away, and the
//! 80 % band.

use super::canvas::{Scene, Type};
use super::frame::{self, Key, LABEL, MARGIN, Panel};
use super::palette::{BLUE, Colour, INK, MET, ORANGE, PURPLE, QUIET, TAKEN};
use super::scale::TimeScale;
use crate::domain::forecast::RegionForecast;
use crate::domain::ids::QueueIx;
use crate::output::number::{grouped, percent};
use crate::plan::Plan;
use tr::tr;

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 410;
const PANEL: Panel = Panel { left: 84, right: 1376, top: 130, bottom: 340 };

/// Whether events or special days change anything that can be seen.
pub(super) fn has_causes(plan: &Plan, queue: QueueIx) -> bool {
    let of = &plan.forecast.queues[queue.0].whole;
    let felt = |part: &[f64]| part.iter().map(|contacts| contacts.abs()).sum::<f64>() >= 0.5;
    felt(&of.event) || felt(&of.holiday)
}

pub(super) fn scene(plan: &Plan, queue: QueueIx) -> Scene {
    let (of, grid) = (&plan.forecast.queues[queue.0].whole, plan.forecast.grid);
    let zone = plan.period.zone;
    let mut scene = Scene::new(WIDTH, HEIGHT, title(plan.queues[queue.0].id.as_str(), of));
    frame::heading(&mut scene, &tr!("What the expected contacts are made of · hours in {zone}", zone));
    let touched = |parts: &[&[f64]], felt: fn(f64) -> bool| parts.iter().any(|part| part.iter().any(|of| felt(*of)));
    let keys = [
        (true, Key::Fill(MET), tr!("ordinary contacts")),
        (true, Key::Line(QUIET), tr!("their average in open hours")),
        (touched(&[&of.holiday], |contacts| contacts > 0.0), Key::Fill(PURPLE), tr!("special days add")),
        (
            touched(&[&of.holiday, &of.event], |contacts| contacts < 0.0),
            Key::Fill(TAKEN),
            tr!("special days or events take away"),
        ),
        (touched(&[&of.event], |contacts| contacts > 0.0), Key::Fill(ORANGE), tr!("events add")),
        (true, Key::Line(INK), tr!("expected (mean)")),
        (true, Key::Line(BLUE), tr!("8 times in 10 between (80 % band)")),
    ];
    let keys: Vec<(Key, String)> =
        keys.into_iter().filter(|(drawn, ..)| *drawn).map(|(_, key, text)| (key, text)).collect();
    frame::legend(&mut scene, 82, &keys);
    let time = TimeScale::new((grid.start(), grid.end()), (PANEL.left, PANEL.right));
    let edges: Vec<i32> = (0..=grid.len()).map(|index| time.at(grid.start_of(index))).collect();
    let highest = of.p90.iter().chain(&of.offered).chain(&of.baseline).copied().fold(0.0, f64::max);
    let values = frame::value_axis(&mut scene, PANEL, highest, &tr!("contacts per {} min", grid.interval().get()));
    let layers = Layers::of(of);
    let floor = vec![0.0; of.offered.len()];
    let fills: [(&[f64], &[f64], Colour); 4] = [
        (&floor, &layers.left, MET),
        (&layers.left, &of.baseline, TAKEN),
        (&layers.left, &layers.with_holidays, PURPLE),
        (&layers.with_holidays, &layers.with_events, ORANGE),
    ];
    for (low, high, fill) in fills {
        frame::fill_between(&mut scene, &edges, &values, (low, high), fill);
    }
    let level = vec![mean_level(&of.baseline); of.baseline.len()];
    let lines: [(&[f64], Colour, u32); 4] =
        [(&level, QUIET, 1), (&of.p10, BLUE, 1), (&of.p90, BLUE, 1), (&of.offered, INK, 2)];
    for (line, colour, width) in lines {
        for stretch in frame::stretches(line.len(), |index| of.offered[index] > 0.0 || of.p90[index] > 0.0) {
            let within = &edges[stretch.start..=stretch.end];
            scene.line(frame::steps(within, &line[stretch], &values), colour, width);
        }
    }
    frame::day_axis(&mut scene, PANEL, &time, zone);
    scene.text((MARGIN, PANEL.bottom + 46), tr!("midnights of {zone}", zone), Type::new(LABEL, QUIET));
    scene
}

/// What comes in an interval of the plan on average, closed hours left out: the season moves around it.
fn mean_level(baseline: &[f64]) -> f64 {
    let open = baseline.iter().filter(|contacts| **contacts > 0.0).count();
    baseline.iter().sum::<f64>() / open.max(1) as f64
}

/// Tops of the areas that stand on each other, contacts per interval.
struct Layers {
    /// What season and level leave once special days and events have taken away what they do.
    left: Vec<f64>,
    with_holidays: Vec<f64>,
    with_events: Vec<f64>,
}

impl Layers {
    fn of(of: &RegionForecast) -> Self {
        let parts = of.holiday.iter().zip(&of.event);
        let left: Vec<f64> = of
            .baseline
            .iter()
            .zip(parts)
            .map(|(baseline, (holiday, event))| (baseline + holiday.min(0.0) + event.min(0.0)).max(0.0))
            .collect();
        let on_top = |below: &[f64], part: &[f64]| -> Vec<f64> {
            below.iter().zip(part).map(|(below, more)| below + more.max(0.0)).collect()
        };
        let with_holidays = on_top(&left, &of.holiday);
        let with_events = on_top(&with_holidays, &of.event);
        Self { left, with_holidays, with_events }
    }
}

/// `orders: 6 643 contacts expected: events add 760 (11 %), special days take away 120 (2 %)`.
fn title(id: &str, of: &RegionForecast) -> String {
    let total: f64 = of.offered.iter().sum();
    let part = |name: &str, part: &[f64]| {
        let contacts: f64 = part.iter().sum();
        let does = if contacts < 0.0 { tr!("take away") } else { tr!("add") };
        let share = percent(contacts.abs() / total.max(f64::MIN_POSITIVE), 0);
        (contacts.abs() >= 0.5).then(|| format!("{name} {does} {} ({share})", grouped(contacts.abs(), 0)))
    };
    let parts: Vec<String> =
        [part(&tr!("events"), &of.event), part(&tr!("special days"), &of.holiday)].into_iter().flatten().collect();
    let parts = if parts.is_empty() { tr!("events and special days move them") } else { parts.join(", ") };
    tr!("{id}: {} contacts expected: {parts}", grouped(total, 0), id, parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn only_what_events_and_special_days_change_is_drawn_and_told() {
        let mut plan = example::forecast_only();
        assert!(!has_causes(&plan, QueueIx(0)));
        // 336 half-hours of ten contacts; an event adds 2 to the first 100, a special day takes 5 from the last 48.
        let of = &mut plan.forecast.queues[0].whole;
        let added = |at: usize| if at < 100 { 2.0 } else { 0.0 };
        let taken = |at: usize| if at < 288 { 0.0 } else { -5.0 };
        let figures = |of: &dyn Fn(usize) -> f64| example::series(&(0..336).map(of).collect::<Vec<f64>>());
        (of.event, of.holiday) = (figures(&added), figures(&taken));
        of.offered = figures(&|at| 10.0 + added(at) + taken(at));
        assert!(has_causes(&plan, QueueIx(0)));
        assert_eq!(
            scene(&plan, QueueIx(0)).title(),
            "orders <script>: 3\u{202f}320 contacts expected: events add 200 (6\u{a0}%), special days take away 240 (7\u{a0}%)"
        );
    }

    #[test]
    fn the_mean_level_is_that_of_open_hours() {
        // 6 and 2 contacts, closed twice: 4.
        assert!((mean_level(&[0.0, 6.0, 2.0, 0.0]) - 4.0).abs() < 1e-12);
        assert!(mean_level(&[0.0]).abs() < 1e-12);
    }

    #[test]
    fn the_layers_end_at_what_is_expected() {
        // 10 by season, 4 taken away by a special day, 3 added by an event: 6 are left, 9 expected.
        let of = RegionForecast {
            baseline: example::series(&[10.0]),
            holiday: example::series(&[-4.0]),
            event: example::series(&[3.0]),
            offered: example::series(&[9.0]),
            ..RegionForecast::nothing(0, example::grid(1))
        };
        let layers = Layers::of(&of);
        assert_eq!((layers.left, layers.with_holidays, layers.with_events), (vec![6.0], vec![6.0], vec![9.0]));
    }
}
