//! A record as it is typed on a command line: the options that `add` and `edit` share, and what they make of a draft.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use app::domain::check::parse;
use app::domain::kind::{Field, FieldType};
use app::domain::{Draft, Kind, Problem};
use app::{Failure, OpenVault};
use serde_json::{Value, json};

/// What is said of a record.
#[derive(Debug, clap::Args)]
pub(crate) struct Said {
    /// A field's value, such as title="A quiet session" or minutes=50; lists as JSON
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// A file with the free text in Markdown (- for standard input)
    #[arg(long, value_name = "FILE")]
    body_file: Option<PathBuf>,
    /// A competency the record shows: 1.3, or 1.3:reflective-journal, or 1.3=how it shows it
    #[arg(long, value_name = "NUMBER", num_args = 1..)]
    claim: Vec<String>,
    /// A file to keep with the record; one of the same name takes the place of the former
    #[arg(long, value_name = "FILE", num_args = 1..)]
    attach: Vec<PathBuf>,
}

/// What is taken out of a record that is there.
#[derive(Debug, clap::Args)]
pub(crate) struct Taken {
    /// A field to empty, such as setting or clinical_question.answer
    #[arg(long, value_name = "FIELD", num_args = 1..)]
    unset: Vec<String>,
    /// A competency it is no longer put forward for: 1.3, or 1.3:portfolio for this one way alone
    #[arg(long, value_name = "NUMBER", num_args = 1..)]
    unclaim: Vec<String>,
}

/// What no draft says of itself: the app sees to it.
const KEPT: [(&str, &str); 5] = [
    ("id", "a record keeps its id, by which others name it: add another record instead"),
    ("kind", "a record stays of the kind it was written in: add one of the other kind, and delete this one"),
    ("kind_version", "a record stays of the version of its kind that it was written in"),
    ("created", "the moment a record was first saved stays as it was"),
    ("modified", "the moment a record was last saved is noted by itself"),
];

/// What every record has beside its kind's own fields, as far as it is typed.
const COMMON: [&str; 4] = ["title", "date", "body", "tags"];

impl Said {
    /// Writes everything into a draft but the files, which go into the vault ([`Said::attach`]).
    pub(crate) fn write(&self, kind: &Kind, draft: &mut Draft) -> Result<(), Failure> {
        let mut problems: Vec<Problem> =
            self.set.iter().filter_map(|(name, text)| set(kind, draft, name, text).err()).collect();
        let again = |(at, (name, _)): (usize, &(String, String))| {
            self.set[..at]
                .iter()
                .any(|(earlier, _)| earlier == name)
                .then(|| problem(name, "it is set twice: say it once"))
        };
        problems.extend(self.set.iter().enumerate().filter_map(again));
        if !problems.is_empty() {
            return Err(Failure::of_draft(problems));
        }
        if let Some(file) = &self.body_file {
            draft.insert("body".into(), json!(body(file)?));
        }
        for text in &self.claim {
            put_forward(draft, claim(text));
        }
        Ok(())
    }

    /// The same for a record that is there, of which some things stay as they are; takes out what is to go.
    pub(crate) fn change(&self, kind: &Kind, draft: &mut Draft, taken: &Taken) -> Result<(), Failure> {
        let nothing = self.set.is_empty() && self.claim.is_empty() && self.attach.is_empty();
        if nothing && self.body_file.is_none() && taken.unset.is_empty() && taken.unclaim.is_empty() {
            let failure = Failure::new("Nothing was named that should change.");
            return Err(failure.hint(
                "Say it with --set FIELD=VALUE, --unset FIELD, --body-file, --claim, --unclaim or --attach; \
                 `edit --help` explains them.",
            ));
        }
        let said = self.set.iter().map(|(name, _)| name.as_str());
        let named: Vec<&str> = said.chain(taken.unset.iter().map(String::as_str)).collect();
        let stays = |name: &&str| KEPT.iter().find(|(kept, _)| kept == name);
        let mut problems: Vec<Problem> =
            named.iter().filter_map(stays).map(|(name, why)| problem(name, *why)).collect();
        let twice = taken.unset.iter().filter(|name| self.set.iter().any(|(set, _)| set == *name));
        problems.extend(twice.map(|name| problem(name, "it is set and emptied at once: say one of the two")));
        problems.extend(taken.unset.iter().filter_map(|name| unset(kind, draft, name).err()));
        problems.extend(taken.unclaim.iter().filter_map(|text| unclaim(draft, text).err()));
        if !problems.is_empty() {
            return Err(Failure::of_draft(problems));
        }
        self.write(kind, draft)
    }

    /// Takes the files into the vault and names them in the draft.
    pub(crate) fn attach(&self, vault: &mut OpenVault, draft: &mut Draft) -> Result<(), Failure> {
        for file in &self.attach {
            let file = json!(vault.attach(file)?);
            let mut files = list(draft, "attachments");
            files.retain(|there| there["name"] != file["name"]);
            files.push(file);
            draft.insert("attachments".into(), files.into());
        }
        Ok(())
    }

    /// Whether this field is among those that are set.
    pub(crate) fn sets(&self, field: &str) -> bool {
        self.set.iter().any(|(name, _)| name == field)
    }
}

