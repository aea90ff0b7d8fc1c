//! Everything about the file that is not on its pages, added with lopdf: the structure that screen readers follow,
//! links and bookmarks, what the file says about itself, a stable identity.

mod attachments;
mod figures;
mod file;
mod icc;
mod outline;
mod properties;
mod structure;

use std::collections::HashMap;

use chrono::NaiveDate;
use lopdf::{Document as Pdf, Object, ObjectId, Stream, dictionary};

pub(super) use outline::{Entry, entries as outline};

use file::File;

use super::beat::Pace;
use super::draw::Drawn;
use super::look;
use super::paginate::Spot;
use super::tags::Tree;
use crate::document::{Anchor, Attachment, Document, Shows};
use crate::foreign::Flaw;

/// Which part of PDF/A the file keeps to, always at level a: with its words, their order and what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Archive {
    /// A file on its own.
    Two,
    /// A file with others attached to it.
    Three,
}

/// What the file says about itself.
pub(super) struct Facts {
    title: String,
    author: String,
    language: String,
    made: NaiveDate,
    /// None where a page of somebody else's would make it untrue.
    archive: Option<Archive>,
    /// Whether screen readers can use all of it.
    accessible: bool,
}

impl Facts {
    /// `flaws` are those of the pages that others made.
    pub(super) fn of(document: &Document, flaws: &[Flaw]) -> Self {
        let archive = if document.files.is_empty() { Archive::Two } else { Archive::Three };
        Self {
            title: document.title.clone(),
            author: document.author.clone(),
            language: document.language.clone(),
            made: document.made,
            archive: flaws.is_empty().then_some(archive),
            accessible: !flaws.iter().any(Flaw::is_barrier),
        }
    }
}

/// What was drawn, and what it is.
pub(super) struct Work<'a> {
    pub(super) drawn: Vec<Drawn>,
    pub(super) shown: &'a [Shows],
    pub(super) tree: &'a Tree,
    pub(super) outline: &'a [Entry],
    pub(super) anchors: &'a HashMap<Anchor, Spot>,
    pub(super) files: &'a [Attachment],
    pub(super) facts: &'a Facts,
}

/// The finished file, unless the work was stopped. `pdf` holds the faces, and `fonts` their names.
pub(super) fn bytes(mut pdf: Pdf, fonts: ObjectId, work: Work<'_>, pace: &Pace) -> Option<Vec<u8>> {
    let Work { mut drawn, shown, tree, outline, anchors, files, facts } = work;
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let packer = scope.spawn(move || file::packer(&receiver, pace));
        let mut file = File::new(sender);
        let root = file.id();
        let ids: Vec<ObjectId> = drawn.iter().map(|_| file.id()).collect();
        let contents: Vec<ObjectId> = drawn.iter_mut().map(|page| contents(&mut file, page)).collect();
        let (structure, links) = structure::add(&mut file, tree, &drawn, &ids, anchors, outline, pace)?;
        let fonts = file.adopt(&mut pdf, fonts);
        drop(pdf);
        let resources = figures::resources(&mut file, fonts, shown, &drawn);
        drop(drawn);
        let parts = ids.iter().zip(contents).zip(resources).zip(links);
        pages(
            &mut file,
            root,
            parts.map(|(((id, contents), resources), links)| Leaf { id: *id, contents, resources, links }),
        );
        let outlines = outline::add(&mut file, outline, &ids);
        let files = attachments::add(&mut file, files, facts.made);
        let catalog = properties::Catalog { pages: root, structure, outlines, files: &files };
        let catalog = properties::catalog(&mut file, facts, &catalog);
        let info = properties::info(&mut file, facts);
        let closed = file.close();
        let packs = packer.join().unwrap_or_default();
        (!pace.stopped()).then(|| closed.end(packs, catalog, info))
    })
}

/// Puts what is drawn on a page, compressed as it is.
fn contents(file: &mut File, page: &mut Drawn) -> ObjectId {
    let id = file.id();
    let operators = std::mem::take(&mut page.operators);
    file.put_stream(id, &Stream::new(dictionary! { "Filter" => "FlateDecode" }, operators));
    id
}

/// A page with what it needs.
struct Leaf {
    id: ObjectId,
    contents: ObjectId,
    resources: ObjectId,
    links: Vec<Object>,
}

/// Puts the pages with what is on them and the links of each.
fn pages(file: &mut File, root: ObjectId, pages: impl Iterator<Item = Leaf>) {
    let mut kids: Vec<Object> = Vec::new();
    for (number, Leaf { id, contents, resources, links }) in (0_i64..).zip(pages) {
        let mut page = dictionary! {
            "Type" => "Page",
            "Parent" => root,
            "MediaBox" => vec![0.into(), 0.into(), look::PAGE_WIDTH.into(), look::PAGE_HEIGHT.into()],
            "Resources" => resources,
            "Contents" => contents,
            "StructParents" => number,
            // The tab key goes through links in the order of the page's structure.
            "Tabs" => "S",
        };
        if !links.is_empty() {
            page.set("Annots", links);
        }
        file.put(id, &page.into());
        kids.push(id.into());
    }
    file.put(root, &dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids }.into());
}

fn destination(spot: Spot, pages: &[ObjectId]) -> Option<Object> {
    let page = pages.get(spot.page)?;
    // A little air above the place.
    let top = (look::PAGE_HEIGHT - spot.y + 12.0).round();
    Some(vec![(*page).into(), "XYZ".into(), Object::Null, top.into(), Object::Null].into())
}
