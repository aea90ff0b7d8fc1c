//! `coachfolio`: arguments in, text or JSON out. The words and shapes are a contract.

mod answer;
mod args;
mod commands;
mod passphrase;
mod words;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::answer::Exit;
use crate::args::Args;

fn main() -> ExitCode {
    let args = Args::parse();
    let (answer, exit) = match commands::run(&args) {
        Ok(answer) => {
            let exit = answer.exit;
            for note in &answer.notes {
                writeln!(io::stderr(), "{note}").ok();
            }
            (if args.json { answer.json() } else { answer.text }, exit)
        }
        Err(failure) => {
            // Nothing can be done about a closed standard error.
            writeln!(io::stderr(), "{}", words::failure(&failure)).ok();
            let json = serde_json::json!({ "error": failure });
            (if args.json { format!("{json:#}\n") } else { String::new() }, Exit::of(&failure))
        }
    };
    match io::stdout().write_all(answer.as_bytes()).and_then(|()| io::stdout().flush()) {
        // `coachfolio list | head` closes the pipe early, which is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
        _ => ExitCode::from(exit as u8),
    }
}
