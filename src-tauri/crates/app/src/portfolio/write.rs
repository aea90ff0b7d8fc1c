//! Setting a prepared portfolio, and writing it whole or not at all.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use domain::Record;
use portfolio::document::Document;
use portfolio::pdf::{Missing, PdfError};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::prepare::{PreparedPortfolio, stopped};
use super::report::{ExportReport, Named, NotShown};
use crate::failure::Failure;
use crate::files::write_whole;

impl PreparedPortfolio {
    /// Sets the portfolio as a PDF and writes it, or without a path only says what it would be. The same records on the same
    /// day give the same bytes.
    ///
    /// `progress` is told how much is done (0 to 1); it can stop the work.
    ///
    /// # Errors
    /// When it was stopped or the file cannot be written; nothing half-written is left.
    pub fn write(
        &self,
        path: Option<&Path>,
        progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
    ) -> Result<ExportReport, Failure> {
        let (bytes, made) =
            portfolio::render(&self.outline(), &mut |step| progress(step.fraction())).map_err(|error| match error {
                PdfError::Cancelled => stopped(),
                other => Failure::new(format!("The PDF could not be made: {other}.")),
            })?;
        let mut report = self.report(path, &bytes)?;
        report.pages = u32::try_from(made.pages).unwrap_or(u32::MAX);
        report.not_shown.extend(self.not_drawn(&made.missing));
        let flaws = made.flaws.iter().map(|flawed| {
            let what = format!("{flawed}. It is shown, but the PDF is no longer one that is made for keeping (PDF/A).");
            NotShown { what, record: None }
        });
        report.not_shown.extend(flaws);
        Ok(report)
    }

    /// The same content as one HTML file.
    ///
    /// # Errors
    /// When the file cannot be written; nothing half-written is left.
    pub fn write_html(&self, path: Option<&Path>) -> Result<ExportReport, Failure> {
        self.report(path, portfolio::html(&self.outline()).as_bytes())
    }

    fn report(&self, path: Option<&Path>, content: &[u8]) -> Result<ExportReport, Failure> {
        if let Some(path) = path {
            write_whole(path, content)?;
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(ExportReport {
            path: path.map(|path| path.display().to_string()),
            sha256: Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect(),
            fingerprint: self.fingerprint.clone(),
            audience: self.choice.audience,
            from: self.choice.from,
            to: self.choice.to,
            records: count(self.records.len()),
            pages: 1,
            bytes: count(content.len()),
            went_in: self.went_in(),
            left_out: self.left_out.clone(),
            not_shown: self.not_shown.clone(),
        })
    }

    /// The characters that could not be drawn, a line for each record; where a record's title is only cited it is not told
    /// again.
    fn not_drawn(&self, missing: &[Missing]) -> Vec<NotShown> {
        let by_id: HashMap<String, &Record> =
            self.records.iter().map(|record| (record.id.to_string(), record)).collect();
        let record_of = |missing: &Missing| by_id.get(missing.anchor.as_ref()?.0.strip_prefix("record-")?).copied();
        let mut in_records: BTreeMap<Uuid, (&Record, BTreeSet<char>)> = BTreeMap::new();
        let mut elsewhere: BTreeSet<char> = BTreeSet::new();
        for one in missing {
            match record_of(one) {
                Some(record) => {
                    in_records.entry(record.id).or_insert((record, BTreeSet::new())).1.insert(one.character)
                }
                None => elsewhere.insert(one.character),
            };
        }
        let placed: BTreeSet<char> = in_records.values().flat_map(|(_, characters)| characters).copied().collect();
        elsewhere.retain(|character| !placed.contains(character));
        let told = in_records.into_values().map(|(record, characters)| (Some(Named::of(record)), characters));
        let told = told.chain((!elsewhere.is_empty()).then_some((None, elsewhere)));
        told.map(|(record, characters)| {
            let named: Vec<String> = characters.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
            NotShown { what: format!("No font has these characters: {}.", named.join(", ")), record }
        })
        .collect()
    }

    fn outline(&self) -> Document {
        let left_out: Vec<String> = self.left_out.iter().map(|left| left.why.clone()).collect();
        portfolio::outline(&portfolio::Source {
            framework: &self.framework,
            kinds: &self.kinds,
            profile: self.profile.as_ref(),
            people: &self.people,
            records: &self.records,
            gaps: &self.gaps,
            hours: &self.hours,
            rhythms: &self.rhythms,
            supervisions: &self.supervisions,
            worked: &self.worked,
            plan: &self.plan,
            figures: &self.figures,
            files: &self.files,
            today: self.today,
            period: self.period,
            reader: self.choice.audience.words().label,
            left_out: &left_out,
            fingerprint: &self.fingerprint,
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
