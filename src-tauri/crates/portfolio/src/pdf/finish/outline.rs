//! The bookmarks, nested as the headings are.

use std::collections::HashMap;

use lopdf::{Dictionary, ObjectId, dictionary, text_string};

use super::destination;
use super::file::File;
use crate::pdf::paginate::{Page, Spot};
use crate::pdf::slab::Galley;

/// An entry of the outline, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pdf) struct Entry {
    level: u8,
    pub(super) title: String,
    pub(super) spot: Spot,
}

/// Collects the outline from what was put on pages.
pub(in crate::pdf) fn entries(galleys: &[Galley], pages: &[Page]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let slabs = galleys.get(page.galley).map_or(&[][..], |galley| &galley.slabs);
        for placed in page.placed.iter().filter(|placed| !placed.repeated) {
            if let Some(bookmark) = slabs.get(placed.slab).and_then(|slab| slab.bookmark.as_ref()) {
                let spot = Spot { page: number, y: placed.y };
                entries.push(Entry { level: bookmark.level, title: bookmark.title.clone(), spot });
            }
        }
    }
    entries
}

/// The nested outline; gives its root.
pub(super) fn add(file: &mut File, entries: &[Entry], pages: &[ObjectId]) -> Option<ObjectId> {
    if entries.is_empty() {
        return None;
    }
    let root = file.id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.id()).collect();
    // Each entry's parent is the nearest one before it with a smaller level.
    let mut children: HashMap<ObjectId, Vec<usize>> = HashMap::new();
    let mut parents = Vec::with_capacity(entries.len());
    let mut open: Vec<usize> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|last| entries[*last].level >= entry.level) {
            open.pop();
        }
        let parent = open.last().map_or(root, |last| ids[*last]);
        parents.push(parent);
        children.entry(parent).or_default().push(index);
        open.push(index);
    }
    for (index, entry) in entries.iter().enumerate() {
        let mut dictionary = Dictionary::new();
        dictionary.set("Title", text_string(&entry.title));
        dictionary.set("Parent", parents[index]);
        if let Some(destination) = destination(entry.spot, pages) {
            dictionary.set("Dest", destination);
        }
        let siblings = children.get(&parents[index]).map_or(&[][..], Vec::as_slice);
        let place = siblings.binary_search(&index).unwrap_or(0);
        if let Some(previous) = place.checked_sub(1).and_then(|place| siblings.get(place)) {
            dictionary.set("Prev", ids[*previous]);
        }
        if let Some(next) = siblings.get(place + 1) {
            dictionary.set("Next", ids[*next]);
        }
        if let Some(own) = children.get(&ids[index]) {
            link_children(&mut dictionary, own, &ids);
            // Closed: the reader sees the parts first.
            dictionary.set("Count", -(own.len() as i64));
        }
        file.put(ids[index], &dictionary.into());
    }
    let top = children.get(&root).map_or(&[][..], Vec::as_slice);
    let mut dictionary = dictionary! { "Type" => "Outlines", "Count" => top.len() as i64 };
    link_children(&mut dictionary, top, &ids);
    file.put(root, &dictionary.into());
    Some(root)
}

fn link_children(dictionary: &mut Dictionary, children: &[usize], ids: &[ObjectId]) {
    if let (Some(first), Some(last)) = (children.first(), children.last()) {
        dictionary.set("First", ids[*first]);
        dictionary.set("Last", ids[*last]);
    }
}
