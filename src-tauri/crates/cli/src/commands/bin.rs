//! What was deleted, and having it back: delete, bin.

use std::path::Path;

use app::domain::words::{count, long_date};
use app::{Deleted, Failure, RecordLine, local};
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
    let named: String = deleted.iter().filter_map(named).collect();
    let text = format!(
        "{}{named}In the bin now: {}. `bin --restore ID` brings it back, `bin --empty` deletes it for ever.\n",
        deleted.iter().map(|one| line(&one.line)).collect::<String>(),
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
            let deleted = long_date(local(kept.binned).date());
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
    records.iter().map(line).collect()
}

fn line(line: &RecordLine) -> String {
    format!("{}  {}  {:<11}  {}\n", line.id, line.date, line.kind, line.title)
}

/// Who is missed elsewhere.
fn named(deleted: &Deleted) -> Option<String> {
    let names = if deleted.named_by == 1 { "names" } else { "name" };
    let records = count(deleted.named_by, "record");
    let title = &deleted.line.title;
    (deleted.named_by > 0).then(|| format!("{records} {names} \"{title}\", and will not say so until it is back.\n"))
}
