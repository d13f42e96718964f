//! Contacts expected of a queue: by day beside the last weeks, and interval by interval with the 80 % band.

use std::ops::Range;
use tr::tr;

use chrono::Duration;

use super::canvas::{Align, Point, Scene, Type, text_width};
use super::frame::{self, Key, LABEL, MARGIN, Panel};
use super::palette::Colour;
use super::palette::{BAND, BLUE, INK, ORANGE, PAST, PAST_MEAN, QUIET, SHADE};
use super::scale::{Scale, TimeScale};
use crate::domain::forecast::{QueueForecast, RegionForecast};
use crate::domain::ids::QueueIx;
use crate::domain::time::{Instant, LocalDay};
use crate::output::number::{grouped, percent};
use crate::output::{figures, local_time};
use crate::plan::Plan;

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 670;
const BY_DAY: Panel = Panel { left: 84, right: 1376, top: 134, bottom: 296 };
const BY_INTERVAL: Panel = Panel { left: 84, right: 1376, top: 376, bottom: 606 };
/// Weeks of history shown beside the forecast.
const WEEKS: usize = 4;

/// Whether there is anything to draw: queues fed by escalation alone have neither forecast nor history.
pub(super) fn has_contacts(plan: &Plan, queue: QueueIx) -> bool {
    let expected = plan.forecast.queues[queue.0].whole.offered.iter().any(|contacts| *contacts > 0.0);
    expected || plan.history.series.iter().any(|series| series.queue == queue)
}

pub(super) fn scene(plan: &Plan, queue: QueueIx) -> Scene {
    let of = &plan.forecast.queues[queue.0];
    let mut scene = Scene::new(WIDTH, HEIGHT, title(plan, queue));
    let zone = plan.period.zone;
    frame::heading(&mut scene, &tr!("Days and hours in {zone} · all regions · {}", heaviest_methods(of), zone));
    let mean = |start| figures::mean_of_last_weeks(plan, queue, start, WEEKS);
    let past: Vec<Option<f64>> = plan.forecast.grid.starts().map(mean).collect();
    legend(&mut scene, &of.whole, past.iter().any(Option::is_some));
    by_day(&mut scene, plan, queue);
    by_interval(&mut scene, plan, queue, &past);
    scene
}

/// The methods that say most; all of them, with their weights by days ahead, stand on the page.
fn heaviest_methods(of: &QueueForecast) -> String {
    const SHOWN: usize = 3;
    let methods = &of.explanation.methods;
    let told = methods.iter().take(SHOWN).map(|of| format!("{} {}", of.method, percent(of.weight, 0)));
    match methods.len() {
        0 => tr!("method: {}", of.method),
        count if count > SHOWN => tr!("methods: {}, …", told.collect::<Vec<_>>().join(", ")),
        _ => tr!("methods: {}", told.collect::<Vec<_>>().join(", ")),
    }
}

fn title(plan: &Plan, queue: QueueIx) -> String {
    let (id, of) = (&plan.queues[queue.0].id, &plan.forecast.queues[queue.0].whole);
    let total: f64 = of.offered.iter().sum();
    let compared = figures::before(plan, queue)
        .map_or_else(String::new, |before| compared(total / before.contacts - 1.0, &before.words(plan)));
    let events: f64 = of.event.iter().sum();
    let from_events = if events.abs() >= 0.005 * total.max(1.0) {
        tr!("; events bring {}", grouped(events, 0))
    } else {
        String::new()
    };
    tr!("{id}: {} contacts expected{compared}{from_events}", grouped(total, 0), id, compared, from_events)
}

/// `, 6 % more than the week before`.
fn compared(change: f64, than: &str) -> String {
    match change {
        _ if change.abs() < 0.005 => tr!(", as many as {than}", than),
        more if more > 0.0 => tr!(", {} more than {than}", percent(more, 0), than),
        fewer => tr!(", {} fewer than {than}", percent(-fewer, 0), than),
    }
}

