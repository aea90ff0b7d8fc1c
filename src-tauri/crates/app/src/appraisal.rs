//! Appraisals: what was true on the last day of a period, noted in the vault and packed for the appraiser.

use std::path::Path;

use chrono::{Months, NaiveDate};
use domain::appraisal::{Appraisal, Goal, Removed};
use domain::period::Period;
use domain::rhythm::Rhythm;
use domain::views::Profile;
use domain::words;
use domain::{Audience, Kind, Record, Standing};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::local;
use crate::failure::Failure;
use crate::files::Filling;
use crate::portfolio::{ExportReport, PortfolioChoice, Sheet};
use crate::vault::OpenVault;

/// What was put together for an appraisal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AppraisalPack {
    /// The statement in the vault that keeps what was true on the last day.
    pub record: Uuid,
    /// The portfolio of the period.
    pub portfolio: ExportReport,
    /// The file that says what was true on the last day.
    pub snapshot: String,
    /// What was true on the last day.
    pub appraisal: Appraisal,
}

impl OpenVault {
    /// What was true on the last day of a period, as far as it has been written down by now. Without a last day it ends
    /// today, and without a first day it is a review period long, as the profile has it.
    ///
    /// # Errors
    /// When the period ends before it begins or has not ended yet, or the vault cannot be read.
    pub fn appraisal(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Appraisal, Failure> {
        let today = self.clock.today();
        let to = to.unwrap_or(today);
        let from = match from {
            Some(from) => from,
            None => self.review_period(to)?,
        };
        let period = Period::new(Some(from), Some(to))?;
        if to > today {
            let failure = Failure::new(format!("The period ends on {}, which is still to come.", words::long_date(to)));
            return Err(
                failure.hint("What was true on its last day can be said from that day on; end the period today.")
            );
        }
        // It goes to the appraiser, who is not told the titles of what they were not given.
        let standing = Standing::of(&self.framework, &self.ledger(to)?);
        let on = self.on(to)?;
        let sums = on.sums(period)?;
        let minutes: u64 = sums.iter().filter(|sum| sum.nhs).map(|sum| sum.minutes).sum();
        let cpd = self.cpd(period, to)?;
        let goals = on.of_kind("goal")?;
        // A goal that ended before the period does not belong to it.
        let of_period =
            |record: &&Record| record.date <= to && (record.text("status") == Some("open") || last_day(record) >= from);
        Ok(Appraisal {
            from,
            to,
            noted: today,
            minutes_in_period: u32::try_from(minutes).unwrap_or(u32::MAX),
            hours: standing.hours,
            supervision: standing.rhythms.into_iter().map(Rhythm::for_readers).collect(),
            gaps: standing.gaps,
            cpd,
            removed: Removed::of(self.deleted_since(to)?),
            goals: goals.iter().filter(of_period).filter_map(|record| Goal::of(record, to)).collect(),
        })
    }

    /// Notes what was true on the last day in a statement, and writes the pack into a folder: `portfolio.pdf` of the
    /// period and `snapshot.json`. Doing so again on the same day adds no second statement.
    ///
    /// # Errors
    /// As [`OpenVault::appraisal`]; when something cannot be written, nothing is left of the pack and nothing is noted.
    pub fn pack_appraisal(
        &mut self,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        folder: &Path,
    ) -> Result<AppraisalPack, Failure> {
        let appraisal = self.appraisal(from, to)?;
        let (from, to) = (appraisal.from, appraisal.to);
        let audience = Audience::Appraisal;
        let choice = PortfolioChoice { from: Some(from), to: Some(to), audience, ..PortfolioChoice::default() };
        let go_on = &mut |_| std::ops::ControlFlow::Continue(());
        let prepared = self.prepare_portfolio(&choice, Sheet::Pdf)?;
        let mut filling = Filling::begin(folder)?;
        let snapshot = folder.join("snapshot.json");
        let text = serde_json::to_string_pretty(&appraisal)
            .map_err(|error| Failure::new(format!("The appraisal cannot be written: {error}.")))?;
        filling.write(&snapshot, (text + "\n").as_bytes())?;
        let pdf = folder.join("portfolio.pdf");
        let finished = prepared.finish(Some(&pdf), &mut |sha256| self.attachment(sha256), go_on)?;
        filling.took(&pdf);
        let record = self.note_appraisal(&appraisal)?;
        filling.finish();
        let portfolio = self.note_release(finished)?;
        Ok(AppraisalPack { record, portfolio, snapshot: snapshot.display().to_string(), appraisal })
    }

    /// The first day of the review period that ends on a day, both days included.
    fn review_period(&self, last: NaiveDate) -> Result<NaiveDate, Failure> {
        let months = Profile::of(self.on(last)?.profile()?.as_ref()).review_months;
        let before = last.checked_sub_months(Months::new(months)).unwrap_or(last);
        Ok(before.succ_opt().unwrap_or(before).min(last))
    }

    fn note_appraisal(&mut self, appraisal: &Appraisal) -> Result<Uuid, Failure> {
        let snapshot = json!(appraisal);
        let statements = self.of_kind("statement")?;
        if let Some(known) = statements.iter().find(|record| record.fields.get("snapshot") == Some(&snapshot)) {
            return Ok(known.id);
        }
        let (from, to) = (appraisal.from, appraisal.to);
        let title = format!("Appraisal {}", words::period(from, to));
        let said = json!({
            "date": appraisal.noted,
            "title": title,
            "about": "appraisal",
            "period_from": from,
            "period_to": to,
            "snapshot": snapshot,
        });
        let mut draft = self.kinds.newest_of("statement").map(Kind::begin).unwrap_or_default();
        draft.extend(said.as_object().cloned().unwrap_or_default());
        Ok(self.save(&draft)?.id)
    }
}

/// The day a goal was last heard of: its latest review, or when it was set.
fn last_day(record: &Record) -> NaiveDate {
    let reviews = record.fields.get("reviews").and_then(Value::as_array);
    let days = reviews.into_iter().flatten().filter_map(|row| row.get("date")?.as_str()?.parse::<NaiveDate>().ok());
    days.chain([record.date, local(record.modified).date()]).max().unwrap_or(record.date)
}
