//! The arguments, as people type them.

use std::cell::{Cell, OnceCell};
use std::path::PathBuf;

use app::domain::framework::SupervisionType;
use app::{Clock, Format, Profile};
use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::target::{Choice, Target};
use crate::typed::{Said, Taken};
use crate::values::{a_day, an_id, followed, numbered};

/// A health and wellbeing coach's portfolio of evidence, encrypted on this machine.
///
/// Exit status: 0 done, 1 the answer is no, 2 wrong usage or refused input, 3 the vault cannot be opened.
// Not to be shown for debugging: it holds the passphrase.
#[derive(Parser)]
#[command(name = "coachfolio", version, max_term_width = 100)]
pub(crate) struct Args {
    /// Answer with one JSON document
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// The day on which everything is asked
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = a_day)]
    pub(crate) today: Option<NaiveDate>,
    /// A file whose first line is the passphrase (or set COACHFOLIO_PASSPHRASE)
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Asked for once, whatever it is needed for.
    #[arg(skip)]
    pub(crate) passphrase: OnceCell<Zeroizing<String>>,
    /// The vault is damaged: what is readable of it is asked.
    #[arg(skip)]
    pub(crate) past_damage: Cell<bool>,
}

impl Args {
    pub(crate) fn clock(&self) -> Clock {
        self.today.map_or_else(Clock::default, Clock::fixed)
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a new encrypted vault; prints the recovery key once
    Init { vault: PathBuf },
    /// Make a vault filled with an invented coach's work
    Demo {
        vault: PathBuf,
        /// How many years of work (eighteen months when not given)
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=20))]
        years: Option<u32>,
        /// The same number gives the same work
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Take records in; a file is taken whole or not at all
    Import {
        vault: PathBuf,
        /// Files, or folders that everything was exported into
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The files' format (guessed from their content when not given)
        #[arg(long)]
        format: Option<ImportFormat>,
        /// Say what would happen and store nothing
        #[arg(long)]
        dry_run: bool,
        /// Take what was deleted for good as well, which is left out otherwise
        #[arg(long)]
        bring_back: bool,
        /// What becomes of a profile where the vault has one
        #[arg(long, value_name = "HOW", default_value = "fill")]
        profile: ProfileHere,
    },
    /// Write the portfolio as a PDF, or everything in the open form
    Export {
        vault: PathBuf,
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        choice: Choice,
    },
    /// What was given out: when, for whom, and by which fingerprint a file is known again
    Releases { vault: PathBuf },
    /// Add a record
    Add {
        vault: PathBuf,
        /// Such as reflection, session, supervision, observation, feedback, learning, peer-learning, team-work, impact,
        /// goal, statement, sign-off, person, profile (`fields KIND` says what each holds)
        kind: String,
        /// Prefilled out of this record, as `next` offers it: its id, and with :N the line of that number
        #[arg(long, value_name = "ID[:N]", value_parser = followed)]
        follows: Option<(Uuid, Option<u32>)>,
        #[command(flatten)]
        said: Said,
    },
    /// Change what is named of a record; the rest stays, and what it said before is kept
    Edit {
        vault: PathBuf,
        #[arg(value_parser = an_id)]
        id: Uuid,
        #[command(flatten)]
        said: Said,
        #[command(flatten)]
        taken: Taken,
    },
    /// What a kind of record holds: its fields, each with what it takes, its limits and when it is shown
    Fields {
        /// Such as session; without one all kinds are listed
        kind: Option<String>,
    },
    /// One line that becomes a session: "A 50 video", "group 7 90 f2f", "dna B yesterday"; "idea: …" becomes a draft
    Jot {
        vault: PathBuf,
        /// Who, how long, how it was held, when: in any order
        #[arg(required = true, value_name = "LINE")]
        line: Vec<String>,
        /// Say how it is understood and keep nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// What usually follows a record, prefilled: a reflection after a session, an item for the next supervision
    Next {
        vault: PathBuf,
        #[arg(value_parser = an_id)]
        id: Uuid,
    },
    /// List records, newest first
    List {
        vault: PathBuf,
        #[arg(long)]
        kind: Option<String>,
        /// From this day on
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<NaiveDate>,
        /// Until this day
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<NaiveDate>,
        /// With a claim for this competency
        #[arg(long, value_name = "NUMBER")]
        competency: Option<String>,
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// Show one record
    Show {
        vault: PathBuf,
        #[arg(value_parser = an_id)]
        id: Uuid,
    },
    /// Write a copy of an attached file
    Attachment {
        vault: PathBuf,
        #[arg(value_parser = an_id)]
        id: Uuid,
        /// The file's name, as `show` prints it
        name: String,
        /// Where to write it
        out: PathBuf,
    },
    /// Move records into the bin, where they count nowhere
    Delete {
        vault: PathBuf,
        #[arg(required = true, value_name = "ID", value_parser = an_id)]
        ids: Vec<Uuid>,
    },
    /// List what is in the bin, bring it back, or empty it
    Bin {
        vault: PathBuf,
        /// Bring these back as they were
        #[arg(long, value_name = "ID", num_args = 1.., conflicts_with = "empty", value_parser = an_id)]
        restore: Vec<Uuid>,
        /// Delete everything in it for ever; no trace of it stays in the vault
        #[arg(long)]
        empty: bool,
    },
    /// What a record said before it was changed
    History {
        vault: PathBuf,
        #[arg(value_parser = an_id)]
        id: Uuid,
        /// Make it say again what this version said
        #[arg(long, value_name = "N")]
        restore: Option<u32>,
    },
    /// Find records by words in their title, text, answers and claims
    Search {
        vault: PathBuf,
        /// Words that must all be there; "a phrase" stays together; a last * finds beginnings
        query: String,
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: u32,
    },
    /// Every competency: what it asks for, what is there, what is missing
    Gaps { vault: PathBuf },
    /// Hours of coaching and the tier they reach
    Hours { vault: PathBuf },
    /// Who you are seeing, how often and for how long, and what of it to talk over with your line manager
    Caseload { vault: PathBuf },
    /// The next evidence that closes the most gaps
    Plan { vault: PathBuf },
    /// Supervision: last, next due, missed
    Rhythm { vault: PathBuf },
    /// What to bring to the next supervision, and whom to speak to first
    Agenda {
        vault: PathBuf,
        /// For one kind of supervision (all three when not given)
        #[arg(long, alias = "type", value_name = "KIND")]
        with: Option<With>,
        /// Mark what was agreed as done today: the supervision's id and the action's number, as the agenda prints them
        #[arg(long, value_name = "ID:N", num_args = 1.., value_parser = numbered)]
        done: Vec<(Uuid, u32)>,
    },
    /// Training: what is there, what has to be renewed and when, and the first twelve months
    Learning { vault: PathBuf },
    /// The eight standards for a health coaching supervisor: a check on those who supervise you, and your own case
    Standards {
        vault: PathBuf,
        /// One person alone
        #[arg(value_name = "PERSON_ID", value_parser = an_id)]
        person: Option<Uuid>,
    },
    /// Rules of thumb that have something to say about the last 90 days; none of them is enforced
    Guidance {
        vault: PathBuf,
        /// Do not say this again
        #[arg(long, value_name = "KEY", num_args = 1..)]
        put_away: Vec<String>,
        /// Say this again after all
        #[arg(long, value_name = "KEY", num_args = 1..)]
        bring_back: Vec<String>,
        /// With what was put away
        #[arg(long)]
        all: bool,
    },
    /// What changed for people: outcome measures and feedback, in figures
    Impact {
        vault: PathBuf,
        /// Records from this day on
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<NaiveDate>,
        /// Records until this day
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<NaiveDate>,
        /// As others may read it: figures over fewer than five people are withheld
        #[arg(long)]
        outward: bool,
    },
    /// How you rate yourself on each competency, beside what others said
    Ratings {
        vault: PathBuf,
        /// This competency alone
        #[arg(long, value_name = "NUMBER")]
        competency: Option<String>,
    },
    /// What was true on the last day of a period; with --pack, everything an appraiser needs
    Appraisal {
        vault: PathBuf,
        /// Its first day (a review period before the last, when not given)
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<NaiveDate>,
        /// Its last day (today, when not given)
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<NaiveDate>,
        /// The folder to write the pack into: the portfolio and what was true, which is noted in the vault as well
        #[arg(long, value_name = "DIR")]
        pack: Option<PathBuf>,
    },
    /// Hold everything in the vault against its own sums
    Verify {
        vault: PathBuf,
        /// You know of changes that were lost when an older vault was put back: stop telling
        #[arg(long)]
        acknowledge_loss: bool,
    },
    /// Save what is readable of a damaged vault, and name what is not
    Rescue {
        vault: PathBuf,
        /// A new or empty folder
        #[arg(value_name = "DIR")]
        out: PathBuf,
        /// Make it a vault, encrypted like the other, with drafts, former versions and the bin
        #[arg(long)]
        as_vault: bool,
    },
    /// Give the vault a new passphrase; the recovery key stays good
    Rekey {
        vault: PathBuf,
        /// A file whose first line is the new passphrase (or set COACHFOLIO_NEW_PASSPHRASE)
        #[arg(long, value_name = "FILE", conflicts_with = "data")]
        new_passphrase_file: Option<PathBuf>,
        /// Encrypt everything anew with another data key, and print a new recovery key once; the passphrase stays
        #[arg(long)]
        data: bool,
    },
    /// Make a new recovery key and print it once; the one before no longer opens the vault
    RecoveryKey { vault: PathBuf },
    /// Open the vault with its recovery key and give it a new passphrase
    Recover {
        vault: PathBuf,
        /// A file whose first line is the recovery key (or set COACHFOLIO_RECOVERY_KEY)
        #[arg(long, value_name = "FILE")]
        recovery_key_file: Option<PathBuf>,
        /// A file whose first line is the new passphrase (or set COACHFOLIO_NEW_PASSPHRASE)
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Print the models that ask questions, for reflections and supervision, and add your own
    Prompts {
        vault: PathBuf,
        /// A file with a model of your own: {"title", "for", "prompts": [{"prompt", "help"}]}
        #[arg(long, value_name = "FILE", conflicts_with = "remove")]
        add: Option<PathBuf>,
        /// Forget a model of your own; what was answered stays in your records
        #[arg(long, value_name = "TITLE")]
        remove: Option<String>,
    },
    /// Print the built-in framework or a vault's, or check a file to install
    Framework {
        /// A framework file to check
        file: Option<PathBuf>,
        /// The vault whose framework is printed, or with --install changed
        #[arg(long, value_name = "VAULT")]
        vault: Option<PathBuf>,
        /// Make the file this vault's framework
        #[arg(long, requires = "file", requires = "vault")]
        install: bool,
    },
    /// Print the JSON Schema of the open form
    Schema,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ImportFormat {
    /// The open form: JSON Lines, one record a line
    Jsonl,
}

impl From<ImportFormat> for Format {
    fn from(format: ImportFormat) -> Format {
        match format {
            ImportFormat::Jsonl => Format::OpenForm,
        }
    }
}

/// What becomes of a profile where the vault has one.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ProfileHere {
    /// Yours stays, and what it leaves open is taken from the file
    Fill,
    /// Yours stays as it is
    Keep,
    /// What the file says takes its place; what was there is kept as a former version
    Replace,
}

impl From<ProfileHere> for Profile {
    fn from(how: ProfileHere) -> Profile {
        match how {
            ProfileHere::Fill => Profile::Fill,
            ProfileHere::Keep => Profile::Keep,
            ProfileHere::Replace => Profile::Replace,
        }
    }
}

/// A kind of supervision.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum With {
    HealthCoaching,
    LineManagement,
    Clinical,
}

impl From<With> for SupervisionType {
    fn from(with: With) -> SupervisionType {
        match with {
            With::HealthCoaching => SupervisionType::HealthCoaching,
            With::LineManagement => SupervisionType::LineManagement,
            With::Clinical => SupervisionType::Clinical,
        }
    }
}
