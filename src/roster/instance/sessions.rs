//! The sessions that an agent owes, as pricing sees them: on which dates, how many of which a shift may hold, and when they may start.

use std::ops::Range;

use chrono::{Datelike, Duration};

use crate::domain::activity::{ActivityKind, OwedSessions};
use crate::domain::ids::ActivityId;
use crate::domain::time::{LocalDay, Zone, local_date, minute_of_day};
use crate::domain::workforce::Agent;

use super::breaks::{Pause, PlacedBreak};
use super::line::LineShift;
use super::shifts::ShiftLibrary;
use super::slots::SlotGrid;
use super::split_shifts::SplitPart;

/// Sessions that a shift holds, at most.
const MOST_IN_A_SHIFT: u32 = 2;

/// Bits of the count of one kind of session in the state of a line, and how many such counts there are.
const LANE: (u32, usize) = (4, 16);

/// Sessions of one kind that are owed in some dates.
#[derive(Clone, Debug)]
pub(crate) struct SessionKind {
    pub(crate) activity: ActivityId,
    pub(crate) is_paid: bool,
    /// Slots of a session.
    pub(crate) slots: usize,
    /// Slots between it and a break, or an end of its part of the shift, at least.
    pub(crate) apart: usize,
    /// Sessions owed.
    pub(crate) times: u32,
    /// What one of them costs if it is not held.
    pub(crate) price: f64,
    /// Dates of the shifts that may hold it.
    pub(crate) days: Range<usize>,
    /// Per slot whether a session may start there.
    pub(crate) starts: Vec<bool>,
    /// Its place among the counts of a state; kinds owed on the same date have different ones.
    lane: usize,
}

/// How many sessions of each kind a shift holds; one entry per kind of the agent.
pub(crate) type Held = Vec<u32>;

/// What an agent owes.
#[derive(Clone, Debug)]
pub(crate) struct SessionBook {
    pub(crate) kinds: Vec<SessionKind>,
    /// What a shift may hold; nothing comes first.
    pub(crate) contents: Vec<Held>,
    /// Per content, a part of it and the rest in all ways, as positions among the contents.
    pub(crate) splits: Vec<Vec<(usize, usize)>>,
    /// Per content, the kind that may come last in it, and the rest as a position.
    pub(crate) lasts: Vec<Vec<(usize, usize)>>,
}

impl SessionBook {
    /// What an agent owes; none where nothing can be held.
    pub(super) fn new(agent: &Agent, library: &ShiftLibrary, slot_grid: &SlotGrid) -> Option<Self> {
        let kind_of = |owed: &OwedSessions| {
            let kind = library.activities.iter().find(|kind| kind.id == owed.activity)?;
            kind_of(owed, kind, library, slot_grid)
        };
        let mut kinds: Vec<SessionKind> = agent.owed.iter().filter_map(kind_of).collect();
        give_lanes(&mut kinds);
        kinds.retain(|kind| kind.lane < LANE.1);
        if kinds.is_empty() {
            return None;
        }
        let contents = contents_of(&kinds);
        let splits = contents.iter().map(|content| splits_of(content, &contents)).collect();
        let lasts = contents.iter().map(|content| lasts_of(content, &contents)).collect();
        Some(Self { kinds, contents, splits, lasts })
    }

