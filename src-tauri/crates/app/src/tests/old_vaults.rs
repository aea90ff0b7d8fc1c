//! Vaults that older versions left: what they lack is made up for when they are opened.

use std::path::Path;

use domain::decision::Outcome;
use domain::signoff::SignOff;
use domain::{Kinds, Record};
use serde_json::json;
use uuid::Uuid;
use vault::{Filter, Vault, VaultError};

use super::clock;
use crate::vault::OpenVault;

/// Of all fixtures (tests/fixtures/vaults/README.md).
const PASSPHRASE: &str = "an invented coach's vault";

fn sign_off(id: Uuid) -> Record {
    let sign_off = json!({
        "id": id, "kind": "sign-off", "date": "2026-06-01", "title": "1.3 agreed", "scope": "competency", "competency": "1.3",
        "person": Uuid::from_u128(8), "decision": "agreed", "created": "2026-06-01T10:00:00Z", "modified": "2026-06-01T10:00:00Z",
    });
    serde_json::from_value(sign_off).unwrap()
}

fn supervisor() -> Record {
    let person = json!({
        "id": Uuid::from_u128(8), "kind": "person", "date": "2026-01-01", "title": "Wren Okafor", "name": "Wren Okafor",
        "role": "health-coaching-supervisor", "created": "2026-01-01T10:00:00Z", "modified": "2026-01-01T10:00:00Z",
    });
    serde_json::from_value(person).unwrap()
}

#[test]
fn a_sign_off_without_a_note_is_bound_when_its_vault_is_opened() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/vaults");
    let mut opened = 0;
    for fixture in std::fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let home = tempfile::tempdir().unwrap();
        for file in ["vault.db", "vault.key"] {
            std::fs::copy(fixture.join(file), home.path().join(file)).unwrap();
        }
        // As a version wrote it that noted nothing.
        let (id, mut old) = (Uuid::from_u128(9), Vault::open(home.path(), PASSPHRASE).unwrap());
        for record in [supervisor(), sign_off(id)] {
            old.transact(|writer| writer.records().save(&record, &Kinds::shipped()))
                .map_err(|error: VaultError| error)
                .unwrap();
        }
        let evidence = old.records().list(&Filter { competency: Some("1.3".to_owned()), ..Filter::default() }).unwrap();
        old.close().unwrap();

        let mut vault = OpenVault::open(home.path(), PASSPHRASE, clock()).unwrap();
        let signed = SignOff::of(&vault.record(id).unwrap()).unwrap().signed.unwrap();
        let bound: Vec<Uuid> = signed.iter().map(|one| one.record).collect();
        assert_eq!(bound, [evidence[0].id], "{}", fixture.display());
        assert_eq!(vault.record(id).unwrap().modified, sign_off(id).modified, "nobody changed it");
        vault.delete(&bound).unwrap();
        vault.empty_bin().unwrap();
        let gaps = vault.gaps().unwrap();
        let decision = gaps.competencies.into_iter().find(|state| state.competency == "1.3").unwrap().sign_off.unwrap();
        assert_eq!((decision.outcome, decision.records[0].record), (Outcome::Gone, bound[0]));
        let before = vault.record(id).unwrap();
        drop(vault);
        let vault = OpenVault::open(home.path(), PASSPHRASE, clock()).unwrap();
        assert_eq!(vault.record(id).unwrap(), before, "what was noted once stays");
        opened += 1;
    }
    assert!(opened >= 4);
}

/// Whichever way a sign-off comes in: the note is made there.
#[test]
fn a_sign_off_that_is_restored_or_brought_back_keeps_or_gets_its_note() {
    let (_home, mut vault) = super::new_vault();
    let claim = json!({ "competency": "1.3" });
    let piece = json!({ "kind": "reflection", "date": "2026-03-01", "title": "One", "claims": [claim] });
    let piece = vault.save(&super::draft(&piece)).unwrap();
    let id = Uuid::from_u128(9);
    let mut old = sign_off(id);
    (old.created, old.modified) = (clock().now(), clock().now());
    let kinds = Kinds::shipped();
    vault.vault.transact(|writer| writer.records().save(&old, &kinds)).map_err(|error: VaultError| error).unwrap();
    let signed = |vault: &OpenVault| SignOff::of(&vault.record(id).unwrap()).unwrap().signed.map(|all| all[0].record);
    assert_eq!(signed(&vault), None);
    vault.delete(&[id]).unwrap();
    vault.restore(&[id]).unwrap();
    assert_eq!(signed(&vault), Some(piece.id));
    let without = vault.history(id).unwrap().pop().unwrap();
    assert_eq!(SignOff::of(&without.record).unwrap().signed, None);
    vault.delete(&[piece.id]).unwrap();
    vault.empty_bin().unwrap();
    vault.bring_back(id, without.number).unwrap();
    assert_eq!(signed(&vault), Some(piece.id));
}