fn legend(scene: &mut Scene, of: &RegionForecast, has_past: bool) {
    let mut entries = Vec::new();
    if has_past {
        entries.push((Key::Fill(PAST), tr!("what came")));
        entries.push((Key::Line(PAST_MEAN), tr!("mean of the last {WEEKS} weeks", WEEKS)));
    }
    entries.push((Key::Fill(BLUE), tr!("expected (mean)")));
    if has_events(of) {
        entries.push((Key::Fill(ORANGE), tr!("of which events")));
    }
    entries.push((Key::Fill(BAND), tr!("8 times in 10 within (80 % band)")));
    frame::legend(scene, 82, &entries);
}

fn has_events(of: &RegionForecast) -> bool {
    of.event.iter().any(|contacts| contacts.abs() > 1e-9)
}

/// Days of the last weeks and of the plan as columns; the part of events on top in its own colour.
fn by_day(scene: &mut Scene, plan: &Plan, queue: QueueIx) {
    let (zone, grid) = (plan.period.zone, plan.forecast.grid);
    let known_until = grid.start().min(plan.history.grid.end());
    let first = LocalDay::holding(known_until - Duration::days(7 * 4 - 1), zone).start;
    let time = TimeScale::new((first, grid.end()), (BY_DAY.left, BY_DAY.right));
    let columns: Vec<(LocalDay, Column)> =
        time.days(zone).into_iter().filter_map(|day| Some((day, column(plan, queue, &day)?))).collect();
    let highest = columns.iter().map(|(_, column)| column.expected + column.past).fold(0.0, f64::max);
    let values = frame::value_axis(scene, BY_DAY, highest, &tr!("contacts a day"));
    not_known_yet(scene, &time, (known_until, grid.start()));
    for (day, column) in &columns {
        let (from, to) = (time.at(day.start) + 3, time.at(day.end) - 3);
        let mut fill = |low: f64, high: f64, colour: Colour| {
            if high > low {
                scene.rectangle((from, values.at(high)), (to, values.at(low)), colour);
            }
        };
        fill(0.0, column.past, PAST);
        fill(0.0, column.expected, BLUE);
        fill(column.expected - column.event.max(0.0), column.expected, ORANGE);
    }
    holidays(scene, plan, &time);
    frame::day_axis(scene, BY_DAY, &time, zone);
}

/// Marks the days between what is known and the plan.
fn not_known_yet(scene: &mut Scene, time: &TimeScale, (from, until): (Instant, Instant)) {
    let (left, right) = (time.at(from) + 2, time.at(until) - 2);
    // One word a line.
    let words = tr!("not known yet");
    let words: Vec<&str> = words.split(' ').collect();
    if from < until && right - left > text_width(words[1], LABEL) {
        scene.rectangle((left, BY_DAY.top), (right, BY_DAY.bottom - 1), SHADE);
        for (line, word) in (0..).zip(words) {
            let at = (i32::midpoint(left, right), BY_DAY.top + 40 + 18 * line);
            scene.text(at, word, Type::new(LABEL, QUIET).align(Align::Centre));
        }
    }
}

/// Names of the plan's special days above their columns.
fn holidays(scene: &mut Scene, plan: &Plan, time: &TimeScale) {
    let last = plan.period.end();
    for holiday in plan.holidays.iter().filter(|holiday| (plan.period.start..last).contains(&holiday.date)) {
        let day = LocalDay::of(holiday.date, plan.period.zone);
        let at = (time.at(day.end), BY_DAY.top - 4);
        scene.text(at, holiday.name.clone(), Type::new(LABEL, INK).align(Align::Right));
    }
}

/// One day's total: of the history, or of the forecast.
struct Column {
    past: f64,
    expected: f64,
    event: f64,
}

