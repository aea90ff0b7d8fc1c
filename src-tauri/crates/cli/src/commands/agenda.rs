//! What to bring to the next supervision: agenda.

use std::path::Path;

use app::Failure;
use app::domain::framework::SupervisionType;
use uuid::Uuid;

use super::{close, open};
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
    close(vault);
    Ok(Answer::new(words::agenda::agenda(&agenda), &agenda))
}
