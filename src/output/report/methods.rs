//! Which methods forecast each queue and how much they weigh, what was learned of events, and how good it was.

use std::fmt::Write;
use tr::tr;

use super::html::escape;
use super::{accuracy, handle_times, learned};
use crate::domain::explanation::MethodWeight;
use crate::domain::forecast::QueueForecast;
use crate::output::number::percent;
use crate::plan::Plan;

/// A weight below half a percent is not worth a word.
const LEAST_WEIGHT: f64 = 0.005;

pub(super) fn section(plan: &Plan) -> String {
    let parts = [learned::borrowed(plan), learned::kinds(plan), accuracy::section(plan), handle_times::section(plan)];
    weights(plan) + &parts.into_iter().flatten().collect::<String>()
}

/// A bar per queue with its methods' weights; the method in words where nothing was weighed.
fn weights(plan: &Plan) -> String {
    let names = names(plan);
    let mut out = String::from("<div class=\"sheet\"><table>\n<tbody>\n");
    for of in &plan.forecast.queues {
        let id = plan.queues[of.queue.0].id.as_str();
        let _ = writeln!(out, "<tr><td>{}</td><td class=\"wrap\">{}</td></tr>", escape(id), bar(of, &names));
    }
    out.push_str("</tbody></table></div>\n");
    if !names.is_empty() {
        out.push_str(
            &tr!("<p class=\"quiet\">How much each method weighs in the middle of the plan, found by its errors from earlier \
             origins.</p>\n"),
        );
        out.push_str(&by_days_ahead(plan));
    }
    out
}

/// Every method of any queue once, so that it has the same colour on all bars.
fn names(plan: &Plan) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for of in plan.forecast.queues.iter().flat_map(|queue| &queue.explanation.methods) {
        if !names.contains(&of.method.as_str()) {
            names.push(&of.method);
        }
    }
    names.sort_unstable();
    names
}

fn bar(of: &QueueForecast, names: &[&str]) -> String {
    let weighed: Vec<&MethodWeight> =
        of.explanation.methods.iter().filter(|method| method.weight >= LEAST_WEIGHT).collect();
    if weighed.is_empty() {
        return escape(&of.method);
    }
    let (mut bar, mut key) = (String::new(), String::new());
    for method in weighed {
        let colour = names.iter().position(|name| *name == method.method).unwrap_or(0) % COLOURS;
        let name = escape(&method.method);
        let _ = write!(bar, "<i class=\"m{colour}\" style=\"flex-grow:{:.3}\"></i>", method.weight);
        let _ = write!(key, "<span><i class=\"m{colour}\"></i>{name} {}</span>", percent(method.weight, 0));
    }
    format!("<div class=\"bar\">{bar}</div><div class=\"weights\">{key}</div>")
}

/// Colours of the style sheet, `m0` to `m6`.
const COLOURS: usize = 7;

fn by_days_ahead(plan: &Plan) -> String {
    let mut out = tr!("<details><summary>By days ahead</summary>\n<ul class=\"notes\">\n");
    for of in plan.forecast.queues.iter().filter(|of| !of.explanation.methods.is_empty()) {
        let _ = writeln!(out, "<li>{}: {}</li>", escape(plan.queues[of.queue.0].id.as_str()), escape(&of.method));
    }
    out.push_str("</ul></details>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn weights_are_bars_and_a_method_alone_is_a_word() {
        let mut plan = example::forecast_only();
        assert!(section(&plan).contains("last week") && !section(&plan).contains("class=\"bar\""));
        let method = |method: &str, weight| MethodWeight { method: method.into(), weight };
        plan.forecast.queues[0].explanation.methods =
            vec![method("SVD factors", 0.75), method("Fourier", 0.249), method("floor", 0.001)];
        let html = section(&plan);
        assert!(html.contains("<i class=\"m1\" style=\"flex-grow:0.750\"></i>"), "{html}");
        assert!(
            html.contains("SVD factors 75\u{a0}%") && html.contains("Fourier 25\u{a0}%") && !html.contains("floor")
        );
    }
}
