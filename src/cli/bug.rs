//! A panic is a bug of ours, and told as any other error: in one message, as text or JSON, with exit code 1.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};
use tr::tr;

use super::error::CliError;

/// What the last panic said. One that is caught on its way, as those of a file reader are, is never told.
static LAST: Mutex<String> = Mutex::new(String::new());

/// Runs `job`; what panics in it, on any thread, becomes an error. With `RUST_BACKTRACE` set, each panic is also written at once.
pub(super) fn told<T>(job: impl FnOnce() -> Result<T, CliError>) -> Result<T, CliError> {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let is_traced = Backtrace::capture().status() == BacktraceStatus::Captured;
        if is_traced {
            usual(panic);
        }
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
    }));
    panic::catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|_| {
        let said = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let hint = tr!("hint: please report it, with these lines and the input if you can; nothing was written");
        Err(CliError::internal(tr!("this is a bug of ours: {said}\n  {hint}", said, hint)))
    })
}
