//! Records as data: import, schema.

use std::path::{Path, PathBuf};

use app::domain::{Kinds, schema};
use app::{Failure, Imported, Importing, Profile};

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;
use crate::progress::{bar, show};

pub(super) fn import(args: &Args, folder: &Path, files: &[PathBuf], how: Importing) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let bar = bar();
    let sums = vault.import_telling(files, how, &mut |fraction| show(&bar, fraction))?;
    bar.finish_and_clear();
    close(vault);
    let mut notes = sums.notes.clone();
    if !sums.profile_differs.is_empty() {
        let fields = sums.profile_differs.join(", ");
        notes.push(match how.profile {
            Profile::Replace => format!("Your profile says now what the file says ({fields})."),
            _ => format!(
                "Your profile and the file's differ ({fields}). Yours stays; `import --profile replace` takes the file's."
            ),
        });
    }
    Ok(Answer::new(imported(&sums), &sums).told(notes))
}

/// "2 records added, 1 left as it is because it was changed here since."; of what did not happen nothing is said.
fn imported(sums: &Imported) -> String {
    let because = |n: u32, one: &str, many: &str| (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { many }));
    let all = [
        because(sums.added, "added", "added"),
        because(sums.changed, "changed", "changed"),
        because(sums.unchanged, "there already", "there already"),
        because(
            sums.kept_newer,
            "left as it is because it was changed here since",
            "left as they are because they were changed here since",
        ),
        because(
            sums.restored,
            "back from the bin because it is newer in the file",
            "back from the bin because they are newer in the file",
        ),
        because(
            sums.kept_in_bin,
            "left in the bin (`bin --restore ID` brings it back)",
            "left in the bin (`bin --restore ID` brings them back)",
        ),
        because(
            sums.brought_back,
            "brought back although it had been deleted for good",
            "brought back although they had been deleted for good",
        ),
        because(
            sums.kept_deleted,
            "left out because it was deleted for good (`--bring-back` takes it)",
            "left out because they were deleted for good (`--bring-back` takes them)",
        ),
    ];
    let told: Vec<String> = all.into_iter().flatten().collect();
    let begin = if sums.dry_run { "Nothing was stored. It would have been:\n" } else { "" };
    match told.is_empty() {
        true => format!("{begin}No record was in it.\n"),
        false => format!("{begin}Records: {}.\n", told.join(", ")),
    }
}

pub(super) fn schema() -> Answer {
    let schema = schema::schema(&Kinds::shipped());
    Answer::new(format!("{schema:#}\n"), &schema)
}
