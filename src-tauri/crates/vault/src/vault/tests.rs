//! What the bin was emptied of is nowhere any more.

use domain::Record;

use super::*;

/// A word that is nowhere else, which the stemmer leaves alone; another for each place it could stay in.
fn record(n: u128, text: &str) -> Record {
    let fields = serde_json::json!({
        "id": Uuid::from_u128(n), "kind": "reflection", "date": "2026-01-05", "title": format!("{text} title"),
        "body": format!("{text} body").repeat(300), "tags": [text], "answers": [{ "prompt": "p", "text": text }],
        "claims": [{ "competency": "1.3", "reason": text }], "unknown": text,
        "created": "2026-01-05T10:00:00Z", "modified": "2026-01-05T10:00:00Z",
    });
    serde_json::from_value(fields).unwrap()
}

fn holds(pages: &[u8], word: &str) -> bool {
    pages.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

#[test]
fn what_the_bin_was_emptied_of_leaves_no_trace() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("vault");
    let kinds = Kinds::shipped();
    let now = "2026-01-05T10:00:00Z".parse().unwrap();
    let (mut vault, _) = Vault::create(&folder, "a passphrase", now).unwrap();
    let save = |vault: &mut Vault, record: &Record| {
        vault.transact(|writer| writer.records().save(record, &kinds)).unwrap();
    };
    for n in 0..200 {
        save(&mut vault, &record(1_000 + n, &format!("plain{n}")));
    }
    // One that said something else before, is still drafted, and has a file; and one that stays, and was moved about.
    save(&mut vault, &record(1, "zyxqwone"));
    save(&mut vault, &record(1, "zyxqwtwo"));
    let file = b"zyxqwfile is in here".as_slice();
    let mut last = record(1, "zyxqwthree");
    let sha256 = vault.transact(|writer| writer.attachments().put(file)).unwrap();
    last.attachments.push(domain::Attachment {
        name: "zyxqwname".to_owned(),
        media_type: "text/plain".to_owned(),
        sha256,
        bytes: 20,
        other: serde_json::Map::new(),
    });
    save(&mut vault, &last);
    vault
        .transact(|writer| writer.drafts().keep(last.id, &record(1, "zyxqwdraft").to_draft(), now))
        .map_err(|error: VaultError| error)
        .unwrap();
    for n in 200..400 {
        save(&mut vault, &record(1_000 + n, &format!("plain{n}")));
    }
    let words = ["zyxqwone", "zyxqwtwo", "zyxqwthree", "zyxqwfile", "zyxqwname", "zyxqwdraft"];
    let before = vault.database.pages();
    assert!(words.iter().all(|word| holds(&before, word)), "the test sees what is there");
    vault.transact(|writer| writer.records().bin(last.id, &kinds, now)).unwrap();
    assert!(holds(&vault.database.pages(), "zyxqwthree"), "it could still be brought back");
    assert_eq!(vault.empty_bin(now).unwrap(), 1);
    let after = vault.database.pages();
    for trace in ["zyxqw", "xqw"] {
        assert!(!holds(&after, trace), "{trace}");
    }
    assert!(holds(&after, "plain399"));
    // Nor does the log of changes hold anything.
    assert_eq!(std::fs::metadata(folder.join("vault.db-wal")).map_or(0, |log| log.len()), 0);
    let found = vault.verify(&kinds).unwrap();
    assert_eq!((found.records, found.problems), (400, Vec::new()));
    vault.close().unwrap();
    let mut vault = Vault::open(&folder, "a passphrase").unwrap();
    assert!(!holds(&vault.database.pages(), "zyxqw"));
    assert_eq!(vault.search().find("plain7", None, 5).unwrap().total, 1);
}
