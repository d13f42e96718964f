//! Exports that were once read wrongly in silence: each is right now, or said, or asked with a key that answers.

use super::*;

fn told(text: &str) -> String {
    read(text, &Declared::default()).expect_err("asked").to_string()
}

fn said(text: &str) -> Imported {
    let imported = read(text, &Declared::default()).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    assert!(!imported.said.assumed.is_empty(), "nothing was said of\n{text}");
    imported
}

#[test]
fn a_log_with_date_and_time_apart_keeps_its_times() {
    let text = "Date,Time,Queue,Talk,Status\n2026-10-05,08:01:05,A,100,answered\n2026-10-05,09:31:05,A,110,answered\n";
    let imported = read(text, &Declared::default()).expect("read");
    let busy: Vec<String> = lines(&imported).into_iter().filter(|line| line.contains(",1,")).collect();
    assert_eq!(busy, ["A,2026-10-05T08:00+02:00,1,1,0,100", "A,2026-10-05T09:30+02:00,1,1,0,110"]);
}

#[test]
fn two_digit_years_may_stand_first() {
    let mut text = "Date,Time,Queue,Offered\n".to_owned();
    for day in 5..12 {
        writeln!(text, "26-10-{day:02},08:00,A,5\n26-10-{day:02},08:30,A,7").expect("written");
    }
    let imported = said(&text);
    assert!(lines(&imported)[1].starts_with("A,2026-10-05T08:00"), "{:?}", lines(&imported));
}

#[test]
fn blocks_of_columns_and_rows_wider_than_the_header_are_refused() {
    let blocks = "Start,Offered,AHT,Offered,AHT\n2026-10-05 08:00,5,200,9,180\n2026-10-05 08:30,5,200,9,180\n";
    assert!(told(blocks).contains("a block of columns for each queue"), "{}", told(blocks));
    let wide = "Start,Queue,Offered,AHT\n2026-10-05 08:00,A,1,234,180\n2026-10-05 09:00,A,987,190\n";
    assert!(told(wide).contains("more cells than the header has names"), "{}", told(wide));
}

#[test]
fn hours_that_count_from_one_and_times_that_are_ends_are_moved() {
    let mut text = "Date,Hour,Queue,Offered\n".to_owned();
    for hour in 1..=24 {
        writeln!(text, "2026-10-05,{hour},A,{hour}").expect("written");
    }
    let imported = said(&text);
    assert!(lines(&imported)[1].starts_with("A,2026-10-05T00:00+02:00,1"), "{:?}", lines(&imported));
    let kept = read(&text, &Declared { first_hour: Some(0), ..Declared::default() }).expect("read");
    assert!(lines(&kept)[1].starts_with("A,2026-10-05T01:00+02:00,1"));
    let ends = table("Queue,Interval End,Offered", |y, m, d, slot, n| {
        format!("orders,{y}-{m:02}-{d:02} {:02}:{:02},{n}", 9 + slot.div_ceil(2), (slot + 1) % 2 * 30)
    });
    let imported = said(&ends);
    assert!(lines(&imported)[1].starts_with("orders,2026-09-07T09:00+02:00,10"), "{:?}", lines(&imported));
}

#[test]
fn a_sum_under_the_name_of_a_mean_is_found() {
    let text = table("Queue,Start,Offered,Handled,Handle Time", |y, m, d, slot, n| {
        let handled = u32::from(n) + d % 5;
        format!("orders,{y}-{m:02}-{d:02}T{},{handled},{handled},{}", clock(slot), handled * 200 + d)
    });
    let imported = said(&text);
    let aht: f64 = lines(&imported)[1].rsplit(',').next().and_then(|aht| aht.parse().ok()).expect("a number");
    assert!((aht - 200.0).abs() < 2.0, "{aht}");
    let fewer = table("Queue,Start,Offered,Handled", |y, m, d, slot, n| {
        format!("orders,{y}-{m:02}-{d:02}T{},1,{n}", clock(slot))
    });
    assert!(told(&fewer).contains("more handled than came"), "{}", told(&fewer));
}

