//! Every page as it looks with work in it: a picture for people, and what axe finds against it.

use std::fs;

use fantoccini::Client;
use serde_json::{Value, json};

use crate::page::{Page, says};
use crate::stage::{Window, play};

const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");

/// Every place of the navigation but the way out.
pub(crate) const PLACES: [&str; 17] = [
    "Today",
    "Journal",
    "Sessions",
    "Supervision",
    "Observations",
    "Feedback",
    "Learning",
    "Team work",
    "People",
    "Competencies",
    "Plan",
    "Goals",
    "Statements",
    "Sign-offs",
    "Portfolio",
    "Your details",
    "Bin",
];

/// What axe finds wrong with the page, each with where it stands; empty when nothing is.
pub(crate) async fn faults(window: &Client) -> Vec<String> {
    let axe = fs::read_to_string(AXE).expect("axe-core is installed: npm ci in ui/");
    // Run through the driver, which the page's policy against foreign scripts does not hold up.
    window.execute(&format!("if (!window.axe) {{ {axe} }}"), vec![]).await.unwrap();
    let run = "const [done] = arguments; axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then(
        (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`))),
        (problem) => done([String(problem)]))";
    let found = window.execute_async(run, vec![]).await.unwrap();
    serde_json::from_value(found).unwrap()
}

/// Looks at a page: leaves its picture, adds what is wrong with it.
pub(crate) async fn look(window: &Window, name: &str, wrong: &mut Vec<String>) {
    window.picture(name).await;
    wrong.extend(faults(&window.client).await.into_iter().map(|fault| format!("{name}: {fault}")));
    let none = "return [...document.querySelectorAll('ul, ol')]
        .filter((list) => list.checkVisibility() && list.getAttribute('role') !== 'list')
        .filter((list) => [...list.children].every((item) => getComputedStyle(item).listStyleType === 'none'))
        .map((list) => list.outerHTML.slice(0, 200))";
    let none: Vec<String> = serde_json::from_value(window.client.execute(none, vec![]).await.unwrap()).unwrap();
    wrong.extend(none.into_iter().map(|list| format!("{name}: a list that is heard as none: {list}")));
    let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    if window.client.execute(wide, vec![]).await.unwrap() == Value::Bool(true) {
        wrong.push(format!("{name}: wider than the window"));
    }
}

async fn tour(window: &Window, of: &str, wrong: &mut Vec<String>) {
    let page = Page(&window.client);
    for place in PLACES {
        page.go(place).await;
        page.at(&format!("//nav//button[{} and @aria-current]", says(place))).await;
        page.at("//main//h1").await;
        look(window, &format!("{of}-{}", place.to_lowercase().replace(' ', "-")), wrong).await;
    }
    page.go("Sessions").await;
    page.press("See your caseload").await;
    page.says("You are seeing").await;
    look(window, &format!("{of}-caseload"), wrong).await;
    page.go("Learning").await;
    page.press("See your training and appraisal").await;
    page.says("What you learnt").await;
    look(window, &format!("{of}-training"), wrong).await;
    let appraisal = page.at("//h2[normalize-space() = 'Your appraisal']").await;
    window.client.execute("arguments[0].scrollIntoView()", vec![json!(appraisal)]).await.unwrap();
    window.picture(&format!("{of}-appraisal")).await;
    page.go("Competencies").await;
    page.click("//section//button[.//span[normalize-space() = '1.4']]").await;
    page.at("//main//h1[contains(., '1.4')]").await;
    look(window, &format!("{of}-competency"), wrong).await;
    page.go("Journal").await;
    page.click("(//section//ul//button[.//span[contains(., 'Reflection')]])[1]").await;
    page.at(&format!("//main//button[{}]", says("Edit"))).await;
    look(window, &format!("{of}-record"), wrong).await;
    page.press("Edit").await;
    page.field("Title").await;
    page.fill("Find a competency", "listening").await;
    page.at("//*[@role = 'option']").await;
    look(window, &format!("{of}-form"), wrong).await;
    page.go("Journal").await;
    page.click("(//section//ul//button[.//span[contains(., 'Reflection')]])[2]").await;
    page.press("Move to bin").await;
    page.says("is in the bin. Undo").await;
    look(window, &format!("{of}-binned"), wrong).await;
    page.go("Bin").await;
    page.press("Empty the bin").await;
    page.says("Empty the bin of 1 record?").await;
    look(window, &format!("{of}-bin-asking"), wrong).await;
}

#[tokio::test]
async fn every_page_is_accessible() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        let page = Page(&window.client);
        let mut wrong = Vec::new();
        page.says("Welcome to Coachfolio").await;
        look(&window, "welcome", &mut wrong).await;
        page.press("Start a new portfolio").await;
        page.field("Passphrase").await;
        page.press("Start the portfolio").await;
        page.says("There is something to put right").await;
        look(&window, "new-vault-with-problems", &mut wrong).await;
        page.press("Back").await;
        page.press("Look around").await;
        page.at("//nav").await;
        tour(&window, "light", &mut wrong).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn every_page_is_accessible_in_the_dark() {
    play(async |stage| {
        let window = stage.start_in("Adwaita:dark", &json!({})).await;
        let mut wrong = Vec::new();
        Page(&window.client).press("Look around").await;
        tour(&window, "dark", &mut wrong).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

/// The tour on a desktop of strong contrast.
async fn tour_in_contrast(look: &str, name: &str) {
    play(async |stage| {
        let window = stage.start_in(look, &json!({})).await;
        let mut wrong = Vec::new();
        Page(&window.client).press("Look around").await;
        let more = "return matchMedia('(prefers-contrast: more)').matches";
        assert_eq!(window.client.execute(more, vec![]).await.unwrap(), json!(true));
        tour(&window, name, &mut wrong).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn every_page_is_accessible_in_strong_contrast() {
    tour_in_contrast("HighContrast", "contrast").await;
}

#[tokio::test]
async fn every_page_is_accessible_in_strong_contrast_in_the_dark() {
    tour_in_contrast("HighContrast:dark", "contrast-dark").await;
}

#[tokio::test]
async fn a_narrow_window_shows_one_column() {
    play(async |stage| {
        let window = stage.start(&json!({})).await;
        let page = Page(&window.client);
        let mut wrong = Vec::new();
        page.says("Welcome to Coachfolio").await;
        window.client.set_window_size(320, 800).await.unwrap();
        look(&window, "narrow-welcome", &mut wrong).await;
        page.press("Look around").await;
        for place in ["Today", "Journal", "Competencies", "Plan", "Portfolio", "Bin"] {
            page.press("Menu").await;
            page.go(place).await;
            page.at(&format!("//h1[{}]", says(place))).await;
            look(&window, &format!("narrow-{}", place.to_lowercase()), &mut wrong).await;
        }
        // The list stands alone here, beside no main part; that there is one is a custom of axe's, no criterion of WCAG.
        wrong.retain(|fault| !fault.contains(": landmark-one-main:"));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
