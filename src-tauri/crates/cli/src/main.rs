//! `coachfolio`: arguments in, text or JSON out. The words and shapes are a contract.

mod answer;
mod args;
mod commands;
mod hints;
mod passphrase;
mod progress;
mod target;
mod typed;
mod values;
mod words;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::answer::Exit;
use crate::args::Args;

fn main() -> ExitCode {
    app::keep_memory_out_of_dumps();
    if app::is_rehearsal() {
        return ExitCode::SUCCESS;
    }
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(misuse) => return misused(&misuse),
    };
    let (answer, exit) = match commands::run(&args) {
        Ok(answer) => {
            let exit = answer.exit;
            for note in &answer.notes {
                writeln!(io::stderr(), "{}", words::plain(note)).ok();
            }
            (if args.json { answer.json() } else { words::plain(&answer.text) }, exit)
        }
        Err(failure) => {
            let failure = hints::hinted(failure);
            // Nothing can be done about a closed standard error.
            writeln!(io::stderr(), "{}", words::plain(&words::failure(&failure))).ok();
            let json = serde_json::json!({ "error": failure });
            (if args.json { format!("{json:#}\n") } else { String::new() }, Exit::of(&failure))
        }
    };
    match io::stdout().write_all(answer.as_bytes()).and_then(|()| io::stdout().flush()) {
        // `coachfolio list | head` closes the pipe early, which is not a failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let said = "What was asked is done all the same. If it was to show a recovery key, `recovery-key VAULT` makes \
                        another one.";
            writeln!(io::stderr(), "The answer could not be written: {error}.\n{said}").ok();
            ExitCode::from(2)
        }
        _ => ExitCode::from(exit as u8),
    }
}

/// Wrong usage in clap's own words; with `--json` as a document too. Asking for help or the version is neither.
fn misused(misuse: &clap::Error) -> ExitCode {
    if !misuse.use_stderr() {
        misuse.exit();
    }
    misuse.print().ok();
    // What was understood of the arguments is gone, so they are looked at once more.
    if std::env::args_os().take_while(|argument| argument != "--").any(|argument| argument == "--json") {
        let said = misuse.render().to_string();
        let (what, usage) = said.split_once("\n\n").unwrap_or((&said, ""));
        let failure = app::Failure::new(what.trim_start_matches("error: ").trim()).hint(usage.trim());
        writeln!(io::stdout(), "{:#}", serde_json::json!({ "error": failure })).ok();
    }
    ExitCode::from(Exit::Refused as u8)
}
