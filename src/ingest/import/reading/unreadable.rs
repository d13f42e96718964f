//! Cells that could not be read: one problem a kind, with what can be done.

use crate::domain::problem::Problems;
use tr::tr;

use crate::ingest::import::sheets::gathered::Unreadable;
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::causes::{NO_NUMBER, NO_QUEUE, NO_TIME, TOO_WIDE};

/// Refuses cells that could not be read, one problem a kind.
pub(in crate::ingest::import) fn refuse_unreadable(unreadable: Unreadable, sheet: &Sheet) -> Result<(), Problems> {
    let hint = |cause: &str| match cause {
        NO_TIME => Some(tr!(
            "if rows like it are titles or totals, take them out; if it is a form of time, say which column it is: columns.start, columns.date, columns.time"
        )),
        TOO_WIDE => Some(tr!(
            "is a comma in a number or a name unquoted? Export it with quotes or with semicolons, or give the column a name"
        )),
        NO_QUEUE => {
            let key = "fill_down = true";
            Some(tr!("where a report prints the name once for a group of rows, {key} takes the one above", key))
        }
        NO_NUMBER => Some(tr!("decimal_mark = \",\" or \".\" says which mark stands before decimals")),
        _ => None,
    };
    unreadable.into_problems(sheet, hint).or(())
}
