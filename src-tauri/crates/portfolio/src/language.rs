//! Which language words are in, so that a screen reader changes its voice: only where it can be known, since a wrong voice
//! is worse than none. A script tells its language stretch by stretch; what Latin and Cyrillic letters share between many
//! languages is judged block by block.

use whatlang::Lang;

use crate::document::Inline;

/// A language as it is written in the file (BCP 47).
pub(crate) type Language = &'static str;

/// What a stretch of text tells about its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// Spaces, figures, marks: nothing.
    Nothing,
    /// A script in which the document itself is written, or one of many languages.
    Default,
    /// This language.
    Other(Language),
}

/// The language that the script of a stretch tells, which stands in a paragraph.
pub(crate) fn of_script(stretch: &str, paragraph: &str) -> Told {
    let script = |c: char| match c {
        '\u{0600}'..='\u{060B}'
        | '\u{060D}'..='\u{061A}'
        | '\u{061C}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}'
        | '\u{08A0}'..='\u{08FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => Told::Other(if is_urdu(paragraph) { "ur" } else { "ar" }),
        '\u{0590}'..='\u{05FF}' | '\u{FB1D}'..='\u{FB4F}' => Told::Other("he"),
        '\u{0900}'..='\u{0963}' | '\u{0966}'..='\u{097F}' => Told::Other("hi"),
        '\u{0980}'..='\u{09FF}' => Told::Other("bn"),
        '\u{0A00}'..='\u{0A7F}' => Told::Other("pa"),
        '\u{0A80}'..='\u{0AFF}' => Told::Other("gu"),
        '\u{0B80}'..='\u{0BFF}' => Told::Other("ta"),
        '\u{0E00}'..='\u{0E7F}' => Told::Other("th"),
        '\u{3041}'..='\u{30FF}' => Told::Other("ja"),
        '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7A3}' => Told::Other("ko"),
        '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => Told::Other("el"),
        '\u{3001}'..='\u{3003}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => {
            Told::Other(if paragraph.contains(|c| matches!(c, '\u{3041}'..='\u{30FF}')) { "ja" } else { "zh" })
        }
        c if c.is_alphabetic() => Told::Default,
        _ => Told::Nothing,
    };
    if stretch.is_ascii() {
        let letters = stretch.bytes().any(|byte| byte.is_ascii_alphabetic());
        return if letters { Told::Default } else { Told::Nothing };
    }
    stretch.chars().map(script).find(|told| *told != Told::Nothing).unwrap_or(Told::Nothing)
}

/// Whether a text is written from right to left: its first letter decides, as Unicode's rule has it (UAX 9, P2 and P3).
pub(crate) fn is_rtl(inlines: &[Inline]) -> bool {
    runs_left(inlines).unwrap_or(false)
}

/// The same; nothing for a text without letters.
pub(crate) fn runs_left(inlines: &[Inline]) -> Option<bool> {
    let texts =
        inlines.iter().filter_map(|inline| if let Inline::Text { text, .. } = inline { Some(text) } else { None });
    texts.flat_map(|text| text.chars()).find_map(direction)
}

/// Whether a text has letters that run from right to left.
pub(crate) fn is_mixed(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| direction(c) == Some(true))
}

/// Whether a letter runs from right to left; nothing for what is no letter.
fn direction(c: char) -> Option<bool> {
    let hebrew_to_arabic = matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}' | '\u{200F}');
    (c.is_alphabetic() || c == '\u{200F}').then_some(hebrew_to_arabic)
}

/// Letters that Urdu has and Arabic has not.
fn is_urdu(text: &str) -> bool {
    text.contains(['\u{0679}', '\u{0688}', '\u{0691}', '\u{06BA}', '\u{06BE}', '\u{06C1}', '\u{06CC}', '\u{06D2}'])
}

/// The text in stretches of one script's language; what tells nothing goes with what stands before it.
pub(crate) fn stretches<'t>(text: &'t str, paragraph: &str) -> Vec<(Option<Language>, &'t str)> {
    if text.is_ascii() {
        return vec![(None, text)];
    }
    let (mut out, mut start, mut now) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        let language = match of_script(c.encode_utf8(&mut [0; 4]), paragraph) {
            Told::Nothing => now,
            Told::Default => None,
            Told::Other(language) => Some(language),
        };
        if language != now {
            out.extend(text.get(start..at).filter(|before| !before.is_empty()).map(|before| (now, before)));
            (start, now) = (at, language);
        }
    }
    out.extend(text.get(start..).map(|rest| (now, rest)));
    out
}

