//! Tiny worlds in which contacts come when a test says so, so that every second can be reckoned in a comment.

mod world;

use crate::domain::routing::{AgentTakes, ContactTakes, DeferredWork, Redial, Routing, VirtualHold};
use crate::domain::units::{Seconds, Share};

use world::{Tiny, call, chat, deferred, escalating, voice};

fn assert_near(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-3, "{got}, not {expected}");
}

#[test]
fn by_rank_a_call_goes_to_the_specialist_and_else_to_whoever_has_been_free_longest() {
    // The all-rounder comes at 0:00, the specialist at 0:10; the call comes at 0:20.
    let mut tiny = Tiny::of(vec![voice()]);
    tiny.agent(&[(0, 2)], &[(0, 60)]);
    tiny.agent(&[(0, 1)], &[(10, 60)]);
    let calls = [call(1_200.0, 0, 120.0)];
    let lived = tiny.live(&calls);
    assert_eq!((lived.busy(0, 0), lived.busy(1, 0)), (0.0, 120.0));

    tiny.routing = Routing { contact_takes: ContactTakes::LongestIdle, ..Routing::default() };
    let lived = tiny.live(&calls);
    assert_eq!((lived.busy(0, 0), lived.busy(1, 0)), (120.0, 0.0));
}

#[test]
fn by_rank_an_agent_takes_the_first_queue_and_else_whoever_has_waited_longest() {
    // One agent, busy until 600 s. In the second queue a call waits from 60 s, in the first from 120 s.
    let mut tiny = Tiny::of(vec![voice(), voice()]);
    tiny.agent(&[(0, 1), (1, 2)], &[(0, 60)]);
    let calls = [call(0.0, 0, 600.0), call(60.0, 1, 100.0), call(120.0, 0, 100.0)];
    // Rank: the first queue's call waits 600 − 120 s, the other one 700 − 60 s.
    let lived = tiny.live(&calls);
    assert_near(lived.cell(0).waited, 480.0);
    assert_near(lived.cell(1).waited, 640.0);

    // Longest wait: the other way round, 700 − 120 s and 600 − 60 s.
    tiny.routing = Routing { agent_takes: AgentTakes::LongestWait, ..Routing::default() };
    let lived = tiny.live(&calls);
    assert_near(lived.cell(0).waited, 580.0);
    assert_near(lived.cell(1).waited, 540.0);
}

#[test]
fn deferred_work_that_is_held_delays_a_call_and_work_that_yields_is_gone_on_with() {
    // An email of 600 s from the start, a call of 120 s at 100 s.
    let mut tiny = Tiny::of(vec![voice(), deferred()]);
    tiny.agent(&[(0, 1), (1, 2)], &[(0, 60)]);
    let contacts = [call(0.0, 1, 600.0), call(100.0, 0, 120.0)];
    tiny.routing = Routing { deferred: DeferredWork::Held, ..Routing::default() };
    let lived = tiny.live(&contacts);
    // Held: the call waits for 500 s, the email is done after 600 s.
    assert_near(lived.cell(0).waited, 500.0);
    assert_near(lived.cell(1).waited, 600.0);

    // Yielding: the call waits for nothing; the email's other 500 s come after 220 s, so it is done at 720 s. No work is lost.
    tiny.routing = Routing::default();
    let lived = tiny.live(&contacts);
    assert_near(lived.cell(0).waited, 0.0);
    assert_near(lived.cell(1).waited, 720.0);
    assert_near(lived.busy(0, 1), 600.0);
}

#[test]
fn work_that_is_put_down_goes_to_somebody_free() {
    // The specialist writes an email when a call comes; the other one, free from minute 1, takes up the 500 s that are left.
    let mut tiny = Tiny::of(vec![voice(), deferred()]);
    tiny.agent(&[(0, 1), (1, 1)], &[(0, 60)]);
    tiny.agent(&[(0, 2), (1, 2)], &[(1, 60)]);
    let lived = tiny.live(&[call(0.0, 1, 600.0), call(100.0, 0, 120.0)]);
    assert_eq!((lived.busy(0, 0), lived.busy(1, 0)), (120.0, 0.0));
    assert_near(lived.busy(1, 1), 500.0);
    assert_near(lived.cell(1).waited, 600.0);
}

