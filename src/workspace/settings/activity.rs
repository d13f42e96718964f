//! `[[activity]]`: training, coaching, monitoring and whatever else people do in their shifts beside serving queues.

use super::fields::Fields;
use super::grid::{Grid, grid_minutes};
use super::hours::weekly_hours;
use super::names::Names;
use super::whom::Whom;
use crate::domain::calendar::WeeklyHours;
use crate::domain::ids::ActivityId;
use crate::domain::roster::Activity;
use crate::domain::units::{Minutes, Money};
use crate::workspace::words::{Read, Refusal, choice, flag, id, money, whole};
use tr::tr;

/// In which time sessions are owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Per {
    /// So many in each week of the plan.
    Week,
    /// So many in the whole plan.
    Plan,
}

/// A kind of activity, and who owes sessions of it.
#[derive(Clone, Debug)]
pub(crate) struct ActivitySettings {
    /// The word for it.
    pub(crate) id: ActivityId,
    /// Length of a session.
    pub(crate) length: Minutes,
    /// Whether it is paid.
    pub(crate) is_paid: bool,
    /// When sessions may be, on the site's clock.
    pub(crate) hours: WeeklyHours,
    /// Distance from breaks and from the ends of a shift, at least.
    pub(crate) from_breaks: Minutes,
    /// People at once who attend alone.
    pub(crate) at_once: Option<u32>,
    /// Who owes sessions.
    pub(crate) whom: Whom,
    /// How many they owe.
    pub(crate) times: u32,
    /// In which time.
    pub(crate) per: Per,
    /// Those for each of whom `times` sessions are owed, shared out among the people who hold them.
    pub(crate) about: Option<Whom>,
    /// How it is held together.
    pub(crate) group: Option<GroupSettings>,
    /// What a session costs that is not held.
    pub(crate) price: Money,
}

/// Sessions that several people attend together.
#[derive(Clone, Debug)]
pub(crate) struct GroupSettings {
    /// Who attend, at least and at most.
    pub(crate) least: u32,
    /// See `least`.
    pub(crate) most: u32,
    /// Sessions at once, at most.
    pub(crate) at_once: u32,
    /// Who may lead, if somebody has to.
    pub(crate) leaders: Option<Whom>,
}

/// Reads all of them; what cannot be used is reported and left out.
pub(super) fn activities(root: &Fields<'_>, names: &Names, grid: &Grid) -> Vec<ActivitySettings> {
    root.sections("activity").into_iter().filter_map(|fields| activity(fields, names, grid)).collect()
}

fn activity(fields: Fields<'_>, names: &Names, grid: &Grid) -> Option<ActivitySettings> {
    /// Price of a session that is not held, where none is said.
    const PRICE: f64 = 100.0;
    let name = fields.required("id", own_word);
    let length = fields.required("minutes", grid_minutes(grid));
    let hint = tr!("leave the key out if sessions may be at any time");
    let hours = weekly_hours(&fields, "hours", &hint).unwrap_or_else(WeeklyHours::always);
    let from_breaks = fields.or("apart_from_breaks_minutes", 0, whole(0..=1440));
    let part = |key| fields.section(key).map(|fields| Whom::read(fields, names));
    let settings = ActivitySettings {
        id: ActivityId::new(name.clone().unwrap_or_default()),
        length: length.unwrap_or_default(),
        is_paid: fields.or("paid", true, flag),
        hours,
        from_breaks: Minutes::new(i64::from(from_breaks)),
        at_once: fields.optional("at_once", whole(1..=100_000)),
        whom: part("for").unwrap_or_default(),
        times: fields.or("times", 1, whole(1..=15)),
        per: fields.or("per", Per::Week, choice(&[("week", Per::Week), ("plan", Per::Plan)])),
        about: part("for_each"),
        group: fields.section("group").and_then(|fields| group(fields, names)),
        price: fields.or("price", Money::rounded(PRICE), money),
    };
    if settings.group.is_some() && settings.at_once.is_some() {
        let refusal = Refusal::new(tr!("people in a group attend together"));
        fields.refuse("at_once", refusal.accepting(tr!("`group = { at_once = … }`, sessions at once")));
    }
    fields.finish();
    (name.is_some() && length.is_some()).then_some(settings)
}

fn group(fields: Fields<'_>, names: &Names) -> Option<GroupSettings> {
    let people = |key, default| fields.or(key, default, whole(1..=100_000));
    let (least, most, at_once) = (people("least", 1), people("most", 100_000), people("at_once", 1));
    let leaders = fields.section("leader").map(|fields| Whom::read(fields, names));
    let is_possible = least <= most;
    if !is_possible {
        fields.refuse("most", Refusal::new(tr!("less than `least`")).accepting(tr!("`least` or more")));
    }
    fields.finish();
    is_possible.then_some(GroupSettings { least, most, at_once, leaders })
}

/// A name that files do not use for work and breaks.
fn own_word(word: &str) -> Read<String> {
    let word = id(word)?;
    if Activity::PLAIN.iter().all(|plain| plain.name() != word) {
        return Ok(word);
    }
    Err(Refusal::new(tr!("the word of every roster for work or a break")).accepting(tr!("a name such as `coaching`")))
}
