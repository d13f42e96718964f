//! `agents.html`: the week of every agent on a page of its own, to be printed on A4 and hung up. By team, then name; times on the clock of the
//! agent's site.

mod bar;
mod day;

use std::fmt::Write;
use tr::tr;

use chrono::{Datelike, NaiveDate};

use super::local_time;
use super::number::hours;
use super::phrases;
use super::report::html::escape;
use crate::domain::ids::AgentIx;
use crate::domain::roster::Shift;
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, Workforce};
use crate::plan::Plan;
use day::Day;

/// The hours over the bars.
fn head() -> String {
    let paid = tr!("paid");
    format!("<tr class=\"hours\"><th></th><td><i>0</i><i>6</i><i>12</i><i>18</i><i>24</i></td><td>{paid}</td></tr>\n")
}

/// Weeks that one sheet holds.
const WEEKS: usize = 4;

/// The pages; none without a roster.
pub(super) fn write(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref()?;
    Some(pages(plan, &rostered.workforce, &rostered.checked.roster().shifts))
}

fn pages(plan: &Plan, workforce: &Workforce, shifts: &[Shift]) -> String {
    let mut by_agent: Vec<Vec<&Shift>> = vec![Vec::new(); workforce.agents.len()];
    for shift in shifts {
        by_agent[shift.agent.0].push(shift);
    }
    let dates: Vec<NaiveDate> = plan.period.dates().collect();
    let order = in_order(workforce);
    let title = escape(&tr!("{}: the agents' {}", plan.name, weeks(&dates)));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n",
        style = include_str!("style.css"),
    );
    page.push_str(&contents(&title, workforce, &order));
    for &at in &order {
        for (sheet, dates) in dates.chunks(7 * WEEKS).enumerate() {
            page.push_str(&sheet_of(plan, workforce, at, &by_agent[at.0], (sheet, dates)));
        }
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// By team, then name.
fn in_order(workforce: &Workforce) -> Vec<AgentIx> {
    let mut order: Vec<AgentIx> = (0..workforce.agents.len()).map(AgentIx).collect();
    order.sort_by_key(|at| {
        let agent = &workforce.agents[at.0];
        (agent.site, alphabetical(called(agent)), at.0)
    });
    order
}

/// A name as it is sorted: small letters, those with accents beside those without.
fn alphabetical(name: &str) -> (String, String) {
    let plain = |letter: char| match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    };
    let small = name.to_lowercase();
    (small.chars().map(plain).collect(), small)
}

/// What people call an agent.
fn called(agent: &Agent) -> &str {
    if agent.name.is_empty() { agent.id.as_str() } else { &agent.name }
}

/// Everybody, to find one's page on a screen; it is not printed.
fn contents(title: &str, workforce: &Workforce, order: &[AgentIx]) -> String {
    let mut text = format!("<nav>\n<h1>{title}</h1>\n<p>{}</p>\n", tr!("A page for each agent, to be printed on A4."));
    for team in order.chunk_by(|one, other| workforce.agents[one.0].site == workforce.agents[other.0].site) {
        let site = workforce.site_of(&workforce.agents[team[0].0]);
        let _ = writeln!(text, "<h2>{}: {}</h2>\n<p>", escape(site.id.as_str()), phrases::agents(team.len()));
        for at in team {
            let _ = writeln!(text, "<a href=\"#a{}\">{}</a>", at.0, escape(called(&workforce.agents[at.0])));
        }
        text.push_str("</p>\n");
    }
    text.push_str("</nav>\n");
    text
}

