//! The page as a coach uses it: things are found by the words on them, and everything waits until it is there.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::stage::PATIENCE;

/// The page in a window.
pub(crate) struct Page<'a>(pub(crate) &'a Client);

impl Page<'_> {
    /// The first element an XPath finds that can be seen, once there is one.
    pub(crate) async fn at(&self, path: &str) -> Element {
        let end = Instant::now() + PATIENCE;
        loop {
            for element in self.0.find_all(Locator::XPath(path)).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            if Instant::now() > end {
                panic!("waited in vain for {path}; the page says:\n{}", self.text().await);
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// A button with these words on it.
    pub(crate) async fn press(&self, words: &str) {
        self.click(&format!("//button[{}]", says(words))).await;
    }

    /// A place in the navigation.
    pub(crate) async fn go(&self, place: &str) {
        self.click(&format!("//nav//button[{}]", says(place))).await;
    }

    /// Clicks what an XPath finds, again when the page was just being redrawn.
    pub(crate) async fn click(&self, path: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.at(path).await.click().await {
                Ok(()) => return,
                Err(problem) if Instant::now() > end => panic!("{path} cannot be clicked: {problem}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(30)).await,
            }
        }
    }

    /// The field under a label; a text that is looked through first, once it can be written in.
    pub(crate) async fn field(&self, label: &str) -> Element {
        self.at(&format!("//*[@id = //label[{}]/@for and not(@aria-busy)]", labelled(label))).await
    }

    /// Ticks the box, or chooses the answer, with this label: the label, since it covers the box itself.
    pub(crate) async fn tick(&self, label: &str) {
        self.click(&format!("//label[{}]", labelled(label))).await;
    }

    /// Types into the field under a label, in place of what is there.
    pub(crate) async fn fill(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        // The driver takes what the line at the top half covers for hidden, and scrolls it no further.
        let arguments = vec![json!(field)];
        self.0.execute("arguments[0].scrollIntoView({ block: 'center' })", arguments).await.unwrap();
        if field.attr("contenteditable").await.unwrap().is_some() {
            // A text is no form control: what is there is marked and written over.
            field.send_keys(&(Key::Control + "a")).await.unwrap();
        } else {
            field.clear().await.unwrap();
        }
        field.send_keys(text).await.unwrap();
    }

    /// Waits until the page says something.
    pub(crate) async fn says(&self, words: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.text().await.contains(words) {
            assert!(Instant::now() < end, "waited in vain for {words:?}; the page says:\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Everything the page says.
    pub(crate) async fn text(&self) -> String {
        let text = self.0.execute("return document.body.innerText", vec![]).await;
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Calls a command as the page's own code does; answers `[what came back, what went wrong]`.
    pub(crate) async fn call(&self, command: &str, arguments: Value) -> [Value; 2] {
        let script = "const [command, given, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, given).then((ok) => done([ok, null]), (no) => done([null, no]))";
        let answer = self.0.execute_async(script, vec![json!(command), arguments]).await.unwrap();
        serde_json::from_value(answer).unwrap()
    }

    /// Waits until what the page has just shown is on the screen: two frames and a moment.
    pub(crate) async fn settled(&self) {
        let settled = "const [done] = arguments;
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))";
        self.0.execute_async(settled, vec![]).await.unwrap();
    }
}

/// The XPath condition that an element says exactly these words.
pub(crate) fn says(words: &str) -> String {
    let quote = if words.contains('\'') { '"' } else { '\'' };
    format!("normalize-space() = {quote}{words}{quote}")
}

/// The same for a label, which may add that an answer is optional.
fn labelled(words: &str) -> String {
    format!("{0} or {1}", says(words), says(words).replace("normalize-space()", "normalize-space(text())"))
}
