//! The journal: one or two reflections a week, most of them beside a session of that week.

use std::collections::VecDeque;

use chrono::{Datelike, NaiveDate};
use domain::kind::FrameworkList;
use domain::prompts::{self, Model};
use serde_json::{Value, json};

use super::calendar::later;
use super::sessions::Held;
use super::texts::{About, ReflectionText};
use super::writing::{Writing, put};

/// No text is used twice within this many days: eighteen months.
const REST_DAYS: i64 = 550;
/// What belongs to the beginning is written within this many days or not at all.
const EARLY_DAYS: i64 = 120;
/// How many of a hundred weeks have a second reflection.
const SECOND_PERCENT: u32 = 25;

/// A text waiting for its turn.
struct Card<'t> {
    text: &'t ReflectionText,
    used: Option<NaiveDate>,
}

/// Writes the journal. A session is written about once.
pub(super) fn write(writing: &mut Writing<'_>, texts: &[ReflectionText], held: &mut [Held]) {
    let models = prompts::shipped();
    let (early, mut rest): (Vec<_>, Vec<_>) = texts.iter().partition(|text| text.early);
    writing.rng.shuffle(&mut rest);
    let mut deck: VecDeque<Card<'_>> = early.into_iter().chain(rest).map(|text| Card { text, used: None }).collect();
    for monday in writing.span.weeks(28) {
        let entries = 1 + u32::from(writing.chance(SECOND_PERCENT));
        for _ in 0..entries {
            let Some((at, session)) =
                (0..deck.len()).find_map(|at| Some((at, fits(writing, &deck[at], monday, held)?)))
            else {
                break;
            };
            let Some(card) = deck.remove(at) else { break };
            let date = match session {
                Some(session) => {
                    held[session].reflected = true;
                    held[session].date
                }
                None => later(monday, writing.rng.u64(0..4)),
            };
            if writing.span.within(date).is_some() {
                one(writing, &models, &card, date, session.map(|session| &held[session]));
            }
            deck.push_back(Card { used: Some(date), ..card });
        }
    }
}

/// Whether a text fits a week: nothing when it does not, else the session it stands beside, where it needs one.
fn fits(writing: &mut Writing<'_>, card: &Card<'_>, monday: NaiveDate, held: &[Held]) -> Option<Option<usize>> {
    let rested = card.used.is_none_or(|used| (monday - used).num_days() > REST_DAYS);
    let in_time = !card.text.early || (card.used.is_none() && (monday - writing.span.start).num_days() < EARLY_DAYS);
    if !rested || !in_time {
        return None;
    }
    if card.text.about == About::None {
        return Some(None);
    }
    let week = monday..later(monday, 7);
    let beside = |held: &Held| {
        let same_theme = card.text.theme.is_none() || card.text.theme == held.theme;
        week.contains(&held.date) && !held.reflected && held.is(card.text.about) && same_theme
    };
    let sessions: Vec<usize> = (0..held.len()).filter(|at| beside(&held[*at])).collect();
    writing.one_of(&sessions).copied().map(Some)
}

fn one(writing: &mut Writing<'_>, models: &[Model], card: &Card<'_>, date: NaiveDate, session: Option<&Held>) {
    let text = card.text;
    let client = session.map_or("", |session| session.client.as_str());
    let title = match (card.used, client) {
        (None, _) => text.title.clone(),
        (Some(_), "") => format!("{}, looked at again in {}", text.title, date.year()),
        (Some(_), client) => format!("{}, again with {client}", text.title),
    };
    let named = |text: &str| text.replace("{client}", client);
    let minute = session.map_or(15 * 60 + 30, |session| session.minute + session.minutes + 10);
    let mut draft = writing.begin("reflection", date, minute, &title, &named(&text.body));
    if !text.tags.is_empty() {
        put(&mut draft, "tags", text.tags.clone());
    }
    put(&mut draft, "phase", text.phase.as_str());
    if let Some(session) = session {
        put(&mut draft, "session", session.id.to_string());
    }
    if text.phase == "supervision-preparation" {
        put(&mut draft, "for_supervision", "health-coaching");
    }
    put(&mut draft, "model", text.model.as_str());
    let known = |id: &&String| writing.lists(FrameworkList::Models, id);
    let shown: Vec<&str> = text.models.iter().filter(known).map(String::as_str).collect();
    if !shown.is_empty() {
        put(&mut draft, "models", shown);
    }
    if let Some(model) = models.iter().find(|model| model.kind == "reflection" && model.id == text.model) {
        let answers = model.prompts.iter().zip(&text.answers);
        let answers: Vec<Value> =
            answers.map(|(asked, said)| json!({ "prompt": asked.prompt, "text": named(said) })).collect();
        put(&mut draft, "answers", answers);
    }
    writing.claim(&mut draft, &text.claims);
    writing.keep(draft);
}
