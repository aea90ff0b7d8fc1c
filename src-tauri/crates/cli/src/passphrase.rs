//! Where secrets come from: a file, the environment, or a hidden prompt; never an argument.

use std::io::IsTerminal;
use std::path::Path;

use app::Failure;
use zeroize::Zeroizing;

/// One secret and the ways in which it can be given.
pub(crate) struct Secret {
    /// What it is, for the prompt.
    name: &'static str,
    /// The environment variable.
    variable: &'static str,
    /// The option that names a file.
    option: &'static str,
}

pub(crate) const PASSPHRASE: Secret =
    Secret { name: "Passphrase", variable: "COACHFOLIO_PASSPHRASE", option: "--passphrase-file" };
pub(crate) const NEW_PASSPHRASE: Secret =
    Secret { name: "New passphrase", variable: "COACHFOLIO_NEW_PASSPHRASE", option: "--new-passphrase-file" };
pub(crate) const RECOVERY_KEY: Secret =
    Secret { name: "Recovery key", variable: "COACHFOLIO_RECOVERY_KEY", option: "--recovery-key-file" };

impl Secret {
    /// The secret, asked for once.
    pub(crate) fn ask(&self, file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
        match self.given(file)? {
            Some(secret) => Ok(secret),
            None => self.prompt(self.name),
        }
    }

    /// The secret, asked for twice when it is typed, since what it locks opens with nothing else.
    pub(crate) fn choose(&self, file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
        if let Some(secret) = self.given(file)? {
            return Ok(secret);
        }
        let first = self.prompt(self.name)?;
        let again = self.prompt("The same again")?;
        if first == again { Ok(first) } else { Err(Failure::new("The two were not the same; nothing was done.")) }
    }

    fn given(&self, file: Option<&Path>) -> Result<Option<Zeroizing<String>>, Failure> {
        let Some(file) = file else { return Ok(std::env::var(self.variable).ok().map(Zeroizing::new)) };
        let text = std::fs::read_to_string(file).map(Zeroizing::new).map_err(|error| {
            Failure::new(format!("{} cannot be read: {error}.", file.display()))
                .hint(format!("{} takes a text file whose first line is the secret.", self.option))
        })?;
        // Editors on Windows put a byte-order mark in front, and a blank at the end is seen by nobody.
        let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
        Ok(Some(Zeroizing::new(first.trim_end().to_owned())))
    }

    fn prompt(&self, words: &str) -> Result<Zeroizing<String>, Failure> {
        let asked =
            if std::io::stdin().is_terminal() { rpassword::prompt_password(format!("{words}: ")).ok() } else { None };
        asked.map(Zeroizing::new).ok_or_else(|| {
            let name = self.name.to_lowercase();
            Failure::new(format!("The {name} is needed, and there is no terminal to ask for it."))
                .hint(format!("Give it by {} FILE or in {}.", self.option, self.variable))
        })
    }
}
