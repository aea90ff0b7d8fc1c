//! The files that go with the document, inside it.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary, text_string};

use super::file::File;
use crate::document::Attachment;

/// Puts the files; gives each one's name and description.
pub(super) fn add(file: &mut File, attachments: &[Attachment], made: NaiveDate) -> Vec<(Object, ObjectId)> {
    let mut names = HashSet::new();
    let date = format!("D:{:04}{:02}{:02}000000Z", made.year(), made.month(), made.day());
    let mut out: Vec<(Object, ObjectId)> = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        let name = unused(&plain(&attachment.name), &mut names);
        let parameters = dictionary! {
            "Size" => attachment.bytes.len() as i64,
            "ModDate" => Object::string_literal(date.as_str()),
        };
        let content = dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => attachment.media_type.as_str(),
            "Params" => parameters,
        };
        let content = file.add(Stream::new(content, attachment.bytes.to_vec()));
        let ascii: String = name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
        let description = dictionary! {
            "Type" => "Filespec",
            "F" => Object::string_literal(ascii),
            "UF" => text_string(&name),
            "Desc" => text_string(&attachment.description),
            "EF" => dictionary! { "F" => content, "UF" => content },
            // What is shown was made from it.
            "AFRelationship" => "Source",
        };
        out.push((text_string(&name), file.add(description)));
    }
    out
}

/// Leads to the files, by name and as what the document was made from.
pub(super) fn lead_to(catalog: &mut Dictionary, files: &[(Object, ObjectId)]) {
    if files.is_empty() {
        return;
    }
    let mut sorted: Vec<&(Object, ObjectId)> = files.iter().collect();
    sorted.sort_by_key(|(name, _)| name.as_str().unwrap_or_default());
    let names: Vec<Object> = sorted.into_iter().flat_map(|(name, id)| [name.clone(), (*id).into()]).collect();
    catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
    catalog.set("AF", files.iter().map(|(_, id)| (*id).into()).collect::<Vec<Object>>());
}

/// A name that every system can save a file under.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c };
    let name: String = name.trim().chars().map(plain).collect();
    if name.is_empty() { "file".to_owned() } else { name }
}

/// The name, with a number where another file has it already.
fn unused(name: &str, names: &mut HashSet<String>) -> String {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut own = name.to_owned();
    let mut number = 1;
    while !names.insert(own.to_lowercase()) {
        number += 1;
        own = format!("{stem} ({number}){ending}");
    }
    own
}
