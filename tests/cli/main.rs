//! The command line as people and scripts use it: the real program, its words, its JSON, its exit status.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod agreed;
mod answers;
mod beginning;
mod bin;
mod bombs;
mod caseload;
mod damage;
mod decided;
mod edit;
mod evidence;
mod foreign;
mod framework;
mod giving;
mod hints;
mod import;
mod jotting;
mod logged;
mod own_case;
mod past;
mod places;
mod portfolio;
mod prompts;
mod reader;
mod records;
mod rhythm;
mod scripts;
mod shown;
mod standing;
mod texts;
#[path = "../torture/mod.rs"]
mod torture;
mod training;
mod vaults;
mod voice;
mod whole;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The passphrase of every vault in these tests.
const PASSPHRASE: &str = "four unrelated small words";
/// The day on which these tests take place.
const TODAY: &str = "2026-06-12";

/// A coach at a terminal, in a folder of their own.
struct Coach {
    home: TempDir,
}

/// What the program said.
struct Said {
    status: i32,
    out: String,
    err: String,
}

impl Coach {
    /// With nothing yet.
    fn new() -> Coach {
        Coach { home: tempfile::tempdir().unwrap() }
    }

    /// With an empty vault.
    fn with_vault() -> Coach {
        let coach = Coach::new();
        coach.does(&["init", "VAULT"]);
        coach
    }

    /// A file or folder of theirs; `VAULT` among arguments stands for the vault's folder.
    fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The command, ready to run. Every argument that is a plain name of a file in the coach's folder means that file.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coachfolio"));
        command.current_dir(self.home.path()).env("COACHFOLIO_PASSPHRASE", PASSPHRASE);
        // Days are those of the coach's own clock, and these tests take place in Greenwich in winter.
        command.env("TZ", "UTC");
        // What the app remembers of vaults, too, goes with the coach's folder.
        command.env("XDG_DATA_HOME", self.home.path().join("data"));
        command.args(["--today", TODAY]).args(arguments);
        command
    }

    fn runs(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    /// Opens the vault with a recovery key and gives it a new passphrase; the exit status.
    fn recovers_with(&self, key: &str) -> i32 {
        self.writes("key", key);
        self.writes("new", "a new passphrase");
        self.runs(&["recover", "VAULT", "--recovery-key-file", "key", "--new-passphrase-file", "new"]).status
    }

    /// Runs what must succeed, and gives what it printed.
    fn does(&self, arguments: &[&str]) -> String {
        let said = self.runs(arguments);
        assert_eq!(said.status, 0, "{arguments:?}: {}", said.err);
        said.out
    }

    /// The same, as JSON.
    fn json(&self, arguments: &[&str]) -> Value {
        let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.does(&with_json)).unwrap()
    }

    /// Runs what must be refused with this status, and gives what was said about it.
    fn refused(&self, status: i32, arguments: &[&str]) -> String {
        let said = self.runs(arguments);
        assert_eq!(said.status, status, "{arguments:?}: {}{}", said.out, said.err);
        assert!(!said.err.is_empty() && !said.err.contains("panicked"), "{}", said.err);
        said.err
    }

    /// Writes a file for the program to read.
    fn writes(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.at(name), content).unwrap();
    }

    /// How many records the vault has.
    fn records(&self) -> usize {
        self.json(&["list", "VAULT"]).as_array().unwrap().len()
    }
}

impl Said {
    fn of(output: &Output) -> Said {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Said { status: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

/// The text of a PDF, as another program reads it.
fn text_of(pdf: &Path) -> String {
    text_with(pdf, &[])
}

/// The same without the heads of pages, which name again what goes on.
fn text_below_heads(pdf: &Path) -> String {
    text_with(pdf, &["-r", "72", "-x", "0", "-y", "66", "-W", "600", "-H", "776"])
}

fn text_with(pdf: &Path, options: &[&str]) -> String {
    let output = Command::new("pdftotext").args(["-enc", "UTF-8"]).args(options).arg(pdf).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Text without any white space: lines break where the page does.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}
