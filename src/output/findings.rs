//! What looks wrong in the history, in sentences: what was found, when on the customers' clock, and what a planner can
//! do about it.
//!
//! Findings tell what the forecast could not explain. They are no faults of the run: the page lists them, and the
//! command line prints the first among its warnings. They are ranked by the contacts to come that hang on them; those of the same
//! days are one sentence, and so are many of one kind of one queue.

use chrono::{Datelike, Duration, NaiveDate};
use tr::tr;

use super::local_time;
use super::number::{grouped, percent};
use crate::domain::explanation::{Finding, FindingKind};
use crate::domain::ids::QueueIx;
use crate::domain::time::{Zone, local_date, minute_of_day};
use crate::plan::Plan;

/// Findings told at once; the rest is on the page behind a line to open.
pub const FIRST_FINDINGS: usize = 5;
/// Contacts of a week to come below which a finding of long ago is of no use any more.
const LEAST_AT_STAKE: f64 = 0.5;
/// Findings of one kind and place from which they are one sentence.
const ALIKE: usize = 3;

/// Every finding as a sentence, what changes the plan most first.
#[must_use]
pub fn findings(plan: &Plan) -> Vec<String> {
    let mut cases: Vec<Case> = Vec::new();
    for of in &plan.forecast.queues {
        for found in &of.explanation.findings {
            let case = Case::new(plan, of.queue, found);
            match cases.iter_mut().find(|known| known.is_same(&case)) {
                Some(known) => known.join(case),
                None => cases.push(case),
            }
        }
    }
    cases.retain(|case| case.at_stake >= LEAST_AT_STAKE);
    let mut cases = folded(cases);
    cases.sort_by(|one, other| other.at_stake.total_cmp(&one.at_stake).then(one.days.cmp(&other.days)));
    cases.iter().map(Case::sentence).collect()
}

/// Many of one kind and place as the largest of them, which counts the others.
fn folded(cases: Vec<Case>) -> Vec<Case> {
    let mut groups: Vec<Vec<Case>> = Vec::new();
    for case in cases {
        match groups.iter_mut().find(|group| group[0].is_alike(&case)) {
            Some(group) => group.push(case),
            None => groups.push(vec![case]),
        }
    }
    let fold = |mut group: Vec<Case>| {
        if group.len() < ALIKE {
            return group;
        }
        let at_stake = group.iter().map(|case| case.at_stake).sum();
        let span = |days: Vec<NaiveDate>| days.into_iter().min().zip(group.iter().map(|case| case.days.1).max());
        let between = span(group.iter().map(|case| case.days.0).collect());
        group.sort_by(|one, other| other.excess().total_cmp(&one.excess()));
        let (others, mut largest) = (group.len() - 1, group.swap_remove(0));
        largest.at_stake = at_stake;
        largest.others = between.map(|between| (others, between));
        vec![largest]
    };
    groups.into_iter().flat_map(fold).collect()
}

/// A finding, or several of the same days.
struct Case {
    kind: FindingKind,
    days: (NaiveDate, NaiveDate),
    /// The days in words, with their hours where all that is joined has the same.
    when: String,
    places: Vec<String>,
    /// Contacts to come that hang on it.
    at_stake: f64,
    /// How many others like it there are, and from when to when they all lie.
    others: Option<(usize, (NaiveDate, NaiveDate))>,
}

impl Case {
    fn new(plan: &Plan, queue: QueueIx, found: &Finding) -> Self {
        let queue = &plan.queues[queue.0];
        let region = &queue.regions[found.region];
        let of_region = if queue.regions.len() > 1 { format!(" ({})", region.id) } else { String::new() };
        Self {
            kind: found.kind,
            days: (local_date(found.from, region.zone), local_date(found.until - Duration::seconds(1), region.zone)),
            when: when(found, region.zone),
            places: vec![format!("`{}`{of_region}", queue.id)],
            at_stake: found.at_stake,
            others: None,
        }
    }

    /// How far a level moved, on the log scale.
    fn step(&self) -> f64 {
        match self.kind {
            FindingKind::OpenLevel { factor, .. } | FindingKind::LevelShift { factor } => factor.ln().abs(),
            _ => 0.0,
        }
    }

    /// Contacts that came beyond or below what was expected.
    fn excess(&self) -> f64 {
        match self.kind {
            FindingKind::UnlabelledSpike { counted, expected } | FindingKind::Outage { counted, expected } => {
                (counted - expected).abs()
            }
            _ => 0.0,
        }
    }

    /// Whether both are spikes, or both outages, of the same queues.
    fn is_alike(&self, other: &Self) -> bool {
        self.places == other.places && joins(self.kind, other.kind)
    }

    /// Whether both are spikes, or both outages, of the same days.
    fn is_same(&self, other: &Self) -> bool {
        (joins(self.kind, other.kind) || moved_alike(self.kind, other.kind)) && self.days == other.days
    }

