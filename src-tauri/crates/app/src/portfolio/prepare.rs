//! Reading everything a portfolio is made from, so that the vault is free while it is set.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

use chrono::{Months, NaiveDate};
use domain::gaps::Gaps;
use domain::hours::Hours;
use domain::impact::withhold;
use domain::kind::Goes;
use domain::period::Period;
use domain::plan::Plan;
use domain::rhythm::Rhythm;
use domain::stretch::{Worked, stretches};
use domain::views::Supervision;
use domain::words;
use domain::{Attachment, Framework, Kinds, Record, Standing};
use portfolio::document::Figure;
use portfolio::{Reason, Refusal};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use vault::Filter;

use super::choice::PortfolioChoice;
use super::report::{LeftOut, Named, NotShown, WentIn};
use crate::failure::{Code, Failure};
use crate::vault::OpenVault;

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
    /// Reads everything a portfolio is made from. Where the coach stands is reckoned from everything there is until the
    /// period's last day, whatever is chosen, so that nothing kept private looks like a gap. Attachments are read by
    /// themselves, since they can be large: [`PreparedPortfolio::take_in`].
    ///
    /// # Errors
    /// When the vault cannot be read, the period is none, or a chosen record is not there.
    pub fn prepare_portfolio(&self, choice: &PortfolioChoice) -> Result<PreparedPortfolio, Failure> {
        let today = self.clock.today();
        fits(choice, today)?;
        let filter = Filter { from: choice.from, to: choice.to, ..Filter::default() };
        let mut records = self.vault.records().list(&filter)?;
        let mut left_out = self.unread();
        // People and the coach are named in records of any period; they are no work of one.
        records.retain(|record| self.kinds.is_work(record));
        left_out.extend(self.outside(choice)?);
        for id in choice.only.iter().chain(&choice.also) {
            let record = self.record(*id)?;
            if !records.iter().any(|there| there.id == *id) {
                let failure = Failure::new(format!("\"{}\" ({}) lies outside the period.", record.title, record.date));
                return Err(failure.hint("Give another period, or none."));
            }
        }
        left_out.extend(not_chosen(choice, &mut records));
        let mut people = self.of_kind("person")?;
        let mut profile = self.profile()?;
        let audience = choice.audience;
        if !audience.is_coach() {
            left_out.extend(private(&self.kinds, choice, &mut records));
            left_out.extend(without_notes(&self.kinds, choice, &mut records));
            // Who had no part in what is given out is nobody's business there.
            let named = named_in(&self.kinds, &records);
            people.retain(|person| named.contains(&person.id));
            people.iter_mut().chain(&mut profile).for_each(|someone| self.kinds.cut(someone, audience));
        }
        if !audience.gets_small_figures() {
            left_out.extend(withheld(&mut records));
        }
        let last = choice.to.unwrap_or(today).min(today);
        let first = records.iter().map(|record| record.date).min();
        let period = (choice.from.is_some() || choice.to.is_some())
            .then(|| (choice.from.or(first).unwrap_or(last), choice.to.unwrap_or(today)));
        let ledger = self.ledger(last)?;
        let standing = Standing::of(&self.framework, &ledger);
        let plan = standing.plan(&self.framework, &ledger);
        let back = last.checked_sub_months(Months::new(ledger.profile.review_months)).unwrap_or(last);
        let from = period.map_or(back, |(from, _)| from.min(last));
        let mut supervisions = self.vault.supervisions().of_period(Period::between(from, last))?;
        // The last of each kind before it comes along too, for the rhythm.
        supervisions.retain(|one| one.date >= from);
        let mut worked = Vec::new();
        for stretch in stretches(from, last) {
            worked.push(Worked::of(stretch, &self.vault.sessions().sums(stretch.period())?));
        }
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

    /// Records that cannot be read.
    fn unread(&self) -> Vec<LeftOut> {
        self.left_out().into_iter().map(|why| LeftOut { why, records: Vec::new() }).collect()
    }

    /// How many records lie outside the period.
    fn outside(&self, choice: &PortfolioChoice) -> Result<Option<LeftOut>, Failure> {
        if choice.from.is_none() && choice.to.is_none() {
            return Ok(None);
        }
        let count = |filter: Filter| self.vault.records().count(&filter);
        let apart = |kind: &str| Filter { kind: Some(kind.to_owned()), ..Filter::default() };
        let within = |filter: Filter| Filter { from: choice.from, to: choice.to, ..filter };
        let mut outside = count(Filter::default())?.saturating_sub(count(within(Filter::default()))?);
        for kind in self.kinds.about_someone() {
            let there = count(apart(kind))?.saturating_sub(count(within(apart(kind)))?);
            outside = outside.saturating_sub(there);
        }
        let why = format!("Outside the period: {}.", words::count(outside, "record"));
        Ok((outside > 0).then_some(LeftOut { why, records: Vec::new() }))
    }
}

