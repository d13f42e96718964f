//! The simulated service of a queue, by day and hour: blue where the goal is met, orange where it is not.

use chrono::NaiveDate;
use tr::tr;

use super::canvas::{Align, Scene, Type, text_width};
use super::frame::{self, LABEL, MARGIN};
use super::palette::Colour;
use super::palette::{GRID, INK, PAPER, QUIET, SHADE};
use crate::domain::ids::QueueIx;
use crate::domain::queue::{GoalPeriod, Queue};
use crate::domain::standing::HALF_A_POINT;
use crate::domain::time::Zone;
use crate::output::drawn::Window;
use crate::output::goals::{self, Judgement};
use crate::output::hours::{self, Hour, Hours};
use crate::output::number::{grouped, percent};
use crate::output::{local_time, phrases};
use crate::plan::{Plan, Simulated};

const WIDTH: u32 = 1400;
const LEFT: i32 = 116;
const TOP: i32 = 140;
const CELL: (i32, i32) = (48, 34);
/// Where the day's mean stands.
const DAY: (i32, i32) = (LEFT + 24 * CELL.0 + 16, 1376);

pub(super) fn scene(plan: &Plan, simulated: &Simulated, queue: QueueIx) -> Scene {
    let sheet = Sheet {
        queue: &plan.queues[queue.0],
        hours: hours::of_queue(plan, simulated, queue),
        judgement: goals::judge(plan, queue),
    };
    sheet.scene(&plan.period.dates().collect::<Vec<_>>(), plan.period.zone)
}

/// What one chart shows.
struct Sheet<'a> {
    queue: &'a Queue,
    hours: Hours,
    judgement: Option<Judgement>,
}

