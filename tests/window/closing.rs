//! Closing the window: the page may answer, and when it cannot, the window closes all the same.

use std::time::{Duration, Instant};

use serde_json::json;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt as _, EventMask};

use crate::page::Page;
use crate::screen::{atom, our_window};
use crate::stage::play;

/// Does what a window manager does when the close button is pressed: asks the window to close.
pub(crate) fn press_close_button(display: &str) {
    let (x, screen) = x11rb::connect(Some(display)).unwrap();
    let window = our_window(&x, screen).expect("there is a window to close");
    let delete = atom(&x, "WM_DELETE_WINDOW");
    let message = ClientMessageEvent::new(32, window, atom(&x, "WM_PROTOCOLS"), [delete, 0, 0, 0, 0]);
    x.send_event(false, window, EventMask::NO_EVENT, message).unwrap();
    x.flush().unwrap();
}

#[tokio::test]
async fn a_page_that_is_stuck_does_not_keep_the_window() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        // The driver gets no answer from a page that hangs.
        let stuck = window.client.execute("for (;;) {}", vec![]);
        assert!(tokio::time::timeout(Duration::from_secs(1), stuck).await.is_err());
        window.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_page_closes_the_window_at_once() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        Page(&window.client).says("Coachfolio").await;
        let begun = Instant::now();
        window.close().await;
        assert!(
            begun.elapsed().as_millis() < 1_900,
            "the page did not answer; the fallback did: {:?}",
            begun.elapsed()
        );
    })
    .await;
}
