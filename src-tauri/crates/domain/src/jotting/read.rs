//! The words of a line: each says one thing about a session, in any order.

use std::iter::Peekable;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Habits;

/// More people than this are no number of participants but minutes, when a group's line has one number only.
const PEOPLE: u32 = 20;
/// The longest a session can be, in minutes.
const LONGEST: u32 = 24 * 60;

/// Words that say nothing by themselves.
const JOINING: [&str; 7] = ["with", "of", "for", "on", "at", "by", "session"];

/// What the words of a line say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) client: Option<String>,
    pub(super) group: bool,
    pub(super) participants: Option<u32>,
    pub(super) minutes: Option<u32>,
    pub(super) mode: Option<&'static str>,
    pub(super) outcome: Option<&'static str>,
    pub(super) date: Option<NaiveDate>,
    pub(super) setting: Option<String>,
    pub(super) supervised: bool,
    pub(super) review: bool,
    pub(super) outside_nhs: bool,
    /// What says none of this: what the session was about.
    pub(super) rest: Vec<String>,
}

impl Line {
    pub(super) fn read(text: &str, habits: &Habits, today: NaiveDate) -> Line {
        let mut line = Line::default();
        let mut numbers = Vec::new();
        // Words like "face to face" are one.
        let text = text.replace("face to face", "face-to-face").replace("in person", "face-to-face");
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let plain = word.trim_matches([',', ';', '·', '.']);
            if plain.is_empty() {
                continue;
            }
            let lower = plain.to_lowercase();
            if let Some(place) = plain.strip_prefix('@').filter(|place| !place.is_empty()) {
                line.setting = Some(place.replace('_', " "));
            } else if line.date.is_none()
                && let Some(date) = date_of(&lower, &mut words, today)
            {
                line.date = Some(date);
            } else if let Some((number, is_time)) = number_of(&lower, &mut words) {
                numbers.push((number, is_time));
            } else if !line.keyword(&lower) && !line.who(plain, &lower, &mut words, habits) {
                // What only joins the other words says nothing until there is something to join.
                if !line.rest.is_empty() || !JOINING.contains(&lower.as_str()) {
                    line.rest.push(plain.to_owned());
                }
            }
        }
        line.count(&numbers);
        line
    }

    /// A word that means one thing wherever it stands.
    fn keyword(&mut self, word: &str) -> bool {
        match word {
            "group" | "grp" => self.group = true,
            "video" | "zoom" | "teams" | "online" => self.mode = Some("video"),
            "phone" | "tel" | "telephone" | "call" => self.mode = Some("telephone"),
            "f2f" | "face-to-face" | "face" => self.mode = Some("face-to-face"),
            "dna" | "no-show" | "noshow" => self.outcome = Some("did-not-attend"),
            "cancelled" | "canceled" => self.outcome = Some("cancelled"),
            "supervised" => self.supervised = true,
            "review" => self.review = true,
            "private" => self.outside_nhs = true,
            _ => return false,
        }
        true
    }

    /// A letter or two, "client X", or a pseudonym that the vault knows.
    fn who<'w>(
        &mut self,
        word: &str,
        lower: &str,
        words: &mut Peekable<impl Iterator<Item = &'w str>>,
        habits: &Habits,
    ) -> bool {
        if self.client.is_some() {
            return false;
        }
        let named = if lower == "client" { words.next().map(|next| next.trim_matches([',', ';', '.'])) } else { None };
        let is_letters = word.chars().all(char::is_alphabetic)
            && (word.chars().count() == 1 || (word.chars().count() <= 3 && word.chars().all(char::is_uppercase)));
        self.client = match named {
            Some(named) => Some(habits.client(named).map_or_else(|| pseudonym(named), str::to_owned)),
            None => match habits.client(word) {
                Some(known) => Some(known.to_owned()),
                None => is_letters.then(|| pseudonym(word)),
            },
        };
        self.client.is_some()
    }

    /// Of two numbers in a group's line the first is how many came; a number beyond all sessions is none.
    fn count(&mut self, numbers: &[(u32, bool)]) {
        for (number, is_time) in numbers {
            let people = self.group && self.participants.is_none() && !is_time;
            if people && (numbers.len() > 1 || *number <= PEOPLE) && (1..=500).contains(number) {
                self.participants = Some(*number);
            } else if self.minutes.is_none() && (1..=LONGEST).contains(number) {
                self.minutes = Some(*number);
            } else {
                self.rest.push(number.to_string());
            }
        }
    }
}

