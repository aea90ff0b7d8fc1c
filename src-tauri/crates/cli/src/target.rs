//! What an export writes, where to, and what goes into a portfolio.

use std::path::PathBuf;

use app::domain::Audience;
use app::{PortfolioChoice, Sheet};
use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgGroup, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};
use uuid::Uuid;

/// What is written, and where to: one of a few options, each with a place of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The portfolio for a reader, into this file.
    Portfolio(Sheet, PathBuf),
    /// Everything in the open form, into this folder.
    OpenForm(PathBuf),
}

/// An option's name, what stands for its value, its help, and the target it makes.
type Row = (&'static str, &'static str, &'static str, fn(PathBuf) -> Target);

/// Every target there is; one of them is given.
const ROWS: [Row; 3] = [
    ("pdf", "OUT", "The portfolio as a PDF", |out| Target::Portfolio(Sheet::Pdf, out)),
    ("html", "OUT", "The portfolio as one HTML file", |out| Target::Portfolio(Sheet::Html, out)),
    ("jsonl", "DIR", "Everything in the open form, into this folder", Target::OpenForm),
];

impl Args for Target {
    fn augment_args(command: Command) -> Command {
        let option = |(name, value, help, _): Row| {
            Arg::new(name).long(name).value_name(value).help(help).value_parser(value_parser!(PathBuf))
        };
        let one = ArgGroup::new("target").args(ROWS.map(|(name, ..)| name)).required(true);
        command.args(ROWS.map(option)).group(one)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Target {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = |(name, _, _, target): Row| matches.get_one::<PathBuf>(name).cloned().map(target);
        // The group has seen to it that one is there.
        ROWS.into_iter().find_map(given).ok_or_else(|| Error::new(ErrorKind::MissingRequiredArgument))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// What goes into a portfolio. The open form always takes everything.
#[derive(Debug, clap::Args)]
#[group(conflicts_with = "jsonl")]
pub(crate) struct Choice {
    /// For whom it is: private entries and other supervisors' are left out
    #[arg(long = "for", value_name = "WHOM", default_value = Audience::default().id(), value_parser = audience())]
    audience: Audience,
    /// Records from this day on
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// Records until this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<NaiveDate>,
    /// These records alone
    #[arg(long, value_name = "ID", num_args = 1..)]
    only: Vec<Uuid>,
    /// These records too, which would be kept back from whoever it is for
    #[arg(long, value_name = "ID", num_args = 1.., requires = "audience")]
    also: Vec<Uuid>,
    /// The best evidence for this reader, up to five records in this order, with a page to themselves
    #[arg(long, value_name = "ID", num_args = 1..)]
    best: Vec<Uuid>,
    /// Sessions of which nothing is written but the facts: added up by month, or each in a line
    #[arg(long, value_name = "HOW", default_value = "months", value_parser = ["months", "sessions"])]
    log: String,
    /// The attached files go along inside the PDF as they are, with everything that is written in them
    #[arg(long, conflicts_with = "html")]
    originals: bool,
    /// Only say what would go in, what would be left out and why, and what could not be shown
    #[arg(long)]
    pub(crate) check_only: bool,
}

impl From<&Choice> for PortfolioChoice {
    fn from(Choice { audience, from, to, only, also, best, log, originals, .. }: &Choice) -> Self {
        let (only, also, best) = (only.clone(), also.clone(), best.clone());
        let (from, to, audience, originals) = (*from, *to, *audience, *originals);
        Self { from, to, only, also, audience, best, each_session: log == "sessions", originals }
    }
}

/// For whom a portfolio is.
fn audience() -> impl TypedValueParser<Value = Audience> {
    let one = |audience: Audience| {
        let words = audience.words();
        PossibleValue::new(audience.id()).help(format!("{}. {}", words.label, words.hint))
    };
    let known = |id: String| Audience::from_id(&id).ok_or_else(|| format!("there is no audience \"{id}\""));
    PossibleValuesParser::new(Audience::ALL.map(one)).try_map(known)
}
