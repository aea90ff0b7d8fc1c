//! What a screen reader says of itself: what happens away from the focus, and where one is.

use serde_json::json;

use crate::ear::{EXPANDABLE, EXPANDED, FOCUSED, INVALID, REQUIRED};
use crate::page::{Page, says};
use crate::stage::play;

#[tokio::test]
async fn what_happens_away_from_the_focus_is_heard() {
    play(async |stage| {
        std::fs::create_dir(stage.place("Coaching")).unwrap();
        let (window, ear) = stage.start_heard(&json!({ "folder": stage.place("Coaching") })).await;
        let page = Page(&window.client);
        ear.hears("Welcome – Coachfolio").await;

        page.press("Look around").await;
        ear.hears("Today – Coachfolio").await;
        page.go("Journal").await;
        ear.hears("Journal – Coachfolio").await;
        page.fill("Search everything", "xylophone").await;
        ear.hears("Nothing has these words. Try fewer of them, or another one.").await;
        page.fill("Search everything", "silence did").await;
        ear.hears("1 record found").await;
        page.click("//ul[@aria-label = 'What was found']//button").await;
        page.at(&format!("//main//button[{}]", says("Move to bin"))).await;
        ear.hears(&window.client.title().await.unwrap()).await;
        let title = page.at("//main//h1").await.text().await.unwrap();
        page.press("Move to bin").await;
        ear.hears(&format!("“{title}” is in the bin. F6 leads to Undo.")).await;
        page.press("New reflection").await;
        ear.hears("New reflection – Coachfolio").await;
        page.fill("Title", "A quiet morning").await;
        ear.hears("Kept as a draft").await;
    })
    .await;
}

#[tokio::test]
async fn a_wrong_passphrase_is_heard_each_time() {
    play(async |stage| {
        std::fs::create_dir(stage.place("Coaching")).unwrap();
        let (window, ear) = stage.start_heard(&json!({ "folder": stage.place("Coaching") })).await;
        let page = Page(&window.client);
        crate::journey::begin(&page).await;
        page.go("Lock").await;
        ear.hears("Unlock your portfolio – Coachfolio").await;
        for _ in 0..2 {
            page.fill("Passphrase", "not this one at all").await;
            page.press("Unlock").await;
            ear.hears("This passphrase does not open the vault.").await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_things_are_and_are_called_and_how_they_stand_is_heard() {
    play(async |stage| {
        let (window, ear) = stage.start_heard(&json!({})).await;
        let page = Page(&window.client);
        ear.finds("push button", "Start a new portfolio").await;
        page.press("Look around").await;

        // A list says how long it is, and its rows pause.
        page.go("Competencies").await;
        let area = ear.finds("list", "Area 1").await;
        assert_eq!(ear.count("list item", &area), 10);
        let row = ear.finds("push button", "1.3").await;
        let called = ear.name(&row).unwrap();
        assert!(called.contains("steer the client , "), "{called}");
        ear.finds("landmark", "Competencies").await;

        // A search that is focused, and what it finds.
        page.go("Journal").await;
        page.fill("Search everything", "silence").await;
        let search = ear.finds("entry", "Search everything").await;
        assert!(ear.is(FOCUSED, &search));
        let found = ear.finds("list", "What was found").await;
        assert!(ear.count("list item", &found) > 0);

        // A form: what has to be there, and what is wrong.
        page.go("Sessions").await;
        page.press("New session").await;
        let title = ear.finds("entry", "Title").await;
        assert!(ear.is(REQUIRED, &title) && !ear.is(INVALID, &title));
        page.press("Add to portfolio").await;
        let summary = ear.finds("notification", "There is something to put right").await;
        assert!(ear.is(FOCUSED, &summary));
        let title = ear.finds("entry", "Title").await;
        assert!(ear.is(INVALID, &title));
        let format = ear.finds("panel", "One to one or a group").await;
        assert!(ear.is(REQUIRED, &format) && ear.is(INVALID, &format));

        // What folds out says that it does, and whether it is open.
        page.go("Portfolio").await;
        let private = ear.finds("push button", "Choose private journal entries").await;
        assert!(ear.is(EXPANDABLE, &private) && !ear.is(EXPANDED, &private));
        page.press("Choose private journal entries").await;
        let private = ear.finds("push button", "Choose private journal entries").await;
        assert!(ear.is(EXPANDED, &private));
    })
    .await;
}
