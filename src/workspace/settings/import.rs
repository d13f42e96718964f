//! `[history.import]`: how exports are read that become history. `--set KEY=VALUE` says the same for one import.

use std::collections::BTreeMap;
use tr::tr;

use super::fields::Fields;
use super::tree;
use crate::domain::problem::{Problem, Problems};
use crate::domain::units::Minutes;
use crate::ingest::import::{DayOrder, DecimalMark, Declared, Doubles, Layout, Overlap, Role, TimeUnit};
use crate::text::Encoding;
use crate::workspace::place::{Place, Report};
use crate::workspace::suggestions::did_you_mean;
use crate::workspace::words::{Read, Refusal, absent_hour, choice, flag, repeated_hour, text, whole, zone};

/// Reads the section.
pub(super) fn declared(fields: &Fields<'_>) -> Declared {
    let layouts = [Layout::Intervals, Layout::ColumnPerQueue, Layout::Contacts].map(|layout| (layout.name(), layout));
    let encodings = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Windows1250,
        Encoding::Windows1252,
        Encoding::Iso88592,
    ]
    .map(|encoding| (encoding.name(), encoding));
    let units = [TimeUnit::Milliseconds, TimeUnit::Seconds, TimeUnit::Minutes, TimeUnit::Hours, TimeUnit::Days]
        .map(|unit| (unit.name(), unit));
    let orders =
        [DayOrder::YearMonthDay, DayOrder::DayMonthYear, DayOrder::MonthDayYear].map(|order| (order.name(), order));
    let words = |key| fields.words(key, text).into_iter().map(|(_, word)| word).collect::<Vec<String>>();
    let minutes = [5, 10, 15, 20, 30, 60].map(Minutes::new);
    let lengths = ["5", "10", "15", "20", "30", "60"];
    let lengths: Vec<(&str, Minutes)> = lengths.into_iter().zip(minutes).collect();
    Declared {
        system: fields.optional("system", system),
        layout: fields.optional("layout", choice(&layouts)),
        sheet: fields.optional("sheet", text),
        encoding: fields.optional("encoding", choice(&encodings)),
        separator: fields.optional("separator", separator),
        header_line: fields.optional("header_line", whole(0..=10_000)).map(u64::from),
        columns: columns(fields),
        day_order: fields.optional("day_order", choice(&orders)),
        decimal_mark: fields.optional("decimal_mark", choice(&[(".", DecimalMark::Point), (",", DecimalMark::Comma)])),
        time_unit: fields.optional("time_unit", choice(&units)),
        zone: fields.optional("timezone", zone),
        repeated_hour: fields.optional("repeated_hour", repeated_hour),
        absent_hour: fields.optional("absent_hour", absent_hour),
        queue: fields.optional("queue", text),
        queue_per: words("queue_per"),
        sum_over: words("sum_over"),
        doubles: fields.optional("doubles", choice(&[("last", Doubles::Last), ("sum", Doubles::Sum)])),
        overlap: fields.optional("overlap", choice(&[("later", Overlap::Later), ("earlier", Overlap::Earlier)])),
        leave_out: fields.has("leave_out").then(|| words("leave_out")),
        interval: fields.optional("interval_minutes", choice(&lengths)),
        first_hour: fields.optional("first_hour", choice(&[("0", 0), ("1", 1)])),
        times_are_ends: fields.optional("times", choice(&[("start", false), ("end", true)])),
        keeps_day_totals: fields.optional("day_totals", choice(&[("leave_out", false), ("keep", true)])),
        includes_wait: fields.optional("handle_time_includes_wait", flag),
        fill_down: fields.optional("fill_down", flag),
        directions: words("directions"),
        answered: words("answered"),
        abandoned: words("abandoned"),
    }
}

fn columns(fields: &Fields<'_>) -> BTreeMap<Role, Vec<String>> {
    let mut columns = BTreeMap::new();
    let role = |key: &str| Role::ALL.into_iter().find(|role| role.name() == key);
    for (entry, names) in fields.own_keys("columns", text) {
        if let Some(role) = role(&entry.key) {
            columns.insert(role, names);
        } else {
            let known: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
            let refusal = Refusal::new(tr!("not what a column can be")).accepting(known.join(" | "));
            let refusal = refusal.hinting(did_you_mean(&entry.key, known));
            fields.report().problem(entry.place.refused(&fields.path_to("columns"), &entry.key, refusal));
        }
    }
    columns
}

