//! What only a scenario may say: its name, factors, agents added and removed, events moved.

use std::path::Path;
use tr::tr;

use super::fields::Fields;
use super::tree::{Table, Value};
use crate::domain::ids::EventId;
use crate::domain::units::Share;
use crate::workspace::place::{Place, Report};
use crate::workspace::tables::{Row, agent_row};
use crate::workspace::words::{Read, Refusal, above, known, share, text};

/// Keys of a scenario that are no keys of a workspace.
const OWN: [&str; 5] = ["name", "why", "factors", "agents", "event_shift"];

/// A scenario's own part, beside what it lays over the workspace.
#[derive(Debug)]
pub(crate) struct Scenario<'a> {
    /// Its name; that of its file where it has none.
    pub(crate) name: String,
    /// Why one would ask, in the planner's words.
    pub(crate) why: Option<String>,
    /// Factor on all contacts.
    pub(crate) volume_factor: f64,
    /// Factor on all handle times.
    pub(crate) aht_factor: f64,
    /// Share of agents absent for the whole plan.
    pub(crate) absent_share: Share,
    /// Agents added.
    pub(crate) added: Vec<Row<'a>>,
    /// Agents removed.
    pub(crate) removed: Vec<(Place, String)>,
    /// Events moved by days.
    pub(crate) shifts: Vec<(EventId, i32)>,
}

/// Takes the scenario's own keys out of an overlay; what remains is laid over the workspace.
pub(crate) fn take_own(overlay: &mut Table) -> Table {
    let (own, rest) =
        std::mem::take(&mut overlay.entries).into_iter().partition(|entry| OWN.contains(&entry.key.as_str()));
    overlay.entries = rest;
    Table { place: overlay.place.clone(), entries: own }
}

/// Reads the scenario's own keys. `events` are the names of all events, the scenario's included.
pub(crate) fn scenario<'a>(path: &Path, own: &'a Table, events: &[String], report: &'a Report) -> Scenario<'a> {
    let fields = Fields::of(own, String::new(), report);
    let stem = path.file_stem().map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let stem = stem.replace(char::is_control, "\u{fffd}");
    let mut scenario = Scenario {
        name: fields.or("name", stem, text),
        why: fields.optional("why", text),
        volume_factor: 1.0,
        aht_factor: 1.0,
        absent_share: Share::NONE,
        added: Vec::new(),
        removed: Vec::new(),
        shifts: shifts(&fields, events),
    };
    if let Some(factors) = fields.section("factors") {
        scenario.volume_factor = factors.or("volume_factor", 1.0, above(100.0));
        scenario.aht_factor = factors.or("aht_factor", 1.0, above(100.0));
        scenario.absent_share = factors.or("absent_share", Share::NONE, share);
        factors.finish();
    }
    if let Some(agents) = fields.section("agents") {
        scenario.removed = agents.words("remove", text);
        // Reports what is no table; the tables themselves are read as rows of agents.csv.
        agents.sections("add");
        let given = own.entry("agents").map(|entry| &entry.node.value);
        if let Some(Value::Table(table)) = given {
            scenario.added = table.tables("add").map(|table| agent_row(table, report)).collect();
        }
        agents.finish();
    }
    fields.finish();
    scenario
}

fn shifts(fields: &Fields<'_>, events: &[String]) -> Vec<(EventId, i32)> {
    let mut shifts = Vec::new();
    for (entry, days) in fields.own_keys("event_shift", days) {
        let event = known("event", events)(&entry.key);
        let event =
            fields.report().keep(event.map_err(|refusal| entry.place.refused("event_shift", &entry.key, refusal)));
        shifts.extend(event.zip(days.first()).map(|(at, days)| (EventId::new(&events[at]), *days)));
    }
    shifts
}

fn days(word: &str) -> Read<i32> {
    let refusal =
        || Refusal::new(tr!("not a number of days")).accepting(tr!("a whole number of days from -366 to 366"));
    word.trim().parse().ok().filter(|days| (-366..=366).contains(days)).ok_or_else(refusal)
}