#[test]
fn contacts_that_went_out_or_stand_twice_are_not_counted() {
    let mut text = "Call ID,Start,Queue,Direction,Talk Time,Wrap Time\n".to_owned();
    for call in 0..60 {
        let direction = ["inbound", "outbound", "internal"][call % 3];
        writeln!(text, "c{call},2026-10-05 08:{:02}:07,A,{direction},100,20", call % 60).expect("written");
    }
    let twice = format!("{text}{}", text.split_once('\n').expect("a header").1);
    for log in [text, twice] {
        let imported = said(&log);
        assert!((imported.contacts - 20.0).abs() < 1e-9, "{} of\n{log}", imported.contacts);
        assert!(lines(&imported)[1].ends_with(",120"), "talking and what follows: {:?}", lines(&imported));
    }
}

#[test]
fn the_repeated_hour_is_told_apart_in_files_with_the_newest_first() {
    let mut text = "Start,Queue,Offered\n".to_owned();
    for (time, offered) in [("03:00", 7), ("02:30", 6), ("02:00", 5), ("02:30", 4), ("02:00", 3), ("01:30", 2)] {
        writeln!(text, "2026-10-25 {time},A,{offered}").expect("written");
    }
    let imported = read(&text, &Declared::default()).expect("read");
    let expected =
        ["01:30+02:00,2", "02:00+02:00,3", "02:30+02:00,4", "02:00+01:00,5", "02:30+01:00,6", "03:00+01:00,7"];
    let starts: Vec<String> = lines(&imported)[1..].iter().map(|line| line.replace("A,2026-10-25T", "")).collect();
    assert_eq!(starts, expected);
}

#[test]
fn a_mapping_that_was_remembered_is_not_trusted_blindly() {
    let rows: Vec<String> = (2..9).map(|day| format!("orders,11/{day:02}/2026 09:00,10")).collect();
    let text = format!("Queue,Start,Offered\n{}\n", rows.join("\n"));
    let declared = Declared { day_order: Some(DayOrder::DayMonthYear), ..Declared::default() };
    let problem = read(&text, &declared).expect_err("another order").to_string();
    assert!(problem.contains("--set day_order=month_day_year"), "{problem}");
}

#[test]
fn dates_in_two_forms_totals_with_dates_and_few_rows_told_apart_are_not_taken_as_they_come() {
    let swapped =
        "Queue,Start,Offered\norders,2026-07-09 09:00,1\norders,09/13/2026 09:00,1\norders,09/14/2026 09:00,1\n";
    assert!(told(swapped).contains("a spreadsheet may have swapped"), "{}", told(swapped));
    let plain =
        table("Queue,Start,Offered", |y, m, d, slot, n| format!("orders,{y}-{m:02}-{d:02}T{},{n}", clock(slot)));
    let others = plain.replace("orders", "help");
    let both = format!("{plain}{}2026-09-18,Suma,880\n", others.split_once('\n').expect("a header").1);
    let with_total = both.replace("2026-09-18,Suma,880", "Suma,2026-09-18,880");
    let imported = said(&with_total);
    assert!((imported.contacts - 880.0).abs() < 1e-9, "{}", imported.contacts);
    let language = table("Queue,Start,Offered,Language", |y, m, d, slot, n| {
        format!("orders,{y}-{m:02}-{d:02}T{},{n},pl", clock(slot))
    });
    let few = format!("{language}orders,2026-09-07T09:00,4,en\n");
    assert!(told(&few).contains("sum_over = [\"Language\"]"), "{}", told(&few));
}

#[test]
fn sums_of_a_day_among_its_rows_are_left_out() {
    let day = |day: u32| {
        let total = u32::from(COUNTS.iter().sum::<u8>());
        format!("orders,2026-09-{day:02}T00:00,{total}")
    };
    let mut text =
        table("Queue,Start,Offered", |y, m, d, slot, n| format!("orders,{y}-{m:02}-{d:02}T{},{n}", clock(slot)));
    for date in [7, 8, 9, 10, 11, 14, 15, 16, 17, 18] {
        writeln!(text, "{}", day(date)).expect("written");
    }
    let imported = said(&text);
    assert_eq!(totals(&imported), one("orders"));
    assert!(imported.said.assumed[0].contains("10 rows at 00:00 are the sum"), "{:?}", imported.said);
    let kept = Declared { keeps_day_totals: Some(true), ..Declared::default() };
    assert_eq!(totals(&read(&text, &kept).expect("read")), [("orders".to_owned(), 880.0)]);
}

