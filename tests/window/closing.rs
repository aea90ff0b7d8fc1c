//! Closing the window: the page may answer, and when it cannot, the window closes all the same.

use std::time::{Duration, Instant};

use fantoccini::key::Key;
use serde_json::json;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt as _, EventMask};

use crate::journey::{PASSPHRASE, begin, start, unlock};
use crate::page::Page;
use crate::screen::{atom, our_windows};
use crate::stage::{Window, play};

/// Does what a window manager does when the close button is pressed: asks the window to close.
pub(crate) fn press_close_button(display: &str) {
    let (x, screen) = x11rb::connect(Some(display)).unwrap();
    let windows = our_windows(&x, screen);
    assert!(!windows.is_empty(), "there is a window to close");
    let delete = atom(&x, "WM_DELETE_WINDOW");
    for window in windows {
        let message = ClientMessageEvent::new(32, window, atom(&x, "WM_PROTOCOLS"), [delete, 0, 0, 0, 0]);
        x.send_event(false, window, EventMask::NO_EVENT, message).unwrap();
    }
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

/// Presses keys where the focus is: the driver takes what stands in a dialog for hidden and clicks nothing there.
async fn press_keys(window: &Window, keys: &str) {
    // The last of them may close the window, and then there is no answer.
    let _ = window.client.active_element().await.unwrap().send_keys(keys).await;
}

/// Writes a line after the vault was locked behind the page's back, so that it cannot be kept, and asks to close.
async fn leave_with_words(window: &Window) {
    let page = Page(&window.client);
    begin(&page).await;
    page.go("Journal").await;
    page.press("New reflection").await;
    page.fill("Title", "Kept in time").await;
    page.says("Kept a moment ago").await;
    page.call("lock_vault", json!({})).await;
    page.field("Title").await.send_keys(", and the last words").await.unwrap();
    window.ask_to_close();
    page.says("Not everything you typed could be kept").await;
}

#[tokio::test]
async fn words_that_could_not_be_kept_hold_the_window_until_they_are() {
    play(async |stage| {
        std::fs::create_dir(stage.place("Coaching")).unwrap();
        let window = start(stage).await;
        let page = Page(&window.client);
        leave_with_words(&window).await;
        page.says("The vault is locked. Unlock it to go on.").await;
        // Longer than the shell waits for a page that does not answer.
        tokio::time::sleep(Duration::from_secs(4)).await;
        window.picture("held-open").await;
        press_keys(&window, &char::from(Key::Escape).to_string()).await;
        unlock(&page, PASSPHRASE).await;
        page.at("//nav").await;
        window.close().await;

        let window = start(stage).await;
        let page = Page(&window.client);
        unlock(&page, PASSPHRASE).await;
        page.says("Kept in time, and the last words").await;
    })
    .await;
}

#[tokio::test]
async fn words_that_could_not_be_kept_are_left_behind_when_the_coach_says_so() {
    play(async |stage| {
        std::fs::create_dir(stage.place("Coaching")).unwrap();
        let window = start(stage).await;
        leave_with_words(&window).await;
        press_keys(&window, &format!("{}{}{}", char::from(Key::Tab), char::from(Key::Tab), char::from(Key::Enter)))
            .await;
        window.gone().await;
    })
    .await;
}
