//! Reading everything a portfolio is made from, so that the vault is free while it is set.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

use chrono::{Months, NaiveDate};
use domain::gaps::Gaps;
use domain::hours::Hours;
use domain::impact::withhold;
use domain::kind::FieldType;
use domain::plan::Plan;
use domain::rhythm::Rhythm;
use domain::stretch::{Worked, stretches};
use domain::views::Supervision;
use domain::{Attachment, Evidence, Framework, Kinds, Ledger, Record, Standing, Tally};
use portfolio::document::Figure;
use portfolio::{Reason, Refusal};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::choice::{Audience, PortfolioChoice, Private};
use super::report::{LeftOut, Named, NotShown, WentIn};
use crate::failure::{Code, Failure};
use crate::lines::{Filter, of_vault};
use crate::open_vault::OpenVault;

/// Gives the content of an attached file by its SHA-256, if it is there.
pub type Reading<'r> = dyn FnMut(&str) -> Result<Option<Vec<u8>>, Failure> + 'r;

/// Everything a portfolio is made from.
pub struct PreparedPortfolio {
    pub(super) framework: Framework,
    pub(super) kinds: Kinds,
    pub(super) profile: Option<Record>,
    pub(super) people: Vec<Record>,
    pub(super) records: Vec<Record>,
    pub(super) gaps: Gaps,
    pub(super) hours: Hours,
    pub(super) rhythms: Vec<Rhythm>,
    pub(super) supervisions: Vec<Supervision>,
    pub(super) worked: Vec<Worked>,
    pub(super) plan: Plan,
    pub(super) today: NaiveDate,
    pub(super) period: Option<(NaiveDate, NaiveDate)>,
    pub(super) choice: PortfolioChoice,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) fingerprint: String,
    /// What attachments show, by the SHA-256 of their content.
    pub(super) figures: HashMap<String, Vec<Figure>>,
    /// The attached files themselves, where they go along.
    pub(super) files: Vec<portfolio::document::Attachment>,
    /// Attachments that could not be shown.
    pub(super) not_shown: Vec<NotShown>,
}

impl OpenVault {
    /// Reads everything a portfolio is made from. What is covered by claims is reckoned from the chosen records alone; hours
    /// and the rhythm of supervision are counted in full. Attachments are read by themselves, since they can be large:
    /// [`PreparedPortfolio::take_in`].
    ///
    /// # Errors
    /// When the vault cannot be read, the period ends before it begins, or a chosen record is not there.
    pub fn prepare_portfolio(&self, choice: &PortfolioChoice) -> Result<PreparedPortfolio, Failure> {
        if let (Some(from), Some(to)) = (choice.from, choice.to)
            && from > to
        {
            return Err(Failure::new(format!("The period ends ({to}) before it begins ({from})."))
                .hint("Give the earlier day first."));
        }
        let filter = Filter { from: choice.from, to: choice.to, ..Filter::default() };
        let mut records = self.vault.records(&of_vault(&filter))?;
        let mut left_out = self.unread();
        // People and the coach are named in records of any period; they are no work of one.
        records.retain(|record| record.kind != "person" && record.kind != "profile");
        left_out.extend(self.outside(choice)?);
        left_out.extend(not_chosen(choice, &mut records));
        for id in choice.only.iter().chain(&choice.also) {
            self.record(*id)?;
        }
        left_out.extend(private(choice, &mut records));
        left_out.extend(without_notes(choice, &self.kinds, &mut records));
        // The coach's own copy is theirs as much as the vault is.
        if choice.audience != Some(Audience::Full) {
            left_out.extend(withheld(&mut records));
        }
        let mut people = self.of_kind("person")?;
        if choice.audience.is_some_and(|audience| audience != Audience::Full) {
            // Who had no part in what is given out is nobody's business there.
            let named = named_in(&records);
            people.retain(|person| named.contains(&person.id));
        }
        let chosen: HashSet<Uuid> = records.iter().map(|record| record.id).collect();
        let today = self.clock.today();
        let first = records.iter().map(|record| record.date).min();
        let period = (choice.from.is_some() || choice.to.is_some())
            .then(|| (choice.from.or(first).unwrap_or(today), choice.to.unwrap_or(today)));
        let ledger = self.ledger_with(|evidence| chosen.contains(&evidence.record))?;
        let standing = Standing::of(&self.framework, &ledger);
        let plan = standing.plan(&self.framework, &ledger);
        let back = today.checked_sub_months(Months::new(ledger.profile.review_months)).unwrap_or(today);
        let (from, to) = period.unwrap_or((back, today));
        let supervisions = self.vault.supervisions(Some(from), to.min(today))?;
        let mut worked = Vec::new();
        for stretch in stretches(from, to) {
            worked.push(Worked::of(stretch, &self.vault.session_sums(Some(stretch.from), Some(stretch.to))?));
        }
        let profile = self.profile()?;
        let fingerprint = fingerprint(&self.framework, choice, profile.iter().chain(&people).chain(&records));
        Ok(PreparedPortfolio {
            framework: self.framework.clone(),
            kinds: self.kinds.clone(),
            profile,
            people,
            records,
            gaps: standing.gaps,
            hours: standing.hours,
            rhythms: standing.rhythms,
            supervisions,
            worked,
            plan,
            today,
            period,
            choice: choice.clone(),
            left_out,
            fingerprint,
            figures: HashMap::new(),
            files: Vec::new(),
            not_shown: Vec::new(),
        })
    }

