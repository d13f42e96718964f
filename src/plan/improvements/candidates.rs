//! Changes that could help, of every agent and day; whether they are legal is not looked at.

use chrono::{NaiveDate, NaiveTime};
use rayon::prelude::*;

use crate::domain::ids::{AgentIx, ShiftId};
use crate::domain::labour::LabourRules;
use crate::domain::roster::{Piece, Shift};
use crate::domain::span::Span;
use crate::domain::time::{Instant, Resolved, Zone, resolve};
use crate::domain::units::{Minutes, Money};
use crate::domain::workforce::Agent;
use crate::roster;
use crate::simulate::SimulatedRoster;

use super::legal::{Exchange, Judge};
use super::model::Change;
use super::worth::Worth;

/// A shift is lengthened or shortened by this at most.
const MOST_BESIDE: Minutes = Minutes::hours(2);
/// Contacts that a change has to promise to be lived through.
const LEAST: f64 = 0.5;
/// Of each agent's shifts of a kind and day those are kept that look best.
const OF_A_DAY: usize = 2;

/// What kind of change it is, in the order in which they are told where nothing else decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Move,
    Lengthen,
    Add,
    Shorten,
}

/// A change that could help.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) kind: Kind,
    pub(super) instead: Option<Shift>,
    pub(super) shift: Shift,
    /// Contacts that it may bring less those that it may lose.
    pub(super) gain: f64,
    /// What it may pay more.
    pub(super) pay: f64,
}

impl Candidate {
    /// What the checker is asked.
    pub(super) fn exchange(&self) -> Exchange<'_> {
        Exchange { instead: self.instead.as_ref(), shift: &self.shift }
    }

    /// Whether somebody is no longer at work at hours at which they were.
    pub(super) const fn takes_away(&self) -> bool {
        matches!(self.kind, Kind::Move | Kind::Shorten)
    }

    /// What is told.
    pub(super) fn change(&self) -> Change {
        let after = self.shift.clone();
        match (self.kind, self.instead.clone()) {
            (Kind::Lengthen, Some(before)) => Change::Lengthen { before, after },
            (Kind::Shorten, Some(before)) => Change::Shorten { before, after },
            (Kind::Move, Some(before)) => Change::Move { before, after },
            (_, None) | (Kind::Add, _) => Change::Add(after),
        }
    }
}

/// What people may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// To come at other hours or for longer.
    More,
    /// To come for less time.
    Less,
}

/// All that looks as if it helped, agent by agent.
pub(super) fn of_all_agents(
    roster: &SimulatedRoster<'_>,
    judge: &Judge<'_>,
    worth: &Worth,
    asked: Asked,
) -> Vec<Candidate> {
    let of_agent = |at: usize| {
        let of = OfAgent::new(roster, judge, worth, AgentIx(at));
        match asked {
            Asked::More => of.more(),
            Asked::Less => of.less(),
        }
    };
    let found: Vec<Vec<Candidate>> = (0..roster.workforce.agents.len()).into_par_iter().map(of_agent).collect();
    found.into_iter().flatten().collect()
}

struct OfAgent<'a> {
    agent: &'a Agent,
    at: AgentIx,
    rules: &'a LabourRules,
    zone: Zone,
    interval: Minutes,
    dates: Vec<NaiveDate>,
    first: NaiveDate,
    shifts: &'a [Shift],
    worth: &'a Worth,
}

impl<'a> OfAgent<'a> {
    fn new(roster: &SimulatedRoster<'a>, judge: &'a Judge<'_>, worth: &'a Worth, at: AgentIx) -> Self {
        let agent = &roster.workforce.agents[at.0];
        Self {
            agent,
            at,
            rules: roster.workforce.rules_of(agent),
            zone: roster.workforce.site_of(agent).zone,
            interval: roster.period.interval,
            dates: roster.period.dates().collect(),
            first: roster.period.start,
            shifts: judge.shifts_of(at),
            worth,
        }
    }

