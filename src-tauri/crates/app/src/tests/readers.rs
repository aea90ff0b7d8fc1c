//! A kind that nobody thought about when it was made: it is closed to every reader, and what it keeps is told.

use std::fs;

use domain::{Audience, Kinds};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{draft, export, kind, new_vault};
use crate::portfolio::{PortfolioChoice, Sheet};
use crate::vault::OpenVault;

const DREAM: Uuid = Uuid::from_u128(1);

/// A vault with one record of an invented kind that says of itself and of its fields what is given here.
fn with_dream(readers: &Value, to: &Value) -> (tempfile::TempDir, OpenVault) {
    let (home, mut vault) = new_vault();
    let mut dream = json!({
        "id": "dream", "version": 1, "title": "Dream", "plural": "Dreams", "summary": "Invented.", "empty": "None yet.",
        "title_example": "Flying", "offers": [{ "evidence": "portfolio" }],
        "fields": [
            { "id": "place", "label": "Where it was", "to": "all", "type": "text" },
            { "id": "meaning", "label": "What it means", "type": "text" },
        ],
    });
    if !readers.is_null() {
        dream["readers"] = readers.clone();
    }
    if !to.is_null() {
        dream["fields"][1]["to"] = to.clone();
    }
    vault.kinds = Kinds::shipped().with(kind(&dream.to_string()));
    let said = json!({
        "id": DREAM, "kind": "dream", "date": "2026-05-05", "title": "By the lake", "place": "On the jetty",
        "meaning": "A wish for rest", "claims": [{ "competency": "1.3" }],
    });
    vault.save(&draft(&said)).unwrap();
    (home, vault)
}

/// What stands in the page for someone, and what is said of what was left out.
fn page(home: &tempfile::TempDir, vault: &mut OpenVault, audience: Audience, also: &[Uuid]) -> (String, Vec<String>) {
    let out = home.path().join("out.html");
    let choice = PortfolioChoice { audience, also: also.to_vec(), ..PortfolioChoice::default() };
    let report = export(vault, &choice, Sheet::Html, &out);
    assert_eq!(report.imprint.audience, audience);
    let page = fs::read_to_string(&out).unwrap();
    let label = audience.words().label.replace('\'', "&#39;");
    assert!(page.contains(&label), "the cover says for whom it is: {label}");
    (page, report.left_out.into_iter().map(|left| left.why).collect())
}

const READERS: [Audience; 5] =
    [Audience::Appraisal, Audience::Supervision, Audience::LineManagement, Audience::Clinical, Audience::Assessor];

#[test]
fn a_kind_that_says_nothing_goes_to_nobody_but_the_coach() {
    let (home, mut vault) = with_dream(&Value::Null, &json!("all"));
    for audience in READERS {
        let (page, left_out) = page(&home, &mut vault, audience, &[]);
        assert!(!page.contains("By the lake"), "{}", audience.id());
        assert_eq!(left_out, ["Entries that are for the coach alone: 1 record."], "{}", audience.id());
    }
    for audience in [Audience::Whole, Audience::Full] {
        let (page, left_out) = page(&home, &mut vault, audience, &[]);
        assert!(page.contains("By the lake") && page.contains("A wish for rest") && left_out.is_empty());
    }
    let (chosen, _) = page(&home, &mut vault, Audience::Clinical, &[DREAM]);
    assert!(chosen.contains("By the lake"), "the coach can give it this once");
}

#[test]
fn a_field_that_says_nothing_goes_to_nobody_but_the_coach() {
    let (home, mut vault) = with_dream(&json!([{ "to": "all" }]), &Value::Null);
    for audience in READERS {
        let (page, _) = page(&home, &mut vault, audience, &[]);
        assert!(page.contains("On the jetty") && !page.contains("A wish for rest"), "{}", audience.id());
    }
    let (chosen, _) = page(&home, &mut vault, Audience::Clinical, &[DREAM]);
    assert!(chosen.contains("On the jetty") && !chosen.contains("A wish for rest"), "not even where it was chosen");
    assert!(page(&home, &mut vault, Audience::Whole, &[]).0.contains("A wish for rest"));
    let (home, mut vault) = with_dream(&json!([{ "to": "all" }]), &json!(["clinical"]));
    assert!(page(&home, &mut vault, Audience::Clinical, &[]).0.contains("A wish for rest"));
    assert!(!page(&home, &mut vault, Audience::Assessor, &[]).0.contains("A wish for rest"));
}
