//! Stopping at any moment leaves nothing behind. Alone in its file: it looks at all threads of the process.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../samples/mod.rs"]
#[allow(dead_code, reason = "examples and benchmarks use the rest")]
mod samples;

use std::ops::ControlFlow;
use std::time::Duration;

use portfolio::pdf::{PdfError, Stage};
use portfolio::{outline, render};

/// Whether a thread of the writer is still there, as far as the system tells.
fn at_work() -> bool {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    threads
        .filter_map(|thread| std::fs::read_to_string(thread.path().join("comm")).ok())
        .any(|name| name.starts_with("portfolio"))
}

#[test]
fn stopped_anywhere_it_asks_no_more_and_leaves_nothing_behind() {
    let document = outline(&samples::many(40));
    let mut asked = 0;
    let whole = render(&document, &mut |progress| {
        asked += usize::from(progress.stage == Stage::LayingOut);
        ControlFlow::Continue(())
    });
    let (whole, _) = whole.unwrap();
    // While it is laid out, as soon as it is drawn, and at the very end.
    let moments = [1, 2, 3, asked / 3, asked / 2, asked - 1, asked, asked + 1, asked + 2];
    for moment in moments {
        let mut count = 0;
        let stopped = render(&document, &mut |_| {
            count += 1;
            assert!(count <= moment, "asked again after {moment}");
            if count == moment { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(stopped, Err(PdfError::Cancelled)), "at {moment}");
    }
    // What cannot be stopped at once ends by itself.
    for _ in 0..2_000 {
        if !at_work() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!at_work());
    // And nothing of it is in the next.
    let (again, _) = render(&document, &mut |_| ControlFlow::Continue(())).unwrap();
    assert!(again == whole);
}
