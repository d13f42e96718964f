//! Files that are no history at all, told by how they begin or by their columns: one problem each, with what to give instead.

use std::borrow::Cow;
use std::io::Cursor;
use tr::tr;
use zip::ZipArchive;

use crate::domain::problem::{Problem, Problems};

/// Refuses bytes that are a picture, a page, an archive or no text.
pub(super) fn refuse_bytes(bytes: &[u8], shown: &str) -> Result<(), Problems> {
    let begins = |beginnings: &[&[u8]]| beginnings.iter().any(|begin| bytes.starts_with(begin));
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let text: String = text.iter().take(64).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let is_marked_up = ["<!doctype", "<html", "<table", "<?xml"].iter().any(|begin| text.starts_with(begin));
    let squeezed: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let once_more = || tr!("export the report once more as CSV or as a workbook");
    let (cause, hint) = if begins(&[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"]) {
        (tr!("this is a picture, not a table of contacts"), once_more())
    } else if begins(&[b"%PDF", b"{\\rtf"]) {
        (tr!("this is a page to read or print, not a table of contacts"), once_more())
    } else if begins(&[b"PK\x03\x04"]) {
        let Some(names) = names_of_archive(bytes) else { return Ok(()) };
        (
            tr!("this is an archive of {names}, not a table of contacts", names),
            tr!("unpack it, and give the table in it"),
        )
    } else if begins(&[b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"])
        || bytes.get(257..262) == Some(b"ustar")
    {
        (tr!("this is an archive, not a table of contacts"), tr!("unpack it, and give the table in it"))
    } else if is_marked_up {
        let hint = tr!("open it in a spreadsheet, save it as .xlsx or CSV, and give that");
        (tr!("this is a page of HTML or XML, whatever its name says"), hint)
    } else if ["{\"", "[{\"", "[[\""].iter().any(|begin| squeezed.starts_with(begin)) {
        (tr!("this is JSON, not a table of contacts"), once_more())
    } else if is_binary(bytes) {
        (tr!("this is neither text nor a workbook"), once_more())
    } else {
        return Ok(());
    };
    let problem = Problem::in_file(shown, cause);
    Err(problem.accepting(tr!(".csv, .txt, .tsv, .gz, .xlsx or .parquet")).hinting(hint).into())
}

/// The names in an archive that is no workbook, the first of them.
fn names_of_archive(bytes: &[u8]) -> Option<String> {
    // What is damaged is told by the reader of workbooks.
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    let is_workbook =
        |name: &String| name.starts_with("xl/") || name == "content.xml" || name.ends_with("workbook.xml");
    if names.iter().any(is_workbook) {
        return None;
    }
    names.sort_unstable();
    let more = if names.len() > 3 { ", …" } else { "" };
    Some(format!("`{}`{more}", names[..names.len().min(3)].join("`, `")))
}

/// Whether bytes hold zeros, other than as every second of wide letters.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let is_wide = |odd: usize| {
        let zeros = head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        zeros * 4 > head.len()
    };
    let is_marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    head.contains(&0) && !is_marked && !is_wide(0) && !is_wide(1)
}

/// Tables of a run or a workspace that hold no history, and columns that together tell each.
const OURS: [(&str, &[&str]); 12] = [
    ("roster.csv", &["shift_id", "activity", "paid_minutes"]),
    ("payroll.csv", &["shift_id", "class", "minutes", "rate"]),
    ("forecast.csv", &["start_local", "offered", "p10", "p50", "p90"]),
    ("requirement.csv", &["start_local", "load_erlangs", "agents_net"]),
    ("coverage.csv", &["start_local", "required", "assigned", "short"]),
    ("service.csv", &["start_local", "in_time", "in_time_low"]),
    ("backtest.csv", &["origin", "actual", "p50"]),
    ("accuracy.csv", &["horizon_days", "wape", "mase"]),
    ("cleaning.csv", &["was", "became", "why"]),
    ("agents.csv", &["agent", "site", "contract", "hourly_cost"]),
    ("skills.csv", &["agent", "skill", "priority", "speed"]),
    ("availability.csv", &["agent", "day", "from", "until", "kind"]),
];

/// Refuses tables of ours that are no history: forecasts would pass for what came.
pub(super) fn refuse_ours(header: &[String], shown: &str) -> Result<(), Problems> {
    let has_all = |columns: &[&str]| columns.iter().all(|name| header.iter().any(|theirs| theirs == name));
    let Some((name, _)) = OURS.into_iter().find(|(_, columns)| has_all(columns)) else { return Ok(()) };
    let hint = match name {
        "roster.csv" => tr!("`--roster FILE` takes a roster; a history says what came: queue, start, offered"),
        "forecast.csv" => tr!("`--forecast FILE` takes a forecast; a history says what came: queue, start, offered"),
        "requirement.csv" => {
            tr!("`--requirement FILE` takes a requirement; a history says what came: queue, start, offered")
        }
        _ => tr!("a history says what came: queue, start, offered"),
    };
    let problem = Problem::in_file(shown, tr!("by its columns this is a `{name}` of Obsada, not a history", name));
    Err(problem.hinting(hint).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> Option<String> {
        refuse_bytes(bytes, "h.csv").err().map(|problems| {
            assert_eq!(problems.len(), 1, "one problem");
            problems.to_string()
        })
    }

    #[test]
    fn what_is_no_table_is_named_in_one_problem() {
        let expected: [(&[u8], &str); 8] = [
            (b"\x89PNG\r\n\x1a\n\0\0", "this is a picture"),
            (b"%PDF-1.7\n", "a page to read or print"),
            (b"7z\xbc\xaf\x27\x1c", "an archive"),
            (b"\r\n<!DOCTYPE html><table>", "a page of HTML or XML"),
            (b"<?xml version=\"1.0\"?>", "a page of HTML or XML"),
            (b"[ {\"queue\": 1}]", "this is JSON"),
            (b"SQLite format 3\0\x10\0", "neither text nor a workbook"),
            (b"{\\rtf1", "a page to read or print"),
        ];
        for (bytes, cause) in expected {
            let problem = told(bytes);
            assert!(problem.as_ref().is_some_and(|told| told.contains(cause) && told.contains("hint:")), "{problem:?}");
        }
        let report = include_bytes!("../../tests/it/import/report.xlsx");
        let wide: Vec<u8> = "Kolejka;Data".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for table in [&report[..], b"queue,start,offered\n", b"[Queue],[Start]\n", &wide, b""] {
            assert_eq!(told(table), None);
        }
    }

    #[test]
    fn an_archive_is_named_with_what_is_in_it() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["b.csv", "a.csv"] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        }
        let bytes = archive.finish().expect("written").into_inner();
        let problem = told(&bytes).expect("refused");
        assert!(problem.contains("an archive of `a.csv`, `b.csv`") && problem.contains("unpack it"), "{problem}");
    }

    #[test]
    fn tables_of_ours_are_told_by_their_columns() {
        let refused = |header: &str| {
            let header: Vec<String> = header.split(',').map(str::to_owned).collect();
            refuse_ours(&header, "h.csv").err().map(|problems| problems.to_string())
        };
        let roster = "agent,shift_id,site,date,activity,queues,start,end,paid_minutes,status,locked";
        assert!(refused(roster).is_some_and(|told| told.contains("`roster.csv`") && told.contains("--roster FILE")));
        let forecast = "queue,region,start,start_local,offered,p10,p50,p90,aht_s,baseline,event,holiday";
        assert!(refused(forecast).is_some_and(|told| told.contains("--forecast FILE")));
        assert_eq!(refused("queue,region,start,offered,handled,abandoned,aht_s"), None);
        assert_eq!(refused("call_id,queue,start,end,agent"), None);
    }
}
