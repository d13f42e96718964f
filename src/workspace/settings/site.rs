//! `[[site]]`: where agents sit.

use super::fields::Fields;
use super::grid::Grid;
use super::hours::weekly_hours;
use crate::domain::calendar::{Holiday, WeeklyHours};
use crate::domain::ids::SiteId;
use crate::domain::time::Zone;
use crate::domain::workforce::Site;
use crate::workspace::place::Place;
use crate::workspace::words::{Refusal, flag, id, text, whole, zone};
use tr::tr;

/// A site, who is wanted there, and whether a scenario closes it for the whole plan.
#[derive(Clone, Debug)]
pub(crate) struct SiteSettings {
    /// The site itself.
    pub(crate) site: Site,
    /// People on shift there at once, at least.
    pub(crate) min_staff: Option<u32>,
    /// When, if not in all its hours.
    pub(crate) min_staff_hours: Option<WeeklyHours>,
    /// How many a supervisor leads.
    pub(crate) supervision: Option<SpanOfControl>,
    /// Nobody is rostered there, and nobody there owes minutes.
    pub(crate) is_closed: bool,
}

/// Supervisors wanted for the others on shift.
#[derive(Clone, Debug)]
pub(crate) struct SpanOfControl {
    /// Others whom one supervisor leads.
    pub(crate) agents: i32,
    /// The levels of supervisors, where they stand.
    pub(crate) levels: Vec<(Place, String)>,
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
    let hint = tr!("leave the key out if the site is always open, or say `closed = true`");
    let hours = weekly_hours(&fields, "hours", &hint).unwrap_or_else(WeeklyHours::always);
    let min_staff = fields.optional("min_staff", whole(1..=1_000_000));
    if seats.zip(min_staff).is_some_and(|(seats, staff)| staff > seats) {
        fields.refuse("min_staff", Refusal::new(tr!("more people than seats")).accepting(tr!("`seats` or fewer")));
    }
    let hint = tr!("leave the key out if they are wanted in all the site's hours");
    let min_staff_hours = weekly_hours(&fields, "min_staff_hours", &hint);
    if min_staff_hours.is_some() && !fields.has("min_staff") {
        fields.lacks("min_staff", &tr!("the people wanted in `min_staff_hours`, such as 2"));
    }
    for (key, hours) in [("hours", Some(&hours)), ("min_staff_hours", min_staff_hours.as_ref())] {
        if let (Some(zone), Some(hours)) = (zone, hours) {
            grid.check_hours(hours, zone).unwrap_or_else(|refusal| fields.refuse(key, refusal));
        }
    }
    let supervision = span_of_control(&fields);
    let is_closed = fields.or("closed", false, flag);
    fields.has("holidays");
    fields.finish();
    let zone = zone.unwrap_or(plan_zone);
    let mut dates: Vec<_> = holidays.iter().filter(|day| day.sites.contains(&id)).map(|day| day.date).collect();
    dates.sort_unstable();
    dates.dedup();
    let site = Site { id, zone, seats, hours, holidays: dates };
    SiteSettings { site, min_staff, min_staff_hours, supervision, is_closed }
}

/// How many a supervisor leads, and who is one: neither says anything without the other.
fn span_of_control(fields: &Fields<'_>) -> Option<SpanOfControl> {
    let agents = fields.optional("agents_per_supervisor", whole(1..=1000));
    let levels = fields.words("supervisor_levels", text);
    fields.refuse_empty("supervisor_levels", "level", None);
    match (fields.has("agents_per_supervisor"), fields.has("supervisor_levels")) {
        (true, false) => {
            fields.lacks("supervisor_levels", &tr!("the levels of agents.csv that lead, such as [\"lead\"]"));
        }
        (false, true) => fields.lacks("agents_per_supervisor", &tr!("how many others one of them leads, such as 12")),
        _ => {}
    }
    let agents = i32::try_from(agents?).ok()?;
    (!levels.is_empty()).then_some(SpanOfControl { agents, levels })
}