#[test]
fn days_beside_quarters_of_an_hour_are_told_once() {
    let mut text = "QueueName,QueueId,ChannelType,TimeStamp,IntervalDuration,IncomingContactVolume,AverageHandleTime,ContactsHandled\n\
                    help,q-2,VOICE,2026-09-06T00:00:00Z,daily,50,200,50\norders,q-1,VOICE,2026-09-07T00:00:00Z,daily,30,200,30\n".to_owned();
    for quarter in 0..3 {
        writeln!(text, "orders,q-1,VOICE,2026-09-07T07:{:02}:00Z,15mins,10,200,10", quarter * 15).expect("written");
    }
    let imported = read(&text, &Declared::default()).expect("read");
    // The other queue has its day alone, and keeps it.
    assert_eq!(totals(&imported), [("help".to_owned(), 50.0), ("orders".to_owned(), 30.0)]);
    assert!(imported.left_out[0].contains("of longer intervals"), "{:?}", imported.left_out);
}

#[test]
fn a_new_medium_is_not_added_to_what_was_said_to_be_added() {
    let header = "Interval Start UTC Date,Queue,Media Type,Skill Set,Language,Offered,Interactions Handled,Total Handle Time (Seconds)";
    let row = |media: &str, language: &str, offered: u32| {
        format!("2026-09-07T07:00:00Z,orders,{media},a,{language},{offered},{offered},{}", offered * 200)
    };
    let declared = Declared { sum_over: vec!["Language".to_owned()], ..Declared::default() };
    let voice = [row("voice", "en", 10), row("voice", "pl", 2)].join("\n");
    let imported = read(&format!("{header}\n{voice}\n"), &declared).expect("read");
    assert_eq!(totals(&imported), [("orders".to_owned(), 12.0)]);
    let both = format!("{header}\n{voice}\n{}\n", row("chat", "en", 5));
    let imported = read(&both, &declared).expect("read");
    assert_eq!(totals(&imported), [("orders voice".to_owned(), 12.0), ("orders chat".to_owned(), 5.0)]);
    // Without a system that tells, what is not summed over is asked, or a queue of its own.
    let text = table("Start,Queue,Language,Channel,Offered", |y, m, d, slot, n| {
        let start = format!("{y}-{m:02}-{d:02}T{}", clock(slot));
        format!("{start},orders,pl,voice,{n}\n{start},orders,en,voice,1\n{start},orders,en,chat,2")
    });
    let imported = read(&text, &declared).expect("read");
    assert_eq!(totals(&imported), [("orders voice".to_owned(), 480.0), ("orders chat".to_owned(), 80.0)]);
}

#[test]
fn hours_and_minutes_in_two_columns_and_labels_of_digits_are_times_of_day() {
    let apart = table("Queue,Date,Hour,Minute,Offered", |y, m, d, slot, n| {
        format!("orders,{y}-{m:02}-{d:02},{},{},{n}", 9 + slot / 2, slot % 2 * 30)
    });
    let imported = said(&apart);
    assert_eq!(totals(&imported), one("orders"));
    assert!(lines(&imported)[2].starts_with("orders,2026-09-07T09:30+02:00,14"), "{:?}", lines(&imported));
    assert!(imported.settings.contains(&("columns.time".to_owned(), "[\"Hour\", \"Minute\"]".to_owned())));
    assert_plain(&table("Queue;Date;Time;Offered", |y, m, d, slot, n| {
        format!("orders;{y}-{m:02}-{d:02};{};{n}", clock(slot).replace(':', "."))
    }));
    assert_plain(&table("Queue,Date,Interval,Offered", |y, m, d, slot, n| {
        let digits = |slot: usize| clock(slot).replace(':', "");
        format!("orders,{y}-{m:02}-{d:02},{}-{},{n}", digits(slot), digits(slot + 1))
    }));
    assert_plain(&table("Queue,Start,Offered", |y, m, d, slot, n| {
        format!("orders,{y}-{m:02}-{d:02} {} CEST,{n}", clock(slot))
    }));
}

