//! Records found by a filter or by words: list, search.

use std::path::Path;

use app::{Failure, Filter};

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::hints::of_unread;
use crate::words;

pub(super) fn list(args: &Args, folder: &Path, filter: &Filter) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    if let Some(kind) = filter.kind.as_ref().filter(|kind| vault.books().kinds.newest_of(kind).is_none()) {
        let known: Vec<&str> = vault.books().kinds.newest().map(|kind| kind.id.as_str()).collect();
        return Err(Failure::new(format!("There is no kind \"{kind}\".")).hint(format!("One of {}.", known.join(", "))));
    }
    if args.json {
        return Ok(Answer::new("", &vault.records(filter)?).told(of_unread(vault.left_out())));
    }
    let page = vault.list(filter)?;
    Ok(Answer::new(words::lines(&page), &()).told(of_unread(vault.left_out())))
}

pub(super) fn search(args: &Args, folder: &Path, query: &str, limit: u32) -> Result<Answer, Failure> {
    let found = open(args, folder)?.search(query, limit)?;
    Ok(Answer::new(words::found(&found), &found))
}
