//! Sessions, week by week: one to one, groups, and a few outside the NHS.

use chrono::NaiveDate;
use uuid::Uuid;

use super::calendar::later;
use super::caseload::{Caseload, Client};
use super::notes::Notes;
use super::texts::{About, ClaimText, SessionTexts};
use super::writing::{Writing, id_of, put};

/// After how many days, counted from the first Monday, the first client comes: when the training is over.
const FIRST_DAY: u64 = 28;
/// Sessions are supervised up to this many minutes.
const SUPERVISED_MINUTES: u32 = 60 * 60;
/// When sessions begin, in minutes of the day; the last day of the week has a group in the afternoon.
const TIMES: [u32; 5] = [9 * 60, 10 * 60 + 15, 11 * 60 + 30, 13 * 60 + 45, 15 * 60];
/// Weeks at work before the first group, and from one course of a group to the next.
const GROUP_FIRST: usize = 20;
const GROUP_EVERY: usize = 13;

/// A session that was written, as far as other records go by it.
pub(super) struct Held {
    pub(super) id: Uuid,
    pub(super) date: NaiveDate,
    pub(super) minute: u32,
    pub(super) minutes: u32,
    /// Empty for a group.
    pub(super) client: String,
    pub(super) theme: Option<String>,
    /// A reflection is about it.
    pub(super) reflected: bool,
    number: u32,
    mode: String,
    attended: bool,
    last: bool,
    group: bool,
}

impl Held {
    /// Whether it is a session of that sort.
    pub(super) fn is(&self, about: About) -> bool {
        let met = self.attended && !self.group;
        match about {
            About::None => false,
            About::Any => met,
            About::First => met && self.number == 1,
            About::Later => met && self.number > 1,
            About::Review => met && self.number > 4,
            About::Last => met && self.last,
            About::Telephone | About::Video => {
                met && self.mode == if about == About::Video { "video" } else { "telephone" }
            }
            About::Group => self.attended && self.group,
            About::Missed => !self.attended && !self.group,
        }
    }
}

struct Diary<'d, 'b, 't> {
    writing: &'d mut Writing<'b>,
    texts: &'t SessionTexts,
    notes: Notes<'t>,
    caseload: Caseload<'t>,
    held: Vec<Held>,
    nhs_minutes: u32,
    claims: Vec<&'t ClaimText>,
}

/// Writes all sessions, oldest first.
pub(super) fn write(writing: &mut Writing<'_>, texts: &SessionTexts) -> Vec<Held> {
    let mut diary = Diary {
        texts,
        notes: Notes::new(texts),
        caseload: Caseload::new(&texts.themes),
        held: Vec::new(),
        nhs_minutes: 0,
        claims: texts.claims.iter().collect(),
        writing,
    };
    for (week, monday) in diary.writing.span.weeks(FIRST_DAY).into_iter().enumerate() {
        diary.clients(week, monday);
        diary.group(week, later(monday, 3));
        if week % 9 == 8 {
            diary.outside(later(monday, 5));
        }
    }
    diary.held
}

impl<'t> Diary<'_, '_, 't> {
    fn clients(&mut self, week: usize, monday: NaiveDate) {
        let places = match week {
            0..6 => self.writing.rng.usize(3..5),
            6..12 => self.writing.rng.usize(5..7),
            _ => self.writing.rng.usize(6..8),
        };
        let slots = (0..4).flat_map(|day| TIMES.iter().map(move |time| (day, *time)));
        let mut slots: Vec<(u64, u32)> = slots.filter(|slot| *slot < (3, 12 * 60)).collect();
        self.writing.rng.shuffle(&mut slots);
        slots.truncate(places);
        slots.sort_unstable();
        let coming = self.caseload.coming(self.writing, monday, places);
        for ((day, minute), client) in slots.into_iter().zip(coming) {
            let date = later(monday, day);
            if self.writing.span.within(date).is_some() {
                self.one_to_one(client, date, minute);
            }
        }
    }

    fn one_to_one(&mut self, client: Client<'t>, date: NaiveDate, minute: u32) {
        let outcome = match self.writing.rng.u32(0..100) {
            0..7 => "did-not-attend",
            7..10 => "cancelled",
            _ => "attended",
        };
        let attended = outcome == "attended";
        let mode = client.mode(self.writing);
        let lengths: &[u32] = match mode {
            _ if client.number == 1 => &[40, 45, 50],
            "telephone" => &[20, 25, 25, 30],
            "video" => &[30, 35, 40],
            _ => &[30, 35, 40, 45],
        };
        let minutes = self.writing.one_of(lengths).copied().unwrap_or(45);
        let title = title(self.writing, &client, outcome);
        let body =
            if attended { self.notes.on(self.writing, &client, date) } else { self.notes.on_missed(self.writing) };
        let mut draft = self.writing.begin("session", date, minute, &title, &body);
        if self.writing.chance(30) {
            put(&mut draft, "tags", vec![client.theme.id.clone()]);
        }
        put(&mut draft, "format", "one-to-one");
        put(&mut draft, "mode", mode);
        put(&mut draft, "minutes", minutes);
        put(&mut draft, "client", client.name.as_str());
        put(&mut draft, "number", client.number);
        put(&mut draft, "outcome", outcome);
        let room = if mode == "face-to-face" { self.writing.one_of(&self.texts.settings) } else { None };
        if let Some(room) = room {
            put(&mut draft, "setting", room.as_str());
        }
        // Most look back together before six sessions are over; with some it was forgotten.
        if attended && client.number == 5 && self.writing.chance(75) {
            put(&mut draft, "review", true);
        }
        self.case(&mut draft, &client, attended);
        let supervised = self.count(&mut draft, minutes, attended);
        if supervised && attended && !body.is_empty() {
            let fits = |claim: &&ClaimText| claim.mode.as_deref() == Some(mode);
            if let Some(at) = self.claims.iter().position(fits) {
                self.writing.claim(&mut draft, [self.claims.remove(at)]);
            }
        }
        self.held.push(Held {
            id: id_of(&draft),
            date,
            minute,
            minutes,
            client: client.name.clone(),
            theme: Some(client.theme.id.clone()),
            reflected: false,
            number: client.number,
            mode: mode.to_owned(),
            attended,
            last: client.is_last(),
            group: false,
        });
        self.writing.keep(draft);
        self.caseload.back(self.writing, client, date, attended);
    }