    /// Shifts more, longer ones, and shifts at other hours.
    fn more(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        let free = |date: &&NaiveDate| self.shifts.iter().all(|shift| shift.date != **date);
        for &date in self.dates.iter().filter(free) {
            let id = ShiftId::new(format!("{}-{date}", self.agent.id));
            let drawn = self.best(self.spans_on(date, &self.rules.shift_lengths)).into_iter();
            let shifts = drawn.map(|pieces| Shift::draft(id.clone(), self.at, self.agent.site, date, pieces));
            found.extend(shifts.map(|shift| self.candidate(Kind::Add, None, shift)));
        }
        for shift in self.changeable() {
            found.extend(self.beside(shift, Kind::Lengthen));
            // On its own day, or on one that is free.
            for &date in self.dates.iter().filter(|date| **date == shift.date || free(date)) {
                let spans = self.spans_on(date, &[shift.length()]);
                let drawn = self.best(spans.into_iter().filter(|span| *span != shift.span()).collect());
                let moved = drawn.into_iter().map(|pieces| Shift { date, pieces, ..shift.clone() });
                found.extend(moved.map(|moved| self.candidate(Kind::Move, Some(shift), moved)));
            }
        }
        found.retain(|candidate| candidate.gain > LEAST && self.keeps_weeks(candidate));
        found
    }

    /// Shorter shifts.
    fn less(&self) -> Vec<Candidate> {
        let shorter = self.changeable().flat_map(|shift| self.beside(shift, Kind::Shorten));
        shorter.filter(|candidate| self.keeps_weeks(candidate)).collect()
    }

    /// Whether the minutes of each week are still what is owed and allowed, which rules out most: the checker reads all rules.
    fn keeps_weeks(&self, candidate: &Candidate) -> bool {
        let week = |shift: &Shift| usize::try_from((shift.date - self.first).num_days() / 7).unwrap_or(0);
        let mut paid = vec![Minutes::ZERO; self.agent.weeks.len()];
        let is_replaced = |shift: &&Shift| candidate.instead.as_ref().is_some_and(|instead| instead.id == shift.id);
        for shift in self.shifts.iter().filter(|shift| !is_replaced(shift)).chain([&candidate.shift]) {
            paid.get_mut(week(shift)).into_iter().for_each(|paid| *paid += shift.paid());
        }
        paid.iter().zip(&self.agent.weeks).all(|(paid, week)| (week.min..=week.max).contains(paid))
    }

    /// Shifts that are neither fixed nor split.
    fn changeable(&self) -> impl Iterator<Item = &'a Shift> + '_ {
        self.shifts.iter().filter(|shift| !shift.locked && shift.parts().count() == 1)
    }

    /// A shift that begins or ends sooner or later, so that it is longer or shorter: with its breaks as they were, and with breaks placed anew.
    fn beside(&self, shift: &Shift, kind: Kind) -> Vec<Candidate> {
        let (span, is_longer) = (shift.span(), kind == Kind::Lengthen);
        let by = |length: &Minutes| {
            let by = if is_longer { *length - shift.length() } else { shift.length() - *length };
            (Minutes::ZERO < by && by <= MOST_BESIDE).then_some(by.duration())
        };
        let mut found = Vec::new();
        for by in self.rules.shift_lengths.iter().filter_map(by) {
            let outwards = if is_longer { by } else { -by };
            for to in [Span { until: span.until + outwards, ..span }, Span { from: span.from - outwards, ..span }] {
                let kept = with_ends(&shift.pieces, to);
                let anew = self.drawn(to);
                for pieces in kept.into_iter().chain(anew) {
                    let changed = Shift { pieces, ..shift.clone() };
                    found.push(self.candidate(kind, Some(shift), changed));
                }
            }
        }
        found
    }

    fn candidate(&self, kind: Kind, instead: Option<&Shift>, shift: Shift) -> Candidate {
        let group = self.agent.group;
        let more = self.worth.gain_of(group, &shift.pieces);
        let paid = |shift: &Shift| Money::for_minutes(self.agent.hourly_cost, shift.paid()).as_f64();
        let gain = match (kind, instead) {
            (Kind::Move, Some(before)) => more - self.worth.loss_of(group, &before.pieces),
            (Kind::Shorten, Some(before)) => {
                self.worth.loss_of(group, &shift.pieces) - self.worth.loss_of(group, &before.pieces)
            }
            (_, Some(before)) => more - self.worth.gain_of(group, &before.pieces),
            (_, None) => more,
        };
        let pay = paid(&shift) - instead.map_or(0.0, paid);
        Candidate { kind, instead: instead.cloned(), shift, gain, pay }
    }