#[test]
fn a_call_overflows_only_after_its_time() {
    // The specialist talks until 300 s; the call of 60 s may go to the other one, free all the while, 30 s later.
    let mut queue = voice();
    queue.behaviour.overflow_after = Some(Seconds::clamped(30.0));
    let mut tiny = Tiny::of(vec![queue]);
    tiny.agent(&[(0, 1)], &[(0, 60)]);
    tiny.agent(&[(0, 2)], &[(0, 60)]);
    let lived = tiny.live(&[call(0.0, 0, 300.0), call(60.0, 0, 100.0)]);
    assert_near(lived.cell(0).waited, 30.0);
    assert_eq!((lived.busy(0, 0), lived.busy(1, 0)), (300.0, 100.0));
}

#[test]
fn chats_in_parallel_slow_each_other() {
    // Two at a time, each slowed by half by the other: alone 1.5 times as fast as the handle time counts on, two together as fast.
    let mut queue = chat(2.0);
    queue.behaviour.chat_interference = 0.5;
    let mut tiny = Tiny::of(vec![queue]);
    tiny.agent(&[(0, 1)], &[(0, 60)]);
    // 0–100 s: the first has 150 of 300 s done. 100–250 s: both, the first is done. The second, 150 s left, alone until 350 s.
    let two = [call(0.0, 0, 300.0), call(100.0, 0, 300.0)];
    let lived = tiny.live(&two);
    assert_near(lived.cell(0).waited, 0.0);
    assert_near(lived.busy(0, 0), 350.0);

    // A third at 120 s waits until 250 s; the second is done at 400 s, the third's other 150 s take until 500 s.
    let lived = tiny.live(&[two[0], two[1], call(120.0, 0, 300.0)]);
    assert_near(lived.cell(0).waited, 130.0);
    assert_near(lived.busy(0, 0), 500.0);
}

#[test]
fn who_holds_a_chat_takes_no_call() {
    let mut tiny = Tiny::of(vec![voice(), chat(2.0)]);
    tiny.agent(&[(0, 1), (1, 1)], &[(0, 60)]);
    // Alone, a chat of 300 s goes 1.25 times as fast: 240 s. The call comes at 40 s.
    let lived = tiny.live(&[call(0.0, 1, 300.0), call(40.0, 0, 60.0)]);
    assert_near(lived.cell(0).waited, 200.0);
}

#[test]
fn an_escalation_reaches_the_second_tier_when_the_first_is_done() {
    // The call is done at 60 + 120 s; the second tier's contacts take 300 s.
    let mut tiny = Tiny::of(vec![escalating(1), voice()]);
    tiny.agent(&[(0, 1)], &[(0, 60)]);
    tiny.agent(&[(1, 1)], &[(0, 60)]);
    let lived = tiny.live(&[call(60.0, 0, 120.0)]);
    assert_eq!((lived.cell(1).offered, lived.cell(1).answered), (1, 1));
    assert_near(lived.busy(1, 1), 300.0);
    assert_near(lived.cell(1).waited, 0.0);
}

#[test]
fn second_tiers_in_a_circle_come_to_an_end() {
    // Two queues that hand every contact to each other: as many turns as there are queues.
    let mut tiny = Tiny::of(vec![escalating(1), escalating(0)]);
    tiny.agent(&[(0, 1), (1, 1)], &[(0, 60)]);
    let lived = tiny.live(&[call(0.0, 0, 0.0)]);
    assert_eq!((lived.cell(0).offered, lived.cell(1).offered), (1, 1));
}

#[test]
fn a_contact_in_hand_when_the_shift_ends_is_finished() {
    // There until 600 s; the call of 540 s takes 300 s. The next one finds nobody.
    let mut tiny = Tiny::of(vec![voice()]);
    tiny.agent(&[(0, 1)], &[(0, 10)]);
    let lived = tiny.live(&[call(540.0, 0, 300.0), call(560.0, 0, 300.0)]);
    assert_near(lived.busy(0, 0), 300.0);
    assert_near(lived.at_work(0), 840.0);
    assert_eq!((lived.cell(0).answered, lived.cell(0).waiting), (1, 1));
}

