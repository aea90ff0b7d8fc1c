//! Reading everything a portfolio is made from, so that the vault is free while it is set.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::digest::Sha256Hex;
use domain::kind::FieldType;
use domain::period::Period;
use domain::stretch::{Worked, stretches};
use domain::walk::TextPlace;
use domain::{Framework, Record, Standing, words};
use portfolio::{BEST, Source};
use uuid::Uuid;
use vault::Filter;

use super::choice::PortfolioChoice;
use super::kept_back::{named_in, not_chosen, private, withheld, without_notes};
use super::report::{LeftOut, Named, NotShown};
use super::sheet::Sheet;
use crate::failure::Failure;
use crate::vault::OpenVault;

/// Everything a portfolio is made from, and what was kept back.
pub struct PreparedPortfolio {
    pub(super) source: Source,
    pub(super) choice: PortfolioChoice,
    pub(super) sheet: Sheet,
    pub(super) left_out: Vec<LeftOut>,
    /// What could not be shown.
    pub(super) not_shown: Vec<NotShown>,
}

/// What is given to a reader, and what is kept back.
struct Chosen {
    records: Vec<Record>,
    people: Vec<Record>,
    profile: Option<Record>,
    left_out: Vec<LeftOut>,
    /// What was left out of which the reader is not told.
    untold: Vec<LeftOut>,
    /// What the coach is asked to read again.
    asked: Vec<NotShown>,
}

impl OpenVault {
    /// Reads everything a portfolio is made from; [`PreparedPortfolio::finish`] writes it. Where the coach stands is
    /// computed from everything up to the period's last day, whatever is chosen, so that nothing kept private looks
    /// like a gap. Attachments are read by themselves when it is written, since they can be large.
    ///
    /// # Errors
    /// When the vault cannot be read, the period ends before it begins, or a chosen record is not there.
    pub fn prepare_portfolio(&self, choice: &PortfolioChoice, sheet: Sheet) -> Result<PreparedPortfolio, Failure> {
        let today = self.clock.today();
        fits(choice, today)?;
        let Chosen { records, people, profile, mut left_out, untold, asked } = self.chosen(choice)?;
        self.fit_for_the_best(&choice.best, &records)?;
        let last = choice.to.unwrap_or(today).min(today);
        let first = records.iter().map(|record| record.date).min();
        let period = (choice.from.is_some() || choice.to.is_some())
            .then(|| (choice.from.or(first).unwrap_or(last), choice.to.unwrap_or(today)));
        let ledger = self.ledger(last)?;
        let mut standing = Standing::of(&self.framework, &ledger);
        // The title of what is not given out is not given out either.
        standing.entitle(|one| records.iter().find(|there| there.id == one.record).map(|there| there.title.clone()));
        let plan = standing.plan(&self.framework, &ledger);
        let from = period.map_or(ledger.profile.review_from(last), |(from, _)| from.min(last));
        let on = self.on(last)?;
        let mut supervisions = on.supervisions(Period::between(from, last), &ledger.others)?;
        // The last of each kind before it comes along too, for the rhythm.
        supervisions.retain(|one| one.date >= from);
        let mut worked = Vec::new();
        for stretch in stretches(from, last) {
            worked.push(Worked::of(stretch, &on.sums(stretch.period())?));
        }
        let cpd = self.cpd(Period::between(from, last), last)?;
        let mut not_shown = asked;
        not_shown.extend(self.gone(&records)?);
        not_shown.extend(records.iter().filter_map(|record| self.silent(record)));
        let fingerprint = fingerprint(&self.framework, choice, profile.iter().chain(&people).chain(&records));
        let source = Source {
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
            cpd,
            training: self.training(last)?,
            plan,
            shown: HashMap::new(),
            not_shown: Vec::new(),
            files: Vec::new(),
            today,
            period,
            audience: choice.audience,
            best: choice.best.clone(),
            each_session: choice.each_session,
            left_out: left_out.iter().map(|left| left.why.clone()).collect(),
            fingerprint,
        };
        left_out.extend(untold);
        Ok(PreparedPortfolio { source, choice: choice.clone(), sheet, left_out, not_shown })
    }

