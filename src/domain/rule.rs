//! The rules by name, and what breaking one is.

use chrono::NaiveDate;

use super::units::{Minutes, Money};

/// The rules a roster must keep, in the order in which the checker reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The roster can be read: whole pieces on the grid, own site, own date, shifts named once. Our own duty.
    WellFormed,
    /// At most one shift starts per agent and date.
    OneShiftPerDay,
    /// The agent is employed, available and not absent, and the site is open.
    Presence,
    /// The shift has an allowed length.
    ShiftLength,
    /// The shift starts at an allowed time.
    ShiftStart,
    /// The breaks are those of the contract, within their windows.
    Breaks,
    /// Sessions of activities beside serving queues.
    Sessions,
    /// Sessions that several attend together.
    GroupSessions,
    /// What has begun or is locked stays as it was promised.
    Promised,
    /// The gap and the parts of a split shift.
    Split,
    /// Daily rest.
    DailyRest,
    /// Weekly rest.
    WeeklyRest,
    /// Consecutive days.
    ConsecutiveDays,
    /// Consecutive days, at least.
    MinConsecutiveDays,
    /// Days off in a row, at least.
    MinDaysOff,
    /// Weekends with work.
    Weekends,
    /// Sundays in a row.
    Sundays,
    /// Days of work by rotation.
    Rotation,
    /// How far apart a week's starts lie on the clock.
    StartSpread,
    /// An early shift after a late one.
    Succession,
    /// Days per week.
    DaysPerWeek,
    /// Weekly minutes.
    WeeklyMinutes,
    /// Minutes of a settlement period.
    SettlementPeriod,
    /// Shifts of a kind in the plan.
    StartCaps,
    /// Night shifts.
    Nights,
    /// Seats at a site.
    Seats,
    /// Nobody serves a queue they lack the skills for, nor more than the time they have.
    Allocation,
    /// The proved bounds do not exceed what the roster costs. Our own duty.
    Bound,
}

impl Rule {
    /// The rule's name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WellFormed => "well-formed roster",
            Self::OneShiftPerDay => "one shift per day",
            Self::Presence => "presence",
            Self::ShiftLength => "shift length",
            Self::ShiftStart => "shift start",
            Self::Breaks => "breaks",
            Self::Sessions => "sessions",
            Self::Promised => "shifts that stay",
            Self::GroupSessions => "group sessions",
            Self::Split => "split shifts",
            Self::DailyRest => "daily rest",
            Self::WeeklyRest => "weekly rest",
            Self::ConsecutiveDays => "consecutive days",
            Self::MinConsecutiveDays => "fewest consecutive days",
            Self::MinDaysOff => "fewest days off in a row",
            Self::Weekends => "weekends",
            Self::Sundays => "sundays in a row",
            Self::Rotation => "rotation",
            Self::StartSpread => "start times of a week",
            Self::Succession => "forbidden succession",
            Self::DaysPerWeek => "days per week",
            Self::WeeklyMinutes => "weekly minutes",
            Self::SettlementPeriod => "settlement period",
            Self::StartCaps => "shifts of a kind",
            Self::Nights => "nights",
            Self::Seats => "seats",
            Self::Allocation => "allocation",
            Self::Bound => "bound",
        }
    }

    /// The words of a workspace that set the rule, for those who are to change it; none where nothing sets it.
    #[must_use]
    pub const fn keys(self) -> Option<&'static str> {
        Some(match self {
            Self::Presence => "availability and absences, `rotation`, and `hours` of the site",
            Self::ShiftLength => "`shift_lengths_minutes` or `fixed_shifts`",
            Self::ShiftStart => "`starts` or `fixed_shifts`",
            Self::Breaks => "`breaks`",
            Self::Sessions | Self::GroupSessions => "`[[activity]]`",
            Self::Promised => "`locked` of roster.csv, and --as-of",
            Self::Split => "`split`",
            Self::DailyRest => "`daily_rest_hours`",
            Self::WeeklyRest => "`weekly_rest_hours`",
            Self::ConsecutiveDays => "`max_consecutive_days`",
            Self::MinConsecutiveDays => "`min_consecutive_days`",
            Self::MinDaysOff => "`min_days_off_in_a_row`",
            Self::Weekends => "`max_weekends`",
            Self::Sundays => "`max_sundays_in_a_row`",
            Self::Rotation => "`rotation`",
            Self::StartSpread => "`max_start_spread_minutes`",
            Self::Succession => "`forbidden_successions`",
            Self::DaysPerWeek => "`max_days_per_week`",
            Self::WeeklyMinutes => "`min_hours_per_week` and `max_hours_per_week`",
            Self::SettlementPeriod => "`settlement`",
            Self::StartCaps => "`max_starts`",
            Self::Nights => "`nights`",
            Self::Seats => "`seats` of the site",
            Self::WellFormed | Self::OneShiftPerDay | Self::Allocation | Self::Bound => return None,
        })
    }
}

/// By how much a rule is broken, in the rule's own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Excess {
    /// Minutes too many or too few.
    Minutes(Minutes),
    /// Days or shifts too many.
    Days(u32),
    /// Heads too many, or agents allocated that are not there.
    Agents(f64),
    /// Money by which a bound exceeds what it bounds.
    Money(Money),
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// The agent, site or queue concerned, as the user named it.
    pub who: String,
    /// The local date, or none where it concerns the whole plan.
    pub date: Option<NaiveDate>,
    /// By how much.
    pub by: Excess,
    /// A sentence fragment that says what is there and what is allowed.
    pub detail: String,
}