/// The patterns by which the words of a block may be hyphenated, where there are any for its language.
pub(crate) fn patterns(inlines: &[Inline]) -> Option<hypher::Lang> {
    let code = of_block(inlines).unwrap_or("en").as_bytes();
    hypher::Lang::from_iso(code.try_into().ok()?)
}

/// With fewer letters than this, a guess is only a guess.
const ENOUGH: usize = 40;
/// A long block is judged by so many of its first words.
const BEGINNING: usize = 800;
/// In any sentence at least one word in this many is a little one.
const ONE_IN: usize = 12;
/// Little words without which hardly a sentence is made, and which the languages below have not or hardly ever.
const ENGLISH: [&str; 24] = [
    "and", "been", "for", "from", "had", "have", "his", "is", "it", "not", "of", "she", "that", "the", "their", "they",
    "this", "were", "what", "when", "which", "who", "with", "you",
];

/// A language that was tried: how it is written in the file, and some of its little words, as any grammar names them
/// (articles, prepositions, conjunctions, forms of "to be"). A guess by letters alone is believed with enough of them.
const fn tried(found: Lang) -> Option<(Language, &'static [&'static str])> {
    Some(match found {
        Lang::Cym => ("cy", &["ac", "ar", "bod", "ei", "i", "o", "wedi", "y", "yn", "yr"]),
        Lang::Deu => ("de", &["das", "der", "die", "ein", "ich", "mit", "nicht", "sie", "und", "zu"]),
        Lang::Fra => ("fr", &["de", "des", "elle", "est", "et", "il", "la", "le", "les", "que"]),
        Lang::Ita => ("it", &["che", "di", "e", "il", "la", "mi", "non", "per", "un", "è"]),
        Lang::Pol => ("pl", &["co", "do", "i", "jest", "na", "nie", "się", "w", "z", "że"]),
        Lang::Por => ("pt", &["a", "com", "da", "de", "do", "e", "não", "o", "para", "que"]),
        Lang::Ron => ("ro", &["a", "cu", "că", "de", "este", "la", "nu", "să", "în", "și"]),
        Lang::Rus => ("ru", &["в", "и", "мне", "на", "не", "о", "она", "с", "что", "я"]),
        Lang::Spa => ("es", &["de", "el", "en", "la", "los", "no", "para", "que", "se", "y"]),
        Lang::Ukr => ("uk", &["в", "з", "і", "мені", "на", "не", "про", "у", "що", "я"]),
        // Latin is not among them on purpose: an English voice reads a doctor's Latin well.
        _ => return None,
    })
}

