//! What printpdf leaves out, added with lopdf: the nested outline, links, the document's properties, a stable identity.
//!
//! A structure tree belongs here too when it comes: every slab knows its block, every decoration is an artifact already.

use std::collections::HashMap;
use std::ops::ControlFlow;

use chrono::{Datelike, NaiveDate};
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary, text_string};

use super::PdfError;
use super::draw::Press;
use super::flow::Galley;
use super::look;
use super::paginate::{Page, Spot};
use crate::document::{Anchor, Document, Link};

/// What the file says about itself.
pub(super) struct Facts {
    pub(super) title: String,
    author: String,
    language: String,
    made: NaiveDate,
}

impl Facts {
    pub(super) fn of(document: &Document) -> Self {
        Self {
            title: document.title.clone(),
            author: document.author.clone(),
            language: document.language.clone(),
            made: document.made,
        }
    }
}

/// An entry of the outline, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    level: u8,
    title: String,
    spot: Spot,
}

/// Collects the outline from what was put on pages.
pub(super) fn outline(galleys: &[Galley], pages: &[Page]) -> Vec<Entry> {
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

/// The finished file. `each` is told how many pages are done and may stop the work.
pub(super) fn bytes(
    mut pdf: Pdf,
    presses: Vec<Vec<Press>>,
    outline: &[Entry],
    anchors: &HashMap<Anchor, Spot>,
    facts: &Facts,
    each: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Vec<u8>, PdfError> {
    let failed = |error: lopdf::Error| PdfError::Write(error.to_string());
    let pages: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    for (page, presses) in pages.iter().zip(presses) {
        let annotations = presses.into_iter().filter_map(|press| annotation(&press, anchors, &pages));
        let annotations: Vec<Object> = annotations.collect();
        let annotations: Vec<Object> =
            annotations.into_iter().map(|dictionary| pdf.add_object(dictionary).into()).collect();
        let page = pdf.get_dictionary_mut(*page).map_err(failed)?;
        page.remove(b"Annots");
        if !annotations.is_empty() {
            page.set("Annots", annotations);
        }
        // Through links in the order of the page's structure.
        page.set("Tabs", "S");
    }
    let outlines = add_outline(&mut pdf, outline, &pages);
    properties(&mut pdf, facts, outlines).map_err(failed)?;
    compress(&mut pdf, &pages, each)?;
    identify(&mut pdf, &pages, facts);
    let mut bytes = Vec::new();
    pdf.save_modern(&mut bytes).map_err(|error| PdfError::Write(error.to_string()))?;
    Ok(bytes)
}

fn destination(spot: Spot, pages: &[ObjectId]) -> Option<Object> {
    let page = pages.get(spot.page)?;
    // A little air above the place.
    let top = (look::PAGE_HEIGHT - spot.y + 12.0).round();
    Some(vec![(*page).into(), "XYZ".into(), Object::Null, top.into(), Object::Null].into())
}

fn annotation(press: &Press, anchors: &HashMap<Anchor, Spot>, pages: &[ObjectId]) -> Option<Object> {
    let mut dictionary = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => press.rect.iter().map(|side| (*side).into()).collect::<Vec<Object>>(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Printed, as links that show nothing may be.
        "F" => 4,
    };
    match &press.link {
        Link::To(anchor) => {
            // A link that leads nowhere is no link; its words stand.
            let spot = *anchors.get(anchor)?;
            dictionary.set("Dest", destination(spot, pages)?);
            dictionary.set("Contents", text_string(&format!("Page {}", spot.page + 1)));
        }
        Link::Web(address) => {
            let uri = Object::string_literal(address.as_bytes());
            dictionary.set("A", dictionary! { "Type" => "Action", "S" => "URI", "URI" => uri });
            dictionary.set("Contents", text_string(address));
        }
    }
    Some(dictionary.into())
}

/// The nested outline; gives its root.
fn add_outline(pdf: &mut Pdf, entries: &[Entry], pages: &[ObjectId]) -> Option<ObjectId> {
    if entries.is_empty() {
        return None;
    }
    let root = pdf.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| pdf.new_object_id()).collect();
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
        pdf.objects.insert(ids[index], dictionary.into());
    }
    let top = children.get(&root).map_or(&[][..], Vec::as_slice);
    let mut dictionary = dictionary! { "Type" => "Outlines", "Count" => top.len() as i64 };
    link_children(&mut dictionary, top, &ids);
    pdf.objects.insert(root, dictionary.into());
    Some(root)
}

