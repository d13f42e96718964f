//! What people who share queues would need, beside what each queue needs of people of its own.

use super::html::{Column, escape, table};
use crate::domain::ids::QueueIx;
use crate::domain::shared_people::Sharing;
use crate::domain::staff_to::StaffTo;
use crate::output::number::{grouped, hours};
use crate::plan::Plan;
use tr::tr;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let shared = plan.shared.as_ref()?;
    let columns = [
        (tr!("Who shares people"), Column::Text),
        (tr!("Queues"), Column::Prose),
        (tr!("Apart, a week"), Column::Number),
        (tr!("Most heads"), Column::Number),
        (tr!("Together, a week"), Column::Number),
        (tr!("Most heads"), Column::Number),
    ];
    let live = shared.live.iter().map(|of| row(plan, &tr!("All voice and chat queues"), of));
    let sets = shared.sets.iter().map(|of| row(plan, &tr!("By the skills of the agents"), of));
    let total = shared.by_skills.iter().filter(|_| shared.sets.len() > 1);
    let total = total.map(|of| row(plan, &tr!("All sets, and queues that nobody shares"), of));
    let rows: Vec<Vec<String>> = live.chain(sets).chain(total).collect();
    let beyond = plan.queues.iter().any(|queue| queue.staff_to != StaffTo::Mean);
    let at_mean = if beyond {
        tr!(" Both are for the mean of the forecast, whatever queues are staffed for.")
    } else {
        String::new()
    };
    let note = tr!(
        "Hours required elsewhere on this page are those of people for each queue by itself. People who take several queues need to be fewer: \
         the quiet minutes of one queue are the busy ones of another.{at_mean}",
        at_mean
    );
    Some(format!("{}<p class=\"quiet\">{}</p>\n", table(&columns, &rows), escape(&note)))
}

fn row(plan: &Plan, who: &str, of: &Sharing) -> Vec<String> {
    let names: Vec<&str> = of.queues.iter().map(|QueueIx(queue)| plan.queues[*queue].id.as_str()).collect();
    vec![
        who.to_owned(),
        names.join(", "),
        hours(of.apart.hours_a_week),
        grouped(of.apart.peak.ceil(), 0),
        hours(of.together.hours_a_week),
        grouped(of.together.peak.ceil(), 0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::shared_people::{Heads, SharedPeople};
    use crate::output::example;

    #[test]
    fn apart_and_together_stand_side_by_side() {
        let mut plan = example::forecast_only();
        assert_eq!(section(&plan), None);
        let live = Sharing {
            queues: vec![QueueIx(0)],
            apart: Heads { hours_a_week: 800.0, peak: 20.0 },
            together: Heads { hours_a_week: 560.0, peak: 13.5 },
        };
        plan.shared = Some(SharedPeople { live: Some(live), sets: Vec::new(), by_skills: None });
        let html = section(&plan).expect("a table");
        let cells = "orders &lt;script&gt;</td><td class=\"n\">800\u{a0}h</td><td class=\"n\">20</td>\
                     <td class=\"n\">560\u{a0}h</td><td class=\"n\">14</td>";
        assert!(html.contains(cells), "{html}");
        assert!(!html.contains("whatever queues are staffed for"));
        plan.queues[0].staff_to = StaffTo::Expected;
        assert!(section(&plan).is_some_and(|html| html.contains("whatever queues are staffed for")));
    }
}
