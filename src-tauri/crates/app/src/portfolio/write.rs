//! Setting a prepared portfolio, and writing it whole or not at all.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use domain::Record;
use domain::digest::Sha256Hex;
use portfolio::pdf::{Missing, PdfError, Progress};
use uuid::Uuid;

use super::attached::{Reading, stopped};
use super::prepare::PreparedPortfolio;
use super::report::{ExportReport, Imprint, Named, NotShown, WentIn};
use super::sheet::Sheet;
use crate::failure::Failure;
use crate::files::write_whole;

/// How much of the work it is to take in the attached files, where there are any.
const TAKING_IN: f32 = 0.3;

/// A portfolio that lies in its place and is not in the log yet. Its report comes out of the log alone
/// ([`OpenVault::note_release`](crate::OpenVault::note_release)), so that nothing is given out without being noted.
#[must_use = "it is not in the log yet"]
pub struct FinishedPortfolio(pub(super) ExportReport);

impl PreparedPortfolio {
    /// Takes in the attached files, sets the portfolio and writes it, or without a path only says what it would be. The
    /// vault is free meanwhile but for `read`, which gives a file's content by its SHA-256. The same records on the same
    /// day give the same bytes.
    ///
    /// `progress` receives the share that is done (0 to 1) and can stop the work.
    ///
    /// # Errors
    /// When it was stopped, `read` fails or the file cannot be written; nothing half-written is left.
    pub fn finish(
        mut self,
        path: Option<&Path>,
        read: &mut Reading<'_>,
        progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
    ) -> Result<FinishedPortfolio, Failure> {
        let before = if self.has_attachments() { TAKING_IN } else { 0.0 };
        self.take_in(read, &mut |fraction| progress(fraction * before))?;
        let document = portfolio::outline(&self.source);
        let (content, pages) = match self.sheet {
            Sheet::Html => (portfolio::html(&document).into_bytes(), 1),
            Sheet::Pdf => {
                let step = &mut |step: Progress| progress(before + step.fraction() * (1.0 - before));
                let (content, made) = portfolio::render(&document, step).map_err(|error| match error {
                    PdfError::Cancelled => stopped(),
                    other => Failure::new(format!("The PDF could not be made: {other}.")),
                })?;
                let missing = self.not_drawn(&made.missing);
                self.not_shown.extend(missing.into_iter().chain(self.flawed()));
                (content, made.pages)
            }
        };
        if let Some(path) = path {
            write_whole(path, &content)?;
        }
        Ok(FinishedPortfolio(self.report(path, &content, pages)))
    }

    fn report(self, path: Option<&Path>, content: &[u8], pages: usize) -> ExportReport {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        ExportReport {
            path: path.map(|path| path.display().to_string()),
            bytes: count(content.len()),
            went_in: self.went_in(),
            imprint: Imprint {
                sheet: self.sheet,
                sha256: Sha256Hex::of(content),
                fingerprint: self.source.fingerprint,
                audience: self.choice.audience,
                from: self.choice.from,
                to: self.choice.to,
                records: count(self.source.records.len()),
                pages: count(pages),
            },
            left_out: self.left_out,
            not_shown: self.not_shown,
        }
    }

    /// What went in, by kind and in the order of the kinds.
    fn went_in(&self) -> Vec<WentIn> {
        let mut left: BTreeMap<&str, u32> = BTreeMap::new();
        for record in &self.source.records {
            *left.entry(&record.kind).or_default() += 1;
        }
        let went_in =
            |kind: &str, title: &str, records| WentIn { kind: kind.to_owned(), title: title.to_owned(), records };
        let mut out = Vec::new();
        for kind in self.source.kinds.newest() {
            out.extend(left.remove(kind.id.as_str()).map(|records| went_in(&kind.id, &kind.plural, records)));
        }
        // Kinds of a later version.
        out.extend(left.into_iter().map(|(kind, records)| went_in(kind, kind, records)));
        out
    }

    /// The characters that could not be drawn, a line for each record; where a record's title is only cited it is not
    /// reported again.
    fn not_drawn(&self, missing: &[Missing]) -> Vec<NotShown> {
        let by_id: HashMap<String, &Record> =
            self.source.records.iter().map(|record| (record.id.to_string(), record)).collect();
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

    /// A name for the file that says whose portfolio it is and of what day.
    #[must_use]
    pub fn suggested_name(&self) -> PathBuf {
        let name = self.source.profile.as_ref().and_then(|profile| profile.text("name")).unwrap_or("");
        let plain: String = name.chars().filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-').collect();
        let ending = self.sheet.ending();
        PathBuf::from(format!("Portfolio {} {}.{ending}", plain.trim(), self.source.today).replace("  ", " "))
    }
}
