//! For those who need it larger, darker, stronger, or taken back: by keys alone, in the engine that coaches have.

use std::process::{Command, Stdio};
use std::time::Instant;

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::page::{Page, says};
use crate::pages::look;
use crate::screen::our_windows;
use crate::stage::{PATIENCE, Window, play};

/// Presses Ctrl with another key, wherever the focus is.
async fn with_ctrl(window: &Window, key: &str) {
    let focused = window.client.active_element().await.unwrap();
    focused.send_keys(&(Key::Control + key)).await.unwrap();
}

/// Waits until the page answers this with yes.
async fn is_so(window: &Window, script: &str) {
    let end = Instant::now() + PATIENCE;
    while window.client.execute(&format!("return {script}"), vec![]).await.unwrap() != Value::Bool(true) {
        assert!(Instant::now() < end, "waited in vain for {script}");
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
}

/// Presses a button by its key: the driver does not know where the mouse is when everything is larger.
async fn press(window: &Window, path: &str) {
    let button = Page(&window.client).at(path).await;
    window.client.execute("arguments[0].focus()", vec![json!(button)]).await.unwrap();
    button.send_keys(&char::from(Key::Enter).to_string()).await.unwrap();
}

#[tokio::test]
async fn everything_is_made_four_times_as_large_by_keys_and_needs_no_scrolling_sideways() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        let page = Page(&window.client);
        let mut wrong = Vec::new();
        page.says("Welcome to Coachfolio").await;
        window.client.set_window_size(1280, 900).await.unwrap();
        with_ctrl(&window, "+").await;
        is_so(&window, "innerWidth < 1200 && innerWidth > 1100").await;
        with_ctrl(&window, "0").await;
        is_so(&window, "innerWidth === 1280").await;
        for _ in 0..9 {
            with_ctrl(&window, "+").await;
        }
        is_so(&window, "innerWidth === 320").await;
        look(&window, "large-welcome", &mut wrong).await;
        press(&window, &format!("//button[{}]", says("Look around"))).await;
        for place in crate::pages::PLACES {
            press(&window, &format!("//button[{}]", says("Menu"))).await;
            press(&window, &format!("//nav//button[{}]", says(place))).await;
            page.at(&format!("//h1[{}]", says(place))).await;
            let wide = "const { scrollWidth, clientWidth } = document.documentElement;
                if (scrollWidth <= clientWidth) return [];
                const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth);
                return wide.map((one) => one.outerHTML.slice(0, 100))";
            let wide: Vec<String> = serde_json::from_value(window.client.execute(wide, vec![]).await.unwrap()).unwrap();
            wrong.extend(wide.into_iter().map(|one| format!("{place}: wider than the window: {one}")));
        }
        wrong.retain(|fault| !fault.contains(": landmark-one-main:"));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        window.close().await;

        let window = stage.start(&json!({})).await;
        Page(&window.client).says("Welcome to Coachfolio").await;
        is_so(&window, "innerWidth === 300").await;
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_into_any_field_is_taken_back_and_typed_again() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        let page = Page(&window.client);
        begin_to_reflect(&page).await;
        for (label, words) in
            [("Title", "A quiet morning"), ("Words to find it by", "silence"), ("In one line", "A 50")]
        {
            let field = page.field(label).await;
            field.send_keys(words).await.unwrap();
            let value = async || field.prop("value").await.unwrap().unwrap_or_default();
            assert_eq!(value().await, words);
            field.send_keys(&(Key::Control + "z")).await.unwrap();
            assert_ne!(value().await, words, "{label}");
            field.send_keys(&(Key::Control + &(Key::Shift + "z"))).await.unwrap();
            assert_eq!(value().await, words, "{label}");
        }
    })
    .await;
}

/// How many points of the window are as red as what runs under a misspelt word.
fn red(window: &Window) -> usize {
    let (x, screen) = x11rb::connect(Some(window.display())).unwrap();
    let id = our_windows(&x, screen)[0].to_string();
    let mut import = Command::new("import");
    import.env("DISPLAY", window.display()).args(["-silent", "-window", &id, "-depth", "8", "rgb:-"]);
    let points = import.stderr(Stdio::null()).output().expect("ImageMagick is installed: .ci/setup test").stdout;
    let is_red = |point: &&[u8]| point[0] > point[1].saturating_add(40) && point[1].abs_diff(point[2]) < 30;
    points.chunks_exact(3).filter(is_red).count()
}

/// Goes into the example, and to an empty reflection.
async fn begin_to_reflect(page: &Page<'_>) {
    page.press("Look around").await;
    page.go("Journal").await;
    page.press("New reflection").await;
}

/// What stands under the tools of the text that is being written, by its words.
const UNDER_THE_TOOLS: &str = "
    const bar = document.querySelector('[role=toolbar]').getBoundingClientRect();
    const lies = (box) => box.top < bar.bottom && box.bottom > bar.top && box.left < bar.right && box.right > bar.left;
    return [...document.querySelectorAll('label, legend, h2, p, input, select, [role=textbox]')]
        .filter((one) => !one.closest('.editor') && one.checkVisibility() && lies(one.getBoundingClientRect()))
        .map((one) => one.textContent);";

#[tokio::test]
async fn the_tools_of_a_table_lie_over_nothing() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        let page = Page(&window.client);
        begin_to_reflect(&page).await;
        page.fill("What you want to remember", "What we said, in a table").await;
        page.click("//*[@role = 'toolbar']//button[@aria-label = 'Table']").await;
        for (width, height) in [(1280, 800), (1024, 700), (640, 700)] {
            window.client.set_window_size(width, height).await.unwrap();
            page.at("//*[@role = 'toolbar']//button[text() = 'Add a row']").await;
            page.settled().await;
            window.picture(&format!("table-tools-{width}")).await;
            let under = window.client.execute(UNDER_THE_TOOLS, vec![]).await.unwrap();
            assert_eq!(under, json!([]), "{width} × {height}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_misspelt_word_is_underlined() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        let page = Page(&window.client);
        begin_to_reflect(&page).await;
        page.fill("What you want to remember", "The colour of the programme was right ").await;
        page.settled().await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let before = red(&window);
        page.fill("What you want to remember", "The pzuse standd blzck and qwong here ").await;
        window.picture("spelling").await;
        let end = Instant::now() + PATIENCE;
        while red(&window) < before + 40 {
            assert!(Instant::now() < end, "nothing is underlined: {before} red points before, {} now", red(&window));
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        window.picture("spelling").await;
    })
    .await;
}

#[tokio::test]
async fn a_dark_desktop_of_strong_contrast_makes_a_dark_window_of_strong_contrast() {
    play(async |stage| {
        let window = stage.start_in("HighContrastInverse", &json!({})).await;
        Page(&window.client).says("Welcome to Coachfolio").await;
        is_so(&window, "matchMedia('(prefers-color-scheme: dark)').matches").await;
        is_so(&window, "matchMedia('(prefers-contrast: more)').matches").await;
        window.picture("high-contrast-inverse").await;
    })
    .await;
}
