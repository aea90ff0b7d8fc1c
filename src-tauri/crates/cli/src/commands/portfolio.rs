//! The log of portfolios that were given out.

use std::path::Path;

use app::Failure;

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

pub(super) fn releases(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let releases = vault.releases()?;
    close(vault);
    Ok(Answer::new(words::portfolio::releases(&releases), &serde_json::json!({ "releases": releases })))
}
