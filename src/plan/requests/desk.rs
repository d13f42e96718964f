//! Where changes of a roster are weighed: legal or not as the checker says, and what they cost more.

use chrono::NaiveDate;

use super::price::PriceOfTrade;
use super::standing::StandingRoster;
use crate::domain::ids::{AgentIx, QueueIx, ShiftId};
use crate::domain::roster::Shift;
use crate::domain::rule::{Excess, Violation};
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::plan::shift_names::free_name;
use crate::roster::{self, ChangeScratch, CoverUnderChange};

/// The shifts of an agent as they would be.
pub(super) type NewLine = (AgentIx, Vec<Shift>);

/// A roster that stands, and changes made of it so far.
pub(super) struct Desk<'a> {
    pub(super) of: &'a StandingRoster,
    pub(super) workforce: Workforce,
    /// Per agent the shifts.
    pub(super) lines: Vec<Vec<Shift>>,
    cover: Option<CoverUnderChange<'a>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(of: &'a StandingRoster) -> Self {
        let mut lines = vec![Vec::new(); of.workforce.agents.len()];
        of.shifts.iter().for_each(|shift| lines[shift.agent.0].push(shift.clone()));
        let cover = of.has_requirement().then(|| CoverUnderChange::new(&of.problem(&of.workforce), &of.shifts));
        Self { of, workforce: of.workforce.clone(), lines, cover }
    }

    /// The shift of an agent on a date.
    pub(super) fn shift_on(&self, agent: AgentIx, date: NaiveDate) -> Option<&Shift> {
        self.lines[agent.0].iter().find(|shift| shift.date == date)
    }

    /// All shifts with some agents' own replaced.
    pub(super) fn shifts_with(&self, changed: &[NewLine]) -> Vec<Shift> {
        let line = |(at, line): (usize, &'_ Vec<Shift>)| {
            let new = changed.iter().find(|(agent, _)| agent.0 == at).map(|(_, line)| line);
            new.unwrap_or(line).clone()
        };
        self.lines.iter().enumerate().flat_map(line).collect()
    }

    /// Rules that are broken when some agents' shifts are others and were not, or less so.
    pub(super) fn broken_by(&self, changed: &[NewLine]) -> Vec<Violation> {
        self.broken_by_first(changed, changed.len())
    }

    /// The same, where only the first few of those whose shifts are others have to keep the rules of a line.
    pub(super) fn broken_by_first(&self, changed: &[NewLine], first: usize) -> Vec<Violation> {
        let problem = self.of.problem(&self.workforce);
        let mut broken = Vec::new();
        for (agent, line) in &changed[..first] {
            let after = roster::violations_of_line(&problem, *agent, line);
            if !after.is_empty() {
                let before = roster::violations_of_line(&problem, *agent, &self.lines[agent.0]);
                broken.extend(beyond(&before, after));
            }
        }
        if broken.is_empty() && self.may_break_together(changed) {
            let after = roster::violations_together(&problem, self.shifts_with(changed));
            if !after.is_empty() {
                broken.extend(beyond(&roster::violations_together(&problem, self.shifts_with(&[])), after));
            }
        }
        broken
    }

    /// Whether seats could run out or groups come apart: not where as many are there at each site at all times, and nobody meets anybody.
    fn may_break_together(&self, changed: &[NewLine]) -> bool {
        if self.workforce.activities.iter().any(|kind| kind.group.is_some()) {
            return true;
        }
        let limited = |shift: &&Shift| self.workforce.sites[shift.site.0].seats.is_some();
        let of = |shift: &Shift| shift.present().map(|span| (shift.site, span)).collect::<Vec<_>>();
        let before = changed.iter().flat_map(|(agent, _)| &self.lines[agent.0]).filter(limited).flat_map(of);
        let mut before: Vec<_> = before.collect();
        let after = changed.iter().flat_map(|(_, line)| line).filter(limited).flat_map(of);
        after.into_iter().any(|there| match before.iter().position(|was| *was == there) {
            Some(at) => {
                before.swap_remove(at);
                false
            }
            None => true,
        })
    }

    /// What it costs more when some agents' shifts are others, who were promised what `promised` says; and per queue the hours of heads that
    /// are missing more.
    pub(super) fn price(
        &self,
        changed: &[NewLine],
        promised: &Workforce,
        scratch: &mut ChangeScratch,
    ) -> (PriceOfTrade, Vec<(QueueIx, f64)>) {
        let (service, missing) = self.service(changed, scratch);
        (PriceOfTrade { service, ..self.price_of_lines(changed, promised) }, missing)
    }

    /// The same without cover.
    pub(super) fn price_of_lines(&self, changed: &[NewLine], promised: &Workforce) -> PriceOfTrade {
        let mut price = PriceOfTrade::default();
        for (agent, line) in changed {
            let before = roster::cost_of_line(&self.of.problem(&self.workforce), *agent, &self.lines[agent.0]);
            let after = roster::cost_of_line(&self.of.problem(promised), *agent, line);
            price.add_line(&before, &after);
        }
        price
    }

    /// What cover and heads wanted apart from queues cost more, and per queue the hours of heads that are missing more.
    pub(super) fn service(
        &self,
        changed: &[NewLine],
        scratch: &mut ChangeScratch,
    ) -> (Option<Money>, Vec<(QueueIx, f64)>) {
        /// Half a minute is rounding.
        const FELT: f64 = 0.5 / 60.0;
        let (gone, come) = self.moved(changed);
        let cover = self.cover.as_ref().map(|cover| cover.change(&gone, &come, scratch));
        let heads = (!self.workforce.headcounts.is_empty()).then(|| {
            let problem = self.of.problem(&self.workforce);
            let cost = |changed: &[NewLine]| roster::headcount_cost(&problem, self.shifts_with(changed));
            cost(changed) - cost(&[])
        });
        let service = cover.as_ref().map(|cover| cover.cost + heads.unwrap_or_default()).or(heads);
        let missing = cover.into_iter().flat_map(|cover| cover.short_hours).enumerate();
        (service, missing.filter(|(_, hours)| *hours > FELT).map(|(queue, hours)| (QueueIx(queue), hours)).collect())
    }

    /// Shifts that are gone, and those that are new.
    fn moved<'b>(&'b self, changed: &'b [NewLine]) -> (Vec<&'b Shift>, Vec<&'b Shift>) {
        let before = || changed.iter().flat_map(|(agent, _)| &self.lines[agent.0]);
        let after = || changed.iter().flat_map(|(_, line)| line);
        let is_in = |of: &Shift, mut others: Box<dyn Iterator<Item = &'b Shift> + 'b>| {
            others.any(|other| other.agent == of.agent && other.pieces == of.pieces)
        };
        (
            before().filter(|shift| !is_in(shift, Box::new(after()))).collect(),
            after().filter(|shift| !is_in(shift, Box::new(before()))).collect(),
        )
    }

    /// Makes a change, whose people were promised it from now on.
    pub(super) fn make(&mut self, changed: Vec<NewLine>, promised: Workforce, scratch: &mut ChangeScratch) {
        if let Some(mut cover) = self.cover.take() {
            let (gone, come) = self.moved(&changed);
            cover.make(&gone, &come, scratch);
            self.cover = Some(cover);
        }
        for (agent, line) in changed {
            self.lines[agent.0] = line;
        }
        self.workforce = promised;
    }

    /// A name that no other shift has, as like one as can be.
    pub(super) fn free_name(&self, wanted: &ShiftId, but: &[NewLine]) -> ShiftId {
        let is_changed = |at: usize| but.iter().any(|(agent, _)| agent.0 == at);
        let others = self.lines.iter().enumerate().filter(|(at, _)| !is_changed(*at)).flat_map(|(_, line)| line);
        let others: Vec<&ShiftId> = others.map(|shift| &shift.id).collect();
        free_name(wanted, |name| others.contains(&name))
    }
}

/// Rules broken that were not broken before as badly.
fn beyond(before: &[Violation], after: Vec<Violation>) -> Vec<Violation> {
    let was = |of: &Violation| {
        before.iter().any(|was| {
            was.rule == of.rule && was.who == of.who && was.date == of.date && amount(was.by) >= amount(of.by)
        })
    };
    after.into_iter().filter(|of| !was(of)).collect()
}

fn amount(by: Excess) -> f64 {
    match by {
        Excess::Minutes(minutes) => minutes.get() as f64,
        Excess::Days(days) => f64::from(days),
        Excess::Agents(agents) => agents,
        Excess::Money(money) => money.as_f64(),
    }
}
