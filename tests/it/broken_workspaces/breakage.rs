//! What people, programs and disks do to files.

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha12Rng;

use super::files::Files;
use super::values::{likely, value};

/// Does one thing to a workspace, and says what.
pub(super) fn broken(files: &mut Files, random: &mut ChaCha12Rng) -> String {
    let names = files.names();
    let name = names.choose(random).cloned().unwrap_or_default();
    let mut bytes = files.bytes(&name);
    let what = match random.random_range(0..100) {
        0..4 => break_bytes(&mut bytes, random),
        4..7 => break_encoding(&mut bytes, random),
        7..10 => {
            let what = break_folder(files, &names, &name, random);
            return format!("{name}: {what}");
        }
        10..55 => break_settings(files, random),
        _ => break_table(&mut bytes, random),
    };
    // `break_settings` has put its own file.
    if !what.starts_with("settings") {
        files.put(&name, bytes);
        return format!("{name}: {what}");
    }
    what
}

/// Flips, takes away, adds or cuts off bytes.
pub(super) fn break_bytes(bytes: &mut Vec<u8>, random: &mut ChaCha12Rng) -> String {
    if bytes.is_empty() {
        return "no bytes to break".to_owned();
    }
    let at = random.random_range(0..bytes.len());
    match random.random_range(0..5) {
        0 => bytes[at] ^= 1 << random.random_range(0..8),
        1 => bytes[at] = random.random(),
        2 => bytes.truncate(at),
        3 => {
            let until = (at + random.random_range(1..200)).min(bytes.len());
            bytes.drain(at..until);
        }
        _ => {
            let more: Vec<u8> = (0..random.random_range(1..50)).map(|_| random.random()).collect();
            bytes.splice(at..at, more);
        }
    }
    format!("bytes at {at}")
}

/// The file as other programs save it.
fn break_encoding(bytes: &mut Vec<u8>, random: &mut ChaCha12Rng) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (what, other): (&str, Vec<u8>) = match random.random_range(0..8) {
        0 => ("UTF-16", [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()),
        1 => ("a mark in front", [b"\xef\xbb\xbf", bytes.as_slice()].concat()),
        2 => ("Latin-1", text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()),
        3 => ("line ends of Windows", text.replace('\n', "\r\n").into_bytes()),
        4 => ("line ends of old Macs", text.replace('\n', "\r").into_bytes()),
        5 => ("semicolons", text.replace(',', ";").into_bytes()),
        6 => ("tabs", text.replace(',', "\t").into_bytes()),
        _ => ("a quote", text.replacen(',', ",\"", random.random_range(1..4)).into_bytes()),
    };
    *bytes = other;
    what.to_owned()
}

/// Files that are gone, empty, folders, or one another.
fn break_folder(files: &mut Files, names: &[String], name: &str, random: &mut ChaCha12Rng) -> &'static str {
    match random.random_range(0..4) {
        0 => {
            files.remove(name);
            "gone"
        }
        1 => {
            files.put(name, Vec::new());
            "empty"
        }
        2 => {
            files.put_folder(name);
            "a folder"
        }
        _ => {
            let other = names.choose(random).cloned().unwrap_or_default();
            let (one, two) = (files.bytes(name), files.bytes(&other));
            files.put(name, two);
            files.put(&other, one);
            "exchanged with another"
        }
    }
}

/// A line or a value of `workspace.toml`.
fn break_settings(files: &mut Files, random: &mut ChaCha12Rng) -> String {
    let text = String::from_utf8_lossy(&files.bytes("workspace.toml")).into_owned();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return "settings: none left".to_owned();
    }
    let at = random.random_range(0..lines.len());
    let was = lines[at].clone();
    match random.random_range(0..10) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, was.clone()),
        2 => {
            let other = random.random_range(0..lines.len());
            lines.swap(at, other);
        }
        3 => {
            let until = (at + random.random_range(2..20)).min(lines.len());
            lines.drain(at..until);
        }
        _ => {
            // A number, a word in quotes or what else stands behind one of the line's equals signs.
            let signs: Vec<usize> = was.match_indices("= ").map(|(at, _)| at + 2).collect();
            let Some(from) = signs.choose(random).copied() else { return format!("settings:{}: left", at + 1) };
            let ends = was[from..].find([',', '}', ']']).map_or(was.len(), |at| from + at);
            let words: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
            let new = if random.random_bool(0.7) { likely(&was[from..ends], &words, random) } else { value(random) };
            let is_quoted = !new.starts_with('"') && random.random_bool(0.3);
            let new = if is_quoted { format!("{new:?}") } else { new };
            lines[at] = format!("{}{new}{}", &was[..from], &was[ends..]);
        }
    }
    let now = lines.get(at).map(|line| line.chars().take(80).collect::<String>());
    files.put("workspace.toml", (lines.join("\n") + "\n").into_bytes());
    format!("settings:{}: `{was}` became {now:?}", at + 1)
}

/// A cell, a row or a column of a table.
fn break_table(bytes: &mut Vec<u8>, random: &mut ChaCha12Rng) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut rows: Vec<Vec<String>> = text.lines().map(|row| row.split(',').map(str::to_owned).collect()).collect();
    if rows.is_empty() {
        return "no rows to break".to_owned();
    }
    let at = random.random_range(0..rows.len());
    let column = random.random_range(0..rows[at].len());
    let what = match random.random_range(0..20) {
        0 => {
            rows.remove(at);
            format!("row {at} gone")
        }
        1 => {
            let row = rows[at].clone();
            rows.insert(at, row);
            format!("row {at} twice")
        }
        2 => {
            let row = rows[at].clone();
            let times = random.random_range(1..20_000);
            rows.extend(std::iter::repeat_n(row, times));
            format!("row {at} {times} times")
        }
        3 => {
            let other = random.random_range(0..rows.len());
            rows.swap(at, other);
            format!("rows {at} and {other} exchanged")
        }
        4 => {
            for row in rows.iter_mut().filter(|row| row.len() > column) {
                row.remove(column);
            }
            format!("column {column} gone")
        }
        5 => {
            let new = value(random);
            for row in rows.iter_mut().skip(1).filter(|row| row.len() > column) {
                row[column].clone_from(&new);
            }
            format!("column {column} all {:?}", new.chars().take(60).collect::<String>())
        }
        6 => {
            rows[at].push(value(random));
            format!("row {at} longer")
        }
        7 => {
            rows.truncate(at + 1);
            format!("cut off after row {at}")
        }
        8 => {
            let factor = 10_f64.powi(random.random_range(-6..10));
            for row in rows.iter_mut().skip(1).filter(|row| row.len() > column) {
                if let Ok(number) = row[column].parse::<f64>() {
                    row[column] = (number * factor).to_string();
                }
            }
            format!("column {column} times {factor:e}")
        }
        9..15 => {
            let words: Vec<&str> = rows.iter().skip(1).filter_map(|row| row.get(column)).map(String::as_str).collect();
            let new = likely(&rows[at][column], &words, random);
            let what = format!("row {at}, column {column}: {new:?}");
            rows[at][column] = new;
            what
        }
        _ => {
            let new = value(random);
            let what = format!("row {at}, column {column}: {:?}", new.chars().take(60).collect::<String>());
            rows[at][column] = new;
            what
        }
    };
    *bytes = rows.iter().map(|row| row.join(",") + "\n").collect::<String>().into_bytes();
    what
}
