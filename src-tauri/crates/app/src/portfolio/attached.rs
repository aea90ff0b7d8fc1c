//! Attached files: what they show, and the files themselves where they go along.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use domain::{Attachment, Record};
use portfolio::document::Figure;
use portfolio::{Reason, Refusal};

use super::prepare::PreparedPortfolio;
use super::report::{Named, NotShown};
use crate::failure::{Code, Failure};

/// Gives the content of an attached file by its SHA-256, if it is there.
pub type Reading<'r> = dyn FnMut(&str) -> Result<Option<Vec<u8>>, Failure> + 'r;

impl PreparedPortfolio {
    /// The files of its records.
    fn attachments(&self) -> Vec<(&Record, &Attachment)> {
        self.source
            .records
            .iter()
            .flat_map(|record| record.attachments.iter().map(move |file| (record, file)))
            .collect()
    }

    /// Whether there are files to take in.
    pub(super) fn has_attachments(&self) -> bool {
        self.source.records.iter().any(|record| !record.attachments.is_empty())
    }

    /// Makes pictures and pages of the attached files. `read` gives a file's content by its SHA-256; `progress`
    /// receives the share that is done (0 to 1) and can stop the work. What cannot be shown is noted in the report.
    ///
    /// # Errors
    /// When it was stopped, or `read` fails.
    pub(super) fn take_in(
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
        let Taken { figures, files, not_shown, .. } = taken;
        (self.source.figures, self.source.files, self.not_shown) = (figures, files, not_shown);
        Ok(())
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
