//! What is readable of a damaged vault, saved elsewhere: rescue.

use std::path::Path;

use app::domain::words::{count, counted};
use app::{Failure, OpenVault, Rescued, on_this_machine};
use serde_json::{Value, json};

use super::passphrase;
use crate::answer::{Answer, Exit};
use crate::args::Args;

pub(super) fn rescue(args: &Args, folder: &Path, out: &Path, as_vault: bool) -> Result<Answer, Failure> {
    let (place, passphrase) = (on_this_machine(folder), passphrase(args)?);
    let (rescued, what) = if as_vault {
        let rescued = OpenVault::rescue(place, passphrase, on_this_machine(out))?;
        (rescued, format!("{} is a vault now, with the same passphrase and recovery key.\n", out.display()))
    } else {
        new_or_empty(out)?;
        let (vault, rescued) = OpenVault::readable(place, passphrase, args.clock())?;
        let written = vault.export_open_form(out)?;
        let beside = left_behind(&rescued);
        let warning = "This copy is not encrypted: keep it where nobody else reads it.\n";
        (rescued, format!("They are in {}.\n{warning}{beside}", written.path))
    };
    let problems = rescued.problems();
    let mut text = format!(
        "{} and {} were readable. {what}",
        count(rescued.records, "record"),
        count(rescued.attachments, "attached file")
    );
    if problems.is_empty() {
        text += "Nothing of the vault is damaged.\n";
    } else {
        text += &format!("What is damaged:\n  {}\nKeep the damaged vault as it is.\n", problems.join("\n  "));
    }
    let mut json = serde_json::to_value(&rescued).unwrap_or(Value::Null);
    if let Value::Object(fields) = &mut json {
        fields.insert("path".to_owned(), json!(out.display().to_string()));
        fields.insert("problems".to_owned(), json!(problems));
    }
    Ok(Answer::new(text, &json).exit(if rescued.is_whole() { Exit::Done } else { Exit::No }))
}

/// Refuses a folder that holds something: an export takes away what is not in the vault any more, and of a damaged vault that
/// could be the last copy.
pub(super) fn new_or_empty(out: &Path) -> Result<(), Failure> {
    match std::fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        true => Err(Failure::new(format!("{} already holds other files; nothing was written.", out.display()))
            .hint("Choose an empty folder or a new one.")),
        false => Ok(()),
    }
}

/// What the open form has no place for.
fn left_behind(rescued: &Rescued) -> String {
    let drafts = (rescued.drafts > 0).then(|| count(rescued.drafts, "draft"));
    let binned = (rescued.binned > 0).then(|| counted(rescued.binned, "record in the bin", "records in the bin"));
    let some: Vec<String> = drafts.into_iter().chain(binned).collect();
    match some.is_empty() {
        true => String::new(),
        false => format!("Not in it: {}. `rescue VAULT DIR --as-vault` saves these too.\n", some.join(", ")),
    }
}