    /// What is given to this reader, and what is kept back and why.
    fn chosen(&self, choice: &PortfolioChoice) -> Result<Chosen, Failure> {
        let filter = Filter { from: choice.from, to: choice.to, ..Filter::default() };
        let mut records = self.vault.records().list(&filter)?;
        let mut left_out = self.unread();
        // People and the coach are named in records of any period; they are not work of that period.
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
        let (mut untold, mut asked) = (Vec::new(), Vec::new());
        if !audience.is_coach() {
            let (told, kept) = private(&self.kinds, choice, &mut records);
            left_out.extend(told);
            untold = kept;
            left_out.extend(without_notes(&self.kinds, choice, &mut records));
            // Who had no part in what is given out is nobody's business there.
            let named = named_in(&self.kinds, &records);
            people.retain(|person| named.contains(&person.id));
            people.iter_mut().chain(&mut profile).for_each(|someone| self.kinds.cut(someone, audience));
        }
        if !audience.gets_small_figures() {
            let (small, again) = withheld(&self.kinds, &mut records);
            left_out.extend(small);
            asked = again;
        }
        Ok(Chosen { records, people, profile, left_out, untold, asked })
    }

    /// Whether what was chosen as the best evidence is few and goes to this reader.
    fn fit_for_the_best(&self, best: &[Uuid], records: &[Record]) -> Result<(), Failure> {
        if best.len() > BEST {
            let most = words::number(BEST);
            let failure = Failure::new(format!(
                "The best evidence is one page, for {most} records at most; {} were chosen.",
                best.len()
            ));
            return Err(failure.hint("Choose those that say the most."));
        }
        for (place, id) in best.iter().enumerate() {
            let record = self.record(*id)?;
            let named = format!("\"{}\" ({})", record.title, record.date);
            if best[..place].contains(id) {
                return Err(
                    Failure::new(format!("{named} was chosen twice among the best evidence.")).hint("Name it once.")
                );
            }
            if !records.iter().any(|there| there.id == *id) {
                let why = format!("{named} does not go to this reader, and so it cannot be among the best evidence.");
                return Err(Failure::new(why).hint("Choose another record, or let this one go along."));
            }
        }
        Ok(())
    }

    /// Records that cannot be read.
    fn unread(&self) -> Vec<LeftOut> {
        self.left_out().into_iter().map(|why| LeftOut { why, records: Vec::new() }).collect()
    }

    /// Whom and what these records name that is not in the vault any more.
    fn gone(&self, records: &[Record]) -> Result<Vec<NotShown>, Failure> {
        let mut told = Vec::new();
        for record in records {
            let values = self.kinds.of(record).into_iter().flat_map(|kind| kind.values(&record.fields).shown());
            for (_, field, value) in values.filter(|(_, field, _)| matches!(field.holds, FieldType::Record { .. })) {
                let named = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
                let ids = named.iter().filter_map(|id| Uuid::parse_str(id.as_str()?).ok());
                if !self.vault.records().strangers(ids)?.is_empty() {
                    let what = format!(
                        "\"{}\" names a record that is not here any more, and stays empty: bring it back from the bin, or \
                         choose another.",
                        field.label
                    );
                    told.push(NotShown { what, record: Some(Named::of(record)) });
                }
            }
        }
        Ok(told)
    }

    /// Pictures in what a record says that say nothing: of a picture in a text its words are shown, and nothing else.
    fn silent(&self, record: &Record) -> Option<NotShown> {
        let is_read = |place: &TextPlace<'_>| match place {
            TextPlace::Body | TextPlace::Reason(_) | TextPlace::Answer(..) => true,
            TextPlace::Field(place) => place.field.holds == FieldType::Markdown,
            TextPlace::Title | TextPlace::Tag(_) | TextPlace::FileName(_) => false,
        };
        let texts = self.kinds.texts(record).filter(|(place, _)| is_read(place));
        let count: usize = texts.map(|(_, text)| portfolio::markdown::pictures_without_words(text)).sum();
        (count > 0).then(|| {
            let pictures = words::count(count, "picture");
            let what = format!(
                "{pictures} in its text without words: nothing is shown there. Attach the picture, or write between the \
                 square brackets what it shows."
            );
            NotShown { what, record: Some(Named::of(record)) }
        })
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

/// Whether there is such a period.
fn fits(choice: &PortfolioChoice, today: NaiveDate) -> Result<(), Failure> {
    let period = Period::new(choice.from, choice.to)?;
    match period.from().filter(|from| *from > today) {
        Some(from) => {
            Err(Failure::new(format!("The period begins on {}, which is still to come.", words::long_date(from)))
                .hint("Begin it on a day until today."))
        }
        None => Ok(()),
    }
}

/// SHA-256 of what a portfolio is made from: the same on any day.
fn fingerprint<'r>(
    framework: &Framework,
    choice: &PortfolioChoice,
    records: impl Iterator<Item = &'r Record>,
) -> Sha256Hex {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let head = format!("{}\n{}\n{}\n", framework.id, day(choice.from), day(choice.to));
    let by_id: BTreeMap<Uuid, &Record> = records.map(|record| (record.id, record)).collect();
    Sha256Hex::of_all([head].into_iter().chain(by_id.values().map(|record| record.content() + "\n")))
}
