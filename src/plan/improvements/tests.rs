//! Two people of one skill and one of another, on a Monday: whom the checker lets take what.

use crate::domain::calendar::{DateSpan, WeeklyHours};
use crate::domain::ids::{AgentId, AgentIx, ContractId, ContractIx, GroupIx, QueueIx, ShiftId, SiteId, SiteIx};
use crate::domain::labour::{LabourRules, StartWindow};
use crate::domain::rhythm::Rhythm;
use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::span::Span;
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::units::{Minutes, Money};
use crate::domain::workforce::{
    Ability, Agent, Block, BlockReason, Carry, Contract, Site, SkillGroup, WeekMinutes, Workforce,
};

use super::candidates::{Candidate, Kind};
use super::legal::{Exchange, Judge};
use super::people::volunteers;
use super::shortlist::shortlist;

/// Monday 30 November 2026 at an hour.
fn at(hour: i64) -> Instant {
    let monday: Instant = "2026-11-30T00:00:00Z".parse().expect("an instant");
    monday + Minutes::hours(hour).duration()
}

fn span(from: i64, until: i64) -> Span {
    Span { from: at(from), until: at(until) }
}

fn period() -> PlanPeriod {
    PlanPeriod {
        start: at(0).date_naive(),
        weeks: 1,
        zone: chrono_tz::UTC,
        interval: Minutes::hours(1),
        week_start: chrono::Weekday::Mon,
    }
}

/// Shifts of three to five hours, ten hours a week at most.
fn rules() -> LabourRules {
    LabourRules {
        min_week: Minutes::ZERO,
        max_week: Minutes::hours(10),
        shift_lengths: [3, 4, 5].map(Minutes::hours).to_vec(),
        starts: vec![StartWindow { from: 6 * 60, until: 18 * 60, step: 60 }],
        fixed_shifts: Vec::new(),
        breaks: Vec::new(),
        min_between_breaks: Minutes::ZERO,
        split: None,
        daily_rest: Minutes::hours(11),
        weekly_rest: Minutes::hours(35),
        max_consecutive_days: 6,
        max_days_per_week: 5,
        rhythm: Rhythm::default(),
        nights: None,
        premiums: Vec::new(),
    }
}

/// Anna at 20 an hour and Ben at 25 take the first queue, Cara the second.
fn workforce() -> Workforce {
    let agent = |name: &str, group: usize, cost: f64| Agent {
        id: AgentId::new(name),
        name: name.to_owned(),
        site: SiteIx(0),
        contract: ContractIx(0),
        skills: Vec::new(),
        group: GroupIx(group),
        level: String::new(),
        hourly_cost: Money::rounded(cost),
        employed: DateSpan::default(),
        rotation_offset_days: 0,
        blocks: Vec::new(),
        weeks: vec![WeekMinutes { min: Minutes::ZERO, max: Minutes::hours(10) }],
        settlement: Vec::new(),
        wishes: Vec::new(),
        burdens_before: Vec::new(),
        burden: crate::domain::fairness::BurdenPrice::default(),
        promised: Vec::new(),
        owed: Vec::new(),
        before: Carry::default(),
    };
    let group = |queue| SkillGroup { abilities: vec![Ability { queue: QueueIx(queue), speed: 1.0, priority: 1 }] };
    Workforce {
        sites: vec![Site {
            id: SiteId::new("here"),
            zone: chrono_tz::UTC,
            seats: Some(2),
            hours: WeeklyHours::always(),
            holidays: Vec::new(),
        }],
        contracts: vec![Contract { id: ContractId::new("part"), rules: rules() }],
        groups: vec![group(0), group(1)],
        agents: vec![agent("anna", 0, 20.0), agent("ben", 0, 25.0), agent("cara", 1, 15.0)],
        headcounts: Vec::new(),
        burdens: crate::domain::fairness::BurdenRules::default(),
        activities: Vec::new(),
    }
}

/// Work on one day, without a break.
fn shift(agent: usize, span: Span) -> Shift {
    let date = span.from.date_naive();
    let id = ShiftId::new(format!("{}-{date}", ["anna", "ben", "cara"][agent]));
    Shift::draft(id, AgentIx(agent), SiteIx(0), date, vec![Piece { activity: Activity::Work, span }])
}