#[test]
fn an_agent_of_overlapping_shifts_is_one_agent_for_as_long_as_either_lasts() {
    // 0–30 and 20–50 minutes: calls at 0:21 and 0:22 follow one another, and one at 0:51 finds nobody.
    let mut tiny = Tiny::of(vec![voice()]);
    tiny.agent(&[(0, 1)], &[(0, 30), (20, 50), (7, 7)]);
    let lived = tiny.live(&[call(1_260.0, 0, 300.0), call(1_320.0, 0, 300.0), call(3_060.0, 0, 300.0)]);
    assert_near(lived.cell(0).waited, 240.0);
    assert_near(lived.at_work(0), 3_000.0);
    assert_eq!((lived.cell(0).answered, lived.cell(0).waiting), (2, 1));
}

#[test]
fn who_comes_back_with_chats_in_hand_takes_further_ones() {
    // A break from 300 to 600 s; the chat of 1,000 s at 1.25 times the pace is in hand until 800 s. Another at 650 s need not wait.
    let mut tiny = Tiny::of(vec![chat(2.0)]);
    tiny.agent(&[(0, 1)], &[(0, 5), (10, 60)]);
    let lived = tiny.live(&[call(0.0, 0, 1_000.0), call(650.0, 0, 100.0)]);
    assert_eq!(lived.cell(0).answered, 2);
    assert_near(lived.cell(0).waited, 0.0);
}

#[test]
fn who_gives_up_calls_again() {
    // Nobody is there until minute 30: the customer gives up time and again, calls again each time, and is answered once.
    let mut queue = voice();
    queue.patience = Some(Seconds::clamped(10.0));
    queue.behaviour.redial = Some(Redial { share: Share::ALL, after: Seconds::clamped(60.0) });
    let mut tiny = Tiny::of(vec![queue]);
    tiny.agent(&[(0, 1)], &[(30, 60)]);
    let lived = tiny.live(&[call(0.0, 0, 100.0).patient_for(10.0)]);
    let cell = lived.cell(0);
    assert!(cell.offered > 3, "{cell:?}");
    assert_eq!((cell.answered, cell.abandoned), (1, cell.offered - 1));
}

#[test]
fn who_is_called_back_keeps_the_place_in_line_and_gives_up_no_more() {
    // The agent talks until 600 s. Customers of 20 s of patience call at 60 and 120 s: asked at once they are called at 600 and
    // 700 s, after they waited 540 and 580 s; asked after 30 s of waiting, they are gone by then.
    let waiting = |after: f64| {
        let mut queue = voice();
        queue.patience = Some(Seconds::clamped(1e-3));
        queue.behaviour.virtual_hold = Some(VirtualHold { share: Share::ALL, after: Seconds::clamped(after) });
        let mut tiny = Tiny::of(vec![queue]);
        tiny.agent(&[(0, 1)], &[(0, 60)]);
        tiny.live(&[call(0.0, 0, 600.0), call(60.0, 0, 100.0), call(120.0, 0, 100.0)]).cell(0)
    };
    let held = waiting(0.0);
    assert_eq!((held.answered, held.abandoned), (3, 0));
    assert_near(held.waited, 1_120.0);
    assert_eq!(waiting(30.0).abandoned, 2);
}

#[test]
fn a_share_of_shifts_to_which_nobody_comes_is_missing_at_work() {
    // 1,000 shifts of an hour, a quarter of them without their agent: 750 hours, give or take 14.
    let mut tiny = Tiny::of(vec![voice()]);
    (0..1_000).for_each(|_| tiny.agent(&[(0, 1)], &[(0, 60)]));
    tiny.no_show = Share::clamped(0.25);
    let lived = tiny.live(&[]);
    let hours = (0..1_000).map(|agent| lived.at_work(agent)).sum::<f64>() / 3_600.0;
    assert!((708.0..=792.0).contains(&hours), "{hours} hours");
}
