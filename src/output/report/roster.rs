//! The roster as a table per site: agents down, days across, shift times on the site's clock.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chrono::NaiveDate;

use super::html::escape;
use crate::domain::ids::SiteIx;
use crate::domain::roster::{Roster, Shift};
use crate::domain::time::LocalDay;
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, BlockReason, Site, Span, Workforce};
use crate::output::number::grouped;
use crate::output::shift_kind::ShiftKind;
use crate::output::wall;
use crate::plan::Plan;

/// Sites with more agents are folded at first.
const OPEN_UP_TO: usize = 150;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref()?;
    let kinds = [ShiftKind::Early, ShiftKind::Late, ShiftKind::Night];
    let key = kinds.map(|kind| format!("<i class=\"{}\">{}</i>", class(kind), escape(kind.words()))).concat();
    let sites = (0..rostered.workforce.sites.len())
        .map(|site| site_table(plan, &rostered.workforce, rostered.checked.roster(), SiteIx(site)));
    Some(format!("<p class=\"key\">{key}</p>\n{}", sites.collect::<String>()))
}

fn site_table(plan: &Plan, workforce: &Workforce, roster: &Roster, at: SiteIx) -> String {
    let site = &workforce.sites[at.0];
    let agents: Vec<(usize, &Agent)> =
        workforce.agents.iter().enumerate().filter(|(_, agent)| agent.site == at).collect();
    let mut shifts: BTreeMap<(usize, NaiveDate), &Shift> = BTreeMap::new();
    for shift in roster.shifts.iter().filter(|shift| shift.site == at) {
        shifts.insert((shift.agent.0, shift.date), shift);
    }
    let dates: BTreeSet<NaiveDate> = plan.period.dates().chain(shifts.keys().map(|(_, date)| *date)).collect();
    let open = if agents.len() <= OPEN_UP_TO { " open" } else { "" };
    let mut out = format!(
        "<details{open}><summary>{}: {} agents, {} shifts, times in {}</summary>\n<div class=\"sheet\"><table class=\"roster\">\n\
         <thead><tr><th>Agent</th>",
        escape(site.id.as_str()),
        agents.len(),
        shifts.len(),
        site.zone
    );
    for date in &dates {
        let _ = write!(out, "<th>{}</th>", wall::day(*date));
    }
    out.push_str("<th>Paid h</th></tr></thead>\n<tbody>\n");
    for (index, agent) in agents {
        let of_agent = dates.iter().map(|date| (*date, shifts.get(&(index, *date)).copied()));
        out.push_str(&agent_row(agent, site, of_agent));
    }
    out.push_str("</tbody></table></div></details>\n");
    out
}

fn agent_row<'a>(agent: &Agent, site: &Site, days: impl Iterator<Item = (NaiveDate, Option<&'a Shift>)>) -> String {
    let mut row = format!("<tr><td>{} {}</td>", escape(agent.id.as_str()), escape(&agent.name));
    let mut paid = Minutes::ZERO;
    for (date, shift) in days {
        match shift {
            Some(shift) => {
                paid += shift.paid();
                let (from, until) =
                    (wall::clock(shift.span().from, site.zone), wall::clock(shift.span().until, site.zone));
                let class = class(ShiftKind::of(shift, site.zone));
                let _ = write!(row, "<td><i class=\"{class}\">{from}–{until}</i></td>");
            }
            None => {
                let _ = write!(row, "<td class=\"off\">{}</td>", escape(absence(agent, date, site).unwrap_or("")));
            }
        }
    }
    let _ = writeln!(row, "<td>{}</td></tr>", grouped(paid.as_hours(), 1));
    row
}

/// Why an agent is absent on a date, if that is why there is no shift.
fn absence<'a>(agent: &'a Agent, date: NaiveDate, site: &Site) -> Option<&'a str> {
    let day = LocalDay::of(date, site.zone);
    let day = Span { from: day.start, until: day.end };
    agent.blocks.iter().filter(|block| block.span.overlaps(&day)).find_map(|block| match &block.reason {
        BlockReason::Absent(kind) => Some(kind.as_str()),
        _ => None,
    })
}

const fn class(kind: ShiftKind) -> &'static str {
    match kind {
        ShiftKind::Early => "e",
        ShiftKind::Late => "l",
        ShiftKind::Night => "g",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn a_site_reads_its_own_clock_and_names_are_escaped() {
        let html = site_table(&example::forecast_only(), &example::workforce(), &example::roster(), SiteIx(0));
        // 08:00 to 16:00 UTC is 16:00 to midnight in Manila; half an hour of it is an unpaid meal.
        assert!(html.contains("<td><i class=\"l\">16:00–00:00</i></td>"), "{html}");
        assert!(html.contains("a001 Ana &lt;b&gt;Cruz&lt;/b&gt;"));
        assert!(html.contains("times in Asia/Manila"));
        assert!(html.contains("<td>7.5</td></tr>"));
    }
}
