//! A kind in two versions in one vault: each record is kept, listed, counted and printed as of its own, and once.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use domain::{Books, Framework, Kinds, Ledger};
use serde_json::json;
use uuid::Uuid;
use vault::Filter;

use super::{PASSPHRASE, clock, draft, export, kind, new_vault};
use crate::exchange::Importing;
use crate::portfolio::{PortfolioChoice, Sheet};
use crate::vault::{OpenVault, Shelf};

/// Observations with a room, without what to work on, and with other offers.
fn observation() -> domain::Kind {
    kind(include_str!("../../../../../tests/fixtures/kinds/observation.v2.json"))
}

/// Feedback that cannot be kept for supervision any more.
fn feedback() -> domain::Kind {
    let mut kind = Kinds::shipped().newest_of("feedback").unwrap().clone();
    kind.version = 2;
    kind.fields.retain(|field| field.id != "for_supervision");
    kind
}

fn know(vault: &mut OpenVault) {
    vault.kinds = Kinds::shipped().with(observation()).with(feedback());
}

const FIRST: Uuid = Uuid::from_u128(1);
const SECOND: Uuid = Uuid::from_u128(2);
const HEARD: Uuid = Uuid::from_u128(3);

/// A vault with an observation of each version, and feedback of the first.
fn filled() -> (tempfile::TempDir, OpenVault) {
    let (home, mut vault) = new_vault();
    know(&mut vault);
    let seen = json!({
        "id": FIRST, "kind": "observation", "date": "2026-05-05", "title": "Watched before", "source": "live",
        "observer": Uuid::from_u128(9), "development": "Ask permission first.", "for_supervision": "health-coaching",
        "claims": [{ "competency": "2.2" }],
    });
    vault.save(&draft(&seen)).unwrap();
    let seen = json!({
        "id": SECOND, "kind": "observation", "kind_version": 2, "date": "2026-05-06", "title": "Watched since",
        "source": "live", "room": "hall", "observer": Uuid::from_u128(9), "development": "No field of this version.",
        "for_supervision": "health-coaching", "claims": [{ "competency": "2.2" }],
    });
    vault.save(&draft(&seen)).unwrap();
    let heard = json!({
        "id": HEARD, "kind": "feedback", "date": "2026-05-07", "title": "Heard before", "from": "client",
        "for_supervision": "clinical",
    });
    vault.save(&draft(&heard)).unwrap();
    (home, vault)
}

#[test]
fn the_vault_keeps_the_version_and_gives_it_back() {
    let (home, vault) = filled();
    vault.close().unwrap();
    let mut vault = OpenVault::open(&home.path().join("vault"), PASSPHRASE, clock()).unwrap();
    know(&mut vault);
    let version = |vault: &OpenVault, id| vault.record(id).unwrap().kind_version;
    assert_eq!((version(&vault, FIRST), version(&vault, SECOND)), (1, 2));
    // What is changed stays of its version, and so does what comes back from history and bin.
    for (id, of) in [(FIRST, 1), (SECOND, 2)] {
        let mut changed = vault.record(id).unwrap().to_draft();
        changed.insert("body".to_owned(), json!("A word more."));
        vault.sittings.clear();
        assert_eq!(vault.save(&changed).unwrap().kind_version, of);
        assert_eq!(vault.history(id).unwrap()[0].record.kind_version, of);
        assert_eq!(vault.bring_back(id, 1).unwrap().kind_version, of);
        vault.delete(&[id]).unwrap();
        vault.restore(&[id]).unwrap();
        assert_eq!(version(&vault, id), of);
    }
    assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn forms_get_the_newest_and_what_old_records_need() {
    let (_home, vault) = filled();
    let Shelf { kinds, earlier_kinds, .. } = vault.shelf();
    let versions = |kinds: &[domain::Kind]| -> Vec<(String, u8)> {
        kinds.iter().filter(|kind| kind.id == "observation").map(|kind| (kind.id.clone(), kind.version)).collect()
    };
    assert_eq!(versions(&kinds), [("observation".to_owned(), 2)]);
    assert_eq!(versions(&earlier_kinds), [("observation".to_owned(), 1)]);
    assert_eq!(kinds.len(), Kinds::shipped().newest().count());
}

#[test]
fn lists_show_each_once_with_the_facts_of_its_version() {
    let (_home, vault) = filled();
    let page = vault.list(&Filter { kind: Some("observation".to_owned()), ..Filter::default() }).unwrap();
    let facts: Vec<(&str, &str)> = page.records.iter().map(|line| (line.title.as_str(), line.facts.as_str())).collect();
    let first = ("Watched before", "Live, in the session · For health coaching supervision");
    let second = ("Watched since", "Live, in the session · In the village hall");
    assert_eq!((page.total, facts), (2, vec![second, first]));
    // Only texts of fields are found.
    let found = |words| vault.search(words, 10).unwrap().total;
    assert_eq!((found("permission"), found("\"field of this version\"")), (1, 0));
}

#[test]
fn the_agenda_names_each_once() {
    let (_home, vault) = filled();
    let parked: Vec<Uuid> = vault.agenda(None).unwrap().parked.into_iter().map(|entry| entry.record).collect();
    assert_eq!(parked, [FIRST, SECOND, HEARD], "also what only the first version could keep for supervision");
}

#[test]
fn each_counts_as_what_its_version_offers() {
    let (_home, vault) = filled();
    let today = clock().today();
    let counted = |ledger: &Ledger| -> BTreeMap<&'static str, u32> {
        ledger.tallies.iter().filter(|one| one.competency == "2.2").map(|one| (one.kind.id(), one.count)).collect()
    };
    let ledger = vault.ledger(today).unwrap();
    assert_eq!(counted(&ledger), BTreeMap::from([("observed-practice", 1), ("portfolio", 1)]));
    let records = vault.records(&Filter::default()).unwrap();
    assert_eq!(counted(&Ledger::of(&records, &vault.kinds, &vault.framework, today)), counted(&ledger));
    let gaps = vault.gaps().unwrap();
    let state = gaps.competencies.iter().find(|state| state.competency == "2.2").unwrap();
    let shown: Vec<Uuid> =
        state.needs.iter().flat_map(|need| need.records.iter().chain(&need.waiting)).copied().collect();
    assert!(shown.contains(&FIRST) && !shown.contains(&SECOND), "the second offers no observed practice in a hall");
}

