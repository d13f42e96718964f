//! Requests judged in their order, each beside those that were granted before it.
//!
//! A request is refused where it breaks a rule, where whoever works a shift then cannot take a queue of it, where cover costs more than a
//! request may, and where all prices together do; otherwise it is granted. Days that somebody asked to change are no broken promise, and what
//! was granted stays.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::desk::{Desk, NewLine};
use super::price::PriceOfTrade;
use super::standing::StandingRoster;
use super::taken::taken_by;
use crate::domain::ids::{AgentIx, QueueIx};
use crate::domain::request::{Request, RequestKind};
use crate::domain::roster::{Bound, Shift};
use crate::domain::rule::{Rule, Violation};
use crate::domain::workforce::Workforce;
use crate::plan::shift_names::keep_names;
use crate::roster::{self, ChangeScratch, CheckedRoster};

/// Requests with what became of them.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// In the order of the file.
    pub judged: Vec<Judged>,
    /// The people.
    pub workforce: Workforce,
    /// The shifts after all that was granted.
    pub shifts: Vec<Shift>,
    /// The same, as the checker found it; none where the roster was not legal before.
    pub checked: Option<CheckedRoster>,
}

/// A request with what became of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The request.
    pub request: Request,
    /// Why it is refused; none where it is granted.
    pub refused: Option<WhyRefused>,
    /// What it costs more; none where that was not asked, for it cannot be.
    pub price: Option<PriceOfTrade>,
    /// Queues for which hours of heads are missing more, and how many.
    pub missing: Vec<(QueueIx, f64)>,
    /// Other days of the agent that change with it, so that the hours owed are worked.
    pub also: Vec<NaiveDate>,
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum WhyRefused {
    /// There is no such shift to give, take or exchange.
    NoShift {
        /// Whose.
        agent: AgentIx,
        /// Of which day.
        date: NaiveDate,
    },
    /// Rules would be broken.
    Law(Vec<Violation>),
    /// Whoever would work the shift cannot take all its queues.
    Skill {
        /// Who.
        agent: AgentIx,
        /// Those queues.
        queues: Vec<QueueIx>,
    },
    /// Cover would cost more than a request may.
    Service,
    /// All prices together would be more than a request may cost.
    Price,
}

/// What a request would make of the roster.
struct Trial {
    lines: Vec<NewLine>,
    /// Days that somebody asked to change or agreed to.
    asked: Vec<(AgentIx, NaiveDate)>,
    /// Shifts that somebody else works then, as they were.
    taken: Vec<(AgentIx, Shift)>,
    also: Vec<NaiveDate>,
}

/// Judges requests one after the other.
#[must_use]
pub fn judge(standing: &StandingRoster, requests: &[Request]) -> Judgement {
    let mut desk = Desk::new(standing);
    let mut scratch = ChangeScratch::default();
    let mut granted = BTreeSet::new();
    let each = requests.iter().map(|request| judged(&mut desk, request, &mut granted, &mut scratch));
    let judged = each.collect();
    let shifts = desk.shifts_with(&[]);
    let checked = checked(standing, &desk.workforce, shifts.clone());
    Judgement { judged, workforce: desk.workforce, shifts, checked }
}

fn judged(
    desk: &mut Desk<'_>,
    request: &Request,
    granted: &mut BTreeSet<(AgentIx, NaiveDate)>,
    scratch: &mut ChangeScratch,
) -> Judged {
    let refused = |why| Judged {
        request: request.clone(),
        refused: Some(why),
        price: None,
        missing: Vec::new(),
        also: Vec::new(),
    };
    let trial = match trial(desk, request, granted) {
        Ok(trial) => trial,
        Err(why) => return refused(why),
    };
    for (agent, shift) in &trial.taken {
        let queues = desk.of.lacks(shift, *agent);
        if !queues.is_empty() {
            return refused(WhyRefused::Skill { agent: *agent, queues });
        }
    }
    let promised = promised(&desk.workforce, &trial, matches!(request.kind, RequestKind::Off { .. }));
    let (price, missing) = desk.price(&trial.lines, &promised, scratch);
    let most = desk.of.most_per_request;
    let why = if price.service.is_some_and(|service| service > most) {
        Some(WhyRefused::Service)
    } else {
        (price.total() > most).then_some(WhyRefused::Price)
    };
    let Trial { lines, asked, also, .. } = trial;
    if why.is_none() {
        granted.extend(asked);
        desk.make(lines, promised, scratch);
    }
    Judged { request: request.clone(), refused: why, price: Some(price), missing, also }
}

/// What a request would make of the roster, if that is legal.
fn trial(desk: &Desk<'_>, request: &Request, granted: &BTreeSet<(AgentIx, NaiveDate)>) -> Result<Trial, WhyRefused> {
    let (agent, date) = (request.agent, request.date);
    let trial = match request.kind {
        RequestKind::Off { until } => return days_off(desk, agent, (date, until), granted),
        RequestKind::Give { with } => handed_over(desk, &[((agent, date), with)])?,
        RequestKind::Take { with } => handed_over(desk, &[((with, date), agent)])?,
        RequestKind::Swap { with, with_date } => {
            handed_over(desk, &[((agent, date), with), ((with, with_date), agent)])?
        }
    };
    let broken = desk.broken_by(&trial.lines);
    if broken.is_empty() { Ok(trial) } else { Err(WhyRefused::Law(broken)) }
}

