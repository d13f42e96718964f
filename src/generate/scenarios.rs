//! What might happen instead: overlays in the words of the workspace.

use std::fmt::Write;

use chrono::Duration;

use super::contracts::Place;
use super::events::COMING_CAMPAIGN;
use super::lines::Topic;
use super::world::World;

/// File names and texts; only those that make sense for the queues and people this world has.
pub(super) fn scenarios(world: &World) -> Vec<(&'static str, String)> {
    let has = |topic| world.lines.iter().any(|line| line.topic == topic);
    let mut all = Vec::new();
    if has(Topic::Technical) {
        all.push(("recall", recall(world)));
    }
    if world.events.iter().any(|event| event.id == COMING_CAMPAIGN) {
        all.push(("campaign-a-week-later", campaign_later()));
    }
    if world.params.agents > 0 {
        all.push(("ten-percent-absent", absent()));
        all.push(("manila-closed", closed(Place::Manila)));
    }
    all.push(("tougher-goal", tougher(world)));
    all
}

fn recall(world: &World) -> String {
    let wednesday = world.params.start + Duration::days(2);
    let queues: Vec<String> = world
        .lines
        .iter()
        .filter(|line| line.number == 1 && matches!(line.topic, Topic::Orders | Topic::Technical | Topic::Email))
        .map(|line| format!("{{ id = \"{}\" }}", line.id))
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
        reach = (140.0 * world.size).ceil() * 100.0,
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

fn closed(place: Place) -> String {
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

fn tougher(world: &World) -> String {
    let mut toml = String::from(
        "name = \"tougher goal\"\nwhy = \"What would ninety per cent instead of eighty cost on the telephone?\"\n",
    );
    for line in world.lines.iter().filter(|line| !matches!(line.topic, Topic::Email | Topic::Chat | Topic::SecondTier))
    {
        let _ = write!(toml, "\n[[queue]]\nid = \"{}\"\ngoal = {{ share = 0.90 }}\n", line.id);
    }
    toml
}