impl Sheet<'_> {
    fn scene(&self, dates: &[NaiveDate], zone: Zone) -> Scene {
        let rows = i32::try_from(dates.len()).unwrap_or(i32::MAX / 1000);
        let height = u32::try_from(TOP + rows * CELL.1 + 50).unwrap_or(WIDTH);
        let mut scene = Scene::new(WIDTH, height, self.title());
        frame::heading(
            &mut scene,
            &tr!("Simulated share in time, %, by day and hour in {zone}; {}", self.blanks(), zone),
        );
        self.legend(&mut scene);
        for (row, date) in (0..).zip(dates) {
            self.draw_day(&mut scene, TOP + row * CELL.1, *date);
        }
        let style = Type::new(LABEL, QUIET).align(Align::Centre);
        for hour in 0..24 {
            let at = (LEFT + hour * CELL.0 + CELL.0 / 2, TOP - 14);
            scene.text(at, format!("{hour:02}"), style);
        }
        scene.text((i32::midpoint(DAY.0, DAY.1), TOP - 14), tr!("day"), style);
        scene.part(self.parts(TOP + rows * CELL.1));
        scene.text((MARGIN, TOP + rows * CELL.1 + 26), self.foot(zone), Type::new(LABEL, QUIET));
        scene
    }

    /// Rows on a narrow screen: some hours each, of those that have contacts, and the mean of the days.
    fn parts(&self, bottom: i32) -> Vec<Vec<Window>> {
        const HOURS: u32 = 6;
        let y = TOP - 26;
        let window = |from: i32, to: i32| Window { x: from, y, width: to - from, height: bottom - y };
        let x = |hour: u32| LEFT + i32::try_from(hour).unwrap_or(0) * CELL.0;
        let has_contacts = |from: &u32| {
            self.hours.iter().any(|((_, hour), of)| (*from..from + HOURS).contains(hour) && of.contacts > 0.0)
        };
        let starts = (0..24).step_by(HOURS as usize).filter(has_contacts);
        let hours = starts.map(|from| window(x(from), x(from + HOURS)));
        let labels = window(MARGIN, LEFT);
        hours.chain([window(DAY.0, DAY.1)]).map(|part| vec![labels, part]).collect()
    }

    fn title(&self) -> String {
        let (id, total) = (&self.queue.id, self.hours.values().fold(Hour::default(), |sum, hour| sum.with(*hour)));
        let Some(judgement) = &self.judgement else { return tr!("{id}: no goal to judge", id) };
        let (service, within) = (percent(total.service(), 1), phrases::within(self.queue));
        tr!(
            "{id}: {service} {within}; goal {} {}",
            phrases::goal_briefly(self.queue),
            judgement.verdict(),
            id,
            service,
            within
        )
    }

    /// What a cell without a figure says.
    fn blanks(&self) -> String {
        if self.hours.values().any(|hour| hour.is_undecided()) {
            tr!("–: not decided within the plan; blank: no contacts come")
        } else {
            tr!("blank: no contacts come")
        }
    }

    fn foot(&self, zone: Zone) -> String {
        let mut foot = tr!("hour of the day in {zone}; weighted by the contacts of the hour", zone);
        if self.by_interval() && self.hours.values().any(|hour| self.is_marked(hour)) {
            foot.push_str(&tr!("; corner: an interval of the hour is more than two points below the goal"));
        }
        if self.hours.values().any(|hour| hour.repeats()) {
            foot.push_str(&tr!("; 2×: clocks go back, the mean of both hours"));
        }
        foot
    }

    fn by_interval(&self) -> bool {
        self.queue.goal.over == GoalPeriod::Interval
    }

    /// An hour that reaches the goal as a whole though one of its intervals does not.
    fn is_marked(&self, hour: &Hour) -> bool {
        hour.below > 0.0 && hour.service() >= self.queue.goal.share.get() - HALF_A_POINT
    }

    /// Fill and ink of an hour: set against the goal unless its day or week meets a goal that is set for that.
    fn colours(&self, date: NaiveDate, hour: &Hour) -> (Colour, Colour) {
        let judged = self.judgement.as_ref().is_some_and(|judgement| judgement.misses_on(date));
        if judged { class(hour.service(), self.queue.goal.share.get()) } else { FORGIVEN }
    }

    fn legend(&self, scene: &mut Scene) {
        let goal = self.queue.goal.share.get();
        let forgiven = match self.queue.goal.over {
            GoalPeriod::Interval => None,
            GoalPeriod::Day => Some(tr!("the day meets its goal")),
            GoalPeriod::Week => Some(tr!("the week meets its goal")),
        };
        let classes = CLASSES.into_iter().zip(class_names());
        let classes = classes.filter(|((from, ..), _)| goal + from <= 1.0).map(|((_, fill, _), name)| (fill, name));
        let mut x = MARGIN;
        for (fill, text) in forgiven.map(|text| (FORGIVEN.0, text)).into_iter().chain(classes) {
            scene.explain(fill, false, &text);
            scene.rectangle((x, 76), (x + 22, 90), fill);
            scene.text((x + 29, 83), &text, Type::new(LABEL, INK));
            x += 29 + text_width(&text, LABEL) + 22;
        }
    }

    fn draw_day(&self, scene: &mut Scene, top: i32, date: NaiveDate) {
        scene.text((MARGIN, top + CELL.1 / 2), local_time::day(date), Type::new(LABEL, INK));
        let mut day = Hour::default();
        for hour in 0..24u32 {
            let left = LEFT + i32::try_from(hour).unwrap_or(0) * CELL.0;
            let Some(of) = self.hours.get(&(date, hour)) else { continue };
            if of.is_undecided() {
                let at = (left + CELL.0 / 2, top + CELL.1 / 2);
                scene.text(at, "–", Type::new(15, QUIET).align(Align::Centre));
            }
            if of.contacts <= 0.0 {
                continue;
            }
            day = day.with(*of);
            let colours = self.colours(date, of);
            cell(scene, (left, left + CELL.0), top, of, colours);
            if self.by_interval() && self.is_marked(of) {
                let right = left + CELL.0 - 1;
                scene.area(vec![(right - 12, top + 1), (right, top + 1), (right, top + 13)], CLASSES[1].1);
            }
            if of.repeats() {
                scene.text((left + 2, top + 7), "2×", Type::new(10, colours.1));
            }
        }
        if day.contacts > 0.0 {
            let by_day = self.queue.goal.over == GoalPeriod::Day;
            let colours = if by_day { class(day.service(), self.queue.goal.share.get()) } else { FORGIVEN };
            cell(scene, DAY, top, &day, colours);
        }
    }
}

fn cell(scene: &mut Scene, (left, right): (i32, i32), top: i32, of: &Hour, (fill, ink): (Colour, Colour)) {
    scene.rectangle((left + 1, top + 1), (right - 1, top + CELL.1 - 1), fill);
    let at = (i32::midpoint(left, right), top + CELL.1 / 2);
    scene.text(at, grouped(of.service() * 100.0, 0), Type::new(15, ink).align(Align::Centre));
}

/// Hours whose day or week meets the goal: no judgement.
const FORGIVEN: (Colour, Colour) = (SHADE, INK);