/// "Client A", "Client Sparrow".
fn pseudonym(said: &str) -> String {
    let short = said.chars().count() <= 3;
    format!("Client {}", if short { said.to_uppercase() } else { said.to_owned() })
}

/// A number, and whether it can only be a time: "50", "50min", "50 minutes", "1h", "1h30", "1:30".
fn number_of<'w>(word: &str, words: &mut Peekable<impl Iterator<Item = &'w str>>) -> Option<(u32, bool)> {
    let hours = |hours: &str, minutes: &str| {
        let minutes: u32 =
            if minutes.is_empty() { 0 } else { minutes.trim_end_matches(['m', 'i', 'n']).parse().ok()? };
        let whole = hours.parse::<u32>().ok()?.checked_mul(60)?.checked_add(minutes)?;
        (minutes < 60).then_some((whole, true))
    };
    if let Ok(number) = word.parse::<u32>() {
        let unit = words.peek().map(|next| next.trim_matches([',', ';', '.']).to_lowercase());
        return match unit.as_deref() {
            Some("min" | "mins" | "minute" | "minutes") => words.next().map(|_| (number, true)),
            Some("h" | "hour" | "hours") => words.next().and_then(|_| Some((number.checked_mul(60)?, true))),
            _ => Some((number, false)),
        };
    }
    if let Some((before, after)) = word.split_once('h').or_else(|| word.split_once(':')) {
        return hours(before, after);
    }
    let digits = word.trim_end_matches(char::is_alphabetic);
    let unit = &word[digits.len()..];
    matches!(unit, "m" | "min" | "mins" | "minutes").then(|| Some((digits.parse().ok()?, true))).flatten()
}

/// A day: "yesterday", "monday" (the last one, today included), "2026-06-12", "12/6", "12 June". Without a year it is the
/// last such day.
fn date_of<'w>(word: &str, words: &mut Peekable<impl Iterator<Item = &'w str>>, today: NaiveDate) -> Option<NaiveDate> {
    match word {
        "today" => return Some(today),
        "yesterday" => return today.pred_opt(),
        _ => {}
    }
    if word.len() >= 3
        && let Some(weekday) = weekday(word)
    {
        let back = (today.weekday().num_days_from_monday() + 7 - weekday.num_days_from_monday()) % 7;
        return today.checked_sub_days(Days::new(back.into()));
    }
    if let Ok(date) = word.parse::<NaiveDate>() {
        return Some(date);
    }
    if let Some((day, rest)) = word.split_once('/') {
        let (month, year) = rest.split_once('/').map_or((rest, None), |(month, year)| (month, Some(year)));
        let year = match year {
            Some(year) => Some(year.parse::<i32>().ok().map(|year| if year < 100 { 2000 + year } else { year })?),
            None => None,
        };
        return day_of(day.parse().ok()?, month.parse().ok()?, year, today);
    }
    let day: u32 = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse().ok()?;
    let month = month(&words.peek()?.trim_matches([',', ';', '.']).to_lowercase())?;
    let date = day_of(day, month, None, today)?;
    words.next();
    Some(date)
}

fn day_of(day: u32, month: u32, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
    let in_year = |year| NaiveDate::from_ymd_opt(year, month, day);
    match year {
        Some(year) => in_year(year),
        // A 29 February is in one of four years.
        None => (0..8).filter_map(|back| in_year(today.year() - back)).find(|date| *date <= today),
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    // "Sun" and "sat" are words too, and so is a pseudonym like "Fri": whole names or their usual short forms only.
    let place = DAYS.iter().position(|day| *day == word || (word.len() <= 5 && day.starts_with(word)))?;
    Weekday::try_from(u8::try_from(place).ok()?).ok()
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let place = MONTHS.iter().position(|month| *month == word || (word.len() >= 3 && month.starts_with(word)))?;
    u32::try_from(place + 1).ok()
}
