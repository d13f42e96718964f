//! Exports as systems and people write them: each with what is right.

#[cfg(feature = "parquet")]
mod batches;
mod faults;
mod moments;
mod titles;

use std::fmt::Write;

use super::*;

/// Contacts of the four half-hours from nine.
const COUNTS: [u8; 4] = [10, 14, 12, 8];

fn read(text: &str, declared: &Declared) -> Result<Imported, Problems> {
    read_bytes(text.as_bytes().to_vec(), declared)
}

fn read_bytes(bytes: Vec<u8>, declared: &Declared) -> Result<Imported, Problems> {
    let sheet = Sheet::of_text(bytes, declared, "h.csv")?;
    Import::of(&sheet, declared, Some(chrono_tz::Europe::Warsaw))?.finish()
}

/// The ten working days from 7 September 2026, four half-hours each: year, month, day, half-hour and contacts.
fn half_hours() -> impl Iterator<Item = (i32, u32, u32, usize, u8)> {
    let days = [7, 8, 9, 10, 11, 14, 15, 16, 17, 18];
    days.into_iter().flat_map(|day| (0..4).map(move |slot| (2026, 9, day, slot, COUNTS[slot])))
}

/// A table of a header and a row for each half-hour.
fn table(header: &str, row: impl Fn(i32, u32, u32, usize, u8) -> String) -> String {
    let rows: Vec<String> = half_hours().map(|(y, m, d, slot, contacts)| row(y, m, d, slot, contacts)).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

fn clock(slot: usize) -> String {
    format!("{:02}:{:02}", 9 + slot / 2, slot % 2 * 30)
}

fn lines(imported: &Imported) -> Vec<String> {
    String::from_utf8(imported.history.clone()).expect("text").lines().map(str::to_owned).collect()
}

/// Contacts of each queue.
fn totals(imported: &Imported) -> Vec<(String, f64)> {
    let lines = lines(imported);
    let at = lines[0].split(',').position(|column| column == "offered").expect("a column");
    let mut totals: Vec<(String, f64)> = Vec::new();
    for line in &lines[1..] {
        let cells: Vec<&str> = line.split(',').collect();
        let offered: f64 = cells[at].parse().expect("a number");
        let name = if lines[0].starts_with("queue") { cells[0] } else { "" };
        match totals.iter_mut().find(|(queue, _)| queue == name) {
            Some((_, sum)) => *sum += offered,
            None => totals.push((name.to_owned(), offered)),
        }
    }
    totals
}

fn one(queue: &str) -> Vec<(String, f64)> {
    vec![(queue.to_owned(), 440.0)]
}

/// The export is read without a word, gives 440 contacts of one queue, and begins at nine in Warsaw.
fn assert_plain(text: &str) -> Imported {
    let imported = read(text, &Declared::default()).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    assert_eq!(totals(&imported), one("orders"), "{text}");
    let first = &lines(&imported)[1];
    assert!(first.starts_with("orders,2026-09-07T09:00+02:00,10"), "{first}");
    imported
}

#[test]
fn dates_and_times_are_read_in_the_forms_of_exports() {
    assert_plain(&table("Queue,Date,Time,Offered", |y, m, d, slot, n| {
        format!("orders,{y}-{m:02}-{d:02},{},{n}", clock(slot))
    }));
    assert_plain(&table("Queue,Interval Start,Offered", |y, m, d, slot, n| {
        format!("orders,{m:02}/{d:02}/{y} {}:{:02} AM,{n}", 9 + slot / 2, slot % 2 * 30)
    }));
    assert_plain(&table("Queue;Start;Offered", |y, m, d, slot, n| {
        format!("orders;{d:02}.{m:02}.{y} {};{n}", clock(slot))
    }));
    assert_plain(&table("Queue\tDate\tInterval\tOffered", |y, m, d, slot, n| {
        format!("orders\t{y}{m:02}{d:02}\t{} - {}\t{n}", clock(slot), clock(slot + 1))
    }));
    assert_plain(&table("Queue,Day,Hour,Offered", |y, _, d, slot, n| {
        format!("orders,{d}-Sep-{y},{:02}{:02},{n}", 9 + slot / 2, slot % 2 * 30)
    }));
    assert_plain(&table("Queue,Start,Offered", |_, _, d, slot, n| {
        format!("orders,{},{n}", 46_265.0 + f64::from(d) + (9.0 + slot as f64 / 2.0) / 24.0)
    }));
    assert_plain(&table("Queue,Interval,Offered", |y, m, d, slot, n| {
        format!("orders,{y}-{m:02}-{d:02}T{}+02:00/PT30M,{n}", clock(slot))
    }));
}

#[test]
fn an_hour_in_a_column_of_its_own_is_joined_to_the_date() {
    let text = table("Queue,DATE_STAMP,HOUR_OF_DAY,Offered", |y, m, d, slot, n| {
        format!("orders,{y}-{m:02}-{d:02},{},{n}", 9 + slot)
    });
    let imported = read(&text, &Declared::default()).expect("read");
    assert_eq!(totals(&imported), one("orders"));
    assert!(lines(&imported)[2].starts_with("orders,2026-09-07T10:00+02:00,14"));
}

#[test]
fn the_order_of_day_and_month_is_settled_by_the_file_or_asked() {
    let of = |days: &[u32]| {
        let rows: Vec<String> = days.iter().map(|day| format!("orders,09/{day:02}/2026 09:00,10")).collect();
        format!("Queue,Start,Offered\n{}\n", rows.join("\n"))
    };
    // Twelve is a month, too, but only so do the days follow one another.
    let imported = read(&of(&[7, 8, 9, 10, 11, 12]), &Declared::default()).expect("read");
    assert!(lines(&imported)[1].contains("2026-09-07T09:00+02:00"), "{:?}", lines(&imported));
    let ninth = read(&of(&[9, 9]), &Declared::default()).expect("the ninth of September, whichever is the month");
    assert!(lines(&ninth)[1].contains("2026-09-09T09:00"));
    let asked =
        read("Queue,Start,Offered\norders,09/07/2026 09:00,10\norders,09/07/2026 09:30,10\n", &Declared::default());
    let problem = asked.expect_err("either").to_string();
    assert!(problem.contains("day_order = \"day_month_year\" or day_order = \"month_day_year\""), "{problem}");
    let declared = Declared { day_order: Some(DayOrder::DayMonthYear), ..Declared::default() };
    let imported = read(&of(&[7]), &declared).expect("told");
    assert!(lines(&imported)[1].contains("2026-07-09T09:00"));
}

#[test]
fn rows_per_medium_are_queues_or_added_up() {
    let text = table("Interval Start,Queue,Media Type,Offered", |y, m, d, slot, n| {
        let start = format!("{y}-{m:02}-{d:02}T{}", clock(slot));
        format!("{start},orders,voice,{n}\n{start},orders,chat,3")
    });
    let imported = read(&text, &Declared::default()).expect("read");
    assert_eq!(totals(&imported), [("orders voice".to_owned(), 440.0), ("orders chat".to_owned(), 120.0)]);
    assert!(imported.said.assumed[0].contains("sum_over = [\"Media Type\"]"), "{:?}", imported.said);
    let declared = Declared { sum_over: vec!["Media Type".to_owned()], ..Declared::default() };
    assert_eq!(totals(&read(&text, &declared).expect("read")), [("orders".to_owned(), 560.0)]);
    // What tells rows apart and is no medium is asked.
    let problem = read(&text.replace("Media Type", "Product"), &Declared::default()).expect_err("asked").to_string();
    assert!(problem.contains("`Product` tells them apart (chat, voice): queue_per = [\"Product\"]"), "{problem}");
    let by_hour = text.replace("Media Type", "Slot").replace("voice", "9").replace("chat", "10");
    let problem = read(&by_hour, &Declared::default()).expect_err("asked").to_string();
    assert!(problem.contains("columns.time = \"Slot\""), "{problem}");
}

#[test]
fn a_few_later_rows_are_corrections_and_repeated_ones_are_left_out() {
    let plain =
        table("Queue,Start,Offered", |y, m, d, slot, n| format!("orders,{y}-{m:02}-{d:02}T{},{n}", clock(slot)));
    let corrected = read(&format!("{plain}orders,2026-09-07T09:00,99\n"), &Declared::default()).expect("read");
    assert_eq!(totals(&corrected), [("orders".to_owned(), 529.0)]);
    assert_eq!(
        corrected.left_out,
        ["1 row left out: corrected by a later row of the same queue and interval (line 2)"]
    );
    let twice = format!("{plain}{}", plain.split_once('\n').expect("a header").1);
    let repeated = read(&twice, &Declared::default()).expect("read");
    assert_eq!(totals(&repeated), one("orders"));
    assert_eq!(repeated.left_out, ["40 rows left out: there twice, word for word (lines 2, 3, 4, …)"]);
}

#[test]
fn totals_are_left_out_and_said() {
    let text = table("Queue,Start,Offered", |y, m, d, slot, n| {
        let start = format!("{y}-{m:02}-{d:02}T{}", clock(slot));
        format!("orders,{start},{n}\nhelp,{start},5\nTotal,{start},{}", n + 5)
    });
    let both = [("orders".to_owned(), 440.0), ("help".to_owned(), 200.0)];
    let imported = read(&text, &Declared::default()).expect("read");
    assert_eq!(totals(&imported), both);
    assert!(imported.said.assumed[0].contains("`Total` is left out"), "{:?}", imported.said);
    let kept = read(&text, &Declared { leave_out: Some(Vec::new()), ..Declared::default() }).expect("read");
    assert_eq!(totals(&kept).len(), 3);
    let wide = table("Start,orders,help,Total", |y, m, d, slot, n| {
        format!("{y}-{m:02}-{d:02}T{},{n},5,{}", clock(slot), n + 5)
    });
    assert_eq!(totals(&read(&wide, &Declared::default()).expect("read")), both);
}

#[test]
fn titles_thousands_and_a_last_line_of_totals_are_understood() {
    let rows = table("Queue,Start,Offered", |y, m, d, slot, n| {
        let count = if n < 10 { format!("{n}00") } else { format!("{},{}00", n / 10, n % 10) };
        format!("orders,{y}-{m:02}-{d:02}T{},\"{count}\"", clock(slot))
    });
    let text = format!("Interval report\nCreated 2026-09-12 08:00\n\n{rows}Total,,\"44,000\"\n");
    let imported = read(&text, &Declared::default()).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    assert_eq!(totals(&imported), [("orders".to_owned(), 44_000.0)]);
    assert!(imported.said.found.iter().any(|found| found.contains("line 4")), "{:?}", imported.said);
    assert_eq!(imported.left_out, ["1 row left out: adding up others (line 45)"]);
}

#[test]
fn handle_times_are_read_in_their_unit() {
    let aht = |header: &str, time: &str| {
        let text = table(&format!("Queue;Start;Offered;{header}"), |y, m, d, slot, n| {
            format!("orders;{d:02}.{m:02}.{y} {};{n};{time}", clock(slot))
        });
        let imported = read(&text, &Declared::default()).unwrap_or_else(|problems| panic!("{problems}"));
        (lines(&imported)[1].rsplit_once(',').expect("cells").1.to_owned(), imported.said.assumed.len())
    };
    assert_eq!(aht("AHT", "187,5"), ("187.5".to_owned(), 0));
    assert_eq!(aht("AHT", "204000"), ("204".to_owned(), 1));
    assert_eq!(aht("AHT", "0:03:24"), ("204".to_owned(), 0));
    assert_eq!(aht("AHT", "3:24"), ("204".to_owned(), 1));
    assert_eq!(aht("Total Handle Time (Seconds)", "2040").0, "204");
}

#[test]
fn a_call_log_is_counted_by_arrival() {
    let mut text = "call_id,queue,start_time,talk_seconds\n".to_owned();
    for (y, m, d, slot, contacts) in half_hours() {
        for call in 0..contacts {
            writeln!(text, "{d}{slot}{call},orders,{y}-{m:02}-{d:02} {}:{:02},205", clock(slot), call + 7)
                .expect("written");
        }
    }
    let imported = read(&text, &Declared::default()).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(totals(&imported), one("orders"));
    let lines = lines(&imported);
    assert_eq!(lines[0], "queue,start,offered,handled,abandoned,aht_s");
    assert_eq!(lines[1], "orders,2026-09-07T09:00+02:00,10,10,0,205");
    assert!(imported.said.found.iter().any(|found| found.contains("each row is a contact")), "{:?}", imported.said);
    // Nothing came on the Saturday and Sunday between: a gap in the log, and said.
    assert!(!lines.iter().any(|line| line.contains("2026-09-12T1")), "{lines:?}");
}

#[test]
fn the_repeated_hour_of_autumn_is_read_in_the_order_of_the_file() {
    let mut text = "Queue,Start,Offered\n".to_owned();
    for time in ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00"] {
        writeln!(text, "orders,2026-10-25T{time},1").expect("written");
    }
    let imported = read(&text, &Declared::default()).expect("read");
    assert_eq!((lines(&imported).len(), totals(&imported)[0].1), (8, 7.0));
    let once = text.replacen("orders,2026-10-25T02:00,1\norders,2026-10-25T02:30,1\n", "", 1);
    let imported = read(&once, &Declared::default()).expect("read");
    assert_eq!((lines(&imported).len(), totals(&imported)[0].1), (8, 5.0));
    assert!(imported.said.assumed.iter().any(|said| said.contains("repeated_hour")), "{:?}", imported.said);
}

