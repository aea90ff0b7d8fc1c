//! Attached files: what they show, and the files themselves where they go along.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use domain::{Attachment, Record, words};
use portfolio::document::Shows;
use portfolio::{Flaw, On, Reason, Unseen};

use super::prepare::PreparedPortfolio;
use super::report::{LeftOut, Named, NotShown};
use super::sheet::Sheet;
use crate::failure::{Code, Failure};

/// Gives the content of an attached file by its SHA-256, if it is there.
pub type Reading<'r> = dyn FnMut(&str) -> Result<Option<Vec<u8>>, Failure> + 'r;

impl PreparedPortfolio {
    /// The files of its records, in the order of the days.
    fn attachments(&self) -> Vec<(&Record, &Attachment)> {
        let mut records: Vec<&Record> = self.source.records.iter().collect();
        records.sort_by_key(|record| (record.date, record.created, record.id));
        records.into_iter().flat_map(|record| record.attachments.iter().map(move |file| (record, file))).collect()
    }

    /// Whether there are files to take in.
    pub(super) fn has_attachments(&self) -> bool {
        self.source.records.iter().any(|record| !record.attachments.is_empty())
    }

    /// Makes pictures and pages of the attached files. `read` gives a file's content by its SHA-256; `progress`
    /// receives the share that is done (0 to 1) and can stop the work. What cannot be shown is noted, for the reader at its
    /// exhibit and for the coach in the report.
    ///
    /// # Errors
    /// When it was stopped, or `read` fails.
    pub(super) fn take_in(
        &mut self,
        read: &mut Reading<'_>,
        progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        // Only a PDF has room for them.
        let mut taken = Taken {
            on: if self.sheet == Sheet::Pdf { On::Paper } else { On::Screen },
            originals: self.choice.originals && self.sheet == Sheet::Pdf,
            shown: HashMap::new(),
            refused: HashMap::new(),
            named: HashSet::new(),
            files: Vec::new(),
            placeless: Vec::new(),
            not_shown: Vec::new(),
            told: Vec::new(),
        };
        let files = self.attachments();
        for (done, (record, file)) in files.iter().enumerate() {
            #[allow(clippy::cast_precision_loss, reason = "a share of some files")]
            let share = done as f32 / files.len() as f32;
            let go_on = &mut || progress(share);
            if go_on().is_break() {
                return Err(stopped());
            }
            taken.take(record, file, read, go_on)?;
        }
        let Taken { shown, files, placeless, not_shown, told, .. } = taken;
        (self.source.shown, self.source.files, self.source.not_shown) = (shown, files, not_shown);
        self.not_shown.extend(told);
        if !placeless.is_empty() {
            let why = format!("The place where it was taken: {}.", words::count(placeless.len(), "picture"));
            self.source.left_out.push(why.clone());
            self.left_out.push(LeftOut { why, records: placeless });
        }
        Ok(())
    }

    /// The pages of others that keep a PDF from claiming what it otherwise could, each with its record.
    pub(super) fn flawed(&self) -> Vec<NotShown> {
        let mut told = Vec::new();
        for (record, file) in self.attachments() {
            let shows = self.source.shown.get(&file.sha256).map_or(&[][..], Vec::as_slice);
            let flaws: BTreeSet<&Flaw> = shows.iter().flat_map(Shows::flaws).collect();
            if flaws.is_empty() {
                continue;
            }
            let why: Vec<String> = flaws.iter().map(ToString::to_string).collect();
            let what = format!(
                "{} is shown, but with it the PDF is no longer one that is made for keeping (PDF/A){}: {}.",
                file.name,
                if flaws.iter().any(|flaw| flaw.is_barrier()) { ", nor one for screen readers (PDF/UA)" } else { "" },
                why.join("; ")
            );
            told.push(NotShown { what, record: Some(Named::of(record)) });
        }
        told
    }
}

/// What was made of attached files so far.
struct Taken {
    on: On,
    /// Whether the files themselves go along.
    originals: bool,
    /// What contents show, by their SHA-256.
    shown: HashMap<String, Vec<Shows>>,
    /// Why contents cannot be shown, by their SHA-256.
    refused: HashMap<String, Reason>,
    /// Names and contents that go along.
    named: HashSet<(String, String)>,
    files: Vec<portfolio::document::Attachment>,
    /// The records of pictures that go along without the place where they were taken, one for each picture.
    placeless: Vec<Named>,
    /// What the reader is told.
    not_shown: Vec<portfolio::NotShown>,
    /// What the coach is told.
    told: Vec<NotShown>,
}

impl Taken {
    fn take(
        &mut self,
        record: &Record,
        file: &Attachment,
        read: &mut Reading<'_>,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        // The same content is read once, under whatever names it is attached.
        let new = !self.shown.contains_key(&file.sha256) && !self.refused.contains_key(&file.sha256);
        let original = self.originals && self.named.insert((file.name.clone(), file.sha256.clone()));
        if new || original {
            match read(&file.sha256)? {
                Some(content) => self.add(record, file, content, (new, original), go_on)?,
                None => drop(self.refused.insert(file.sha256.clone(), Reason::Missing)),
            }
        }
        let shown = self.shown.get(&file.sha256).map_or(&[][..], Vec::as_slice);
        let unseen: BTreeSet<&Unseen> = shown.iter().flat_map(Shows::unseen).collect();
        if !unseen.is_empty() {
            let why: Vec<String> = unseen.iter().map(ToString::to_string).collect();
            let what = format!("{} is not all there to see: {}.", file.name, why.join("; "));
            self.told.push(NotShown {
                what: format!("{what} Print it as a PDF and attach that."),
                record: Some(Named::of(record)),
            });
            self.not_shown.push(portfolio::NotShown { record: record.id, what });
        }
        if let Some(why) = self.refused.get(&file.sha256) {
            let goes_along = self.originals && *why != Reason::Missing;
            let place = if goes_along {
                "The file itself is inside this PDF."
            } else {
                "The file itself does not go with this copy."
            };
            let what = format!("{} {why}. {place}", file.name);
            let advice = match why.advice() {
                Some(advice) => format!(" {advice}"),
                None if goes_along => String::new(),
                None => " Take the attached files along inside the PDF, or send it by itself.".to_owned(),
            };
            self.told.push(NotShown { what: format!("{what}{advice}"), record: Some(Named::of(record)) });
            self.not_shown.push(portfolio::NotShown { record: record.id, what });
        }
        Ok(())
    }

    fn add(
        &mut self,
        record: &Record,
        file: &Attachment,
        content: Vec<u8>,
        (new, original): (bool, bool),
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        if original {
            let placeless = portfolio::without_place(&content);
            self.placeless.extend(placeless.is_some().then(|| Named::of(record)));
            self.files.push(portfolio::document::Attachment {
                name: file.name.clone(),
                media_type: file.media_type.clone(),
                description: format!("Attached to {}, {}", record.title, record.date),
                bytes: placeless.as_ref().unwrap_or(&content).as_slice().into(),
            });
        }
        if !new {
            return Ok(());
        }
        match portfolio::shows(content, self.on, go_on) {
            Ok(shows) => drop(self.shown.insert(file.sha256.clone(), shows)),
            Err(Reason::Stopped) => return Err(stopped()),
            Err(reason) => drop(self.refused.insert(file.sha256.clone(), reason)),
        }
        Ok(())
    }
}

pub(super) fn stopped() -> Failure {
    Failure::new("The export was stopped; nothing was written.").code(Code::Cancelled)
}
