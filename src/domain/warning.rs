//! What the user should know though nothing stops the run.

use std::fmt;
use std::path::Path;
use tr::tr;

use chrono::NaiveDate;

use super::ids::{ContractId, EventId, QueueId};
use super::problem::Problem;
use super::staff_to::StaffTo;
use crate::language::weekday_name;

/// Something to know. Prints as one sentence or more, with a hint where there is something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Something about an input, with the place where it stands.
    Input(Problem),
    /// The forecast was brought along.
    GivenForecast,
    /// The roster was brought along.
    GivenRoster,
    /// The roster that was lived through breaks so many rules.
    IllegalRoster(usize),
    /// A queue is staffed for more than the mean of a forecast that leaves no other rate open.
    CertainForecast {
        /// The queue.
        queue: QueueId,
        /// What it is to be staffed for.
        staff_to: StaffTo,
    },
    /// A queue opens in the plan and expects nobody, for its history has no contacts.
    QueueWithoutContacts(QueueId),
    /// An event of the plan's days adds no contacts.
    EventWithoutContacts {
        /// The event.
        event: EventId,
        /// Its first day within the plan.
        day: NaiveDate,
    },
    /// An event lies wholly before the history.
    EventBeforeHistory {
        /// The event.
        event: EventId,
        /// The first day of the history.
        begins: NaiveDate,
    },
    /// Shifts lie wholly in time in which no queue is open.
    WorkWhileClosed {
        /// How many.
        shifts: usize,
        /// Their dates.
        dates: Vec<NaiveDate>,
    },
    /// Nothing is known of the days before the plan.
    NoEarlierRoster,
    /// The rosters before the plan end a week or more before it begins.
    DaysBeforePlan {
        /// The last of them.
        file: String,
        /// The date of the last shift before the plan.
        last: NaiveDate,
        /// Days between it and the plan.
        days: i64,
    },
    /// The public holidays of a country fall on days far below the expected, and none is listed.
    UnlistedCalendar {
        /// Its code.
        code: String,
        /// Holidays that were far below the expected.
        strange: usize,
        /// Holidays on days on which the queue was open.
        holidays: usize,
        /// The queues.
        queues: Vec<QueueId>,
    },
    /// Nothing was counted on any listed holiday of the history, though the queue is said to be open then.
    HolidaysWithoutRows {
        /// The queue.
        queue: QueueId,
        /// How many such holidays.
        days: usize,
    },
    /// A day that comes round every year was far from the expected each time, and is not listed.
    UnlistedDay {
        /// How it comes round.
        comes: ComesRound,
        /// The years.
        years: Vec<i32>,
        /// Whole percent by which more came than was expected, mean of the years.
        more: i32,
        /// The queues.
        queues: Vec<QueueId>,
    },
    /// Weeks before the plan are settled together with its own, and nobody knows what was worked in them.
    UnsettledWeeks {
        /// The contract that settles them.
        contract: ContractId,
        /// The first of their dates.
        from: NaiveDate,
        /// The last.
        until: NaiveDate,
    },
}

/// How a day comes round every year; the plainest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComesRound {
    /// On a date.
    OnDate {
        /// 1 to 12.
        month: u32,
        /// Day of the month.
        day: u32,
    },
    /// So many days after Easter Sunday, or before it.
    FromEaster {
        /// Days after it.
        days: i64,
    },
    /// On a weekday of a month, such as the fourth Friday of November.
    OnWeekday {
        /// 1 to 12.
        month: u32,
        /// From 1.
        nth: u32,
        /// Monday is 0.
        weekday: u32,
    },
}

impl Warning {
    /// The warning with its file named without folders: what is written into OUT does not depend on how a path was typed.
    #[must_use]
    pub fn without_folders(&self) -> Self {
        let bare = |file: &str| {
            Path::new(file).file_name().map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into_owned())
        };
        match self {
            Self::Input(problem) => Self::Input(Problem { file: bare(&problem.file), ..problem.clone() }),
            Self::DaysBeforePlan { file, last, days } => {
                Self::DaysBeforePlan { file: bare(file), last: *last, days: *days }
            }
            other => other.clone(),
        }
    }
}

/// Names in backticks, with commas.
fn listed(queues: &[QueueId]) -> String {
    let names: Vec<String> = queues.iter().map(|queue| format!("`{queue}`")).collect();
    names.join(", ")
}

/// How a day comes round, in words.
fn round(comes: ComesRound) -> String {
    match comes {
        ComesRound::OnDate { month, day } => {
            tr!("the day {month}-{day} (month and day)", month = format!("{month:02}"), day = format!("{day:02}"))
        }
        ComesRound::FromEaster { days } if days < 0 => tr!("the day {days} days before Easter", days = -days),
        ComesRound::FromEaster { days } => tr!("the day {days} days after Easter", days),
        ComesRound::OnWeekday { month, nth, weekday } => {
            let weekday = weekday_name(weekday);
            tr!("{weekday} number {nth} of month {month}", weekday, nth, month)
        }
    }
}

