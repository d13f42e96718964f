//! `skills.csv`: how well an agent knows a skill, and from when until when.

use super::agents::date_span;
use super::row::Row;
use super::sheet::Column;
use crate::domain::calendar::DateSpan;
use crate::workspace::place::Place;
use crate::workspace::words::{Index, Refusal, above, id, number, whole};
use tr::tr;

/// The columns.
pub(crate) const SKILLS: [Column; 7] = [
    Column::Required("agent"),
    Column::Required("skill"),
    Column::Required("priority"),
    Column::Required("speed"),
    Column::Optional("concurrency"),
    Column::Optional("from"),
    Column::Optional("until"),
];

/// One skill of one agent.
#[derive(Clone, Debug)]
pub(crate) struct SkillRecord {
    pub(crate) place: Place,
    /// Position of the agent among all agents.
    pub(crate) agent: usize,
    pub(crate) skill: String,
    /// 1 is the agent's first choice.
    pub(crate) priority: u32,
    /// Work done per head relative to the average.
    pub(crate) speed: f64,
    /// Chats the agent holds at once, where that differs from the queue's.
    pub(crate) concurrency: Option<f64>,
    pub(crate) valid: DateSpan,
}

/// Reads skills from rows; two rows of one agent and skill must not be valid on one day.
pub(crate) fn skills(rows: &[Row<'_>], agents: &Index) -> Vec<SkillRecord> {
    let mut skills: Vec<SkillRecord> = Vec::new();
    let mut seen: std::collections::BTreeMap<(usize, String), Vec<DateSpan>> = std::collections::BTreeMap::new();
    for row in rows {
        let Some(skill) = skill(row, agents) else { continue };
        let known = seen.entry((skill.agent, skill.skill.clone())).or_default();
        if skill.agent != Index::UNTOLD && known.iter().any(|other| overlap(*other, skill.valid)) {
            let hint = tr!("rows of one skill need `from` and `until` that do not overlap");
            row.refuse("skill", Refusal::new(tr!("a second row for this agent and skill")).hinting(hint));
        }
        known.push(skill.valid);
        skills.push(skill);
    }
    skills
}

fn skill(row: &Row<'_>, agents: &Index) -> Option<SkillRecord> {
    let agent = row.required("agent", |word| agents.find(word));
    let skill = row.required("skill", id);
    let priority = row.optional("priority", whole(1..=1000)).unwrap_or(1);
    let speed = row.optional("speed", above(10.0)).unwrap_or(1.0);
    let concurrency = row.optional("concurrency", number(1.0..=20.0));
    let valid = date_span(row);
    Some(SkillRecord { place: row.place().clone(), agent: agent?, skill: skill?, priority, speed, concurrency, valid })
}

fn overlap(a: DateSpan, b: DateSpan) -> bool {
    let ends_before =
        |first: DateSpan, second: DateSpan| first.until.zip(second.from).is_some_and(|(until, from)| until < from);
    !ends_before(a, b) && !ends_before(b, a)
}
