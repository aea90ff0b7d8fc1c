//! What a text says after it went through the window's editor, under the reading that the portfolio has.
//!
//! The pairs are written by the editor itself (`ui/src/editor/roundtrip.test.ts`). A text that is listed here is not changed
//! by the editor: it opens as plain text.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use portfolio::markdown::is_same;
use serde_json::Value;

/// Examples of the specification that come out differently: pictures (517 to 591 but for the others), links without words
/// (484, 487), raw HTML with signs in it, bold that ends later than the italics it begins with (430), a sharp s in a label
/// (540), a tab that is written as its number (40), lines that are indented and go on less indented.
const CHANGED: &[u32] = &[
    21, 31, 40, 115, 134, 236, 344, 430, 475, 476, 477, 484, 487, 517, 520, 524, 531, 536, 540, 572, 573, 574, 575,
    576, 577, 578, 579, 580, 581, 582, 583, 584, 585, 586, 587, 588, 589, 591, 642, 643,
];

/// Of so many texts, those that come out differently or not at all, by their names.
fn changed(of: &str, many: usize) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/markdown/round-trips.json");
    let pairs: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let pairs = pairs[of].as_array().unwrap();
    assert_eq!(pairs.len(), many, "{of}");
    let is_kept = |pair: &Value| {
        let typed = pair["typed"].as_str().unwrap();
        pair["kept"].as_str().is_some_and(|kept| is_same(typed, kept))
    };
    let changed = pairs.iter().filter(|pair| !is_kept(pair));
    changed.map(|pair| pair["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn examples_of_the_specification_mean_the_same_afterwards() {
    let listed: Vec<String> = CHANGED.iter().map(|number| format!("example {number}")).collect();
    assert_eq!(changed("spec", 588), listed, "548 of 588 come out the same; 536 is the least");
}

#[test]
fn texts_of_coaches_mean_the_same_afterwards() {
    assert_eq!(changed("coach", 28), ["a picture"], "27 of 28 come out the same, which is the least");
}