impl From<Problem> for Warning {
    fn from(problem: Problem) -> Self {
        Self::Input(problem)
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(problem) => problem.fmt(to),
            Self::GivenForecast => to.write_str(
                &tr!("the forecast is taken as given: events and adjustments are not added to it, factors of scenarios are"),
            ),
            Self::GivenRoster => to.write_str(
                &tr!("the roster is taken as given: it is checked, drawn, and priced as if each queue were planned by itself, which is not how \
                 a plan for people who share queues prices its own; the bound says what a better one could save at most; hint: \
                 without --roster one is made, simulate says what customers get of this one"),
            ),
            Self::IllegalRoster(rules) => {
                write!(to, "{}", tr!("the roster is simulated as it stands, though it breaks rules in {rules} places; hint: obsada check --roster names them", rules))
            }
            Self::CertainForecast { queue, staff_to } => write!(
                to,
                "{}", tr!("queue `{queue}`: staff_to = \"{staff_to}\" asks for no more than the mean, for the forecast has no band wider than the \
                 noise of counting; hint: give p10 and p90 in the forecast brought along", queue, staff_to)),
            Self::QueueWithoutContacts(queue) => write!(
                to,
                "{}",
                tr!("queue `{queue}`: its history has no contacts, so none are expected and nobody is planned for it; hint: say how many \
                     come in adjustments.csv, or name a queue whose days it borrows: like = \"…\"", queue)
            ),
            Self::UnlistedCalendar { code, strange, holidays, queues } => {
                let queues = listed(queues);
                write!(to, "{}", tr!("{strange} of {holidays} public holidays of {code} in the history had far fewer contacts (queues {queues}), and no holiday is listed; \
                     hint: if they are your customers', say holidays = [\"{code}\"] in [plan], or in each [[queue.region]]", strange, holidays, code, queues))
            }
            Self::HolidaysWithoutRows { queue, days } => {
                write!(to, "{}", tr!("queue `{queue}`: the history has no rows on any of {days} holidays on which it is said to be open: they are forecast as ordinary days; hint: if it is closed then, list each as [[holiday]] with service = \"closed\"", queue, days))
            }
            Self::UnlistedDay { comes, years, more, queues } => {
                let (day, queues, percent) = (round(*comes), listed(queues), more.abs());
                let years: Vec<String> = years.iter().map(ToString::to_string).collect();
                let years = years.join(", ");
                let said = if *more < 0 {
                    tr!("{day} had {percent} % fewer contacts than expected in {years} (queues {queues}); hint: list it as [[holiday]] if it comes again", day, percent, years, queues)
                } else {
                    tr!("{day} had {percent} % more contacts than expected in {years} (queues {queues}); hint: list it as [[holiday]] if it comes again", day, percent, years, queues)
                };
                to.write_str(&said)
            }
            Self::EventWithoutContacts { event, day } => write!(
                to,
                "{}",
                tr!("event `{event}` of {day} brings no contacts to this plan: it may go out when its queues are closed, or state a response \
                     of nothing; hint: look at `schedule`, `response` and the opening hours of its queues", event, day)
            ),
            Self::EventBeforeHistory { event, begins } => write!(
                to,
                "{}",
                tr!("event `{event}` lies before the history, which begins on {begins}, and changes nothing; hint: look at the year of its \
                     `schedule`", event, begins)
            ),
            Self::WorkWhileClosed { shifts, dates } => {
                let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
                let dates = dates.join(", ");
                let told = tr!("{n} shift lies in time in which no queue is open ({dates}): hours that contracts owe are worked although nobody \
                     calls" | "{n} shifts lie in time in which no queue is open ({dates}): hours that contracts owe are worked although nobody \
                     calls" % *shifts, dates);
                let hint = tr!("lower `min_hours_per_week` for such a week, or give absences with `credited_minutes_per_day`");
                write!(to, "{told}; {} {hint}", tr!("hint:"))
            }
            Self::NoEarlierRoster => to.write_str(
                &tr!("no roster before this one was given: rest and runs of days start afresh; hint: --after OUT/roster.csv"),
            ),
            Self::DaysBeforePlan { file, last, days } => write!(
                to,
                "{}", tr!("{file}: the last shift before the plan is dated {last}, {days} days before it begins, and everybody is taken \
                 to have had these off; hint: give --after the roster of the week before the plan too", file, last, days)),
            Self::UnsettledWeeks { contract, from, until } => write!(
                to,
                "{}", tr!("contract `{contract}`: what was worked from {from} to {until} is not known, so the settlement period to which \
                 these days belong may come to more or less than it should; hint: give --after once for every roster of its \
                 weeks so far", contract, from, until)),
        }
    }
}
