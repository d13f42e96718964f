//! `[[site]]`: where agents sit.

use super::fields::Fields;
use super::grid::Grid;
use super::hours::weekly_hours;
use crate::domain::calendar::{Holiday, WeeklyHours};
use crate::domain::ids::SiteId;
use crate::domain::time::Zone;
use crate::domain::workforce::Site;
use crate::workspace::words::{flag, id, whole, zone};

/// A site, and whether a scenario closes it for the whole plan.
#[derive(Clone, Debug)]
pub(in crate::workspace) struct SiteSettings {
    /// The site itself.
    pub(in crate::workspace) site: Site,
    /// Nobody is rostered there, and nobody there owes minutes.
    pub(in crate::workspace) is_closed: bool,
}

/// Reads all sites; the holidays that name a site are its premium days.
pub(super) fn sites(root: &Fields<'_>, holidays: &[Holiday], grid: &Grid, plan_zone: Zone) -> Vec<SiteSettings> {
    root.sections("site").into_iter().map(|fields| site(fields, holidays, grid, plan_zone)).collect()
}

/// Where the zone cannot be used, that of the plan stands in, so that every site keeps its position.
fn site(fields: Fields<'_>, holidays: &[Holiday], grid: &Grid, plan_zone: Zone) -> SiteSettings {
    let id = SiteId::new(fields.required("id", id).unwrap_or_default());
    let zone = fields.required("timezone", zone);
    let seats = fields.optional("seats", whole(1..=1_000_000));
    let hint = "leave the key out if the site is always open, or say `closed = true`";
    let hours = weekly_hours(&fields, "hours", hint).unwrap_or_else(WeeklyHours::always);
    if let Some(zone) = zone
        && let Err(refusal) = grid.check_hours(&hours, zone)
    {
        fields.refuse("hours", refusal);
    }
    let is_closed = fields.or("closed", false, flag);
    fields.finish();
    let zone = zone.unwrap_or(plan_zone);
    let mut dates: Vec<_> = holidays.iter().filter(|day| day.sites.contains(&id)).map(|day| day.date).collect();
    dates.sort_unstable();
    dates.dedup();
    SiteSettings { site: Site { id, zone, seats, hours, holidays: dates }, is_closed }
}
