//! What an import says of claims that came in and do not count: they are taken in all the same, so that a file can travel.

use std::collections::HashMap;

use domain::check::findings::{Around, uncounted};
use domain::needs::Why;
use domain::signers::Signer;
use domain::words::{listed, number, sentence};
use domain::{Record, ledger};
use uuid::Uuid;

use crate::failure::Failure;
use crate::vault::OpenVault;

/// More claims than this are not named one by one.
const NAMED: usize = 5;

/// A sentence or two for each reason, with the claims that do not count because of it.
pub(super) fn told(vault: &OpenVault, records: &[Record]) -> Result<Vec<String>, Failure> {
    let here: HashMap<Uuid, &Record> = records.iter().map(|record| (record.id, record)).collect();
    // Of whom the file says something else, that holds.
    let people = vault.of_kind("person")?;
    let known = people.iter().filter(|person| !here.contains_key(&person.id));
    let signers: Vec<Signer> = known.chain(records).filter_map(|person| Signer::of(person, None)).collect();
    let accepting = ledger::accepting(&vault.framework, &signers);
    let others = ledger::others(&vault.framework, &signers);
    let mut claims: Vec<(Why, Vec<String>)> = Why::ALL.map(|why| (why, Vec::new())).into();
    for record in records.iter().filter(|record| !record.claims.is_empty()) {
        let session = match record.reference("session") {
            Some(id) if here.contains_key(&id) => here.get(&id).map(|session| (*session).clone()),
            Some(id) => vault.vault.records().get(id)?,
            None => None,
        };
        let session = session.filter(|session| session.kind == "session");
        let in_group = session.map(|session| session.text("format") == Some("group"));
        let around = Around { in_group, accepting: &accepting, others: &others, employer: None };
        for (_, competency, why) in uncounted(record, vault.books(), around) {
            let claim = format!("{competency} in \u{201c}{}\u{201d}", record.title);
            if let Some((_, ours)) = claims.iter_mut().find(|(known, ours)| *known == why && !ours.contains(&claim)) {
                ours.push(claim);
            }
        }
    }
    claims.retain(|(_, claims)| !claims.is_empty());
    Ok(claims.iter().map(|(why, claims)| note(*why, claims)).collect())
}

fn note(why: Why, claims: &[String]) -> String {
    let mut named: Vec<String> = claims.iter().take(NAMED).cloned().collect();
    named.extend((claims.len() > NAMED).then(|| format!("{} more", number(claims.len() - NAMED))));
    let does = if claims.len() == 1 { "claim does" } else { "claims do" };
    let many = sentence(&number(claims.len()));
    format!("{many} {does} not count yet, because {}: {}.", why.says(), listed(&named))
}