    fn join(&mut self, other: Self) {
        use FindingKind::{Outage, UnlabelledSpike};
        if let (
            UnlabelledSpike { counted, expected } | Outage { counted, expected },
            UnlabelledSpike { counted: more, expected: awaited } | Outage { counted: more, expected: awaited },
        ) = (&mut self.kind, other.kind)
        {
            *counted += more;
            *expected += awaited;
        }
        let known = self.places.clone();
        if moved_alike(self.kind, other.kind) && other.step() > self.step() {
            self.kind = other.kind;
        }
        if self.when != other.when {
            self.when = dates(self.days);
        }
        self.places.extend(other.places.into_iter().filter(|place| !known.contains(place)));
        self.at_stake += other.at_stake;
    }

    fn sentence(&self) -> String {
        let Self { when, places, .. } = self;
        let (what, todo) = match self.kind {
            FindingKind::UnlabelledSpike { counted, expected } => (
                tr!("{when}: {}, which no known event explains; left out of the season", came(counted, expected), when),
                tr!(
                    "a one-off needs nothing; if its cause may come again, name it as an [[event]], or the day as a [[holiday]]"
                ),
            ),
            FindingKind::Outage { counted, expected } => (
                tr!("{when}: {}; taken for an outage and left out of the season", came(counted, expected), when),
                tr!("if customers could not call because of closing, list the day as a [[holiday]]"),
            ),
            FindingKind::LevelShift { factor } => (
                tr!("from {} on, {}, and it stayed so", dates((self.days.0, self.days.0)), moved(factor, places.len())),
                tr!(
                    "if the change is to end, or has ended, give the queue level_changes = [{{ from = \"{}\", until = \"…\" }}]",
                    self.days.0
                ),
            ),
            FindingKind::OpenLevel { factor, days, stays } => (
                tr!(
                    "from {} on, {}; {days} day does not tell a burst from a new level: it is taken to stay with {chance}, and the band is wider for it; the mean follows from the fourth day on"
                        | "from {} on, {}; {days} days do not tell a burst from a new level: it is taken to stay with {chance}, and the band is wider for it; the mean follows from the fourth day on"
                            % days,
                    dates((self.days.0, self.days.0)),
                    moved(factor, places.len()),
                    days = days,
                    chance = percent(stays, 0)
                ),
                tr!(
                    "if it stays, give the queue level_changes = [{{ from = \"{from}\" }}], and if it ends, add until = \"YYYY-MM-DD\"",
                    from = self.days.0
                ),
            ),
            FindingKind::WeekdayShift { factor } => (
                tr!(
                    "from {} on, {} on this day of the week, beside the others",
                    dates((self.days.0, self.days.0)),
                    moved(factor, places.len())
                ),
                tr!("the forecast follows it; if it is not to stay, say so in adjustments.csv"),
            ),
            FindingKind::MissingDays { open_days } => (
                tr!("{when}: no data on {n} open day" | "{when}: no data on {n} open days" % open_days, when),
                tr!("add the missing file, or list the days as [[holiday]] if the queue was closed"),
            ),
        };
        let what = match self.others {
            None => what,
            Some((others, between)) => {
                tr!("{what}; {others} more like it, {between}", what, others = others, between = dates(between))
            }
        };
        tr!(
            "queue {names}: {what}; hint: {todo}" | "queues {names}: {what}; hint: {todo}" % places.len(),
            names = places.join(", "),
            what,
            todo
        )
    }
}

/// Whether both are levels that moved the same way, and are as open or as settled.
fn moved_alike(one: FindingKind, other: FindingKind) -> bool {
    use FindingKind::{LevelShift, OpenLevel};
    match (one, other) {
        (OpenLevel { factor, .. }, OpenLevel { factor: other, .. })
        | (LevelShift { factor }, LevelShift { factor: other }) => (factor > 1.0) == (other > 1.0),
        _ => false,
    }
}

/// Whether both are spikes, or both outages.
const fn joins(one: FindingKind, other: FindingKind) -> bool {
    matches!(
        (one, other),
        (FindingKind::UnlabelledSpike { .. }, FindingKind::UnlabelledSpike { .. })
            | (FindingKind::Outage { .. }, FindingKind::Outage { .. })
    )
}

/// `812 contacts came where 310 were expected`.
fn came(counted: f64, expected: f64) -> String {
    let (came, awaited) = (grouped(counted, 0), grouped(expected, 0));
    tr!(
        "{came} contact came where {awaited} were expected"
            | "{came} contacts came where {awaited} were expected" % counted.round(),
        came,
        awaited
    )
}

/// `contacts rose by 23 %`; the largest of several.
fn moved(factor: f64, places: usize) -> String {
    let by = percent((factor - 1.0).abs(), 0);
    if places > 1 {
        return if factor < 1.0 { tr!("contacts fell by up to {}", by) } else { tr!("contacts rose by up to {}", by) };
    }
    if factor < 1.0 { tr!("contacts fell by {}", by) } else { tr!("contacts rose by {}", by) }
}

