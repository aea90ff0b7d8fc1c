//! One line that becomes a session or a draft: jot.

use std::path::Path;

use app::domain::jotting::{Jotting, Part};
use app::{Failure, Jotted};
use serde_json::json;

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;

pub(super) fn jot(args: &Args, folder: &Path, line: &[String], dry_run: bool) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let line = line.join(" ");
    let jotting = vault.jotting(&line)?;
    if dry_run {
        let text = jotting.as_ref().map_or_else(|| "That is not understood.\n".to_owned(), understood);
        return Ok(Answer::new(text, &jotting));
    }
    let jotted = vault.jot(&line)?;
    close(vault);
    let said = jotting.as_ref().map(understood).unwrap_or_default();
    let text = match &jotted {
        Jotted::Logged { record, .. } => {
            format!("Logged \"{}\".\n{said}{}\n`next VAULT ID` says what usually follows.\n", record.title, record.id)
        }
        Jotted::Kept { id, .. } => format!("Kept as a draft, to write on in the window.\n{said}{id}\n"),
    };
    Ok(Answer::new(text, &json!(jotted)))
}

fn understood(jotting: &Jotting) -> String {
    let part = |part: &Part| format!("{}{}", part.text, if part.remembered { " (as usual)" } else { "" });
    let parts: Vec<String> = jotting.parts.iter().map(part).collect();
    let missing: String = jotting.missing.iter().map(|what| format!("  {what}\n")).collect();
    format!("  {}\n{missing}", parts.join(" · "))
}
