//! What might happen instead: overlays in the words of the workspace.

use std::fmt::Write;

use chrono::Duration;

use super::contracts::SiteName;
use super::event_calendar::COMING_CAMPAIGN;
use super::queues::Topic;
use super::synthetic_centre::SyntheticCentre;

/// File names and texts; only those that make sense for the queues and people this centre has.
pub(super) fn scenarios(centre: &SyntheticCentre) -> Vec<(&'static str, String)> {
    let has = |topic| centre.queues.iter().any(|queue| queue.topic == topic);
    let mut all = Vec::new();
    if has(Topic::Technical) {
        all.push(("recall", recall(centre)));
    }
    if centre.events.iter().any(|event| event.id == COMING_CAMPAIGN) {
        all.push(("campaign-a-week-later", campaign_later()));
    }
    if centre.params.agents > 0 {
        all.push(("ten-percent-absent", absent()));
        all.push(("manila-closed", closed(SiteName::Manila)));
    }
    all.push(("tougher-goal", tougher(centre)));
    all
}

fn recall(centre: &SyntheticCentre) -> String {
    let wednesday = centre.params.start + Duration::days(2);
    let queues: Vec<String> = centre
        .queues
        .iter()
        .filter(|queue| queue.number == 1 && matches!(queue.topic, Topic::Orders | Topic::Technical | Topic::Email))
        .map(|queue| format!("{{ id = \"{}\" }}", queue.id))
        .collect();
    format!(
        r#"name = "recall"
why = "A charger of the autumn range overheats: {wednesday} it is called back. The recall of last winter says what follows."

[[event]]
id = "powerbank-recall"
kind = "recall"
reach = {reach}
queues = [{queues}]
schedule = [{{ at = "{wednesday}T10:00", share = 1.0 }}]
regions = ["pl", "de", "gb"]
"#,
        reach = (140.0 * centre.size).ceil() * 100.0,
        queues = queues.join(", "),
    )
}

fn campaign_later() -> String {
    format!(
        r#"name = "campaign a week later"
why = "The warehouse asks for a week more before the winter sale."

[event_shift]
{COMING_CAMPAIGN} = 7
"#
    )
}

fn absent() -> String {
    r#"name = "ten per cent absent"
why = "Influenza: every tenth agent is away for the whole week."

[factors]
absent_share = 0.10
"#
    .to_owned()
}

fn closed(place: SiteName) -> String {
    format!(
        r#"name = "{id} closed"
why = "A typhoon closes the site for the week."

[[site]]
id = "{id}"
closed = true
"#,
        id = place.id()
    )
}

fn tougher(centre: &SyntheticCentre) -> String {
    let mut toml = String::from(
        "name = \"tougher goal\"\nwhy = \"What would ninety per cent instead of eighty cost on the telephone?\"\n",
    );
    for queue in
        centre.queues.iter().filter(|queue| !matches!(queue.topic, Topic::Email | Topic::Chat | Topic::SecondTier))
    {
        let _ = write!(toml, "\n[[queue]]\nid = \"{}\"\ngoal = {{ share = 0.90 }}\n", queue.id);
    }
    toml
}
