//! Writing in the editor: what is typed, taken back, ticked and pasted, in the engine that coaches have.

use fantoccini::key::Key;
use serde_json::json;

use crate::page::Page;
use crate::pages::look;
use crate::stage::{Stage, Window, play};

const FIELD: &str = "What you want to remember";

/// What the text looks like, without what only belongs to the editor.
async fn html(window: &Window) -> String {
    let script = "return document.activeElement.closest('[role=textbox]').innerHTML.replace(/<br class=[^>]*>/g, '')";
    let html = window.client.execute(script, vec![]).await.unwrap();
    html.as_str().unwrap_or_default().to_owned()
}

/// Pastes HTML and plain text where the cursor stands.
async fn paste(window: &Window, html: &str) {
    let script = "const data = new DataTransfer(); data.setData('text/html', arguments[0]);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
    window.client.execute(script, vec![json!(html)]).await.unwrap();
}

async fn write(stage: &Stage, desktop: &str, name: &str) {
    let window = stage.start_in(desktop, &json!({})).await;
    let page = Page(&window.client);
    let mut wrong = Vec::new();
    page.press("Look around").await;
    page.go("Journal").await;
    page.press("New reflection").await;
    page.fill("Title", "Written in the window").await;
    let field = page.field(FIELD).await;
    field.send_keys("She said nothing.").await.unwrap();
    field.send_keys(&(Key::Enter + "- one")).await.unwrap();
    field.send_keys(&(Key::Enter + "two")).await.unwrap();
    assert!(html(&window).await.contains("<li><p>two</p></li>"), "{}", html(&window).await);
    field.send_keys(&(Key::Control + "z")).await.unwrap();
    assert!(!html(&window).await.contains("two"), "{}", html(&window).await);
    field.send_keys("[] ring").await.unwrap();
    page.at("//input[@type = 'checkbox' and @aria-label = 'ring']").await;
    paste(&window, "<p class=MsoNormal style='color:red'><b>Bold</b><o:p></o:p></p>").await;
    assert!(html(&window).await.contains("<strong>Bold</strong>"), "{}", html(&window).await);
    look(&window, name, &mut wrong).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_text_is_written_taken_back_ticked_and_pasted() {
    play(async |stage| write(stage, "Adwaita", "writing-light").await).await;
}

#[tokio::test]
async fn a_text_is_written_in_the_dark() {
    play(async |stage| write(stage, "Adwaita:dark", "writing-dark").await).await;
}