/// One sheet of paper of an agent: some weeks.
fn sheet_of(
    plan: &Plan,
    workforce: &Workforce,
    at: AgentIx,
    shifts: &[&Shift],
    (sheet, dates): (usize, &[NaiveDate]),
) -> String {
    let agent = &workforce.agents[at.0];
    let site = workforce.site_of(agent);
    let abilities = &workforce.groups[agent.group.0].abilities;
    let queues: Vec<&str> = abilities.iter().map(|ability| plan.queues[ability.queue.0].id.as_str()).collect();
    let takes = if queues.is_empty() { tr!("takes" => "no queue") } else { queues.join(", ") };
    let anchor = if sheet == 0 { format!(" id=\"a{}\"", at.0) } else { String::new() };
    let size = if dates.len() <= 7 { "one" } else { "many" };
    let mut text = format!(
        "<article class=\"{size}\"{anchor}>\n<h1>{}</h1>\n<p>{}</p>\n<p>{}</p>\n<p>{}</p>\n",
        escape(called(agent)),
        escape(&tr!("{} · {} · times in {}", agent.id, site.id, site.zone)),
        escape(&tr!("Takes: {takes}", takes)),
        escape(&format!("{}{}", &weeks(dates)[..1].to_uppercase(), &weeks(dates)[1..])),
    );
    for week in dates.chunks(7) {
        let own = || shifts.iter().filter(|shift| week.contains(&shift.date));
        let paid: Minutes = own().map(|shift| shift.paid()).sum();
        text.push_str("<table>\n");
        if dates.len() > 7 {
            let _ = writeln!(text, "<caption>{}</caption>", escape(&weeks(week)));
        }
        text.push_str(&head());
        for date in week {
            text.push_str(&Day::of(agent, site, shifts, *date).row());
        }
        let sum =
            tr!("{shifts}, {hours} paid", shifts = phrases::shifts(own().count()), hours = hours(paid.as_hours()));
        let _ = writeln!(
            text,
            "<tr class=\"sum\"><th>{}</th><td colspan=\"2\">{}</td></tr>\n</table>",
            tr!("In all"),
            escape(&sum)
        );
    }
    text.push_str("</article>\n");
    text
}

/// `week 49 of 2026, Mon 30 Nov – Sun 6 Dec 2026`: the ISO weeks that some days touch.
fn weeks(dates: &[NaiveDate]) -> String {
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return String::new() };
    let (from, until) = (first.iso_week(), last.iso_week());
    let days = local_time::days(*first, *last);
    if from == until {
        tr!("week {} of {}, {days}", from.week(), from.year(), days)
    } else {
        tr!("weeks {} of {} to {} of {}, {days}", from.week(), from.year(), until.week(), until.year(), days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn a_page_names_the_agent_the_week_and_what_it_holds() {
        let html = pages(&example::forecast_only(), &example::workforce(), &example::roster().shifts);
        assert!(
            html.contains(
                "<title>tiny &amp; &lt;small&gt;: the agents&#39; week 49 of 2026, Mon 30 Nov – Sun 6 Dec 2026</title>"
            ),
            "{html}"
        );
        assert!(html.contains("<article class=\"one\" id=\"a0\">\n<h1>Ana &lt;b&gt;Cruz&lt;/b&gt;</h1>\n<p>a001 · manila · times in Asia/Manila</p>"), "{html}");
        assert!(html.contains("<p>Takes: orders &lt;script&gt;</p>"), "{html}");
        assert!(html.contains("<td colspan=\"2\">1 shift, 7.5\u{a0}h paid</td>"), "{html}");
        assert!(!html.contains("<script") && !html.contains("src=") && !html.contains("url("));
    }

    #[test]
    fn teams_stand_together_and_names_are_in_order() {
        let mut workforce = example::workforce();
        let mut hired = |name: &str, site: usize| {
            let agent =
                Agent { name: name.into(), site: crate::domain::ids::SiteIx(site), ..workforce.agents[0].clone() };
            workforce.agents.push(agent);
        };
        hired("Zoe", 0);
        hired("ben", 0);
        hired("Łucja", 0);
        hired("Abel", 1);
        let order: Vec<&str> = in_order(&workforce).iter().map(|at| called(&workforce.agents[at.0])).collect();
        assert_eq!(order, ["Ana <b>Cruz</b>", "ben", "Łucja", "Zoe", "Abel"]);
    }

    #[test]
    fn weeks_are_those_of_the_calendar() {
        let dates = |first: &str| example::date(first).iter_days().take(7).collect::<Vec<_>>();
        assert_eq!(weeks(&dates("2026-12-28")), "week 53 of 2026, Mon 28 Dec – Sun 3 Jan 2027");
        assert_eq!(weeks(&dates("2026-12-30")), "weeks 53 of 2026 to 1 of 2027, Wed 30 Dec – Tue 5 Jan 2027");
    }
}
