//! What follows from the records for the coach's practice: agenda, learning, standards, guidance, impact.

use std::path::Path;

use app::Failure;
use app::domain::framework::SupervisionType;
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

pub(super) fn agenda(
    args: &Args,
    folder: &Path,
    with: Option<SupervisionType>,
    done: &[(Uuid, u32)],
) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let today = vault.clock().today();
    for (supervision, number) in done {
        vault.done_action(*supervision, *number, today)?;
    }
    let agenda = vault.agenda(with)?;
    vault.close()?;
    Ok(Answer::new(words::agenda::agenda(&agenda), &agenda))
}

pub(super) fn learning(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let trainings = open(args, folder)?.trainings()?;
    Ok(Answer::new(words::learning::trainings(&trainings), &trainings))
}

pub(super) fn standards(args: &Args, folder: &Path, person: Option<Uuid>) -> Result<Answer, Failure> {
    let standards = open(args, folder)?.standards(person)?;
    Ok(Answer::new(words::standards::standards(&standards), &standards))
}

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
    vault.close()?;
    notes.retain(|note| all || !note.put_away);
    Ok(Answer::new(words::guidance::guidance(&notes), &json!({ "today": today, "notes": notes })))
}

pub(super) fn impact(
    args: &Args,
    folder: &Path,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    outward: bool,
) -> Result<Answer, Failure> {
    let impact = open(args, folder)?.impact(from, to, outward)?;
    Ok(Answer::new(words::impact::impacts(&impact), &impact))
}
