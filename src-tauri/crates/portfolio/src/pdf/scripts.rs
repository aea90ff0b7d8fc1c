//! Which language a script tells, so that a screen reader changes its voice: only where it can be known.

/// A language as it is written in the file (BCP 47).
pub(super) type Language = &'static str;

/// What a stretch of text tells about its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Spaces, figures, marks: nothing.
    Nothing,
    /// A script in which the document itself is written, or one of many languages.
    Default,
    /// This language.
    Other(Language),
}

/// The language of a stretch, which stands in a paragraph.
pub(super) fn language(stretch: &str, paragraph: &str) -> Told {
    let script = |c: char| match c {
        '\u{0600}'..='\u{060B}'
        | '\u{060D}'..='\u{061A}'
        | '\u{061C}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}'
        | '\u{08A0}'..='\u{08FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => Told::Other(if is_urdu(paragraph) { "ur" } else { "ar" }),
        '\u{0980}'..='\u{09FF}' => Told::Other("bn"),
        '\u{0A00}'..='\u{0A7F}' => Told::Other("pa"),
        '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => Told::Other("el"),
        '\u{3001}'..='\u{3003}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => {
            Told::Other("zh")
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

/// Letters that Urdu has and Arabic has not.
fn is_urdu(text: &str) -> bool {
    text.contains(['\u{0679}', '\u{0688}', '\u{0691}', '\u{06BA}', '\u{06BE}', '\u{06C1}', '\u{06CC}', '\u{06D2}'])
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("你好", Told::Other("zh")),
        ] {
            assert_eq!(language(text, text), told, "{text}");
        }
    }
}
