//! An instance as a workforce: every shift type becomes a fixed shift with a stretch of the day to itself.
//!
//! Time on this clock is not that of the instance: stretches follow one another, each as long as its shift in common
//! units, so that minutes of a settlement period are those of the horizon, and the first interval of a stretch counts who
//! works the shift. Shift types stand in the order in which they are forbidden, most often first, so that what may not
//! follow a shift is whatever starts before some time of the next day.

use std::collections::BTreeMap;

use chrono::{Duration, Weekday};

use obsada::domain::calendar::{DateSpan, WeeklyHours};
use obsada::domain::clock_window::ClockWindow;
use obsada::domain::cover::{CoverCurve, CoverPiece, CoverPrice};
use obsada::domain::fairness::BurdenPrice;
use obsada::domain::ids::{AgentId, ContractId, ContractIx, GroupIx, QueueId, QueueIx, SiteId, SiteIx};
use obsada::domain::labour::{FixedShift, LabourRules, StartWindow};
use obsada::domain::rhythm::{Forerunner, Rhythm, StartCap, Succession};
use obsada::domain::roster::Roster;
use obsada::domain::span::Span;
use obsada::domain::time::PlanPeriod;
use obsada::domain::units::{Minutes, Money, Share};
use obsada::domain::workforce::{
    Ability, Agent, Block, BlockReason, Carry, Contract, SettlementPeriod, Site, SkillGroup, WeekMinutes, Wish,
    WishKind, Workforce,
};
use obsada::roster::RosterProblem;

use super::instance::{Cover, Employee, Instance, Request, ShiftType};

/// What a mapped instance is made of.
pub(crate) struct Mapped {
    period: PlanPeriod,
    workforce: Workforce,
    cover: CoverPrice,
    queue_ids: Vec<QueueId>,
    stretches: BTreeMap<String, Stretch>,
}

/// The part of the day that stands for a shift.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// Minute of the day at which it starts.
    start: u16,
    length: u16,
}

impl Stretch {
    fn window(self) -> ClockWindow {
        ClockWindow { from: self.start, until: self.start + self.length }
    }

    fn on(self, period: &PlanPeriod, day: u32) -> Span {
        let midnight = period.grid().start() + Duration::days(i64::from(day));
        let from = midnight + Duration::minutes(i64::from(self.start));
        Span { from, until: from + Duration::minutes(i64::from(self.length)) }
    }
}

impl Mapped {
    /// Maps an instance.
    ///
    /// # Errors
    /// What the engine has no words for: a horizon of broken weeks, more shifts than fit into a day, successions of
    /// which none holds the other.
    pub(crate) fn new(instance: &Instance) -> Result<Self, String> {
        if !instance.days.is_multiple_of(7) {
            return Err(format!("{} days are no whole weeks", instance.days));
        }
        let order = by_how_often_forbidden(instance)?;
        let (stretches, unit) = stretches(&order)?;
        let start = "2024-01-01".parse().map_err(|error| format!("{error}"))?;
        let weeks = instance.days / 7;
        let interval = Minutes::new(i64::from(unit.minutes));
        let period = PlanPeriod { start, weeks, zone: chrono_tz::UTC, interval, week_start: Weekday::Mon };
        let free = CoverPiece { agents: f64::INFINITY, slope: 0.0 };
        let free = CoverCurve::new(0.0, vec![free]).ok_or("a curve without a price")?;
        let queue = Ability { queue: QueueIx(0), speed: 1.0, priority: 1 };
        let site = Site {
            id: SiteId::new("ward"),
            zone: period.zone,
            seats: None,
            hours: WeeklyHours::always(),
            holidays: vec![],
        };
        let mut mapped = Self {
            period,
            workforce: Workforce {
                sites: vec![site],
                groups: vec![SkillGroup { abilities: vec![queue] }],
                ..Workforce::default()
            },
            cover: CoverPrice {
                grid: period.grid(),
                queues: vec![vec![free; period.grid().len()]],
                priorities: vec![1],
                pools: Vec::new(),
            },
            queue_ids: vec![QueueId::new("cover")],
            stretches,
        };
        for cover in &instance.cover {
            mapped.want(cover)?;
        }
        let forbidden = mapped.forbidden(&order);
        for employee in &instance.staff {
            mapped.hire(employee, instance, &forbidden, unit)?;
        }
        Ok(mapped)
    }

