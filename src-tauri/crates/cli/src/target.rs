//! What an export writes, and where to.

use std::path::PathBuf;

use app::Sheet;
use clap::error::ErrorKind;
use clap::{Arg, ArgGroup, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};

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
