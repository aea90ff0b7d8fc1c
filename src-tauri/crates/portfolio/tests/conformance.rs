//! The PDF checked against PDF/UA-1 (for screen readers) and PDF/A-2a (for archives), by a validator that is not ours,
//! with files made worse on purpose so that we know it looks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../samples/mod.rs"]
#[allow(dead_code, reason = "examples and benchmarks use the rest")]
mod samples;
#[allow(dead_code, reason = "other tests use the rest")]
mod support;

use chrono::NaiveDate;
use domain::coverage::Coverage;
use lopdf::{Dictionary, Document as Pdf, Object, dictionary};
use page_validation::ValidationProfile;
use portfolio::document::{Anchor, Block, Cell, Document, Heading, Inline, Item, List, Marker, Table, Voice};
use portfolio::{markdown, outline};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use support::{document, from_markdown, made, text_of, tool};

/// Every rule that the file breaks, of both standards.
fn broken(bytes: &[u8]) -> Vec<String> {
    support::broken(bytes, &[ValidationProfile::PdfUa1, ValidationProfile::PdfA2a])
}

fn conforms(document: &Document) -> Vec<u8> {
    let (bytes, _) = made(document);
    assert_eq!(broken(&bytes), [""; 0]);
    bytes
}

/// A document with everything that a document can hold.
fn every_block() -> Document {
    let placed = |level, text: &str, anchor: &str| {
        Block::Heading(Heading {
            level,
            text: vec![Inline::plain(text)],
            anchor: Some(Anchor(anchor.into())),
            in_contents: true,
            bookmark: true,
            ..Heading::default()
        })
    };
    let mut blocks = vec![
        Block::plain(Voice::Title, "Every block"),
        placed(1, "Contents and facts", "one"),
        Block::Contents,
        Block::Facts(vec![
            ("Employer".into(), vec![Inline::plain("Riverside Health")]),
            ("Period".into(), vec![Inline::plain("May to April")]),
        ]),
        placed(2, "Text", "two"),
    ];
    blocks.extend(markdown::blocks(
        "A *first* paragraph with **strong** words, `code`, ~~struck~~ ones and a [link](https://example.org).\n\n\
         Its second, long enough for three lines: when the person had said what mattered to them we were both quiet for \
         a while, and then they went on by themselves, without a question of mine, to the very thing that had been in \
         the way all along, which neither of us had named until that moment.\n\n\
         #### Deeper\n\n- bullets\n- again\n  1. numbers\n  2. more\n- [x] done\n- [ ] not done\n\n\
         > quoted words\n>\n> - with a list\n\n```\nlet code = 1;\n  indented\n```\n\n---\n\n\
         | Head | Figures |\n|---|--:|\n| one | 1 |\n| two | |\n",
        2,
    ));
    let shape = |mark, text: &str| Cell { mark: Some(mark), text: vec![Inline::plain(text)] };
    let cell = |text: &str| Cell { mark: None, text: vec![Inline::plain(text)] };
    blocks.extend([
        placed(3, "Shapes", "three"),
        Block::Table(Table {
            rows: vec![
                vec![cell("Area 1"), shape(Coverage::Covered, "1.1"), shape(Coverage::Agreed, "1.2")],
                vec![cell("Area 2"), shape(Coverage::Partly, "2.1"), shape(Coverage::NotYet, "not yet")],
            ],
            ..Table::default()
        }),
        Block::List(List {
            items: vec![Item {
                marker: Marker::Coverage(Coverage::NotExpected),
                blocks: vec![Block::plain(Voice::Body, "later")],
            }],
            tight: true,
        }),
        Block::Paragraph(
            Voice::Source,
            vec![
                Inline::to("Text", Anchor("two".into())),
                Inline::plain(", page\u{a0}"),
                Inline::PageOf(Anchor("two".into())),
                Inline::to(", and nowhere", Anchor("nowhere".into())),
            ],
        ),
    ]);
    document(blocks)
}

#[test]
fn a_believable_portfolio_conforms() {
    conforms(&outline(&samples::believable()));
}

#[test]
fn a_portfolio_without_records_conforms() {
    conforms(&outline(&samples::empty()));
}

#[test]
fn a_long_portfolio_conforms() {
    conforms(&outline(&samples::many(120)));
}

#[test]
fn every_block_conforms_and_is_what_it_is() {
    let bytes = conforms(&every_block());
    assert!(tool("qpdf", &["--check"], &bytes).contains("No syntax or stream encoding errors"));
    let structure = tool("pdfinfo", &["-struct-text"], &bytes);
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/every-block.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(golden, &structure).unwrap();
    }
    let committed = std::fs::read_to_string(golden).unwrap();
    // Set UPDATE_GOLDEN=1 to rewrite it, and read the difference.
    assert_eq!(structure, committed);
}

