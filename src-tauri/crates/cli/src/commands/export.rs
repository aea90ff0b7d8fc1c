//! What is written out, by its target: the portfolio for a reader, or records as data.

use std::ops::ControlFlow;
use std::path::Path;

use app::domain::words::{count, counted, listed};
use app::{Failure, Sheet};

use super::rescue::new_or_empty;
use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;
use crate::hints::DAMAGED;
use crate::progress::{bar, show};
use crate::target::{Choice, Target};
use crate::words;

pub(super) fn export(args: &Args, folder: &Path, target: &Target, choice: &Choice) -> Result<Answer, Failure> {
    match target {
        Target::Portfolio(sheet, out) => portfolio(args, folder, (*sheet, out), choice),
        Target::OpenForm(out) => open_form(args, folder, out),
    }
}

fn portfolio(args: &Args, folder: &Path, (sheet, out): (Sheet, &Path), choice: &Choice) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let prepared = vault.prepare_portfolio(&choice.into(), sheet)?;
    let damaged = !vault.left_out().is_empty();
    let bar = bar();
    let path = (!choice.check_only).then_some(out);
    let finished = prepared.finish(path, &mut |sha256| vault.attachment(sha256), &mut |fraction| {
        show(&bar, fraction);
        ControlFlow::Continue(())
    })?;
    bar.finish_and_clear();
    let report = vault.note_release(finished)?;
    close(vault);
    let look = damaged.then(|| DAMAGED.to_owned());
    Ok(Answer::new(words::portfolio::report(&report), &report).told(look.into_iter().collect()))
}

fn open_form(args: &Args, folder: &Path, out: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    if args.past_damage.get() {
        new_or_empty(out)?;
    }
    let written = vault.export_open_form(out)?;
    let look = (!vault.left_out().is_empty()).then(|| DAMAGED.to_owned());
    close(vault);
    let versions = (written.versions > 0).then(|| count(written.versions, "former version"));
    let models = (written.models > 0).then(|| counted(written.models, "model of your own", "models of your own"));
    let files = count(written.attachments, "attachment");
    let beside: Vec<String> = versions.into_iter().chain(models).chain([files]).collect();
    let text = format!(
        "{}: {}, with {} beside.\nThis copy is not encrypted: keep it where nobody else reads it.\n",
        written.path,
        count(written.records, "record"),
        listed(&beside)
    );
    Ok(Answer::new(text, &written).told(written.notes.iter().cloned().chain(look).collect()))
}
