//! What to do: the cheapest changes that would help, what each costs and gives, and who could take it.

use std::cmp::Ordering;
use std::fmt::Write;
use tr::tr;

use super::html::escape;
use crate::domain::ids::AgentIx;
use crate::domain::roster::Shift;
use crate::domain::service::PairedDifference;
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::output::number::{grouped, hours, money, percent, signed};
use crate::output::{local_time, phrases};
use crate::plan::{Aim, Change, FreeHours, GoalGain, Improvement, Improvements, Plan, Taker};

/// Contacts below which a change is not worth a word.
const NOTICED: f64 = 0.5;

pub(super) fn section(plan: &Plan) -> Option<String> {
    Some(shown(plan, &plan.rostered.as_ref()?.workforce, plan.improvements()?))
}

fn shown(plan: &Plan, workforce: &Workforce, found: &Improvements) -> String {
    let mut text = format!("<p>{}</p>\n", escape(&lead(found)));
    if !found.changes.is_empty() {
        text.push_str("<ol class=\"steps\">\n");
        for of in &found.changes {
            text.push_str(&step(plan, workforce, found, of));
        }
        text.push_str("</ol>\n");
    }
    if let Some(sentence) = (found.aim == Aim::Saving).then(|| most_free(plan)).flatten() {
        let _ = writeln!(text, "<p>{}</p>", escape(&sentence));
    }
    if !found.changes.is_empty() {
        let _ = writeln!(text, "<p class=\"quiet\">{}</p>", escape(&explained(found)));
    }
    text
}

fn lead(found: &Improvements) -> String {
    match (found.aim, found.changes.is_empty()) {
        (Aim::Missed, false) => {
            tr!(
                "Goals are missed. What costs least for each contact more that they need in time, each change by itself:"
            )
        }
        (Aim::Missed, true) => {
            tr!(
                "Goals are missed, and neither a change of one shift nor one more person was found to help more than luck would: more than one \
             is needed."
            )
        }
        (Aim::Near, false) => {
            tr!("No goal is missed, but not all are sure. What costs least to make them so, each change by itself:")
        }
        (Aim::Near, true) => {
            tr!(
                "No goal is missed, and no change of one shift was found to make those surer that are only nearly reached."
            )
        }
        (Aim::Saving, false) => {
            tr!(
                "No goal is missed: nothing needs doing. What could be saved with every goal kept, each change by itself:"
            )
        }
        (Aim::Saving, true) => {
            tr!("No goal is missed: nothing needs doing, and no shift can be shorter within the rules and the goals.")
        }
    }
}

fn step(plan: &Plan, workforce: &Workforce, found: &Improvements, of: &Improvement) -> String {
    let mut sentences = vec![price(of.price, &plan.currency)];
    if found.aim == Aim::Saving {
        sentences.push(tr!("Every goal that holds still does."));
    } else {
        sentences.extend(of.goal.as_ref().map(|goal| gain(plan, goal)));
    }
    sentences.extend(contacts(of));
    sentences.extend(people(plan, workforce, &of.people));
    if found.changes.iter().all(|of| of.people.is_empty()) {
        sentences.push(tr!("Nobody who is there could take a shift that helps, within the rules."));
    }
    format!("<li><strong>{}</strong> {}</li>\n", escape(&what(plan, workforce, of)), escape(&sentences.join(" ")))
}

/// What is done.
fn what(plan: &Plan, workforce: &Workforce, of: &Improvement) -> String {
    let who = |shift: &Shift| name(workforce, shift.agent);
    let when = |shift: &Shift| when(plan, workforce, shift);
    match &of.change {
        Change::Add(shift) => {
            let queues = phrases::skills(&plan.queues, of.queues.iter().copied());
            tr!("One more person for {queues} on {}.", when(shift), queues)
        }
        Change::Lengthen { before, after } => {
            let more = hours((after.length() - before.length()).as_hours());
            tr!("{more} more of {}: on {} instead of {}.", who(after), when(after), clock(workforce, before), more)
        }
        Change::Move { before, after } => {
            tr!("Move {}: on {} instead of {}.", who(after), when(after), when(before))
        }
        Change::Shorten { before, after } => {
            let less = hours((before.length() - after.length()).as_hours());
            tr!("{less} less of {}: on {} instead of {}.", who(after), when(after), clock(workforce, before), less)
        }
        Change::Hire { like } => {
            let queues = phrases::skills(&plan.queues, of.queues.iter().copied());
            tr!("Hire one person who takes {queues} and works as {} does.", name(workforce, *like), queues)
        }
    }
}

/// `Tue 1 Dec 10:00–14:00`, with the zone of the site where it is not the plan's.
fn when(plan: &Plan, workforce: &Workforce, shift: &Shift) -> String {
    let zone = workforce.sites[shift.site.0].zone;
    let (day, clock) = (local_time::day(shift.date), clock(workforce, shift));
    if zone == plan.period.zone { format!("{day} {clock}") } else { tr!("{day} {clock} in {zone}", day, clock, zone) }
}

/// `10:00–14:00` on the clock of its site.
fn clock(workforce: &Workforce, shift: &Shift) -> String {
    let (zone, span) = (workforce.sites[shift.site.0].zone, shift.span());
    format!("{}–{}", local_time::clock(span.from, zone), local_time::clock(span.until, zone))
}

/// `Anna Nowak (a007)`, or the key alone where it is the name.
fn name(workforce: &Workforce, agent: AgentIx) -> String {
    let agent = &workforce.agents[agent.0];
    if agent.name.is_empty() || agent.name == agent.id.as_str() {
        agent.id.to_string()
    } else {
        format!("{} ({})", agent.name, agent.id)
    }
}

