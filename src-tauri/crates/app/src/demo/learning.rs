//! Courses, modules, events and reading, with their renewals.

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::kind::FrameworkList;

use super::calendar::{Span, later, working};
use super::certificate::certificate;
use super::texts::{LearningText, LearningTexts};
use super::writing::{Writing, put};

/// After how many days something is read or visited again: long enough for the same words to be new.
const AGAIN_DAYS: u64 = 900;

/// What certificates are called.
const CERTIFICATE: &str = "certificate.pdf";

/// One time something was learnt.
struct Taken<'t> {
    text: &'t LearningText,
    date: NaiveDate,
    expires: Option<NaiveDate>,
    again: bool,
}

/// Writes what was learnt, and learnt again.
pub(super) fn write(writing: &mut Writing<'_>, texts: &LearningTexts, coach: &str) {
    let mut taken: Vec<Taken<'_>> = texts.entries.iter().flat_map(|text| times(writing.span, text)).collect();
    taken.sort_by_key(|taken| taken.date);
    let mut renewed = texts.renewed.iter().cycle();
    for taken in taken {
        let (text, year) = (taken.text, taken.date.year());
        match (taken.again, taken.expires) {
            (false, _) => one(writing, &taken, coach, (&text.title, &text.body)),
            (true, None) => one(writing, &taken, coach, (&format!("{}, again in {year}", text.title), &text.body)),
            (true, Some(_)) => {
                let body = renewed.next().map_or("", String::as_str);
                one(writing, &taken, coach, (&format!("{}: refresher {year}", text.title), body));
            }
        }
    }
}

/// When it was learnt: once, or before each expiry, or when it is worth another look.
fn times(span: Span, text: &LearningText) -> Vec<Taken<'_>> {
    let mut times = Vec::new();
    let mut next = span.at(text.at_day);
    while let Some(date) = next {
        let expires = text.valid_months.and_then(|months| date.checked_add_months(Months::new(months)));
        times.push(Taken { text, date, expires, again: !times.is_empty() });
        let again = match expires {
            Some(expires) => expires.checked_sub_days(Days::new(14)),
            None => (!text.once).then(|| later(date, AGAIN_DAYS)),
        };
        next = again.and_then(|day| span.within(working(day)));
    }
    times
}

fn one(writing: &mut Writing<'_>, taken: &Taken<'_>, coach: &str, (title, body): (&str, &str)) {
    let text = taken.text;
    let minute = writing.rng.u32(9 * 60..14 * 60);
    let mut draft = writing.begin("learning", taken.date, minute, title, body);
    put(&mut draft, "form", text.form.as_str());
    put(&mut draft, "minutes", text.minutes);
    let provider = text.provider.as_deref();
    let capability = text.capability.as_deref().filter(|id| writing.lists(FrameworkList::Capabilities, id));
    let model = text.model.as_deref().filter(|id| writing.lists(FrameworkList::Models, id));
    let (course, changed) = (text.course.as_deref(), text.changed.as_deref().filter(|_| !taken.again));
    for (field, value) in [("provider", provider), ("model", model), ("course", course), ("changed", changed)] {
        if let Some(value) = value {
            put(&mut draft, field, value);
        }
    }
    if let Some(capability) = capability {
        put(&mut draft, "capability", vec![capability]);
    }
    for (field, value) in [("pci_accredited", text.pci_accredited), ("practice_sessions", text.practice_sessions)] {
        if let Some(value) = value {
            put(&mut draft, field, value);
        }
    }
    if let Some(expires) = taken.expires {
        put(&mut draft, "expires", expires.to_string());
    }
    if text.certificate
        && let Some(content) = certificate(coach, &text.title, provider.unwrap_or_default(), taken.date)
    {
        writing.attach(&mut draft, CERTIFICATE, content);
        put(&mut draft, "certificate", CERTIFICATE);
    }
    writing.claim(&mut draft, &text.claims);
    writing.keep(draft);
}
