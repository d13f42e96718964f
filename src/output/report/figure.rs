//! A chart within the page: as it was drawn where there is room, and on a narrow screen in parts one below the other, which are windows onto
//! the same drawing.

use std::fmt::Write;

use super::html::escape;
use crate::output::drawn::{Drawn, LegendEntry, NarrowPanel, Window};

/// A chart, named for readers who cannot see it.
pub(super) fn figure(chart: &Drawn) -> String {
    let (label, panels) = (escape(&chart.title), &chart.narrow.panels);
    if panels.is_empty() {
        let svg = chart.svg.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{label}\" "), 1);
        return format!("<figure class=\"scroll\">{svg}</figure>\n");
    }
    let id = format!("chart-{}", escape(&chart.name));
    let caption = format!("<strong>{label}</strong>\n<p>{}</p>\n", escape(&chart.narrow.subtitle));
    let parts: String = panels.iter().map(|of| panel(&id, of)).collect();
    format!("<figure>{}<div class=\"narrow\">{caption}{parts}</div></figure>\n", named(&chart.svg, &id, &label))
}

/// The drawing with what is in it under a name, so that it can be shown again.
fn named(svg: &str, id: &str, label: &str) -> String {
    let svg = svg.replacen("<svg ", &format!("<svg class=\"wide\" role=\"img\" aria-label=\"{label}\" "), 1);
    match (svg.split_once('>'), svg.rfind("</svg>")) {
        (Some((head, _)), Some(end)) => format!("{head}><g id=\"{id}\">{}</g></svg>", &svg[head.len() + 1..end]),
        _ => svg,
    }
}

fn panel(id: &str, of: &NarrowPanel) -> String {
    let mut text = String::new();
    if !of.legend.is_empty() {
        let entries: String = of.legend.iter().map(entry).collect();
        let _ = writeln!(text, "<p class=\"legend\">{entries}</p>");
    }
    if !of.unit.is_empty() {
        let _ = writeln!(text, "<p>{}</p>", escape(&of.unit));
    }
    let width = of.rows.iter().map(|row| row.iter().map(|part| part.width).sum::<i32>()).max().unwrap_or(0);
    text.extend(of.rows.iter().map(|row| shown(id, row, width)));
    text
}

fn entry(of: &LegendEntry) -> String {
    let class = if of.is_line { " class=\"line\"" } else { "" };
    format!("<span><i{class} style=\"background:{}\"></i>{}</span> ", of.colour, escape(&of.text))
}

/// Windows onto a drawing side by side, on a sheet of a width.
fn shown(id: &str, row: &[Window], width: i32) -> String {
    let height = row.iter().map(|part| part.height).max().unwrap_or(0);
    let mut text = format!("<svg viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">");
    let mut left = 0;
    for part in row {
        let _ = write!(
            text,
            "<svg x=\"{left}\" width=\"{0}\" height=\"{1}\" viewBox=\"{2} {3} {0} {1}\"><use href=\"#{id}\"/></svg>",
            part.width, part.height, part.x, part.y
        );
        left += part.width;
    }
    text.push_str("</svg>\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::drawn::{Narrow, Subject};

    fn drawn(panels: Vec<NarrowPanel>) -> Drawn {
        Drawn {
            subject: Subject::Skills(0),
            name: "skills-a".into(),
            title: "a & b".into(),
            svg: "<svg width=\"9\" height=\"5\">\n<text>x</text>\n</svg>".into(),
            png: Vec::new(),
            narrow: Narrow { subtitle: "on average".into(), panels },
        }
    }

    #[test]
    fn a_chart_is_shown_again_through_windows_and_stands_in_the_page_once() {
        let window = |x, width| Window { x, y: 2, width, height: 3 };
        let legend = vec![LegendEntry { colour: "#0072b2".into(), is_line: false, text: "at <it>".into() }];
        let rows = vec![vec![window(0, 1), window(1, 4)], vec![window(0, 1), window(5, 2)]];
        let html = figure(&drawn(vec![NarrowPanel { unit: "people".into(), legend, rows }]));
        let wide = "<svg class=\"wide\" role=\"img\" aria-label=\"a &amp; b\" width=\"9\" height=\"5\"><g id=\"chart-skills-a\">\n<text>x</text>\n</g></svg>";
        assert!(html.contains(wide), "{html}");
        let second = "<svg viewBox=\"0 0 5 3\" aria-hidden=\"true\"><svg x=\"0\" width=\"1\" height=\"3\" viewBox=\"0 2 1 3\"><use href=\"#chart-skills-a\"/></svg>\
                      <svg x=\"1\" width=\"2\" height=\"3\" viewBox=\"5 2 2 3\">";
        assert!(html.contains(second), "{html}");
        assert!(html.contains("<span><i style=\"background:#0072b2\"></i>at &lt;it&gt;</span>"), "{html}");
        assert_eq!(html.matches("<text>").count(), 1);
    }

    #[test]
    fn a_chart_that_is_not_parted_has_a_box_to_scroll_in() {
        let html = figure(&drawn(Vec::new()));
        assert!(
            html.starts_with("<figure class=\"scroll\"><svg role=\"img\" aria-label=\"a &amp; b\" width"),
            "{html}"
        );
    }
}
