//! What to do next, where that is another command: `app` says what went wrong, and only this place knows the commands.

use app::{Code, Failure};

/// After what could not be read.
pub(crate) const DAMAGED: &str = "`verify` lists what is damaged.";

/// The failure with a word on which command helps, where it came without one.
pub(crate) fn hinted(failure: Failure) -> Failure {
    let hint = failure.hint.is_none().then_some(failure.code).flatten().and_then(of);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn of(code: Code) -> Option<&'static str> {
    match code {
        Code::NoRecord => Some("`list` and `search` print the ids."),
        Code::Exists => Some("`edit VAULT ID --set FIELD=VALUE` changes it. Leave the id out to add another."),
        Code::InBin => Some("`bin VAULT --restore ID` brings it back."),
        Code::NoVersion => Some("`history` lists those there are."),
        Code::NotInBin => Some("`bin` lists what is in it."),
        Code::NotAPerson => Some("`list VAULT --kind person` prints the ids of people."),
        Code::NoAction => Some("`agenda` lists what is open, each with its id and number."),
        Code::NoNote => Some("`guidance VAULT --all` prints every note with its key."),
        Code::Damaged => Some(DAMAGED),
        Code::Torn => Some("`verify` says what is damaged, and `rescue VAULT DIR` saves what is readable."),
        _ => None,
    }
}

/// What could not be read, and which command says more.
pub(crate) fn of_unread(mut notes: Vec<String>) -> Vec<String> {
    if !notes.is_empty() {
        notes.push(DAMAGED.to_owned());
    }
    notes
}
