//! The people there who can take a queue, how many of them are at it, and below it the simulated service that this gives.

use super::canvas::{Align, Scene, Type};
use super::frame::{self, Key, LABEL, MARGIN, Panel};
use super::palette::{BLUE, INK, MET, PURPLE, QUIET, SKY, TAKEN, VERMILION};
use super::scale::{Scale, TimeScale};
use crate::domain::ids::QueueIx;
use crate::domain::service::QueueService;
use crate::output::number::{grouped, percent};
use crate::output::{goals, phrases};
use crate::plan::{Plan, Simulated};
use tr::tr;

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 640;
const PEOPLE: Panel = Panel { left: 84, right: 1376, top: 130, bottom: 340 };
const SERVICE: Panel = Panel { left: 84, right: 1376, top: 444, bottom: 580 };

/// What is drawn of a queue, per interval.
struct Figures {
    /// People there who can take it.
    there: Vec<f64>,
    /// Of them at it.
    at_it: Vec<f64>,
    /// Of them busy with whatever it is.
    busy: Vec<f64>,
    /// At work if the queue stood alone.
    required: Option<Vec<f64>>,
}

pub(super) fn scene(plan: &Plan, simulated: &Simulated, queue: QueueIx) -> Scene {
    let (service, zone) = (&simulated.service, plan.period.zone);
    let (grid, of) = (service.grid, &service.queues[queue.0]);
    let figures = Figures {
        there: (0..grid.len()).map(|at| service.there(queue, at)).collect(),
        at_it: of.busy.to_vec(),
        busy: (0..grid.len()).map(|at| service.busy(queue, at)).collect(),
        required: plan.requirement.as_ref().map(|of| of.queues[queue.0].agents_net.to_vec()),
    };
    let mut scene = Scene::new(WIDTH, HEIGHT, title(plan, queue, of, &figures));
    frame::heading(
        &mut scene,
        &tr!(
            "People at work and customers served, on average over {} simulated plans · hours in {zone}",
            service.replications,
            zone
        ),
    );
    let keys = [
        (Key::Line(INK), tr!("people there who can take it")),
        (Key::Fill(BLUE), tr!("at it")),
        (Key::Fill(MET), tr!("at other queues")),
        (Key::Line(VERMILION), tr!("required if it had people of its own")),
    ];
    frame::legend(&mut scene, 82, &keys);
    let time = TimeScale::new((grid.start(), grid.end()), (PEOPLE.left, PEOPLE.right));
    let edges: Vec<i32> = (0..=grid.len()).map(|index| time.at(grid.start_of(index))).collect();
    draw_people(&mut scene, &figures, &edges);
    frame::day_axis(&mut scene, PEOPLE, &time, zone);
    draw_service(&mut scene, of, plan.queues[queue.0].goal.share.get(), &edges);
    frame::day_axis(&mut scene, SERVICE, &time, zone);
    scene.text((MARGIN, SERVICE.bottom + 42), tr!("midnights of {zone}", zone), Type::new(LABEL, QUIET));
    scene
}

/// `orders: of 12.3 people there 4.1 are at it and 5.0 at other queues; 96.6 % within 20 s, goal 80 % over each day holds`.
fn title(plan: &Plan, queue: QueueIx, of: &QueueService, figures: &Figures) -> String {
    let goal = &plan.queues[queue.0];
    let Some(judgement) = goals::judge(plan, queue) else { return tr!("{}: no goal to judge", goal.id) };
    let open: Vec<usize> = (0..of.offered.len()).filter(|at| of.offered[*at] > 0.0).collect();
    let mean = |values: &[f64]| open.iter().map(|at| values[*at]).sum::<f64>() / open.len().max(1) as f64;
    let (there, at_it, busy) = (mean(&figures.there), mean(&figures.at_it), mean(&figures.busy));
    tr!(
        "{}: of {} people there {} are at it and {} at other queues; {} {}, goal {} {}",
        goal.id,
        grouped(there, 1),
        grouped(at_it, 1),
        grouped((busy - at_it).max(0.0), 1),
        percent(judgement.in_time.share, 1),
        phrases::within(goal),
        phrases::goal_briefly(goal),
        judgement.verdict()
    )
}

fn draw_people(scene: &mut Scene, figures: &Figures, edges: &[i32]) {
    let required = figures.required.iter().flatten();
    let highest = figures.there.iter().chain(&figures.busy).chain(required).copied().fold(0.0, f64::max);
    let values = frame::value_axis(scene, PEOPLE, highest, &tr!("people"));
    let floor = vec![0.0; figures.there.len()];
    frame::fill_between(scene, edges, &values, (&floor, &figures.at_it), BLUE);
    frame::fill_between(scene, edges, &values, (&figures.at_it, &figures.busy), MET);
    if let Some(required) = &figures.required {
        scene.line(frame::steps(edges, required, &values), VERMILION, 1);
    }
    scene.line(frame::steps(edges, &figures.there, &values), INK, 2);
}

/// The share of each interval with its band, and what it lies below the goal.
fn draw_service(scene: &mut Scene, of: &QueueService, goal: f64, edges: &[i32]) {
    let values = frame::value_axis(scene, SERVICE, 100.0, &tr!("% in time, simulated"));
    let of_interval = |figure: fn(&crate::domain::service::Estimate) -> f64, none: f64| -> Vec<f64> {
        of.in_time.iter().map(|of| of.as_ref().map_or(none, |of| 100.0 * figure(of))).collect()
    };
    let (share, low, high) =
        (of_interval(|of| of.share, 0.0), of_interval(|of| of.low, 0.0), of_interval(|of| of.high, 0.0));
    let at_least = of_interval(|of| of.share, 100.0);
    frame::fill_between(scene, edges, &values, (&at_least, &vec![100.0 * goal; share.len()]), TAKEN);
    frame::fill_between(scene, edges, &values, (&low, &high), SKY);
    for stretch in frame::stretches(share.len(), |at| of.in_time[at].is_some()) {
        scene.line(frame::steps(&edges[stretch.start..=stretch.end], &share[stretch], &values), BLUE, 2);
    }
    goal_line(scene, &values, goal);
    let keys = [
        (Key::Line(BLUE), tr!("in time")),
        (Key::Fill(SKY), tr!("its 95 % band")),
        (Key::Fill(TAKEN), tr!("below the goal")),
    ];
    frame::legend_from(scene, (330, SERVICE.top - 18), &keys);
}

fn goal_line(scene: &mut Scene, values: &Scale, goal: f64) {
    let y = values.at(100.0 * goal);
    scene.line(vec![(SERVICE.left, y), (SERVICE.right, y)], PURPLE, 1);
    let style = Type::new(LABEL, PURPLE).align(Align::Right);
    scene.text((SERVICE.right, y + 11), tr!("goal {}", percent(goal, 0)), style);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_title_counts_people_and_judges_by_the_simulation() {
        let mut plan = example::lived(0.9);
        let simulated = plan.simulated.clone().expect("a simulation");
        let scene = scene(&plan, &simulated, QueueIx(0));
        let expected = "orders <script>: of 4.0 people there 3.0 are at it and 0.0 at other queues; 90.0\u{a0}% within 20 s, goal \
                        80\u{a0}% in every interval holds";
        assert_eq!(scene.title(), expected);
        assert!(scene.texts().contains(&"goal 80\u{a0}%") && scene.texts().contains(&"below the goal"));
        plan.simulated = None;
        assert_eq!(super::scene(&plan, &simulated, QueueIx(0)).title(), "orders <script>: no goal to judge");
    }
}
