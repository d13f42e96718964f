//! `obsada init`: workspaces that look like life, with the truth beside them.
//!
//! An electronics retailer with customers in Poland, Germany, Great Britain and the eastern United States, and agents in
//! Kraków and Manila. Everything is drawn from one seed; equal parameters give equal bytes. Nothing here touches a file.
//!
//! | file | what it decides |
//! |---|---|
//! | `params` | what may be chosen |
//! | `random` | one stream of random numbers per component |
//! | `regions`, `queues`, `calendar_of_holidays` | customers and their clocks, queues, holidays |
//! | `volume`, `event_calendar`, `events`, `handle_time` | the mean of every interval |
//! | `synthetic_centre` | all of that together |
//! | `noise`, `flaws` | what chance and an export make of it |
//! | `contracts`, `skill_profiles`, `people`, `absences`, `load` | who works, and how large the company is |
//! | `starter` | a workspace around a user's own history |
//! | `history_file`, `truth`, `settings`, `scenarios`, `gzip` | the files |

mod params;
mod file;
mod random;
mod regions;
mod queues;
mod calendar_of_holidays;
mod volume;
mod events;
mod event_calendar;
mod handle_time;
mod synthetic_centre;
mod noise;
mod flaws;
mod names;
mod contracts;
mod skill_profiles;
mod people;
mod absences;
mod load;
mod history_file;
mod truth;
mod settings;
mod scenarios;
mod gzip;
mod starter;
#[cfg(test)]
mod tests;

pub use file::GeneratedFile;
pub use params::CentreParams;
pub use starter::{StarterHistory, fits, plan_interval, refuse_unusable, remarks, starter, weekly_hours};

use contracts::SiteName;
use synthetic_centre::SyntheticCentre;

/// A whole workspace: settings, history, people, scenarios, and the truth that forecasts are judged against.
///
/// The company is as large as its agents can serve: sharing the queues, they are needed for about nine tenths of the hours they
/// owe in the week to plan. See [`CentreParams::problems`] for what may be asked.
#[must_use]
pub fn centre(params: &CentreParams) -> Vec<GeneratedFile> {
    let people = people::people(params);
    let absences = absences::absences(params, &people);
    let windows = absences::windows(params, &people);

    let centre = SyntheticCentre::new(*params);
    let loads = load::loads(&centre);
    let owed_hours =
        if people.is_empty() { 2_800.0 } else { absences::owed_minutes(params, &people, &absences) as f64 / 60.0 };
    let sharing = if people::are_generalists(&people, &centre.queues) { load::GENERALISTS } else { load::SPECIALISTS };
    let size = load::size_for(&centre, &loads, owed_hours, sharing);
    let centre = centre.resized(size);
    let hours = load::hours_by_queue(&centre, &loads, size);
    let agents = people::hire(params, people.clone(), &centre.queues, &hours);

    let (history, truth) = rayon::join(
        || gzip::gzip(history_file::history_csv(&centre).as_bytes()),
        || gzip::gzip(truth::truth_csv(&centre).as_bytes()),
    );
    let text = |path: &str, text: String| GeneratedFile::new(path, text);
    let mut files = vec![
        text("workspace.toml", settings::workspace_toml(&centre, seats(&people))),
        GeneratedFile::new("history.csv.gz", history),
        text("backlog.csv", history_file::backlog_csv(&centre)),
        GeneratedFile::new("truth.csv.gz", truth),
        text("truth_events.csv", truth::truth_events_csv(&centre)),
    ];
    if params.agents > 0 {
        files.push(text("agents.csv", people::agents_csv(&agents, &centre.queues)));
        files.push(text("skills.csv", people::skills_csv(&agents, &centre.queues)));
        files.push(text("availability.csv", absences::availability_csv(&people, &windows)));
        files.push(text("absences.csv", absences::absences_csv(&people, &absences)));
        files.push(text("preferences.csv", absences::preferences_csv(params, &people, &windows)));
    }
    for (name, overlay) in scenarios::scenarios(&centre) {
        files.push(text(&format!("scenarios/{name}.toml"), overlay));
    }
    files
}

/// Seats in Kraków and Manila: enough for four fifths of the people at once.
fn seats(people: &[people::Person]) -> [usize; 2] {
    [SiteName::Krakow, SiteName::Manila].map(|place| {
        let here = people.iter().filter(|person| person.contract.place == place).count();
        (here * 4).div_ceil(5).max(1)
    })
}
