//! What was filled into a form, or written on a page, by a program that left its look to whoever shows it.

use lopdf::{Dictionary, Document as Pdf, Object, Stream, dictionary};
use portfolio::document::Shows;
use portfolio::{On, Unseen};

use super::support::{made, seen, text_of};
use super::{GREEN, WHITE, claims, colour_at, figures, page, shown};

/// A page with these fields, whose looks are left open.
fn form(fields: Vec<Dictionary>, more: impl FnOnce(&mut Pdf, &mut Dictionary)) -> Vec<u8> {
    page("", |pdf, leaf, catalog| {
        let marks = fields.into_iter().map(|field| pdf.add_object(field).into()).collect::<Vec<Object>>();
        leaf.set("Annots", marks.clone());
        let mut form = dictionary! {
            "Fields" => marks, "NeedAppearances" => true, "DA" => Object::string_literal("/Helv 0 Tf 0 g"),
        };
        more(pdf, &mut form);
        catalog.set("AcroForm", form);
    })
}

/// A field of this kind in a strip of the page, from below: the first is 0.
fn field(kind: &str, strip: i64, more: Dictionary) -> Dictionary {
    let rect = [10, strip * 20 + 2, 190, strip * 20 + 18].map(Object::from).to_vec();
    let mut field = dictionary! { "Type" => "Annot", "Subtype" => "Widget", "FT" => kind, "Rect" => rect, "F" => 4 };
    more.into_iter().for_each(|(key, value)| field.set(key, value));
    field
}

fn said(text: &str) -> Object {
    lopdf::text_string(text)
}

fn unseen(bytes: Vec<u8>) -> Vec<Unseen> {
    let shows = portfolio::shows(bytes, On::Paper, &mut || std::ops::ControlFlow::Continue(())).unwrap();
    shows.iter().flat_map(Shows::unseen).cloned().collect()
}

#[test]
fn what_was_filled_in_is_on_the_page_and_said() {
    let pairs = vec![vec![said("t2"), said("Tier 2")].into(), vec![said("t3"), said("Tier 3")].into()];
    let options = dictionary! { "V" => said("t3"), "Opt" => Object::Array(pairs) };
    let boxes = dictionary! { "V" => said("4711"), "MaxLen" => 6, "Ff" => 1 << 24 };
    let lines = dictionary! { "V" => said("Of the\rhighest order"), "Ff" => 1 << 12, "DA" => Object::string_literal("/F 6 Tf 1 0 0 rg") };
    let note = dictionary! {
        "Type" => "Annot", "Subtype" => "FreeText", "Contents" => said("Seen by Łukasz"), "Q" => 2,
        "Rect" => [10, 82, 190, 98].map(Object::from).to_vec(),
    };
    let filled = form(
        vec![
            field("Tx", 0, dictionary! { "V" => said("Amira Osei, Ŵyn") }),
            field("Ch", 1, options),
            field("Tx", 2, boxes),
            field("Tx", 3, lines),
            note,
        ],
        |_, _| {},
    );
    let (bytes, report) = made(&shown(filled.clone()));
    assert_eq!(claims(&bytes), (vec!["ua1"], Vec::new()), "its letters come with it: {report:?}");
    let text = text_of(&bytes).join(" ");
    let squeezed: String = text.split_whitespace().collect();
    for words in ["Amira Osei, Ŵyn", "Tier 3", "Of the", "highest order", "Seen by Łukasz"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(squeezed.contains("4711"), "each in its box: {text}");
    let alt = &figures(filled.clone())[0].alt;
    assert!(alt.contains("Amira Osei, Ŵyn") && alt.contains("Tier 3"), "{alt}");
    assert_eq!(unseen(filled), []);
    // The red lines stand where their field is, and the note on the right of its own.
    let page = seen(&bytes, 1);
    let inked = |x: std::ops::Range<u32>, y: std::ops::Range<u32>| {
        y.flat_map(|y| x.clone().map(move |x| (x, y))).filter(|(x, y)| colour_at(&page, *x, *y) != WHITE).count()
    };
    assert!(inked(12..60, 22..38) > 20 && inked(140..190, 2..18) > 20 && inked(12..60, 2..18) == 0);
    let red = (12..60).flat_map(|x| (22..38).map(move |y| (x, y))).map(|(x, y)| colour_at(&page, x, y));
    assert!(red.into_iter().all(|[r, g, b]| r > 180 || (r == g && g == b)), "in the colour that they have");
}

#[test]
fn a_tick_is_drawn_and_what_nobody_filled_in_is_not() {
    let fields = vec![
        field("Btn", 0, dictionary! { "V" => "Yes", "AS" => "Yes" }),
        field("Btn", 2, dictionary! { "V" => "Off", "AS" => "Off" }),
        field("Tx", 4, dictionary! { "V" => said("hidden"), "F" => 2 }),
    ];
    let filled = form(fields, |_, _| {});
    let page = seen(&made(&shown(filled.clone())).0, 1);
    let inked = |strip: u32| {
        let rows = 100 - strip * 20 - 18..100 - strip * 20 - 2;
        rows.flat_map(|y| (10..190).map(move |x| (x, y))).filter(|(x, y)| colour_at(&page, *x, *y) != WHITE).count()
    };
    assert!(inked(0) > 5 && inked(2) == 0 && inked(4) == 0);
    assert_eq!(unseen(filled), []);
}

#[test]
fn what_cannot_be_drawn_is_named() {
    let fields = vec![field("Tx", 0, dictionary! { "V" => said("Made by 山田") })];
    let filled = form(fields, |_, _| {});
    assert_eq!(unseen(filled.clone()), [Unseen::Letters("山田".to_owned())]);
    assert!(figures(filled)[0].alt.contains("Made by 山田"), "and said all the same");
    let stamp = page("", |pdf, leaf, _| {
        let rect = [0, 0, 9, 9].map(Object::from).to_vec();
        let stamp = pdf.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Stamp", "Rect" => rect });
        leaf.set("Annots", vec![stamp.into()]);
    });
    assert_eq!(unseen(stamp), [Unseen::Mark("Stamp".to_owned())]);
}

#[test]
fn a_look_that_is_there_stays_where_nobody_asks_for_another() {
    let looked_at = |asked: bool| {
        let field = field("Tx", 0, dictionary! { "V" => said("Written") });
        let filled = form(vec![field], |pdf, form| {
            let area = [0, 0, 9, 9].map(Object::from).to_vec();
            let look = dictionary! { "Subtype" => "Form", "BBox" => area };
            let look = pdf.add_object(Stream::new(look, b"0 1 0 rg 0 0 9 9 re f".to_vec()));
            for object in pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()) {
                if object.has(b"V") {
                    object.set("AP", dictionary! { "N" => look });
                }
            }
            form.set("NeedAppearances", asked);
        });
        made(&shown(filled)).0
    };
    let (kept, anew) = (looked_at(false), looked_at(true));
    assert_eq!(colour_at(&seen(&kept, 1), 100, 90), GREEN);
    assert!(!text_of(&kept).contains(&"Written".to_owned()));
    assert!(text_of(&anew).contains(&"Written".to_owned()) && colour_at(&seen(&anew, 1), 185, 90) == WHITE);
}
