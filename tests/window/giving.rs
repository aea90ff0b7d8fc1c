//! Giving the portfolio out: for whom, what goes in, the file itself, and the log of it.

use std::process::Command;

use serde_json::{Value, json};

use crate::page::{Page, says};
use crate::pages::look;
use crate::stage::{Window, play};

/// Opens the disclosure with these words and gives what it says.
async fn opened(page: &Page<'_>, within: &str, words: &str) -> String {
    page.click(&format!("{within}//button[@aria-expanded = 'false' and starts-with(normalize-space(), '{words}')]"))
        .await;
    page.at(&format!("{within}//*[@id = {within}//button[@aria-expanded = 'true']/@aria-controls]"))
        .await
        .text()
        .await
        .unwrap()
}

/// What the focus is on.
async fn focused(window: &Window) -> Value {
    window.client.execute("return document.activeElement.textContent.trim()", vec![]).await.unwrap()
}

#[tokio::test]
async fn the_line_manager_is_given_what_is_theirs_and_it_is_noted() {
    play(async |stage| {
        let answers = json!({ "save-pdf": stage.place("manager.pdf"), "save-html": stage.place("manager.html") });
        let window = stage.start(&answers).await;
        let page = Page(&window.client);
        let mut wrong = Vec::new();
        page.press("Look around").await;
        page.go("Portfolio").await;
        page.says("Nothing yet. Every portfolio you write is noted here").await;
        page.tick("Line management").await;

        opened(&page, "//form", "Choose private journal entries").await;
        look(&window, "giving-private", &mut wrong).await;
        page.click("//form//button[@aria-expanded = 'true']").await;

        page.press("See what goes in").await;
        page.at(&format!("//h2[{}]", says("What goes in"))).await;
        assert_eq!(focused(&window).await, json!("What goes in"));
        page.says("Nothing is written yet.").await;
        assert!(!stage.place("manager.pdf").exists());
        let private = "//li[.//p[contains(., 'private until they are put forward')]]";
        opened(&page, private, "Which").await;
        let kept_back = page.at(&format!("({private}//*[@id]//button)[last()]")).await.text().await.unwrap();
        look(&window, "giving-checked", &mut wrong).await;
        window.client.set_window_size(320, 900).await.unwrap();
        page.at(&format!("//button[{}]", says("Menu"))).await;
        look(&window, "giving-checked-narrow", &mut wrong).await;
        window.client.set_window_size(1280, 800).await.unwrap();

        page.press("Write the portfolio").await;
        page.at(&format!("//h2[{}]", says("The portfolio is written"))).await;
        assert_eq!(focused(&window).await, json!("The portfolio is written"));
        let log = "//section[@aria-labelledby = 'given-out-title']";
        page.at(&format!("{log}//li[contains(., 'Line management') and contains(., 'manager.pdf')]")).await;
        let known = opened(&page, log, "How this file can be known again").await;
        look(&window, "giving-written", &mut wrong).await;
        let sum = Command::new("sha256sum").arg(stage.place("manager.pdf")).output().unwrap();
        let sum = String::from_utf8(sum.stdout).unwrap();
        assert!(known.contains(sum.split_whitespace().next().unwrap()), "{known}");
        let text = Command::new("pdftotext").arg(stage.place("manager.pdf")).arg("-").output().unwrap();
        let text = String::from_utf8(text.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("For Line management"), "the cover says for whom it is");
        assert!(!text.contains(&kept_back), "{kept_back:?} is private");

        page.tick("One web page (HTML)").await;
        page.press("Write the portfolio").await;
        page.at(&format!("{log}//li[contains(., 'manager.html') and contains(., 'one web page')]")).await;
        assert!(std::fs::read_to_string(stage.place("manager.html")).unwrap().contains("Line management"));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
