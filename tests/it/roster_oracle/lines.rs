//! Every legal week of one agent, by brute force: whatever could be written down is, and the checker says what is legal.
//!
//! Nothing here knows a labour rule. Patterns are all strings over work, break, meal and sessions, whole or with a gap in them;
//! starts are all hours of the plan; weeks are all combinations. Only three things are taken for granted, to keep the numbers small: breaks and gap
//! of a shift are as legal at one time as at another, a start is as legal for one shift as for another, and adding a
//! shift never makes an illegal week legal, the least minutes of weeks and settlement periods aside.

use chrono::Duration;

use obsada::domain::cover::CoverCurve;
use obsada::domain::ids::{AgentIx, ShiftId};
use obsada::domain::roster::{Activity, Bound, Piece, Roster, Shift};
use obsada::domain::rule::{Rule, Violation};
use obsada::domain::span::Span;
use obsada::domain::time::{Instant, LocalDay, local_date, start_of_day};
use obsada::domain::units::{Minutes, Money};
use obsada::domain::workforce::Agent;
use obsada::roster::{CheckedRoster, check};

use crate::instances::OwnedProblem;

/// A bound that claims nothing.
pub(crate) const NO_BOUND: Bound =
    Bound { objective: Money::from_millionths(i64::MIN / 4), unavoidable_wages: Money::from_millionths(i64::MIN / 4) };

/// One legal week of one agent.
pub(crate) struct LegalLine {
    pub(crate) shifts: Vec<Shift>,
    /// Wages and premiums, in the currency.
    pub(crate) pay: f64,
    /// Prices of refused wishes, sessions not held, broken promises and burdens, in the currency.
    pub(crate) refused: f64,
}

/// All legal weeks of an agent.
pub(crate) fn legal_lines(instance: &OwnedProblem, agent: usize) -> Vec<LegalLine> {
    let judge = Judge::new(instance, agent);
    let mut owing_nothing = judge.agent().clone();
    owing_nothing.weeks.iter_mut().for_each(|week| week.min = Minutes::ZERO);
    owing_nothing.settlement.iter_mut().for_each(|period| period.minutes.min = Minutes::ZERO);
    owing_nothing.promised.iter_mut().for_each(|day| day.is_fixed = false);
    let partial = judge.of(owing_nothing);
    let mut lines = vec![Vec::new()];
    for of_day in shifts_by_day(instance, &partial) {
        let longer: Vec<Vec<Shift>> = lines
            .iter()
            .flat_map(|line| of_day.iter().map(move |shift| [line.as_slice(), std::slice::from_ref(shift)].concat()))
            .filter(|line| partial.verdict(line).is_ok())
            .collect();
        lines.extend(longer);
    }
    lines.into_iter().filter_map(|shifts| judge.line(shifts, AgentIx(agent))).collect()
}

/// An instance in which one agent is alone and nothing is required.
struct Judge {
    instance: OwnedProblem,
}

impl Judge {
    fn new(instance: &OwnedProblem, agent: usize) -> Self {
        let mut alone = instance.clone();
        alone.workforce.agents = vec![instance.workforce.agents[agent].clone()];
        for curves in &mut alone.cover.queues {
            curves.fill(CoverCurve::default());
        }
        // A line is judged without flows, which is legal for people who can serve no queue.
        alone.workforce.groups.iter_mut().for_each(|group| group.abilities.clear());
        Self { instance: alone }
    }

    fn agent(&self) -> &Agent {
        &self.instance.workforce.agents[0]
    }

    fn of(&self, agent: Agent) -> Self {
        let mut instance = self.instance.clone();
        instance.workforce.agents = vec![agent];
        Self { instance }
    }

    fn verdict(&self, shifts: &[Shift]) -> Result<CheckedRoster, Vec<Violation>> {
        let grid = self.instance.period.grid();
        let roster = Roster { grid, shifts: shifts.to_vec(), flows: vec![vec![]; grid.len()] };
        check(&self.instance.problem(), roster, NO_BOUND)
    }

    fn line(&self, mut shifts: Vec<Shift>, owner: AgentIx) -> Option<LegalLine> {
        let cost = self.verdict(&shifts).ok()?.cost();
        for shift in &mut shifts {
            shift.agent = owner;
            shift.id = ShiftId::new(format!("{}-{}", owner.0, shift.date));
        }
        let refused = cost.preference + cost.unplaced + cost.changes + cost.fairness;
        Some(LegalLine { shifts, pay: (cost.wages + cost.premiums).as_f64(), refused: refused.as_f64() })
    }
}

