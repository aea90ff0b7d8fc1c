//! How quick the window is: not tests but measures, printed and left out of every run that does not ask for them
//! (`cargo test --test window -- --ignored --nocapture measures`). A debug build of the shell, the pages as they ship.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

use std::fmt::Write as _;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::page::{Page, says};
use crate::stage::{Window, play};

/// Of 100 figures the one that 95 do not exceed, the median and the largest, in milliseconds.
fn figures(mut all: Vec<f64>) -> String {
    all.sort_by(f64::total_cmp);
    let at = |share: f64| all[((all.len() - 1) as f64 * share).round() as usize];
    format!("median {:.1} ms, 95 of 100 within {:.1} ms, longest {:.1} ms", at(0.5), at(0.95), at(1.0))
}

async fn script(window: &Window, script: &str) -> Value {
    window.client.execute(script, vec![]).await.unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().filter_map(Value::as_f64).collect()
}

async fn ctrl_n(window: &Window) {
    let keys = KeyActions::new("keyboard".into())
        .then(KeyAction::Down { value: Key::Control.into() })
        .then(KeyAction::Down { value: 'n' })
        .then(KeyAction::Up { value: 'n' })
        .then(KeyAction::Up { value: Key::Control.into() });
    window.client.perform_actions(keys).await.unwrap();
}

/// What a key costs in an entry of 10,000 words.
async fn a_long_entry(window: &Window) {
    let page = Page(&window.client);
    let mut text = String::new();
    for paragraph in 0..100 {
        let _ = write!(text, "Paragraph {paragraph}. ");
        text.push_str(&"She said nothing for a while and then found *her own* first step, quite slowly. ".repeat(7));
        text.push_str("\n\n");
    }
    let words = text.split_whitespace().count();
    let [id, _] = page.call("new_id", json!({})).await;
    let draft = json!({ "id": id, "kind": "reflection", "date": "2026-11-20", "title": "A long one", "body": text });
    let [_, no] = page.call("save_record", json!({ "draft": draft })).await;
    assert!(no.is_null(), "{no}");
    page.go("Journal").await;
    page.fill("Search everything", "slowly").await;
    page.click("//ul[@aria-label = 'What was found']//button").await;
    page.press("Edit").await;
    let field = page.at("//*[@role = 'textbox']").await;
    field.click().await.unwrap();
    script(
        window,
        "window.handlers = []; window.through = []; window.frames_ = [];
        let begun, spent;
        const spending = (event) => {
            let since;
            window.addEventListener(event, () => (since = performance.now()), true);
            window.addEventListener(event, () => queueMicrotask(() => (spent += performance.now() - since)));
        };
        window.addEventListener('keydown', () => {
            begun = performance.now();
            spent = 0;
            const mine = begun;
            requestAnimationFrame(() => {
                const painted = new MessageChannel();
                painted.port1.onmessage = () => window.frames_.push(performance.now() - mine);
                painted.port2.postMessage(0);
            });
        }, true);
        // What the editor puts off until the handlers of an event are done is theirs.
        for (const event of ['keydown', 'keypress', 'beforeinput', 'input']) spending(event);
        // The last who hears of a letter.
        window.addEventListener('input', () => queueMicrotask(() => {
            window.handlers.push(spent);
            window.through.push(performance.now() - begun);
        }));",
    )
    .await;
    for letter in "and then she said what it was that she would do in the morning before the bus came".chars() {
        window.client.active_element().await.unwrap().send_keys(&letter.to_string()).await.unwrap();
    }
    page.settled().await;
    println!(
        "A key in an entry of {words} words, what its handlers take: {}",
        figures(numbers(&script(window, "return window.handlers").await))
    );
    println!(
        "A key in it, until they are done, with what WebKit does between them: {}",
        figures(numbers(&script(window, "return window.through").await))
    );
    println!(
        "A key in it, until the next frame is painted: {}",
        figures(numbers(&script(window, "return window.frames_").await))
    );
    let length = script(window, "return document.activeElement.innerText.includes('before the bus came')").await;
    assert_eq!(length, true, "what was typed is there");
}

#[tokio::test]
#[ignore = "measures"]
async fn a_new_entry_and_a_long_one() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        window.client.set_window_size(1280, 800).await.unwrap();
        let page = Page(&window.client);
        page.press("Look around").await;
        page.at("//nav").await;

        // From the key to a frame in which the cursor stands in the text.
        script(
            &window,
            "window.cursors = [];
            window.addEventListener('keydown', (event) => {
                if (!event.ctrlKey || event.key !== 'n') return;
                const begun = performance.now();
                const look = () => document.activeElement?.getAttribute('role') === 'textbox'
                    ? requestAnimationFrame(() => window.cursors.push(performance.now() - begun))
                    : requestAnimationFrame(look);
                look();
            }, true);",
        )
        .await;
        for _ in 0..12 {
            page.go("Today").await;
            page.at(&format!("//h1[{}]", says("Today"))).await;
            page.settled().await;
            ctrl_n(&window).await;
            page.at("//*[@role = 'textbox']").await;
            page.settled().await;
        }
        let cursors = numbers(&script(&window, "return window.cursors").await);
        println!("Ctrl+N to a cursor in the text ({} times): {}", cursors.len(), figures(cursors));

        a_long_entry(&window).await;
    })
    .await;
}
