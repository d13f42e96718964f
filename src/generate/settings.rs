//! `workspace.toml` of a centre, section by section.

use std::fmt::Write;

use crate::domain::event::EventKind;
use crate::domain::units::Minutes;

use super::absences::{CREDITED_PER_DAY, midnight};
use super::calendar_of_holidays::{Effect, PublicHoliday};
use super::contracts::{BreakTerms, CONTRACTS, Contract, SiteName};
use super::events::CentreEvent;
use super::load::UNPLANNED_SHRINKAGE;
use super::params::CentreParams;
use super::queues::{Open, SyntheticQueue, Topic};
use super::regions::COUNTRIES;
use super::synthetic_centre::{PLAN_ZONE, SyntheticCentre};

/// The whole file. What events really did is not in it: that is for the engine to learn.
pub(super) fn workspace_toml(centre: &SyntheticCentre, seats: [usize; 2]) -> String {
    let params = &centre.params;
    let mut toml = head(params);
    for queue in &centre.queues {
        toml += &queue_section(queue);
    }
    if params.agents > 0 {
        toml += &site(SiteName::Krakow, seats[0]);
        toml += &site(SiteName::Manila, seats[1]);
        for (contract, _) in CONTRACTS {
            toml += &contract_section(contract, params);
        }
        toml += &absence_kinds();
    }
    for event in &centre.events {
        toml += &event_section(event, &centre.queues);
    }
    for holiday in &centre.calendar {
        toml += &holiday_section(holiday, params.agents > 0);
    }
    toml
}

fn head(params: &CentreParams) -> String {
    format!(
        r#"# An electronics retailer that does not exist: customers in four countries, agents in Kraków and Manila.
# Written by `obsada init` with seed {seed}; truth.csv.gz and truth_events.csv hold what no planner would know.

[plan]
start = "{start}"
weeks = 1
week_start = "mon"
interval_minutes = {interval}
timezone = "{PLAN_ZONE}"
currency = "EUR"

[history]
files = ["history.csv.gz"]
counted_at = "arrival"

[staffing]
unplanned_shrinkage = {UNPLANNED_SHRINKAGE:.2}
planned_shrinkage = 0.25

[objective]
short_per_hour = 60.0
deep_short_per_hour = 120.0
deep_short_below = 0.8
over_per_hour = 1.0
preference = 15.0
"#,
        seed = params.seed,
        start = params.start,
        interval = params.interval.get(),
    )
}

fn queue_section(queue: &SyntheticQueue) -> String {
    let topic = queue.topic;
    let mut toml = format!("\n[[queue]]\nid = \"{}\"\n", queue.id);
    let (channel, goal) = match topic {
        Topic::Email => ("email", "share = 0.95, within_s = 86400, definition = \"offered\", over = \"week\""),
        Topic::Chat => ("chat", "share = 0.80, within_s = 45, definition = \"offered\", over = \"interval\""),
        Topic::SecondTier => ("voice", "share = 0.80, within_s = 60, definition = \"offered\", over = \"day\""),
        Topic::Technical => ("voice", "share = 0.80, within_s = 30, definition = \"offered\", over = \"interval\""),
        _ => ("voice", "share = 0.80, within_s = 20, definition = \"offered\", over = \"interval\""),
    };
    let (priority, occupancy, lost, late) = match topic {
        Topic::Orders => (1, 0.88, 9.0, 1.0),
        Topic::Billing => (2, 0.88, 5.0, 0.8),
        Topic::Technical => (2, 0.87, 6.0, 1.0),
        Topic::Chat => (3, 0.86, 4.0, 0.6),
        Topic::Email => (4, 0.92, 0.0, 0.5),
        Topic::SecondTier => (1, 0.85, 12.0, 2.0),
    };
    let _ = write!(
        toml,
        "channel = \"{channel}\"\nskills = [\"{}\"]\npriority = {priority}\ngoal = {{ {goal} }}\n",
        queue.id
    );
    if let Some(patience) = topic.patience() {
        let _ = writeln!(toml, "patience_s = {patience:.1}");
    }
    let _ = writeln!(toml, "max_occupancy = {occupancy:.2}");
    match topic {
        Topic::Chat => {
            let _ = writeln!(toml, "concurrency = {:.1}", topic.concurrency());
        }
        Topic::Email => toml += "deadline_hours = 24\n",
        Topic::SecondTier => {
            let seconds = topic.handle_time();
            let _ = writeln!(toml, "aht_s = {seconds:.1} # no contacts of its own: the others hand theirs on");
        }
        _ => {}
    }
    if queue.escalates {
        let _ = writeln!(
            toml,
            "escalation = {{ to = \"{}\", share = {:.2}, after_s = {:.0} }}",
            Topic::SecondTier.name(),
            topic.escalation_share(),
            topic.handle_time()
        );
    }
    let _ = writeln!(toml, "price_lost = {lost:.1}\nprice_late = {late:.1}");
    for country in queue.countries.iter().map(|index| &COUNTRIES[*index]) {
        let _ = writeln!(
            toml,
            "\n  [[queue.region]]\n  id = \"{}\"\n  timezone = \"{}\"\n  hours = {{ {} }}",
            country.id,
            country.zone,
            hours(topic.hours(country.id))
        );
    }
    toml
}