fn price(price: Money, currency: &str) -> String {
    match price.cmp(&Money::ZERO) {
        Ordering::Greater => tr!("It costs {}.", money(price, currency)),
        Ordering::Less => tr!("It saves {}.", money(Money::ZERO - price, currency)),
        Ordering::Equal => tr!("It costs nothing."),
    }
}

/// What the goal gains that gains most.
fn gain(plan: &Plan, goal: &GoalGain) -> String {
    let queue = &plan.queues[goal.queue.0].id;
    let (before, after) = (percent(goal.before, 1), percent(goal.before + goal.by.by, 1));
    let points = told(PairedDifference { by: 100.0 * goal.by.by, half_width: 100.0 * goal.by.half_width }, 1);
    let day = local_time::day(goal.from);
    match (goal.in_thin_intervals, goal.days) {
        (true, _) => tr!(
            "In its thin intervals {queue} goes from {before} to {after} ({points} points).",
            queue,
            before,
            after,
            points
        ),
        (false, 1) => {
            tr!("On {day} {queue} goes from {before} to {after} ({points} points).", day, queue, before, after, points)
        }
        (false, _) => tr!(
            "In the week from {day} {queue} goes from {before} to {after} ({points} points).",
            day,
            queue,
            before,
            after,
            points
        ),
    }
}

/// Contacts of all queues; nothing where luck could have made them.
fn contacts(of: &Improvement) -> Option<String> {
    let is_felt = |of: PairedDifference| !of.is_noise() && of.by.abs() >= NOTICED;
    let (in_time, kept) = (told(of.in_time, 0), told(of.kept, 0));
    match (is_felt(of.in_time), is_felt(of.kept)) {
        (true, true) => Some(tr!("Contacts in time: {in_time}; no longer lost: {kept}.", in_time, kept)),
        (true, false) => Some(tr!("Contacts in time: {in_time}.", in_time)),
        (false, true) => Some(tr!("Contacts no longer lost: {kept}.", kept)),
        (false, false) => None,
    }
}

/// `+5.2 ± 0.4`.
fn told(of: PairedDifference, places: usize) -> String {
    format!("{} ± {}", signed(of.by, places), grouped(of.half_width, places))
}

/// Who could take it, each with the price.
fn people(plan: &Plan, workforce: &Workforce, people: &[Taker]) -> Option<String> {
    let each = |taker: &Taker| format!("{}, {}", name(workforce, taker.agent), money(taker.price, &plan.currency));
    let one = |taker: &Taker| tr!("Only {} could take it within the rules.", name(workforce, taker.agent));
    match people {
        [] => None,
        [only] => matches!(only.change, Change::Add(_)).then(|| one(only)),
        many => Some(tr!("Could take it: {}.", many.iter().map(each).collect::<Vec<_>>().join("; "))),
    }
}

/// The day on which most hours are free for training.
fn most_free(plan: &Plan) -> Option<String> {
    let free = &plan.simulated.as_ref()?.free_hours;
    let most = free.iter().max_by(|one, other| one.hours.total_cmp(&other.hours).then(other.day.cmp(&one.day)))?;
    let FreeHours { day, queues, hours: of } = most;
    Some(tr!(
        "Paid for already and free for training or coaching: on {} {} of people who take {}.",
        local_time::day(*day),
        hours(*of),
        phrases::skills(&plan.queues, queues.iter().copied())
    ))
}

fn explained(found: &Improvements) -> String {
    tr!(
        "Of {} changes tried these were lived through {} times more, with and without each, on contacts by which none was chosen; ± is half of the \
         95 % band. Prices are what payroll pays more. Five people at most are named: the cheapest who take these queues equally well and with whom the \
         checker finds the whole roster legal. Each one's hours, breaks and price stand in improvements.csv.",
        grouped(found.tried as f64, 0),
        grouped(found.replications as f64, 0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    fn page(change: impl Fn(&mut Improvements)) -> String {
        let mut found = example::improvements();
        change(&mut found);
        shown(&example::lived(0.7), &example::workforce(), &found).replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn a_change_says_what_it_costs_and_gives_and_who_could_take_it() {
        let html = page(|_| {});
        let longer = "<strong>1.0 h more of Ana &lt;b&gt;Cruz&lt;/b&gt; (a001): on Mon 30 Nov 16:00–01:00 in Asia/Manila instead of 16:00–00:00.</strong> \
                      It costs 12.50 EUR. On Mon 30 Nov orders &lt;script&gt; goes from 70.0 % to 73.1 % (+3.1 ± 0.4 points). Contacts in time: +15 ± 2.</li>";
        assert!(html.contains(longer), "{html}");
        assert!(html.contains("<strong>Hire one person who takes orders &lt;script&gt; and works as Ana"), "{html}");
        assert!(html.contains("Of 14 changes tried these were lived through 48 times more"), "{html}");
    }

    #[test]
    fn where_all_goals_hold_nothing_needs_doing() {
        let html = page(|found| (found.aim, found.changes) = (Aim::Saving, Vec::new()));
        assert!(html.starts_with("<p>No goal is missed: nothing needs doing, and no shift"), "{html}");
        assert!(!html.contains("<ol"), "{html}");
        let html = page(|found| found.aim = Aim::Saving);
        assert!(html.contains("Every goal that holds still does.") && !html.contains("goes from"), "{html}");
        assert_eq!(section(&example::forecast_only()), None);
    }
}
