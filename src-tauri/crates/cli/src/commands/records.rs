//! Records: add, next, show.

use std::io::Read;
use std::path::{Path, PathBuf};

use app::domain::check::parse;
use app::domain::followup::Followup;
use app::domain::words::long_date;
use app::domain::{Draft, Kind};
use app::{Failure, OpenVault};
use serde_json::{Value, json};
use uuid::Uuid;

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

/// A record as it is typed on a command line.
pub(super) struct Typed<'a> {
    pub(super) kind: &'a str,
    pub(super) set: &'a [(String, String)],
    pub(super) follows: Option<Uuid>,
    pub(super) body_file: Option<&'a Path>,
    pub(super) claim: &'a [String],
    pub(super) attach: &'a [PathBuf],
}

pub(super) fn add(args: &Args, folder: &Path, typed: &Typed<'_>) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let kind = vault.books().kinds.newest_of(typed.kind).cloned();
    // A kind that is none is refused with everything else, when the draft is checked.
    let mut draft =
        kind.as_ref().map_or_else(|| Draft::from_iter([("kind".to_owned(), json!(typed.kind))]), Kind::begin);
    draft.insert("date".into(), json!(vault.clock().today()));
    if let Some(id) = typed.follows {
        draft.extend(followup(&vault, id, typed.kind)?);
    }
    if let Some(kind) = &kind {
        draft.extend(set(kind, typed.set)?);
    }
    if let Some(file) = typed.body_file {
        draft.insert("body".into(), json!(body(file)?));
    }
    if !typed.claim.is_empty() {
        draft.insert("claims".into(), typed.claim.iter().map(|text| claim(text)).collect());
    }
    attach(&mut vault, &mut draft, typed.attach)?;
    let record = vault.save(&draft)?;
    vault.close()?;
    let text = format!("Added {} \"{}\" of {}.\n{}\n", record.kind, record.title, long_date(record.date), record.id);
    Ok(Answer::new(text, &record))
}

pub(super) fn next(args: &Args, folder: &Path, id: Uuid) -> Result<Answer, Failure> {
    let followups = open(args, folder)?.followups(id)?;
    let line = |followup: &Followup| {
        let kind = followup.draft.get("kind").and_then(Value::as_str).unwrap_or_default();
        format!("{}\n  add VAULT {kind} --follows {id}\n", followup.label)
    };
    let text: String = followups.iter().map(line).collect();
    let text = if text.is_empty() { "Nothing usually follows a record of this kind.\n".to_owned() } else { text };
    Ok(Answer::new(text, &followups))
}

/// The first of what usually follows that is of this kind.
fn followup(vault: &OpenVault, id: Uuid, kind: &str) -> Result<Draft, Failure> {
    let of_kind = |followup: &Followup| followup.draft.get("kind").and_then(Value::as_str) == Some(kind);
    let found = vault.followups(id)?.into_iter().find(of_kind);
    found.map(|followup| followup.draft).ok_or_else(|| {
        Failure::new(format!("No {kind} usually follows that record."))
            .hint(format!("`next VAULT {id}` says what does."))
    })
}

fn set(kind: &Kind, set: &[(String, String)]) -> Result<Draft, Failure> {
    let mut values = Draft::new();
    let mut problems = Vec::new();
    for (name, text) in set {
        // `safeguarding.raised=yes` sets a field of a group.
        let (outer, inner) = name.split_once('.').map_or((name.as_str(), None), |(outer, inner)| (outer, Some(inner)));
        let field = match (kind.field(outer).map(|field| &field.holds), inner) {
            (Some(app::domain::kind::FieldType::Group { fields }), Some(inner)) => {
                fields.iter().find(|field| field.id == inner)
            }
            _ => kind.field(name),
        };
        let value = match (name.as_str(), field) {
            ("tags", _) => json!(text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect::<Vec<_>>()),
            (_, Some(field)) => match parse(field, text) {
                Ok(value) => value,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            },
            ("id" | "date" | "title" | "body" | "created" | "modified", None) => json!(text),
            (_, None) => {
                let known: Vec<&str> = kind.fields.iter().map(|field| field.id.as_str()).collect();
                problems.push(app::domain::Problem {
                    field: name.clone(),
                    message: format!(
                        "a {} has no such field; it has title, date, body, tags, {}",
                        kind.id,
                        known.join(", ")
                    ),
                });
                continue;
            }
        };
        match inner {
            Some(inner) if field.is_some() => match values.entry(outer).or_insert_with(|| json!({})).as_object_mut() {
                Some(group) => {
                    group.insert(inner.to_owned(), value);
                }
                None => problems.push(app::domain::Problem {
                    field: name.clone(),
                    message: format!("{outer} was set to something else before: set its fields one by one."),
                }),
            },
            _ => {
                values.insert(name.clone(), value);
            }
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(Failure::of_draft(problems)) }
}

fn body(file: &Path) -> Result<String, Failure> {
    let refused = |error: std::io::Error| {
        Failure::new(format!("{} cannot be read: {error}.", file.display())).hint("It should be a text file in UTF-8.")
    };
    if file.as_os_str() != "-" {
        return std::fs::read_to_string(file).map_err(refused);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(refused)?;
    Ok(text)
}

/// `1.3`, `1.3:reflective-journal`, `1.3=how it shows it`, or both.
fn claim(text: &str) -> Value {
    let (what, reason) = text.split_once('=').unwrap_or((text, ""));
    let mut claim = match what.split_once(':') {
        Some((number, counts_as)) => json!({ "competency": number, "as": counts_as }),
        None => json!({ "competency": what }),
    };
    if !reason.is_empty() {
        claim["reason"] = json!(reason);
    }
    claim
}

/// Takes files in.
fn attach(vault: &mut OpenVault, draft: &mut Draft, files: &[PathBuf]) -> Result<(), Failure> {
    if files.is_empty() {
        return Ok(());
    }
    let attachments = files.iter().map(|file| vault.attach(file)).collect::<Result<Vec<_>, _>>()?;
    draft.insert("attachments".into(), json!(attachments));
    Ok(())
}

pub(super) fn show(args: &Args, folder: &Path, id: Uuid) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let record = vault.record(id)?;
    let title = |id| vault.record(id).ok().map(|record| record.title);
    let text = words::record(&record, vault.books(), &title) + &words::written(&record);
    let text = text + &words::belonging(&vault.linked(id)?);
    Ok(Answer::new(text, &record))
}
