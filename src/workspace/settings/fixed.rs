//! The key of a contract that names its shifts by start and length.

use std::collections::BTreeSet;
use tr::tr;

use super::fields::Fields;
use super::grid::{Grid, grid_minutes, time_of_day};
use crate::domain::labour::{FixedShift, LabourRules, StartWindow};
use crate::domain::units::Minutes;
use crate::workspace::words::{Refusal, hh_mm};

const KEY: &str = "fixed_shifts";

/// `[{ start = "07:00", length_minutes = 480 }, …]`; none where the key is left out.
pub(super) fn fixed_shifts(fields: &Fields<'_>, grid: &Grid) -> Vec<FixedShift> {
    fields.refuse_empty(KEY, &tr!("shift `{ start = \"07:00\", length_minutes = 480 }`"), None);
    fields.sections(KEY).into_iter().filter_map(|section| fixed_shift(section, grid)).collect()
}

fn fixed_shift(fields: Fields<'_>, grid: &Grid) -> Option<FixedShift> {
    let start = fields.required("start", time_of_day);
    let length = fields.required("length_minutes", grid_minutes(grid));
    fields.finish();
    Some(FixedShift { start: start?, length: length? })
}

/// The lengths that follow from fixed shifts, in rising order, each once.
pub(super) fn lengths(shifts: &[FixedShift]) -> Vec<Minutes> {
    let lengths: BTreeSet<Minutes> = shifts.iter().map(|shift| shift.length).collect();
    lengths.into_iter().collect()
}

/// The starts that follow from fixed shifts: a window for each, in rising order.
pub(super) fn starts(shifts: &[FixedShift], grid: &Grid) -> Vec<StartWindow> {
    let starts: BTreeSet<u16> = shifts.iter().map(|shift| shift.start).collect();
    let step = u16::try_from(grid.interval().get()).unwrap_or(1);
    starts.into_iter().map(|start| StartWindow { from: start, until: start, step }).collect()
}

/// Reports the first fixed shift that the contract's own starts or lengths do not allow.
pub(super) fn check(rules: &LabourRules, fields: &Fields<'_>) {
    let allowed = |start: u16| rules.starts.iter().any(|window| window.allows(u32::from(start)));
    let hint = |key: &str| tr!("leave {key} out: it follows from fixed_shifts", key);
    if let Some(shift) = rules.fixed_shifts.iter().find(|shift| !allowed(shift.start)) {
        let cause = tr!("{} is no start of the contract", hh_mm(shift.start));
        fields.refuse(KEY, Refusal::new(cause).accepting(tr!("starts within `starts`")).hinting(hint("starts")));
    }
    if let Some(shift) = rules.fixed_shifts.iter().find(|shift| !rules.shift_lengths.contains(&shift.length)) {
        let cause = tr!("{} is no length of the contract", shift.length);
        let accepted = rules.shift_lengths.iter().map(|length| length.get().to_string()).collect::<Vec<_>>().join(", ");
        fields.refuse(KEY, Refusal::new(cause).accepting(accepted).hinting(hint("shift_lengths_minutes")));
    }
}