/// Each kind that ships, as its golden sample, alone in a portfolio.
#[test]
fn every_kind_alone_conforms() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/golden");
    let mut kinds = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let golden: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let Ok(record) = serde_json::from_value::<domain::Record>(golden["record"].clone()) else { continue };
        let (kind, title) = (record.kind.clone(), record.title.clone());
        let bytes = conforms(&outline(&samples::of(vec![record])));
        if kind != "person" && kind != "profile" {
            let words = text_of(&bytes).join(" ");
            assert!(words.contains(&title), "{kind}: {title}");
        }
        kinds.push(kind);
    }
    for kind in domain::Kinds::shipped().newest() {
        assert!(kinds.contains(&kind.id), "{} has no golden sample", kind.id);
    }
}

/// The file made worse by `damage`, and what the validator says then.
fn damaged(damage: impl FnOnce(&mut Pdf)) -> String {
    let (bytes, _) = made(&every_block());
    let mut pdf = Pdf::load_mem(&bytes).unwrap();
    damage(&mut pdf);
    let mut worse = Vec::new();
    pdf.save_modern(&mut worse).unwrap();
    broken(&worse).join("\n")
}

/// Every element of the structure.
fn elements(pdf: &mut Pdf) -> impl Iterator<Item = &mut Dictionary> {
    let dictionaries = pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
    dictionaries.filter(|dictionary| dictionary.has(b"S") && dictionary.has(b"P"))
}

/// Every dictionary of a type.
fn dictionaries<'a>(pdf: &'a mut Pdf, kind: &'a [u8]) -> impl Iterator<Item = &'a mut Dictionary> {
    let dictionaries = pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
    dictionaries.filter(move |dictionary| dictionary.has_type(kind))
}

fn is(element: &Dictionary, role: &[u8]) -> bool {
    element.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == role)
}