#[test]
fn exports_of_known_systems_are_recognised() {
    let connect = "QueueName,QueueId,ChannelType,TimeStamp,IntervalDuration,IncomingContactVolume,AverageHandleTime,ContactsHandled\n\
                   orders,q-1,VOICE,2026-09-07T07:00:00Z,30mins,10,200,8\norders,q-1,CHAT,2026-09-07T07:00:00Z,30mins,4,300,4\n";
    let imported = read(connect, &Declared::default()).expect("read");
    assert_eq!(totals(&imported), [("orders voice".to_owned(), 10.0), ("orders chat".to_owned(), 4.0)]);
    assert_eq!(lines(&imported)[1], "orders voice,2026-09-07T07:00Z,10,8,200");
    let genesys = "Interval Start UTC Date,Queue,Media Type,Skill Set,Language,Offered,Interactions Handled,Total Handle Time (Seconds)\n\
                   2026-09-07T07:00:00Z,orders,Voice,a|||b,en,10,8,1600\n2026-09-07T07:00:00Z,orders,Voice,a,pl,2,2,400\n";
    let imported = read(genesys, &Declared::default()).expect("read");
    assert_eq!(lines(&imported)[1], "orders,2026-09-07T07:00Z,12,10,200");
    let mut teleopti = String::new();
    for minute in [0, 15, 30, 45] {
        writeln!(teleopti, "15;20260907;09:{minute:02};7;orders;10;2;1;0;11;30;5;2000;200;9;5;12;10;40;0;0")
            .expect("written");
    }
    let imported = read(&teleopti, &Declared::default()).expect("read");
    assert_eq!(lines(&imported)[1], "orders,2026-09-07T09:00+02:00,12,11,1,200");
    assert!(imported.settings.contains(&("system".to_owned(), "\"teleopti\"".to_owned())), "{:?}", imported.settings);
    let cms = "row_date,starttime,intrvl,acd,split,callsoffered,acdcalls,abncalls,acdtime,acwtime,holdacdtime\n\
               2026-09-07,900,30,1,12,10,9,1,1500,200,100\n2026-09-07,930,30,1,12,10,10,0,1500,200,100\n";
    let imported = read(cms, &Declared::default()).expect("read");
    assert_eq!(lines(&imported)[1], "12,2026-09-07T09:00+02:00,10,9,1,200");
}

