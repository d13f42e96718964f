//! Several rows of one queue and interval: what tells them apart, and what becomes of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use tr::tr;

use crate::domain::problem::{Problem, Problems};

use super::table::{LeftOut, Stamp, Table};
use crate::ingest::import::meaning::columns::Columns;
use crate::ingest::import::meaning::profile::Profile;
use crate::ingest::import::sheets::gathered::Gathered;
use crate::ingest::import::sheets::row::Spot;
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::declared::{Declared, Doubles};
use crate::ingest::import::stated::roles::{Role, is_medium};
use crate::ingest::import::stated::said::Said;

/// Rows that differ are corrections as long as they are few.
const FEW: usize = 3;
/// One in so many.
const FEW_SHARE: usize = 100;
/// Different words of a column that tells what rows are of.
const KINDS: usize = 12;
/// A column tells rows apart if it does so nearly always.
const TELLS: f64 = 0.95;

/// What becomes of rows that share a queue and an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest::import) enum Settled {
    /// There are none, or they are added up.
    Sum,
    /// They are left out but for the last; these rows are.
    LeaveOut(BTreeSet<usize>),
    /// The values of this column make queues of their own: the rows are read again.
    QueuePer(usize),
}

/// Settles it.
pub(in crate::ingest::import) fn settle(
    sheet: &Sheet,
    table: &Table,
    (columns, profiles): (&Columns, &[Profile]),
    declared: &Declared,
    is_repeated: impl FnMut(Stamp) -> bool,
    left_out: &mut Gathered<LeftOut>,
    said: &mut Said,
) -> Result<Settled, Problems> {
    let mut groups = groups(table, is_repeated);
    if !declared.sum_over.is_empty() {
        groups = alike_but_for(&super::rows::positions(sheet, &declared.sum_over), groups, sheet, table);
    }
    if groups.is_empty() || declared.doubles == Some(Doubles::Sum) {
        return Ok(Settled::Sum);
    }
    let texts = texts(sheet, table, &groups);
    let same = |a: usize, b: usize| texts[&table.rows[a].spot] == texts[&table.rows[b].spot];
    let (mut repeated, mut differing): (Vec<usize>, Vec<&Vec<usize>>) = (Vec::new(), Vec::new());
    for group in &groups {
        if group.windows(2).all(|pair| same(pair[0], pair[1])) {
            repeated.extend(&group[..group.len() - 1]);
        } else {
            differing.push(group);
        }
    }
    let mut out: BTreeSet<usize> = BTreeSet::new();
    for row in repeated {
        left_out.add(LeftOut::Repeated, table.rows[row].spot, "");
        out.insert(row);
    }
    if differing.is_empty() {
        return Ok(Settled::LeaveOut(out));
    }
    let telling =
        if declared.doubles.is_none() { telling(sheet, table, columns, &differing, &texts) } else { Vec::new() };
    let few = differing.len() <= FEW.max(table.rows.len() / FEW_SHARE);
    // A mark of time or of a version tells a correction; a column of few words tells what the rows are of.
    let told =
        telling.iter().any(|column| profiles[*column].different().is_some_and(|words| (2..=KINDS).contains(&words)));
    if declared.doubles.is_none() && (!few || told) {
        if let Some(column) = telling.iter().find(|column| is_medium(&sheet.header()[**column])) {
            let name = &sheet.header()[*column];
            said.assumed(
                tr!("each `{name}` of a queue is a queue of its own", name),
                tr!("sum_over = [\"{name}\"]", name),
            );
            return Ok(Settled::QueuePer(*column));
        }
        return Err(asked(sheet, table, columns, &telling, &differing, &texts).into());
    }
    if declared.doubles.is_none() {
        said.assumed(tr!("of rows of one queue and interval that differ the last stands"), tr!("doubles = \"sum\""));
    }
    for group in differing {
        for row in &group[..group.len() - 1] {
            left_out.add(LeftOut::Corrected, table.rows[*row].spot, "");
            out.insert(*row);
        }
    }
    Ok(Settled::LeaveOut(out))
}

/// Rows that share queue, region and time, in the order of the file. Two rows of an hour that came twice are one of each.
fn groups(table: &Table, mut is_repeated: impl FnMut(Stamp) -> bool) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..table.rows.len()).collect();
    let key = |row: &usize| {
        let row = &table.rows[*row];
        (row.queue, row.region, row.time)
    };
    order.sort_by_key(key);
    let groups = order.chunk_by(|a, b| key(a) == key(b)).filter(|group| group.len() > 1);
    groups.filter(|group| group.len() > 2 || !is_repeated(table.rows[group[0]].time)).map(<[usize]>::to_vec).collect()
}