    /// Contents that a shift of a date may have, as positions, nothing left out.
    pub(super) fn on(&self, day: usize) -> impl Iterator<Item = usize> + '_ {
        let is_owed = move |(kind, &count): (&SessionKind, &u32)| count == 0 || kind.days.contains(&day);
        let contents = self.contents.iter().enumerate().skip(1);
        contents.filter(move |(_, content)| self.kinds.iter().zip(*content).all(is_owed)).map(|(at, _)| at)
    }

    /// The position of what a shift of a line holds; none if it may not hold it.
    pub(crate) fn content_of(&self, shift: &LineShift) -> Option<usize> {
        let mut content = vec![0; self.kinds.len()];
        for placed in &shift.breaks {
            let Pause::Session { of, .. } = placed.pause else { continue };
            let at = self.kinds.iter().position(|kind| kind.activity == of && kind.days.contains(&shift.day))?;
            content[at] += 1;
        }
        self.contents.iter().position(|known| *known == content)
    }

    /// Whether a session of a kind may start in a slot, in a shift of a date.
    pub(crate) fn may_start(&self, of: ActivityId, day: usize, slot: usize) -> bool {
        self.kinds
            .iter()
            .any(|kind| kind.activity == of && kind.days.contains(&day) && kind.starts.get(slot) == Some(&true))
    }

    /// Whether a session may lie where it does in a part of a shift with some breaks, offsets from the part's start.
    pub(super) fn may_lie(&self, of: &PlacedBreak, day: usize, part: &SplitPart, breaks: &[PlacedBreak]) -> bool {
        let Pause::Session { of: activity, is_paid } = of.pause else { return false };
        let end = of.offset + of.slots;
        self.kinds.iter().any(|kind| {
            let is_apart = |other: &PlacedBreak| {
                other.offset + other.slots + kind.apart <= of.offset || end + kind.apart <= other.offset
            };
            (kind.activity, kind.is_paid, kind.slots) == (activity, is_paid, of.slots)
                && self.may_start(activity, day, part.start + of.offset)
                && of.offset >= kind.apart
                && end + kind.apart <= part.slots
                && breaks.iter().all(is_apart)
        })
    }

    /// What holding a content saves, in the currency.
    pub(super) fn saved(&self, content: usize) -> f64 {
        self.kinds.iter().zip(&self.contents[content]).map(|(kind, &count)| kind.price * f64::from(count)).sum()
    }

    /// Minutes of a content that are not paid.
    pub(super) fn unpaid(&self, content: usize, slot_grid: &SlotGrid) -> i32 {
        let of_kinds = self.kinds.iter().zip(&self.contents[content]).filter(|(kind, _)| !kind.is_paid);
        of_kinds.map(|(kind, &count)| slot_grid.start_minute(kind.slots * count as usize)).sum()
    }

    /// A content as counts of a state.
    pub(super) fn packed(&self, content: usize) -> u64 {
        let of_kinds = self.kinds.iter().zip(&self.contents[content]);
        of_kinds.map(|(kind, &count)| u64::from(count) << first_bit(kind)).sum()
    }

    /// Per date the counts that a state may have reached, lane by lane, and the lanes that go on after it.
    pub(super) fn limits(&self, days: usize) -> Vec<DayLimits> {
        let of_day = |day: usize| {
            let owed = self.kinds.iter().filter(|kind| kind.days.contains(&day));
            let most = owed.map(|kind| (first_bit(kind), u64::from(kind.times))).collect();
            let goes_on = self.kinds.iter().filter(|kind| kind.days.contains(&day) && kind.days.contains(&(day + 1)));
            let kept = goes_on.fold(0, |mask, kind| mask | LANE_MASK << first_bit(kind));
            DayLimits { most, kept }
        };
        (0..days).map(of_day).collect()
    }

    /// What sessions cost that are owed and not held, whatever is held.
    pub(super) fn base(&self) -> f64 {
        self.kinds.iter().map(|kind| kind.price * f64::from(kind.times)).sum()
    }
}

const LANE_MASK: u64 = (1 << LANE.0) - 1;

fn first_bit(kind: &SessionKind) -> u32 {
    LANE.0 * u32::try_from(kind.lane).unwrap_or(0)
}

/// What a state may count on a date.
#[derive(Clone, Debug, Default)]
pub(super) struct DayLimits {
    /// First bit of a count, and the most that it may be.
    most: Vec<(u32, u64)>,
    /// Bits of the counts that go on after the date.
    kept: u64,
}

impl DayLimits {
    /// The counts after a shift that adds to them; nothing if one of them is too many.
    pub(super) fn after(&self, held: u64, adds: u64) -> Option<u64> {
        let sum = held + adds;
        let holds = |&(bit, most): &(u32, u64)| (sum >> bit & LANE_MASK) <= most;
        self.most.iter().all(holds).then_some(sum & self.kept)
    }
}