/// Shifts of some people on some dates, each worked by another.
fn handed_over(desk: &Desk<'_>, handed: &[((AgentIx, NaiveDate), AgentIx)]) -> Result<Trial, WhyRefused> {
    let (mut asked, mut taken, mut gone, mut come) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for &((agent, date), taker) in handed {
        let shift = desk.shift_on(agent, date).ok_or(WhyRefused::NoShift { agent, date })?;
        let theirs = taken_by(&desk.workforce, &desk.of.period, shift, taker);
        asked.extend([(agent, date), (taker, theirs.date)]);
        taken.push((taker, shift.clone()));
        gone.push(shift.id.clone());
        come.push(theirs);
    }
    let people: BTreeSet<AgentIx> = asked.iter().map(|(agent, _)| *agent).collect();
    let mut lines: Vec<NewLine> = Vec::new();
    for &agent in &people {
        let own = &desk.lines[agent.0];
        let mut line: Vec<Shift> = own.iter().filter(|shift| !gone.contains(&shift.id)).cloned().collect();
        for shift in come.iter().filter(|shift| shift.agent == agent) {
            // A day that had a shift keeps its name.
            let before = own.iter().find(|before| before.date == shift.date && gone.contains(&before.id));
            let id = before.map_or_else(|| desk.free_name(&shift.id, &[]), |before| before.id.clone());
            line.push(Shift { id, ..shift.clone() });
        }
        line.sort_by_key(|shift| shift.span().from);
        lines.push((agent, line));
    }
    Ok(Trial { lines, asked, taken, also: Vec::new() })
}

/// The shifts of some days fall away; where hours are owed then, the cheapest shifts of the agent that keep those days off.
fn days_off(
    desk: &Desk<'_>,
    agent: AgentIx,
    (from, until): (NaiveDate, NaiveDate),
    granted: &BTreeSet<(AgentIx, NaiveDate)>,
) -> Result<Trial, WhyRefused> {
    let is_asked = |date: NaiveDate| from <= date && date <= until;
    let own = &desk.lines[agent.0];
    let line = own.iter().filter(|shift| !is_asked(shift.date)).cloned().collect();
    let asked = desk.of.period.dates().filter(|date| is_asked(*date)).map(|date| (agent, date)).collect();
    let mut trial = Trial { lines: vec![(agent, line)], asked, taken: Vec::new(), also: Vec::new() };
    let broken = desk.broken_by(&trial.lines);
    if broken.is_empty() {
        return Ok(trial);
    }
    if broken.iter().any(|of| of.rule == Rule::Promised) {
        return Err(WhyRefused::Law(broken));
    }
    let mut workforce = promised(&desk.workforce, &trial, true);
    for day in &mut workforce.agents[agent.0].promised {
        // What was granted before stays.
        day.is_fixed |= granted.contains(&(agent, day.date));
    }
    let problem = desk.of.problem(&workforce);
    let Some(mut line) = roster::cheapest_line(&problem, &desk.shifts_with(&[]), agent) else {
        return Err(WhyRefused::Law(broken));
    };
    keep_names(&mut line, own);
    for shift in line.iter_mut().filter(|shift| own.iter().all(|before| before.id != shift.id)) {
        shift.id = desk.free_name(&shift.id, &trial.lines);
    }
    let pieces = |line: &[Shift], date: NaiveDate| {
        line.iter().find(|shift| shift.date == date).map_or_else(Vec::new, |shift| shift.pieces.clone())
    };
    let others = desk.of.period.dates().filter(|date| !is_asked(*date));
    trial.also = others.filter(|date| pieces(&line, *date) != pieces(own, *date)).collect();
    trial.lines = vec![(agent, line)];
    let still = desk.broken_by(&trial.lines);
    if still.is_empty() { Ok(trial) } else { Err(WhyRefused::Law(broken)) }
}

/// What everybody is promised once a request is granted: the days that were asked for, as they are then; days off for good.
fn promised(workforce: &Workforce, trial: &Trial, is_for_good: bool) -> Workforce {
    let mut workforce = workforce.clone();
    for (agent, date) in &trial.asked {
        let line = trial.lines.iter().find(|(of, _)| of == agent).map_or(&[][..], |(_, line)| line);
        let pieces = line.iter().find(|shift| shift.date == *date).map_or_else(Vec::new, |shift| shift.pieces.clone());
        for day in workforce.agents[agent.0].promised.iter_mut().filter(|day| day.date == *date) {
            day.pieces.clone_from(&pieces);
            day.is_fixed |= is_for_good;
        }
    }
    workforce
}

/// The roster after all that was granted, as the checker finds it.
fn checked(standing: &StandingRoster, workforce: &Workforce, shifts: Vec<Shift>) -> Option<CheckedRoster> {
    let mut workforce = workforce.clone();
    if !standing.has_requirement() {
        workforce.groups.iter_mut().for_each(|group| group.abilities.clear());
    }
    let problem = standing.problem(&workforce);
    roster::check(&problem, roster::share(&problem, shifts), Bound::NOTHING).ok()
}
