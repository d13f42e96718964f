//! What people who take the same queues are busy with: a layer for each queue, who is free, and all who are at work.

use super::canvas::{Scene, Type};
use super::frame::{self, Key, LABEL, MARGIN, Panel};
use super::palette::{BLUE, Colour, GREEN, INK, MET, ORANGE, PAST_MEAN, PINK, QUIET, SKY, VERMILION, YELLOW};
use super::scale::TimeScale;
use crate::domain::ids::QueueIx;
use crate::domain::service::Service;
use crate::domain::skill_set::SkillSet;
use crate::output::number::{hours, percent};
use crate::output::phrases;
use crate::plan::Plan;
use tr::tr;

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 410;
const PANEL: Panel = Panel { left: 84, right: 1376, top: 130, bottom: 340 };

/// Colours of queues, by their place in the workspace, so that a queue has one colour on all charts.
const COLOURS: [Colour; 7] = [BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, YELLOW];

/// What people are busy with: a name, a colour, and how many of them in each interval.
struct Layer {
    name: String,
    colour: Colour,
    busy: Vec<f64>,
}

pub(super) fn scene(plan: &Plan, service: &Service, set: &SkillSet) -> Scene {
    let (grid, zone, at_work) = (service.grid, plan.period.zone, &set.service.at_work);
    let layers = layers(plan, set);
    let mut scene = Scene::new(WIDTH, HEIGHT, title(plan, service, set));
    frame::heading(
        &mut scene,
        &tr!(
            "People of one skill set, on average over {} simulated plans · hours in {zone}",
            service.replications,
            zone
        ),
    );
    let of_queues = layers.iter().map(|layer| (Key::Fill(layer.colour), layer.name.clone()));
    let others = [(Key::Fill(MET), tr!("free")), (Key::Line(INK), tr!("at work"))];
    frame::legend(&mut scene, 82, &of_queues.chain(others).collect::<Vec<_>>());
    let time = TimeScale::new((grid.start(), grid.end()), (PANEL.left, PANEL.right));
    let edges: Vec<i32> = (0..=grid.len()).map(|index| time.at(grid.start_of(index))).collect();
    let values = frame::value_axis(&mut scene, PANEL, at_work.iter().copied().fold(0.0, f64::max), &tr!("people"));
    let mut below = vec![0.0; grid.len()];
    for layer in &layers {
        let top: Vec<f64> = below.iter().zip(&layer.busy).map(|(below, busy)| below + busy).collect();
        frame::fill_between(&mut scene, &edges, &values, (&below, &top), layer.colour);
        below = top;
    }
    frame::fill_between(&mut scene, &edges, &values, (&below, at_work), MET);
    scene.line(frame::steps(&edges, at_work, &values), INK, 1);
    frame::day_axis(&mut scene, PANEL, &time, zone);
    scene.text((MARGIN, PANEL.bottom + 46), tr!("midnights of {zone}", zone), Type::new(LABEL, QUIET));
    scene
}

/// Queues in order, as many as there are colours; what is left is one layer.
fn layers(plan: &Plan, set: &SkillSet) -> Vec<Layer> {
    let many = plan.queues.len() > COLOURS.len();
    let (own, rest) = set.service.busy.split_at(set.service.busy.len().min(COLOURS.len()));
    let layer = |(place, (queue, busy)): (usize, &(QueueIx, _))| {
        let busy: &crate::domain::series::Series<_> = busy;
        let colour = COLOURS[if many { place } else { queue.0 }];
        Layer { name: plan.queues[queue.0].id.to_string(), colour, busy: busy.to_vec() }
    };
    let mut layers: Vec<Layer> = own.iter().enumerate().map(layer).collect();
    if !rest.is_empty() {
        let len = set.service.at_work.len();
        let busy = (0..len).map(|at| rest.iter().map(|(_, busy)| busy[at]).sum()).collect();
        layers.push(Layer { name: tr!("{} more", rest.len()), colour: PAST_MEAN, busy });
    }
    layers
}

/// `orders + billing: 8 people, 290 h at work, 71 % busy: orders 45 %, billing 26 %`.
fn title(plan: &Plan, service: &Service, set: &SkillSet) -> String {
    let (of, step) = (&set.service, service.grid.interval().as_hours());
    tr!(
        "{skills}: {people}, {at_work} at work, {busy} busy: {with}",
        skills = phrases::skills(&plan.queues, set.queues()),
        people = tr!("{n} person" | "{n} people" % of.people),
        at_work = hours(of.at_work.total() * step),
        busy = percent(of.occupancy().unwrap_or(0.0), 0),
        with = phrases::busy_with(&plan.queues, of)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_title_says_who_how_long_and_busy_with_what() {
        // Four people for 168 hours, three of them with a contact in hand.
        let plan = example::lived(0.9);
        let service = &plan.simulated.as_ref().expect("a simulation").service;
        let set = &service.skill_sets()[0];
        let scene = scene(&plan, service, set);
        assert_eq!(
            scene.title(),
            "orders <script>: 4 people, 672\u{a0}h at work, 75\u{a0}% busy: orders <script> 75\u{a0}%"
        );
        assert!(scene.texts().contains(&"free"));
    }

    #[test]
    fn queues_beyond_the_colours_are_one_layer() {
        let mut plan = example::lived(0.9);
        plan.queues.resize(9, plan.queues[0].clone());
        let mut set = plan.simulated.as_ref().expect("a simulation").service.skill_sets().remove(0);
        let busy = set.service.busy[0].1.clone();
        set.service.busy = (0..9).map(|queue| (QueueIx(queue), busy.clone())).collect();
        let layers = layers(&plan, &set);
        assert_eq!((layers.len(), layers[7].name.as_str(), layers[7].busy[0]), (8, "2 more", 6.0));
    }
}