/// All shifts that are legal alone, by the date on which they start.
fn shifts_by_day(instance: &OwnedProblem, judge: &Judge) -> Vec<Vec<Shift>> {
    let patterns = patterns(instance, judge);
    let zone = instance.workforce.site_of(judge.agent()).zone;
    let hours = |date| {
        (0..LocalDay::of(date, zone).length().get() / 60)
            .map(move |hour| start_of_day(date, zone) + Duration::hours(hour))
    };
    let starts: Vec<Instant> = instance.period.dates().flat_map(hours).collect();
    let legal: Vec<Shift> = starts
        .into_iter()
        .filter(|start| patterns.first().is_some_and(|pattern| is_start(judge, *start, pattern)))
        .flat_map(|start| patterns.iter().map(move |pattern| shift(judge, start, pattern)))
        .filter(|shift| judge.verdict(std::slice::from_ref(shift)).is_ok())
        .collect();
    let of = |date| legal.iter().filter(|shift| shift.date == date).cloned().collect();
    instance.period.dates().map(of).collect()
}

/// An hour each; none is an hour of a gap.
type Pattern = Vec<Option<Activity>>;

/// All strings of activities whose length, breaks and gap nobody objects to.
fn patterns(instance: &OwnedProblem, judge: &Judge) -> Vec<Pattern> {
    let rules = || instance.workforce.contracts.iter().map(|contract| &contract.rules);
    let longest = rules().flat_map(|rules| &rules.shift_lengths).map(|length| length.get() / 60).max().unwrap_or(0);
    let widest = rules().filter_map(|rules| rules.split).map(|split| split.max_gap.get() / 60).max();
    let widest = widest.and_then(|hours| usize::try_from(hours).ok()).unwrap_or(0);
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut strings: Vec<Vec<Activity>> = vec![vec![]];
    let kinds = instance.workforce.activities.iter();
    let sessions = kinds.map(|kind| Activity::Session { of: kind.id, is_paid: kind.is_paid });
    let letters: Vec<Activity> = Activity::PLAIN.into_iter().chain(sessions).collect();
    for _ in 0..longest {
        let longer = |string: &Vec<Activity>| {
            letters.iter().map(|next| [string.as_slice(), &[*next]].concat()).collect::<Vec<_>>()
        };
        strings = strings.iter().flat_map(longer).collect();
        let all = strings.iter().flat_map(|string| with_gaps(string, widest));
        patterns.extend(all.filter(|pattern| is_pattern(judge, pattern)));
    }
    patterns
}

/// A string as it is, and with a gap of up to so many hours wherever one fits.
fn with_gaps(string: &[Activity], widest: usize) -> Vec<Pattern> {
    let whole: Pattern = string.iter().copied().map(Some).collect();
    let cuts = (1..string.len()).flat_map(|cut| (1..=widest).map(move |hours| (cut, hours)));
    let split = cuts.map(|(cut, hours)| [&whole[..cut], &vec![None; hours], &whole[cut..]].concat()).collect();
    [vec![whole.clone()], split].concat()
}

fn is_pattern(judge: &Judge, pattern: &[Option<Activity>]) -> bool {
    let midweek = judge.instance.period.grid().start() + Duration::hours(72);
    !objects(judge, &shift(judge, midweek, pattern), &[Rule::ShiftLength, Rule::Breaks, Rule::Split])
}

fn is_start(judge: &Judge, start: Instant, pattern: &[Option<Activity>]) -> bool {
    !objects(judge, &shift(judge, start, pattern), &[Rule::ShiftStart])
}

fn objects(judge: &Judge, shift: &Shift, rules: &[Rule]) -> bool {
    let objections = judge.verdict(std::slice::from_ref(shift)).err().unwrap_or_default();
    objections.iter().any(|found| rules.contains(&found.rule))
}

fn is_session(activity: Activity) -> bool {
    matches!(activity, Activity::Session { .. })
}

fn shift(judge: &Judge, start: Instant, pattern: &[Option<Activity>]) -> Shift {
    let mut pieces: Vec<Piece> = Vec::new();
    for (hour, activity) in (0..).zip(pattern) {
        let Some(activity) = activity else { continue };
        let (from, until) = (start + Duration::hours(hour), start + Duration::hours(hour + 1));
        match pieces.last_mut() {
            Some(last) if last.activity == *activity && last.span.until == from && !is_session(*activity) => {
                last.span.until = until;
            }
            _ => pieces.push(Piece { activity: *activity, span: Span { from, until } }),
        }
    }
    let agent = judge.agent();
    let date = local_date(start, judge.instance.workforce.site_of(agent).zone);
    Shift::draft(ShiftId::new(start.to_rfc3339()), AgentIx(0), agent.site, date, pieces)
}
