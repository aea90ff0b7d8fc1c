//! The agenda of the next supervision.

use std::fmt::Write;

use app::domain::agenda::{Agenda, FirstContact, OpenAction};
use app::domain::framework::SupervisionType;
use app::domain::views::Concern;
use app::domain::words::{count, long_date};

pub(crate) fn agenda(agenda: &Agenda) -> String {
    let with = agenda.with.map(|with| format!("{} ", title(with))).unwrap_or_default();
    let mut text = format!("For your next {with}supervision · {}\n", long_date(agenda.today));
    let waits = !agenda.parked.is_empty() || !agenda.questions.is_empty() || !agenda.caseload.is_empty();
    if agenda.actions.is_empty() && !waits {
        text += "\nNothing is waiting. Bring whatever is on your mind.\n";
    }
    if !agenda.actions.is_empty() {
        text += "\nAgreed earlier, and still open\n";
        for action in &agenda.actions {
            let agreed = format!("agreed on {}, {}", long_date(action.agreed), title(action.with));
            let _ = writeln!(text, "  {}\n      {agreed}{}", action.text, due(action));
            let _ = writeln!(text, "      when it is done: --done {}:{}", action.supervision, action.number);
        }
    }
    if !agenda.parked.is_empty() {
        text += "\nPut aside to talk about\n";
        for entry in &agenda.parked {
            let of = format!("{} of {}", entry.kind, long_date(entry.date));
            let _ = writeln!(text, "  {}\n      {of}, for {} supervision", entry.title, title(entry.with));
        }
    }
    if !agenda.questions.is_empty() {
        text += "\nUrgent clinical questions without an answer\n";
        for question in &agenda.questions {
            let asked_of = question.asked_of.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
            let asked = format!("asked{asked_of} on {}", long_date(question.asked));
            let _ = writeln!(text, "  {}\n      {asked}, in \"{}\"", question.question, question.title);
        }
    }
    if !agenda.caseload.is_empty() {
        text += "\nOf your caseload, for your line manager\n";
        for point in &agenda.caseload {
            let _ = writeln!(text, "  {}", point.text);
        }
    }
    text += "\nWhom to speak to first\n";
    for contact in &agenda.first_contacts {
        text += &first(contact);
    }
    if agenda.first_contacts.iter().any(|contact| contact.people.is_empty()) {
        text += "  Say so with one of your people, and you need not search when it matters.\n";
    }
    text
}

fn due(action: &OpenAction) -> String {
    match (action.due, action.overdue_days) {
        (None, _) => String::new(),
        (Some(due), 0) => format!("; due on {}", long_date(due)),
        (Some(due), late) => format!("; was due on {}, {} ago", long_date(due), count(late, "day")),
    }
}

fn first(contact: &FirstContact) -> String {
    let about = match contact.concern {
        Concern::Safeguarding => "A worry about someone's safety",
        Concern::UrgentClinical => "An urgent clinical question",
        Concern::Work => "Anything else at work",
    };
    if contact.people.is_empty() {
        return format!("  {about}: nobody is named yet.\n");
    }
    let reached = contact.people.iter().map(|person| match &person.contact {
        Some(contact) => format!("{} ({contact})", person.name),
        None => person.name.clone(),
    });
    format!("  {about}: {}\n", reached.collect::<Vec<_>>().join(", "))
}

/// "health coaching".
fn title(with: SupervisionType) -> &'static str {
    match with {
        SupervisionType::HealthCoaching => "health coaching",
        SupervisionType::LineManagement => "line management",
        SupervisionType::Clinical => "clinical",
    }
}
