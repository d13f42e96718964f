//! What a planner should know of a history before trusting a plan made of it.

use super::hours::DAYS;
use super::queues::DECLARED_AHT_S;
use crate::domain::history::Survey;
use crate::domain::problem::{Problem, Problems};
use crate::language::fixed;
use tr::tr;

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
    let cause = tr!("rows {} days apart tell neither weekdays nor hours", (minutes + DAY / 2) / DAY);
    let problem =
        Problem::in_file(shown, cause).accepting(tr!("rows of 60 minutes or less, or of a day at the longest"));
    Err(problem.hinting(tr!("most telephone systems export counts per 15 or 30 minutes")).into())
}

/// Sentences for the user, each on its own; none about a history that is long and fine enough.
#[must_use]
pub fn remarks(survey: &Survey) -> Vec<String> {
    let mut remarks = Vec::new();
    let minutes = survey.interval.get();
    if minutes >= DAY {
        remarks.push(
            tr!("the history has one row a day: contacts are spread evenly over opening hours that are assumed, so that the \
             plan says how many people a day needs but not at which hours; rows of 60 minutes or less would, or in each [[queue]] \
             day_shape = [24 numbers], how busy each hour is"),
        );
    } else if minutes > COARSE {
        remarks.push(tr!(
            "the history has rows of {minutes} minutes: contacts are spread evenly within each, and peaks are lost",
            minutes
        ));
    }
    let days = ((survey.last - survey.first).num_minutes() + minutes + DAY - 1) / DAY;
    if days < FEW_DAYS {
        remarks.push(tr!("the history covers {days} days, so that each weekday comes fewer than three times: forecasts made of it are \
             rough, and weekdays that are not in it count as closed; give {FEW_DAYS} days at least, and a year for seasons", days, FEW_DAYS));
    }
    remarks.extend(few_contacts(survey));
    remarks.extend(no_hours(survey));
    remarks.extend(no_handle_time(survey));
    remarks
}

/// Queues that are open around the clock, for the history does not tell when they are not.
fn no_hours(survey: &Survey) -> Option<String> {
    let untold = survey.queues.iter().filter(|queue| DAYS.iter().all(|day| queue.hours.on(*day).is_empty()));
    let named: Vec<String> = untold.map(|queue| format!("`{}`", called(&queue.name))).collect();
    (!named.is_empty()).then(|| {
        tr!("no opening hours can be told of {}: in workspace.toml they are open around the clock, and people are planned for their \
             nights; write yours as hours", named.join(", "))
    })
}

/// Queues whose handle time is made up, for the history tells none.
fn no_handle_time(survey: &Survey) -> Option<String> {
    let untold = survey.queues.iter().filter(|queue| queue.aht_s.is_none());
    let named: Vec<String> = untold.map(|queue| format!("`{}`", called(&queue.name))).collect();
    let seconds = fixed(DECLARED_AHT_S, 0);
    (!named.is_empty()).then(|| {
        tr!("no handle time is told of {}: {seconds} s are assumed, and the people required hang on it; write yours as aht_s in \
             workspace.toml, or name its column with --set columns.handle_time=…", named.join(", "), seconds)
    })
}

/// The name of a queue; of a history without names that of the only one.
fn called(name: &str) -> &str {
    if name.is_empty() { "main" } else { name }
}

/// Queues of which there is too little to tell hours or a level.
fn few_contacts(survey: &Survey) -> Option<String> {
    const FEW: f64 = 50.0;
    let few = survey.queues.iter().filter(|queue| queue.contacts < FEW);
    let named: Vec<String> = few.map(|queue| format!("`{}` ({:.0})", called(&queue.name), queue.contacts)).collect();
    (!named.is_empty()).then(|| {
        tr!("queues of fewer than {FEW} contacts in all: {}; their opening hours and forecasts are guesses: check the hours in \
             workspace.toml, or leave such a queue out", named.join(", "), FEW = fixed(FEW, 0))
    })
}
