//! Packs of labour law: the least that the law of a place demands, article by article.
//!
//! A pack supplies what a contract leaves unsaid, and names the article where a contract says less than the law. Only
//! what a contract says is held against it; an average over months is held in every week, which is stricter, and a
//! contract that rightly has more is released from that article by name.
//!
//! | pack | file | law |
//! |---|---|---|
//! | `eu` | [`eu`] | Directive 2003/88/EC |
//! | `pl` | [`pl`] | Kodeks pracy |
//! | `us-ca` | [`us_ca`] | California Labor Code, IWC Wage Order 4 |

mod pack;
mod eu;
mod pl;
mod us_ca;
#[cfg(test)]
mod lawful;

use super::fields::Fields;
use crate::domain::labour::LabourRules;
use crate::workspace::words::{Refusal, choice};
use pack::Breach;
pub(super) use pack::{Least, Pack};

/// The pack that a contract names.
pub(super) fn pack(fields: &Fields<'_>) -> Option<Pack> {
    fields.optional("labour", choice(&[("eu", eu::PACK), ("pl", pl::PACK), ("us-ca", us_ca::PACK)]))
}

/// Reports what a contract says against the articles of its pack, those aside from which it is released.
pub(super) fn check(pack: Option<Pack>, rules: Option<&LabourRules>, fields: &Fields<'_>) {
    let Some(pack) = pack else {
        if fields.has("labour_without") && !fields.has("labour") {
            fields.refuse("labour_without", Refusal::new("no `labour` whose articles it could name"));
        }
        return;
    };
    let numbers: Vec<(&str, &str)> = pack.articles.iter().map(|article| (article.number, article.number)).collect();
    let released: Vec<&str> =
        fields.words("labour_without", choice(&numbers)).into_iter().map(|(_, number)| number).collect();
    let Some(rules) = rules else { return };
    for article in pack.articles.iter().filter(|article| !released.contains(&article.number)) {
        if let Some(Breach { key, cause, accepted }) = (article.broken_by)(rules) {
            let hint = format!("{}; released by `labour_without = [\"{}\"]`", article.citation, article.number);
            fields.refuse(key, Refusal::new(cause).accepting(accepted).hinting(hint));
        }
    }
}
