//! Rules of thumb, and putting away what they said: guidance.

use std::path::Path;

use app::Failure;
use serde_json::json;

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

pub(super) fn guidance(
    args: &Args,
    folder: &Path,
    put_away: &[String],
    bring_back: &[String],
    all: bool,
) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    put_away.iter().try_for_each(|key| vault.put_guidance_away(key))?;
    bring_back.iter().try_for_each(|key| vault.bring_guidance_back(key))?;
    let mut notes = vault.guidance()?;
    let today = vault.clock().today();
    close(vault);
    notes.retain(|note| all || !note.put_away);
    Ok(Answer::new(words::guidance::guidance(&notes), &json!({ "today": today, "notes": notes })))
}