fn candidate(kind: Kind, instead: Option<Shift>, shift: Shift) -> Candidate {
    Candidate { kind, instead, shift, gain: 1.0, pay: 1.0 }
}

/// Who could take a change, and at what price.
fn who(workforce: &Workforce, shifts: &[Shift], candidate: &Candidate) -> Vec<(usize, f64)> {
    let period = period();
    let judge = Judge::new(&period, workforce, shifts);
    let found = volunteers(workforce, &judge, candidate);
    found.iter().map(|of| (of.candidate.shift.agent.0, of.price.as_f64())).collect()
}

#[test]
fn a_shift_more_may_be_taken_by_those_of_the_same_skills_who_are_free() {
    let more = candidate(Kind::Add, None, shift(1, span(8, 12)));
    assert_eq!(who(&workforce(), &[], &more), [(0, 80.0), (1, 100.0)], "four hours each, the cheapest first");
    // Anna has a shift that day already.
    assert_eq!(who(&workforce(), &[shift(0, span(14, 18))], &more), [(1, 100.0)]);
    // Ben is not there.
    let mut away = workforce();
    away.agents[1].blocks = vec![Block { span: span(0, 24), reason: BlockReason::Unavailable }];
    assert_eq!(who(&away, &[], &more), [(0, 80.0)]);
}

#[test]
fn seats_are_those_of_the_whole_site() {
    let more = candidate(Kind::Add, None, shift(1, span(8, 12)));
    let mut cramped = workforce();
    cramped.sites[0].seats = Some(1);
    // The one seat is Cara's until ten.
    assert_eq!(who(&cramped, &[shift(2, span(6, 10))], &more), []);
    assert_eq!(who(&cramped, &[shift(2, span(12, 16))], &more), [(0, 80.0), (1, 100.0)]);
}

#[test]
fn an_hour_more_is_taken_by_whoever_is_there_just_before() {
    let shifts = [shift(0, span(8, 12)), shift(1, span(9, 12))];
    let longer = candidate(Kind::Lengthen, Some(shifts[0].clone()), shift(0, span(8, 13)));
    assert_eq!(who(&workforce(), &shifts, &longer), [(0, 20.0), (1, 25.0)]);
    // Who leaves at eleven would not join on.
    let shifts = [shift(0, span(8, 12)), shift(1, span(8, 11))];
    assert_eq!(who(&workforce(), &shifts, &longer), [(0, 20.0)]);
}

#[test]
fn an_exchange_keeps_the_places_of_all_others() {
    let shifts = [shift(0, span(8, 12)), shift(1, span(9, 12))];
    let moved = shift(0, span(10, 14));
    let made = Exchange { instead: Some(&shifts[0]), shift: &moved }.made(&shifts);
    assert_eq!(made, [moved, shifts[1].clone()]);
    let more = shift(2, span(8, 12));
    let made = Exchange { instead: None, shift: &more }.made(&shifts);
    assert_eq!(made, [shifts[0].clone(), shifts[1].clone(), more]);
}

#[test]
fn of_like_changes_the_best_legal_one_is_lived_through() {
    let (period, workforce) = (period(), workforce());
    let judge = Judge::new(&period, &workforce, &[]);
    let rated =
        |agent: usize, span: Span, gain: f64| Candidate { gain, ..candidate(Kind::Add, None, shift(agent, span)) };
    // Six hours are no length of the contract; of the two legal ones of that day and skill the better is taken, and Cara's is of another skill.
    let all = vec![
        rated(0, span(8, 14), 9.0),
        rated(0, span(8, 12), 3.0),
        rated(1, span(8, 12), 5.0),
        rated(2, span(8, 12), 1.0),
    ];
    let chosen = shortlist(all, &judge, &workforce);
    let told: Vec<(usize, f64)> = chosen.iter().map(|of| (of.shift.agent.0, of.gain)).collect();
    assert_eq!(told, [(1, 5.0), (2, 1.0)]);
}