#[test]
fn what_is_wrong_is_told_once_a_cause() {
    let mut text = "Queue,Start,Offered\n".to_owned();
    for row in 0..1000 {
        writeln!(text, "orders,2026-09-07T{:02}:{:02},{}", row / 60, row % 60, if row % 2 == 0 { "many" } else { "5" })
            .expect("written");
    }
    let problems = read(&text, &Declared::default()).expect_err("no numbers").to_string();
    assert!(problems.lines().count() <= 3, "{problems}");
}

#[test]
fn a_queue_log_is_recognised_and_counted() {
    let mut log = "1788764399|NONE|NONE|NONE|QUEUESTART|\n".to_owned();
    for (call, at) in (0..60).map(|call| (call, 1_788_764_407 + call * 60)) {
        writeln!(log, "{at}|c{call}|help|NONE|ENTERQUEUE||55512{call}|1").expect("written");
        if call % 10 == 9 {
            writeln!(log, "{}|c{call}|help|NONE|ABANDON|1|1|25", at + 25).expect("written");
        } else {
            writeln!(log, "{}|c{call}|help|SIP/{}|CONNECT|12|x{call}|3", at + 12, call % 3).expect("written");
            writeln!(log, "{}|c{call}|help|SIP/{}|COMPLETECALLER|12|180|1", at + 192, call % 3).expect("written");
        }
    }
    let imported = read(&log, &Declared::default()).unwrap_or_else(|problems| panic!("{problems}"));
    // Sixty calls in the hour from 07:00 UTC, nine in Warsaw; the last of each ten gives up.
    assert_eq!(lines(&imported)[1], "help,2026-09-07T09:00+02:00,15,14,1,180");
    assert_eq!((imported.contacts, imported.agents.len()), (60.0, 3));
    assert!(imported.said.found[0].contains("Asterisk"), "{:?}", imported.said);
    // The next file is read as this one, by what is remembered.
    let system = ("system".to_owned(), "\"asterisk\"".to_owned());
    assert!(imported.settings.contains(&system), "{:?}", imported.settings);
}