/// Rows that are alike in the columns over which is added up, too: something else tells them apart, such as a medium that is new.
fn alike_but_for(columns: &[usize], groups: Vec<Vec<usize>>, sheet: &Sheet, table: &Table) -> Vec<Vec<usize>> {
    let mut kinds: HashMap<Spot, u64> = groups.iter().flatten().map(|row| (table.rows[*row].spot, 0)).collect();
    sheet.rows(|row| {
        if let Some(kind) = kinds.get_mut(&row.spot) {
            let mut hasher = DefaultHasher::new();
            for column in columns {
                row.cell(*column).hash(&mut hasher);
            }
            *kind = hasher.finish();
        }
    });
    let mut alike = Vec::new();
    for group in groups {
        let mut of_kind: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for row in group {
            of_kind.entry(kinds[&table.rows[row].spot]).or_default().push(row);
        }
        alike.extend(of_kind.into_values().filter(|rows| rows.len() > 1));
    }
    alike
}

type Texts = HashMap<Spot, Vec<String>>;

/// The cells of the rows concerned.
fn texts(sheet: &Sheet, table: &Table, groups: &[Vec<usize>]) -> Texts {
    let mut texts: Texts = groups.iter().flatten().map(|row| (table.rows[*row].spot, Vec::new())).collect();
    sheet.rows(|row| {
        if let Some(cells) = texts.get_mut(&row.spot) {
            *cells = (0..sheet.header().len()).map(|column| row.cell(column).to_owned()).collect();
        }
    });
    texts
}

/// Columns without a meaning in which the rows of nearly every group differ, those of few words first.
fn telling(sheet: &Sheet, table: &Table, columns: &Columns, groups: &[&Vec<usize>], texts: &Texts) -> Vec<usize> {
    let cell = |row: usize, column: usize| texts[&table.rows[row].spot][column].as_str();
    let differ = |group: &[usize], column: usize| {
        let words: BTreeSet<&str> = group.iter().map(|row| cell(*row, column)).collect();
        words.len() == group.len()
    };
    let words = |column: usize| {
        groups.iter().flat_map(|group| group.iter()).map(|row| cell(*row, column)).collect::<BTreeSet<&str>>().len()
    };
    let mut found: Vec<(usize, usize)> = (0..sheet.header().len())
        .filter(|column| !columns.has(*column))
        .filter(|column| {
            let told = groups.iter().filter(|group| differ(group, *column)).count();
            told as f64 >= TELLS * groups.len() as f64
        })
        .map(|column| (words(column), column))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, column)| column).collect()
}

fn asked(
    sheet: &Sheet,
    table: &Table,
    columns: &Columns,
    telling: &[usize],
    groups: &[&Vec<usize>],
    texts: &Texts,
) -> Problem {
    let first: Vec<String> = groups[0].iter().take(3).map(|row| table.rows[*row].spot.line.to_string()).collect();
    let place = tr!("{} times, first in lines {}", groups.len(), first.join(" and "));
    let cause = tr!("several rows of one queue and interval that differ, {place}", place);
    let spot = table.rows[groups[0][0]].spot;
    let problem = Problem::in_file(sheet.file_of(spot), cause).at_line(spot.line);
    let Some(column) = telling.first() else {
        return problem
            .hinting(tr!("doubles = \"sum\" adds them up, doubles = \"last\" takes the last as a correction"));
    };
    let name = &sheet.header()[*column];
    let words: BTreeSet<&str> = groups
        .iter()
        .take(50)
        .flat_map(|group| group.iter())
        .map(|row| texts[&table.rows[*row].spot][*column].as_str())
        .collect();
    let shown: Vec<&str> = words.iter().copied().take(4).collect();
    let is_time = words.iter().all(|word| super::rows::is_time_of_day(word));
    let time =
        if is_time { tr!("columns.time = \"{name}\" where it is the time of day; ", name) } else { String::new() };
    let queue = if columns.of.contains_key(&Role::Queue) {
        String::new()
    } else {
        tr!("columns.queue = \"{name}\" where it names the queue; ", name)
    };
    let hint = tr!(
        "`{name}` tells them apart ({}): {time}{queue}queue_per = [\"{name}\"] makes each a queue, sum_over = [\"{name}\"] adds them up",
        shown.join(", "),
        name,
        time,
        queue
    );
    problem.in_column(name.as_str()).hinting(hint)
}