/// The language of a block, when it is another than the document's English. Names tell nothing about the sentence that
/// they stand in, nor do addresses and code; so only words with a small first letter count.
pub(crate) fn of_block(inlines: &[Inline]) -> Option<Language> {
    let said = |inline: &Inline| match inline {
        Inline::Text { style, .. } if style.code => " ".to_owned(),
        Inline::Text { text, .. } => text.clone(),
        Inline::Break | Inline::PageOf(_) => " ".to_owned(),
    };
    let text: String = inlines.iter().map(said).collect();
    let words = text.split_whitespace().take(BEGINNING).map(|word| word.trim_matches(|c: char| !c.is_alphabetic()));
    let joins = |c: char| matches!(c, '\'' | '’' | '-');
    let small =
        |word: &&str| word.starts_with(char::is_lowercase) && word.chars().all(|c| c.is_alphabetic() || joins(c));
    let kept: Vec<&str> = words.clone().filter(small).collect();
    let letters: usize = kept.iter().map(|word| word.chars().count()).sum();
    let is_english = |word: &&str| ENGLISH.iter().any(|own| own.eq_ignore_ascii_case(word));
    // Cheap evidence first: nearly every block ends here.
    if letters < ENOUGH || words.filter(is_english).count() * ONE_IN >= kept.len() {
        return None;
    }
    let found = whatlang::detect(&kept.join(" ")).filter(whatlang::Info::is_reliable)?;
    let (language, little) = tried(found.lang())?;
    let said = kept.iter().filter(|word| little.contains(word)).count();
    (said * ONE_IN >= kept.len()).then_some(language)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::document::{Block, Style};
    use crate::markdown;

    #[test]
    fn a_script_tells_its_language() {
        for (text, told) in [
            ("care", Told::Default),
            ("łódź", Told::Default),
            ("12, ", Told::Nothing),
            ("مرحبا", Told::Other("ar")),
            ("آپ کیسے ہیں", Told::Other("ur")),
            ("ভালো", Told::Other("bn")),
            ("ਸਤ ਸ੍ਰੀ", Told::Other("pa")),
            ("नमस्ते", Told::Other("hi")),
            ("કેમ છો", Told::Other("gu")),
            ("வணக்கம்", Told::Other("ta")),
            ("שלום", Told::Other("he")),
            ("สวัสดี", Told::Other("th")),
            ("你好", Told::Other("zh")),
            ("今日は", Told::Other("ja")),
            ("안녕", Told::Other("ko")),
        ] {
            assert_eq!(of_script(text, text), told, "{text}");
        }
    }

    #[test]
    fn stretches_part_where_the_language_does() {
        for (text, expected) in [
            ("only care", vec![(None, "only care")]),
            ("Llŷr: 12 你好, 你 and", vec![(None, "Llŷr: 12 "), (Some("zh"), "你好, 你 "), (None, "and")]),
            ("ভালো", vec![(Some("bn"), "ভালো")]),
            ("", vec![(None, "")]),
        ] {
            assert_eq!(stretches(text, text), expected, "{text}");
        }
    }

    fn of(text: &str) -> Option<Language> {
        of_block(&[Inline::plain(text)])
    }

    #[test]
    fn what_is_written_in_another_language_is_told() {
        for (language, texts) in [
            (
                "cy",
                &[
                    "Roedd y cleient yn teimlo'n well yr wythnos hon, ac fe gerddodd i'r farchnad gyda'i chwaer bob bore.",
                    "Dw i’n meddwl bod y sgwrs wedi mynd yn dda oherwydd fy mod i wedi gwrando mwy a siarad llai nag arfer.",
                    "Beth sy'n bwysig i chi? Gofynnais hynny yn Gymraeg, ac roedd y gwahaniaeth yn ei llais yn amlwg.",
                    "Cawsom gyfarfod byr gyda'r link worker yn y Riverside Health Centre am y nodau, ac mae'r cynllun yn glir.",
                ][..],
            ),
            (
                "pl",
                &[
                    "Klientka opowiedziała mi o swoim tygodniu i powiedziała, że po raz pierwszy od dawna spała całą noc.",
                    "Chciała, by ktoś po prostu wysłuchał, co ma do powiedzenia, zanim da jej kolejną radę.",
                    "Zapytałam, co jest dla niej najważniejsze, a potem długo milczałyśmy obie.",
                    "Chciałbym następnym razem mniej mówić i więcej słuchać, bo to on wie najlepiej, co mu pomaga.",
                ],
            ),
            (
                "ro",
                &[
                    "Clienta mi-a povestit despre săptămâna ei și mi-a spus că pentru prima dată a dormit toată noaptea.",
                    "Data viitoare aș vrea să vorbesc mai puțin și să ascult mai mult, pentru că el știe ce îl ajută.",
                    "Ne-am înțeles să o sune pe sora ei duminică și să facă o plimbare scurtă dacă vremea este bună.",
                ],
            ),
            (
                "de",
                &[
                    "Die Klientin erzählte mir von ihrer Woche und sagte, dass sie seit langem wieder durchgeschlafen habe.",
                ],
            ),
            ("es", &["Le pregunté qué era lo más importante para ella y después nos quedamos un rato en silencio."]),
            ("fr", &["La cliente m'a raconté sa semaine et elle m'a dit qu'elle avait dormi pour la première fois."]),
            ("it", &["La cliente mi ha raccontato la sua settimana e ha detto che ha dormito tutta la notte."]),
            ("pt", &["A cliente contou-me como foi a sua semana e disse que pela primeira vez dormiu a noite toda."]),
            ("ru", &["Я спросила, что для неё важнее всего, и мы долго молчали, а потом она сама всё сказала."]),
            ("uk", &["Клієнтка розповіла мені про свій тиждень і сказала, що вперше за довгий час добре спала."]),
        ] {
            for text in texts {
                assert_eq!(of(text), Some(language), "{text}");
            }
        }
    }

    #[test]
    fn english_is_english_whatever_names_stand_in_it() {
        for text in [
            "",
            "Personalised care and support planning",
            "Motivational interviewing for beginners: certificate of attendance",
            "Agnieszka Kowalczyk, Małgorzata Wójcik, Zbigniew Brzęczyszczykiewicz and Stanisław Szczepański",
            "Małgorzata Wójcik, Zbigniew Szczepański, Agnieszka Kowalczyk, Katarzyna Wiśniewska, Paweł Dąbrowski",
            "Llanfairpwllgwyngyll, Aberystwyth, Llanelli, Pontypridd, Ystradgynlais, Machynlleth, Bangor",
            "Siobhán Ní Bhriain, Pádraig Ó Súilleabháin, Tadhg Mac Giolla Phádraig, Caoimhe Nic Dhonnchadha",
            "14 Heol-y-Deri, Rhiwbina, Caerdydd CF14 6HF; 3 Ffordd y Brenin, Abertawe SA1 5JQ; ul. Święty Marcin 24, Poznań",
            "Monday 3 March 2026, Tuesday 4 March 2026, Wednesday 5 March 2026, Thursday 6 March 2026",
            "metformin, amitriptyline, salbutamol, sertraline, levothyroxine, omeprazole, atorvastatin",
            "paracetamol, ibuprofen, naproxen, codeine, tramadol, gabapentin, pregabalin",
            "hypertension; hypothyroidism; fibromyalgia; osteoarthritis; polycystic ovary syndrome; diverticulitis",
            "anterior cruciate ligament, gluteus maximus, quadratus lumborum, sternocleidomastoideus, vastus medialis",
            "Primum non nocere; sine qua non; bona fide; ad hoc; pro re nata; nil by mouth; bis die sumendum",
            "nil per os, ter die sumendum, pro re nata, ante cibum, post cibum, omni nocte",
            "Status post myocardial infarctus anno 2019, ductus arteriosus persistens, vitium cordis",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.",
            "Her grandmother always said “gość w dom, Bóg w dom”, and she meant it when she poured the tea.",
            "He kept saying “hiraeth” and “cwtch”, and I asked what the words meant to him in Llŷr's house.",
            "She calls her walking group Cerddwyr Cymru and her choir Côr Merched y Garth; both meet on Tuesdays.",
            "We read “Cómo dejar de preocuparse y empezar a vivir” together, and the client laughed at the title.",
            "Supervised by Dr Ioana Ștefănescu and Dr Mihai Țurcanu, with Llinos ap Rhys and Zofia Żeleńska as observers.",
            "Reviewed goals, sleep, diet, movement; agreed next steps; booked follow-up call; no safeguarding concerns.",
            "listened reflected summarised paused affirmed explored evoked planned agreed reviewed recorded",
            "Cl. anx. re: wk; disc. sleep hyg., GP f/u 2/52; agreed amb. goals; rv 4/52",
            "https://przyklad.example.org/bardzo-dluga-sciezka/do-strony-o-zdrowiu and ktos.bardzo.wazny@przyklad.example.org",
            "The `Intl.Segmenter` object enables locale-sensitive text segmentation.",
            "A comment contains forbidden double-hyphen (`--`) sequence inside.",
            "Och aye, she wisnae feelin awfy weel the day, said she'd been greetin aw nicht an cannae be daein wi it.",
            "Client dey feel small small better, e say make we check am next week; na so we waka go market.",
            "I said “Dw i'n meddwl bod y sgwrs wedi mynd yn dda” when she asked, and that was the end of it for the day.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
        let code = Style { code: true, ..Style::default() };
        let text = "klientka opowiedziała mi o swoim tygodniu i powiedziała, że spała całą noc".to_owned();
        assert_eq!(of_block(&[Inline::Text { text, style: code, link: None }]), None);
    }

    #[test]
    fn the_apps_own_texts_are_english() {
        let assets = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets"));
        let mut texts = Vec::new();
        for folder in ["demo", "framework", "kinds", "models/reflection", "models/supervision"] {
            let files: Vec<PathBuf> =
                std::fs::read_dir(assets.join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
            assert!(!files.is_empty(), "{folder}");
            for file in files {
                strings(&serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap(), &mut texts);
            }
        }
        assert!(texts.len() > 1000, "{}", texts.len());
        for text in &texts {
            // Whole, and as the blocks that it becomes.
            assert_eq!(of(text), None, "{text}");
            each(&markdown::blocks(text, 2), &mut |inlines| assert_eq!(of_block(inlines), None, "{inlines:?}"));
        }
    }

    fn strings(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => out.push(text.clone()),
            serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, out)),
            serde_json::Value::Object(fields) => fields.values().for_each(|value| strings(value, out)),
            _ => {}
        }
    }

    fn each(blocks: &[Block], look: &mut dyn FnMut(&[Inline])) {
        for block in blocks {
            match block {
                Block::Paragraph(_, inlines) => look(inlines),
                Block::Heading(heading) => look(&heading.text),
                Block::List(list) => list.items.iter().for_each(|item| each(&item.blocks, look)),
                Block::Quote(blocks) => each(blocks, look),
                Block::Table(table) => {
                    table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| look(&cell.text));
                }
                _ => {}
            }
        }
    }
}
