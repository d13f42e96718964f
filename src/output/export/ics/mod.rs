//! iCalendar (RFC 5545): a file for every agent and one for every team, which is a site.
//!
//! | file | what it does |
//! |---|---|
//! | [`lines`] | text as content lines: escaped and folded |
//! | [`zone`] | VTIMEZONE: the clock changes of the years concerned |
//! | [`event`] | VEVENT: a shift with its breaks, or one that is no more |

mod lines;
mod zone;
mod event;

use std::collections::BTreeMap;

use chrono::Datelike;

use self::event::Reader;
use self::lines::Lines;
use crate::domain::time::Zone;
use crate::output::artifact::Artifact;
use crate::output::export::exported::Exported;
use crate::output::file_names::file_names;
use crate::output::records::CancelledShift;
use crate::output::results::{Results, RosteredShift};

/// All calendars. An agent without a shift has one, too: it is how a calendar that is kept up to date becomes empty.
pub(super) fn export(results: &Results) -> Exported {
    let calendars = Calendars::of(results);
    let mut files = Vec::new();
    // Whoever has left since the shifts were told must hear that they are no more.
    let mut agents: Vec<(&str, &str)> =
        results.agents.iter().map(|agent| (agent.id.as_str(), agent.name.as_str())).collect();
    for gone in calendars.cancelled.iter().map(|of| of.agent.as_str()) {
        if agents.iter().all(|(id, _)| *id != gone) {
            agents.push((gone, gone));
        }
    }
    let names = file_names(agents.iter().map(|(id, _)| *id));
    for (at, ((id, name), file)) in agents.iter().zip(names).enumerate() {
        let shifts = results.shifts_of(at).iter();
        let cancelled = calendars.cancelled.iter().filter(|of| of.agent == *id);
        let own = results.agents.get(at);
        let zone = own.and_then(|agent| zone_of(results, &agent.site));
        let calendar = calendars.calendar(name, zone, shifts, cancelled, Reader::Agent);
        files.push(Artifact::new(format!("ics/agents/{file}.ics"), calendar));
    }
    let names = file_names(results.sites.iter().map(|site| site.id.as_str()));
    for (at, (site, file)) in results.sites.iter().zip(names).enumerate() {
        let shifts = results.shifts.iter().filter(|of| of.shift.site.0 == at);
        let cancelled = calendars.cancelled.iter().filter(|of| of.site == site.id);
        let calendar = calendars.calendar(&site.id, Some(results.site_zones[at]), shifts, cancelled, Reader::Team);
        files.push(Artifact::new(format!("ics/teams/{file}.ics"), calendar));
    }
    Exported { files, notes: Vec::new() }
}

fn zone_of(results: &Results, site: &str) -> Option<Zone> {
    results.sites.iter().position(|of| of.id == site).map(|at| results.site_zones[at])
}

/// What all calendars of a plan have in common.
struct Calendars<'a> {
    results: &'a Results,
    /// By agent and shift; 0 for what was never told.
    sequences: BTreeMap<(&'a str, &'a str), u32>,
    cancelled: &'a [CancelledShift],
    zones: BTreeMap<&'static str, Lines>,
}

impl<'a> Calendars<'a> {
    fn of(results: &'a Results) -> Self {
        let publication = results.publication.as_ref();
        let told = publication.into_iter().flat_map(|of| &of.shifts);
        let spans = results.shifts.iter().map(|of| of.shift.span());
        let instants = spans.flat_map(|span| [span.from, span.until]);
        let years: Vec<i32> = instants.map(|at| at.year()).chain([results.plan.start.year()]).collect();
        let first = years.iter().min().copied().unwrap_or_default();
        let last = years.iter().max().copied().unwrap_or_default();
        let mut zones = BTreeMap::new();
        for zone in &results.site_zones {
            zones.entry(zone.name()).or_insert_with(|| zone::vtimezone(*zone, first..=last));
        }
        Self {
            results,
            sequences: told.map(|of| ((of.agent.as_str(), of.shift_id.as_str()), of.sequence)).collect(),
            cancelled: publication.map_or(&[], |of| &of.cancelled),
            zones,
        }
    }

    fn calendar<'s>(
        &self,
        name: &str,
        own: Option<Zone>,
        shifts: impl Iterator<Item = &'s RosteredShift>,
        cancelled: impl Iterator<Item = &'s CancelledShift>,
        reader: Reader,
    ) -> Vec<u8> {
        let mut events = Lines::default();
        let mut zones: Vec<&str> = own.iter().map(|zone| zone.name()).collect();
        for of in shifts {
            zones.push(self.results.zone_of(of).name());
            let key = (self.results.agent(of).id.as_str(), of.shift.id.as_str());
            let sequence = self.sequences.get(&key).copied().unwrap_or_default();
            events.append(&event::of_shift(self.results, of, sequence, reader));
        }
        cancelled.for_each(|of| events.append(&event::of_cancelled(self.results, of)));
        zones.sort_unstable();
        zones.dedup();
        let mut lines = Lines::default();
        lines.push("BEGIN", "VCALENDAR");
        lines.push("VERSION", "2.0");
        lines.push("PRODID", "-//Obsada//Workforce management//EN");
        lines.push("CALSCALE", "GREGORIAN");
        lines.push("METHOD", "PUBLISH");
        lines.text("X-WR-CALNAME", &format!("{name} ({})", self.results.plan.name));
        if let Some(zone) = own {
            lines.push("X-WR-TIMEZONE", zone.name());
        }
        zones.iter().filter_map(|zone| self.zones.get(zone)).for_each(|zone| lines.append(zone));
        lines.append(&events);
        lines.push("END", "VCALENDAR");
        lines.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::results::sample;

    #[test]
    fn every_agent_and_every_team_has_a_calendar_with_the_zones_it_needs() {
        let files = export(&sample::rostered()).files;
        let names: Vec<&str> = files.iter().filter_map(|file| file.path.to_str()).collect();
        let agents = ["ics/agents/a1.ics", "ics/agents/a2.ics", "ics/agents/a3.ics"];
        assert_eq!(names, [&agents[..], &["ics/teams/krakow.ics", "ics/teams/manila.ics"]].concat());
        let text = |at: usize| String::from_utf8(files[at].bytes.clone()).expect("text");
        assert!(text(0).contains("TZID:Europe/Warsaw") && text(0).matches("BEGIN:VEVENT").count() == 1);
        assert!(text(1).contains("BEGIN:VTIMEZONE") && !text(1).contains("VEVENT"), "nothing to do is a calendar, too");
        assert!(text(1).contains("X-WR-CALNAME:Ola\\; Nowak\\, jr (Shop & Söhne)"), "{}", text(1));
        assert!(text(4).contains("TZID:Asia/Manila") && !text(4).contains("Warsaw"));
        assert!(text(0).lines().count() == text(0).matches("\r\n").count(), "every line ends in CR LF");
    }
}
