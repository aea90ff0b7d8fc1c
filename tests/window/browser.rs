//! A portfolio as one web page in a browser of the same engine: what axe finds against it, and how it looks on a telephone, a
//! tablet, a desk, in the dark and on paper.

use std::fs;

use fantoccini::Client;
use serde_json::{Value, json};

use crate::page::{Page, says};
use crate::pages::faults;
use crate::stage::{pictures, play};

/// Leaves a picture of the page; adds where it is wider than its window.
async fn look(browser: &Client, name: &str, wrong: &mut Vec<String>) {
    Page(browser).settled().await;
    if let Ok(picture) = browser.screenshot().await {
        fs::write(pictures().join(name).with_extension("png"), picture).unwrap();
    }
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let over = browser.execute(wide, vec![]).await.unwrap();
    if over.as_i64().is_none_or(|over| over > 0) {
        wrong.push(format!("{name}: {over} wider than the window"));
    }
}

/// Adds what axe finds.
async fn ask_axe(browser: &Client, name: &str, wrong: &mut Vec<String>) {
    wrong.extend(faults(browser).await.into_iter().map(|fault| format!("{name}: {fault}")));
}

#[tokio::test]
async fn a_portfolio_as_a_web_page_is_for_everyone() {
    play(async |stage| {
        let file = stage.place("manager.html");
        let window = stage.start(&json!({ "save-html": file })).await;
        let page = Page(&window.client);
        page.press("Look around").await;
        page.go("Portfolio").await;
        page.tick("Line management").await;
        page.tick("One web page (HTML)").await;
        page.press("Write the portfolio").await;
        page.at(&format!("//h2[{}]", says("The portfolio is written"))).await;
        let narrow = stage.place("narrow.html");
        let frame = "<!doctype html><meta name='color-scheme' content='light dark'>\
            <iframe src='manager.html' style='border: 0; width: 320px; height: 800px'></iframe>";
        fs::write(&narrow, frame).unwrap();
        let mut wrong = Vec::new();
        for (desktop, name) in [("Adwaita", "light"), ("Adwaita:dark", "dark")] {
            let (browser, _driver) = stage.browse(desktop).await;
            browser.goto(&format!("file://{}", file.display())).await.unwrap();
            let dark =
                browser.execute("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await.unwrap();
            assert_eq!(dark, Value::Bool(name == "dark"), "{name}");
            for width in [768, 1280] {
                browser.set_window_size(width, 900).await.unwrap();
                look(&browser, &format!("web-{name}-{width}"), &mut wrong).await;
            }
            ask_axe(&browser, name, &mut wrong).await;
            // What is for paper alone, seen on the screen.
            let on_paper = "for (const sheet of document.styleSheets) for (const rule of sheet.cssRules)
                if (rule.media?.mediaText === 'print') rule.media.mediaText = 'all'";
            browser.execute(on_paper, vec![]).await.unwrap();
            look(&browser, &format!("web-{name}-paper"), &mut wrong).await;
            // The browser's own buttons make its window wider than a telephone.
            browser.goto(&format!("file://{}", narrow.display())).await.unwrap();
            browser.enter_frame(0).await.unwrap();
            let width = browser.execute("return document.documentElement.clientWidth", vec![]).await.unwrap();
            assert_eq!(width, json!(320), "{name}");
            look(&browser, &format!("web-{name}-320"), &mut wrong).await;
            browser.close().await.unwrap();
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
