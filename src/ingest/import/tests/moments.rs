//! Records of contacts that say when each was answered and when it ended.

use std::collections::BTreeMap;

use super::*;

/// Three contacts of a minute each: answered after 20 s and handled for 200, answered after 40 s and handled for 100, given up after 60.
const LOG: &str = "Call ID,Queue,Start,AnswerTime,EndTime\n\
                   1,A,2026-10-05 08:01:00,2026-10-05 08:01:20,2026-10-05 08:04:40\n\
                   2,A,2026-10-05 08:02:00,2026-10-05 08:02:40,2026-10-05 08:04:20\n\
                   3,A,2026-10-05 08:03:00,,2026-10-05 08:04:00\n";

fn plain(text: &str) -> Imported {
    read(text, &Declared::default()).unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

fn refused(text: &str) -> String {
    read(text, &Declared::default()).expect_err("refused").to_string()
}

#[test]
fn handle_times_and_endings_are_told_from_moments() {
    let imported = plain(LOG);
    assert_eq!(
        lines(&imported),
        [
            "queue,start,offered,handled,abandoned,aht_s",
            // Three came, two were handled, in the mean for (200 + 100) / 2 seconds.
            "A,2026-10-05T08:00+02:00,3,2,1,150"
        ]
    );
    let settings: BTreeMap<String, String> = imported.settings.iter().cloned().collect();
    assert_eq!((&*settings["columns.answered"], &*settings["columns.ended"]), ("\"AnswerTime\"", "\"EndTime\""));
    let found = |start: &str| imported.said.found.iter().any(|found| found.starts_with(start));
    assert!(found("the handle time of a contact is `EndTime` less `AnswerTime`"), "{:?}", imported.said);
    assert!(found("the wait of a contact is `AnswerTime` less `Start`"), "{:?}", imported.said);
    assert!(imported.said.assumed.is_empty(), "{:?}", imported.said);
}

#[test]
fn waits_are_told_from_moments() {
    // Sixty wait for ten to 120 seconds; half of them are then answered, half give up.
    let mut text = "Start,Answered,Ended,Queue\n".to_owned();
    for call in 0..60 {
        let (minute, wait) = (call % 60, 1 + call % 12);
        let after = |tens: i32| {
            format!("2026-10-05 {}:{:02}:{:02}", 8 + (minute + tens / 6) / 60, (minute + tens / 6) % 60, tens % 6 * 10)
        };
        let answered = if call % 2 == 0 { after(wait) } else { "0000-00-00 00:00:00".to_owned() };
        writeln!(text, "2026-10-05 08:{minute:02}:00,{answered},{},A", after(wait)).expect("written");
    }
    let imported = plain(&text);
    let told = imported.habits[0].patience.map(|patience| (patience.waited, patience.gave_up));
    assert_eq!(told, Some((60, 30)), "{:?}", imported.habits);
}

#[test]
fn moments_are_found_under_the_names_of_systems_and_set_by_key() {
    let headers = [
        "id,queue,start_time,answered_at,ended_at",
        "id,Queue,CallStart,Answer Time,Disconnect time",
        "id,Queue Name,InitiationTimestamp,ConnectedToAgentTimestamp,DisconnectTimestamp",
        "Nr,Kolejka,Początek połączenia,Odebrano,Zakończono",
        "Nr,Kolejka,Nadejście,Czas odebrania,Czas zakończenia",
        "Nr,Warteschlange,Beginn,Angenommen,Beendet",
    ];
    for header in headers {
        let text = LOG.replacen("Call ID,Queue,Start,AnswerTime,EndTime", header, 1);
        assert_eq!(lines(&plain(&text))[1], "A,2026-10-05T08:00+02:00,3,2,1,150", "{header}");
    }
    let text = LOG.replacen("AnswerTime,EndTime", "T2,T3", 1);
    let columns = [(Role::Start, "Start"), (Role::Answered, "T2"), (Role::Ended, "T3")];
    let columns = columns.map(|(role, name)| (role, vec![name.to_owned()]));
    let declared = Declared { layout: Some(Layout::Contacts), columns: BTreeMap::from(columns), ..Declared::default() };
    assert_eq!(lines(&read(&text, &declared).expect("told"))[1], "A,2026-10-05T08:00+02:00,3,2,1,150");
}

#[test]
fn numbers_of_contacts_are_no_counts() {
    let log = "Call ID,Queue,Start\n1,A,2026-10-05 08:01\n2,A,2026-10-05 08:01\n3,A,2026-10-05 08:02\n";
    assert_eq!(lines(&plain(log))[1], "A,2026-10-05T08:00+02:00,3");
    // A row for each leg of a call: what rows are is asked.
    let legs = refused(&log.replace("3,A", "2,A"));
    assert!(legs.contains("layout = \"contacts\""), "{legs}");
}

#[test]
fn a_log_by_the_minute_and_one_of_dates_and_times_apart_are_of_contacts() {
    let by_minute = "Queue,Start,Answered,Ended\nA,2026-10-05 08:01,2026-10-05 08:02,2026-10-05 08:05\n\
                     A,2026-10-05 08:01,,2026-10-05 08:02\n";
    assert_eq!(lines(&plain(by_minute))[1], "A,2026-10-05T08:00+02:00,2,1,1,180");
    let apart = "Data,Godzina,Kolejka,Odebrano,Zakończono\n2026-10-05,08:01:05,A,08:01:25,08:04:45\n\
                 2026-10-05,23:59:05,A,23:59:55,00:01:35\n";
    let imported = plain(apart);
    let busy: Vec<String> = lines(&imported).into_iter().filter(|line| line.contains(",1,1,0,")).collect();
    assert_eq!(busy, ["A,2026-10-05T08:00+02:00,1,1,0,200", "A,2026-10-05T23:45+02:00,1,1,0,100"]);
}

#[test]
fn moments_that_go_backwards_are_named() {
    let told = refused(&LOG.replace("2026-10-05 08:04:40", "2026-10-05 08:01:10"));
    let expected = "h.csv:2: `EndTime`: `2026-10-05 08:01:10`: ended before it was answered, or came";
    assert!(told.contains(expected), "{told}");
    let told = refused(&LOG.replace("2026-10-05 08:02:40", "2026-10-05 08:01:59"));
    assert!(told.contains("h.csv:3: `AnswerTime`: `2026-10-05 08:01:59`: answered before it came"), "{told}");
    let header = LOG.lines().next().expect("a header");
    let mut many = format!("{header}\n");
    for day in 10..30 {
        let rows = LOG.lines().skip(1).map(|row| format!("{day}{}\n", row.replace("-05 ", &format!("-{day} "))));
        many.extend(rows);
    }
    let told = refused(&many.replacen("2026-10-10 08:02:40", "soon", 1));
    assert!(told.contains("h.csv:3: `AnswerTime`: `soon`: not a time"), "{told}");
}

#[test]
fn columns_of_durations_win_over_moments() {
    let mut text = "Queue,Start,Answered,Ended,Talk,Wait\n".to_owned();
    for row in LOG.lines().skip(1) {
        writeln!(
            text,
            "{},{}",
            row.split_once(',').expect("cells").1,
            if row.ends_with("08:04:00") { ",60" } else { "90,5" }
        )
        .expect("written");
    }
    let imported = plain(&text);
    assert_eq!(lines(&imported)[1], "A,2026-10-05T08:00+02:00,3,2,1,90");
    // Nothing is told from the moments, so they may contradict one another.
    plain(&text.replace("2026-10-05 08:04:40", "2026-10-05 07:04:40"));
}

#[test]
fn an_end_without_an_answer_holds_the_wait() {
    let text = "Call ID,Queue,Start,Wait,Ended,Outcome\n1,A,2026-10-05 08:01:00,20,2026-10-05 08:04:40,answered\n\
                2,A,2026-10-05 08:02:00,60,2026-10-05 08:03:00,abandoned\n";
    let imported = plain(text);
    // 220 seconds from arrival to end, less 20 of waiting.
    assert_eq!(lines(&imported)[1], "A,2026-10-05T08:00+02:00,2,1,1,200");
    assert!(imported.said.assumed.iter().any(|said| said.contains("columns.answered")), "{:?}", imported.said);
}