    /// For which practice, where the referral came from, what came of it, and whether it was coded.
    fn case(&self, draft: &mut domain::Draft, client: &Client<'_>, attended: bool) {
        let of = |list: &'t [String]| list.get(client.index % list.len().max(1)).map_or("", String::as_str);
        put(draft, "practice", of(&self.texts.practices));
        if client.number == 1 {
            put(draft, "referred_from", of(&self.texts.referred_from));
        }
        if attended && client.is_last() {
            put(draft, "ended", of(&self.texts.endings));
        } else if !attended && client.is_given_up() {
            put(draft, "ended", "lost-touch");
        }
        if attended {
            put(draft, "coded", true);
        }
    }

    /// A week of the group whose course is running, on that day.
    fn group(&mut self, week: usize, date: NaiveDate) {
        let Some(since) = week.checked_sub(GROUP_FIRST) else { return };
        let (course, part) = (since / GROUP_EVERY, since % GROUP_EVERY);
        let group = &self.texts.groups[course % self.texts.groups.len()];
        let (Some(topic), Some(_)) = (group.weeks.get(part), self.writing.span.within(date)) else { return };
        let times = course / self.texts.groups.len() + 1;
        let name = if times == 1 { group.title.clone() } else { format!("{}, course {times}", group.title) };
        let note = group.notes.get(part).and_then(|note| self.notes.once(note, date)).unwrap_or_default();
        let minute = 14 * 60;
        let mut draft =
            self.writing.begin("session", date, minute, &format!("{name}, week {}: {topic}", part + 1), &note);
        put(&mut draft, "tags", vec!["group"]);
        put(&mut draft, "format", "group");
        put(&mut draft, "mode", group.mode.as_str());
        put(&mut draft, "minutes", group.minutes);
        put(&mut draft, "participants", self.writing.rng.u32(5..10));
        put(&mut draft, "outcome", "attended");
        put(&mut draft, "setting", group.setting.as_str());
        self.count(&mut draft, group.minutes, true);
        self.held.push(Held {
            id: id_of(&draft),
            date,
            minute,
            minutes: group.minutes,
            client: String::new(),
            theme: None,
            reflected: false,
            number: u32::try_from(part + 1).unwrap_or(1),
            mode: group.mode.clone(),
            attended: true,
            last: part + 1 == group.weeks.len(),
            group: true,
        });
        self.writing.keep(draft);
    }

    /// An hour at the weekend that no tier counts.
    fn outside(&mut self, date: NaiveDate) {
        if self.writing.span.within(date).is_none() {
            return;
        }
        let text = &self.texts.outside;
        let title = format!("{}, {}", text.title, domain::words::month(date));
        let note = self.writing.one_of(&text.notes).and_then(|note| self.notes.once(note, date)).unwrap_or_default();
        let mut draft = self.writing.begin("session", date, 10 * 60 + 30, &title, &note);
        put(&mut draft, "format", "one-to-one");
        put(&mut draft, "mode", "face-to-face");
        put(&mut draft, "minutes", text.minutes);
        put(&mut draft, "outcome", "attended");
        put(&mut draft, "setting", text.setting.as_str());
        put(&mut draft, "nhs", false);
        self.writing.keep(draft);
    }

    /// Adds up what took place; the first hours are under supervision.
    fn count(&mut self, draft: &mut domain::Draft, minutes: u32, attended: bool) -> bool {
        let supervised = self.nhs_minutes < SUPERVISED_MINUTES;
        put(draft, "nhs", true);
        put(draft, "supervised", supervised);
        self.nhs_minutes += if attended { minutes } else { 0 };
        supervised
    }
}

fn title(writing: &mut Writing<'_>, client: &Client<'_>, outcome: &str) -> String {
    let (name, number) = (&client.name, client.number);
    let dice = writing.rng.u32(0..100);
    let focus = writing.one_of(&client.theme.focus).map_or("", String::as_str);
    match outcome {
        "did-not-attend" => format!("{name} did not come"),
        "cancelled" => format!("{name} cancelled"),
        _ if number == 1 && dice < 75 => format!("First session with {name}"),
        _ if number == 1 => format!("{name}, first session: {focus}"),
        _ if client.is_last() && dice < 75 => format!("Last session with {name}"),
        _ if dice < 35 => format!("{name}, session {number}"),
        _ if dice < 80 => format!("{name}: {focus}"),
        _ => format!("Session {number} with {name}: {focus}"),
    }
}
