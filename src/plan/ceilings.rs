//! Work that is refused: searches and simulations of it would not end while anybody waits, and it is a slip in the data.

use crate::domain::problem::{Problem, Problems};
use crate::domain::requirement::Requirement;
use crate::domain::workforce::Workforce;
use crate::language::fixed;
use crate::staffing::{self, MOST_PEOPLE, Peak};
use tr::tr;

use super::model::Plan;
use super::options::RunOptions;

/// People needed at once for each agent there is, and beside: a roster of a team within a large centre is still made.
const PER_AGENT: f64 = 20.0;
const BESIDE: f64 = 500.0;

/// Refuses more work than the people of the largest centres do.
pub(super) fn refuse_too_much_work(plan: &Plan, computed: &Requirement, options: &RunOptions) -> Result<(), Problems> {
    match staffing::peak(computed) {
        Some(peak) if peak.of_all > MOST_PEOPLE => {
            let accepted = tr!("work for at most {MOST_PEOPLE} people at once", MOST_PEOPLE = fixed(MOST_PEOPLE, 0));
            Err(told(plan, &peak, options).accepting(accepted).into())
        }
        _ => Ok(()),
    }
}

/// Refuses a roster of people who are far too few: nobody would be served, and every contact would be lived through.
pub(super) fn refuse_far_too_few_people(
    plan: &Plan,
    requirement: &Requirement,
    workforce: &Workforce,
    options: &RunOptions,
) -> Result<(), Problems> {
    let most = PER_AGENT * workforce.agents.len() as f64 + BESIDE;
    match staffing::peak(requirement) {
        Some(peak) if peak.of_all > most => {
            let accepted = tr!(
                "work for at most {most} people at once where there are {} agents",
                workforce.agents.len(),
                most = fixed(most, 0)
            );
            Err(told(plan, &peak, options).accepting(accepted).into())
        }
        _ => Ok(()),
    }
}

fn told(plan: &Plan, peak: &Peak, options: &RunOptions) -> Problem {
    let Peak { contacts, aht_s, people, of_all, .. } = peak;
    let queue = &plan.queues[peak.queue.0].id;
    let minutes = plan.period.interval.get();
    let start = peak.start.with_timezone(&plan.period.zone).format("%Y-%m-%d %H:%M");
    let cause = tr!(
        "queue `{queue}`: {contacts} contacts of {aht_s} s within {minutes} minutes from {start} need {people} people, \
         and all queues {of_all}",
        queue,
        contacts = fixed(*contacts, 0),
        aht_s = fixed(*aht_s, 0),
        minutes,
        start,
        people = fixed(*people, 0),
        of_all = fixed(*of_all, 0)
    );
    let given = options.requirement.as_ref().or(options.forecast.as_ref());
    let from = given.map_or_else(|| tr!("the forecast"), |file| file.display().to_string());
    Problem::in_file(from, cause).hinting(tr!(
        "a count or a handle time has some digits too many: look at the history, at adjustments.csv and backlog.csv; \
         `obsada forecast` writes what is expected of each interval"
    ))
}
