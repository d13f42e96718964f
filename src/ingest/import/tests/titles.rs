//! What stands above a table: names of queues, and the zone of its times.

use super::*;

/// Half-hours under a title for each queue.
fn sections(title: impl Fn(&str) -> String, header_each: bool) -> String {
    let header = "Start,Offered,AHT\n";
    let mut text = if header_each { "Interval report\n\n".to_owned() } else { header.to_owned() };
    for queue in ["Billing", "Orders"] {
        writeln!(text, "{}", title(queue)).expect("written");
        text += if header_each { header } else { "" };
        for (y, m, d, slot, n) in half_hours() {
            writeln!(text, "{y}-{m:02}-{d:02}T{},{n},200", clock(slot)).expect("written");
        }
        text += "Total,440,200\n\n";
    }
    text
}

#[test]
fn sections_of_queues_in_one_sheet_are_read() {
    let texts = [
        sections(|queue| format!("Queue: {queue}"), true),
        sections(|queue| format!("Kolejka:,{queue},"), true),
        sections(|queue| format!("Skill:,{queue}"), false),
    ];
    for text in texts {
        let imported = read(&text, &Declared::default()).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
        assert_eq!(totals(&imported), [("Billing".to_owned(), 440.0), ("Orders".to_owned(), 440.0)], "{text}");
        assert!(imported.said.found.iter().any(|found| found.contains("`Billing`")), "{:?}", imported.said);
        // The next file is read by what is remembered.
        let columns = std::collections::BTreeMap::from([(Role::Queue, vec!["Queue".to_owned()])]);
        assert_eq!(totals(&read(&text, &Declared { columns, ..Declared::default() }).expect("read")).len(), 2);
    }
    // A key, or a column of queues, says otherwise.
    let declared = Declared { queue: Some("all".to_owned()), ..Declared::default() };
    assert!(read(&sections(|queue| format!("Queue: {queue}"), true), &declared).is_err());
    let rows = table("Queue,Start,Offered", |y, m, d, slot, n| format!("orders,{y}-{m:02}-{d:02}T{},{n}", clock(slot)));
    assert_plain(&format!("Interval report,,\nSkill:,orders only,\n{rows}"));
    assert_plain(&format!("Queue: all of them\n{rows}"));
}

#[test]
fn one_title_names_the_queue_of_all_rows() {
    let rows = table("Start,Offered", |y, m, d, slot, n| format!("{y}-{m:02}-{d:02}T{},{n}", clock(slot)));
    assert_plain(&format!("Interval report\nQueue: orders\n\n{rows}"));
}

#[test]
fn the_zone_of_a_title_is_that_of_the_times() {
    let rows = table("Queue,Start,Offered", |y, m, d, slot, n| format!("orders,{y}-{m:02}-{d:02}T{},{n}", clock(slot)));
    let of = |title: &str| {
        let imported = read(&format!("{title}\n{rows}"), &Declared::default()).expect("read");
        (lines(&imported)[1].clone(), imported.said.assumed.len(), imported.settings)
    };
    let (first, assumed, settings) = of("All times in UTC");
    assert_eq!((&*first, assumed), ("orders,2026-09-07T09:00Z,10", 0));
    assert!(settings.contains(&("timezone".to_owned(), "\"UTC\"".to_owned())), "{settings:?}");
    assert_eq!(of("Time zone: Europe/London").0, "orders,2026-09-07T09:00+01:00,10");
    // What is said otherwise, here Europe/Warsaw, has that offset in winter.
    assert_eq!(of("(GMT+01:00) Sarajevo, Skopje, Warsaw, Zagreb").1, 0);
    let (first, assumed, _) = of("Time zone: (UTC-05:00) Eastern Time");
    assert_eq!((&*first, assumed), ("orders,2026-09-07T09:00+02:00,10", 1), "said, with the key");
    let declared = Declared { zone: Some(chrono_tz::Europe::Warsaw), ..Declared::default() };
    let kept = read(&format!("All times in UTC\n{rows}"), &declared).expect("read");
    assert!(
        lines(&kept)[1].contains("T09:00+02:00") && kept.said.assumed[0].contains("line 1 says `All times in UTC`")
    );
}
