//! Where the records are written: dates become ids and moments of saving, texts become drafts.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use domain::digest::Sha256Hex;
use domain::kind::FrameworkList;
use domain::{Books, Draft, Kind};
use fastrand::Rng;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Demo;
use super::calendar::Span;
use super::texts::ClaimText;

/// What is written so far, and the dice.
pub(super) struct Writing<'a> {
    books: Books<'a>,
    /// The days there are records of.
    pub(super) span: Span,
    /// Everything that is left open is decided by this.
    pub(super) rng: Rng,
    drafts: Vec<Draft>,
    /// What is in the files that are attached to them.
    files: Vec<Vec<u8>>,
}

impl<'a> Writing<'a> {
    pub(super) fn new(books: Books<'a>, seed: u64, today: NaiveDate, months: u32) -> Writing<'a> {
        let last = today.pred_opt().unwrap_or(today);
        let start = today.checked_sub_months(Months::new(months)).unwrap_or(last);
        Writing { books, span: Span { start, last }, rng: Rng::with_seed(seed), drafts: Vec::new(), files: Vec::new() }
    }

    /// Begins a record of something that happened on a day, at a minute of that day.
    ///
    /// It was saved within a few hours or on the morning after.
    pub(super) fn begin(&mut self, kind: &str, date: NaiveDate, minute: u32, title: &str, body: &str) -> Draft {
        let began = moment(date, minute);
        let mut bytes = [0; 10];
        self.rng.fill(&mut bytes);
        let millis = u64::try_from(began.timestamp_millis()).unwrap_or(0);
        let id = uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid();
        let morning_after = date.checked_add_days(Days::new(1)).filter(|day| *day <= self.span.last);
        let created = match morning_after.filter(|_| self.rng.u32(0..4) == 0) {
            Some(day) => moment(day, self.rng.u32(8 * 60..10 * 60)),
            None => began + TimeDelta::minutes(self.rng.i64(20..180)),
        };
        let modified = created + TimeDelta::minutes(self.rng.i64(0..25));
        let mut draft = self.books.kinds.newest_of(kind).map(Kind::begin).unwrap_or_default();
        put(&mut draft, "id", id.to_string());
        put(&mut draft, "date", date.to_string());
        put(&mut draft, "title", title);
        put(&mut draft, "body", body);
        put(&mut draft, "created", created.to_rfc3339_opts(SecondsFormat::Secs, true));
        put(&mut draft, "modified", modified.to_rfc3339_opts(SecondsFormat::Secs, true));
        draft
    }

    /// Puts the record with the others.
    pub(super) fn keep(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// Adds those of the claims that the installed framework knows.
    pub(super) fn claim<'t>(&self, draft: &mut Draft, claims: impl IntoIterator<Item = &'t ClaimText>) {
        let known = claims.into_iter().filter(|claim| self.books.framework.competency(&claim.competency).is_some());
        let claims: Vec<Value> = known.map(written).collect();
        if !claims.is_empty() {
            put(draft, "claims", claims);
        }
    }

    /// Attaches a PDF.
    pub(super) fn attach(&mut self, draft: &mut Draft, name: &str, content: Vec<u8>) {
        let file = json!({
            "name": name,
            "media_type": "application/pdf",
            "sha256": Sha256Hex::of(&content),
            "bytes": content.len(),
        });
        put(draft, "attachments", vec![file]);
        self.files.push(content);
    }

    /// Whether a list of the installed framework has this entry.
    pub(super) fn lists(&self, list: FrameworkList, id: &str) -> bool {
        self.books.framework.list(list).iter().any(|(known, _)| known == id)
    }

    /// One of them.
    pub(super) fn one_of<'t, T>(&mut self, from: &'t [T]) -> Option<&'t T> {
        (!from.is_empty()).then(|| &from[self.rng.usize(..from.len())])
    }

    /// True that many times in a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.rng.u32(0..100) < percent
    }

    /// What is written so far.
    pub(super) fn drafts(&mut self) -> &mut [Draft] {
        &mut self.drafts
    }

    /// The days and ids of the records with this title, oldest first.
    pub(super) fn titled(&self, title: &str) -> impl DoubleEndedIterator<Item = (NaiveDate, String)> {
        let text = |draft: &Draft, key: &str| draft.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let named = self.drafts.iter().filter(|draft| text(draft, "title") == title);
        let mut found: Vec<(NaiveDate, String)> =
            named.filter_map(|draft| Some((text(draft, "date").parse().ok()?, text(draft, "id")))).collect();
        found.sort();
        found.into_iter()
    }

    /// All records, oldest first, and the content of the files attached to them.
    pub(super) fn into_demo(self) -> Demo {
        let text = |draft: &Draft, key: &str| draft.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut drafts = self.drafts;
        drafts.sort_by_cached_key(|draft| (text(draft, "date"), text(draft, "id")));
        Demo { drafts, files: self.files }
    }
}

/// Sets a field.
pub(super) fn put(draft: &mut Draft, key: &str, value: impl Into<Value>) {
    draft.insert(key.to_owned(), value.into());
}

/// The id a draft was begun with.
pub(super) fn id_of(draft: &Draft) -> Uuid {
    draft.get("id").and_then(Value::as_str).and_then(|text| Uuid::parse_str(text).ok()).unwrap_or_default()
}

fn moment(date: NaiveDate, minute: u32) -> DateTime<Utc> {
    (date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute))).and_utc()
}

fn written(claim: &ClaimText) -> Value {
    match &claim.counts_as {
        Some(kind) => json!({ "competency": claim.competency, "as": kind, "reason": claim.reason }),
        None => json!({ "competency": claim.competency, "reason": claim.reason }),
    }
}
