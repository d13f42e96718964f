//! What every chart has around its data: title, subtitle, legend, axes.

use std::ops::Range;

use super::canvas::{Align, Point, Scene, Type, text_width};
use super::palette::Colour;
use super::palette::{GRID, INK, QUIET};
use super::scale::{Scale, TimeScale, ticks};
use crate::domain::time::Zone;
use crate::output::drawn::Window;
use crate::output::local_time;
use crate::output::number::grouped;

pub(super) const MARGIN: i32 = 24;
/// Size of small text: at least 12 pixels where a sheet of 1400 is shown 1200 wide.
pub(super) const LABEL: i32 = 14;

/// Title and subtitle at the top left, as large as the sheet's width allows.
pub(super) fn heading(scene: &mut Scene, subtitle: &str) {
    let title = scene.title().to_owned();
    let size = fitting(&title, scene.width() - 2 * MARGIN, 20);
    scene.text((MARGIN, 26), title, Type::new(size, INK).bold());
    scene.subtitled(subtitle);
    scene.text((MARGIN, 52), subtitle, Type::new(fitting(subtitle, scene.width() - 2 * MARGIN, 15), QUIET));
}

/// The size at which a text fits a width, no smaller than what can be read. Bold text is a sixth wider.
fn fitting(text: &str, width: i32, size: i32) -> i32 {
    (12..size).rev().fold(size, |kept, next| if text_width(text, kept) * 7 / 6 > width { next } else { kept })
}

/// How a legend shows an entry.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key {
    Fill(Colour),
    Line(Colour),
}

/// Entries in a row, from the left margin.
pub(super) fn legend(scene: &mut Scene, y: i32, entries: &[(Key, String)]) {
    legend_from(scene, (MARGIN, y), entries);
}

/// Entries in a row, from a point.
pub(super) fn legend_from(scene: &mut Scene, (mut x, y): Point, entries: &[(Key, String)]) {
    for (key, text) in entries {
        match *key {
            Key::Fill(colour) => {
                scene.explain(colour, false, text);
                scene.rectangle((x, y - 6), (x + 22, y + 6), colour);
            }
            Key::Line(colour) => {
                scene.explain(colour, true, text);
                scene.line(vec![(x, y), (x + 22, y)], colour, 3);
            }
        }
        scene.text((x + 30, y), text.clone(), Type::new(LABEL, INK));
        x += 30 + text_width(text, LABEL) + 28;
    }
}

/// The rectangle in which data are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Panel {
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
}

/// A y axis from zero with grid lines and its unit above; the scale reaches the last tick.
pub(super) fn value_axis(scene: &mut Scene, panel: Panel, highest: f64, unit: &str) -> Scale {
    let marks = ticks(highest, 4);
    let scale = Scale::new((0.0, marks.last().copied().unwrap_or(1.0)), (panel.bottom, panel.top));
    let places = usize::from(marks.get(1).is_some_and(|step| *step < 1.0));
    for value in marks {
        let y = scale.at(value);
        scene.line(vec![(panel.left, y), (panel.right, y)], GRID, 1);
        let style = Type::new(LABEL, QUIET).align(Align::Right);
        scene.text((panel.left - 8, y), grouped(value, places), style);
    }
    scene.measure(unit);
    scene.text((MARGIN, panel.top - 18), unit, Type::new(LABEL, QUIET));
    scale
}

/// Days on a narrow screen: so many pixels of the sheet in a row, of which the first show the values. At 390 pixels across, small text is then
/// twelve high.
const STRIP: i32 = 50;
const ROW: i32 = 370;

/// The rows of a panel on a narrow screen, each of whole days.
fn rows(panel: Panel, time: &TimeScale, zone: Zone) -> Vec<Vec<Window>> {
    let (y, height) = (panel.top - 9, panel.bottom - panel.top + 36);
    let mut rows: Vec<(i32, i32)> = Vec::new();
    for day in time.days(zone) {
        let (from, to) = (time.at(day.start), time.at(day.end));
        match rows.last_mut() {
            Some(row) if to - row.0 <= ROW => row.1 = to,
            _ => rows.push((from, to)),
        }
    }
    let strip = Window { x: panel.left - STRIP, y, width: STRIP, height };
    rows.into_iter().map(|(from, to)| vec![strip, Window { x: from, y, width: to - from, height }]).collect()
}

