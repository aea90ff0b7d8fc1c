//! Files that cannot be shown, by accident or by intent, are refused with a reason and break nothing.

use lopdf::{Dictionary, Document as Pdf, Object, Stream, dictionary};
use page_validation::ValidationProfile;
use portfolio::Reason;
use portfolio::document::{Block, Voice};
use proptest::prelude::*;

use super::support::{broken, document, made, read, text_of};
use super::{BLUE, RED, TWO_COLOURS, colours, figures, ours, page, plain_page, qpdf, saved};

fn refused(bytes: Vec<u8>) -> Reason {
    read("scan.pdf", bytes).unwrap_err()
}

#[test]
fn what_cannot_be_shown_is_refused_with_a_reason() {
    let plain = plain_page();
    let locked = qpdf(&["--encrypt", "secret", "owner", "256", "--"], &plain);
    assert_eq!(refused(locked), Reason::Locked);
    assert_eq!(refused(plain[..plain.len() / 2].to_vec()), Reason::Damaged);
    assert_eq!(refused(b"%PDF-1.7\n".to_vec()), Reason::Damaged);
    let empty = page("", |_, leaf, _| {
        leaf.remove(b"Type");
        leaf.set("Kids", Vec::<Object>::new());
    });
    assert_eq!(refused(empty), Reason::Damaged);
    let mut pdf = Pdf::load_mem(&plain).unwrap();
    let leaf = pdf.get_pages()[&1];
    let copy = pdf.get_dictionary(leaf).unwrap().clone();
    let kids: Vec<Object> = (0..41).map(|_| pdf.add_object(copy.clone()).into()).collect();
    let pages = copy.get(b"Parent").unwrap().as_reference().unwrap();
    pdf.get_dictionary_mut(pages).unwrap().set("Kids", kids);
    assert_eq!(refused(saved(&mut pdf)), Reason::TooManyPages(41, 40));
    let words = read("Report.pdf", saved(&mut pdf)).unwrap_err().to_string();
    assert_eq!(words, "has 41 pages, more than the 40 that are shown");
}

#[test]
fn loops_depth_and_bombs_end() {
    // A tree that bites its tail, and names that lead to themselves.
    let looped = page(TWO_COLOURS, |pdf, leaf, _| {
        let (one, two) = (pdf.new_object_id(), pdf.new_object_id());
        pdf.objects.insert(one, Object::Reference(two));
        pdf.objects.insert(two, Object::Reference(one));
        leaf.set("Rotate", one);
        leaf.set("Resources", dictionary! { "Font" => one, "XObject" => dictionary! { "A" => two } });
    });
    assert_eq!(colours(looped, &[(20, 20), (180, 20)]), [RED, BLUE]);
    let mut pdf = Pdf::load_mem(&plain_page()).unwrap();
    let pages = pdf.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    pdf.get_dictionary_mut(pages).unwrap().set("Kids", vec![pages.into(), pages.into()]);
    assert_eq!(refused(saved(&mut pdf)), Reason::Damaged);
    // A long chain of forms in forms, and arrays in arrays.
    let deep = page("/F Do", |pdf, leaf, _| {
        let mut inner = pdf.add_object(Stream::new(
            dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()] },
            Vec::new(),
        ));
        for _ in 0..20_000 {
            let resources = dictionary! { "XObject" => dictionary! { "F" => inner } };
            inner = pdf.add_object(Stream::new(
                dictionary! { "Subtype" => "Form", "Resources" => resources, "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()] },
                b"/F Do".to_vec(),
            ));
        }
        leaf.set("Resources", dictionary! { "XObject" => dictionary! { "F" => inner } });
    });
    let _ = read("deep", deep);
    let nested = page(&format!("{} 0 0 9 9 re f", "[".repeat(200_000)), |_, _, _| {});
    let _ = read("nested", nested);
    let mut tower = b"%PDF-1.7\n1 0 obj\n".to_vec();
    tower.extend(b"[".repeat(100_000));
    tower.extend(
        b"\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer<</Root 1 0 R/Size 2>>\nstartxref\n",
    );
    tower.extend(format!("{}\n%%EOF", 9 + 8 + 100_000 + 8).as_bytes());
    assert_eq!(refused(tower), Reason::Damaged);
    // A little that becomes very much.
    let bomb = page("", |pdf, leaf, _| {
        let mut much = Stream::new(Dictionary::new(), vec![b' '; 80 * 1024 * 1024]);
        much.compress().unwrap();
        leaf.set("Contents", pdf.add_object(much));
    });
    assert!(bomb.len() < 200_000);
    assert_eq!(refused(bomb), Reason::TooLarge);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..Default::default() })]

    #[test]
    fn damage_never_does_more_than_be_refused(
        which in 0..3_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..30),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = match which {
            0 => ours(),
            1 => plain_page(),
            _ => qpdf(&["--linearize"], &plain_page()),
        };
        for (place, value) in damage {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        if let Ok(figures) = read("attached", bytes) {
            let (pdf, _) = made(&document(figures.into_iter().map(Block::Figure).collect()));
            prop_assert!(Pdf::load_mem(&pdf).is_ok());
        }
    }

    #[test]
    fn operators_of_any_kind_never_break_our_own(
        operators in prop::collection::vec(
            "q|Q|BT|ET|BMC|EMC|/A /B BDC|BI|ID|EI|\\(a|\\)|<<|>>|\\[|\\]|<4|%|\n|1|/X Do|re f|Tj|\\\\|\u{1}| ", 0..40),
    ) {
        let bytes = page(&operators.join(" "), |_, _, _| {});
        let after = Block::plain(Voice::Body, "Words after it.");
        let (pdf, _) = made(&document(figures(bytes).into_iter().map(Block::Figure).chain([after]).collect()));
        prop_assert_eq!(broken(&pdf, &[ValidationProfile::PdfUa1]), [""; 0]);
        prop_assert!(text_of(&pdf).ends_with(&["Words".into(), "after".into(), "it.".into()]));
    }
}