    /// When shifts of some lengths may be on a date while the agent is available.
    fn spans_on(&self, date: NaiveDate, lengths: &[Minutes]) -> Vec<Span> {
        let mut spans = Vec::new();
        for window in &self.rules.starts {
            for minute in (window.from..=window.until.min(24 * 60 - 1)).step_by(usize::from(window.step.max(1))) {
                let Some(from) = at(date, minute, self.zone) else { continue };
                let fits = lengths.iter().filter(|length| self.rules.fixes(u32::from(minute), **length));
                spans.extend(fits.map(|length| Span { from, until: from + length.duration() }));
            }
        }
        spans.retain(|span| !self.agent.blocks.iter().any(|block| block.span.overlaps(span)));
        spans
    }

    /// The shifts of some spans that bring most for an hour and most in all.
    fn best(&self, spans: Vec<Span>) -> Vec<Vec<Piece>> {
        let group = self.agent.group;
        let mut rated: Vec<(f64, Span)> = spans
            .into_iter()
            .map(|span| (self.worth.gain(group, span), span))
            .filter(|(gain, _)| *gain > 0.0)
            .collect();
        rated.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let most: Vec<Span> = rated.iter().take(OF_A_DAY).map(|(_, span)| *span).collect();
        let per_hour = |(gain, span): &(f64, Span)| gain / span.length().as_hours();
        rated.sort_by(|one, other| per_hour(other).total_cmp(&per_hour(one)).then(one.1.cmp(&other.1)));
        let dense = rated.iter().take(OF_A_DAY).map(|(_, span)| *span).filter(|span| !most.contains(span));
        let spans: Vec<Span> = dense.chain(most.iter().copied()).collect();
        spans.into_iter().filter_map(|span| self.drawn(span)).collect()
    }

    /// The pieces of a shift, with its breaks where people are needed least.
    fn drawn(&self, span: Span) -> Option<Vec<Piece>> {
        roster::pieces_of_shift(self.rules, span, self.interval, |of| self.worth.gain(self.agent.group, of))
    }
}

/// The instant at which a clock shows a minute of a day, the first of two.
fn at(date: NaiveDate, minute: u16, zone: Zone) -> Option<Instant> {
    let wall = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute) * 60, 0)?;
    match resolve(date.and_time(wall), zone) {
        Resolved::Once(at) | Resolved::Twice(at, _) => Some(at),
        Resolved::Never => None,
    }
}

/// Pieces whose first begins and whose last ends at other times; none where that leaves one of them without any time.
pub(super) fn with_ends(pieces: &[Piece], to: Span) -> Option<Vec<Piece>> {
    let mut pieces = pieces.to_vec();
    pieces.first_mut()?.span.from = to.from;
    pieces.last_mut()?.span.until = to.until;
    pieces.iter().all(|piece| piece.span.from < piece.span.until).then_some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::Activity;

    fn hour(of: i64) -> Instant {
        Instant::UNIX_EPOCH + Minutes::hours(of).duration()
    }

    fn span(from: i64, until: i64) -> Span {
        Span { from: hour(from), until: hour(until) }
    }

    #[test]
    fn ends_move_and_breaks_stay() {
        let piece = |activity, from, until| Piece { activity, span: span(from, until) };
        let pieces = [piece(Activity::Work, 8, 11), piece(Activity::Meal, 11, 12), piece(Activity::Work, 12, 14)];
        let spans =
            |to: Span| with_ends(&pieces, to).map(|pieces| pieces.iter().map(|piece| piece.span).collect::<Vec<_>>());
        assert_eq!(spans(span(8, 15)), Some(vec![span(8, 11), span(11, 12), span(12, 15)]));
        assert_eq!(spans(span(9, 14)), Some(vec![span(9, 11), span(11, 12), span(12, 14)]));
        assert_eq!(spans(span(8, 12)), None, "nothing is left after the meal");
    }
}