/// Takes out what was not chosen, where some were.
fn not_chosen(choice: &PortfolioChoice, records: &mut Vec<Record>) -> Option<LeftOut> {
    if choice.only.is_empty() {
        return None;
    }
    let all = records.len();
    records.retain(|record| choice.names(record.id));
    let others = all - records.len();
    // A reader need not know which; the coach chose.
    (others > 0)
        .then(|| LeftOut { why: format!("Not chosen: {}.", words::count(others, "record")), records: Vec::new() })
}

/// Whether there is such a period.
fn fits(choice: &PortfolioChoice, today: NaiveDate) -> Result<(), Failure> {
    let period = Period::new(choice.from, choice.to)?;
    match period.from().filter(|from| *from > today) {
        Some(from) => Err(Failure::new(format!("The period begins on {from}, which is still to come."))
            .hint("Begin it on a day until today.")),
        None => Ok(()),
    }
}

/// Takes out what is not for this reader.
fn private(kinds: &Kinds, choice: &PortfolioChoice, records: &mut Vec<Record>) -> Vec<LeftOut> {
    let mut kept: Vec<(&str, Vec<Named>)> = kinds.reasons().into_iter().map(|reason| (reason, Vec::new())).collect();
    records.retain(|record| match kinds.goes(record, choice.audience) {
        Goes::Nothing(reason) if !choice.names(record.id) => {
            let of_reason = kept.iter_mut().filter(|(known, _)| *known == reason);
            of_reason.for_each(|(_, records)| records.push(Named::of(record)));
            false
        }
        _ => true,
    });
    kept.into_iter().filter_map(|(reason, records)| left_out(reason, records)).collect()
}

/// Takes out of the records that stay what is the coach's own all the same, and leaves as lines of a log those of which
/// some fields alone are for the reader: that a session was held is for everyone, what was noted about a client is not.
fn without_notes(kinds: &Kinds, choice: &PortfolioChoice, records: &mut [Record]) -> Vec<LeftOut> {
    let mut cut: BTreeMap<&str, Vec<Named>> = BTreeMap::new();
    for record in records.iter_mut().filter(|record| !choice.names(record.id)) {
        if let Goes::Only(_, Some(rest)) = kinds.goes(record, choice.audience) {
            cut.entry(rest).or_default().push(Named::of(record));
        }
        kinds.cut(record, choice.audience);
    }
    cut.into_iter().filter_map(|(rest, records)| left_out(rest, records)).collect()
}

fn left_out(what: &str, records: Vec<Named>) -> Option<LeftOut> {
    (!records.is_empty())
        .then(|| LeftOut { why: format!("{what}: {}.", words::count(records.len(), "record")), records })
}

