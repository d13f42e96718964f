//! Which queues an agent can serve and how well; agents who are equal in this share a skill group.

use chrono::NaiveDate;

use super::learning;
use super::model::{Horizon, Person};
use crate::domain::calendar::DateSpan;
use crate::domain::ids::{GroupIx, QueueIx, SkillId};
use crate::domain::learning_curve::LearningCurve;
use crate::domain::queue::{Channel, Queue};
use crate::domain::workforce::{Ability, SkillGroup};
use crate::workspace::tables::SkillRecord;

/// A skill as it is held throughout the plan.
#[derive(Clone, Copy, Debug)]
struct Held<'a> {
    skill: &'a str,
    priority: u32,
    speed: f64,
    concurrency: Option<f64>,
}

/// The skills an agent holds on every date of the plan on which the agent is employed.
pub(super) fn held_skills(person: &Person, horizon: &Horizon) -> Vec<SkillId> {
    held(person, horizon, None).into_iter().map(|held| SkillId::new(held.skill)).collect()
}

/// The rows of `skills.csv` that hold on some dates of the plan but not on all: they are not used.
pub(super) fn passing_skills<'a>(person: &'a Person, horizon: &Horizon) -> Vec<&'a SkillRecord> {
    let (first, last) = needed(person.record.employed, horizon);
    let begins_or_ends = |row: &&SkillRecord| !holds(row.valid, first, last) && meets(row.valid, first, last);
    person.skills.iter().filter(begins_or_ends).collect()
}

/// Who is new to a skill, by the first day of its row or else of the person, is slower as the curve says.
fn held<'a>(person: &'a Person, horizon: &Horizon, curve: Option<LearningCurve>) -> Vec<Held<'a>> {
    let (first, last) = needed(person.record.employed, horizon);
    let pace = |own: Option<NaiveDate>| learning::pace(curve, own.or(person.record.employed.from), horizon);
    let stated = person.skills.iter().filter(|row| holds(row.valid, first, last)).map(|row| Held {
        skill: &row.skill,
        priority: row.priority,
        speed: row.speed * pace(row.valid.from),
        concurrency: row.concurrency,
    });
    let unstated = |skill: &&String| !person.skills.iter().any(|row| row.skill == **skill);
    let plain = person.record.skills.iter().filter(unstated);
    let mut held: Vec<Held<'a>> =
        stated.chain(plain.map(|skill| Held { skill, priority: 1, speed: pace(None), concurrency: None })).collect();
    held.sort_by_key(|held| held.skill);
    held.dedup_by_key(|held| held.skill);
    held
}

fn needed(employed: DateSpan, horizon: &Horizon) -> (NaiveDate, NaiveDate) {
    let (first, last) = (horizon.first, horizon.last);
    (employed.from.map_or(first, |from| from.max(first)), employed.until.map_or(last, |until| until.min(last)))
}

fn holds(valid: DateSpan, first: NaiveDate, last: NaiveDate) -> bool {
    valid.holds(first) && valid.holds(last)
}

fn meets(valid: DateSpan, first: NaiveDate, last: NaiveDate) -> bool {
    valid.from.is_none_or(|from| from <= last) && valid.until.is_none_or(|until| first <= until)
}

/// How fast a person learns, the slowest of the skills held in the plan; none where all are learned.
pub(super) fn slowest_pace(person: &Person, horizon: &Horizon, curve: Option<LearningCurve>) -> Option<f64> {
    let usual = held(person, horizon, None);
    let now = held(person, horizon, curve);
    let paces = now.iter().zip(&usual).map(|(now, usual)| now.speed / usual.speed);
    paces.reduce(f64::min).filter(|pace| *pace < 1.0)
}

/// The queues an agent may take, in the order of queues. A contact that needs several skills goes at the pace of the
/// slowest of them and is as welcome as the least welcome; on chat, an agent who holds more or fewer chats at once than
/// the queue assumes is worth as much more or less.
pub(super) fn abilities(
    person: &Person,
    queues: &[Queue],
    horizon: &Horizon,
    curve: Option<LearningCurve>,
) -> Vec<Ability> {
    let held = held(person, horizon, curve);
    queues.iter().enumerate().filter_map(|(at, queue)| ability(&held, QueueIx(at), queue)).collect()
}

fn ability(held: &[Held<'_>], at: QueueIx, queue: &Queue) -> Option<Ability> {
    let find = |skill: &SkillId| held.iter().find(|held| held.skill == skill.as_str());
    let used: Vec<&Held<'_>> = queue.skills.iter().map(find).collect::<Option<_>>()?;
    let speed = used.iter().map(|held| held.speed).reduce(f64::min).unwrap_or(1.0);
    let priority = used.iter().map(|held| held.priority).max().unwrap_or(1);
    let at_once = match queue.channel {
        Channel::Chat { concurrency } => {
            used.iter().filter_map(|held| held.concurrency).reduce(f64::min).map_or(1.0, |own| own / concurrency)
        }
        Channel::Voice | Channel::Deferred { .. } => 1.0,
    };
    Some(Ability { queue: at, speed: speed * at_once, priority })
}

/// The group with these abilities, made if there is none yet.
pub(super) fn group_of(abilities: Vec<Ability>, groups: &mut Vec<SkillGroup>) -> GroupIx {
    let known = groups.iter().position(|group| group.abilities == abilities);
    GroupIx(known.unwrap_or_else(|| {
        groups.push(SkillGroup { abilities });
        groups.len() - 1
    }))
}
