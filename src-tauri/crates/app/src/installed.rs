//! What is installed in a vault beside its records, and under which names.

use domain::counts_as::COUNTED;
use domain::framework::{FileProblem, read};
use domain::prompts::Model;
use domain::{Framework, Kinds};
use vault::{Vault, VaultError};

use crate::failure::{Code, Failure, Problem};

/// The vault's own framework, as the text of its file.
pub(crate) const FRAMEWORK: &str = "framework";
/// The coach's own models, as a JSON list.
pub(crate) const MODELS: &str = "prompts";
/// The number of the rules by which the records were counted ([`COUNTED`]).
const COUNTED_BY: &str = "counted-by";
/// Stands in a vault whose sign-offs were all noted (signoff.rs); what is saved from then on is noted as it is saved.
pub(crate) const NOTED: &str = "sign-offs-noted";
/// The keys of the notes that were put away, as a JSON list.
pub(crate) const PUT_AWAY: &str = "guidance-put-away";

/// The vault's own framework, or the built-in one. One that an older version let in and this one would not is no reason to
/// lock a coach out: the built-in one stands in, and [`OpenVault::framework_problems`] says why.
pub(crate) fn framework(vault: &Vault) -> Result<(Framework, Vec<Problem>), Failure> {
    let checked = vault.installed().get(FRAMEWORK)?.map(|text| check_framework(&text));
    Ok(match checked {
        None => (Framework::shipped(), Vec::new()),
        Some(Ok(framework)) => (framework, Vec::new()),
        Some(Err(failure)) => (Framework::shipped(), failure.problems),
    })
}

/// Reads a framework file.
///
/// # Errors
/// Every problem, named by its place in the file.
pub fn check_framework(text: &str) -> Result<Framework, Failure> {
    read(text).map_err(|problems| {
        let problem =
            |found: FileProblem| Problem { file: None, line: None, field: found.place, message: found.message };
        let failure = Failure::new("This is not a framework that can be installed.").code(Code::Problems);
        Failure { problems: problems.into_iter().map(problem).collect(), ..failure }.hint("Mend what is named here.")
    })
}

/// The coach's own models, in the order in which they were added.
pub(crate) fn models(vault: &Vault) -> Result<Vec<Model>, Failure> {
    let Some(text) = vault.installed().get(MODELS)? else { return Ok(Vec::new()) };
    serde_json::from_str(&text).map_err(|error| {
        Failure::new(format!("Your own models in this vault cannot be read: {error}.")).code(Code::CannotOpen)
    })
}

/// Models as they are installed.
pub(crate) fn written(models: &[Model]) -> Result<String, Failure> {
    serde_json::to_string(models).map_err(|error| Failure::new(format!("The models cannot be written: {error}.")))
}

/// Counts a vault's records anew where they were counted by other rules than today's.
pub(crate) fn counted(vault: &mut Vault, kinds: &Kinds) -> Result<(), Failure> {
    let rules = COUNTED.to_string();
    if vault.installed().get(COUNTED_BY)?.as_ref() == Some(&rules) {
        return Ok(());
    }
    vault.transact(|writer| -> Result<(), VaultError> {
        writer.records().count_anew(kinds)?;
        writer.installed().put(COUNTED_BY, &rules)
    })?;
    Ok(())
}
