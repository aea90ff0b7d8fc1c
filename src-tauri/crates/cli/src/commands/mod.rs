//! The commands: each asks the app and puts its answer into words. Its file bears the name of the one in `app` that does
//! the work; `export`, which writes what several of them give, has one of its own.

mod agenda;
mod appraisal;
mod attachments;
mod bin;
mod caseload;
mod example;
mod exchange;
mod export;
mod framework;
mod guidance;
mod history;
mod impact;
mod jotting;
mod learning;
mod portfolio;
mod prompts;
mod records;
mod rescue;
mod search;
mod standards;
mod standing;
mod vault;

use std::io::{self, Write as _};
use std::path::Path;

use app::{Code, Failure, Importing, OpenVault, on_this_machine};

use crate::answer::{Answer, Exit};
use crate::args::{Args, Command};
use crate::passphrase::PASSPHRASE;
use crate::target::Target;
use crate::words::plain;

/// Does what the arguments say. Of a damaged vault, what is readable answers.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    match answered(args) {
        Err(failure) if failure.code == Some(Code::Torn) && only_reads(&args.command) => {
            args.past_damage.set(true);
            Ok(answered(args)?.exit(Exit::No))
        }
        answered => answered,
    }
}

/// Whether a command only reads records, so that of a damaged vault it can be answered out of what is readable.
fn only_reads(command: &Command) -> bool {
    match command {
        Command::List { .. } | Command::Show { .. } | Command::Search { .. } => true,
        Command::Export { target, .. } => matches!(target, Target::OpenForm(_)),
        Command::History { restore, .. } => restore.is_none(),
        Command::Bin { restore, empty, .. } => restore.is_empty() && !empty,
        _ => false,
    }
}

fn answered(args: &Args) -> Result<Answer, Failure> {
    match &args.command {
        Command::Init { vault } => vault::init(args, vault),
        Command::Demo { vault, years, seed } => example::demo(args, vault, *years, *seed),
        Command::Verify { vault, acknowledge_loss } => vault::verify(args, vault, *acknowledge_loss),
        Command::Rescue { vault, out, as_vault } => rescue::rescue(args, vault, out, *as_vault),
        Command::RecoveryKey { vault } => vault::recovery_key(args, vault),
        Command::Rekey { vault, data: true, .. } => vault::rekey_data(args, vault),
        Command::Rekey { vault, new_passphrase_file, .. } => vault::rekey(args, vault, new_passphrase_file.as_deref()),
        Command::Recover { vault, recovery_key_file, new_passphrase_file } => {
            vault::recover(args, vault, recovery_key_file.as_deref(), new_passphrase_file.as_deref())
        }
        Command::Import { vault, files, format, dry_run, bring_back, profile } => {
            let (format, profile) = (format.map(Into::into), (*profile).into());
            let how = Importing { format, dry_run: *dry_run, bring_back: *bring_back, profile };
            exchange::import(args, vault, files, how)
        }
        Command::Export { vault, target, choice } => export::export(args, vault, target, choice),
        Command::Releases { vault } => portfolio::releases(args, vault),
        Command::Add { vault, kind, follows, said } => records::add(args, vault, kind, *follows, said),
        Command::Edit { vault, id, said, taken } => records::edit(args, vault, *id, said, taken),
        Command::Jot { vault, line, dry_run } => jotting::jot(args, vault, line, *dry_run),
        Command::Next { vault, id } => records::next(args, vault, *id),
        Command::Fields { kind } => records::fields(kind.as_deref()),
        Command::List { vault, kind, from, to, competency, limit } => {
            let filter = app::Filter {
                kind: kind.clone(),
                competency: competency.clone(),
                from: *from,
                to: *to,
                offset: 0,
                limit: *limit,
            };
            search::list(args, vault, &filter)
        }
        Command::Show { vault, id } => records::show(args, vault, *id),
        Command::Attachment { vault, id, name, out } => attachments::attachment(args, vault, *id, name, out),
        Command::Delete { vault, ids } => bin::delete(args, vault, ids),
        Command::Bin { vault, restore, empty } => bin::bin(args, vault, restore, *empty),
        Command::History { vault, id, restore } => history::history(args, vault, *id, *restore),
        Command::Search { vault, query, limit } => search::search(args, vault, query, *limit),
        Command::Gaps { vault } => standing::gaps(args, vault),
        Command::Hours { vault } => standing::hours(args, vault),
        Command::Plan { vault } => standing::plan(args, vault),
        Command::Caseload { vault } => caseload::caseload(args, vault),
        Command::Rhythm { vault } => standing::rhythm(args, vault),
        Command::Ratings { vault, competency } => standing::ratings(args, vault, competency.as_deref()),
        Command::Appraisal { vault, from, to, pack } => {
            appraisal::appraisal(args, vault, (*from, *to), pack.as_deref())
        }
        Command::Prompts { vault, add, remove } => prompts::prompts(args, vault, add.as_deref(), remove.as_deref()),
        Command::Agenda { vault, with, done } => agenda::agenda(args, vault, with.map(Into::into), done),
        Command::Learning { vault } => learning::learning(args, vault),
        Command::Standards { vault, person } => standards::standards(args, vault, *person),
        Command::Guidance { vault, put_away, bring_back, all } => {
            guidance::guidance(args, vault, put_away, bring_back, *all)
        }
        Command::Impact { vault, from, to, outward } => impact::impact(args, vault, (*from, *to), *outward),
        Command::Framework { file, vault, install } => {
            framework::framework(args, file.as_deref(), vault.as_deref(), *install)
        }
        Command::Schema => Ok(exchange::schema()),
    }
}

/// Opens the vault, asking for its passphrase where that was not given.
fn open(args: &Args, folder: &Path) -> Result<OpenVault, Failure> {
    if args.past_damage.get() {
        let (vault, rescued) = OpenVault::readable(on_this_machine(folder), passphrase(args)?, args.clock())?;
        let problems = rescued.problems().join("\n");
        tell(&format!("{problems}\nThis is what is readable. `rescue VAULT DIR` saves it."));
        return Ok(vault);
    }
    let vault = OpenVault::open(on_this_machine(folder), passphrase(args)?, args.clock())?;
    if let Some(problem) = vault.framework_problems().first() {
        tell(&format!(
            "The framework that was installed in this vault cannot be used, and the built-in one stands in for it.\n  \
             {}: {}\nInstall a mended file with `framework FILE --vault VAULT --install`.",
            problem.field, problem.message
        ));
    }
    tell_of_doubts(&vault);
    Ok(vault)
}

/// The vault's passphrase, asked for where it was not given.
fn passphrase(args: &Args) -> Result<&str, Failure> {
    if args.passphrase.get().is_none() {
        let asked = PASSPHRASE.ask(args.passphrase_file.as_deref())?;
        args.passphrase.set(asked).ok();
    }
    Ok(args.passphrase.get().map_or("", |passphrase| passphrase.as_str()))
}

/// Says on standard error, whatever was asked, what the vault's files leave in doubt.
fn tell_of_doubts(vault: &OpenVault) {
    let doubts = vault.doubts();
    if !doubts.is_empty() {
        tell(&format!("{}\n`verify --acknowledge-loss` ends such warnings.", doubts.join("\n")));
    }
}

/// Closes the vault. What was asked is done and saved by then, so what goes wrong now is said beside the answer.
fn close(vault: OpenVault) {
    if let Err(failure) = vault.close() {
        tell(&failure.message);
    }
}

/// A message beside the answer.
fn tell(text: &str) {
    // Nothing can be done about a closed standard error.
    writeln!(io::stderr(), "{}", plain(text)).ok();
}
