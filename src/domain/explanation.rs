//! Why a forecast is what it is: methods, events, holidays, what was borrowed, and what looks wrong in the history.

use chrono::NaiveDate;

use super::event::EventKind;
use super::ids::{EventId, QueueIx};
use super::time::Instant;

/// A figure with its 80 % band.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    /// Lower end: one in ten lies below.
    pub low: f64,
    /// The figure itself.
    pub middle: f64,
    /// Upper end: one in ten lies above.
    pub high: f64,
}

impl Band {
    /// Whether a value lies within, ends included.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// How much one method weighs in a queue's baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodWeight {
    /// Its name in reports.
    pub method: String,
    /// Its weight; all weights of a queue add up to 1.
    pub weight: f64,
}

/// What past events taught about a kind of event on one queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LearnedKind {
    /// The kind.
    pub kind: EventKind,
    /// Past events of the queue it was learned from; of none: what is believed from other queues, or of any queue.
    pub events: usize,
    /// Contacts per person reached, the mean of the kind.
    pub response: Band,
    /// The same of the next event: the band holds how events differ as well.
    pub next_response: Band,
    /// Hours from a send in which half of the response comes, the mean of the kind.
    pub half_life_hours: Band,
    /// The same of the next event.
    pub next_half_life_hours: Band,
    /// Handle time of an event's contacts over that of others.
    pub aht_factor: f64,
}

/// How good forecasts of a day's mean handle time were.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandleTimeAccuracy {
    /// Days of earlier weeks that were forecast from what was known before them; regions count apart.
    pub days: usize,
    /// Σ contacts × |error| / Σ contacts, of errors relative to the forecast.
    pub wape: f64,
    /// Σ contacts × error / Σ contacts, above zero where the forecast was too long.
    pub bias: f64,
    /// Share of days within the 80 % band that the other weeks would have given them.
    pub coverage80: f64,
    /// Standard deviation of a day of the plan around its forecast, relative: what the bands of handle times are made of.
    pub deviation: f64,
}

/// What an event adds to the forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct EventShare {
    /// The event.
    pub event: EventId,
    /// Contacts it adds within the horizon.
    pub contacts: Band,
}

/// What a holiday, or the days beside one, add to a day of the forecast or take from it.
#[derive(Clone, Debug, PartialEq)]
pub struct HolidayShare {
    /// The day, on the first region's calendar.
    pub date: NaiveDate,
    /// The holiday's name; of several, the nearest in time.
    pub name: String,
    /// Contacts, below zero where the holiday takes some away.
    pub contacts: f64,
}

/// Where a queue without enough history of its own has its shape from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Borrowed {
    /// The queue whose history stands in.
    pub from: QueueIx,
    /// Who chose it.
    pub choice: BorrowedChoice,
    /// Days of history of its own.
    pub own_days: usize,
    /// Its level over that of the other queue; 1 where nothing of its own tells.
    pub level: f64,
}

/// Who chose the queue to borrow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BorrowedChoice {
    /// The planner named it.
    Named,
    /// It is the most similar by channel, skills, opening hours and what little history there is.
    MostSimilar,
}

/// Something in the history that looks wrong, or has no cause that was told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Position of the region within the queue.
    pub region: usize,
    /// From this instant.
    pub from: Instant,
    /// Until before this instant; of a shift that lasts: the end of history.
    pub until: Instant,
    /// Contacts of a week to come that hang on how it is taken, roughly: what findings are ranked by.
    pub at_stake: f64,
}

/// What was found, with its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FindingKind {
    /// Far more contacts than baseline, known events and noise explain; the baseline does not learn from them.
    UnlabelledSpike {
        /// Contacts counted.
        counted: f64,
        /// Contacts expected.
        expected: f64,
    },
    /// Next to no contacts where many were expected; the baseline does not learn from them.
    Outage {
        /// Contacts counted.
        counted: f64,
        /// Contacts expected.
        expected: f64,
    },
    /// The level changed from one day to the next and stayed.
    LevelShift {
        /// New level over the old one.
        factor: f64,
    },
    /// The level changed a few days ago, and nobody knows yet whether it stays.
    OpenLevel {
        /// New level over the old one.
        factor: f64,
        /// Days that it has lasted.
        days: usize,
        /// Belief that it stays.
        stays: f64,
    },
    /// The weekday of the finding's first day changed its place in the week and kept it.
    WeekdayShift {
        /// New level over the old one.
        factor: f64,
    },
    /// No data on days on which the region was open.
    MissingDays {
        /// Open days without data.
        open_days: usize,
    },
}

/// Everything a planner may ask of a queue's forecast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// The methods of the baseline by weight, the heaviest first.
    pub methods: Vec<MethodWeight>,
    /// What past events taught, by kind.
    pub kinds: Vec<LearnedKind>,
    /// How good forecasts of handle times were, where earlier weeks tell.
    pub handle_times: Option<HandleTimeAccuracy>,
    /// What each event adds within the horizon, in the workspace's order; events that add nothing are left out.
    pub events: Vec<EventShare>,
    /// What holidays add or take away, by date.
    pub holidays: Vec<HolidayShare>,
    /// Where the shape comes from, where history of its own is short.
    pub borrowed: Option<Borrowed>,
    /// What looks wrong in the history, by time.
    pub findings: Vec<Finding>,
    /// Open days that nobody declared special and that were far from the expected, by region, then date.
    pub strange_days: Vec<StrangeDay>,
}

/// An open day far from what was expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StrangeDay {
    /// Position of the region within the queue.
    pub region: usize,
    /// The day, on the region's calendar.
    pub date: NaiveDate,
    /// What came over what was expected.
    pub factor: f64,
}
