//! What a screen reader says of itself: what happens away from the focus, and where one is.

use serde_json::json;

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
