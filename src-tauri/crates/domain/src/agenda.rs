//! What to bring to the next supervision, and whom to speak to first.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::caseload::Point;
use crate::framework::SupervisionType;
use crate::views::{ClinicalQuestion, Concern, Meeting, Parked, Person};

/// The agenda of the next supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Agenda {
    /// The day it was made for.
    pub today: NaiveDate,
    /// For one kind of supervision; nothing means all three.
    pub with: Option<SupervisionType>,
    /// What was agreed and is not done, agreed longest ago first.
    pub actions: Vec<OpenAction>,
    /// What was put aside to talk about, oldest first.
    pub parked: Vec<ParkedEntry>,
    /// Urgent clinical questions without an answer, asked longest ago first; they wait for no particular supervision.
    pub questions: Vec<OpenQuestion>,
    /// What of the caseload is worth talking over with the line manager.
    pub caseload: Vec<Point>,
    /// Whom to speak to first, for each concern.
    pub first_contacts: Vec<FirstContact>,
}

/// Something that was agreed and is not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct OpenAction {
    /// The supervision it was agreed in.
    pub supervision: Uuid,
    /// Its place among that supervision's actions, from 1.
    pub number: u32,
    /// Which kind of supervision.
    #[serde(rename = "type")]
    pub with: SupervisionType,
    /// When it was agreed.
    pub agreed: NaiveDate,
    /// What.
    pub text: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// Days past that day; 0 when it is still to come or was not set.
    pub overdue_days: u32,
}

/// An entry that was put aside to talk about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ParkedEntry {
    /// The record.
    pub record: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its day.
    pub date: NaiveDate,
    /// Its title.
    pub title: String,
    /// For which kind of supervision.
    #[serde(rename = "type")]
    pub with: SupervisionType,
}

/// An urgent clinical question without an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct OpenQuestion {
    /// The record it is in.
    pub record: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The question.
    pub question: String,
    /// Who was asked, by name, where that is known.
    pub asked_of: Option<String>,
    /// When.
    pub asked: NaiveDate,
    /// Days since then.
    pub waiting_days: u32,
}

/// Whom to speak to first about one concern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FirstContact {
    /// About what.
    pub concern: Concern,
    /// Who; nobody where nobody is named yet.
    pub people: Vec<Contact>,
}

/// Someone to speak to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Contact {
    /// The person's record.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// How to reach them.
    pub contact: Option<String>,
}

/// What an agenda is made from.
#[derive(Debug, Clone, Copy)]
pub struct Papers<'a> {
    /// Every supervision.
    pub meetings: &'a [Meeting],
    /// Entries that were put aside.
    pub parked: &'a [Parked],
    /// Clinical questions, answered or not.
    pub questions: &'a [ClinicalQuestion],
    /// People who support the coach.
    pub people: &'a [Person],
    /// What of the caseload is worth talking over.
    pub caseload: &'a [Point],
}