/// Days along x: a line at each midnight of the zone, and the day's name in the middle where there is room.
pub(super) fn day_axis(scene: &mut Scene, panel: Panel, time: &TimeScale, zone: Zone) {
    for day in time.days(zone) {
        let (from, to) = (time.at(day.start), time.at(day.end));
        scene.line(vec![(from, panel.top), (from, panel.bottom + 5)], GRID, 1);
        let name = local_time::day(day.date);
        let style = Type::new(LABEL, INK).align(Align::Centre);
        if to - from > text_width(&name, LABEL) {
            scene.text((i32::midpoint(from, to), panel.bottom + 16), name, style);
        } else if day.date.format("%u").to_string() == "1" {
            scene.text((from, panel.bottom + 16), name, style.align(Align::Left));
        }
    }
    scene.line(vec![(panel.left, panel.bottom), (panel.right, panel.bottom)], QUIET, 1);
    scene.part(rows(panel, time, zone));
}

/// A step function over intervals as points: each value holds from one edge to the next.
pub(super) fn steps(edges: &[i32], values: &[f64], scale: &Scale) -> Vec<Point> {
    let pairs = edges.windows(2).zip(values);
    pairs.flat_map(|(edge, value)| [(edge[0], scale.at(*value)), (edge[1], scale.at(*value))]).collect()
}

/// Fills between two step functions wherever the upper one is higher, one area per stretch.
pub(super) fn fill_between(
    scene: &mut Scene,
    edges: &[i32],
    scale: &Scale,
    (low, high): (&[f64], &[f64]),
    fill: Colour,
) {
    for stretch in stretches(low.len(), |index| high[index] - low[index] > 1e-9) {
        let within = &edges[stretch.start..=stretch.end];
        let mut area = steps(within, &high[stretch.clone()], scale);
        area.extend(steps(within, &low[stretch], scale).into_iter().rev());
        scene.area(area, fill);
    }
}

/// Ranges of consecutive indices for which something holds.
pub(super) fn stretches(len: usize, holds: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for index in (0..len).filter(|index| holds(*index)) {
        match found.last_mut().filter(|last| last.end == index) {
            Some(last) => last.end = index + 1,
            None => found.push(index..index + 1),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_part_the_stretches() {
        let known = [false, true, true, false, true];
        assert_eq!(stretches(5, |index| known[index]), [1..3, 4..5]);
    }

    #[test]
    fn days_stand_in_rows_as_many_as_are_readable() {
        let start: crate::domain::time::Instant = "2026-11-30T00:00:00Z".parse().expect("an instant");
        let panel = Panel { left: 84, right: 784, top: 130, bottom: 340 };
        let windows = |days: i64| -> Vec<(i32, i32)> {
            let time = TimeScale::new((start, start + chrono::Duration::days(days)), (panel.left, panel.right));
            let rows = rows(panel, &time, chrono_tz::UTC);
            assert!(rows.iter().all(|row| (row[0].x, row[0].width, row[1].y, row[1].height) == (34, 50, 121, 246)));
            rows.iter().map(|row| (row[1].x, row[1].width)).collect()
        };
        // A hundred pixels a day: three in a row; seven hundred: one, too wide or not.
        assert_eq!(windows(7), [(84, 300), (384, 300), (684, 100)]);
        assert_eq!(windows(1), [(84, 700)]);
    }

    #[test]
    fn steps_hold_from_edge_to_edge() {
        let scale = Scale::new((0.0, 10.0), (100, 0));
        assert_eq!(steps(&[0, 5, 10], &[1.0, 2.0], &scale), [(0, 90), (5, 90), (5, 80), (10, 80)]);
    }
}
