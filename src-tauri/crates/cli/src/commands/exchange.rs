//! Records in and out as data: import, export in the open form, schema.

use std::path::{Path, PathBuf};

use app::domain::words::count;
use app::domain::{Kinds, schema};
use app::{Failure, Importing};

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::hints::of_unread;
use crate::progress::{bar, show};

pub(super) fn import(args: &Args, folder: &Path, files: &[PathBuf], how: Importing) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let bar = bar();
    let sums = vault.import_telling(files, how, &mut |fraction| show(&bar, fraction))?;
    bar.finish_and_clear();
    vault.close()?;
    let mut text = if how.dry_run { "Nothing was stored. It would have been:\n" } else { "" }.to_owned();
    text += &format!("{} added, {} changed, {} there already", sums.added, sums.changed, sums.unchanged);
    if sums.kept_newer > 0 {
        text += &format!(", {} left as they are because they were changed here since", sums.kept_newer);
    }
    if sums.restored > 0 {
        text += &format!(", {} back from the bin because they are newer in the file", sums.restored);
    }
    if sums.kept_in_bin > 0 {
        text += &format!(", {} left in the bin (`bin --restore ID` brings them back)", sums.kept_in_bin);
    }
    if sums.brought_back > 0 {
        text += &format!(", {} brought back though deleted for good", sums.brought_back);
    }
    if sums.kept_deleted > 0 {
        text +=
            &format!(", {} left out because they were deleted for good (`--bring-back` takes them)", sums.kept_deleted);
    }
    Ok(Answer::new(text + ".\n", &sums).told(sums.notes.clone()))
}

pub(super) fn export_open_form(args: &Args, folder: &Path, out: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let written = vault.export_open_form(out)?;
    vault.close()?;
    let text = format!(
        "{}: {}, with {} beside.\nThis copy is not encrypted: keep it where nobody else reads it.\n",
        written.path,
        count(written.records, "record"),
        count(written.attachments, "attachment")
    );
    Ok(Answer::new(text, &written).told(of_unread(written.notes.clone())))
}

pub(super) fn schema() -> Answer {
    let schema = schema::schema(&Kinds::shipped());
    Answer::new(format!("{schema:#}\n"), &schema)
}
