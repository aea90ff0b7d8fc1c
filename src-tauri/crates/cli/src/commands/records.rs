//! Records: add, edit, show, what follows one, and what the fields of a kind are.

use std::path::Path;

use app::domain::condition::is_filled;
use app::domain::finding::Finding;
use app::domain::followup::Followup;
use app::domain::words::long_date;
use app::domain::{Draft, Framework, Kind, Kinds, Record};
use app::{Failure, OpenVault};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;
use crate::typed::{Said, Taken};
use crate::words;

/// Which of what follows a record: the record's id, and the number of the line that `next` prints.
type Following = (Uuid, Option<u32>);

pub(super) fn add(
    args: &Args,
    folder: &Path,
    kind_id: &str,
    follows: Option<Following>,
    said: &Said,
) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let kind = vault.books().kinds.newest_of(kind_id).cloned();
    // A kind that is none is refused with everything else, when the draft is checked.
    let mut draft = kind.as_ref().map_or_else(|| Draft::from_iter([("kind".to_owned(), json!(kind_id))]), Kind::begin);
    draft.insert("date".into(), json!(vault.clock().today()));
    if let Some(following) = follows {
        draft.extend(followup(&vault, following, kind_id)?);
    }
    if let Some(kind) = &kind {
        said.write(kind, &mut draft)?;
    }
    said.attach(&mut vault, &mut draft)?;
    let record = vault.add(&draft)?;
    let findings = vault.findings(&record.to_draft())?;
    close(vault);
    let text = format!("Added {} \"{}\" of {}.\n{}\n", record.kind, record.title, long_date(record.date), record.id);
    Ok(with_findings(text, &record, &findings))
}

pub(super) fn edit(args: &Args, folder: &Path, id: Uuid, said: &Said, taken: &Taken) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let before = vault.record(id)?;
    let Some(kind) = vault.books().kinds.of(&before).cloned() else {
        let failure =
            Failure::new(format!("A newer Coachfolio wrote \"{}\", and only it can change it.", before.title));
        return Err(failure.hint("Update Coachfolio first."));
    };
    if vault.drafts()?.iter().any(|kept| kept.id == id) {
        let begun = format!("A change of \"{}\" was begun in the window and is not finished.", before.title);
        return Err(Failure::new(begun).hint("Finish it or drop it there first, so that nothing of it is lost."));
    }
    let mut draft = before.to_draft();
    // A person who is called otherwise now is listed under the new name.
    let names = |field: &str| said.sets(field) && !said.sets("title") && draft.get(field) == draft.get("title");
    if kind.title_from.as_deref().is_some_and(names) {
        draft.remove("title");
    }
    said.change(&kind, &mut draft, taken)?;
    said.attach(&mut vault, &mut draft)?;
    let record = vault.save(&draft)?;
    let findings = vault.findings(&record.to_draft())?;
    close(vault);
    let what = if record.sha256() == before.sha256() { "Nothing is different in" } else { "Changed" };
    let text = format!("{what} {} \"{}\" of {}.\n{}\n", record.kind, record.title, long_date(record.date), record.id);
    Ok(with_findings(text, &record, &findings))
}

/// A record, and what there is to say of it: beside it for people, and in it for programs where there is anything.
fn with_findings(text: String, record: &Record, findings: &[Finding]) -> Answer {
    let mut json = record.to_draft();
    if !findings.is_empty() {
        json.insert("findings".to_owned(), json!(findings));
    }
    Answer::new(text, &json).told(findings.iter().map(|finding| finding.message.clone()).collect())
}

pub(super) fn next(args: &Args, folder: &Path, id: Uuid) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let (mut text, mut offered) = (String::new(), Vec::new());
    for (number, followup) in (1_u32..).zip(vault.followups(id)?) {
        let command = command(folder, (id, number), &followup, vault.books().kinds);
        text += &format!("{}\n  {command}\n", followup.label);
        offered.push(json!({ "label": followup.label, "draft": followup.draft, "command": command }));
    }
    if text.is_empty() {
        "Nothing usually follows a record of this kind.\n".clone_into(&mut text);
    }
    Ok(Answer::new(text, &offered))
}

/// The command that writes what follows, with the fields that nobody can say beforehand left to fill in.
fn command(folder: &Path, (id, number): (Uuid, u32), followup: &Followup, kinds: &Kinds) -> String {
    let draft = &followup.draft;
    let kind = draft.get("kind").and_then(Value::as_str).unwrap_or_default();
    let folder = words::in_a_shell(&folder.display().to_string());
    let mut command = format!("coachfolio add {folder} {kind} --follows {id}:{number}");
    let fields = kinds.newest_of(kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
    for field in fields.iter().filter(|field| field.required && field.default.is_none()) {
        if !draft.get(&field.id).is_some_and(is_filled) {
            command += &format!(" --set {}=…", field.id);
        }
    }
    command
}

/// What is followed: the line of that number, or the first that is of this kind.
fn followup(vault: &OpenVault, (id, number): Following, kind: &str) -> Result<Draft, Failure> {
    let is_of_kind = |followup: &Followup| followup.draft.get("kind").and_then(Value::as_str) == Some(kind);
    let offered = vault.followups(id)?;
    let found = match number {
        Some(number) => offered.into_iter().zip(1..).find(|(_, n)| *n == number).map(|(followup, _)| followup),
        None => offered.into_iter().find(is_of_kind),
    };
    found.filter(is_of_kind).map(|followup| followup.draft).ok_or_else(|| {
        let which = number.map(|number| format!(" in line {number}")).unwrap_or_default();
        Failure::new(format!("No {kind} usually follows that record{which}."))
            .hint(format!("`next VAULT {id}` says what does."))
    })
}

/// What the fields of a kind are, or which kinds there are.
pub(super) fn fields(kind: Option<&str>) -> Result<Answer, Failure> {
    let kinds = Kinds::shipped();
    let Some(id) = kind else {
        let listed: Vec<Value> = kinds.newest().map(words::kind_in_short).collect();
        return Ok(Answer::new(words::kinds(&kinds), &listed));
    };
    let Some(kind) = kinds.newest_of(id) else {
        let known: Vec<&str> = kinds.newest().map(|kind| kind.id.as_str()).collect();
        let failure =
            Failure::new(format!("There is no kind \"{id}\".")).hint(format!("There is {}.", known.join(", ")));
        return Err(failure);
    };
    let framework = Framework::shipped();
    Ok(Answer::new(words::fields(kind, &framework), &words::fields_json(kind, &framework)))
}

pub(super) fn show(args: &Args, folder: &Path, id: Uuid) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let record = vault.record(id)?;
    let title = |id| vault.record(id).ok().map(|record| record.title);
    let text = words::record(&record, vault.books(), &title) + &words::written(&record);
    let text = text + &words::belonging(&vault.linked(id)?);
    Ok(with_findings(text, &record, &vault.findings(&record.to_draft())?))
}