#[test]
fn the_validator_sees_what_is_missing() {
    // Loading and saving alone breaks nothing.
    assert_eq!(damaged(|_| {}), "");
    type Damage = fn(&mut Pdf);
    let controls: [(&str, Damage); 10] = [
        ("neither a non-empty /Alt nor an /ActualText", |pdf| {
            elements(pdf).filter(|e| is(e, b"Figure")).for_each(|e| drop(e.remove(b"Alt")));
        }),
        ("catalog /Lang entry is required", |pdf| drop(pdf.catalog_mut().unwrap().remove(b"Lang"))),
        ("must contain a StructTreeRoot", |pdf| drop(pdf.catalog_mut().unwrap().remove(b"StructTreeRoot"))),
        ("boolean /Marked true", |pdf| drop(pdf.catalog_mut().unwrap().remove(b"MarkInfo"))),
        ("headers cannot be determined", |pdf| {
            elements(pdf).filter(|e| is(e, b"TH")).for_each(|e| drop(e.remove(b"A")));
        }),
        ("skips an intervening heading level", |pdf| {
            elements(pdf).filter(|e| is(e, b"H2")).for_each(|e| e.set("S", "H4"));
        }),
        ("DeviceRGB is selected", |pdf| drop(pdf.catalog_mut().unwrap().remove(b"OutputIntents"))),
        ("does not include a non-empty /Contents", |pdf| {
            dictionaries(pdf, b"Annot").for_each(|link| drop(link.remove(b"Contents")));
        }),
        ("font program is not embedded", |pdf| {
            dictionaries(pdf, b"FontDescriptor").for_each(|font| drop(font.remove(b"FontFile3")));
        }),
        ("boolean /DisplayDocTitle true", |pdf| pdf.catalog_mut().unwrap().set("ViewerPreferences", dictionary! {})),
    ];
    for (words, damage) in controls {
        let said = damaged(damage);
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// Sentences with what a reader gets back, the language they are marked with, and the letters of their script.
const LANGUAGES: [(&str, &str, Option<&str>); 16] = [
    // Too few words in small letters to be judged.
    ("Welsh", "Mae'r ŵyl yng Nghaerdydd; dŵr, tŷ, wyau, gweithgaredd a llŷn.", None),
    ("Polish", "Zażółć gęślą jaźń; źródło, ćma, łódź, święto.", None),
    ("Romanian", "Îmi place să mănânc; așa și țara, ștafetă, încă.", None),
    ("Arabic", "كيف حالك اليوم؟ أشعر بتحسن كبير، في الأسبوع القادم ثلاث مرات إلى آخر النهار، لأن شكرا إلخ.", Some("ar")),
    ("Urdu", "آپ آج کیسے ہیں؟ میں بہتر محسوس کر رہا ہوں۔", Some("ur")),
    ("Bengali", "আমি ভালো আছি, ক্ষমা করবেন। স্বাস্থ্য ও প্রার্থনা।", Some("bn")),
    ("Punjabi", "ਮੈਂ ਠੀਕ ਹਾਂ, ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ। ਸਿਹਤ ਅਤੇ ਖ਼ੁਸ਼ੀ।", Some("pa")),
    ("Hindi", "आज हमने बात की कि नींद कैसी है और क्या बदल सकता है।", Some("hi")),
    ("Gujarati", "આજે અમે ઊંઘ વિશે વાત કરી અને નાનું પગલું નક્કી કર્યું.", Some("gu")),
    ("Tamil", "இன்று நாங்கள் தூக்கம் பற்றி பேசினோம், ஒரு சிறிய படியை முடிவு செய்தோம்.", Some("ta")),
    ("Hebrew", "היום דיברנו על שינה ועל צעד קטן אחד, שָׁלוֹם לְכֻלָּם.", Some("he")),
    ("Thai", "วันนี้เราคุยกันเรื่องการนอนหลับและก้าวเล็กๆ ที่ทำได้", Some("th")),
    ("Japanese", "今日は睡眠について話し、小さな一歩を決めました。カウンセリングは大切です。", Some("ja")),
    ("Korean", "오늘 우리는 잠과 작은 한 걸음에 대해 이야기했습니다.", Some("ko")),
    ("Chinese", "我今天感觉很好，謝謝您的幫助。", Some("zh")),
    ("Emoji", "😀 👍🏽 👨‍👩‍👧 ✅ ❤️", None),
];

#[test]
fn every_language_is_drawn_marked_and_read_back() {
    for (name, sentence, language) in LANGUAGES {
        let (bytes, report) = made(&from_markdown(&format!("Before\n\n{sentence}\n\n**{sentence}**\n\nafter")));
        assert_eq!(broken(&bytes), [""; 0], "{name}");
        assert_eq!(report.missing, [], "{name}");
        // Marks of direction that the reading tool adds, and the invisible ones that it leaves out.
        let hidden = |c: &char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FE0F}');
        let shown = |text: &str| -> String { text.chars().filter(|c| !hidden(c)).collect() };
        if matches!(language, Some("ar" | "ur" | "he")) {
            // The tool puts lines that run from right to left in its own order, so words are looked for one by one.
            let text = shown(&tool("pdftotext", &["-enc", "UTF-8", "-"], &bytes));
            let is_mark = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '،' | '؟' | '۔');
            let there: Vec<&str> = text.split(is_mark).collect();
            for word in sentence.split(is_mark).filter(|word| !word.is_empty()) {
                let count = there.iter().filter(|own| **own == word).count();
                assert!(count >= 2, "{name}: {word} is there {count} times in {text}");
            }
        } else {
            let spaceless = |text: &str| shown(text).replace(' ', "");
            let text = text_of(&bytes).join(" ");
            assert_eq!(spaceless(&text), spaceless(&format!("Before {sentence} {sentence} after")), "{name}: {text}");
        }
        let marked = String::from_utf8_lossy(&contents(&bytes)).into_owned();
        if let Some(language) = language {
            assert!(marked.contains(&format!("/Lang({language})")), "{name}");
        } else {
            assert!(!marked.contains("/Lang("), "{name}");
        }
    }
}

/// Blocks in another language are marked where they stand in the structure, and nothing else is.
#[test]
fn blocks_in_another_language_say_which() {
    let welsh = "Roedd y cleient yn teimlo'n well yr wythnos hon, ac fe gerddodd i'r farchnad gyda'i chwaer bob bore.";
    let polish = "Zapytałam, co jest dla niej najważniejsze, a potem długo milczałyśmy obie.";
    let romanian = "Data viitoare aș vrea să vorbesc mai puțin și să ascult mai mult, pentru că el știe ce îl ajută.";
    let source = format!(
        "# {welsh}\n\nShe had said so in Welsh, and I asked what it meant to her.\n\n**{polish}**\n\n- {romanian}\n- me\n\n\
         > {welsh}\n\n| Małgorzata Wójcik | Welsh |\n|---|---|\n| {polish} | {welsh} |\n"
    );
    let bytes = conforms(&from_markdown(&source));
    let mut pdf = Pdf::load_mem(&bytes).unwrap();
    let text =
        |value: &Object| String::from_utf8(value.as_str().or_else(|_| value.as_name()).unwrap().to_vec()).unwrap();
    let marked = elements(&mut pdf).filter(|element| element.has(b"Lang"));
    let mut marked: Vec<_> = marked
        .map(|element| [b"S".as_slice(), b"Lang"].map(|key| element.get(key).unwrap()).map(text).join(" "))
        .collect();
    marked.sort();
    assert_eq!(marked, ["H1 cy", "P cy", "P pl", "P ro", "TD cy", "TD pl"]);
}

