//! `report.html`: one self-contained page without network or script, for the supervisor who has ten seconds.
//!
//! From the top: is the roster legal, are goals reached and what does it cost, what would help most, where is service thin, each queue at a glance, whom to hire; then the
//! charts, the roster itself, and what the plan rests on. Service is what the simulation says. Money that is paid stands apart from prices.

pub(super) mod html;
mod figure;
mod verdict;
mod improvements;
mod thin_hours;
mod handle_times;
mod headcounts;
mod queues;
mod shared_people;
mod simulated;
mod people;
mod one_more;
mod whynot;
mod free_hours;
mod activities;
mod fairness;
mod replanned;
mod money;
mod roster;
mod causes;
mod added;
mod learned;
mod methods;
mod accuracy;
mod notes;

use std::fmt::Write;
use tr::tr;

use self::figure::figure;
use self::html::escape;
use super::drawn::{Drawn, Subject};
use super::local_time;
use crate::domain::ids::QueueIx;
use crate::language::spoken;
use crate::plan::Plan;

/// Pages of the week that the report shows itself; beyond them it names the files.
const WEEK_PAGES: usize = 4;

/// A part of the page: its anchor, its heading, what it holds.
struct Section {
    anchor: &'static str,
    heading: String,
    body: String,
}

impl Section {
    /// A section, unless there is nothing to show.
    fn new(anchor: &'static str, heading: impl Into<String>, body: Option<String>) -> Option<Self> {
        body.map(|body| Self { anchor, heading: heading.into(), body })
    }
}

/// The page.
pub(super) fn write(plan: &Plan, charts: &[Drawn]) -> String {
    let sections: Vec<Section> = [
        Section::new("help", tr!("What would help most"), improvements::section(plan)),
        Section::new("replanned", tr!("What was changed, and why"), replanned::section(plan)),
        Section::new("thin", tr!("Where service is thin"), thin_hours::section(plan)),
        Section::new("heads", tr!("Where heads are missing"), headcounts::section(plan)),
        Section::new("queues", tr!("Queues at a glance"), Some(queues::section(plan))),
        Section::new("shared", tr!("What shared people would need"), shared_people::section(plan)),
        Section::new("service", tr!("What customers get, simulated"), simulated::section(plan)),
        Section::new("one-more", tr!("Whom to hire or cross-train"), one_more::section(plan)),
        Section::new("whynot", tr!("What keeps the roster dear"), whynot::section(plan)),
        Section::new("free", tr!("Hours free for training and coaching"), free_hours::section(plan)),
        Section::new("activities", tr!("Training, coaching and meetings"), activities::section(plan)),
        Section::new("fairness", tr!("Who has the nights and weekends"), fairness::section(plan, charts)),
        Section::new("people", tr!("People and what they are busy with"), people::section(plan, charts)),
        Section::new("charts", tr!("Charts"), queue_charts(plan, charts)),
        Section::new("week", tr!("Week at a glance"), week(charts)),
        Section::new("roster", tr!("Roster"), roster::section(plan)),
        Section::new("money", tr!("Money paid and prices"), money::section(plan)),
        Section::new("causes", tr!("Events, special days and adjustments"), causes::section(plan)),
        Section::new("methods", tr!("How the forecast was made"), Some(methods::section(plan))),
        Section::new("findings", tr!("What looks wrong in the history"), notes::findings(plan)),
        Section::new("warnings", tr!("Warnings"), notes::warnings(plan)),
        Section::new("cleaning", tr!("What cleaning changed"), Some(notes::cleaning(plan))),
        Section::new("units", tr!("Reading the tables"), notes::units(plan)),
    ]
    .into_iter()
    .flatten()
    .collect();
    page(plan, &sections)
}