/// Takes small figures out of records that stay.
fn withheld(records: &mut [Record]) -> Option<LeftOut> {
    let named: Vec<Named> =
        records.iter_mut().filter_map(|record| withhold(record).then(|| Named::of(record))).collect();
    let why = format!("Figures over fewer than five people were withheld in {}.", words::count(named.len(), "record"));
    (!named.is_empty()).then_some(LeftOut { why, records: named })
}

/// Everyone and everything that records refer to by id.
fn named_in(kinds: &Kinds, records: &[Record]) -> HashSet<Uuid> {
    let named = |record: &Record| kinds.of(record).map(|kind| kind.references(&record.fields)).unwrap_or_default();
    records.iter().flat_map(named).map(|(_, id)| id).collect()
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
    /// The files of its records.
    fn attachments(&self) -> Vec<(&Record, &Attachment)> {
        self.records.iter().flat_map(|record| record.attachments.iter().map(move |file| (record, file))).collect()
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
        let mut taken = Taken::default();
        let files = self.attachments();
        for (done, (record, file)) in files.iter().enumerate() {
            #[allow(clippy::cast_precision_loss, reason = "a share of some files")]
            let share = done as f32 / files.len() as f32;
            let go_on = &mut || progress(share);
            if go_on().is_break() {
                return Err(stopped());
            }
            // The same content is read once, under whatever names it is attached.
            let new = !taken.figures.contains_key(&file.sha256) && !taken.refused.contains_key(&file.sha256);
            let original = self.choice.originals && taken.named.insert((file.name.clone(), file.sha256.clone()));
            if new || original {
                match read(&file.sha256)? {
                    Some(content) => taken.add(record, file, content, original, go_on)?,
                    None => taken.lacks(file),
                }
            }
            if let Some(why) = taken.refused.get(&file.sha256) {
                let what = format!("{} {why}.", file.name);
                taken.not_shown.push(NotShown { what, record: Some(Named::of(record)) });
            }
        }
        (self.figures, self.files, self.not_shown) = (taken.figures, taken.files, taken.not_shown);
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
        for kind in self.kinds.newest() {
            out.extend(left.remove(kind.id.as_str()).map(|records| went_in(&kind.id, &kind.plural, records)));
        }
        // Kinds of a later version.
        out.extend(left.into_iter().map(|(kind, records)| went_in(kind, kind, records)));
        out
    }
}

/// What was made of attached files so far.
#[derive(Default)]
struct Taken {
    /// What contents show, by their SHA-256.
    figures: HashMap<String, Vec<Figure>>,
    /// Why contents cannot be shown, by their SHA-256: the rest of a sentence.
    refused: HashMap<String, String>,
    /// Names and contents that go along.
    named: HashSet<(String, String)>,
    files: Vec<portfolio::document::Attachment>,
    not_shown: Vec<NotShown>,
}

impl Taken {
    fn add(
        &mut self,
        record: &Record,
        file: &Attachment,
        content: Vec<u8>,
        original: bool,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        if original {
            self.files.push(portfolio::document::Attachment {
                name: file.name.clone(),
                media_type: file.media_type.clone(),
                description: format!("Attached to {}, {}", record.title, record.date),
                bytes: content.as_slice().into(),
            });
        }
        if self.figures.contains_key(&file.sha256) || self.refused.contains_key(&file.sha256) {
            return Ok(());
        }
        match portfolio::figures(&file.name, content, go_on) {
            Ok(figures) => {
                self.figures.insert(file.sha256.clone(), figures);
            }
            Err(Refusal { reason: Reason::Stopped, .. }) => return Err(stopped()),
            Err(Refusal { reason, .. }) => {
                self.refused.insert(file.sha256.clone(), reason.to_string());
            }
        }
        Ok(())
    }

    fn lacks(&mut self, file: &Attachment) {
        self.refused.insert(file.sha256.clone(), "is missing from the vault".to_owned());
    }
}

pub(super) fn stopped() -> Failure {
    Failure::new("The export was stopped; nothing was written.").code(Code::Cancelled)
}
