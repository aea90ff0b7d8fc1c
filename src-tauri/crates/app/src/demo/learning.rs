//! Courses, modules, events and reading, with their renewals.

use chrono::{Datelike, Months, NaiveDate};
use domain::kind::FrameworkList;

use super::calendar::{later, working};
use super::desk::{Desk, put};
use super::texts::{LearningText, LearningTexts};

/// After how many days something is read or visited again: long enough for the same words to be new.
const AGAIN_DAYS: u64 = 900;

/// Writes what was learnt, and learnt again.
pub(super) fn write(desk: &mut Desk<'_>, texts: &LearningTexts) {
    let mut renewed = texts.renewed.iter().cycle();
    for text in &texts.entries {
        let mut next = desk.span.at(text.at_day);
        let mut times = 0;
        while let Some(date) = next {
            let expires = text.valid_months.and_then(|months| date.checked_add_months(Months::new(months)));
            let (title, body) = match (times, expires) {
                (0, _) => (text.title.clone(), text.body.as_str()),
                (_, Some(_)) => (renewal_title(text, date), renewed.next().map_or("", String::as_str)),
                (_, None) => (format!("{}, again in {}", text.title, date.year()), text.body.as_str()),
            };
            one(desk, text, date, expires, (&title, body));
            times += 1;
            let again = match expires {
                Some(expires) => expires.checked_sub_days(chrono::Days::new(14)),
                None => (!text.once).then(|| later(date, AGAIN_DAYS)),
            };
            next = again.and_then(|day| desk.span.within(working(day)));
        }
    }
}

fn renewal_title(text: &LearningText, date: NaiveDate) -> String {
    format!("{}: refresher {}", text.title, date.year())
}

fn one(desk: &mut Desk<'_>, text: &LearningText, date: NaiveDate, expires: Option<NaiveDate>, said: (&str, &str)) {
    let minute = desk.rng.u32(9 * 60..14 * 60);
    let mut draft = desk.begin("learning", date, minute, said.0, said.1);
    put(&mut draft, "form", text.form.as_str());
    put(&mut draft, "minutes", text.minutes);
    let provider = text.provider.as_deref();
    let capability = text.capability.as_deref().filter(|id| desk.lists(FrameworkList::Capabilities, id));
    let model = text.model.as_deref().filter(|id| desk.lists(FrameworkList::Models, id));
    for (field, value) in [("provider", provider), ("capability", capability), ("model", model)] {
        if let Some(value) = value {
            put(&mut draft, field, value);
        }
    }
    for (field, value) in [("pci_accredited", text.pci_accredited), ("practice_sessions", text.practice_sessions)] {
        if let Some(value) = value {
            put(&mut draft, field, value);
        }
    }
    if let Some(expires) = expires {
        put(&mut draft, "expires", expires.to_string());
    }
    desk.claim(&mut draft, &text.claims);
    desk.keep(draft);
}