/// Whole days, or hours of the days, on the wall of the customers' zone.
fn when(found: &Finding, zone: Zone) -> String {
    let days = (local_date(found.from, zone), local_date(found.until - Duration::seconds(1), zone));
    let whole = minute_of_day(found.from, zone) == 0 && minute_of_day(found.until, zone) == 0;
    let (from, until) = (local_time::clock(found.from, zone), local_time::clock(found.until, zone));
    match (days.0 == days.1, whole) {
        (_, true) => dates(days),
        (true, false) => format!("{}, {from}–{until} ({zone})", dated(days.0)),
        (false, false) => format!("{}, {from} – {}, {until} ({zone})", dated(days.0), dated(days.1)),
    }
}

fn dates((first, last): (NaiveDate, NaiveDate)) -> String {
    if first == last { dated(first) } else { local_time::days(first, last) }
}

fn dated(date: NaiveDate) -> String {
    format!("{} {}", local_time::day(date), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    fn said(kind: FindingKind, from: &str, until: &str) -> String {
        let mut plan = example::forecast_only();
        let found =
            Finding { kind, region: 0, from: example::instant(from), until: example::instant(until), at_stake: 1.0 };
        plan.forecast.queues[0].explanation.findings = vec![found];
        findings(&plan).concat()
    }

    #[test]
    fn a_spike_is_told_on_the_customers_clock_with_what_to_do() {
        // 14:00 UTC is 09:00 in New York in winter.
        let spike = FindingKind::UnlabelledSpike { counted: 1812.4, expected: 310.0 };
        assert_eq!(
            said(spike, "2026-03-03T14:00:00Z", "2026-03-03T19:30:00Z"),
            "queue `orders <script>`: Tue 3 Mar 2026, 09:00–14:30 (America/New_York): 1\u{202f}812 contacts came where 310 \
             were expected, which no known event explains; left out of the season; hint: a one-off needs nothing; if its cause \
             may come again, name it as an [[event]], or the day as a [[holiday]]"
        );
    }

    #[test]
    fn whole_days_are_told_without_their_hours() {
        let missing = said(FindingKind::MissingDays { open_days: 5 }, "2026-01-12T05:00:00Z", "2026-01-17T05:00:00Z");
        assert!(missing.contains(": Mon 12 Jan – Fri 16 Jan 2026: no data on 5 open days; hint: "), "{missing}");
        let outage = FindingKind::Outage { counted: 1.0, expected: 200.0 };
        let outage = said(outage, "2026-01-12T05:00:00Z", "2026-01-13T05:00:00Z");
        assert!(outage.contains(": Mon 12 Jan 2026: 1 contact came where 200 were expected; taken for"), "{outage}");
    }

    #[test]
    fn an_outage_of_several_queues_is_one_sentence() {
        let mut plan = example::forecast_only();
        plan.queues.push(example::queue("chat"));
        plan.forecast.queues.push(plan.forecast.queues[0].clone());
        plan.forecast.queues[1].queue = QueueIx(1);
        let kind = FindingKind::Outage { counted: 2.0, expected: 100.0 };
        for (of, until) in plan.forecast.queues.iter_mut().zip(["2026-01-12T19:00:00Z", "2026-01-12T21:00:00Z"]) {
            let from = example::instant("2026-01-12T14:00:00Z");
            of.explanation.findings =
                vec![Finding { kind, region: 0, from, until: example::instant(until), at_stake: 1.0 }];
        }
        let said = findings(&plan);
        assert_eq!(said.len(), 1);
        let start = "queues `orders <script>`, `chat`: Mon 12 Jan 2026: 4 contacts came where 200 were expected; taken";
        assert!(said[0].starts_with(start), "{}", said[0]);
    }

    #[test]
    fn a_level_that_may_end_is_one_sentence_for_all_that_moved_with_it() {
        let mut plan = example::forecast_only();
        plan.queues.push(example::queue("chat"));
        plan.forecast.queues.push(plan.forecast.queues[0].clone());
        plan.forecast.queues[1].queue = QueueIx(1);
        for (of, factor) in plan.forecast.queues.iter_mut().zip([1.3, 1.42]) {
            let kind = FindingKind::OpenLevel { factor, days: 5, stays: 0.57 };
            let (from, until) = (example::instant("2026-01-12T05:00:00Z"), example::instant("2026-01-17T05:00:00Z"));
            of.explanation.findings = vec![Finding { kind, region: 0, from, until, at_stake: 10.0 }];
        }
        assert_eq!(
            findings(&plan),
            [
                "queues `orders <script>`, `chat`: from Mon 12 Jan 2026 on, contacts rose by up to 42\u{a0}%; 5 days do not tell a \
              burst from a new level: it is taken to stay with 57\u{a0}%, and the band is wider for it; the mean follows from the fourth day on; hint: if it stays, give the queue \
              level_changes = [{ from = \"2026-01-12\" }], and if it ends, add until = \"YYYY-MM-DD\""
            ]
        );
    }

    #[test]
    fn a_shift_is_told_from_its_first_day_on() {
        let fell = said(FindingKind::LevelShift { factor: 0.77 }, "2026-01-12T05:00:00Z", "2026-11-30T05:00:00Z");
        assert!(
            fell.contains(": from Mon 12 Jan 2026 on, contacts fell by 23\u{a0}%, and it stayed so; hint"),
            "{fell}"
        );
    }
}
