//! Where the coach stands: gaps, hours, rhythm, plan, ratings.

use std::path::Path;

use app::Failure;

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

pub(super) fn gaps(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let gaps = vault.gaps()?;
    Ok(Answer::new(words::gaps(&gaps, vault.framework()), &gaps))
}

pub(super) fn hours(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let hours = vault.hours()?;
    Ok(Answer::new(words::hours(&hours, vault.books().kinds), &hours))
}

pub(super) fn rhythm(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let rhythms = vault.rhythm()?;
    Ok(Answer::new(words::rhythm(&rhythms, vault.framework()), &rhythms))
}

pub(super) fn plan(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let plan = vault.plan()?;
    Ok(Answer::new(words::plan(&plan, vault.framework()), &plan))
}

pub(super) fn ratings(args: &Args, folder: &Path, competency: Option<&str>) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    if let Some(number) = competency.filter(|number| vault.framework().competency(number).is_none()) {
        let failure = Failure::new(format!("There is no competency {number} in this vault's framework."));
        return Err(failure.hint("`gaps` lists them all."));
    }
    let mut ratings = vault.ratings()?;
    ratings.retain(|ratings| competency.is_none_or(|number| ratings.competency == number));
    let name = |person| vault.record(person).ok().and_then(|person| person.text("name").map(str::to_owned));
    Ok(Answer::new(words::ratings(&ratings, &name), &ratings))
}
