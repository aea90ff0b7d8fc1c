//! The vault as a whole: init, verify, rekey, recovery-key, recover.

use std::path::Path;

use app::domain::words::count;
use app::{Code, Created, Failure, Filter, OpenVault, on_this_machine};
use serde_json::json;

use super::{close, open, passphrase, tell_of_doubts};
use crate::answer::{Answer, Exit};
use crate::args::Args;
use crate::passphrase::{NEW_PASSPHRASE, PASSPHRASE, RECOVERY_KEY};
use crate::progress::{bar, show};

pub(super) fn init(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let passphrase = PASSPHRASE.choose(args.passphrase_file.as_deref())?;
    made(OpenVault::create(on_this_machine(folder), &passphrase, args.clock())?, "A new vault")
}

pub(super) fn made(created: Created, what: &str) -> Result<Answer, Failure> {
    let Created { vault, recovery_key } = created;
    let folder = vault.folder().display().to_string();
    let records = vault.list(&Filter { limit: Some(0), ..Filter::default() })?.total;
    close(vault);
    let text = format!(
        "{what} with {} lies in {folder}.\n\nRecovery key: {recovery_key}\n\n\
         Write it down and keep it away from this machine. It is shown this once, and it is the only way in\n\
         if the passphrase is forgotten (coachfolio recover).\n",
        count(records, "record")
    );
    Ok(Answer::new(text, &json!({ "vault": folder, "records": records, "recovery_key": recovery_key })))
}

pub(super) fn verify(args: &Args, folder: &Path, acknowledge_loss: bool) -> Result<Answer, Failure> {
    let found = match open(args, folder) {
        Ok(mut vault) => {
            let found = vault.verify()?;
            if acknowledge_loss {
                vault.acknowledge()?;
            }
            close(vault);
            found
        }
        Err(failure) if failure.code == Some(Code::Torn) => {
            OpenVault::verify_torn(on_this_machine(folder), passphrase(args)?)?
        }
        Err(failure) => return Err(failure),
    };
    let ok = found.problems.is_empty();
    let mut text = format!(
        "{} and {} were read and checked: {}\n",
        count(found.records, "record"),
        count(found.attachments, "attachment"),
        if ok { "all is well." } else { "not all is well." }
    );
    for problem in &found.problems {
        text += &format!("  {problem}\n");
    }
    for note in &found.notes {
        text += &format!("  (no damage) {note}\n");
    }
    let json = json!({
        "ok": ok, "records": found.records, "attachments": found.attachments, "problems": found.problems,
        "notes": found.notes,
    });
    Ok(Answer::new(text, &json).exit(if ok { Exit::Done } else { Exit::No }))
}

pub(super) fn rekey(args: &Args, folder: &Path, new: Option<&Path>) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    vault.change_passphrase(&NEW_PASSPHRASE.choose(new)?)?;
    close(vault);
    let text = "The vault opens with the new passphrase from now on. The recovery key is still the same.\n";
    Ok(Answer::new(text, &json!({ "ok": true })))
}

pub(super) fn rekey_data(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let bar = bar();
    let key = vault.change_data_key(passphrase(args)?, &mut |fraction| show(&bar, fraction))?;
    bar.finish_and_clear();
    let text = format!(
        "Everything in the vault is encrypted with another key now. The passphrase is still the same.\n\nRecovery key: \
         {key}\n\nWrite it down and keep it away from this machine. It is shown this once, and the one before no longer opens \
         the vault. Copies of the vault that were made before still open as they did.\n"
    );
    Ok(Answer::new(text, &json!({ "ok": true, "recovery_key": key })))
}

pub(super) fn recovery_key(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let key = vault.new_recovery_key()?;
    close(vault);
    let text = format!(
        "Recovery key: {key}\n\nWrite it down and keep it away from this machine. It is shown this once, and the one before \
         no longer opens the vault.\n"
    );
    Ok(Answer::new(text, &json!({ "recovery_key": key })))
}

pub(super) fn recover(args: &Args, folder: &Path, key: Option<&Path>, new: Option<&Path>) -> Result<Answer, Failure> {
    let key = RECOVERY_KEY.ask(key)?;
    let new = NEW_PASSPHRASE.choose(new)?;
    let vault = OpenVault::recover(on_this_machine(folder), &key, &new, args.clock())?;
    tell_of_doubts(&vault);
    close(vault);
    let text = "The vault opens with the new passphrase from now on. Nothing in it was changed.\n";
    Ok(Answer::new(text, &json!({ "ok": true })))
}
