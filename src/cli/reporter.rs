//! Progress on standard error: a bar on a terminal and only there, one line a stage elsewhere, or JSON lines.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant as Clock};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use tr::tr;

use super::colours;
use crate::domain::progress::Progress;
use crate::language::{fixed, translated};

/// How to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Errors only.
    Quiet,
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Writes progress and keeps the stages' timings.
#[derive(Debug)]
pub(super) struct Reporter {
    voice: Voice,
    bar: ProgressBar,
    stages: Mutex<Stages>,
}

#[derive(Debug)]
struct Stages {
    begun: Clock,
    current: Option<(String, Clock)>,
    done: Vec<(String, Duration)>,
}

impl Reporter {
    pub(super) fn new(voice: Voice) -> Self {
        let target = if voice == Voice::Text { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{msg:14} {wide_bar} {pos}/{len} {elapsed}") {
            bar.set_style(style);
        }
        let stages = Stages { begun: Clock::now(), current: None, done: Vec::new() };
        Self { voice, bar, stages: Mutex::new(stages) }
    }

    /// A sentence for the user.
    pub(super) fn say(&self, sentence: &str) {
        match self.voice {
            Voice::Quiet => {}
            Voice::Text => self.line(sentence),
            Voice::Json => self.line(&json!({ "level": "info", "message": sentence }).to_string()),
        }
    }

    /// What the user should know though the run goes on.
    pub(super) fn warn(&self, warning: &str) {
        match self.voice {
            Voice::Quiet => {}
            Voice::Text => self.line(&format!("{} {warning}", tr!("warning:"))),
            Voice::Json => self.line(&json!({ "level": "warning", "message": warning }).to_string()),
        }
    }

    /// A line on standard error. Nobody reads one that is closed or full, and the run goes on for its OUT.
    fn line(&self, line: &str) {
        self.bar.suspend(|| {
            let _ = colours::write(&format!("{line}\n"), std::io::stderr().lock());
        });
    }

    /// Ends the last stage; returns each stage's name and duration in order.
    pub(super) fn finish(&self) -> Vec<(String, Duration)> {
        self.end_stage();
        self.bar.finish_and_clear();
        self.lock().done.clone()
    }

    fn end_stage(&self) {
        let mut stages = self.lock();
        if let Some((name, begun)) = stages.current.take() {
            let took = begun.elapsed();
            let seconds = took.as_secs_f64();
            match self.voice {
                Voice::Quiet => {}
                Voice::Text => self.line(&format!("{:<14} {:>7} s", translated(&name), fixed(seconds, 2))),
                Voice::Json => self.line(&json!({ "stage": name, "seconds": seconds }).to_string()),
            }
            stages.done.push((name, took));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Stages> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Reporter {
    fn stage(&self, name: &str) {
        self.end_stage();
        self.lock().current = Some((name.to_owned(), Clock::now()));
        self.bar.reset();
        self.bar.set_message(translated(name));
    }

    fn advance(&self, done: u64, total: u64) {
        self.bar.set_length(total);
        self.bar.set_position(done);
    }

    fn measure(&self, name: &str, values: &[(&str, f64)]) {
        if self.voice == Voice::Text && name == "round" {
            let figures: Vec<String> =
                values.iter().map(|(key, value)| format!("{} {}", translated(key), fixed(*value, 3))).collect();
            self.line(&format!("{:<14} {}", translated(name), figures.join(", ")));
        }
        if self.voice == Voice::Json {
            let seconds = self.lock().begun.elapsed().as_secs_f64();
            let mut line = serde_json::Map::from_iter([
                ("measure".to_owned(), json!(name)),
                ("seconds".to_owned(), json!(seconds)),
            ]);
            line.extend(values.iter().map(|(key, value)| ((*key).to_owned(), json!(value))));
            self.line(&serde_json::Value::Object(line).to_string());
        }
    }
}
