//! What was true on the last day of a period: appraisal.

use std::path::Path;

use app::Failure;
use app::domain::words::count;
use chrono::NaiveDate;

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

pub(super) fn appraisal(
    args: &Args,
    folder: &Path,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    pack: Option<&Path>,
) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let Some(out) = pack else {
        let appraisal = vault.appraisal(from, to)?;
        return Ok(Answer::new(words::appraisal(&appraisal, vault.framework()), &appraisal));
    };
    let pack = vault.pack_appraisal(from, to, out)?;
    let framework = vault.framework().clone();
    close(vault);
    let said = format!(
        "{}\nThe portfolio: {} ({})\nWhat was true on the last day: {}\nIt is noted in the vault too.\n",
        words::appraisal(&pack.appraisal, &framework),
        pack.portfolio.path.as_deref().unwrap_or_default(),
        count(pack.portfolio.imprint.pages, "page"),
        pack.snapshot
    );
    Ok(Answer::new(said, &pack))
}
