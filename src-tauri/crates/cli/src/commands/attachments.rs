//! Attached files, one by one: attachment.

use std::path::Path;

use app::Failure;
use app::domain::words::size;
use serde_json::json;
use uuid::Uuid;

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;

pub(super) fn attachment(args: &Args, folder: &Path, id: Uuid, name: &str, out: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let file = vault.save_attachment_of(id, name, out)?;
    close(vault);
    let path = out.display().to_string();
    let text = format!(
        "{path}: \"{}\" as it was attached, {}. This copy is not encrypted.\n",
        file.name,
        size(file.bytes.into())
    );
    Ok(Answer::new(text, &json!({ "path": path, "attachment": file })))
}
