//! Three people on a Monday: how another works a shift, and what the checker says to it.

use std::collections::BTreeMap;

use super::candidates::candidates;
use super::judge::{WhyRefused, judge};
use super::standing::StandingRoster;
use super::taken::taken_by;
use crate::domain::calendar::{DateSpan, WeeklyHours};
use crate::domain::cover::CoverPrice;
use crate::domain::ids::{
    ActivityId, AgentId, AgentIx, ContractId, ContractIx, GroupIx, QueueIx, ShiftId, SiteId, SiteIx,
};
use crate::domain::labour::{BreakKind, BreakRule, LabourRules, StartWindow};
use crate::domain::request::{Request, RequestKind};
use crate::domain::rhythm::Rhythm;
use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::rule::Rule;
use crate::domain::span::Span;
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::units::{Minutes, Money, Share};
use crate::domain::workforce::{Ability, Agent, Carry, Contract, Site, SkillGroup, WeekMinutes, Workforce};

/// Monday 30 November 2026 at an hour.
fn at(hour: i64) -> Instant {
    let monday: Instant = "2026-11-30T00:00:00Z".parse().expect("an instant");
    monday + Minutes::hours(hour).duration()
}

fn span(from: i64, until: i64) -> Span {
    Span { from: at(from), until: at(until) }
}

fn work(from: i64, until: i64) -> Piece {
    Piece { activity: Activity::Work, span: span(from, until) }
}

fn shift(agent: usize, pieces: Vec<Piece>) -> Shift {
    let date = pieces[0].span.from.date_naive();
    let id = ShiftId::new(format!("{}-{date}", ["anna", "ben", "cara"][agent]));
    Shift::draft(id, AgentIx(agent), SiteIx(usize::from(agent == 2)), date, pieces)
}

/// Shifts of four to six hours; those of contract `meal` have a meal of an hour, one to four hours after their start.
fn contracts() -> Vec<Contract> {
    let rules = |breaks: Vec<BreakRule>| LabourRules {
        min_week: Minutes::ZERO,
        max_week: Minutes::hours(20),
        shift_lengths: [4, 5, 6].map(Minutes::hours).to_vec(),
        starts: vec![StartWindow { from: 6 * 60, until: 18 * 60, step: 60 }],
        fixed_shifts: Vec::new(),
        breaks,
        min_between_breaks: Minutes::ZERO,
        split: None,
        daily_rest: Minutes::hours(11),
        weekly_rest: Minutes::hours(35),
        max_consecutive_days: 6,
        max_days_per_week: 5,
        rhythm: Rhythm::default(),
        nights: None,
        premiums: Vec::new(),
    };
    let meal = BreakRule {
        kind: BreakKind::Unpaid,
        length: Minutes::hours(1),
        from_length: Minutes::hours(5),
        earliest: Minutes::hours(1),
        latest: Minutes::hours(4),
    };
    vec![
        Contract { id: ContractId::new("plain"), rules: rules(Vec::new()) },
        Contract { id: ContractId::new("meal"), rules: rules(vec![meal]) },
    ]
}

/// Anna and Ben, who has a meal, sit here; Cara sits there, where there is no seat. No requirement is at hand.
fn standing(shifts: Vec<Shift>) -> StandingRoster {
    let agent = |(at, name): (usize, &&str)| Agent {
        id: AgentId::new(name),
        name: (*name).to_owned(),
        site: SiteIx(usize::from(at == 2)),
        contract: ContractIx(usize::from(at == 1)),
        skills: Vec::new(),
        group: GroupIx(0),
        level: String::new(),
        hourly_cost: Money::rounded(20.0),
        employed: DateSpan::default(),
        rotation_offset_days: 0,
        blocks: Vec::new(),
        weeks: vec![WeekMinutes { min: Minutes::ZERO, max: Minutes::hours(20) }],
        settlement: Vec::new(),
        wishes: Vec::new(),
        burdens_before: Vec::new(),
        burden: crate::domain::fairness::BurdenPrice::default(),
        promised: Vec::new(),
        owed: Vec::new(),
        before: Carry::default(),
    };
    let site = |name: &str, seats: Option<u32>| Site {
        id: SiteId::new(name),
        zone: chrono_tz::UTC,
        seats,
        hours: WeeklyHours::always(),
        holidays: Vec::new(),
    };
    let period = PlanPeriod {
        start: at(0).date_naive(),
        weeks: 1,
        zone: chrono_tz::UTC,
        interval: Minutes::hours(1),
        week_start: chrono::Weekday::Mon,
    };
    StandingRoster {
        name: String::new(),
        holidays: Vec::new(),
        events: Vec::new(),
        period,
        as_of: at(-240),
        queues: Vec::new(),
        currency: "EUR".to_owned(),
        workforce: Workforce {
            sites: vec![site("here", None), site("there", Some(0))],
            contracts: contracts(),
            groups: vec![SkillGroup { abilities: vec![Ability { queue: QueueIx(0), speed: 1.0, priority: 1 }] }],
            agents: ["anna", "ben", "cara"].iter().enumerate().map(agent).collect(),
            ..Workforce::default()
        },
        shifts,
        most_per_request: Money::rounded(60.0),
        warnings: Vec::new(),
        narrower: BTreeMap::new(),
        cover: CoverPrice::of_no_queue(period.grid()),
        queue_ids: Vec::new(),
        unplanned_shrinkage: Share::NONE,
    }
}

