//! The roster as a table per site: agents down with the queues they can take, days across, shift times on the site's
//! clock; on top the heads on shift each day.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use tr::tr;

use chrono::NaiveDate;

use super::html::escape;
use crate::domain::ids::SiteIx;
use crate::domain::roster::{Roster, Shift};
use crate::domain::span::Span;
use crate::domain::time::LocalDay;
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, BlockReason, Site, Workforce};
use crate::output::number::grouped;
use crate::output::shift_kind::ShiftKind;
use crate::output::{local_time, phrases};
use crate::plan::Plan;

/// Sites with more agents are folded at first.
const OPEN_UP_TO: usize = 150;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref()?;
    let kinds = [ShiftKind::Early, ShiftKind::Late, ShiftKind::Night];
    let key = kinds.map(|kind| format!("<i class=\"{}\">{}</i>", class(kind), escape(&kind.words()))).concat();
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
        "<details{open}><summary>{}</summary>\n<div class=\"sheet\"><table class=\"roster\">\n\
         <thead><tr><th>{}</th><th>{}</th>",
        escape(&tr!(
            "{site}: {agents}, {shifts}, times in {zone}",
            site = site.id,
            agents = phrases::agents(agents.len()),
            shifts = phrases::shifts(shifts.len()),
            zone = site.zone
        )),
        tr!("Agent"),
        tr!("Queues")
    );
    for date in &dates {
        let _ = write!(out, "<th>{}</th>", local_time::day(*date));
    }
    let _ = write!(out, "<th>{}</th></tr></thead>\n<tbody>\n", tr!("Paid h"));
    out.push_str(&heads_row(&dates, &shifts));
    for (index, agent) in agents {
        let of_agent = dates.iter().map(|date| (*date, shifts.get(&(index, *date)).copied()));
        out.push_str(&agent_row(agent, &queues_of(plan, workforce, agent), site, of_agent));
    }
    out.push_str("</tbody></table></div></details>\n");
    out
}

/// Shifts that start on each day, and paid hours in all.
fn heads_row(dates: &BTreeSet<NaiveDate>, shifts: &BTreeMap<(usize, NaiveDate), &Shift>) -> String {
    let mut row = format!("<tr class=\"total\"><td>{}</td><td></td>", tr!("On shift"));
    for date in dates {
        let heads = shifts.keys().filter(|(_, of)| of == date).count();
        let _ = write!(row, "<td>{heads}</td>");
    }
    let paid: Minutes = shifts.values().map(|shift| shift.paid()).sum();
    let _ = writeln!(row, "<td>{}</td></tr>", grouped(paid.as_hours(), 1));
    row
}

/// Queues named before the rest are counted.
const NAMED: usize = 3;

/// The queues an agent can take: the first few by name, all of them where a pointer rests on the cell.
fn queues_of(plan: &Plan, workforce: &Workforce, agent: &Agent) -> String {
    let abilities = &workforce.groups[agent.group.0].abilities;
    let names: Vec<&str> = abilities.iter().map(|ability| plan.queues[ability.queue.0].id.as_str()).collect();
    let all = escape(&names.join(", "));
    match names.len() {
        0 => format!("<td class=\"off\">{}</td>", tr!("takes" => "no queue")),
        some if some > 1 && some == plan.queues.len() => {
            format!("<td title=\"{all}\">{}</td>", tr!("all {count}", count = some))
        }
        some if some > NAMED => {
            let first = escape(&names[..NAMED - 1].join(", "));
            format!("<td title=\"{all}\">{first} +{}</td>", some - (NAMED - 1))
        }
        _ => format!("<td title=\"{all}\">{all}</td>"),
    }
}

fn agent_row<'a>(
    agent: &Agent,
    queues: &str,
    site: &Site,
    days: impl Iterator<Item = (NaiveDate, Option<&'a Shift>)>,
) -> String {
    let mut row = format!("<tr><td>{} {}</td>{queues}", escape(agent.id.as_str()), escape(&agent.name));
    let mut paid = Minutes::ZERO;
    for (date, shift) in days {
        match shift {
            Some(shift) => {
                paid += shift.paid();
                let clock = |at| local_time::clock(at, site.zone);
                let parts = shift.present().map(|part| format!("{}–{}", clock(part.from), clock(part.until)));
                let parts: Vec<String> = parts.collect();
                let class = class(ShiftKind::of(shift, site.zone));
                let _ = write!(row, "<td><i class=\"{class}\">{}</i></td>", parts.join(", "));
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

    #[test]
    fn both_parts_of_a_split_shift_stand_in_its_cell() {
        let mut roster = example::roster();
        roster.shifts[0].pieces.remove(1);
        let html = site_table(&example::forecast_only(), &example::workforce(), &roster, SiteIx(0));
        assert!(html.contains("<td><i class=\"l\">16:00–20:00, 20:30–00:00</i></td>"), "{html}");
    }

    #[test]
    fn heads_on_shift_and_queues_stand_in_the_table() {
        let plan = example::forecast_only();
        let html = site_table(&plan, &example::workforce(), &example::roster(), SiteIx(0));
        // One shift on Monday 30 November, none on the other six days, 7.5 paid hours.
        let none = "<td>0</td>".repeat(6);
        let row = format!("<tr class=\"total\"><td>On shift</td><td></td><td>1</td>{none}<td>7.5</td></tr>");
        assert!(html.contains(&row), "{html}");
        assert!(
            html.contains(
                "Ana &lt;b&gt;Cruz&lt;/b&gt;</td><td title=\"orders &lt;script&gt;\">orders &lt;script&gt;</td>"
            ),
            "{html}"
        );
    }

    #[test]
    fn many_queues_are_counted() {
        let mut plan = example::forecast_only();
        let mut workforce = example::workforce();
        plan.queues = ["a", "b", "c", "d", "e"].map(example::queue).to_vec();
        workforce.groups[0].abilities = (0..4)
            .map(|queue| crate::domain::workforce::Ability {
                queue: crate::domain::ids::QueueIx(queue),
                speed: 1.0,
                priority: 1,
            })
            .collect();
        let cell = queues_of(&plan, &workforce, &workforce.agents[0]);
        assert_eq!(cell, "<td title=\"a, b, c, d\">a, b +2</td>");
    }
}
