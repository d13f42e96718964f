//! What a planner should know of a history before trusting a plan made of it.

use crate::domain::history::Survey;
use crate::domain::problem::{Problem, Problems};

const DAY: i64 = 1440;
/// Every weekday three times: below that the week's pattern is mostly chance.
const FEW_DAYS: i64 = 21;
/// Longer rows are spread evenly over a day, see the ingestion.
const COARSE: i64 = 120;

/// Refuses a history of which no plan can be made: rows longer than a day tell neither weekdays nor hours.
///
/// # Errors
/// One problem, of the file as it is shown to the user.
pub fn refuse_unusable(survey: &Survey, shown: &str) -> Result<(), Problems> {
    let minutes = survey.interval.get();
    if minutes <= DAY {
        return Ok(());
    }
    let cause = format!("rows {} days apart tell neither weekdays nor hours", (minutes + DAY / 2) / DAY);
    let problem = Problem::in_file(shown, cause).accepting("rows of 60 minutes or less, or of a day at the longest");
    Err(problem.hinting("most telephone systems export counts per 15 or 30 minutes").into())
}

/// Sentences for the user, each on its own; none about a history that is long and fine enough.
#[must_use]
pub fn remarks(survey: &Survey) -> Vec<String> {
    let mut remarks = Vec::new();
    let minutes = survey.interval.get();
    if minutes >= DAY {
        remarks.push(
            "the history has one row a day: contacts are spread evenly over opening hours that are assumed, so that the \
             plan says how many people a day needs but not at which hours; rows of 60 minutes or less would, or in each [[queue]] \
             day_shape = [24 numbers], how busy each hour is"
                .to_owned(),
        );
    } else if minutes > COARSE {
        remarks.push(format!(
            "the history has rows of {minutes} minutes: contacts are spread evenly within each, and peaks are lost"
        ));
    }
    let days = ((survey.last - survey.first).num_minutes() + minutes + DAY - 1) / DAY;
    if days < FEW_DAYS {
        remarks.push(format!(
            "the history covers {days} days, so that each weekday comes fewer than three times: forecasts made of it are \
             rough, and weekdays that are not in it count as closed; give {FEW_DAYS} days at least, and a year for seasons"
        ));
    }
    remarks.extend(few_contacts(survey));
    remarks
}

/// Queues of which there is too little to tell hours or a level.
fn few_contacts(survey: &Survey) -> Option<String> {
    const FEW: f64 = 50.0;
    let name = |name: &str| if name.is_empty() { "main".to_owned() } else { name.to_owned() };
    let few = survey.queues.iter().filter(|queue| queue.contacts < FEW);
    let named: Vec<String> = few.map(|queue| format!("`{}` ({:.0})", name(&queue.name), queue.contacts)).collect();
    (!named.is_empty()).then(|| {
        format!(
            "queues of fewer than {FEW:.0} contacts in all: {}; their opening hours and forecasts are guesses: check the hours in \
             workspace.toml, or leave such a queue out",
            named.join(", ")
        )
    })
}
