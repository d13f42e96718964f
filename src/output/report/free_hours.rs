//! Hours that could be given to training and coaching, by day and by what people take.

use std::collections::BTreeSet;
use tr::tr;

use chrono::NaiveDate;

use super::html::{Column, escape, table};
use crate::domain::ids::QueueIx;
use crate::output::number::hours;
use crate::output::{local_time, phrases};
use crate::plan::{FreeHours, Plan};

/// Days that the table shows one by one; a longer plan has them in weeks.
const DAYS: usize = 14;

/// Nothing where no hour is free.
pub(super) fn section(plan: &Plan) -> Option<String> {
    let free = &plan.simulated.as_ref()?.free_hours;
    let total: f64 = free.iter().map(|of| of.hours).sum();
    if total <= 0.0 {
        return None;
    }
    let kinds: BTreeSet<&[QueueIx]> = free.iter().map(|of| &of.queues[..]).collect();
    let periods = periods(plan);
    let headings: Vec<String> = periods.iter().map(|days| heading(days)).collect();
    let mut columns = vec![(tr!("People who take"), Column::Prose)];
    columns.extend(headings.iter().map(|heading| (heading.clone(), Column::Number)));
    columns.push((tr!("Hours in all"), Column::Number));
    let row = |kind: &[QueueIx]| {
        let in_period = |days: &Vec<NaiveDate>| sum(free, kind, |day| days.contains(&day));
        let mut cells = vec![phrases::skills(&plan.queues, kind.iter().copied())];
        cells.extend(periods.iter().map(|days| shown(in_period(days))));
        cells.push(shown(sum(free, kind, |_| true)));
        cells
    };
    let rows: Vec<Vec<String>> = kinds.into_iter().map(row).collect();
    let said = tr!(
        "Of the hours at work, {} could be given to training and coaching: lived through without them, goals are reached as they are \
         with everybody there. They are whole hours of one person each, and what is free for all of these together, not for each alone.",
        hours(total)
    );
    Some(format!("<p>{}</p>\n{}", escape(&said), table(&columns, &rows)))
}

fn sum(free: &[FreeHours], kind: &[QueueIx], of_day: impl Fn(NaiveDate) -> bool) -> f64 {
    free.iter().filter(|of| of.queues == kind && of_day(of.day)).map(|of| of.hours).sum()
}

/// Days one by one, or sevens of them.
fn periods(plan: &Plan) -> Vec<Vec<NaiveDate>> {
    let days: Vec<NaiveDate> = plan.period.dates().collect();
    let of = if days.len() <= DAYS { 1 } else { 7 };
    days.chunks(of).map(<[NaiveDate]>::to_vec).collect()
}

fn heading(days: &[NaiveDate]) -> String {
    match days {
        [day] => local_time::day(*day),
        [first, .., last] => local_time::days(*first, *last),
        [] => String::new(),
    }
}

fn shown(figure: f64) -> String {
    if figure > 0.0 { hours(figure) } else { "–".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn hours_stand_by_day_and_by_what_people_take() {
        let mut plan = example::lived(0.9);
        assert_eq!(section(&plan), None, "nothing is free");
        let day = plan.period.start;
        let of = |day, hours| FreeHours { day, queues: vec![QueueIx(0)], hours };
        let free = vec![of(day, 3.0), of(day.succ_opt().expect("a day"), 2.0)];
        plan.simulated.as_mut().expect("lived through").free_hours = free;
        let text = section(&plan).expect("five hours are free").replace('\u{a0}', " ");
        assert!(text.contains("Of the hours at work, 5.0 h could be given"), "{text}");
        let cells =
            ["3.0 h", "2.0 h", "–", "–", "–", "–", "–", "5.0 h"].map(|cell| format!("<td class=\"n\">{cell}</td>"));
        assert!(text.contains(&cells.concat()), "{text}");
    }
}