/// Lays out what to bring (B1570, section 4.2: supervision is prepared, and what was agreed is carried on; a named
/// contact for urgent clinical questions and for safeguarding).
///
/// An action is carried over until it is done. An entry that was put aside waits until a supervision of its kind, on its
/// day or later, names it as talked about; one of another kind or from before does not settle it. What is dated after
/// `today` has not happened yet.
#[must_use]
pub fn agenda(papers: Papers<'_>, with: Option<SupervisionType>, today: NaiveDate) -> Agenda {
    let wanted = |kind: SupervisionType| with.is_none_or(|with| with == kind);
    let held = || papers.meetings.iter().filter(|meeting| meeting.date <= today);

    let mut actions: Vec<OpenAction> =
        held().filter(|meeting| wanted(meeting.supervision)).flat_map(|meeting| open_actions(meeting, today)).collect();
    actions.sort_by_key(|action| (action.agreed, action.supervision, action.number));

    let mut last_talked: HashMap<(Uuid, SupervisionType), NaiveDate> = HashMap::new();
    for meeting in held() {
        for entry in &meeting.discussed {
            let last = last_talked.entry((*entry, meeting.supervision)).or_insert(meeting.date);
            *last = meeting.date.max(*last);
        }
    }
    let waits = |entry: &&Parked| {
        let talked = last_talked.get(&(entry.id, entry.supervision)).is_some_and(|day| *day >= entry.date);
        wanted(entry.supervision) && entry.date <= today && !talked
    };
    let mut parked: Vec<ParkedEntry> = papers.parked.iter().filter(waits).map(ParkedEntry::of).collect();
    parked.sort_by_key(|entry| (entry.date, entry.record));

    let open = |question: &&ClinicalQuestion| !question.answered && question.asked <= today;
    let name = |id: Uuid| papers.people.iter().find(|person| person.id == id).map(|person| person.name.clone());
    let mut questions: Vec<OpenQuestion> = papers
        .questions
        .iter()
        .filter(open)
        .map(|question| OpenQuestion {
            record: question.id,
            kind: question.kind.clone(),
            title: question.title.clone(),
            question: question.question.clone(),
            asked_of: question.asked_of.and_then(name),
            asked: question.asked,
            waiting_days: days(question.asked, today),
        })
        .collect();
    questions.sort_by_key(|question| (question.asked, question.record));

    let caseload = if wanted(SupervisionType::LineManagement) { papers.caseload.to_vec() } else { Vec::new() };
    Agenda { today, with, actions, parked, questions, caseload, first_contacts: first_contacts(papers.people) }
}

fn open_actions(meeting: &Meeting, today: NaiveDate) -> impl Iterator<Item = OpenAction> {
    (1..).zip(&meeting.actions).filter(|(_, action)| action.done.is_none()).map(move |(number, action)| OpenAction {
        supervision: meeting.id,
        number,
        with: meeting.supervision,
        agreed: meeting.date,
        text: action.text.clone(),
        due: action.due,
        overdue_days: action.due.map_or(0, |due| days(due, today)),
    })
}

impl ParkedEntry {
    fn of(entry: &Parked) -> ParkedEntry {
        ParkedEntry {
            record: entry.id,
            kind: entry.kind.clone(),
            date: entry.date,
            title: entry.title.clone(),
            with: entry.supervision,
        }
    }
}

/// Everyone who is named for a concern, by name; a concern for which nobody is named is there too.
#[must_use]
pub fn first_contacts(people: &[Person]) -> Vec<FirstContact> {
    let named = |concern: Concern| {
        let mut people: Vec<Contact> = people
            .iter()
            .filter(|person| person.concerns.contains(&concern))
            .map(|person| Contact { id: person.id, name: person.name.clone(), contact: person.contact.clone() })
            .collect();
        people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        FirstContact { concern, people }
    };
    Concern::ALL.into_iter().map(named).collect()
}

