//! Files into a record and out again: several from the dialog, one dropped, a picture pasted, a copy saved.

use std::fs;

use serde_json::json;

use crate::page::{Page, says};
use crate::stage::{Window, play};

/// A picture of four pixels.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAD0lEQVR4nGNgiNsBQhAKABuWBFl7bE0vAAAAAElFTkSuQmCC";

/// Drops a file on the form, or pastes it where the cursor stands, as the engine hands it to the page.
async fn bring(window: &Window, how: &str, name: &str, base64: &str) {
    let script = "const [how, name, content] = arguments;
        const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], name, { type: name.endsWith('.png') ? 'image/png' : '' }));
        const on = how === 'drop' ? document.querySelector('form') : document.activeElement;
        const given = { bubbles: true, cancelable: true };
        on.dispatchEvent(how === 'drop' ? new DragEvent('drop', { ...given, dataTransfer: data })
            : new ClipboardEvent('paste', { ...given, clipboardData: data }));";
    window.client.execute(script, vec![json!(how), json!(name), json!(base64)]).await.unwrap();
}

#[tokio::test]
async fn files_come_in_by_dialog_drop_and_paste_and_go_out_as_they_were() {
    play(async |stage| {
        let (certificate, empty) = (stage.place("certificate.pdf"), stage.place("empty.txt"));
        fs::write(&certificate, b"%PDF-1.7 not a whole one").unwrap();
        fs::write(&empty, b"").unwrap();
        let copy = stage.place("copy.pdf");
        let window = stage.start(&json!({ "open": [certificate, empty], "copy": copy })).await;
        let page = Page(&window.client);
        page.press("Look around").await;
        page.go("Journal").await;
        page.press("New reflection").await;
        page.fill("Title", "A morning with files").await;

        page.press("Attach files").await;
        page.says("certificate.pdf").await;
        page.says("empty.txt is empty.").await;
        bring(&window, "drop", "notes.txt", "VGhlIHF1ZXN0aW9ucw==").await;
        page.says("Text, 13 bytes").await;
        page.field("What you want to remember").await.click().await.unwrap();
        bring(&window, "paste", "image.png", PNG).await;
        page.says("Pasted picture.png").await;
        page.at("//form//img[starts-with(@src, 'data:image/png')]").await;
        window.picture("files").await;
        let drawn = "const image = document.querySelector('form img'); return image.complete && image.naturalWidth";
        assert_eq!(window.client.execute(drawn, vec![]).await.unwrap(), 2, "the policy lets the picture in");

        page.press("Add to portfolio").await;
        page.at(&format!("//h1[{}]", says("A morning with files"))).await;
        window.picture("files-read").await;
        page.click("//button[starts-with(normalize-space(), 'Save a copy') and contains(., 'certificate.pdf')]").await;
        page.says("That copy is not encrypted.").await;
        assert_eq!(fs::read(&copy).unwrap(), b"%PDF-1.7 not a whole one");
    })
    .await;
}
