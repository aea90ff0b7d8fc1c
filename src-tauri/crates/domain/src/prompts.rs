//! Reflective and supervision models of a coach's own, held against those that are there.

use crate::check::{Problem, TEXT_MAX, TITLE_MAX};
use crate::kind::{FieldType, Kind, Kinds, OWN_MAX, own};

pub use crate::models::{Model, Prompt, shipped};

/// The most prompts a model of a coach's own may have.
pub const PROMPTS_MAX: usize = 20;

impl Model {
    /// Makes a model the coach's own: its texts trimmed, its id made from its title.
    #[must_use]
    pub fn owned(self) -> Model {
        let trimmed = |text: String| text.trim().to_owned();
        let prompt = |one: Prompt| Prompt { prompt: trimmed(one.prompt), told: None, help: trimmed(one.help) };
        let title = trimmed(self.title);
        Model {
            id: own(&title),
            title,
            summary: trimmed(self.summary),
            kind: self.kind,
            prompts: self.prompts.into_iter().map(prompt).collect(),
        }
    }

    /// Why a model of the coach's own cannot join those that are there: every problem at once.
    #[must_use]
    pub fn problems(&self, beside: &[Model], kinds: &Kinds) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |field: String, message: String| problems.push(Problem { field, message });
        let fits = |text: &str, most: usize| !text.is_empty() && text.chars().count() <= most && is_line(text);
        if !fits(&self.title, OWN_MAX) {
            add("title".into(), format!("Give the model a title of 1 to {OWN_MAX} characters on one line."));
        }
        let same = |other: &&Model| other.title.to_lowercase() == self.title.to_lowercase();
        if let Some(other) = beside.iter().find(same) {
            add("title".into(), format!("There is a model called \"{}\" already: choose another title.", other.title));
        }
        if self.summary.chars().count() > TEXT_MAX || !is_line(&self.summary) {
            add("summary".into(), format!("Keep it to one line of at most {TEXT_MAX} characters."));
        }
        let taking: Vec<&str> = kinds.newest().filter(|kind| takes_own(kind)).map(|kind| kind.id.as_str()).collect();
        if !taking.contains(&self.kind.as_str()) {
            add(
                "for".into(),
                format!("A model is for one of {}, and \"{}\" is none of them.", taking.join(", "), self.kind),
            );
        }
        if self.prompts.is_empty() || self.prompts.len() > PROMPTS_MAX {
            let found = self.prompts.len();
            add("prompts".into(), format!("A model has 1 to {PROMPTS_MAX} prompts, and this one has {found}."));
        }
        for (index, one) in self.prompts.iter().enumerate() {
            if !fits(&one.prompt, TITLE_MAX) {
                let message = format!("Give the prompt one line of 1 to {TITLE_MAX} characters.");
                add(format!("prompts[{index}].prompt"), message);
            }
            if self.prompts[..index].iter().any(|earlier| earlier.prompt == one.prompt) {
                add(format!("prompts[{index}].prompt"), format!("\"{}\" is there already.", one.prompt));
            }
            if one.help.chars().count() > TEXT_MAX || !is_line(&one.help) {
                add(format!("prompts[{index}].help"), format!("Keep it to one line of at most {TEXT_MAX} characters."));
            }
        }
        problems
    }
}

fn is_line(text: &str) -> bool {
    !text.contains(char::is_control)
}