fn column(plan: &Plan, queue: QueueIx, day: &LocalDay) -> Option<Column> {
    let of = &plan.forecast.queues[queue.0].whole;
    let ahead = plan.forecast.grid.range(day.start, day.end);
    if !ahead.is_empty() {
        let sum = |values: &[f64]| values[ahead.clone()].iter().sum();
        return Some(Column { past: 0.0, expected: sum(&of.offered), event: sum(&of.event) });
    }
    let behind = plan.history.grid.range(day.start, day.end);
    let known: Vec<f64> = behind.filter_map(|interval| figures::actual(plan, queue, interval)).collect();
    (!known.is_empty()).then(|| Column { past: known.iter().sum(), expected: 0.0, event: 0.0 })
}

/// The plan's intervals: band, mean, and the mean of the last weeks as a thin line.
fn by_interval(scene: &mut Scene, plan: &Plan, queue: QueueIx, past: &[Option<f64>]) {
    let (of, grid) = (&plan.forecast.queues[queue.0].whole, plan.forecast.grid);
    let time = TimeScale::new((grid.start(), grid.end()), (BY_INTERVAL.left, BY_INTERVAL.right));
    let starts: Vec<Instant> = grid.starts().collect();
    let middle = |index: usize| time.at(starts[index] + grid.interval().duration() / 2);
    let highest = past.iter().flatten().chain(&of.p90).chain(&of.offered).copied().fold(0.0, f64::max);
    let unit = tr!("contacts per {} min", grid.interval().get());
    let values = frame::value_axis(scene, BY_INTERVAL, highest, &unit);
    let open = frame::stretches(starts.len(), |index| of.offered[index] > 0.0 || of.p90[index] > 0.0);
    for stretch in &open {
        let low = stretch.clone().map(|index| (middle(index), values.at(of.p10[index])));
        let high = stretch.clone().rev().map(|index| (middle(index), values.at(of.p90[index])));
        scene.area(low.chain(high).collect(), BAND);
    }
    for stretch in open {
        expected(scene, of, &values, stretch, middle);
    }
    for stretch in frame::stretches(past.len(), |index| past[index].is_some()) {
        let point = |index: usize| (middle(index), past[index].map_or(0, |value| values.at(value)));
        scene.line(stretch.map(point).collect(), PAST_MEAN, 1);
    }
    frame::day_axis(scene, BY_INTERVAL, &time, plan.period.zone);
    let zone = tr!("midnights of {}, {}", plan.period.zone, local_time::days(plan.period.start, last_day(plan)));
    scene.text((MARGIN, 650), zone, Type::new(LABEL, QUIET));
}

/// The mean over a stretch of open intervals, and below it the part of events.
fn expected(
    scene: &mut Scene,
    of: &RegionForecast,
    values: &Scale,
    stretch: Range<usize>,
    middle: impl Fn(usize) -> i32,
) {
    let line: Vec<Point> = stretch.clone().map(|index| (middle(index), values.at(of.offered[index]))).collect();
    if has_events(of) {
        let without = |index: usize| (middle(index), values.at(of.offered[index] - of.event[index].max(0.0)));
        scene.area(line.iter().copied().chain(stretch.rev().map(without)).collect(), ORANGE);
    }
    scene.line(line, BLUE, 2);
}

fn last_day(plan: &Plan) -> chrono::NaiveDate {
    plan.period.end() - Duration::days(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_title_says_how_the_week_compares() {
        // 3,360 expected against 3,024: a ninth more.
        let plan = example::forecast_only();
        let scene = scene(&plan, QueueIx(0));
        assert_eq!(
            scene.title(),
            "orders <script>: 3\u{202f}360 contacts expected, 11\u{a0}% more than the week before"
        );
        assert!(scene.texts().iter().any(|text| text.contains("Europe/Warsaw")));
    }

    #[test]
    fn days_between_history_and_plan_are_marked() {
        let mut plan = example::forecast_only();
        assert!(!scene(&plan, QueueIx(0)).texts().contains(&"known"));
        // History ends four days before the plan.
        plan.history = plan.history.known_at(plan.forecast.grid.start() - Duration::days(4));
        let scene = scene(&plan, QueueIx(0));
        assert!(["not", "known", "yet"].iter().all(|word| scene.texts().contains(word)));
    }
}
