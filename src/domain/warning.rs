//! What the user should know though nothing stops the run.

use std::fmt;
use std::path::Path;

use chrono::NaiveDate;

use super::ids::{ContractId, QueueId};
use super::problem::Problem;
use super::staff_to::StaffTo;

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
                "the forecast is taken as given: events and adjustments are not added to it, factors of scenarios are",
            ),
            Self::GivenRoster => to.write_str(
                "the roster is taken as given: it is checked, drawn, and priced as if each queue were planned by itself, which is not how \
                 a plan for people who share queues prices its own; the bound says what a better one could save at most; hint: \
                 without --roster one is made, simulate says what customers get of this one",
            ),
            Self::IllegalRoster(rules) => {
                write!(to, "the roster is simulated as it stands, though it breaks rules in {rules} places; hint: obsada check --roster names them")
            }
            Self::CertainForecast { queue, staff_to } => write!(
                to,
                "queue `{queue}`: staff_to = \"{staff_to}\" asks for no more than the mean, for the forecast has no band wider than the \
                 noise of counting; hint: give p10 and p90 in the forecast brought along"
            ),
            Self::NoEarlierRoster => to.write_str(
                "no roster before this one was given: rest and runs of days start afresh; hint: --after OUT/roster.csv",
            ),
            Self::DaysBeforePlan { file, last, days } => write!(
                to,
                "{file}: the last shift before the plan is dated {last}, {days} days before it begins, and everybody is taken \
                 to have had these off; hint: give --after the roster of the week before the plan too"
            ),
            Self::UnsettledWeeks { contract, from, until } => write!(
                to,
                "contract `{contract}`: what was worked from {from} to {until} is not known, so the settlement period to which \
                 these days belong may come to more or less than it should; hint: give --after once for every roster of its \
                 weeks so far"
            ),
        }
    }
}