    /// The ledger with a part of the evidence; hours and rhythm are counted in full.
    fn ledger_with(&self, counts: impl Fn(&Evidence) -> bool) -> Result<Ledger, Failure> {
        let mut ledger = self.ledger(self.clock.today())?;
        let mut evidence = self.vault.evidence()?;
        evidence.retain(counts);
        ledger.tallies = Tally::of(&evidence, ledger.today);
        Ok(ledger)
    }

    /// Records that cannot be read.
    fn unread(&self) -> Vec<LeftOut> {
        self.left_out().into_iter().map(|why| LeftOut { why, records: Vec::new() }).collect()
    }

    /// How many records lie outside the period.
    fn outside(&self, choice: &PortfolioChoice) -> Result<Option<LeftOut>, Failure> {
        if choice.from.is_none() && choice.to.is_none() {
            return Ok(None);
        }
        let count = |filter: Filter| self.vault.count(&of_vault(&filter));
        let apart = |kind: &str| Filter { kind: Some(kind.to_owned()), ..Filter::default() };
        let within = |filter: Filter| Filter { from: choice.from, to: choice.to, ..filter };
        let mut outside = count(Filter::default())?.saturating_sub(count(within(Filter::default()))?);
        for kind in ["person", "profile"] {
            let there = count(apart(kind))?.saturating_sub(count(within(apart(kind)))?);
            outside = outside.saturating_sub(there);
        }
        let why = format!("Outside the period: {}.", counted(usize::try_from(outside).unwrap_or(usize::MAX)));
        Ok((outside > 0).then_some(LeftOut { why, records: Vec::new() }))
    }
}

/// Takes out what was not chosen, where some were.
fn not_chosen(choice: &PortfolioChoice, records: &mut Vec<Record>) -> Option<LeftOut> {
    if choice.only.is_empty() {
        return None;
    }
    let all = records.len();
    records.retain(|record| choice.only.contains(&record.id));
    let others = all - records.len();
    // A reader need not know which; the coach chose.
    (others > 0).then(|| LeftOut { why: format!("Not chosen: {}.", counted(others)), records: Vec::new() })
}

