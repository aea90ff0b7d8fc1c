//! What records said before: history.

use std::path::Path;

use app::domain::words::count;
use app::{Failure, local};
use serde_json::json;
use uuid::Uuid;

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;

pub(super) fn history(args: &Args, folder: &Path, id: Uuid, restore: Option<u32>) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let answer = if let Some(number) = restore {
        let record = vault.bring_back(id, number)?;
        let text =
            format!("\"{}\" says again what version {number} said. What it said until now is kept.\n", record.title);
        Answer::new(text, &record)
    } else {
        let versions = vault.history(id)?;
        let mut text = String::new();
        for version in &versions {
            let saved = local(version.saved).format("%-d %B %Y, %H:%M");
            text += &format!("{:>4}  {saved}  {}\n", version.number, version.record.title);
        }
        text += &match versions.len() {
            0 => "It never said anything else.\n".to_owned(),
            n => format!("{}. `history VAULT ID --restore N` brings one back.\n", count(n, "former version")),
        };
        Answer::new(text, &json!({ "versions": versions }))
    };
    close(vault);
    Ok(answer)
}
