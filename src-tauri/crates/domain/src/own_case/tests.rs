use super::*;

use crate::signers::By;
use crate::signoff::{Basis, Concerned, Fate};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn by(tier: Option<u8>, more_experienced: bool) -> Vec<OwnSupervisor> {
    vec![OwnSupervisor { name: "Wren Okafor".into(), tier, more_experienced }]
}

fn statements() -> Vec<Statement> {
    let one = |standard| Statement { id: Uuid::from_u128(1), date: day("2026-06-12"), standard };
    (3..=8).map(one).collect()
}

fn signed(standard: u8) -> Agreement {
    Agreement {
        sign_off: Uuid::from_u128(50),
        date: day("2026-06-12"),
        about: About::Statement(standard),
        agreed: true,
        sufficient: false,
        by: By { name: Some("Wren Okafor".into()), decides: true, counts: true, ..By::default() },
        basis: Basis { signed: vec![Uuid::from_u128(1)], ..Basis::default() },
    }
}

/// A case in which nothing is missing, to take something away from.
struct Case {
    tier: u8,
    agreed_tier: u8,
    minutes: u32,
    sessions: u32,
    by: Vec<OwnSupervisor>,
    statements: Vec<Statement>,
    learning: Vec<Learning>,
    agreements: Vec<Agreement>,
}

impl Case {
    fn whole() -> Case {
        Case {
            tier: 3,
            agreed_tier: 3,
            minutes: 3_000,
            sessions: 12,
            by: by(Some(4), false),
            statements: statements(),
            learning: Vec::new(),
            agreements: vec![signed(4), signed(5)],
        }
    }

    fn in_framework(&self, framework: &Framework) -> OwnCase {
        let practice = OwnPractice {
            tier: self.tier,
            agreed_tier: self.agreed_tier,
            caseload_minutes: self.minutes,
            supervision_sessions: self.sessions,
            supervision_minutes: self.sessions * 60,
            supervised_by: &self.by,
            statements: &self.statements,
            learning: &self.learning,
            agreements: &self.agreements,
        };
        own_case(framework, practice, day("2026-06-12"))
    }

    fn held(&self) -> OwnCase {
        self.in_framework(&Framework::shipped())
    }

    /// What is missing of a standard.
    fn missing(&self, standard: usize) -> String {
        self.held().standards[standard - 1].missing.clone().unwrap_or_default()
    }
}

#[test]
fn a_case_is_made_of_an_agreed_tier_hours_supervision_and_statements() {
    let whole = Case::whole().held();
    assert!(whole.complete && whole.begun && whole.open.is_empty(), "{whole:?}");
    assert_eq!((whole.supervised_by, whole.agreed_tier), (vec!["Wren Okafor".to_owned()], 3));
    let short = Case { minutes: 2_999, ..Case::whole() };
    assert_eq!(short.held().open, [2], "a minute short of fifty hours");
    assert_eq!(
        Case { statements: Vec::new(), agreements: Vec::new(), ..Case::whole() }.held().open,
        [3, 4, 5, 6, 7, 8]
    );
}

#[test]
fn the_hours_of_tier_three_are_not_the_tier() {
    let hours = Case { agreed_tier: 0, ..Case::whole() };
    assert_eq!(hours.held().open, [1]);
    assert!(hours.missing(1).starts_with("Your hours are at tier 3;"), "{}", hours.missing(1));
    let below = Case { tier: 2, agreed_tier: 2, ..Case::whole() };
    assert_eq!(below.missing(1), "This is shown by tier 3; your hours are at tier 2.");
    assert_eq!((below.held().begun, below.held().from_tier), (false, 3));
}