/// Takes out what is not for this reader.
fn private(choice: &PortfolioChoice, records: &mut Vec<Record>) -> Vec<LeftOut> {
    let Some(audience) = choice.audience else { return Vec::new() };
    let (mut journal, mut supervision) = (Vec::new(), Vec::new());
    records.retain(|record| {
        match audience.keeps_back(record).filter(|_| !choice.names(record.id)) {
            Some(Private::Journal) => journal.push(Named::of(record)),
            Some(Private::OtherSupervision) => supervision.push(Named::of(record)),
            None => return true,
        }
        false
    });
    let left_out = |records: Vec<Named>, words: &str| {
        (!records.is_empty()).then(|| LeftOut { why: format!("{words}: {}.", counted(records.len())), records })
    };
    [
        left_out(journal, "Journal entries, which are private until they are put forward for a competency"),
        left_out(supervision, "Supervision that is between the coach and another supervisor"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Leaves sessions as lines of a log where they were not put forward: that they were held is for every reader, what was
/// noted about a client is not.
fn without_notes(choice: &PortfolioChoice, kinds: &Kinds, records: &mut [Record]) -> Option<LeftOut> {
    if choice.audience.is_none_or(|audience| audience == Audience::Full) {
        return None;
    }
    let kind = kinds.get("session")?;
    let mut named = Vec::new();
    let private = |record: &&mut Record| record.kind == kind.id && record.claims.is_empty() && !choice.names(record.id);
    for record in records.iter_mut().filter(private) {
        let said = !record.body.trim().is_empty() || !record.attachments.is_empty();
        record.body.clear();
        record.attachments.clear();
        let before = record.fields.len();
        record.fields.retain(|id, _| kind.field(id).is_some_and(|field| is_a_fact(&field.holds)));
        if said || record.fields.len() < before {
            named.push(Named::of(record));
        }
    }
    let why = format!("Notes of sessions, which are private until they are put forward: {}.", counted(named.len()));
    (!named.is_empty()).then_some(LeftOut { why, records: named })
}

/// Whether a line of a log says it all.
fn is_a_fact(holds: &FieldType) -> bool {
    !holds.is_long() && !matches!(holds, FieldType::Group { .. })
}

/// Takes small figures out of records that stay.
fn withheld(records: &mut [Record]) -> Option<LeftOut> {
    let named: Vec<Named> =
        records.iter_mut().filter_map(|record| withhold(record).then(|| Named::of(record))).collect();
    let why = format!("Figures over fewer than five people were withheld in {}.", counted(named.len()));
    (!named.is_empty()).then_some(LeftOut { why, records: named })
}

/// Everyone and everything that records refer to by id.
fn named_in(records: &[Record]) -> HashSet<Uuid> {
    let mut named = HashSet::new();
    let mut left: Vec<&Value> = records.iter().flat_map(|record| record.fields.values()).collect();
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => named.extend(Uuid::parse_str(text)),
            Value::Array(items) => left.extend(items),
            Value::Object(fields) => left.extend(fields.values()),
            _ => {}
        }
    }
    named
}

fn counted(records: usize) -> String {
    if records == 1 { "1 record".to_owned() } else { format!("{records} records") }
}

/// SHA-256 of what a portfolio is made from, in lower-case hexadecimal: the same on any day.
fn fingerprint<'r>(
    framework: &Framework,
    choice: &PortfolioChoice,
    records: impl Iterator<Item = &'r Record>,
) -> String {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut hash = Sha256::new();
    hash.update(format!("{}\n{}\n{}\n", framework.id, day(choice.from), day(choice.to)));
    let by_id: BTreeMap<Uuid, &Record> = records.map(|record| (record.id, record)).collect();
    for record in by_id.values() {
        hash.update(record.content());
        hash.update("\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl PreparedPortfolio {
    /// The files of its records, each content once.
    fn attachments(&self) -> Vec<(&Record, &Attachment)> {
        let mut seen = HashSet::new();
        let all = self.records.iter().flat_map(|record| record.attachments.iter().map(move |file| (record, file)));
        all.filter(|(_, file)| seen.insert(&file.sha256)).collect()
    }

    /// Whether there are files to take in.
    #[must_use]
    pub fn has_attachments(&self) -> bool {
        self.records.iter().any(|record| !record.attachments.is_empty())
    }

    /// Makes pictures and pages of the attached files. `read` gives a file's content by its SHA-256; `progress` is told how
    /// many are done (0 to 1) and can stop the work. What cannot be shown is noted in the report.
    ///
    /// # Errors
    /// When it was stopped, or `read` fails.
    pub fn take_in(
        &mut self,
        read: &mut Reading<'_>,
        progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let (mut figures, mut originals, mut not_shown) = (HashMap::new(), Vec::new(), Vec::new());
        let files = self.attachments();
        for (done, (record, file)) in files.iter().enumerate() {
            #[allow(clippy::cast_precision_loss, reason = "a share of some files")]
            let share = done as f32 / files.len() as f32;
            if progress(share).is_break() {
                return Err(stopped());
            }
            let shown = match read(&file.sha256)? {
                Some(content) => {
                    if self.choice.originals {
                        originals.push(portfolio::document::Attachment {
                            name: file.name.clone(),
                            media_type: file.media_type.clone(),
                            description: format!("Attached to {}, {}", record.title, record.date),
                            bytes: content.as_slice().into(),
                        });
                    }
                    match portfolio::exhibit(&file.name, content, &mut || progress(share)) {
                        Err(Refusal { reason: Reason::Stopped, .. }) => return Err(stopped()),
                        read => read.map_err(|refusal| format!("{refusal}.")),
                    }
                }
                None => Err(format!("The content of {} is missing from the vault.", file.name)),
            };
            match shown {
                Ok(exhibit) => {
                    figures.insert(file.sha256.clone(), exhibit.figures);
                }
                Err(what) => not_shown.push(NotShown { what, record: Some(Named::of(record)) }),
            }
        }
        (self.figures, self.files, self.not_shown) = (figures, originals, not_shown);
        Ok(())
    }

    /// What went in, by kind and in the order of the kinds.
    pub(super) fn went_in(&self) -> Vec<WentIn> {
        let mut left: BTreeMap<&str, u32> = BTreeMap::new();
        for record in &self.records {
            *left.entry(&record.kind).or_default() += 1;
        }
        let went_in =
            |kind: &str, title: &str, records| WentIn { kind: kind.to_owned(), title: title.to_owned(), records };
        let mut out = Vec::new();
        for kind in self.kinds.iter() {
            out.extend(left.remove(kind.id.as_str()).map(|records| went_in(&kind.id, &kind.plural, records)));
        }
        // Kinds of a later version.
        out.extend(left.into_iter().map(|(kind, records)| went_in(kind, kind, records)));
        out
    }
}

pub(super) fn stopped() -> Failure {
    Failure::new("The export was stopped; nothing was written.").code(Code::Cancelled)
}
