//! What the rules of thumb say.

use std::fmt::Write;

use app::domain::guidance::Note;

use super::in_a_shell;

pub(crate) fn guidance(notes: &[Note]) -> String {
    if notes.is_empty() {
        return "Nothing to mention about the last 90 days.\n".to_owned();
    }
    let mut text = String::from("Rules of thumb, for you to weigh; none of them is enforced.\n");
    for note in notes {
        let (away, with) = if note.put_away {
            ("put away; to bring it back", "--bring-back")
        } else {
            ("to hear no more of it", "--put-away")
        };
        let _ = writeln!(text, "\n{}\n  {away}: {with} {}", note.text, in_a_shell(&note.key));
    }
    text
}
