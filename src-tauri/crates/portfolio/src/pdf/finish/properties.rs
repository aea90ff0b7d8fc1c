//! What the file says about itself: title and language, what it claims to conform to, which colours it means.

use chrono::Datelike;
use lopdf::{Object, ObjectId, Stream, dictionary, text_string};

use super::file::File;
use super::{Archive, Facts, attachments, icc};

/// What the file leads to.
pub(super) struct Catalog<'a> {
    pub(super) pages: ObjectId,
    pub(super) structure: ObjectId,
    pub(super) outlines: Option<ObjectId>,
    /// Names and descriptions of the files in it.
    pub(super) files: &'a [(Object, ObjectId)],
}

/// Puts the object that everything begins with.
pub(super) fn catalog(file: &mut File, facts: &Facts, leads: &Catalog<'_>) -> ObjectId {
    let mut metadata = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp(facts).into_bytes());
    // Search tools read it without opening the file.
    metadata.allows_compression = false;
    let metadata = file.add(metadata);
    // Every colour is meant as sRGB has it.
    let profile = file.add(Stream::new(dictionary! { "N" => 3 }, icc::srgb()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text_string("sRGB IEC61966-2.1"),
        "Info" => text_string("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => leads.pages,
        "PageLayout" => "OneColumn",
        "Lang" => text_string(&facts.language),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => leads.structure,
        "Metadata" => metadata,
        "OutputIntents" => vec![intent.into()],
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    };
    attachments::lead_to(&mut catalog, leads.files);
    if let Some(outlines) = leads.outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    file.add(catalog)
}

/// The properties that a reader shows.
pub(super) fn info(file: &mut File, facts: &Facts) -> ObjectId {
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
    file.add(info)
}

/// PDF/A wants every property explained that it does not know itself: here the one that claims PDF/UA.
const EXTENSION: &str = "<rdf:Description rdf:about=\"\" \
     xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
     xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
     xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
     <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
     <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
     <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
     <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
     <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
     <pdfaProperty:name>part</pdfaProperty:name>\
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
     <pdfaProperty:category>internal</pdfaProperty:category>\
     <pdfaProperty:description>Indicates which part of ISO 14289 the file keeps to</pdfaProperty:description>\
     </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

fn xmp(facts: &Facts) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (title, language) = (escape(&facts.title), escape(&facts.language));
    let creator = if facts.author.is_empty() {
        String::new()
    } else {
        let author = escape(&facts.author);
        format!("<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n")
    };
    let claim = |name: &str, space: &str, claims: &str| {
        let space = format!("http://www.aiim.org/{space}/ns/id/");
        format!("<rdf:Description rdf:about=\"\" xmlns:{name}=\"{space}\">{claims}</rdf:Description>\n")
    };
    let part = facts.archive.map(|archive| match archive {
        Archive::Two => 2,
        Archive::Three => 3,
    });
    let archive = part.map(|part| {
        let claims = format!("<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
        claim("pdfaid", "pdfa", &claims)
    });
    let accessible = facts.accessible.then(|| claim("pdfuaid", "pdfua", "<pdfuaid:part>1</pdfuaid:part>") + EXTENSION);
    let claims = [archive, accessible].into_iter().flatten().collect::<String>();
    let date = facts.made.format("%Y-%m-%dT00:00:00Z");
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         {creator}\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
         <xmp:CreatorTool>Coachfolio</xmp:CreatorTool><pdf:Producer>Coachfolio</pdf:Producer>\n\
         <xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>\n\
         </rdf:Description>\n\
         {claims}</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}
