//! What the records are measured against: framework.

use std::path::Path;

use app::domain::Framework;
use app::{Code, Failure};

use super::{close, open};
use crate::answer::{Answer, Exit};
use crate::args::Args;
use crate::words;

const TO_MEND: &str = "Mend what is named here; `framework --json` prints one that is right.";

pub(super) fn framework(
    args: &Args,
    file: Option<&Path>,
    vault: Option<&Path>,
    install: bool,
) -> Result<Answer, Failure> {
    let text = file.map(app::read_text).transpose()?;
    match (text, vault) {
        (Some(text), Some(folder)) if install => {
            // Before the vault is opened: a file that does not fit should not cost a passphrase.
            check(&text)?;
            let mut vault = open(args, folder)?;
            let framework = vault.install_framework(&text)?.clone();
            close(vault);
            let said = format!("\"{}\" is this vault's framework from now on.\n", framework.title);
            Ok(Answer::new(said, &framework))
        }
        (Some(text), _) => match check(&text) {
            Ok(framework) => {
                let said = format!("\"{}\" can be installed:\n\n{}", framework.title, words::framework(&framework));
                Ok(Answer::new(said, &framework))
            }
            // Here the question was whether it fits, so that problems are an answer and not a refusal.
            Err(failure) if failure.code == Some(Code::Problems) => {
                let json = serde_json::json!({ "ok": false, "problems": failure.problems });
                Ok(Answer::new(format!("{failure}\n"), &json).exit(Exit::No))
            }
            Err(failure) => Err(failure),
        },
        (None, Some(folder)) => printed(open(args, folder)?.framework()),
        (None, None) => printed(&Framework::shipped()),
    }
}

fn check(text: &str) -> Result<Framework, Failure> {
    app::check_framework(text).map_err(|failure| failure.hint(TO_MEND))
}

fn printed(framework: &Framework) -> Result<Answer, Failure> {
    Ok(Answer::new(words::framework(framework), framework))
}
