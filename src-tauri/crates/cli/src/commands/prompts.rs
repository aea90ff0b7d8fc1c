//! Models that ask questions: those built in and a coach's own.

use std::path::Path;

use app::Failure;
use app::domain::prompts::Model;
use app::domain::words::count;

use super::{close, open};
use crate::answer::Answer;
use crate::args::Args;

pub(super) fn prompts(args: &Args, folder: &Path, add: Option<&Path>, remove: Option<&str>) -> Result<Answer, Failure> {
    // Before the vault is opened: a file that cannot be read should not cost a passphrase.
    let model = add.map(read).transpose()?;
    let mut vault = open(args, folder)?;
    let answer = if let Some(model) = model {
        let kept = vault.keep_model(model)?;
        let text = format!("\"{}\" is one of your models now, with {}.\n", kept.title, asked(kept));
        Answer::new(text, kept)
    } else if let Some(name) = remove {
        let dropped = vault.drop_model(name)?;
        let text = format!("\"{}\" is gone. What was answered stays in your records.\n", dropped.title);
        Answer::new(text, &dropped)
    } else {
        let models = vault.shelf().prompts;
        Answer::new(models.iter().map(listed).collect::<Vec<_>>().join("\n"), &models)
    };
    close(vault);
    Ok(answer)
}

fn read(file: &Path) -> Result<Model, Failure> {
    app::read_model(&app::read_text(file)?)
}

fn asked(model: &Model) -> String {
    count(model.prompts.len(), "prompt")
}

fn listed(model: &Model) -> String {
    let mut text = format!("{} ({}, for a {})\n", model.title, model.id, model.kind);
    if !model.summary.is_empty() {
        text += &format!("  {}\n", model.summary);
    }
    for one in &model.prompts {
        text += &format!("  - {}\n", one.prompt);
    }
    text
}