/// Distances from the goal in percentage points, lowest first, with their fills.
const CLASSES: [(f64, Colour, Colour); 6] = [
    (f64::NEG_INFINITY, Colour(140, 45, 4), PAPER),
    (-0.20, Colour(204, 76, 2), PAPER),
    (-0.10, Colour(251, 154, 60), INK),
    (-0.03, Colour(254, 217, 165), INK),
    (-HALF_A_POINT, Colour(198, 224, 240), INK),
    (0.10, Colour(66, 146, 198), PAPER),
];

/// What the classes are called, in their order.
fn class_names() -> [String; 6] {
    [
        tr!("20 points or more below"),
        tr!("10 to 20 below"),
        tr!("3 to 10 below"),
        tr!("just below the goal"),
        tr!("at the goal"),
        tr!("10 or more above"),
    ]
}

fn class(service: f64, goal: f64) -> (Colour, Colour) {
    let found = CLASSES.iter().rev().find(|(from, ..)| service - goal >= *from);
    found.map_or((GRID, INK), |(_, fill, text)| (*fill, *text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    /// An hour at 70 % with 10 contacts on Monday, one at 90 % with 30 after it: 85 % over the day.
    fn sheet(queue: &Queue) -> Sheet<'_> {
        let day = example::date("2026-11-30");
        let mut of = example::served(&[0.7, 0.7, 0.9, 0.9], &[0.85], 0.85);
        of.offered = example::series(&[5.0, 5.0, 15.0, 15.0]);
        let judgement = Judgement::of(queue, &of, example::grid(4), chrono_tz::Europe::Warsaw);
        let hour = |contacts, share, below| Hour {
            contacts,
            in_time: contacts * share,
            below,
            length: 1.0,
            ..Hour::default()
        };
        let hours = Hours::from([((day, 9), hour(10.0, 0.7, 1.0)), ((day, 10), hour(30.0, 0.9, 0.0))]);
        Sheet { queue, hours, judgement }
    }

    #[test]
    fn the_title_judges_the_goal_as_it_is_set() {
        let mut queue = example::queue("orders");
        // A quarter of the contacts come in thin intervals.
        assert_eq!(
            sheet(&queue).title(),
            "orders: 85.0\u{a0}% within 20 s; goal 80\u{a0}% in every interval missed in too many intervals"
        );
        queue.goal.over = GoalPeriod::Day;
        assert_eq!(sheet(&queue).title(), "orders: 85.0\u{a0}% within 20 s; goal 80\u{a0}% over each day holds");
    }

    #[test]
    fn a_thin_hour_of_a_day_that_meets_its_goal_is_not_coloured() {
        let mut queue = example::queue("orders");
        let (day, hour) = (example::date("2026-11-30"), sheet(&queue).hours[&(example::date("2026-11-30"), 9)]);
        assert_ne!(sheet(&queue).colours(day, &hour), FORGIVEN);
        queue.goal.over = GoalPeriod::Day;
        assert_eq!(sheet(&queue).colours(day, &hour), FORGIVEN);
    }

    #[test]
    fn a_narrow_screen_has_the_hours_with_contacts_and_the_day() {
        let queue = example::queue("orders");
        let scene = sheet(&queue).scene(&[example::date("2026-11-30")], chrono_tz::Europe::Warsaw);
        // Contacts come at 9 and 10: the hours from 6 to 12, then the day.
        let windows: Vec<(i32, i32)> =
            scene.narrow().panels[0].rows.iter().map(|row| (row[1].x, row[1].width)).collect();
        assert_eq!(windows, [(LEFT + 6 * CELL.0, 6 * CELL.0), (DAY.0, DAY.1 - DAY.0)]);
        assert_eq!(scene.narrow().panels[0].legend.len(), 6);
    }

    #[test]
    fn an_hour_that_repeats_is_marked() {
        let queue = example::queue("orders");
        let mut sheet = sheet(&queue);
        sheet.hours.entry((example::date("2026-11-30"), 9)).or_default().length = 2.0;
        let scene = sheet.scene(&[example::date("2026-11-30")], chrono_tz::Europe::Warsaw);
        assert!(scene.texts().contains(&"2×"));
        assert!(scene.texts().iter().any(|text| text.ends_with("2×: clocks go back, the mean of both hours")));
    }

    #[test]
    fn colours_part_at_the_goal() {
        assert_eq!(class(0.80, 0.8).0, CLASSES[4].1);
        assert_eq!(class(0.78, 0.8).0, CLASSES[3].1);
        assert_eq!(class(0.10, 0.8).0, CLASSES[0].1);
    }
}
