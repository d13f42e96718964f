//! Tiny named instances for tests: Anna, alone at one site, and rosters written as rows of characters.
//!
//! A row is `day clock pieces` or `agent day clock pieces`: `mon 08:00 wwmw` starts on Monday at 08:00 of the site's
//! clock and has an hour a character: `w` work, `b` paid break, `m` unpaid meal, `.` the gap of a split shift. `mon2` is Monday of the second week.

use chrono::{Duration, NaiveDate, NaiveTime, Weekday};

use crate::domain::calendar::{DateSpan, WeeklyHours};
use crate::domain::cover::{CoverCurve, CoverPiece, CoverPrice};
use crate::domain::ids::{
    AgentId, AgentIx, ContractId, ContractIx, GroupIx, QueueId, QueueIx, ShiftId, SiteId, SiteIx,
};
use crate::domain::labour::{LabourRules, StartWindow};
use crate::domain::rhythm::Rhythm;
use crate::domain::roster::{Activity, Piece, Roster, Shift};
use crate::domain::rule::{Excess, Violation};
use crate::domain::span::Span;
use crate::domain::time::{Instant, PlanPeriod, Zone, instant_at_or_after};
use crate::domain::units::{Minutes, Money, Share};
use crate::domain::workforce::{Ability, Agent, Carry, Contract, Site, SkillGroup, WeekMinutes, Workforce};
use crate::roster::problem::RosterProblem;

use super::agent_shifts::{AgentShifts, of_all_agents};

const HOUR: Minutes = Minutes::hours(1);

/// A contract that allows everything: each test makes one rule strict.
pub(crate) fn lenient() -> LabourRules {
    LabourRules {
        min_week: Minutes::ZERO,
        max_week: Minutes::hours(168),
        shift_lengths: (1..=24).map(Minutes::hours).collect(),
        starts: vec![StartWindow { from: 0, until: 1439, step: 1 }],
        fixed_shifts: Vec::new(),
        breaks: Vec::new(),
        min_between_breaks: Minutes::ZERO,
        split: None,
        daily_rest: Minutes::ZERO,
        weekly_rest: Minutes::ZERO,
        max_consecutive_days: 7,
        max_days_per_week: 7,
        rhythm: Rhythm::default(),
        nights: None,
        premiums: Vec::new(),
    }
}

/// A problem that owns its parts: one week of hours, queues `orders` and `billing`, agents who can take `orders`.
pub(crate) struct TinyInstance {
    pub(crate) period: PlanPeriod,
    pub(crate) workforce: Workforce,
    pub(crate) unplanned_shrinkage: Share,
    pub(crate) cover: CoverPrice,
    queue_ids: Vec<QueueId>,
}

impl TinyInstance {
    /// Anna in the week from Monday 30 November 2026, in UTC.
    pub(crate) fn new(rules: LabourRules) -> Self {
        Self::starting("2026-11-30", chrono_tz::UTC, rules)
    }

    /// Anna in the week from a Monday, at a site whose zone is also the plan's.
    pub(crate) fn starting(monday: &str, zone: Zone, rules: LabourRules) -> Self {
        let start = monday.parse().expect("a date");
        let period = PlanPeriod { start, weeks: 1, zone, interval: HOUR, week_start: Weekday::Mon };
        let site = Site { id: SiteId::new("hall"), zone, seats: None, hours: WeeklyHours::always(), holidays: vec![] };
        let ability = Ability { queue: QueueIx(0), speed: 1.0, priority: 1 };
        let workforce = Workforce {
            sites: vec![site],
            contracts: vec![Contract { id: ContractId::new("full"), rules }],
            groups: vec![SkillGroup { abilities: vec![ability] }],
            agents: vec![],
            headcounts: vec![],
            burdens: crate::domain::fairness::BurdenRules::default(),
            activities: vec![],
        };
        let grid = period.grid();
        let cover = CoverPrice {
            grid,
            queues: vec![vec![CoverCurve::default(); grid.len()]; 2],
            priorities: vec![1; 2],
            pools: Vec::new(),
        };
        let queue_ids = vec![QueueId::new("orders"), QueueId::new("billing")];
        let mut instance = Self { period, workforce, unplanned_shrinkage: Share::NONE, cover, queue_ids };
        instance.hire("anna");
        instance
    }

    /// One more agent, at 20 an hour.
    pub(crate) fn hire(&mut self, name: &str) {
        self.workforce.agents.push(Agent {
            id: AgentId::new(name),
            name: name.to_owned(),
            site: SiteIx(0),
            contract: ContractIx(0),
            skills: vec![],
            group: GroupIx(0),
            level: String::new(),
            hourly_cost: Money::rounded(20.0),
            employed: DateSpan::default(),
            rotation_offset_days: 0,
            blocks: vec![],
            weeks: vec![WeekMinutes { min: Minutes::ZERO, max: Minutes::hours(168) }],
            settlement: vec![],
            wishes: vec![],
            burdens_before: vec![],
            burden: crate::domain::fairness::BurdenPrice::default(),
            promised: vec![],
            owed: vec![],
            before: Carry::default(),
        });
    }

