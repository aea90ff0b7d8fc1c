//! The page an entry is written on: where the cursor stands, what is beside it, and how it looks where there is less room.

use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::journey;
use crate::page::{Page, says};
use crate::pages::look;
use crate::stage::{PATIENCE, Stage, Window, play};

const TEXT: &str = "What you want to remember";

/// Presses a key with Ctrl, wherever the focus is.
async fn ctrl(window: &Window, key: char) {
    let keys = KeyActions::new("keyboard".into())
        .then(KeyAction::Down { value: Key::Control.into() })
        .then(KeyAction::Down { value: key })
        .then(KeyAction::Up { value: key })
        .then(KeyAction::Up { value: Key::Control.into() });
    window.client.perform_actions(keys).await.unwrap();
}

/// Types to whatever has the focus.
async fn type_here(window: &Window, text: &str) {
    window.client.active_element().await.unwrap().send_keys(text).await.unwrap();
}

/// Waits until the focus stands in the field with this label.
async fn stands_in(window: &Window, label: &str) {
    let script = "const here = document.activeElement; return [...document.querySelectorAll('label')].some(
        (label) => label.htmlFor === here.id && label.textContent.trim().startsWith(arguments[0]))";
    let end = Instant::now() + PATIENCE;
    while window.client.execute(script, vec![json!(label)]).await.unwrap() != Value::Bool(true) {
        assert!(Instant::now() < end, "waited in vain for the cursor in {label:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Looks at the page at the sizes it is made for; the last is what text at 400 % leaves of a window.
async fn look_at_sizes(window: &Window, name: &str, wrong: &mut Vec<String>) {
    for (width, height) in [(1280, 800), (1024, 700), (320, 640)] {
        window.client.set_window_size(width, height).await.unwrap();
        look(window, &format!("{name}-{width}"), wrong).await;
    }
    window.client.set_window_size(1280, 800).await.unwrap();
}

async fn begin(stage: &Stage, desktop: &str) -> Window {
    let window = stage.start_in(desktop, &json!({})).await;
    window.client.set_window_size(1280, 800).await.unwrap();
    Page(&window.client).press("Look around").await;
    Page(&window.client).at("//nav").await;
    window
}

async fn write(stage: &Stage, desktop: &str, name: &str) {
    let window = begin(stage, desktop).await;
    let page = Page(&window.client);
    let mut wrong = Vec::new();
    ctrl(&window, 'n').await;
    stands_in(&window, TEXT).await;
    look_at_sizes(&window, &format!("{name}-empty"), &mut wrong).await;
    type_here(&window, "Client A came in wanting a diet sheet. I asked what a good week would look like, and waited.")
        .await;
    page.says("Kept a moment ago").await;
    page.says("Draft: not in your portfolio yet").await;
    // The title is written last, and Enter in it goes back to the text.
    page.fill("Title", "When silence did the work").await;
    page.field("Title").await.send_keys(&Key::Enter).await.unwrap();
    stands_in(&window, TEXT).await;
    look_at_sizes(&window, &format!("{name}-written"), &mut wrong).await;
    page.press("Details").await;
    look(&window, &format!("{name}-folded"), &mut wrong).await;
    page.press("Details").await;
    page.press("Add to portfolio").await;
    page.at(&format!("//h1[{}]", says("When silence did the work"))).await;
    page.press("Edit").await;
    page.says("In your portfolio").await;
    look(&window, &format!("{name}-record"), &mut wrong).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_entry_begins_in_its_text() {
    play(async |stage| write(stage, "Adwaita", "entry-light").await).await;
}

#[tokio::test]
async fn an_entry_begins_in_its_text_in_the_dark() {
    play(async |stage| write(stage, "Adwaita:dark", "entry-dark").await).await;
}

#[tokio::test]
async fn an_entry_begins_in_its_text_in_strong_contrast() {
    play(async |stage| write(stage, "HighContrast", "entry-contrast").await).await;
}

#[tokio::test]
async fn an_entry_begins_in_its_text_in_strong_contrast_in_the_dark() {
    play(async |stage| write(stage, "HighContrast:dark", "entry-contrast-dark").await).await;
}

#[tokio::test]
async fn a_competency_is_found_by_typing_and_said_why_beside_the_text() {
    play(async |stage| {
        std::fs::create_dir(stage.place("Coaching")).unwrap();
        let window = journey::start(stage).await;
        window.client.set_window_size(1280, 800).await.unwrap();
        let page = Page(&window.client);
        let mut wrong = Vec::new();
        journey::begin(&page).await;
        ctrl(&window, 'n').await;
        stands_in(&window, TEXT).await;
        type_here(&window, "I read a paper on silence, and tried what it says.").await;
        page.fill("Title", "A paper on silence").await;
        page.press("What could this show?").await;
        page.at("//ul[@aria-label = 'What this could show']//button").await;
        look_at_sizes(&window, "entry-could-show", &mut wrong).await;
        page.press("What could this show?").await;
        page.fill("Find a competency", "research").await;
        page.at("//*[@role = 'option' and @aria-selected = 'true']").await;
        look_at_sizes(&window, "entry-finding", &mut wrong).await;
        page.field("Find a competency").await.send_keys(&Key::Enter).await.unwrap();
        stands_in(&window, "How it shows this").await;
        type_here(&window, "I weighed whether it is of use to clients.").await;
        look_at_sizes(&window, "entry-why", &mut wrong).await;
        page.press("Add to portfolio").await;
        page.at(&format!("//h1[{}]", says("A paper on silence"))).await;
        page.says("I weighed whether it is of use to clients.").await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn questions_stand_one_at_a_time_and_what_is_rare_is_opened() {
    play(async |stage| {
        let window = begin(stage, "Adwaita").await;
        let page = Page(&window.client);
        let mut wrong = Vec::new();
        ctrl(&window, 'n').await;
        stands_in(&window, TEXT).await;
        let model = page.field("Way of reflecting").await;
        // Its questions come to stand above it here, and what one chose stays under the eye.
        window.client.set_window_size(1024, 700).await.unwrap();
        let focus = "arguments[0].scrollIntoView({ block: 'center' }); arguments[0].focus()";
        window.client.execute(focus, vec![json!(model)]).await.unwrap();
        let place =
            "return [arguments[0] === document.activeElement, Math.round(arguments[0].getBoundingClientRect().top)]";
        let place = async || window.client.execute(place, vec![json!(model)]).await.unwrap();
        let before = place().await;
        model.clone().select_by_value("kolb").await.unwrap();
        page.at("//ol[starts-with(@aria-label, 'Questions of')]").await;
        page.settled().await;
        assert_eq!((place().await, &before[0]), (before.clone(), &json!(true)));
        window.client.set_window_size(1280, 800).await.unwrap();
        page.press("Go to its questions").await;
        stands_in(&window, "What you experienced").await;
        type_here(&window, "Silence.").await;
        page.press("Next question").await;
        look_at_sizes(&window, "entry-question", &mut wrong).await;
        page.at("//button[@aria-label = 'What you experienced: answered']").await;
        page.press("All together").await;
        look(&window, "entry-questions", &mut wrong).await;
        page.press("An urgent clinical question…").await;
        stands_in(&window, "What was asked").await;
        type_here(&window, "Is it safe for her to walk?").await;
        look(&window, "entry-rare", &mut wrong).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn a_session_is_logged_on_its_page() {
    play(async |stage| {
        let window = begin(stage, "Adwaita").await;
        let page = Page(&window.client);
        let mut wrong = Vec::new();
        page.go("Sessions").await;
        page.at(&format!("//h1[{}]", says("Sessions"))).await;
        ctrl(&window, 'n').await;
        stands_in(&window, "Title").await;
        type_here(&window, "First session with Client Z").await;
        page.tick("One to one").await;
        page.tick("Video call").await;
        page.fill("Minutes", "50").await;
        page.fill("Client", "Client Z").await;
        look_at_sizes(&window, "entry-session", &mut wrong).await;
        page.press("Add to portfolio").await;
        page.at(&format!("//h1[{}]", says("First session with Client Z"))).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