fn link_children(dictionary: &mut Dictionary, children: &[usize], ids: &[ObjectId]) {
    if let (Some(first), Some(last)) = (children.first(), children.last()) {
        dictionary.set("First", ids[*first]);
        dictionary.set("Last", ids[*last]);
    }
}

fn properties(pdf: &mut Pdf, facts: &Facts, outlines: Option<ObjectId>) -> Result<(), lopdf::Error> {
    pdf.version = "1.7".to_owned();
    let date = format!("D:{:04}{:02}{:02}000000Z", facts.made.year(), facts.made.month(), facts.made.day());
    let mut info = dictionary! {
        "Title" => text_string(&facts.title),
        "Creator" => text_string("Coachfolio"),
        "Producer" => text_string("Coachfolio"),
        "CreationDate" => Object::string_literal(date.as_str()),
        "ModDate" => Object::string_literal(date.as_str()),
    };
    if !facts.author.is_empty() {
        info.set("Author", text_string(&facts.author));
    }
    let info = pdf.add_object(info);
    // printpdf's own, with a time of day in it.
    let old = pdf.trailer.get(b"Info").and_then(Object::as_reference).ok();
    pdf.trailer.set("Info", info);
    if let Some(old) = old {
        pdf.objects.remove(&old);
    }
    let mut metadata = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp(facts).into_bytes());
    // Search tools read it without opening the file.
    metadata.allows_compression = false;
    let metadata = pdf.add_object(metadata);
    let catalog = pdf.catalog_mut()?;
    catalog.set("Metadata", metadata);
    catalog.set("Lang", text_string(&facts.language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    Ok(())
}

fn xmp(facts: &Facts) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (title, author, language) = (escape(&facts.title), escape(&facts.author), escape(&facts.language));
    let date = facts.made.format("%Y-%m-%dT00:00:00Z");
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
         <xmp:CreatorTool>Coachfolio</xmp:CreatorTool><pdf:Producer>Coachfolio</pdf:Producer>\n\
         <xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>\n\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

fn compress(pdf: &mut Pdf, pages: &[ObjectId], each: &mut dyn FnMut(usize) -> ControlFlow<()>) -> Result<(), PdfError> {
    let (mut done, all) = (0, pdf.objects.len().max(1));
    for (index, object) in pdf.objects.values_mut().enumerate() {
        if let Object::Stream(stream) = object
            && stream.allows_compression
        {
            // A stream that cannot be made smaller stays as it is.
            let _ = stream.compress();
            let now = index * pages.len() / all;
            if now > done {
                done = now;
                if each(done).is_break() {
                    return Err(PdfError::Cancelled);
                }
            }
        }
    }
    Ok(())
}

/// An identity made from what is in the file, where printpdf puts a random one: the same portfolio is the same file.
fn identify(pdf: &mut Pdf, pages: &[ObjectId], facts: &Facts) {
    let mut hash = [0xcbf2_9ce4_8422_2325_u64, 0x8422_2325_cbf2_9ce4];
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            for (lane, state) in hash.iter_mut().enumerate() {
                *state = (*state ^ (u64::from(*byte) + lane as u64)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
    };
    add(facts.title.as_bytes());
    add(facts.author.as_bytes());
    add(facts.made.to_string().as_bytes());
    for page in pages {
        let contents = pdf.get_dictionary(*page).and_then(|page| page.get(b"Contents"));
        if let Ok(Object::Stream(stream)) = contents.and_then(Object::as_reference).and_then(|id| pdf.get_object(id)) {
            add(&stream.content);
        }
    }
    let id = Object::string_literal(hash.iter().flat_map(|lane| lane.to_be_bytes()).collect::<Vec<u8>>());
    pdf.trailer.set("ID", vec![id.clone(), id]);
}