    /// The problem to solve.
    pub(crate) fn problem(&self) -> RosterProblem<'_> {
        RosterProblem {
            period: &self.period,
            workforce: &self.workforce,
            cover: &self.cover,
            unplanned_shrinkage: Share::NONE,
            queue_ids: &self.queue_ids,
        }
    }

    /// A roster in the instance's terms: `employee,day,shift` rows, in order.
    pub(crate) fn rows(&self, roster: &Roster) -> Vec<(String, u32, String)> {
        let mut rows: Vec<(usize, u32, String)> = Vec::new();
        for shift in &roster.shifts {
            let since = (shift.span().from - self.period.grid().start()).num_minutes();
            let (day, minute) = (u32::try_from(since / 1440).unwrap_or(0), since % 1440);
            let of = self.stretches.iter().find(|(_, stretch)| i64::from(stretch.start) == minute);
            rows.extend(of.map(|(id, _)| (shift.agent.0, day, id.clone())));
        }
        rows.sort();
        rows.into_iter().map(|(agent, day, shift)| (self.workforce.agents[agent].id.to_string(), day, shift)).collect()
    }

    fn stretch(&self, shift: &str) -> Result<Stretch, String> {
        self.stretches.get(shift).copied().ok_or_else(|| format!("no shift `{shift}`"))
    }

    fn want(&mut self, cover: &Cover) -> Result<(), String> {
        let at = self.stretch(&cover.shift)?.on(&self.period, cover.day).from;
        let interval = self.cover.grid.index_of(at).ok_or_else(|| format!("no day {}", cover.day))?;
        let (wanted, (under, over)) = (f64::from(cover.wanted), cover.price);
        let pieces = vec![
            CoverPiece { agents: wanted, slope: -f64::from(under) },
            CoverPiece { agents: f64::INFINITY, slope: f64::from(over) },
        ];
        self.cover.queues[0][interval] = CoverCurve::new(wanted, pieces).ok_or("prices below zero")?;
        Ok(())
    }

    /// What may not follow a shift is what starts before the end of the last forbidden stretch.
    fn forbidden(&self, order: &[&ShiftType]) -> Vec<Succession> {
        let end = |id: &String| self.stretches.get(id).map(|stretch| stretch.start + stretch.length);
        let of = |shift: &&ShiftType| {
            let starts_before = shift.not_before.iter().filter_map(end).max()?;
            let first = Forerunner::StartsWithin(self.stretches.get(&shift.id)?.window());
            Some(Succession { first, starts_before })
        };
        order.iter().filter_map(of).collect()
    }

    fn hire(
        &mut self,
        employee: &Employee,
        instance: &Instance,
        forbidden: &[Succession],
        unit: Unit,
    ) -> Result<(), String> {
        let contract = ContractIx(self.workforce.contracts.len());
        let rules = self.rules(employee, forbidden);
        self.workforce.contracts.push(Contract { id: ContractId::new(&employee.id), rules });
        let day_off = |day: &u32| {
            let from = self.period.grid().start() + Duration::days(i64::from(*day));
            Block { span: Span { from, until: from + Duration::days(1) }, reason: BlockReason::Unavailable }
        };
        let mut wishes = Vec::new();
        for (kind, requests) in [(WishKind::Work, &instance.on), (WishKind::Off, &instance.off)] {
            for request in requests.iter().filter(|request| request.employee == employee.id) {
                wishes.push(self.wish(kind, request)?);
            }
        }
        wishes.sort_by_key(|wish| wish.span);
        let minutes = |of: u32| Minutes::new(i64::from(of / unit.of_instance * unit.minutes));
        let at_least = employee.minutes.1.div_ceil(unit.of_instance) * unit.of_instance;
        let horizon = WeekMinutes { min: minutes(at_least), max: minutes(employee.minutes.0) };
        let any = WeekMinutes { min: Minutes::ZERO, max: Minutes::hours(168) };
        self.workforce.agents.push(Agent {
            id: AgentId::new(&employee.id),
            name: employee.id.clone(),
            site: SiteIx(0),
            contract,
            skills: vec![],
            group: GroupIx(0),
            level: String::new(),
            hourly_cost: Money::ZERO,
            employed: DateSpan::default(),
            rotation_offset_days: 0,
            blocks: employee.off.iter().map(day_off).collect(),
            weeks: vec![any; self.period.weeks as usize],
            settlement: vec![SettlementPeriod { weeks: self.period.weeks, minutes: horizon }],
            wishes,
            burdens_before: Vec::new(),
            burden: BurdenPrice::default(),
            promised: Vec::new(),
            owed: Vec::new(),
            before: Carry::default(),
        });
        Ok(())
    }

    fn rules(&self, employee: &Employee, forbidden: &[Succession]) -> LabourRules {
        let most = |id: &String| employee.most_of.get(id).copied().unwrap_or(u32::MAX);
        let can = || self.stretches.iter().filter(|(id, _)| most(id) > 0);
        let mut shift_lengths: Vec<Minutes> = can().map(|(_, of)| Minutes::new(i64::from(of.length))).collect();
        shift_lengths.sort_unstable();
        shift_lengths.dedup();
        let rhythm = Rhythm {
            min_consecutive_days: employee.run.1,
            min_days_off: employee.least_off,
            max_weekends: Some(employee.weekends),
            forbidden: forbidden.to_vec(),
            start_caps: can().map(|(id, of)| StartCap { starts: of.window(), most: most(id) }).collect(),
            ..Rhythm::default()
        };
        LabourRules {
            min_week: Minutes::ZERO,
            max_week: Minutes::hours(168),
            shift_lengths,
            starts: can().map(|(_, of)| StartWindow { from: of.start, until: of.start, step: of.length }).collect(),
            fixed_shifts: can()
                .map(|(_, of)| FixedShift { start: of.start, length: Minutes::new(i64::from(of.length)) })
                .collect(),
            breaks: vec![],
            split: None,
            min_between_breaks: Minutes::ZERO,
            daily_rest: Minutes::ZERO,
            weekly_rest: Minutes::ZERO,
            max_consecutive_days: employee.run.0,
            max_days_per_week: 7,
            rhythm,
            nights: None,
            premiums: vec![],
        }
    }

    fn wish(&self, kind: WishKind, request: &Request) -> Result<Wish, String> {
        let span = self.stretch(&request.shift)?.on(&self.period, request.day);
        Ok(Wish { span, kind, price: Money::rounded(f64::from(request.weight)) })
    }
}

