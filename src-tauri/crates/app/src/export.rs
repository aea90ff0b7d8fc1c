//! Giving work out: the portfolio as a PDF, everything in the open form.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::gaps::Gaps;
use domain::hours::Hours;
use domain::impact::withhold;
use domain::{Framework, Kinds, Record};
use exchange::open_form;
use portfolio::pdf::{Missing, PdfError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::failure::{Code, Failure};
use crate::files::{Filling, write_whole};
use crate::lines::{Filter, of_vault};
use crate::open_vault::OpenVault;

/// What goes into a portfolio.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PortfolioChoice {
    /// Records from this day on.
    pub from: Option<NaiveDate>,
    /// Records until this day.
    pub to: Option<NaiveDate>,
    /// These records alone; empty means all of the period.
    #[serde(default)]
    pub only: Vec<Uuid>,
    /// For whom it is; nothing means the whole.
    #[serde(default)]
    pub audience: Option<Audience>,
}

/// For whom a portfolio is. Everything is private until it is released (framework.md, "privacy between the three
/// supervisors"), so that each is given what is theirs: what was put forward for a competency, hours and figures, and of
/// the supervision log their own part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// The yearly appraisal, which the line manager leads.
    Appraisal,
    /// The health coaching supervisor.
    Supervision,
    /// The line manager.
    LineManagement,
    /// The clinical supervisor.
    Clinical,
    /// Whoever approves the move from tier 1 to tier 2, from outside the coach's own organisation.
    Assessor,
    /// The whole, for the coach.
    Full,
}

impl Audience {
    /// Whether a record is for them without having been chosen by itself.
    fn sees(self, record: &Record) -> bool {
        let supervision = match self {
            Audience::Full => return true,
            Audience::Appraisal | Audience::LineManagement => Some("line-management"),
            Audience::Supervision => Some("health-coaching"),
            Audience::Clinical => Some("clinical"),
            Audience::Assessor => None,
        };
        match record.kind.as_str() {
            "supervision" => supervision.is_some() && record.text("type") == supervision,
            // A journal entry is private unless it was put forward.
            "reflection" => !record.claims.is_empty(),
            _ => true,
        }
    }
}

/// Everything a portfolio is made from, read from the vault, so that the vault is free while the PDF is set.
pub struct PreparedPortfolio {
    framework: Framework,
    kinds: Kinds,
    profile: Option<Record>,
    people: Vec<Record>,
    records: Vec<Record>,
    gaps: Gaps,
    hours: Hours,
    today: NaiveDate,
    period: Option<(NaiveDate, NaiveDate)>,
    left_out: Vec<String>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExportReport {
    /// Where it lies.
    pub path: String,
    /// How many records it holds in full.
    pub records: u32,
    /// How many pages it has.
    pub pages: u32,
    /// How large it is.
    pub bytes: u32,
    /// What a reader should know, such as characters that could not be drawn.
    pub notes: Vec<String>,
}

/// What was written in the open form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WrittenOpenForm {
    /// The file with the records.
    pub path: String,
    /// How many records.
    pub records: u32,
    /// How many files lie in `attachments` beside it.
    pub attachments: u32,
    /// What a reader should know, such as records that could not be read.
    pub notes: Vec<String>,
}

