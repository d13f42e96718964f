//! `[[holiday]]` and `[[absence_kind]]`: special days, and reasons to be away.

use super::fields::Fields;
use super::names::Names;
use crate::domain::calendar::{Holiday, HolidayService};
use crate::domain::ids::AbsenceKindId;
use crate::domain::units::Minutes;
use crate::workspace::words::{Refusal, choice, date, flag, id, text, whole};
use tr::tr;

/// Reads all holidays.
pub(super) fn holidays(root: &Fields<'_>, names: &Names) -> Vec<Holiday> {
    let mut holidays: Vec<Holiday> = Vec::new();
    for fields in root.sections("holiday") {
        let services = [("open", HolidayService::Open), ("closed", HolidayService::Closed)];
        let day = fields.required("date", date);
        let name = fields.required("name", text);
        let regions = fields.words("regions", names.region()).into_iter().map(|(_, region)| region).collect();
        let sites = fields.words("sites", names.site()).into_iter().map(|(_, site)| site).collect();
        fields.refuse_empty("regions", "region", Some(&tr!("leave the key out if all regions are meant")));
        fields.refuse_empty("sites", "site", Some(&tr!("leave the key out if no premium is due anywhere")));
        let service = fields.or("service", HolidayService::Open, choice(&services));
        if holidays.iter().any(|known| Some(known.date) == day && Some(&known.name) == name.as_ref()) {
            let hint = tr!("name all its regions and sites in one entry");
            fields.refuse("date", Refusal::new(tr!("a second holiday of this date and name")).hinting(hint));
        }
        fields.finish();
        if let (Some(date), Some(name)) = (day, name) {
            holidays.push(Holiday { date, name, regions, sites, service });
        }
    }
    holidays
}

/// A reason to be away, and what it counts against the minutes owed.
#[derive(Clone, Debug)]
pub(crate) struct AbsenceKind {
    /// Its name.
    pub(crate) id: AbsenceKindId,
    /// Minutes credited for a local date fully covered.
    pub(crate) credited_per_day: Minutes,
}

/// Reads all kinds of absence. Whether they are paid and count as rest is checked here and used by no stage yet.
pub(super) fn absence_kinds(root: &Fields<'_>) -> Vec<AbsenceKind> {
    let kind = |fields: Fields<'_>| {
        let id = fields.required("id", id);
        let credited = fields.or("credited_minutes_per_day", 0, whole(0..=1440));
        fields.optional("paid", flag);
        fields.optional("counts_as_rest", flag);
        fields.finish();
        Some(AbsenceKind { id: AbsenceKindId::new(id?), credited_per_day: Minutes::new(i64::from(credited)) })
    };
    root.sections("absence_kind").into_iter().filter_map(kind).collect()
}