/// Minutes of the mapped clock for as many of the instance.
#[derive(Clone, Copy, Debug)]
struct Unit {
    of_instance: u32,
    minutes: u32,
}

/// Shift types, those that most others forbid first.
fn by_how_often_forbidden(instance: &Instance) -> Result<Vec<&ShiftType>, String> {
    let forbidden_by = |id: &str| instance.shifts.iter().filter(|shift| shift.not_before.contains(id)).count();
    let mut order: Vec<&ShiftType> = instance.shifts.iter().collect();
    order.sort_by_key(|shift| std::cmp::Reverse(forbidden_by(&shift.id)));
    for shift in &instance.shifts {
        let first = order.iter().take(shift.not_before.len());
        if !first.clone().all(|shift_before| shift.not_before.contains(&shift_before.id)) {
            return Err(format!(
                "what may not follow `{}` is not what may not follow another shift, and more",
                shift.id
            ));
        }
    }
    Ok(order)
}

/// A stretch of the day for every shift, and the unit of time.
fn stretches(order: &[&ShiftType]) -> Result<(BTreeMap<String, Stretch>, Unit), String> {
    const DAY: u32 = 24 * 60;
    let lengths = order.iter().map(|shift| Minutes::new(i64::from(shift.minutes)));
    let of_instance = lengths.fold(Minutes::ZERO, Minutes::common_measure).get();
    let of_instance = u32::try_from(of_instance).unwrap_or(1).max(1);
    let units: u32 = order.iter().map(|shift| shift.minutes / of_instance).sum();
    let minutes = (1..=DAY / units.max(1)).rev().find(|minutes| DAY.is_multiple_of(*minutes));
    let minutes = minutes.ok_or_else(|| format!("{units} units do not fit into a day"))?;
    let mut start = 0;
    let mut stretches = BTreeMap::new();
    for shift in order {
        let length = shift.minutes / of_instance * minutes;
        let small = |minutes: u32| u16::try_from(minutes).map_err(|error| error.to_string());
        stretches.insert(shift.id.clone(), Stretch { start: small(start)?, length: small(length)? });
        start += length;
    }
    Ok((stretches, Unit { of_instance, minutes }))
}
