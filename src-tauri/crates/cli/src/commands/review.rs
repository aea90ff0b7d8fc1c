//! What is there, what is missing and what comes next; what it is held against: framework, schema.

use std::path::Path;

use app::domain::{Framework, Kinds, schema};
use app::{Code, Failure};
use chrono::NaiveDate;

use super::open;
use crate::answer::{Answer, Exit};
use crate::args::Args;
use crate::words;

pub(super) fn gaps(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let gaps = vault.gaps()?;
    Ok(Answer::new(words::gaps(&gaps, vault.framework()), &gaps))
}

pub(super) fn hours(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let hours = open(args, folder)?.hours()?;
    Ok(Answer::new(words::hours(&hours), &hours))
}

pub(super) fn plan(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let plan = open(args, folder)?.plan()?;
    Ok(Answer::new(words::plan(&plan), &plan))
}

pub(super) fn rhythm(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let rhythms = vault.rhythm()?;
    Ok(Answer::new(words::rhythm(&rhythms, vault.framework()), &rhythms))
}

pub(super) fn ratings(args: &Args, folder: &Path, competency: Option<&str>) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    if let Some(number) = competency.filter(|number| vault.framework().competency(number).is_none()) {
        let failure = Failure::new(format!("There is no competency {number} in this vault's framework."));
        return Err(failure.hint("`gaps` lists them all."));
    }
    let mut ratings = vault.ratings()?;
    ratings.retain(|ratings| competency.is_none_or(|number| ratings.competency == number));
    Ok(Answer::new(words::ratings(&ratings), &ratings))
}

pub(super) fn appraisal(
    args: &Args,
    folder: &Path,
    (from, to): (NaiveDate, NaiveDate),
    pack: Option<&Path>,
) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let Some(out) = pack else {
        let appraisal = vault.appraisal(from, to)?;
        return Ok(Answer::new(words::appraisal(&appraisal), &appraisal));
    };
    let pack = vault.pack_appraisal(from, to, out)?;
    vault.close()?;
    let said = format!(
        "{}\nThe portfolio: {} ({})\nWhat was true on the last day: {}\nIt is noted in the vault too.\n",
        words::appraisal(&pack.appraisal),
        pack.portfolio.path.as_deref().unwrap_or_default(),
        words::count(pack.portfolio.pages, "page"),
        pack.snapshot
    );
    Ok(Answer::new(said, &pack))
}

pub(super) fn framework(
    args: &Args,
    file: Option<&Path>,
    vault: Option<&Path>,
    install: bool,
) -> Result<Answer, Failure> {
    let text = file.map(std::fs::read_to_string).transpose().map_err(|error| {
        Failure::new(format!("The framework file cannot be read: {error}.")).hint("It should be a text file in UTF-8.")
    })?;
    match (text, vault) {
        (Some(text), Some(folder)) if install => {
            let mut vault = open(args, folder)?;
            let framework = vault.install_framework(&text)?.clone();
            vault.close()?;
            let said = format!("\"{}\" is this vault's framework from now on.\n", framework.title);
            Ok(Answer::new(said, &framework))
        }
        (Some(text), _) => match app::check_framework(&text) {
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

fn printed(framework: &Framework) -> Result<Answer, Failure> {
    Ok(Answer::new(words::framework(framework), framework))
}

pub(super) fn schema() -> Answer {
    let schema = schema::schema(&Kinds::shipped());
    Answer::new(format!("{schema:#}\n"), &schema)
}
