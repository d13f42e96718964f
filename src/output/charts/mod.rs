//! Charts: pure functions from a plan to a [`canvas::Scene`], which is drawn as SVG and as PNG alike.
//!
//! | file | what a supervisor reads off it |
//! |---|---|
//! | [`forecast`] | how many contacts, against the last weeks; what events and holidays add |
//! | [`causes`] | what the expected contacts are made of, where events or special days matter |
//! | [`requirement`] | how many agents are needed when, in runs without a roster |
//! | [`coverage`] | where the roster is short of the requirement, and where over |
//! | [`people`] | people there who can take a queue, how many of them are at it, and its simulated service |
//! | [`heat_map`] | the simulated service, by day and hour |
//! | [`skills`] | what people who take the same queues are busy with |
//! | [`week`] | who works when |
//! | [`burdens`] | who has the nights, weekends and late shifts |
//! | [`comparison`] | what-if: what each scenario costs, how it serves |
//! | [`fairness_curve`] | what-if: money against fairness |
//!
//! Titles state the finding, axes name units and zones, colours are told apart by colour-blind readers.

mod canvas;
mod palette;
mod png;
mod scale;
mod frame;
mod forecast;
mod causes;
mod requirement;
mod coverage;
mod people;
mod heat_map;
mod skills;
mod week;
mod burdens;
mod comparison;
mod fairness_curve;

use rayon::prelude::*;

use self::canvas::Scene;
use super::artifact::OutputError;
use super::drawn::{Drawn, Subject};
use super::file_names::file_names;
use crate::domain::ids::QueueIx;
use crate::domain::skill_set::SkillSet;
use crate::plan::{Plan, has_burdens};
use crate::scenario::Comparison;

/// Kinds of people that have a chart of their own.
const SKILL_SETS: usize = 12;

/// All charts that the plan has data for, queues in order, then the pages of the week.
pub(super) fn draw_all(plan: &Plan) -> Result<Vec<Drawn>, OutputError> {
    canvas::register_fonts()?;
    let names = file_names(plan.queues.iter().map(|queue| queue.id.as_str()));
    let mut scenes: Vec<(Subject, String, Scene)> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let queue = QueueIx(index);
        if let Some(simulated) = &plan.simulated {
            scenes.push((Subject::People(queue), format!("people-{name}"), people::scene(plan, simulated, queue)));
            scenes.push((Subject::Service(queue), format!("service-{name}"), heat_map::scene(plan, simulated, queue)));
        }
        if let Some(rostered) = &plan.rostered {
            let coverage = coverage::scene(plan, rostered, queue);
            scenes.push((Subject::Coverage(queue), format!("coverage-{name}"), coverage));
        } else if let Some(requirement) = &plan.requirement {
            let scene = requirement::scene(plan, requirement, queue);
            scenes.push((Subject::Requirement(queue), format!("requirement-{name}"), scene));
        }
        if forecast::has_contacts(plan, queue) {
            scenes.push((Subject::Forecast(queue), format!("forecast-{name}"), forecast::scene(plan, queue)));
        }
        if causes::has_causes(plan, queue) {
            scenes.push((Subject::Causes(queue), format!("causes-{name}"), causes::scene(plan, queue)));
        }
    }
    if let Some(simulated) = &plan.simulated {
        let sets = simulated.service.skill_sets();
        let ids = |set: &SkillSet| set.queues().map(|queue| plan.queues[queue.0].id.to_string()).collect::<Vec<_>>();
        let labels: Vec<String> = sets.iter().map(|set| ids(set).join("-")).collect();
        let names = file_names(labels.iter().map(String::as_str));
        for (at, (set, name)) in sets.iter().zip(names).enumerate().take(SKILL_SETS) {
            let scene = skills::scene(plan, &simulated.service, set);
            scenes.push((Subject::Skills(at), format!("skills-{name}"), scene));
        }
    }
    if let Some(rostered) = plan.rostered.as_ref().filter(|rostered| has_burdens(rostered)) {
        scenes.push((Subject::Burdens, "burdens".to_owned(), burdens::scene(rostered)));
    }
    if let Some(rostered) = &plan.rostered {
        let shifts = &rostered.checked.roster().shifts;
        let pages = week::pages(&plan.period, &rostered.workforce, shifts);
        scenes.extend(
            pages
                .into_iter()
                .enumerate()
                .map(|(page, scene)| (Subject::Week(page), format!("week-{:02}", page + 1), scene)),
        );
    }
    scenes.into_par_iter().map(|(subject, name, scene)| draw(subject, name, &scene)).collect()
}

/// Scenarios side by side, and by money and fairness where burdens have a price in several.
pub(super) fn of_comparison(comparison: &Comparison, currency: &str) -> Result<Vec<Drawn>, OutputError> {
    canvas::register_fonts()?;
    let side_by_side = comparison::scene(comparison, currency);
    let mut drawn = vec![draw(Subject::Comparison, "comparison".to_owned(), &side_by_side)?];
    if fairness_curve::has_curve(comparison) {
        let curve = fairness_curve::scene(comparison, currency);
        drawn.push(draw(Subject::Fairness, "fairness".to_owned(), &curve)?);
    }
    Ok(drawn)
}

fn draw(subject: Subject, name: String, scene: &Scene) -> Result<Drawn, OutputError> {
    let title = scene.title().to_owned();
    let narrow = scene.narrow().clone();
    Ok(Drawn { subject, name, title, svg: canvas::svg(scene)?, png: canvas::png(scene)?, narrow })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn a_run_draws_what_it_has_and_draws_it_alike() {
        let mut plan = example::forecast_only();
        let charts = draw_all(&plan).expect("charts");
        assert_eq!(charts.iter().map(|chart| chart.name.as_str()).collect::<Vec<_>>(), ["forecast-orders--script-"]);
        let again = draw_all(&plan).expect("charts");
        assert_eq!((&charts[0].svg, &charts[0].png), (&again[0].svg, &again[0].png));
        let lived: Vec<String> =
            draw_all(&example::lived(0.8)).expect("charts").into_iter().map(|of| of.name).collect();
        let of_queue = ["people", "service", "requirement", "forecast"].map(|kind| format!("{kind}-orders--script-"));
        assert_eq!(lived, [&of_queue[..], &["skills-orders--script-".to_owned()]].concat());
        plan.requirement = Some(example::requirement(plan.forecast.grid));
        let names: Vec<String> = draw_all(&plan).expect("charts").into_iter().map(|chart| chart.name).collect();
        assert_eq!(names, ["requirement-orders--script-", "forecast-orders--script-"]);
    }
}