fn system(word: &str) -> Read<String> {
    let known: Vec<(&str, &str)> = Declared::systems().into_iter().map(|name| (name, name)).collect();
    choice(&known)(word).map(str::to_owned)
}

fn separator(word: &str) -> Read<u8> {
    choice(&[(",", b','), (";", b';'), ("\t", b'\t'), ("tab", b'\t'), ("|", b'|')])(word)
}

/// What `[history.import]` of a workspace's settings says, and over it what each `KEY=VALUE` says.
///
/// # Errors
/// Settings that are no TOML; keys and values that are not known.
pub fn import_declared(settings: &str, shown: &str, set: &[String]) -> Result<Declared, Problems> {
    let not_toml = |error: toml::de::Error| {
        let line = error.span().map_or(1, |span| 1 + settings[..span.start].matches('\n').count() as u64);
        Problem::in_file(shown, tr!("not TOML: {}", error.message())).at_line(line)
    };
    let root: toml::Table = toml::from_str(settings).map_err(not_toml)?;
    let section = root.get("history").and_then(|history| history.get("import")).and_then(toml::Value::as_table);
    let mut section = section.cloned().unwrap_or_default();
    for pair in set {
        lay_over(&mut section, pair_as_toml(pair)?);
    }
    let shown = if set.is_empty() {
        tr!("{shown}, [history.import]", shown)
    } else {
        tr!("--set, and [history.import] of {shown}", shown)
    };
    let report = Report::default();
    let text = toml::to_string(&section).unwrap_or_default();
    let declared = tree::parse(&Place::file(&shown), &text, &report).map(|table| {
        // Lines of what was put together say nothing, so places are whole files.
        let fields = Fields::of(&table, String::new(), &report);
        let declared = declared(&fields);
        fields.finish();
        declared
    });
    let (problems, _) = report.into_parts();
    let mut placed = Problems::none();
    problems.iter().for_each(|problem| placed.push(Problem { line: None, ..problem.clone() }));
    placed.or(declared.unwrap_or_default())
}

fn lay_over(under: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(toml::Value::Table(under)), toml::Value::Table(over)) => lay_over(under, over),
            (_, value) => drop(under.insert(key, value)),
        }
    }
}

/// `KEY=VALUE`: a value that is no TOML is taken as text, so that a shell needs no quotes within quotes.
fn pair_as_toml(pair: &str) -> Result<toml::Table, Problems> {
    let wrong = || {
        let problem = Problem::in_file("--set", tr!("not KEY=VALUE")).with_value(pair);
        problem.accepting(tr!("such as day_order=day_month_year, or columns.queue=Split"))
    };
    let (key, value) = pair.split_once('=').ok_or_else(wrong)?;
    let (key, value) = (key.trim(), value.trim());
    let text = toml::Value::String(value.to_owned());
    let as_it_is = toml::from_str(&format!("{key} = {value}"));
    as_it_is.or_else(|_| toml::from_str(&format!("{key} = {text}"))).map_err(|_| wrong().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &str, set: &[&str]) -> Result<Declared, String> {
        let set: Vec<String> = set.iter().map(|pair| (*pair).to_owned()).collect();
        import_declared(settings, "W/workspace.toml", &set).map_err(|problems| problems.to_string())
    }

    #[test]
    fn what_is_set_lies_over_the_settings() {
        let settings =
            "[history]\nfiles = []\n[history.import]\ncolumns.queue = \"Split\"\nday_order = \"day_month_year\"\n";
        let declared = read(settings, &["day_order=month_day_year", "columns.date=Day", "leave_out=[]", "separator=;"]);
        let declared = declared.expect("known keys");
        assert_eq!(declared.day_order, Some(DayOrder::MonthDayYear));
        assert_eq!(declared.columns[&Role::Queue], ["Split"]);
        assert_eq!(declared.columns[&Role::Date], ["Day"]);
        assert_eq!((declared.leave_out, declared.separator), (Some(Vec::new()), Some(b';')));
    }

    #[test]
    fn unknown_keys_and_values_are_named() {
        let told = read("", &["day_ordr=dmy"]).expect_err("unknown");
        assert!(told.contains("`day_ordr`: unknown key") && told.contains("day_order"), "{told}");
        let told = read("", &["day_order=dmy"]).expect_err("unknown");
        assert!(told.contains("`dmy`") && told.contains("day_month_year"), "{told}");
        assert!(read("", &["nonsense"]).is_err_and(|told| told.contains("not KEY=VALUE")));
        assert!(read("[history", &[]).is_err_and(|told| told.starts_with("W/workspace.toml:1: not TOML")));
    }
}