#[test]
fn a_name_printed_once_for_a_group_of_rows_is_that_of_all_of_them() {
    let mut text = "Queue,Date,Time,Offered\n".to_owned();
    for queue in ["orders", "help"] {
        for (row, (y, m, d, slot, n)) in half_hours().enumerate() {
            let name = if row == 0 { queue } else { "" };
            let date = if slot == 0 { format!("{y}-{m:02}-{d:02}") } else { String::new() };
            writeln!(text, "{name},{date},{},{n}", clock(slot)).expect("written");
        }
    }
    let imported = said(&text);
    assert_eq!(totals(&imported), [("orders".to_owned(), 440.0), ("help".to_owned(), 440.0)]);
    let told = |name: &str| imported.said.assumed.iter().any(|said| said.starts_with(&format!("`{name}` stands once")));
    assert!(told("Queue") && told("Date"), "{:?}", imported.said);
    let key = |declared: bool| Declared { fill_down: Some(declared), ..Declared::default() };
    let refused = read(&text, &key(false)).expect_err("blank").to_string();
    assert!(refused.contains("no queue, in 18 rows") && refused.contains("not a time, in 60 rows"), "{refused}");
    let filled = read(&text, &key(true)).expect("read");
    assert!(filled.said.assumed.is_empty() && filled.said.found.iter().any(|said| said.contains("stands once")));
    assert!(filled.settings.contains(&("fill_down".to_owned(), "true".to_owned())), "{:?}", filled.settings);
    // Two blank cells in forty are no group: whose they are is asked.
    let plain = table("Queue,Start,Offered", |y, m, d, slot, n| {
        let name = if slot == 3 && d > 16 { "" } else { "orders" };
        format!("{name},{y}-{m:02}-{d:02}T{},{n}", clock(slot))
    });
    let asked = self::told(&plain);
    assert!(asked.contains("no queue, in 2 rows") && asked.contains("fill_down = true"), "{asked}");
    assert_eq!(totals(&read(&plain, &key(true)).expect("filled")), one("orders"));
}

#[test]
fn a_duration_that_holds_the_wait_is_told_by_those_who_gave_up() {
    let mut text = "Start,Queue,Wait,Duration,Outcome\n".to_owned();
    for call in 0..60 {
        let (wait, outcome) = (10 + call % 7, if call % 5 == 0 { "abandoned" } else { "answered" });
        let duration = if call % 5 == 0 { wait } else { wait + 200 };
        writeln!(text, "2026-10-05 08:{call:02}:07,A,{wait},{duration},{outcome}").expect("written");
    }
    let imported = said(&text);
    assert!(lines(&imported)[1].ends_with(",200"), "{:?}", lines(&imported));
    assert!(imported.said.assumed.iter().any(|said| said.contains("handle_time_includes_wait")), "{:?}", imported.said);
    let remembered = ("handle_time_includes_wait".to_owned(), "true".to_owned());
    assert!(imported.settings.contains(&remembered), "{:?}", imported.settings);
    let iso = text.replace(",210,", ",PT3M30S,");
    assert!(lines(&said(&iso))[1].ends_with(",200"), "{:?}", lines(&said(&iso)));
}

#[test]
fn a_remembered_column_that_is_gone_gets_a_hint() {
    let text = table("Queue,Start,Calls", |y, m, d, slot, n| format!("orders,{y}-{m:02}-{d:02}T{},{n}", clock(slot)));
    let columns = std::collections::BTreeMap::from([(Role::Offered, vec!["Offered".to_owned()])]);
    let problem = read(&text, &Declared { columns, ..Declared::default() }).expect_err("gone").to_string();
    assert!(problem.contains("--set columns.offered="), "{problem}");
}

#[test]
fn names_that_no_workspace_can_hold_are_changed_and_said() {
    let text = table("Queue,Start,Offered", |y, m, d, slot, n| {
        let start = format!("{y}-{m:02}-{d:02}T{}", clock(slot));
        format!("=orders,{start},{n}\n@Help,{start},{n}\nhelp,{start},{n}")
    });
    let imported = read(&text, &Declared::default()).expect("read");
    assert_eq!(imported.queues, ["orders", "Help", "help"]);
    assert!(imported.said.found.iter().any(|found| found.contains("`=orders` is called `orders`")));
    assert!(imported.said.found.iter().any(|found| found.contains("differ by case alone")), "{:?}", imported.said);
}