#[test]
fn another_works_the_hours_with_the_breaks_of_the_own_contract_and_no_session_of_others() {
    // Anna is trained from ten to eleven: there Ben has his meal, and Cara works.
    let training = Activity::Session { of: ActivityId::new("training"), is_paid: true };
    let pieces = vec![work(8, 10), Piece { activity: training, span: span(10, 11) }, work(11, 14)];
    let own = shift(0, pieces);
    let standing = standing(vec![own.clone()]);
    let taken = |by: usize| taken_by(&standing.workforce, &standing.period, &own, AgentIx(by));
    let meal = Piece { activity: Activity::Meal, span: span(10, 11) };
    assert_eq!(taken(1).pieces, [work(8, 10), meal, work(11, 14)]);
    assert_eq!((taken(2).pieces, taken(2).site.0, taken(2).id.as_str()), (vec![work(8, 14)], 1, "cara-2026-11-30"));
}

#[test]
fn who_sits_elsewhere_needs_a_seat_there() {
    let standing = standing(vec![shift(0, vec![work(8, 14)])]);
    let found = candidates(&standing, &ShiftId::new("anna-2026-11-30")).expect("a shift");
    let told: Vec<(usize, Vec<Rule>, f64)> = found
        .ranked
        .iter()
        .map(|of| (of.agent.0, of.broken.iter().map(|of| of.rule).collect(), of.price.total().as_f64()))
        .collect();
    // Ben's meal is not paid.
    assert_eq!(told, [(1, vec![], 100.0), (2, vec![Rule::Seats], 120.0)]);
}

#[test]
fn a_shift_of_the_same_day_falls_away() {
    // Ben would work from twelve to four instead of from six to ten on the same day, and be paid as much.
    let standing = standing(vec![shift(0, vec![work(12, 16)]), shift(1, vec![work(6, 10)])]);
    let found = candidates(&standing, &ShiftId::new("anna-2026-11-30")).expect("a shift");
    let ben = found.ranked.iter().find(|of| of.agent.0 == 1).expect("ben");
    assert_eq!(ben.instead, Some(ShiftId::new("ben-2026-11-30")));
    assert_eq!((ben.broken.len(), ben.price.pay, ben.in_week), (0, Money::ZERO, Minutes::hours(4)));
}

#[test]
fn a_request_is_not_to_blame_for_what_was_broken_before() {
    // Anna's Tuesday is too short, which no trade of her Monday changes; nor does it make Ben's shift of an hour on Wednesday legal.
    let shifts = vec![shift(0, vec![work(8, 12)]), shift(0, vec![work(32, 33)]), shift(1, vec![work(56, 57)])];
    let standing = standing(shifts);
    let request =
        |kind, day: &str| Request { id: String::new(), agent: AgentIx(0), kind, date: day.parse().expect("a date") };
    let give = |day: &str| request(RequestKind::Give { with: AgentIx(1) }, day);
    let judgement = judge(&standing, &[give("2026-11-30"), give("2026-12-01"), give("2026-12-05")]);
    let refused: Vec<Option<Vec<Rule>>> = judgement
        .judged
        .iter()
        .map(|of| match &of.refused {
            Some(WhyRefused::Law(broken)) => Some(broken.iter().map(|of| of.rule).collect()),
            Some(other) => {
                assert!(matches!(other, WhyRefused::NoShift { .. }), "{other:?}");
                Some(Vec::new())
            }
            None => None,
        })
        .collect();
    assert_eq!(refused, [None, Some(vec![Rule::ShiftLength]), Some(vec![])]);
    assert_eq!(judgement.shifts.iter().map(|of| of.agent.0).collect::<Vec<_>>(), [0, 1, 1]);
    assert!(judgement.checked.is_none());
}
