//! A day as a bar from midnight to midnight: work is filled, breaks are open, so that it reads in black and white too.

use std::fmt::Write;

use crate::domain::roster::{Activity, Piece};
use crate::domain::time::{Instant, LocalDay};

/// Width and height of the bar in its own units: four to the hour of a day of 24.
const WIDTH: f64 = 96.0;
const HEIGHT: u32 = 6;

/// The bar with some pieces of shifts, cut to the day.
pub(super) fn svg(day: &LocalDay, pieces: &[Piece]) -> String {
    let drawn = |is_work: bool| -> String {
        let of_kind = pieces.iter().filter(|piece| (piece.activity == Activity::Work) == is_work);
        of_kind.fold(String::new(), |mut path, piece| {
            let (from, until) = (place(day, piece.span.from), place(day, piece.span.until));
            if from < until {
                let width = until - from;
                let _ = write!(path, "M{} 0h{}v{HEIGHT}h-{}z", short(from), short(width), short(width));
            }
            path
        })
    };
    format!(
        "<svg viewBox=\"0 0 96 {HEIGHT}\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path class=\"t\" d=\"M0 0v{HEIGHT}M24 0v{HEIGHT}M48 0v{HEIGHT}M72 0v{HEIGHT}M96 0v{HEIGHT}M0 {HEIGHT}h96\"/>\
         <path class=\"w\" d=\"{}\"/><path class=\"p\" d=\"{}\"/></svg>",
        drawn(true),
        drawn(false)
    )
}

/// How far along the bar an instant is, within the day.
fn place(day: &LocalDay, at: Instant) -> f64 {
    let (elapsed, all) = ((at - day.start).num_seconds() as f64, (day.end - day.start).num_seconds() as f64);
    (WIDTH * elapsed / all.max(1.0)).clamp(0.0, WIDTH)
}

/// Two places at most, none where there is nothing behind the point.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn work_is_filled_breaks_are_open_and_the_bar_ends_with_the_day() {
        let day = LocalDay::of(example::date("2026-11-30"), chrono_tz::Asia::Manila);
        // 16:00–20:00 and 20:30 to midnight: 64 to 80 and 82 to 96 of 96.
        let svg = svg(&day, &example::roster().shifts[0].pieces);
        assert!(svg.contains("class=\"w\" d=\"M64 0h16v6h-16zM82 0h14v6h-14z\""), "{svg}");
        assert!(svg.contains("class=\"p\" d=\"M80 0h2v6h-2z\""), "{svg}");
        let next = LocalDay::of(example::date("2026-12-01"), chrono_tz::Asia::Manila);
        assert!(super::svg(&next, &example::roster().shifts[0].pieces).contains("class=\"w\" d=\"\""));
    }
}