#[test]
fn a_portfolio_in_english_marks_no_block() {
    for sample in [samples::believable(), samples::many(120)] {
        let (bytes, _) = made(&outline(&sample));
        let mut pdf = Pdf::load_mem(&bytes).unwrap();
        assert_eq!(elements(&mut pdf).filter(|element| element.has(b"Lang")).count(), 0);
    }
}

/// The operators of every page.
fn contents(bytes: &[u8]) -> Vec<u8> {
    let pdf = Pdf::load_mem(bytes).unwrap();
    let pages = pdf.get_pages().into_values();
    pages.flat_map(|page| pdf.get_page_content(page)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..Default::default() })]

    #[test]
    fn whatever_is_written_conforms(
        blocks in prop::collection::vec(("[-#>*|0-9. \t`~\\[\\]()!<]{0,3}", "\\PC{0,30}"), 0..12),
        loose in prop::collection::vec("(?s)[a-zåאαжক-হਕ-ਹ一-三ا-ي😀-😎 \u{300}-\u{303}\n*_`]{0,40}", 0..8),
    ) {
        let lines = blocks.iter().map(|(mark, text)| format!("{mark} {text}"));
        let source = lines.chain(loose.iter().cloned()).collect::<Vec<_>>().join("\n\n");
        let (bytes, _) = made(&from_markdown(&source));
        prop_assert_eq!(broken(&bytes), [""; 0], "{:?}", source);
    }

    /// Whatever a vault holds: any kinds, any words, any days, any claims.
    #[test]
    fn any_vault_conforms(
        written in prop::collection::vec(
            (any::<Index>(), "\\PC{1,40}", "(?s)\\PC{0,60}", 0_i64..900, any::<Option<Index>>(), 1_u32..600),
            0..14,
        ),
    ) {
        let framework = domain::Framework::shipped();
        let records = written.iter().enumerate().map(|(place, (kind, title, body, day, claim, minutes))| {
            let table = of_any_kind(*minutes, title);
            let (kind, fields) = kind.get(&table);
            let claims: Vec<_> = claim
                .iter()
                .map(|at| json!({ "competency": at.get(&framework.competencies).number, "reason": body }))
                .collect();
            let mut record = json!({
                "id": format!("018f3c1e-0000-7000-8000-{place:012}"),
                "kind": kind,
                "date": NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + chrono::Days::new(day.unsigned_abs()),
                "title": title,
                "body": body,
                "claims": claims,
                "created": "2026-01-01T12:00:00Z",
                "modified": "2026-01-01T12:00:00Z",
            });
            record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            serde_json::from_value(record).unwrap()
        });
        let (bytes, _) = made(&outline(&samples::of(records.collect())));
        prop_assert_eq!(broken(&bytes), [""; 0]);
    }
}

/// A record of each kind that says something, with these words in it.
fn of_any_kind(minutes: u32, words: &str) -> [(&'static str, Value); 12] {
    let met =
        json!({ "type": "health-coaching", "format": "group", "minutes": minutes, "actions": [{ "text": words }] });
    [
        ("reflection", json!({ "model": "free", "answers": [{ "prompt": words, "text": words }] })),
        ("session", json!({ "minutes": minutes, "format": "one-to-one", "mode": "video", "client": words })),
        ("supervision", met),
        (
            "observation",
            json!({ "source": "live", "strengths": words, "ratings": [{ "competency": "1.3", "comment": words }] }),
        ),
        ("feedback", json!({ "from": "client", "instrument": words, "score": 3, "scale_max": 5 })),
        ("learning", json!({ "form": "course", "minutes": minutes, "provider": words, "expires": "2027-01-01" })),
        ("peer-learning", json!({ "form": "buddy", "minutes": minutes, "facilitator_feedback": words })),
        ("team-work", json!({ "form": "teaching", "minutes": minutes, "others": words })),
        ("impact", json!({ "measure": words, "people": minutes, "before": 1.5, "after": 2 })),
        ("goal", json!({ "status": "open", "competencies": ["1.3"], "due": "2024-02-01", "success": words })),
        ("statement", json!({ "about": "practice" })),
        ("sign-off", json!({ "scope": "competency", "competency": "1.3", "decision": "agreed", "comment": words })),
    ]
}