impl OpenVault {
    /// Reads everything a portfolio is made from. What is covered by claims is reckoned from the chosen records alone; hours
    /// and the rhythm of supervision are counted in full.
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
        if !choice.only.is_empty() {
            for id in &choice.only {
                self.record(*id)?;
            }
            records.retain(|record| choice.only.contains(&record.id));
        }
        let mut left_out = self.left_out();
        if let Some(audience) = choice.audience {
            let all = records.len();
            records.retain(|record| choice.only.contains(&record.id) || audience.sees(record));
            let kept_back = all - records.len();
            if kept_back > 0 {
                left_out.push(format!("Private to you or another supervisor's, and left out: {}.", counted(kept_back)));
            }
        }
        // The coach's own copy is theirs as much as the vault is.
        if choice.audience != Some(Audience::Full) {
            let withheld = records.iter_mut().filter_map(|record| withhold(record).then_some(())).count();
            if withheld > 0 {
                left_out.push(format!("Figures over fewer than five people were withheld in {}.", counted(withheld)));
            }
        }
        // People and the coach are named in records of any period; they are no work of one.
        records.retain(|record| record.kind != "person" && record.kind != "profile");
        let people = self.vault.records(&of_vault(&Filter { kind: Some("person".to_owned()), ..Filter::default() }))?;
        let chosen: HashSet<Uuid> = records.iter().map(|record| record.id).collect();
        let today = self.clock.today();
        let first = records.iter().map(|record| record.date).min();
        let period = (choice.from.is_some() || choice.to.is_some())
            .then(|| (choice.from.or(first).unwrap_or(today), choice.to.unwrap_or(today)));
        let standing = self.standing_with(|evidence| chosen.contains(&evidence.record))?;
        Ok(PreparedPortfolio {
            framework: self.framework.clone(),
            kinds: self.kinds.clone(),
            profile: self.profile()?,
            gaps: standing.gaps,
            hours: standing.hours,
            people,
            records,
            today,
            period,
            left_out,
        })
    }

    /// Writes every record in the open form into a folder: `records.jsonl`, oldest first, and `attachments`.
    ///
    /// # Errors
    /// When something cannot be written; what was begun is taken away again.
    pub fn export_open_form(&self, folder: &Path) -> Result<WrittenOpenForm, Failure> {
        let mut records = self.vault.records(&vault::Filter::default())?;
        records.sort_by_key(|record| (record.date, record.id));
        let mut text = String::new();
        let mut names: Vec<&str> = Vec::new();
        for record in &records {
            let line = open_form::write(record);
            text += &line.map_err(|error| Failure::new(format!("Record {} cannot be written: {error}.", record.id)))?;
            names.extend(record.attachments.iter().map(|file| file.sha256.as_str()));
        }
        names.sort_unstable();
        names.dedup();
        let mut filling = Filling::begin(folder)?;
        let attachments = folder.join("attachments");
        if !names.is_empty() {
            filling.folder(&attachments)?;
        }
        for name in &names {
            let content = self.vault.attachment(name)?;
            let content = content.ok_or_else(|| {
                Failure::new(format!("The content of attachment {name} is missing from the vault."))
                    .hint("`verify` lists what is damaged.")
            })?;
            filling.write(&attachments.join(name), &content)?;
        }
        let path = folder.join("records.jsonl");
        filling.write(&path, text.as_bytes())?;
        filling.finish();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(WrittenOpenForm {
            path: path.display().to_string(),
            records: count(records.len()),
            attachments: count(names.len()),
            notes: self.left_out(),
        })
    }
}

impl PreparedPortfolio {
    /// Sets the portfolio and writes it. The same records on the same day give the same bytes.
    ///
    /// `progress` is told how much is done (0 to 1); it can stop the work.
    ///
    /// # Errors
    /// When it was stopped or the file cannot be written; nothing half-written is left.
    pub fn write(
        &self,
        path: &Path,
        progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
    ) -> Result<ExportReport, Failure> {
        let document = self.outline();
        let (bytes, report) =
            portfolio::render(&document, &mut |step| progress(step.fraction())).map_err(failure_of)?;
        write_whole(path, &bytes)?;
        let place = |missing: &Missing| {
            let anchor = missing.anchor.as_ref()?;
            let record = self.records.iter().find(|record| anchor.0.contains(&record.id.to_string()))?;
            Some(format!(" in \"{}\"", record.title))
        };
        let note = |missing: &Missing| {
            let code = u32::from(missing.character);
            let place = place(missing).unwrap_or_default();
            format!("A character could not be drawn: {} (U+{code:04X}){place}.", missing.character)
        };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(ExportReport {
            path: path.display().to_string(),
            records: count(self.records.len()),
            pages: count(report.pages),
            bytes: count(bytes.len()),
            notes: self.left_out.iter().cloned().chain(report.missing.iter().map(note)).collect(),
        })
    }

    /// Writes the same content as one HTML file.
    ///
    /// # Errors
    /// When the file cannot be written; nothing half-written is left.
    pub fn write_html(&self, path: &Path) -> Result<ExportReport, Failure> {
        let page = portfolio::html(&self.outline());
        write_whole(path, page.as_bytes())?;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(ExportReport {
            path: path.display().to_string(),
            records: count(self.records.len()),
            pages: 1,
            bytes: count(page.len()),
            notes: self.left_out.clone(),
        })
    }

    fn outline(&self) -> portfolio::document::Document {
        portfolio::outline(&portfolio::Source {
            framework: &self.framework,
            kinds: &self.kinds,
            profile: self.profile.as_ref(),
            people: &self.people,
            records: &self.records,
            gaps: &self.gaps,
            hours: &self.hours,
            today: self.today,
            period: self.period,
        })
    }

    /// A name for the file that says whose portfolio it is and of what day.
    #[must_use]
    pub fn suggested_name(&self) -> PathBuf {
        let name = self.profile.as_ref().and_then(|profile| profile.text("name")).unwrap_or("");
        let plain: String = name.chars().filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-').collect();
        PathBuf::from(format!("Portfolio {} {}.pdf", plain.trim(), self.today).replace("  ", " "))
    }
}

fn counted(records: usize) -> String {
    if records == 1 { "1 record".to_owned() } else { format!("{records} records") }
}

fn failure_of(error: PdfError) -> Failure {
    match error {
        PdfError::Cancelled => Failure::new("The export was stopped; nothing was written.").code(Code::Cancelled),
        other => Failure::new(format!("The PDF could not be made: {other}.")),
    }
}
