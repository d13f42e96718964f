//! A queue's requirement by itself against the roster: what is short in one colour, what is over in another.

use super::canvas::{Align, Scene, Type};
use super::frame::{self, Key, LABEL, MARGIN, Panel};
use super::palette::{INK, MET, QUIET, SKY, VERMILION};
use super::scale::TimeScale;
use crate::domain::coverage::QueueCoverage;
use crate::domain::ids::QueueIx;
use crate::domain::time::{IntervalGrid, LocalDay, Zone, local_date};
use crate::output::number::{hours, percent};
use crate::output::{figures, local_time};
use crate::plan::{Plan, Rostered};
use tr::tr;

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 440;
const PANEL: Panel = Panel { left: 84, right: 1376, top: 130, bottom: 340 };

/// Agent hours missing that would be told as none.
const SHORT_FROM: f64 = 0.05;

pub(super) fn scene(plan: &Plan, rostered: &Rostered, queue: QueueIx) -> Scene {
    let (grid, zone) = (rostered.coverage.grid, plan.period.zone);
    let of = &rostered.coverage.queues[queue.0];
    let mut scene = Scene::new(WIDTH, HEIGHT, title(plan, of, grid, queue));
    frame::heading(
        &mut scene,
        &tr!(
            "Heads of average speed shared out to this queue against what it would require by itself; people who share queues serve more · hours in {zone}",
            zone
        ),
    );
    let keys = [
        (Key::Line(INK), tr!("required")),
        (Key::Fill(MET), tr!("rostered and required")),
        (Key::Fill(VERMILION), tr!("short")),
        (Key::Fill(SKY), tr!("over")),
    ];
    frame::legend(&mut scene, 82, &keys);
    draw(&mut scene, of, grid, zone);
    scene
}

fn title(plan: &Plan, of: &QueueCoverage, grid: IntervalGrid, queue: QueueIx) -> String {
    let (id, step) = (&plan.queues[queue.0].id, grid.interval().as_hours());
    let total = |values: &[f64]| values.iter().sum::<f64>() * step;
    let (required, short, over) = (total(&of.required), total(&of.short), total(&of.over));
    if required < 0.05 {
        return tr!("{id}: no agents required; {} over", hours(over), id);
    }
    if short < SHORT_FROM {
        return tr!("{id}: fully covered, {} required by itself; {} over", hours(required), hours(over), id);
    }
    let worst = worst_hour(of, grid, plan.period.zone);
    let share = percent(short / required, 1);
    tr!(
        "{id}: {} short of {} required by itself ({share}), most on {worst}; {} over",
        hours(short),
        hours(required),
        hours(over),
        id,
        share,
        worst
    )
}

/// The clock hour with most agents missing.
fn worst_hour(of: &QueueCoverage, grid: IntervalGrid, zone: Zone) -> String {
    let mut worst = (0.0, grid.start());
    let per_hour = usize::try_from(60 / grid.interval().get().max(1)).unwrap_or(1).max(1);
    for (index, missing) in of.short.chunks(per_hour).enumerate() {
        let missing: f64 = missing.iter().sum();
        if missing > worst.0 {
            worst = (missing, grid.start_of(index * per_hour));
        }
    }
    let end = worst.1 + chrono::Duration::hours(1);
    format!(
        "{} {}–{}",
        local_time::day(local_date(worst.1, zone)),
        local_time::clock(worst.1, zone),
        local_time::clock(end, zone)
    )
}

fn draw(scene: &mut Scene, of: &QueueCoverage, grid: IntervalGrid, zone: Zone) {
    let time = TimeScale::new((grid.start(), grid.end()), (PANEL.left, PANEL.right));
    let edges: Vec<i32> = (0..=grid.len()).map(|index| time.at(grid.start_of(index))).collect();
    let heads = figures::heads(of);
    let highest = heads.iter().chain(&of.required).copied().fold(0.0, f64::max);
    let values = frame::value_axis(scene, PANEL, highest, &tr!("agents"));
    let met: Vec<f64> = heads.iter().zip(&of.required).map(|(here, required)| here.min(*required)).collect();
    frame::fill_between(scene, &edges, &values, (&vec![0.0; met.len()], &met), MET);
    frame::fill_between(scene, &edges, &values, (&heads, &of.required), VERMILION);
    frame::fill_between(scene, &edges, &values, (&of.required, &heads), SKY);
    scene.line(frame::steps(&edges, &of.required, &values), INK, 1);
    frame::day_axis(scene, PANEL, &time, zone);
    for day in time.days(zone) {
        day_sums(scene, of, grid, &day, (time.at(day.start), time.at(day.end)));
    }
    scene.part_until(PANEL.bottom + 64);
    scene.text((MARGIN, PANEL.bottom + 82), tr!("days between the midnights of {zone}", zone), Type::new(LABEL, QUIET));
}

/// Below each day, its hours short and over.
fn day_sums(scene: &mut Scene, of: &QueueCoverage, grid: IntervalGrid, day: &LocalDay, (from, to): (i32, i32)) {
    let range = grid.range(day.start, day.end);
    if to - from < 90 || range.is_empty() {
        return;
    }
    let total = |values: &[f64]| values[range.clone()].iter().sum::<f64>() * grid.interval().as_hours();
    let (short, over) = (total(&of.short), total(&of.over));
    let style = Type::new(LABEL, QUIET).align(Align::Centre);
    let middle = i32::midpoint(from, to);
    let colour = if short >= 0.05 { VERMILION } else { QUIET };
    scene.text((middle, PANEL.bottom + 37), tr!("short {}", hours(short)), Type { colour, ..style });
    scene.text((middle, PANEL.bottom + 55), tr!("over {}", hours(over)), style);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_title_names_the_worst_hour() {
        // Half-hours from 09:00 in Warsaw: 1 + 2 agents missing from 10:00 to 11:00 are 1.5 h of 8 h required.
        let of = QueueCoverage {
            required: example::series(&[4.0; 4]),
            short: example::series(&[0.0, 0.0, 1.0, 2.0]),
            over: example::series(&[0.5, 0.0, 0.0, 0.0]),
            ..QueueCoverage::nothing(example::grid(4))
        };
        let title = title(&example::forecast_only(), &of, example::grid(4), QueueIx(0));
        assert_eq!(
            title,
            "orders <script>: 1.5\u{a0}h short of 8.0\u{a0}h required by itself (18.8\u{a0}%), most on Mon 30 Nov 10:00–11:00; 0.2\u{a0}h over"
        );
    }

    #[test]
    fn next_to_nothing_short_is_fully_covered() {
        // 0.08 agents missing in one of four half-hours are 0.04 h: told as none.
        let of = QueueCoverage {
            required: example::series(&[10.0; 4]),
            short: example::series(&[0.0, 0.0, 0.08, 0.0]),
            ..QueueCoverage::nothing(example::grid(4))
        };
        let title = title(&example::forecast_only(), &of, example::grid(4), QueueIx(0));
        assert_eq!(title, "orders <script>: fully covered, 20.0\u{a0}h required by itself; 0.0\u{a0}h over");
    }
}
