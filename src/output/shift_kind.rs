//! Early, late and night shifts: how supervisors sort them at a glance. It has nothing to do with premiums or rules.

use crate::domain::roster::Shift;
use crate::domain::time::{Zone, minute_of_day};
use tr::tr;

/// By the clock on which a shift starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShiftKind {
    Early,
    Late,
    Night,
}

impl ShiftKind {
    /// The kind of a shift on its site's clock.
    pub(super) fn of(shift: &Shift, zone: Zone) -> Self {
        match minute_of_day(shift.span().from, zone) / 60 {
            4..11 => Self::Early,
            11..18 => Self::Late,
            _ => Self::Night,
        }
    }

    /// For legends.
    pub(super) fn words(self) -> String {
        match self {
            Self::Early => tr!("starts 04–11"),
            Self::Late => tr!("starts 11–18"),
            Self::Night => tr!("starts 18–04"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_kind_is_read_off_the_sites_clock() {
        // 08:00 UTC is 16:00 in Manila and 03:00 in New York.
        let shift = &example::roster().shifts[0];
        assert_eq!(ShiftKind::of(shift, chrono_tz::Asia::Manila), ShiftKind::Late);
        assert_eq!(ShiftKind::of(shift, chrono_tz::America::New_York), ShiftKind::Night);
    }
}