#[test]
fn a_portfolio_prints_each_once_as_it_was_written() {
    let (home, mut vault) = filled();
    let (page, paper) = (home.path().join("out.html"), home.path().join("out.pdf"));
    let report = export(&mut vault, &PortfolioChoice::default(), Sheet::Html, &page);
    let went_in: Vec<(&str, u32)> = report.went_in.iter().map(|part| (part.title.as_str(), part.records)).collect();
    assert_eq!(went_in, [("Observed sessions", 2), ("Feedback", 1)]);
    export(&mut vault, &PortfolioChoice::default(), Sheet::Pdf, &paper);
    let text = Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(&paper).arg("-").output().unwrap();
    for text in [fs::read_to_string(&page).unwrap(), String::from_utf8(text.stdout).unwrap()] {
        let times = |words: &str| text.matches(words).count();
        assert_eq!((times("Ask permission first."), times("What to work on")), (1, 1), "a field of the first alone");
        assert_eq!(times("In the village hall"), 1, "a field of the second alone");
        assert_eq!(times("No field of this version."), 0);
    }
    let exhibits = fs::read_to_string(&page).unwrap().matches("id=\"record-").count();
    assert_eq!(exhibits, 2, "each observation once, and the feedback as a line");
}

#[test]
fn the_open_form_takes_the_version_along() {
    let (home, vault) = filled();
    let out = home.path().join("open");
    vault.export_open_form(&out).unwrap();
    let file = out.join("records.jsonl");
    let lines = fs::read_to_string(&file).unwrap();
    let said: Vec<bool> = lines.lines().map(|line| line.contains("\"kind_version\":2")).collect();
    assert_eq!(said, [false, true, false]);
    assert_eq!(lines.matches("kind_version").count(), 1, "the first goes without saying");
    let (_other_home, mut other) = new_vault();
    let refused = other.import(std::slice::from_ref(&file), Importing::default()).unwrap_err();
    let problem = &refused.problems[0];
    assert!(problem.field.contains("kind_version") && problem.message.contains("A newer Coachfolio"), "{problem:?}");
    know(&mut other);
    other.import(&[file], Importing::default()).unwrap();
    assert_eq!(other.record(SECOND).unwrap(), vault.record(SECOND).unwrap());
}

#[test]
fn the_example_is_written_in_the_newest_version() {
    let (kinds, framework) = (Kinds::shipped().with(observation()), Framework::shipped());
    let books = Books { kinds: &kinds, framework: &framework };
    let drafts = crate::demo::demo(books, 1, clock().today(), 18).drafts;
    let of = |kind: &str| -> Vec<_> { drafts.iter().filter(|draft| draft["kind"] == kind).collect() };
    let observed = of("observation");
    assert!(!observed.is_empty() && observed.iter().all(|draft| draft["kind_version"] == 2));
    assert!(of("session").iter().all(|draft| !draft.contains_key("kind_version")));
}
