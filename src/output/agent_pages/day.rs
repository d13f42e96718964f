//! A day of an agent: when the shift is, its breaks, what is paid, and why there is none.

use chrono::NaiveDate;
use tr::tr;

use super::bar;
use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::span::Span;
use crate::domain::time::{Instant, LocalDay};
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, BlockReason, Site};
use crate::output::local_time;
use crate::output::number::hours;
use crate::output::report::html::escape;

/// A date on the clock of a site.
pub(super) struct Day<'a> {
    agent: &'a Agent,
    site: &'a Site,
    local: LocalDay,
    /// The shift that starts on it.
    shift: Option<&'a Shift>,
    /// All that is done on it, that of a shift begun the day before too.
    pieces: Vec<Piece>,
}

impl<'a> Day<'a> {
    /// A date of an agent with these shifts.
    pub(super) fn of(agent: &'a Agent, site: &'a Site, shifts: &[&'a Shift], date: NaiveDate) -> Self {
        let day = LocalDay::of(date, site.zone);
        let all = shifts.iter().flat_map(|shift| &shift.pieces).chain(&agent.before.tail);
        let pieces = all.filter(|piece| piece.span.overlaps(&span(&day))).copied().collect();
        Self { agent, site, local: day, shift: shifts.iter().copied().find(|shift| shift.date == date), pieces }
    }

    /// A row of the table.
    pub(super) fn row(&self) -> String {
        let class = if self.shift.is_some() { "" } else { " class=\"off\"" };
        let small =
            |words: &str| if words.is_empty() { String::new() } else { format!("<small>{}</small>", escape(words)) };
        let (breaks, notes) = (small(&self.breaks()), small(&self.notes().join("; ")));
        let paid = self.shift.map(|shift| hours(shift.paid().as_hours())).unwrap_or_default();
        format!(
            "<tr{class}><th>{}</th><td><div>{}{breaks}</div>{}{notes}</td><td>{}</td></tr>\n",
            local_time::day(self.local.date),
            self.headlines().iter().map(|part| ["<b>", &escape(part), "</b>"].concat()).collect::<String>(),
            bar::svg(&self.local, &self.pieces),
            escape(&paid)
        )
    }

    /// `16:00–00:00`, both parts of a split shift, or why there is none.
    fn headlines(&self) -> Vec<String> {
        match self.shift {
            Some(shift) => shift.present().map(|part| self.hours_of(part)).collect(),
            None => vec![self.absences().next().map_or_else(|| tr!("Off"), str::to_owned)],
        }
    }

    /// `break 12:15–12:30, meal 14:30–15:00`.
    fn breaks(&self) -> String {
        let pauses = self.shift.iter().flat_map(|shift| &shift.pieces).filter(|piece| piece.activity != Activity::Work);
        let told: Vec<String> =
            pauses.map(|piece| format!("{} {}", activity(piece.activity), self.hours_of(piece.span))).collect();
        told.join(", ")
    }

    /// Absences beside a shift, what reaches into the day or beyond it, and a change of clocks.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(shift) = self.shift {
            if shift.span().until > self.local.end {
                notes.push(tr!("into the next day"));
            }
            notes.extend(self.absences().map(|kind| tr!("absent for a part: {kind}", kind)));
        }
        let begun =
            self.pieces.iter().filter(|piece| self.shift.is_none_or(|shift| piece.span.until <= shift.span().from));
        if let Some(last) = begun.map(|piece| piece.span.until).max() {
            notes.push(tr!("until {} from the day before", self.clock(last)));
        }
        notes.extend(self.change_of_clocks());
        notes
    }

    /// That the day is not as long as others.
    fn change_of_clocks(&self) -> Option<String> {
        let length = self.local.length();
        let day = hours(length.as_hours());
        let by = |minutes: Minutes| hours(minutes.as_hours());
        match length.cmp(&Minutes::hours(24)) {
            std::cmp::Ordering::Less => {
                Some(tr!("clocks go forward by {by}: this day has {day}", by = by(Minutes::hours(24) - length), day))
            }
            std::cmp::Ordering::Greater => {
                Some(tr!("clocks go back by {by}: this day has {day}", by = by(length - Minutes::hours(24)), day))
            }
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Kinds of absence on the day.
    fn absences(&self) -> impl Iterator<Item = &str> {
        let on_day = self.agent.blocks.iter().filter(|block| block.span.overlaps(&span(&self.local)));
        let mut kinds: Vec<&str> = on_day
            .filter_map(|block| match &block.reason {
                BlockReason::Absent(kind) => Some(kind.as_str()),
                BlockReason::Unavailable | BlockReason::NotEmployed | BlockReason::SiteClosed => None,
            })
            .collect();
        kinds.dedup();
        kinds.into_iter()
    }

    fn hours_of(&self, span: Span) -> String {
        format!("{}–{}", self.clock(span.from), self.clock(span.until))
    }

    fn clock(&self, at: Instant) -> String {
        local_time::clock(at, self.site.zone)
    }
}

/// What agents call it.
fn activity(activity: Activity) -> String {
    match activity {
        Activity::Work => tr!("work"),
        Activity::Break => tr!("break"),
        Activity::Meal => tr!("meal"),
        Activity::Session { of, .. } => of.to_string(),
    }
}

fn span(day: &LocalDay) -> Span {
    Span { from: day.start, until: day.end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::AbsenceKindId;
    use crate::domain::workforce::{Block, Workforce};
    use crate::output::example;

    fn told(workforce: &Workforce, shifts: &[Shift], date: &str) -> (String, Vec<String>) {
        let shifts: Vec<&Shift> = shifts.iter().collect();
        let day = Day::of(&workforce.agents[0], &workforce.sites[0], &shifts, example::date(date));
        (day.headlines().join(", "), day.notes().into_iter().map(|note| note.replace('\u{a0}', " ")).collect())
    }

    #[test]
    fn a_shift_stands_on_its_day_with_its_breaks() {
        // 08:00 to 16:00 UTC is 16:00 to midnight in Manila.
        let (workforce, shifts) = (example::workforce(), example::roster().shifts);
        assert_eq!(told(&workforce, &shifts, "2026-11-30"), ("16:00–00:00".into(), vec![]));
        let day = Day::of(&workforce.agents[0], &workforce.sites[0], &[&shifts[0]], example::date("2026-11-30"));
        assert_eq!(day.breaks(), "meal 20:00–20:30");
        assert_eq!(told(&workforce, &shifts, "2026-12-01"), ("Off".into(), vec![]));
    }

    #[test]
    fn a_night_is_told_on_both_of_its_days() {
        let (workforce, mut shifts) = (example::workforce(), example::roster().shifts);
        shifts[0].pieces[2].span.until += Minutes::hours(2).duration();
        let (hours, notes) = told(&workforce, &shifts, "2026-11-30");
        assert_eq!((hours.as_str(), notes[0].as_str()), ("16:00–02:00", "into the next day"));
        let after = told(&workforce, &shifts, "2026-12-01");
        assert_eq!(after, ("Off".into(), vec!["until 02:00 from the day before".into()]));
    }

    #[test]
    fn absences_and_the_change_of_clocks_are_said() {
        let (mut workforce, shifts) = (example::workforce(), example::roster().shifts);
        let day = LocalDay::of(example::date("2026-12-02"), chrono_tz::Asia::Manila);
        let reason = BlockReason::Absent(AbsenceKindId::new("vacation"));
        workforce.agents[0].blocks = vec![Block { span: span(&day), reason }];
        assert_eq!(told(&workforce, &shifts, "2026-12-02").0, "vacation");
        workforce.sites[0].zone = chrono_tz::Europe::Warsaw;
        let spring = told(&workforce, &[], "2027-03-28").1;
        assert_eq!(spring, ["clocks go forward by 1.0 h: this day has 23.0 h"]);
        assert_eq!(told(&workforce, &[], "2026-10-25").1, ["clocks go back by 1.0 h: this day has 25.0 h"]);
    }
}
