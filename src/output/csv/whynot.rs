//! `whynot.csv`: what the roster would cost if one thing were otherwise.

use crate::domain::alternative::{Alternative, Otherwise};
use crate::domain::queue::Queue;
use crate::output::alternatives::{Told, kind, told};
use crate::output::artifact::OutputError;
use crate::output::records::{self, WhyNotRow};
use crate::plan::Rostered;

pub(super) fn write(rostered: &Rostered, queues: &[Queue]) -> Result<Vec<u8>, OutputError> {
    let row = |of: &Alternative| {
        let Told { who, people, change } = told(&rostered.workforce, queues, &of.otherwise);
        let (wish_price, legal) = match &of.otherwise {
            Otherwise::Wish { wish, is_legal, .. } => (Some(wish.price), *is_legal),
            _ => (None, true),
        };
        WhyNotRow {
            kind: kind(&of.otherwise).to_owned(),
            who,
            people,
            change,
            wish_price,
            legal,
            estimate: of.estimate,
            at_most: of.at_most,
            tried: of.tried.map(|saving| saving.objective),
            tried_pay: of.tried.map(|saving| saving.pay),
        }
    };
    records::write(rostered.alternatives.iter().map(row))
}
