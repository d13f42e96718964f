//! `holidays` of a plan, a region and a site: codes of countries and their parts whose public holidays are theirs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::fields::Fields;
use super::tree::Table;
use crate::domain::calendar::{Holiday, HolidayService};
use crate::domain::ids::{RegionId, SiteId};
use crate::public_holidays::{YEARS, codes, public_holidays, years_known};
use crate::workspace::place::Report;
use crate::workspace::suggestions::did_you_mean;
use crate::workspace::words::{Read, Refusal};
use tr::tr;

/// Where public holidays are taken from, and what is uncertain about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HolidaySources {
    /// Codes of countries and their parts, in order.
    pub codes: BTreeSet<String>,
    /// Dates that were computed from the moon and confirmed by nobody.
    pub estimated: BTreeSet<(NaiveDate, String)>,
}

/// The regions and sites that keep a day.
type KeptBy = (Vec<RegionId>, Vec<SiteId>);

/// The public holidays of regions and sites in all years that are known; days listed by the planner stand instead of those of
/// their date.
pub(super) fn of_codes(root: &Table, listed: &[Holiday], report: &Report) -> (Vec<Holiday>, HolidaySources) {
    let read = |table: &Table, path: &str| -> Vec<String> {
        let fields = Fields::of(table, path.to_owned(), report);
        fields.words("holidays", code).into_iter().map(|(_, code)| code).collect()
    };
    let everywhere: Vec<String> = root.tables("plan").flat_map(|plan| read(plan, "plan")).collect();
    let mut regions: BTreeMap<RegionId, Vec<String>> = BTreeMap::new();
    for region in root.tables("queue").flat_map(|queue| queue.tables("region")) {
        let own = read(region, "queue.region");
        let codes = regions.entry(RegionId::new(region.word("id").unwrap_or_default())).or_default();
        codes.extend(if own.is_empty() { everywhere.clone() } else { own });
    }
    let mut days: BTreeMap<(NaiveDate, String), KeptBy> = BTreeMap::new();
    let mut found = HolidaySources::default();
    let mut gather = |codes: &[String], add: &mut dyn FnMut(&mut KeptBy, NaiveDate)| {
        for code in codes {
            found.codes.insert(code.clone());
            for day in public_holidays(code, &YEARS).unwrap_or_default() {
                if day.is_estimated {
                    found.estimated.insert((day.date, day.name.clone()));
                }
                add(days.entry((day.date, day.name)).or_default(), day.date);
            }
        }
    };
    for (region, codes) in &regions {
        let is_listed = |date| listed.iter().any(|own| own.date == date && own.concerns(region));
        gather(codes, &mut |of, date| {
            if !is_listed(date) && !of.0.contains(region) {
                of.0.push(region.clone());
            }
        });
    }
    for site in root.tables("site") {
        let id = SiteId::new(site.word("id").unwrap_or_default());
        gather(&read(site, "site"), &mut |of, _| of.1.push(id.clone()));
    }
    let kept = days.into_iter().filter(|(_, (of_regions, of_sites))| !of_regions.is_empty() || !of_sites.is_empty());
    let days = kept.map(|((date, name), (regions, sites))| Holiday {
        date,
        name,
        regions,
        sites,
        service: HolidayService::Open,
    });
    (days.collect(), found)
}

/// The code of a country or of a part of one.
fn code(word: &str) -> Read<String> {
    if years_known(word).is_some() {
        return Ok(word.to_owned());
    }
    let accepted = tr!("the code of a country, such as PL, or of a part of one, such as DE-BY (ISO 3166)");
    let refusal = Refusal::new(tr!("no country or part of one whose holidays are known")).accepting(accepted);
    let hint = match codes().find(|known| known.eq_ignore_ascii_case(word)) {
        Some(known) => Some(tr!("write `{known}`", known)),
        // One letter fewer than USA is as near to SA as to US, and nothing is near to a country's name.
        None if word.len() > 2 && word.chars().all(char::is_alphabetic) => {
            Some(tr!("codes of countries have two letters, such as US or PL"))
        }
        None => did_you_mean(word, codes()),
    };
    Err(refusal.hinting(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_is_answered_with_the_nearest_and_three_letters_with_what_codes_are() {
        let hint = |word: &str| code(word).err().and_then(|refusal| refusal.hint);
        assert_eq!(code("DE-BY").ok().as_deref(), Some("DE-BY"));
        assert_eq!(hint("pl").as_deref(), Some("write `PL`"));
        assert_eq!(hint("USA").as_deref(), Some("codes of countries have two letters, such as US or PL"));
        assert_eq!(hint("Poland"), hint("USA"));
        assert_eq!(hint("DE-BZ").as_deref().map(|hint| hint.starts_with("did you mean `DE-B")), Some(true));
    }
}
