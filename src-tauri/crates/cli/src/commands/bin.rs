//! What was deleted, and having it back: delete, bin.

use std::path::Path;

use app::domain::words::{count, long_date};
use app::{Failure, RecordLine};
use serde_json::json;
use uuid::Uuid;

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;
use crate::hints::of_unread;

pub(super) fn delete(args: &Args, folder: &Path, ids: &[Uuid]) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let deleted = vault.delete(ids)?;
    close(vault);
    let text = format!(
        "{}In the bin now: {}. `bin --restore ID` brings it back, `bin --empty` deletes it for ever.\n",
        lines(&deleted),
        count(deleted.len(), "record")
    );
    Ok(Answer::new(text, &json!({ "deleted": deleted })))
}

pub(super) fn bin(args: &Args, folder: &Path, restore: &[Uuid], empty: bool) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let answer = if empty {
        let emptied = vault.empty_bin()?;
        let text = format!("Deleted for ever: {}.\n{}\n", count(emptied.emptied, "record"), emptied.note);
        Answer::new(text, &emptied)
    } else if restore.is_empty() {
        let binned = vault.bin()?;
        let mut text = String::new();
        for kept in &binned {
            let deleted = long_date(kept.binned.date_naive());
            text += &format!("{}    deleted on {deleted}\n", lines(std::slice::from_ref(&kept.record)));
        }
        text += &format!("In the bin: {}.\n", count(binned.len(), "record"));
        Answer::new(text, &json!({ "records": binned })).told(of_unread(vault.left_out()))
    } else {
        let restored = vault.restore(restore)?;
        let text = format!("{}Back again: {}.\n", lines(&restored), count(restored.len(), "record"));
        Answer::new(text, &json!({ "restored": restored }))
    };
    close(vault);
    Ok(answer)
}

fn lines(records: &[RecordLine]) -> String {
    let line = |line: &RecordLine| format!("{}  {}  {:<11}  {}\n", line.id, line.date, line.kind, line.title);
    records.iter().map(line).collect()
}
