//! The people of a workspace as data, and the dates on which a plan sees them.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::domain::ids::AbsenceKindId;
use crate::domain::learning_curve::LearningCurve;
use crate::domain::span::Span;
use crate::domain::time::{PlanPeriod, Zone, start_of_day};
use crate::domain::units::{Minutes, Money, Share};
use crate::domain::workforce::Contract;
use crate::workspace::settings::{
    ActivitySettings, CoverSettings, FairnessSettings, SettlementSettings, SiteSettings, WishPrices,
};
use crate::workspace::tables::{Absence, AgentRecord, Availability, Balance, Preference, SkillRecord};

/// An agent with everything the tables say of them.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) record: AgentRecord,
    pub(crate) skills: Vec<SkillRecord>,
    pub(crate) availability: Vec<Availability>,
    pub(crate) absences: Vec<Absence>,
    pub(crate) preferences: Vec<Preference>,
    pub(crate) balances: Vec<Balance>,
}

impl Person {
    /// Someone of whom only `agents.csv` has told so far.
    pub(crate) fn new(record: AgentRecord) -> Self {
        let (skills, availability, absences) = (Vec::new(), Vec::new(), Vec::new());
        Self { record, skills, availability, absences, preferences: Vec::new(), balances: Vec::new() }
    }

    /// Whether the person holds a skill at any time.
    pub(crate) fn has(&self, skill: &str) -> bool {
        self.skills().any(|held| held == skill)
    }

    /// The skills that the person holds at any time; some may come twice.
    pub(crate) fn skills(&self) -> impl Iterator<Item = &str> {
        let rows = self.skills.iter().map(|row| row.skill.as_str());
        self.record.skills.iter().map(String::as_str).chain(rows)
    }
}

/// Everyone, and where and under which rules they work.
#[derive(Clone, Debug)]
pub(crate) struct People {
    pub(crate) sites: Vec<SiteSettings>,
    pub(crate) contracts: Vec<Contract>,
    /// Weeks that each of the contracts settles together.
    pub(crate) settlements: Vec<Option<SettlementSettings>>,
    /// Heads wanted of skill groups.
    pub(crate) covers: Vec<CoverSettings>,
    /// Price of a person or a supervisor missing on a site.
    pub(crate) missing_person_per_hour: Money,
    /// Shifts that nobody should have more of than others.
    pub(crate) fairness: FairnessSettings,
    /// How much longer newcomers take.
    pub(crate) learning: Option<LearningCurve>,
    /// Kinds of activities, and who owes sessions of them.
    pub(crate) activities: Vec<ActivitySettings>,
    /// Minutes credited for a date of absence, by kind.
    pub(crate) credits: BTreeMap<AbsenceKindId, Minutes>,
    /// What it costs to refuse wishes.
    pub(crate) wishes: WishPrices,
    /// Shares of agents that scenarios take away.
    pub(crate) absent_shares: Vec<Share>,
    pub(crate) persons: Vec<Person>,
}

/// The plan's dates on one site's clock, and the time in which shifts that start on them can lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Horizon {
    pub(super) zone: Zone,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    /// From the first date's midnight to a day after the last date's end, since a shift may run past it.
    pub(super) span: Span,
}

impl Horizon {
    pub(super) fn of(period: &PlanPeriod, zone: Zone) -> Self {
        Self::over(period.start, period.end().pred_opt().unwrap_or(period.start), zone)
    }

    /// From a first to a last date.
    pub(super) fn over(first: NaiveDate, last: NaiveDate, zone: Zone) -> Self {
        let end = last.checked_add_days(Days::new(2)).unwrap_or(last);
        let span = Span { from: start_of_day(first, zone), until: start_of_day(end, zone) };
        Self { zone, first, last, span }
    }

    /// The dates on which shifts may start.
    pub(super) fn plan_dates(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last;
        self.first.iter_days().take_while(move |date| *date <= last)
    }

    /// The dates the span touches.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        self.plan_dates().chain(self.last.succ_opt())
    }

    /// The same with the evening before, whose times may run past midnight.
    pub(super) fn days_from_eve(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        self.first.pred_opt().into_iter().chain(self.days())
    }
}