fn page(plan: &Plan, sections: &[Section]) -> String {
    let last = plan.period.end() - chrono::Duration::days(1);
    let what = if plan.rostered.is_some() {
        tr!("roster")
    } else if plan.simulated.is_some() {
        tr!("service of a roster")
    } else if plan.requirement.is_some() {
        tr!("staff required")
    } else {
        tr!("forecast")
    };
    let title = tr!("{}: {what} for {}", plan.name, local_time::days(plan.period.start, last), what);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{style}</style>\n</head>\n\
         <body>\n<main>\n<header>\n<h1>{title}</h1>\n<p>{basis}</p>\n</header>\n{verdict}\n",
        lang = spoken().code(),
        title = escape(&title),
        style = include_str!("style.css"),
        basis = tr!(
            "Days and hours in {zone} unless a site or region is named · planned with what was known on {as_of}",
            zone = plan.period.zone,
            as_of = as_of(plan)
        ),
        verdict = verdict::section(plan),
    );
    page.push_str("<nav>");
    for section in sections {
        let _ = write!(page, "<a href=\"#{}\">{}</a>", section.anchor, escape(&section.heading));
    }
    page.push_str("</nav>\n");
    for section in sections {
        let heading = escape(&section.heading);
        let _ = write!(page, "<section id=\"{}\">\n<h2>{heading}</h2>\n{}\n</section>\n", section.anchor, section.body);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn as_of(plan: &Plan) -> String {
    let zone = plan.period.zone;
    let date = crate::domain::time::local_date(plan.as_of, zone);
    format!("{} {}, {}", local_time::day(date), date.format("%Y"), local_time::clock(plan.as_of, zone))
}

fn queue_charts(plan: &Plan, charts: &[Drawn]) -> Option<String> {
    let mut body = String::new();
    for (index, queue) in plan.queues.iter().enumerate() {
        let _ = writeln!(body, "<h3 id=\"queue-{index}\">{}</h3>", escape(queue.id.as_str()));
        if let Some(sentence) = queues::capped(plan, QueueIx(index)) {
            let _ = writeln!(body, "<p class=\"quiet\">{}</p>", escape(&sentence));
        }
        let of_queue = |subject: Subject| match subject {
            Subject::Requirement(of)
            | Subject::Coverage(of)
            | Subject::People(of)
            | Subject::Service(of)
            | Subject::Forecast(of)
            | Subject::Causes(of) => of.0 == index,
            Subject::Skills(_) | Subject::Week(_) | Subject::Burdens | Subject::Comparison | Subject::Fairness => false,
        };
        body.extend(charts.iter().filter(|chart| of_queue(chart.subject)).map(figure));
    }
    (!plan.queues.is_empty()).then_some(body)
}

fn week(charts: &[Drawn]) -> Option<String> {
    let pages: Vec<&Drawn> = charts.iter().filter(|chart| matches!(chart.subject, Subject::Week(_))).collect();
    if pages.len() <= WEEK_PAGES {
        return (!pages.is_empty()).then(|| pages.into_iter().map(figure).collect());
    }
    let link = |chart: &&Drawn| {
        format!(
            "<li><a href=\"charts/{0}.svg\">charts/{0}.svg</a> {1}</li>\n",
            escape(&chart.name),
            escape(&chart.title)
        )
    };
    let links: String = pages.iter().map(link).collect();
    Some(tr!(
        "<p class=\"quiet\">Everybody's week is in the <a href=\"#roster\">roster</a> below; as pictures on {} pages \
         beside this file:</p>\n<ul>\n{links}</ul>",
        pages.len(),
        links
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn what_users_wrote_never_becomes_markup_and_nothing_is_fetched() {
        let plan = example::forecast_only();
        let page = write(&plan, &crate::output::draw(&plan).expect("charts"));
        assert!(page.contains("tiny &amp; &lt;small&gt;"));
        assert!(page.contains("orders &lt;script&gt;"));
        assert!(page.contains("rest &amp; runs start fresh"));
        assert!(!page.contains("<script"));
        assert!(!page.contains("src=") && !page.contains("@import") && !page.contains("url("));
    }

    #[test]
    fn a_forecast_alone_reports_its_part() {
        let plan = example::forecast_only();
        let page = write(&plan, &[]);
        assert!(page.contains("id=\"queues\"") && page.contains("id=\"methods\""));
        assert!(!page.contains("id=\"roster\"") && !page.contains("id=\"money\"") && !page.contains("id=\"thin\""));
    }
}