fn problem(field: &str, message: impl Into<String>) -> Problem {
    Problem { field: field.to_owned(), message: message.into() }
}

/// A list of a draft, taken out of it to be changed: empty where there was none.
fn list(draft: &mut Draft, field: &str) -> Vec<Value> {
    match draft.remove(field) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// The field of a name, and of `safeguarding.raised` the group that it lies in.
fn found<'k, 'n>(kind: &'k Kind, name: &'n str) -> (Option<&'n str>, Option<&'k Field>) {
    if let Some((outer, inner)) = name.split_once('.')
        && let Some(FieldType::Group { fields }) = kind.field(outer).map(|field| &field.holds)
    {
        return (Some(outer), fields.iter().find(|field| field.id == inner));
    }
    (None, kind.field(name))
}

fn no_such(kind: &Kind, name: &str) -> Problem {
    let known: Vec<&str> = kind.fields.iter().filter(|field| !field.hidden).map(|field| field.id.as_str()).collect();
    let known = [&COMMON[..], &known].concat().join(", ");
    problem(name, format!("{} has no such field; it has {known} (`fields {}` says more)", kind.id, kind.id))
}

fn set(kind: &Kind, draft: &mut Draft, name: &str, text: &str) -> Result<(), Problem> {
    let (outer, field) = found(kind, name);
    let value = match (name, field) {
        ("tags", _) => json!(text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect::<Vec<_>>()),
        (_, Some(field)) => parse(field, text).map_err(|refused| Problem { field: name.to_owned(), ..refused })?,
        ("id" | "date" | "title" | "body" | "created" | "modified", None) => json!(text),
        (_, None) => return Err(no_such(kind, name)),
    };
    let (Some(outer), Some(field)) = (outer, field) else {
        draft.insert(name.to_owned(), value);
        return Ok(());
    };
    match draft.entry(outer).or_insert_with(|| json!({})).as_object_mut() {
        Some(group) => {
            group.insert(field.id.clone(), value);
            Ok(())
        }
        None => Err(problem(name, format!("{outer} was set to something else before: set its fields one by one."))),
    }
}

fn unset(kind: &Kind, draft: &mut Draft, name: &str) -> Result<(), Problem> {
    if KEPT.iter().any(|(kept, _)| *kept == name) {
        return Ok(()); // Refused already, with its reason.
    }
    match found(kind, name) {
        (Some(outer), Some(field)) => {
            draft.get_mut(outer).and_then(Value::as_object_mut).and_then(|group| group.remove(&field.id));
        }
        // What nobody knows can go as well.
        (None, None) if !draft.contains_key(name) && !COMMON.contains(&name) => return Err(no_such(kind, name)),
        (None, _) => {
            draft.remove(name);
        }
        (Some(_), None) => return Err(no_such(kind, name)),
    }
    Ok(())
}

/// Whether two claims are for the same competency, in the same way.
fn is_same(one: &Value, other: &Value) -> bool {
    one["competency"] == other["competency"] && one["as"] == other["as"]
}

/// Adds a claim; of one that is there only what was said anew changes.
fn put_forward(draft: &mut Draft, claim: Value) {
    let mut claims = list(draft, "claims");
    let there = claims.iter_mut().find(|there| is_same(there, &claim)).and_then(Value::as_object_mut);
    match (there, claim) {
        (Some(there), Value::Object(claim)) => there.extend(claim),
        (_, claim) => claims.push(claim),
    }
    draft.insert("claims".into(), claims.into());
}

fn unclaim(draft: &mut Draft, text: &str) -> Result<(), Problem> {
    let gone = claim(text);
    let mut claims = list(draft, "claims");
    let before = claims.len();
    let goes = |there: &Value| match gone.get("as") {
        Some(_) => is_same(there, &gone),
        None => there["competency"] == gone["competency"],
    };
    claims.retain(|there| !goes(there));
    let went = claims.len() < before;
    let there: Vec<&str> = claims.iter().filter_map(|claim| claim["competency"].as_str()).collect();
    let there = if there.is_empty() { "nothing".to_owned() } else { there.join(", ") };
    draft.insert("claims".into(), claims.into());
    if went {
        return Ok(());
    }
    Err(problem("claims", format!("it is not put forward for {text}; it is for {there}")))
}

/// `1.3`, `1.3:reflective-journal`, `1.3=how it shows it`, or both.
fn claim(text: &str) -> Value {
    let (what, reason) = text.split_once('=').unwrap_or((text, ""));
    let mut claim = match what.split_once(':') {
        Some((number, counts_as)) => json!({ "competency": number, "as": counts_as }),
        None => json!({ "competency": what }),
    };
    if !reason.is_empty() {
        claim["reason"] = json!(reason);
    }
    claim
}

fn body(file: &Path) -> Result<String, Failure> {
    if file.as_os_str() != "-" {
        return app::read_text(file);
    }
    let mut text = String::new();
    let refused =
        |error| Failure::new(format!("Standard input cannot be read: {error}.")).hint("It should be text in UTF-8.");
    io::stdin().read_to_string(&mut text).map_err(refused)?;
    Ok(text)
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.is_empty() => Ok((field.to_owned(), value.to_owned())),
        _ => Err("give FIELD=VALUE".to_owned()),
    }
}
