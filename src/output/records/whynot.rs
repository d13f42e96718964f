//! A row of `whynot.csv`.

use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::units::Money;

/// What the roster would cost less if one thing were otherwise; money below nothing is what it would cost more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyNotRow {
    /// `rule`, `seat`, `person` or `wish`.
    pub kind: String,
    /// The contract, the site, whom the person more is like, or whose wish it is.
    pub who: String,
    /// How many people it concerns.
    pub people: usize,
    /// What would be otherwise.
    #[serde(with = "cells::foreign")]
    pub change: String,
    /// The price that the wish has; empty of others.
    #[serde(with = "cells::known_text")]
    pub wish_price: Option<Money>,
    /// Of a wish, whether the rules leave the agent any shifts with it.
    pub legal: bool,
    /// By the prices behind the bound.
    #[serde(with = "cells::known_text")]
    pub estimate: Option<Money>,
    /// Proved: no roster with it is cheaper by more than this.
    #[serde(with = "cells::known_text")]
    pub at_most: Option<Money>,
    /// Found by solving again; empty where it was not tried.
    #[serde(with = "cells::known_text")]
    pub tried: Option<Money>,
    /// Of what was found, wages and premiums.
    #[serde(with = "cells::known_text")]
    pub tried_pay: Option<Money>,
}

impl Record for WhyNotRow {
    const COLUMNS: &'static [&'static str] =
        &["kind", "who", "people", "change", "wish_price", "legal", "estimate", "at_most", "tried", "tried_pay"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn what_was_not_tried_is_an_empty_cell() {
        let rows: Vec<WhyNotRow> = assert_round_trip(
            "kind,who,people,change,wish_price,legal,estimate,at_most,tried,tried_pay\n\
             rule,full-time,48,`daily_rest_hours` 11 → 10,,true,120.50,310.50,80.00,20.00\n\
             wish,a014,1,off Sat 5 Dec,15.00,true,-40.00,150.00,,\n",
        );
        assert_eq!((rows[0].wish_price, rows[1].tried), (None, None));
        assert!(rows[1].estimate < Some(Money::ZERO), "granting it costs money");
    }
}
