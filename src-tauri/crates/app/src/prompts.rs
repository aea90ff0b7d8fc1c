//! A coach's own reflective and supervision models, kept in their vault.

use domain::prompts::{Model, Prompt, shipped};
use serde::Deserialize;

use crate::failure::{Code, Failure};
use crate::installed;
use crate::vault::OpenVault;

/// A model as a coach writes it into a file: whatever says nothing may be left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelFile {
    /// Made from the title; taken so that a model that was printed can be added again.
    #[serde(default, rename = "id")]
    _id: String,
    title: String,
    #[serde(default)]
    summary: String,
    #[serde(rename = "for")]
    kind: String,
    prompts: Vec<PromptFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PromptFile {
    prompt: String,
    #[serde(default)]
    help: String,
}

/// Reads a file with a model: an object with `title`, `for`, `prompts`, and perhaps `summary`.
///
/// # Errors
/// When it is not such a file.
pub fn read_model(text: &str) -> Result<Model, Failure> {
    let file: ModelFile = serde_json::from_str(text).map_err(|error| {
        Failure::new(format!("This is not a file with a model: {error}.")).code(Code::Problems).hint(
            "It should hold one object such as {\"title\": \"Three small words\", \"for\": \"reflection\", \
             \"prompts\": [{\"prompt\": \"Here\", \"help\": \"What you notice.\"}]}.",
        )
    })?;
    let prompt = |one: PromptFile| Prompt { prompt: one.prompt, told: None, help: one.help };
    let prompts = file.prompts.into_iter().map(prompt).collect();
    Ok(Model { id: String::new(), title: file.title, summary: file.summary, kind: file.kind, prompts }.owned())
}

impl OpenVault {
    /// The coach's own models, in the order in which they were added.
    #[must_use]
    pub fn own_models(&self) -> &[Model] {
        &self.own_models
    }

    /// Keeps a model of the coach's own. Records name it as `own:` and its title.
    ///
    /// # Errors
    /// Every problem of the model: no title, one that is there already, no prompt or too many.
    pub fn keep_model(&mut self, model: Model) -> Result<&Model, Failure> {
        let model = model.owned();
        let problems = model.problems(&[shipped(), self.own_models.clone()].concat(), &self.kinds);
        if !problems.is_empty() {
            let failure = Failure::of_draft(problems);
            return Err(Failure { message: "This model cannot be kept yet.".to_owned(), ..failure });
        }
        let models = [self.own_models.clone(), vec![model]].concat();
        self.put_models(models)?;
        self.own_models.last().ok_or_else(|| Failure::new("The model was not kept."))
    }

    /// Forgets a model of the coach's own, by its id or its title. What was answered stays in the records.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn drop_model(&mut self, name: &str) -> Result<Model, Failure> {
        let Some(at) = self.own_models.iter().position(|model| model.id == name || model.title == name) else {
            let titles: Vec<&str> = self.own_models.iter().map(|model| model.title.as_str()).collect();
            let hint = match titles.as_slice() {
                [] => "You have none of your own; those that are built in stay.".to_owned(),
                titles => format!("Yours are: {}.", titles.join("; ")),
            };
            return Err(Failure::new(format!("There is no model of yours called \"{name}\".")).hint(hint));
        };
        let mut models = self.own_models.clone();
        let dropped = models.remove(at);
        self.put_models(models)?;
        Ok(dropped)
    }

    fn put_models(&mut self, models: Vec<Model>) -> Result<(), Failure> {
        let text = installed::written(&models)?;
        self.vault
            .transact(|writer| -> Result<(), Failure> { Ok(writer.installed().put(installed::MODELS, &text)?) })?;
        self.own_models = models;
        Ok(())
    }
}
