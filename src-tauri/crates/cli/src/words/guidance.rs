//! What the rules of thumb say.

use std::fmt::Write;

use app::domain::guidance::Note;

pub(crate) fn guidance(notes: &[Note]) -> String {
    if notes.is_empty() {
        return "Nothing to mention about the last 90 days.\n".to_owned();
    }
    let mut text = String::from("Rules of thumb, for you to weigh; none of them is enforced.\n");
    for note in notes {
        let away = if note.put_away { " (put away)" } else { "" };
        let _ = writeln!(text, "\n{}\n  {}{away}", note.text, note.key);
    }
    text + "\nTo hear no more of one: --put-away KEY\n"
}
