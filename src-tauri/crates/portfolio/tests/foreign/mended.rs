//! Files whose table of contents is wrong are shown all the same, as other programs show them.

use lopdf::{Document as Pdf, Object, Stream, dictionary};
use portfolio::document::Shows;
use portfolio::{On, Reason, Unseen};

use super::support::{made, read, text_of};
use super::{BLUE, GREEN, RED, TWO_COLOURS, colours, ours, page, plain_page, qpdf, saved, shown};

/// The file with every one of these stretches replaced.
fn with(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let (from, to) = (from.as_bytes(), to.as_bytes());
    let (mut out, mut at, mut count) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        if bytes[at..].starts_with(from) {
            out.extend(to);
            at += from.len();
            count += 1;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    assert!(count > 0, "{from:?}");
    out
}

fn place(bytes: &[u8], word: &str) -> usize {
    bytes.windows(word.len()).rposition(|window| window == word.as_bytes()).unwrap()
}

fn unseen(bytes: Vec<u8>) -> Vec<Unseen> {
    let shows = portfolio::shows(bytes, On::Paper, &mut || std::ops::ControlFlow::Continue(())).unwrap();
    shows.iter().flat_map(Shows::unseen).cloned().collect()
}

#[test]
fn a_wrong_table_is_made_anew() {
    let plain = qpdf(&["--object-streams=disable"], &plain_page());
    let packed = qpdf(&["--object-streams=generate"], &plain);
    let length = format!(
        "/Length {}",
        Pdf::load_mem(&plain).unwrap().objects.values().find_map(|one| one.as_stream().ok()).unwrap().content.len()
    );
    let ways = [
        ("lines of nineteen bytes", with(&with(&plain, " n \n", " n\n"), " f \n", " f\n")),
        ("much after the end", [plain.as_slice(), &[0; 4_000]].concat()),
        ("no table", plain[..place(&plain, "xref\n0")].to_vec()),
        ("everything moved", with(&plain, "1 0 obj", "% put in\n1 0 obj")),
        ("a table that begins elsewhere", with(&plain, "startxref\n", "startxref\n9")),
        ("data that are longer than they say", with(&plain, &length, "/Length 12")),
        ("data that are shorter than they say", with(&plain, &length, "/Length 99999")),
        ("no words at the ends of objects", with(&plain, "endobj", "      ")),
        ("objects in objects, and no end", packed[..place(&packed, "startxref")].to_vec()),
    ];
    for (way, bytes) in ways {
        assert_eq!(colours(bytes.clone(), &[(20, 20), (180, 20)]), [RED, BLUE], "{way}");
        assert_eq!(unseen(bytes), [], "{way}");
    }
    // With fonts, pictures of letters and all that belongs to them.
    let ours = ours();
    let cut = ours[..place(&ours, "startxref")].to_vec();
    assert!(text_of(&made(&shown(cut)).0).join(" ").contains("Awarded to Amira Osei"));
}

#[test]
fn what_is_there_twice_counts_as_it_stands_last() {
    let plain = plain_page();
    let pdf = Pdf::load_mem(&plain).unwrap();
    let contents = pdf.get_dictionary(pdf.get_pages()[&1]).unwrap().get(b"Contents").unwrap().as_reference().unwrap();
    let green = "0 1 0 rg 0 0 200 100 re f";
    let later = format!("\n{} 0 obj\n<</Length {}>>\nstream\n{green}\nendstream\nendobj\n", contents.0, green.len());
    let updated = [&plain[..place(&plain, "startxref")], later.as_bytes()].concat();
    assert_eq!(colours(updated, &[(20, 20), (180, 20)]), [GREEN, GREEN]);
}

#[test]
fn what_is_lost_for_good_is_said() {
    let lacks = page(&format!("{TWO_COLOURS} /Seal Do"), |pdf, leaf, _| {
        let gone = pdf.new_object_id();
        leaf.set("Resources", dictionary! { "XObject" => dictionary! { "Seal" => gone } });
    });
    assert_eq!(colours(lacks.clone(), &[(20, 20)]), [RED]);
    assert_eq!(unseen(lacks), [Unseen::Part]);
    let mut pdf = Pdf::load_mem(&plain_page()).unwrap();
    let leaf = pdf.get_pages()[&1];
    pdf.get_dictionary_mut(leaf).unwrap().set("Contents", Object::Reference((999, 0)));
    assert_eq!(unseen(saved(&mut pdf)), [Unseen::Part]);
    let whole = page(TWO_COLOURS, |pdf, leaf, _| {
        let empty = pdf.add_object(Stream::new(dictionary! {}, Vec::new()));
        let contents = leaf.get(b"Contents").unwrap().clone();
        leaf.set("Contents", vec![contents, empty.into()]);
    });
    assert_eq!(unseen(whole), []);
}

/// Looking through a file goes over it once: what makes a program go over it again and again ends as soon.
#[test]
fn looking_through_a_file_ends() {
    for piece in [
        "1 0 obj (",
        "2 0 obj<</Length 9>>stream\n",
        "stream endstream ",
        "7 0 obj ",
        "trailer <</Root ",
        "obj endobj ",
    ] {
        let many = [b"%PDF-1.4\n".as_slice(), piece.repeat(4_000_000 / piece.len()).as_bytes()].concat();
        assert_eq!(read("x", many).unwrap_err(), Reason::Damaged, "{piece}");
    }
}
