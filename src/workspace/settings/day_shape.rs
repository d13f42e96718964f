//! `day_shape` of a `[[queue]]`: how a day's contacts spread over its hours, where history has rows of a day.

use super::fields::Fields;
use super::names::Names;
use crate::domain::queue::DayShape;
use crate::workspace::words::{Refusal, number, text};
use tr::tr;

/// Another queue by name, or a weight for each hour of the customers' clock.
pub(super) fn day_shape(fields: &Fields<'_>, names: &Names) -> Option<DayShape> {
    match fields.words("day_shape", text).len() {
        0 => None,
        1 => fields.optional("day_shape", names.queue()).map(DayShape::Like),
        24 => {
            let weights = fields.words("day_shape", number(0.0..=1e9));
            let hours: [f64; 24] = weights.iter().map(|(_, weight)| *weight).collect::<Vec<_>>().try_into().ok()?;
            if hours.iter().any(|weight| *weight > 0.0) {
                return Some(DayShape::Hours(hours));
            }
            fields.refuse("day_shape", Refusal::new(tr!("no hour has any contacts")).accepting(accepted()));
            None
        }
        count => {
            fields.refuse("day_shape", Refusal::new(tr!("a list of {count}", count)).accepting(accepted()));
            None
        }
    }
}

fn accepted() -> String {
    tr!("the name of a queue, or 24 numbers of which one is above 0: how busy each hour from midnight on is")
}
