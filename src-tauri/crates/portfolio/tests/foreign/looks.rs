//! A page looks as it does by itself.

use lopdf::{Document as Pdf, Object, ObjectId, Stream, dictionary};
use portfolio::document::{Anchor, Block, Inline, Voice};

use super::support::{document, made, seen};
use super::{BLUE, GREEN, RED, TWO_COLOURS, WHITE, colour_at, colours, figures, page, plain_page, qpdf, saved};

#[test]
fn however_the_file_is_put_together_the_page_looks_the_same() {
    let plain = plain_page();
    let expected = [RED, BLUE];
    let ways: [&[&str]; 5] = [
        &["--object-streams=generate"],
        &["--linearize"],
        &["--stream-data=uncompress"],
        &["--encrypt", "", "owner", "256", "--print=none", "--"],
        &["--allow-weak-crypto", "--encrypt", "", "owner", "128", "--"],
    ];
    for way in ways {
        assert_eq!(colours(qpdf(way, &plain), &[(20, 20), (180, 20)]), expected, "{way:?}");
    }
    // Something in front, as mail programs put it there.
    let late = [b"\n\n".as_slice(), &plain].concat();
    assert_eq!(colours(late, &[(20, 20), (180, 20)]), expected);
}

#[test]
fn a_page_stands_upright_and_only_what_is_cropped_is_seen() {
    let turned = |degrees: i64| {
        page(TWO_COLOURS, move |_, leaf, _| {
            leaf.set("Rotate", degrees);
        })
    };
    // Where red and blue come to stand when the page is turned clockwise.
    assert_eq!(colours(turned(0), &[(5, 50), (195, 50), (205, 50)]), [RED, BLUE, WHITE]);
    assert_eq!(colours(turned(90), &[(50, 5), (50, 195), (50, 205), (105, 5)]), [RED, BLUE, WHITE, WHITE]);
    assert_eq!(colours(turned(180), &[(5, 50), (195, 50), (5, 105)]), [BLUE, RED, WHITE]);
    assert_eq!(colours(turned(-90), &[(50, 5), (50, 195), (105, 5)]), [BLUE, RED, WHITE]);
    let cropped = page(TWO_COLOURS, |_, leaf, _| {
        leaf.set("CropBox", vec![90.into(), 10.into(), 150.into(), 60.into()]);
    });
    assert_eq!(colours(cropped, &[(4, 25), (16, 25), (56, 25), (66, 25), (4, 55)]), [RED, BLUE, BLUE, WHITE, WHITE]);
}

#[test]
fn a_page_is_not_coloured_by_what_stands_before_it() {
    let black = page("0 0 100 100 re f 150 0 m 150 100 l S", |_, _, _| {});
    let link = Block::Paragraph(Voice::Body, vec![Inline::to("Blue words", Anchor("nowhere".into()))]);
    let shown = figures(black).into_iter().map(Block::Figure);
    let seen = seen(&made(&document([link].into_iter().chain(shown).collect())).0, 1);
    // Below a line of words and the space above a figure.
    let at = |x| colour_at(&seen, x, 15 + 12 + 50);
    assert_eq!([at(20), at(145), at(155)], [[0; 3], WHITE, WHITE]);
}

#[test]
fn what_a_page_inherits_comes_with_it() {
    let mut pdf = Pdf::load_mem(&page("/Look gs /Red Do", |_, _, _| {})).unwrap();
    let red = pdf.add_object(Stream::new(
        dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 900.into(), 900.into()] },
        b"1 0 0 rg 0 0 900 900 re f".to_vec(),
    ));
    let (leaf, pages) = (pdf.get_pages()[&1], pdf.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap());
    for key in [b"MediaBox".as_slice(), b"Resources"] {
        pdf.get_dictionary_mut(leaf).unwrap().remove(key);
    }
    let root = pdf.get_dictionary_mut(pages).unwrap();
    root.set("MediaBox", vec![300.into(), 300.into(), 100.into(), 100.into()]);
    root.set("Resources", dictionary! { "XObject" => dictionary! { "Red" => red } });
    root.set("Rotate", 450);
    assert_eq!(colours(saved(&mut pdf), &[(5, 5), (195, 195), (205, 100)]), [RED, RED, WHITE]);
}

#[test]
fn what_is_filled_in_is_seen_and_what_is_hidden_is_not() {
    let filled = page("1 0 0 rg 0 0 50 50 re f 9 0 0 9 5 5 cm", |pdf, leaf, _| {
        let look = pdf.add_object(Stream::new(
            dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 10.into(), 10.into()] },
            b"0 1 0 rg 0 0 10 10 re f".to_vec(),
        ));
        let mut field = |left: i64, kind: &str, flags: i64| -> ObjectId {
            let rect: Vec<Object> = [left, 0, left + 40, 40].map(Object::from).to_vec();
            pdf.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => kind, "Rect" => rect, "F" => flags,
                "AP" => dictionary! { "N" => look },
            })
        };
        let fields = [field(60, "Widget", 4), field(110, "Widget", 2), field(150, "Link", 4)];
        leaf.set("Annots", fields.map(Object::from).to_vec());
    });
    let places = [(20, 90), (62, 98), (98, 62), (62, 55), (130, 90), (170, 90)];
    assert_eq!(colours(filled, &places), [RED, GREEN, GREEN, WHITE, WHITE, WHITE]);
}

#[test]
fn a_layer_that_is_switched_off_stays_off() {
    let layered = page(
        "/OC /L BDC 1 0 0 rg 0 0 99 99 re f EMC /Logo Do 0 0 1 rg 100 0 100 100 re f",
        |pdf, leaf, catalog| {
            let layer = pdf.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("Draft") });
            let logo = pdf.add_object(Stream::new(
            dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 90.into(), 90.into()], "OC" => layer },
            b"0 1 0 rg 0 0 90 90 re f".to_vec(),
        ));
            let resources = dictionary! { "Properties" => dictionary! { "L" => layer }, "XObject" => dictionary! { "Logo" => logo } };
            leaf.set("Resources", resources);
            let view = dictionary! { "OFF" => vec![layer.into()] };
            catalog.set("OCProperties", dictionary! { "OCGs" => vec![layer.into()], "D" => view });
        },
    );
    assert_eq!(colours(layered, &[(20, 80), (150, 20)]), [WHITE, BLUE]);
}
