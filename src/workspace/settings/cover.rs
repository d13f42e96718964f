//! `[[cover]]`: heads wanted of the agents who hold certain skills, at a convex price.

use super::fields::Fields;
use super::grid::Grid;
use super::hours::{SOME_HOURS, weekly_hours};
use super::prices::Prices;
use crate::domain::calendar::WeeklyHours;
use crate::domain::headcount::{CountPrice, PricePoint};
use crate::domain::ids::SkillId;
use crate::domain::time::Zone;
use crate::domain::units::Money;
use crate::workspace::place::Place;
use crate::workspace::words::{Refusal, id, money, whole};
use tr::tr;

/// Heads wanted of a skill group.
#[derive(Clone, Debug)]
pub(crate) struct CoverSettings {
    /// What it is called.
    pub(crate) id: String,
    /// Where it begins.
    pub(crate) place: Place,
    /// An agent counts when holding all of these.
    pub(crate) skills: Vec<SkillId>,
    /// When heads are wanted, on the plan's clock.
    pub(crate) hours: WeeklyHours,
    /// What a count costs for an hour.
    pub(crate) per_hour: CountPrice,
}

/// Reads all of them; what cannot be used is reported and left out.
pub(super) fn covers(root: &Fields<'_>, grid: &Grid, zone: Zone, prices: &Prices) -> Vec<CoverSettings> {
    root.sections("cover").into_iter().filter_map(|fields| cover(fields, grid, zone, prices)).collect()
}

fn cover(fields: Fields<'_>, grid: &Grid, zone: Zone, prices: &Prices) -> Option<CoverSettings> {
    let name = fields.required("id", id);
    fields.needs_some("skills", "skill");
    let skills: Vec<SkillId> = fields.words("skills", id).into_iter().map(|(_, skill)| SkillId::new(skill)).collect();
    let hours = weekly_hours(&fields, "hours", &tr!("leave the table out if nobody is wanted"));
    match &hours {
        None => fields.lacks("hours", SOME_HOURS),
        Some(hours) => {
            grid.check_hours(hours, zone).unwrap_or_else(|refusal| fields.refuse("hours", refusal));
        }
    }
    let per_hour = if fields.has("points") { through_points(&fields) } else { around_a_band(&fields, prices) };
    let place = fields.place().clone();
    fields.finish();
    Some(CoverSettings { id: name?, place, skills, hours: hours?, per_hour: per_hour? })
}

/// Nothing from `least` to `most`, a price a head below and beyond.
fn around_a_band(fields: &Fields<'_>, prices: &Prices) -> Option<CountPrice> {
    let heads = |key| fields.optional(key, whole(0..=1_000_000));
    let (least, most) = (heads("least"), heads("most"));
    let price = |key, default: Money| fields.or(key, default, money).as_f64();
    let short = price("short_per_hour", prices.cover.short_per_hour);
    let over = price("over_per_hour", prices.cover.over_per_hour);
    if !fields.has("least") && !fields.has("most") {
        fields.lacks("least", &tr!("`least`, `most` or both, or `points` of a price of your own"));
    }
    if least.zip(most).is_some_and(|(least, most)| most < least) {
        fields.refuse("most", Refusal::new(tr!("less than `least`")).accepting(tr!("`least` or more")));
        return None;
    }
    let corner = |heads: u32| PricePoint { count: f64::from(heads), cost: 0.0 };
    let mut corners: Vec<PricePoint> = least.into_iter().chain(most).map(corner).collect();
    corners.dedup_by_key(|corner| corner.count);
    CountPrice::new(corners, least.map_or(0.0, |_| -short), most.map_or(0.0, |_| over))
}

/// Straight from corner to corner, and on beyond the first and the last.
fn through_points(fields: &Fields<'_>) -> Option<CountPrice> {
    for key in ["least", "most", "short_per_hour", "over_per_hour"].into_iter().filter(|key| fields.has(key)) {
        fields.refuse(key, Refusal::new(tr!("`points` already say the whole price")).hinting(tr!("leave it out")));
    }
    let sections = fields.sections("points");
    let found = sections.len();
    let points: Vec<PricePoint> = sections.into_iter().filter_map(point).collect();
    if points.len() < found {
        return None;
    }
    let slope = |pair: &[PricePoint]| (pair[1].cost - pair[0].cost) / (pair[1].count - pair[0].count);
    let ends = points.first_chunk::<2>().map(|pair| slope(pair)).zip(points.last_chunk::<2>().map(|pair| slope(pair)));
    let price = ends.and_then(|(before, after)| CountPrice::new(points, before, after));
    if price.is_none() {
        let refusal = Refusal::new(tr!("not a convex price")).accepting(tr!("two points or more, `heads` rising"));
        let hint = tr!("each further head may save no more, or cost no less, than the one before");
        fields.refuse("points", refusal.hinting(hint));
    }
    price
}

fn point(fields: Fields<'_>) -> Option<PricePoint> {
    let heads = fields.required("heads", whole(0..=1_000_000));
    let per_hour = fields.required("per_hour", money);
    fields.finish();
    Some(PricePoint { count: f64::from(heads?), cost: per_hour?.as_f64() })
}