/// Whether records of this kind can follow a model of the coach's own.
fn takes_own(kind: &Kind) -> bool {
    let model =
        |id: &str| kind.field(id).is_some_and(|field| matches!(field.holds, FieldType::Choice { own: true, .. }));
    kind.fields.iter().any(|field| matches!(&field.holds, FieldType::Answers { model: id } if model(id)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// What a model choice lists without a prompt file: writing freely, and a model that has no name here.
    const WITHOUT_PROMPTS: [&str; 2] = ["free", "other"];

    #[test]
    fn every_model_that_can_be_chosen_has_its_prompts_and_the_other_way_round() {
        // A kind's file lists what has none, and the models come out of their own files.
        let kinds = Kinds::shipped();
        let mut choices = BTreeSet::new();
        for kind in kinds.newest().filter(|kind| takes_own(kind)) {
            let Some(FieldType::Choice { options, .. }) = kind.field("model").map(|field| &field.holds) else {
                panic!()
            };
            let named = options.iter().filter(|option| !WITHOUT_PROMPTS.contains(&option.id.as_str()));
            choices.extend(named.map(|option| (kind.id.clone(), option.id.clone(), option.label.clone())));
        }
        let models = shipped().into_iter().map(|model| (model.kind, model.id, model.title));
        assert_eq!(models.collect::<BTreeSet<_>>(), choices);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/models");
        let files = |kind: &str| std::fs::read_dir(folder.join(kind)).unwrap().count();
        assert_eq!(
            files("reflection") + files("supervision"),
            shipped().len(),
            "a file is not among the shipped models"
        );
    }

    #[test]
    fn every_model_asks_something_and_helps_to_answer() {
        for model in shipped() {
            assert!((3..=8).contains(&model.prompts.len()), "{}", model.id);
            let asked: BTreeSet<&str> = model.prompts.iter().map(|one| one.prompt.as_str()).collect();
            assert_eq!(asked.len(), model.prompts.len(), "{}: a prompt comes twice", model.id);
            assert!(model.prompts.iter().all(|one| one.help.ends_with(['.', '?'])), "{}", model.id);
        }
    }

    #[test]
    fn schons_model_knows_before_in_and_after_in_both_kinds() {
        for model in shipped().into_iter().filter(|model| model.id == "schon") {
            let asked: Vec<&str> = model.prompts.iter().map(|one| one.prompt.as_str()).collect();
            assert_eq!(asked[..3], ["Before the session", "In the session", "After the session"], "{}", model.kind);
        }
    }

    fn small_words() -> Model {
        let prompt = |prompt: &str| Prompt { prompt: prompt.to_owned(), told: None, help: String::new() };
        Model {
            id: String::new(),
            title: " Three small words ".into(),
            summary: String::new(),
            kind: "reflection".into(),
            prompts: vec![prompt("Here"), prompt("Now"), prompt("Next")],
        }
    }

    #[test]
    fn a_model_of_ones_own_is_held_against_what_is_there() {
        let kinds = Kinds::shipped();
        let fields = |model: Model, beside: &[Model]| -> Vec<String> {
            model.owned().problems(beside, &kinds).into_iter().map(|problem| problem.field).collect()
        };
        let own = small_words().owned();
        assert_eq!((own.id.as_str(), own.title.as_str()), ("own:Three small words", "Three small words"));
        assert!(fields(small_words(), &shipped()).is_empty());
        let louder = Model { title: "THREE SMALL WORDS".into(), ..small_words() };
        assert_eq!(fields(louder, &[own]), ["title"]);
        assert_eq!(fields(Model { title: "Gibbs’ reflective cycle".into(), ..small_words() }, &shipped()), ["title"]);
        for title in [String::new(), "  ".into(), "x".repeat(OWN_MAX + 1), "two\nlines".into()] {
            assert_eq!(fields(Model { title, ..small_words() }, &[]), ["title"]);
        }
        assert!(fields(Model { title: "é".repeat(OWN_MAX), ..small_words() }, &[]).is_empty());
        assert_eq!(fields(Model { kind: "session".into(), ..small_words() }, &[]), ["for"]);
        let asking = |count: usize| {
            let prompts =
                (0..count).map(|n| Prompt { prompt: format!("Question {n}"), told: None, help: String::new() });
            Model { prompts: prompts.collect(), ..small_words() }
        };
        assert_eq!([0, 1, 20, 21].map(|n| fields(asking(n), &[]).len()), [1, 0, 0, 1]);
        let mut twice = small_words();
        twice.prompts[2].prompt = "Here".into();
        twice.prompts[1].prompt = " ".into();
        assert_eq!(fields(twice, &[]), ["prompts[1].prompt", "prompts[2].prompt"]);
    }
}