fn kind_of(
    owed: &OwedSessions,
    kind: &ActivityKind,
    library: &ShiftLibrary,
    slot_grid: &SlotGrid,
) -> Option<SessionKind> {
    let width = i64::from(slot_grid.interval);
    let slots = slot_grid.slots_of(kind.length);
    let apart = usize::try_from((kind.from_breaks.get().max(0) + width - 1) / width).unwrap_or(0);
    let is_within = |day: &LocalDay| owed.holds(day.start);
    let first = library.dates.iter().position(is_within)?;
    let last = library.dates.iter().rposition(is_within)?;
    let is_open = |slot: usize| is_open(kind, slot, library.zone, slot_grid);
    let open = super::shifts::running((0..slot_grid.slots).map(|slot| u32::from(!is_open(slot))));
    let may_start = |slot: usize| {
        let is_chosen = owed.starts.as_ref().is_none_or(|starts| starts.contains(&slot_grid.instant(slot)));
        is_chosen && slot + slots <= slot_grid.slots && open[slot + slots] == open[slot]
    };
    let most = u32::try_from(LANE_MASK).unwrap_or(u32::MAX);
    (slots > 0).then(|| SessionKind {
        activity: kind.id,
        is_paid: kind.is_paid,
        slots,
        apart,
        times: owed.times.min(most),
        price: owed.price.as_f64(),
        days: first..last + 1,
        starts: (0..slot_grid.slots).map(may_start).collect(),
        lane: 0,
    })
}

/// Whether the whole of a slot lies in the hours of an activity.
fn is_open(kind: &ActivityKind, slot: usize, zone: Zone, slot_grid: &SlotGrid) -> bool {
    (0..slot_grid.interval).step_by(5).all(|minute| {
        let at = slot_grid.instant(slot) + Duration::minutes(i64::from(minute));
        kind.hours.on(local_date(at, zone).weekday()).iter().any(|span| span.holds(minute_of_day(at, zone)))
    })
}

/// Gives kinds that are owed on a common date different lanes, the lowest free ones.
fn give_lanes(kinds: &mut [SessionKind]) {
    for at in 0..kinds.len() {
        let days = kinds[at].days.clone();
        let meets = |other: &&SessionKind| other.days.start < days.end && days.start < other.days.end;
        let taken: Vec<usize> = kinds[..at].iter().filter(meets).map(|other| other.lane).collect();
        kinds[at].lane = (0..=taken.len()).find(|lane| !taken.contains(lane)).unwrap_or(usize::MAX);
    }
}

/// All that a shift may hold, nothing first.
fn contents_of(kinds: &[SessionKind]) -> Vec<Held> {
    let mut contents: Vec<Held> = vec![vec![0; kinds.len()]];
    let mut from = 0;
    for _ in 0..MOST_IN_A_SHIFT {
        let until = contents.len();
        for at in from..until {
            for (kind, of) in kinds.iter().enumerate() {
                let mut more = contents[at].clone();
                more[kind] += 1;
                let meet = more
                    .iter()
                    .zip(kinds)
                    .filter(|(count, _)| **count > 0)
                    .all(|(_, other)| other.days.start < of.days.end && of.days.start < other.days.end);
                if meet && more[kind] <= of.times && !contents.contains(&more) {
                    contents.push(more);
                }
            }
        }
        from = until;
    }
    contents
}

/// A content as a part and the rest, in all ways.
fn splits_of(content: &Held, contents: &[Held]) -> Vec<(usize, usize)> {
    let rest_of =
        |part: &Held| -> Option<Held> { content.iter().zip(part).map(|(all, part)| all.checked_sub(*part)).collect() };
    let of = |(at, part): (usize, &Held)| {
        let rest = rest_of(part)?;
        Some((at, contents.iter().position(|known| *known == rest)?))
    };
    contents.iter().enumerate().filter_map(of).collect()
}

/// The kinds of a content, each with what is left without one session of it.
fn lasts_of(content: &Held, contents: &[Held]) -> Vec<(usize, usize)> {
    let without = |kind: usize| {
        let mut rest = content.clone();
        rest[kind] = rest[kind].checked_sub(1)?;
        Some((kind, contents.iter().position(|known| *known == rest)?))
    };
    (0..content.len()).filter_map(without).collect()
}
