//! `level_changes` of a `[[queue]]`: days on which its contacts stood, or stand, on another level.

use super::fields::Fields;
use crate::domain::queue::LevelChange;
use crate::workspace::words::{Refusal, date};
use tr::tr;

/// Reads them, ordered by first day.
pub(super) fn level_changes(fields: &Fields<'_>) -> Vec<LevelChange> {
    let mut changes: Vec<LevelChange> = Vec::new();
    for section in fields.sections("level_changes") {
        let from = section.required("from", date);
        let until = section.optional("until", date);
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            let hint = tr!("`until` is the first day on the old level again; leave it out if the new level stays");
            section.refuse("until", Refusal::new(tr!("not after `from`")).hinting(hint));
        }
        section.finish();
        changes.extend(from.map(|from| LevelChange { from, until }));
    }
    changes.sort_by_key(|change| change.from);
    let overlapping = changes.windows(2).any(|pair| pair[0].until.is_some_and(|until| until > pair[1].from));
    if overlapping {
        let hint = tr!("let each change end before the next begins");
        fields.refuse("level_changes", Refusal::new(tr!("changes that overlap")).hinting(hint));
    }
    changes
}