    /// Anna and others who owe twelve hours in shifts of four or six, and so many seats for them.
    pub(crate) fn crowded(others: &[&str], seats: u32) -> Self {
        let mut instance = Self::new(LabourRules {
            shift_lengths: vec![Minutes::hours(4), Minutes::hours(6)],
            starts: vec![StartWindow { from: 8 * 60, until: 14 * 60, step: 60 }],
            daily_rest: Minutes::hours(11),
            max_days_per_week: 4,
            ..lenient()
        });
        for name in others {
            instance.hire(name);
        }
        for agent in &mut instance.workforce.agents {
            agent.weeks = vec![WeekMinutes { min: Minutes::hours(12), max: Minutes::hours(14) }];
        }
        instance.workforce.sites[0].seats = Some(seats);
        instance
    }

    /// From now on `orders` asks for this many agents in an hour, at 60 a missing head and 4 a superfluous one.
    pub(crate) fn require(&mut self, at: &str, agents: f64) {
        let pieces = vec![CoverPiece { agents, slope: -60.0 }, CoverPiece { agents: f64::INFINITY, slope: 4.0 }];
        let interval = self.cover.grid.index_of(self.at(at)).expect("within the plan");
        self.cover.queues[0][interval] = CoverCurve::new(agents, pieces).expect("slopes rise");
    }

    pub(crate) fn problem(&self) -> RosterProblem<'_> {
        RosterProblem {
            period: &self.period,
            workforce: &self.workforce,
            cover: &self.cover,
            unplanned_shrinkage: self.unplanned_shrinkage,
            queue_ids: &self.queue_ids,
        }
    }

    /// The date of `mon` … `sun`, or of `mon2` in the second week.
    pub(crate) fn date(&self, day: &str) -> NaiveDate {
        let weekday: Weekday = day[..3].parse().expect("a weekday");
        let week: i64 = if day.len() > 3 { day[3..].parse().expect("a week") } else { 1 };
        self.period.start + Duration::days(i64::from(weekday.num_days_from_monday()) + 7 * (week - 1))
    }

    /// The instant of `mon 08:00` on the site's clock.
    pub(crate) fn at(&self, text: &str) -> Instant {
        let (day, clock) = text.split_once(' ').expect("a day and a time");
        let time = NaiveTime::parse_from_str(clock, "%H:%M").expect("a time");
        instant_at_or_after(self.date(day).and_time(time), self.period.zone)
    }

    /// Shifts from their rows.
    pub(crate) fn shifts(&self, rows: &[&str]) -> Vec<Shift> {
        rows.iter().map(|row| self.shift(row)).collect()
    }

    fn shift(&self, row: &str) -> Shift {
        let words: Vec<&str> = row.split_whitespace().collect();
        let (name, rest) = if words.len() == 4 { (words[0], &words[1..]) } else { ("anna", &words[..]) };
        let agent = self.workforce.agents.iter().position(|agent| agent.id.as_str() == name).expect("an agent");
        let start = self.at(&format!("{} {}", rest[0], rest[1]));
        Shift::draft(
            ShiftId::new(format!("{name}-{}", rest[0])),
            AgentIx(agent),
            SiteIx(0),
            self.date(rest[0]),
            pieces(start, rest[2]),
        )
    }

    /// A roster of these rows without flows.
    pub(crate) fn roster(&self, rows: &[&str]) -> Roster {
        let grid = self.period.grid();
        Roster { grid, shifts: self.shifts(rows), flows: vec![vec![]; grid.len()] }
    }

    /// By how much Anna's shifts break one rule.
    pub(super) fn excess(&self, rule: fn(&AgentShifts<'_>) -> Vec<Violation>, rows: &[&str]) -> Vec<Excess> {
        self.excess_of(rule, &self.roster(rows))
    }

    /// By how much the first agent breaks one rule in a roster.
    pub(super) fn excess_of(&self, rule: fn(&AgentShifts<'_>) -> Vec<Violation>, roster: &Roster) -> Vec<Excess> {
        let problem = self.problem();
        let lines = of_all_agents(&problem, roster);
        rule(&lines[0]).into_iter().map(|violation| violation.by).collect()
    }
}

/// One piece per stretch of equal characters.
fn pieces(start: Instant, hours: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = start;
    for hour in hours.chars() {
        let activity = match hour {
            'w' => Activity::Work,
            'b' => Activity::Break,
            'm' => Activity::Meal,
            'c' => Activity::named("coaching", true),
            '.' => {
                at += HOUR.duration();
                continue;
            }
            other => panic!("`{other}` is no activity"),
        };
        let until = at + HOUR.duration();
        match pieces.last_mut() {
            Some(last) if last.activity == activity && last.span.until == at => last.span.until = until,
            _ => pieces.push(Piece { activity, span: Span { from: at, until } }),
        }
        at = until;
    }
    pieces
}