#[test]
fn statements_on_the_fourth_and_the_fifth_standard_count_when_they_are_signed() {
    let unsigned = Case { agreements: Vec::new(), ..Case::whole() };
    assert_eq!(unsigned.held().open, [4, 5]);
    assert_eq!(unsigned.missing(5), "Your statement is there and not signed yet; ask your supervisor to sign it.");
    let one = Case { agreements: vec![signed(4)], ..Case::whole() };
    assert_eq!(one.held().open, [5], "each on its own");
    let mut nothing = signed(5);
    nothing.basis = Basis::default();
    let nothing = Case { agreements: vec![signed(4), nothing], ..Case::whole() };
    assert!(nothing.missing(5).contains("nothing was there then"), "{}", nothing.missing(5));
    let mut changed = signed(5);
    changed.basis.lost = vec![Concerned { record: Uuid::from_u128(1), title: Some("Mine".into()), how: Fate::Changed }];
    let changed = Case { agreements: vec![signed(4), changed], ..Case::whole() };
    assert!(changed.missing(5).contains("“Mine” says something else"), "{}", changed.missing(5));
    let mut theirs = signed(5);
    theirs.by = By { role: Some("line-manager".into()), ..By::default() };
    let theirs = Case { agreements: vec![signed(4), theirs.clone()], ..Case::whole() };
    assert!(theirs.missing(5).contains("a line manager does not decide that"), "{}", theirs.missing(5));
    let beside = Case { agreements: vec![signed(4), signed(5), theirs.agreements[1].clone()], ..Case::whole() };
    assert!(beside.held().complete, "what someone else says of it takes nothing away");
    let unwritten = Case { statements: Vec::new(), agreements: Vec::new(), ..Case::whole() };
    assert_eq!(unwritten.missing(5), "Write a statement on it, and ask your supervisor to sign it.");
}

#[test]
fn supervision_is_received_from_someone_more_experienced() {
    let from = |by: Vec<OwnSupervisor>| Case { by, ..Case::whole() };
    assert!(from(Vec::new()).missing(4).contains("who supervised you"));
    assert!(from(by(Some(3), false)).missing(4).contains("is not at a higher tier"));
    assert!(from(by(None, false)).missing(4).contains("not recorded whether Wren Okafor"));
    assert_eq!(from(by(None, true)).missing(4), "");
    assert_eq!(from(by(Some(3), true)).missing(4), "");
    assert!(Case { sessions: 0, ..Case::whole() }.missing(4).contains("in the last twelve months"));
}

#[test]
fn training_in_supervision_stands_for_the_statement_of_the_experience_that_equals_it() {
    let learnt = |date: &str, says: bool| {
        let record = serde_json::from_value(serde_json::json!({
            "id": Uuid::from_u128(70), "kind": "learning", "date": date, "title": "Diploma in coaching supervision",
            "form": "course", "minutes": 600, "supervision_training": says,
            "created": "2026-01-01T00:00:00Z", "modified": "2026-01-01T00:00:00Z",
        }));
        Learning::of(&record.unwrap()).unwrap()
    };
    let with = |learning: Vec<Learning>| {
        let statements = statements().into_iter().filter(|one| one.standard != 8).collect();
        Case { statements, learning, ..Case::whole() }.held()
    };
    let trained = with(vec![learnt("2026-01-01", true)]);
    assert!(trained.complete);
    assert_eq!(trained.standards[7].records, [Uuid::from_u128(70)]);
    assert!(trained.standards[6].records.iter().all(|id| *id != Uuid::from_u128(70)), "it is about the eighth alone");
    assert_eq!(with(vec![learnt("2026-01-01", false)]).open, [8], "it has to say so");
    assert_eq!(with(vec![learnt("2026-06-13", true)]).open, [8], "still to come");
    assert_eq!(with(vec![learnt("2026-06-12", true)]).open, [0_u8; 0]);
}

#[test]
fn a_statement_to_come_is_not_there_yet_and_the_newest_stands_first() {
    let one = |id, date| Statement { id: Uuid::from_u128(id), date: day(date), standard: 7 };
    let with = |statements| Case { statements, ..Case::whole() }.held().standards[6].clone();
    assert!(!with(vec![one(1, "2026-06-13")]).evidenced);
    let two = with(vec![one(2, "2026-01-01"), one(3, "2026-02-01")]);
    assert_eq!(two.records, [Uuid::from_u128(3), Uuid::from_u128(2)]);
}

#[test]
fn an_employers_framework_decides_by_rules_of_its_own_or_by_none() {
    let mut framework = Framework::shipped();
    framework.supervisor_standards[1].rule = Some(StandardRule::Caseload { hours: 100, months: 6 });
    let nothing = Case {
        tier: 0,
        agreed_tier: 0,
        minutes: 0,
        sessions: 0,
        by: Vec::new(),
        agreements: Vec::new(),
        ..Case::whole()
    };
    let case = nothing.in_framework(&framework);
    let missing = case.standards[1].missing.as_deref();
    assert_eq!(missing, Some("You have not logged 100 NHS hours in the last six months yet."));
    assert_eq!((case.caseload_months, case.supervision_months), (6, 12));

    framework.supervisor_standards.iter_mut().for_each(|standard| standard.rule = None);
    let case = nothing.in_framework(&framework);
    assert_eq!((case.from_tier, case.begun, case.open), (0, true, vec![1, 2]), "statements alone decide");
}