fn hours(open: &[Open]) -> String {
    let spans: Vec<String> =
        open.iter().map(|open| format!("{} = \"{:02}:00-{:02}:00\"", open.days, open.from, open.until)).collect();
    spans.join(", ")
}

fn site(place: SiteName, seats: usize) -> String {
    format!(
        "\n[[site]]\nid = \"{}\"\ntimezone = \"{}\"\nseats = {seats}\nhours = {{ daily = \"00:00-24:00\" }}\n",
        place.id(),
        place.zone()
    )
}

fn contract_section(contract: Contract, params: &CentreParams) -> String {
    let grid = params.interval;
    let (least, most) = contract.hours();
    let lengths: Vec<String> = contract.shift_lengths(grid).iter().map(ToString::to_string).collect();
    let longest = contract.shift_lengths(grid).into_iter().max().unwrap_or(0);
    let starts = list("starts", contract.starts(grid).into_iter().map(start_window));
    let breaks = Contract::breaks(grid);
    let breaks = list("breaks", breaks.iter().filter(|rest| rest.from_length <= longest).map(break_rule));
    let ((from, until), nights) = contract.nights();
    let premiums: Vec<String> = contract
        .premiums()
        .into_iter()
        .map(|(class, share, when)| format!("  {{ class = \"{class}\", share = {share:.2}, {when} }},\n"))
        .collect();
    format!(
        r#"
[[contract]]
id = "{id}"
{law}min_hours_per_week = {least}
max_hours_per_week = {most}
shift_lengths_minutes = [{lengths}]
{starts}{breaks}min_between_breaks_minutes = 60
daily_rest_hours = 11
weekly_rest_hours = 35
max_consecutive_days = 6
max_days_per_week = 5
nights = {{ from = "{from}", until = "{until}", max_per_week = {nights} }}
premiums = [
{premiums}]
"#,
        id = contract.id(),
        law = law(contract, grid),
        lengths = lengths.join(", "),
        premiums = premiums.concat(),
    )
}

/// The pack of labour law, and the articles from which the contract is released; nothing where there is no pack.
fn law(contract: Contract, grid: Minutes) -> String {
    let has_paid_breaks = Contract::breaks(grid).iter().any(|rest| rest.paid);
    let released = if has_paid_breaks { "[\"129\"]" } else { "[\"129\", \"134\"]" };
    match contract.place {
        SiteName::Krakow => format!(
            "labour = \"pl\"\nlabour_without = {released} # days of nine hours are balanced by shorter ones, art. 135\n"
        ),
        SiteName::Manila => String::new(),
    }
}

