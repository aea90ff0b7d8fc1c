//! What changed for people.

use std::fmt::Write;

use app::domain::impact::{Answers, FEWEST_PEOPLE, Impacts, Measure};
use app::domain::words::{count, counted};

pub(crate) fn impacts(impacts: &Impacts) -> String {
    if impacts.measures.is_empty() && impacts.feedback.is_empty() {
        return "No outcome measures and no feedback in this period yet.\n".to_owned();
    }
    let mut text = String::new();
    if !impacts.measures.is_empty() {
        text += "Outcome measures\n";
        for measure in &impacts.measures {
            let _ = writeln!(text, "  {}: {}", measure.measure, figures(measure));
        }
    }
    if !impacts.feedback.is_empty() {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}Feedback");
        for answers in &impacts.feedback {
            let name = answers.instrument.as_deref().unwrap_or("Without a form");
            let _ = writeln!(text, "  {name}: {}", said(answers));
        }
    }
    let few = |text: String| text + &format!("\nFigures over fewer than {FEWEST_PEOPLE} people are withheld.\n");
    if impacts.outward { few(text) } else { text }
}

fn withheld() -> String {
    format!("withheld, fewer than {FEWEST_PEOPLE} people")
}

fn figures(measure: &Measure) -> String {
    let Some(people) = measure.people else { return withheld() };
    let mut text = counted(people, "person", "people");
    match (measure.before, measure.after) {
        (Some(before), Some(after)) => {
            let _ = write!(text, ", from {before} to {after}");
        }
        (Some(before), None) => {
            let _ = write!(text, ", {before} before");
        }
        (None, Some(after)) => {
            let _ = write!(text, ", {after} after");
        }
        (None, None) => {}
    }
    if let Some(change) = measure.change {
        let way = match measure.for_the_better {
            Some(true) => ", for the better",
            Some(false) => ", not for the better",
            None => "",
        };
        let _ = write!(text, " ({change:+}{way})");
    }
    text
}

fn said(answers: &Answers) -> String {
    let (Some(people), Some(records)) = (answers.people, answers.answers) else { return withheld() };
    let mut text = format!("{}, {}", count(records, "record"), counted(people, "person", "people"));
    if let Some(share) = answers.mean_share {
        let _ = write!(text, ", on average {:.0} % of the highest score", share * 100.0);
    }
    text
}
