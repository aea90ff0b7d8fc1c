//! A coach's first days: a vault, a reflection, the competency it moves, and the portfolio on paper.

use std::process::Command;

use serde_json::json;

use crate::page::{Page, says};
use crate::stage::{Stage, Window, play};

pub(crate) const PASSPHRASE: &str = "heron ladder autumn kettle";
const TITLE: &str = "When silence did the work";

/// Makes a vault in the folder the dialog answers with, and goes in.
pub(crate) async fn begin(page: &Page<'_>) {
    page.press("Start a new portfolio").await;
    page.press("Choose a folder").await;
    page.at(&format!("//button[{}]", says("Choose another folder"))).await;
    page.fill("Passphrase", PASSPHRASE).await;
    page.fill("The same passphrase again", PASSPHRASE).await;
    page.press("Start the portfolio").await;
    page.says("Your recovery key").await;
    page.tick("I have written it down").await;
    page.press("Go to your portfolio").await;
    page.at(&format!("//nav//button[{}]", says("Journal"))).await;
}

/// Comes back another day.
pub(crate) async fn unlock(page: &Page<'_>, passphrase: &str) {
    page.says("Unlock your portfolio").await;
    page.fill("Passphrase", passphrase).await;
    page.press("Unlock").await;
}

/// Waits until the list of competencies shows this one with this word.
async fn stands(page: &Page<'_>, number: &str, word: &str) {
    page.go("Competencies").await;
    let number = format!(".//span[{}]", says(number));
    page.at(&format!("//button[{number} and .//span[starts-with(normalize-space(text()), '{word}')]]")).await;
}

/// Starts the app with dialogs that answer with places in the coach's home.
pub(crate) async fn start(stage: &Stage) -> Window {
    let answers = json!({ "folder": stage.place("Coaching"), "save-pdf": stage.place("portfolio.pdf") });
    stage.start(&answers).await
}

#[tokio::test]
async fn a_reflection_moves_its_competency_and_reaches_the_paper() {
    play(async |stage| {
        std::fs::create_dir(stage.place("Coaching")).unwrap();

        let window = start(stage).await;
        let page = Page(&window.client);
        begin(&page).await;
        stands(&page, "1.3", "Not yet").await;
        page.go("Journal").await;
        page.press("New reflection").await;
        page.fill("Title", TITLE).await;
        page.fill(
            "What you want to remember",
            "Client A asked for a diet sheet. I waited, and she found her own first step.",
        )
        .await;
        page.fill("Find a competency", "1.3").await;
        page.click("//*[@role = 'option' and contains(., 'beliefs')]").await;
        page.fill("How it shows this", "I noticed that I wanted to give advice.").await;
        page.press("Add to portfolio").await;
        page.at(&format!("//h1[{}]", says(TITLE))).await;
        window.close().await;

        let window = start(stage).await;
        let page = Page(&window.client);
        unlock(&page, "not this one at all").await;
        page.says("does not open").await;
        unlock(&page, PASSPHRASE).await;
        page.go("Journal").await;
        page.fill("Search everything", "diet sheet").await;
        page.click(&format!("//ul[@aria-label = 'What was found']//button[.//span[{}]]", says(TITLE))).await;
        page.says("I noticed that I wanted to give advice.").await;
        stands(&page, "1.3", "Partly").await;
        page.go("Portfolio").await;
        page.press("Write the portfolio").await;
        page.says("The portfolio is written").await;
        window.close().await;

        let text = Command::new("pdftotext").arg(stage.place("portfolio.pdf")).arg("-").output().unwrap();
        // Lines on paper break where they must.
        let text = String::from_utf8(text.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        for words in [TITLE, "Client A asked for a diet sheet.", "I noticed that I wanted to give advice.", "1.3"] {
            assert!(text.contains(words), "{words:?} is missing from the PDF, which says:\n{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn half_an_entry_is_there_after_closing_the_window() {
    play(async |stage| {
        std::fs::create_dir(stage.place("Coaching")).unwrap();

        let window = start(stage).await;
        let page = Page(&window.client);
        begin(&page).await;
        page.go("Journal").await;
        page.press("New reflection").await;
        page.fill("Title", "Half a thou").await;
        // Closed at once: nothing waits for the pause after the last letter.
        window.close().await;

        let window = start(stage).await;
        let page = Page(&window.client);
        unlock(&page, PASSPHRASE).await;
        page.go("Journal").await;
        page.click("//button[.//span[contains(normalize-space(), 'Half a thou')]]").await;
        let title = page.field("Title").await.prop("value").await.unwrap();
        assert_eq!(title.as_deref(), Some("Half a thou"));
    })
    .await;
}

/// How many needs the plan still has.
async fn open_needs(page: &Page<'_>) -> u64 {
    let [plan, _] = page.call("plan", json!({})).await;
    plan["open_needs"].as_u64().unwrap()
}

#[tokio::test]
async fn a_step_of_the_plan_is_written_and_undone() {
    play(async |stage| {
        std::fs::create_dir(stage.place("Coaching")).unwrap();
        let window = start(stage).await;
        let page = Page(&window.client);
        begin(&page).await;

        let before = open_needs(&page).await;
        page.go("Plan").await;
        let step = "//li[.//h2[contains(., 'reflection would close')]]";
        let number = page.at(&format!("({step})[1]//ul//button//span")).await.text().await.unwrap();
        page.click(&format!("({step})[1]//button[starts-with(normalize-space(), 'New reflection')]")).await;
        page.at(&format!("//h1[{}]", says("New reflection"))).await;
        page.fill("Title", TITLE).await;
        page.fill("What you want to remember", "I waited, and she found her own first step.").await;
        page.press("Add to portfolio").await;
        page.at(&format!("//h1[{}]", says(TITLE))).await;
        page.at(&format!("//main//button[.//span[{}]]", says(&number))).await;
        let after = open_needs(&page).await;
        assert!(after < before, "{before} needs were open, and {after} are");

        page.press("Move to bin").await;
        page.says("is in the bin").await;
        assert_eq!(open_needs(&page).await, before);
        page.press("Undo").await;
        page.at(&format!("//h1[{}]", says(TITLE))).await;
        page.press("Edit").await;
        assert_eq!(open_needs(&page).await, after);
    })
    .await;
}