/// A list with one item a line.
pub(super) fn list(key: &str, items: impl Iterator<Item = String>) -> String {
    let queues: Vec<String> = items.map(|item| format!("  {item},\n")).collect();
    format!("{key} = [\n{}]\n", queues.concat())
}

/// A start window as an inline table.
pub(super) fn start_window((from, until, step): (i64, i64, i64)) -> String {
    format!("{{ from = \"{}\", until = \"{}\", step_minutes = {step} }}", clock(from), clock(until))
}

/// A break as an inline table.
pub(super) fn break_rule(rest: &BreakTerms) -> String {
    format!(
        "{{ kind = \"{}\", minutes = {}, from_length_minutes = {}, earliest_minutes = {}, latest_minutes = {} }}",
        if rest.paid { "paid" } else { "unpaid" },
        rest.length,
        rest.from_length,
        rest.earliest,
        rest.latest
    )
}

/// `HH:MM` of a minute of the day.
pub(super) fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn absence_kinds() -> String {
    ["vacation", "sick"]
        .map(|id| {
            format!(
                "\n[[absence_kind]]\nid = \"{id}\"\npaid = true\ncredited_minutes_per_day = {CREDITED_PER_DAY}\ncounts_as_rest = true\n"
            )
        })
        .concat()
}

/// The word for a kind of event.
pub(super) const fn kind_word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Campaign => "campaign",
        EventKind::Recall => "recall",
        EventKind::Announcement => "announcement",
    }
}

fn event_section(event: &CentreEvent, queues: &[SyntheticQueue]) -> String {
    let queues: Vec<String> =
        event.effects.iter().map(|effect| format!("{{ id = \"{}\" }}", queues[effect.queue].id)).collect();
    let schedule: Vec<String> = event
        .schedule
        .iter()
        .map(|(at, share)| format!("{{ at = \"{}\", share = {share:.1} }}", at.format("%Y-%m-%dT%H:%M")))
        .collect();
    let mut toml = format!(
        "\n[[event]]\nid = \"{}\"\nkind = \"{}\"\nreach = {}\nqueues = [{}]\nschedule = [{}]\n",
        event.id,
        kind_word(event.kind),
        event.reach,
        queues.join(", "),
        schedule.join(", ")
    );
    if event.countries.len() < COUNTRIES.len() {
        let regions: Vec<String> =
            event.countries.iter().map(|country| format!("\"{}\"", COUNTRIES[*country].id)).collect();
        let _ = writeln!(toml, "regions = [{}]", regions.join(", "));
    }
    let _ = writeln!(toml, "known_from = \"{}\"", midnight(event.known_from, PLAN_ZONE));
    toml
}

/// A holiday of customers. Those that only a site keeps are left out: a holiday without regions would concern everyone.
fn holiday_section(holiday: &PublicHoliday, has_sites: bool) -> String {
    let regions: Vec<String> = COUNTRIES
        .iter()
        .filter(|country| holiday.countries.contains(&country.id))
        .map(|country| format!("\"{}\"", country.id))
        .collect();
    if regions.is_empty() {
        return String::new();
    }
    let mut toml = format!(
        "\n[[holiday]]\ndate = \"{}\"\nname = \"{}\"\nregions = [{}]\n",
        holiday.date,
        holiday.name,
        regions.join(", ")
    );
    let sites: Vec<String> = [("pl", SiteName::Krakow), ("ph", SiteName::Manila)]
        .into_iter()
        .filter(|(country, _)| has_sites && holiday.countries.contains(country))
        .map(|(_, place)| format!("\"{}\"", place.id()))
        .collect();
    if !sites.is_empty() {
        let _ = writeln!(toml, "sites = [{}]", sites.join(", "));
    }
    if holiday.effect == Effect::Closed {
        toml += "service = \"closed\"\n";
    }
    toml
}