/// Whole days from one day to a later one.
fn days(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::Action;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn meeting(id: u128, date: &str, supervision: SupervisionType, discussed: &[u128]) -> Meeting {
        let discussed = discussed.iter().copied().map(Uuid::from_u128).collect();
        let title = "Supervision".into();
        Meeting { id: Uuid::from_u128(id), date: day(date), title, supervision, actions: Vec::new(), discussed }
    }

    fn action(text: &str, due: Option<&str>, done: Option<&str>) -> Action {
        Action { text: text.into(), due: due.map(day), done: done.map(day) }
    }

    fn parked(date: &str) -> Parked {
        Parked {
            id: Uuid::from_u128(7),
            kind: "reflection".into(),
            date: day(date),
            title: "Stuck".into(),
            supervision: SupervisionType::HealthCoaching,
        }
    }

    fn on(meetings: &[Meeting], parked: &[Parked], with: Option<SupervisionType>) -> Agenda {
        agenda(Papers { meetings, parked, questions: &[], people: &[], caseload: &[] }, with, day("2026-06-12"))
    }

    #[test]
    fn an_action_is_carried_over_until_it_is_done() {
        let mut first = meeting(1, "2026-04-01", SupervisionType::HealthCoaching, &[]);
        first.actions =
            vec![action("Read", None, Some("2026-04-20")), action("Record a session", Some("2026-06-11"), None)];
        let mut second = meeting(2, "2026-05-01", SupervisionType::HealthCoaching, &[]);
        second.actions = vec![action("Ask for feedback", Some("2026-06-12"), None)];
        let actions = on(&[second, first], &[], None).actions;
        let told: Vec<_> = actions.iter().map(|a| (a.text.as_str(), a.number, a.overdue_days)).collect();
        assert_eq!(told, [("Record a session", 2, 1), ("Ask for feedback", 1, 0)], "oldest first; today is not late");
    }

    #[test]
    fn what_was_agreed_elsewhere_is_left_to_that_supervision() {
        let mut manager = meeting(1, "2026-04-01", SupervisionType::LineManagement, &[]);
        manager.actions = vec![action("Book leave", None, None)];
        assert!(on(&[manager.clone()], &[], Some(SupervisionType::Clinical)).actions.is_empty());
        assert_eq!(on(&[manager], &[], Some(SupervisionType::LineManagement)).actions.len(), 1);
    }

    #[test]
    fn an_entry_waits_until_it_was_talked_about() {
        use SupervisionType::{Clinical, HealthCoaching};
        let waits = |meeting| !on(&[meeting], &[parked("2026-05-10")], None).parked.is_empty();
        assert!(waits(meeting(1, "2026-05-20", HealthCoaching, &[])), "nobody spoke of it");
        assert!(waits(meeting(1, "2026-05-20", Clinical, &[7])), "with someone else");
        assert!(waits(meeting(1, "2026-05-09", HealthCoaching, &[7])), "before it happened");
        assert!(waits(meeting(1, "2026-06-13", HealthCoaching, &[7])), "that meeting is still to come");
        assert!(!waits(meeting(1, "2026-05-10", HealthCoaching, &[7])), "on the same day");
        assert!(on(&[], &[parked("2026-05-10")], Some(Clinical)).parked.is_empty());
    }

    #[test]
    fn an_urgent_question_stands_on_every_agenda_until_it_is_answered() {
        let question = |answered| ClinicalQuestion {
            id: Uuid::from_u128(3),
            kind: "session".into(),
            title: "Dizzy".into(),
            question: "Should she see someone today?".into(),
            asked_of: Some(Uuid::from_u128(9)),
            asked: day("2026-06-10"),
            answered,
        };
        let doctor = person(9, "Dr Ash", &[]);
        let of = |answered| {
            let papers = Papers {
                meetings: &[],
                parked: &[],
                questions: &[question(answered)],
                people: std::slice::from_ref(&doctor),
                caseload: &[],
            };
            agenda(papers, Some(SupervisionType::LineManagement), day("2026-06-12")).questions
        };
        assert_eq!((of(false)[0].waiting_days, of(false)[0].asked_of.as_deref()), (2, Some("Dr Ash")));
        assert!(of(true).is_empty());
    }

    #[test]
    fn the_caseload_is_for_the_line_manager() {
        let point = Point { topic: crate::caseload::Topic::Gap, text: "Client A".into(), clients: Vec::new() };
        let papers =
            Papers { meetings: &[], parked: &[], questions: &[], people: &[], caseload: std::slice::from_ref(&point) };
        let told = |with| agenda(papers, with, day("2026-06-12")).caseload.len();
        assert_eq!((told(None), told(Some(SupervisionType::LineManagement))), (1, 1));
        assert_eq!((told(Some(SupervisionType::HealthCoaching)), told(Some(SupervisionType::Clinical))), (0, 0));
    }

    fn person(id: u128, name: &str, concerns: &[Concern]) -> Person {
        Person {
            id: Uuid::from_u128(id),
            name: name.into(),
            role: "clinician".into(),
            contact: None,
            tier: None,
            more_experienced: false,
            concerns: concerns.to_vec(),
            standards: Vec::new(),
        }
    }

    #[test]
    fn every_concern_has_a_line_even_when_nobody_is_named() {
        let contacts = first_contacts(&[person(1, "Wren", &[Concern::Work]), person(2, "Ash", &[Concern::Work])]);
        let named: Vec<_> = contacts.iter().map(|c| (c.concern, c.people.len())).collect();
        assert_eq!(named, [(Concern::Safeguarding, 0), (Concern::UrgentClinical, 0), (Concern::Work, 2)]);
        assert_eq!(contacts[2].people[0].name, "Ash");
    }
}
