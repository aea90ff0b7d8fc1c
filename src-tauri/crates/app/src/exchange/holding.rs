//! What is taken out of files, held against the vault: what is to be stored, and what an import says of the rest.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use domain::digest::Sha256Hex;
use domain::prompts::Model;
use domain::signoff::{Said, SignOff};
use domain::words::{count, counted};
use domain::{Attachment, Record, Stamp};
use exchange::{FileProblem, Format, Held, Incoming, Read, Taken, There, hold};
use uuid::Uuid;

use super::beside::{Beside, Content};
use super::imported::{Imported, Importing};
use super::single::{Profile, merged};
use crate::failure::Failure;
use crate::vault::OpenVault;

/// After so many records it is told how much is done.
pub(super) const STEP: usize = 250;

/// What an import stores.
#[derive(Default)]
pub(super) struct ToStore {
    pub(super) records: Vec<Record>,
    /// Records that come back from the bin first.
    pub(super) restore: Vec<Uuid>,
    /// Records whose tombstone goes first.
    pub(super) bring_back: Vec<Uuid>,
    /// Contents of attachments that came inside a file, by their SHA-256.
    pub(super) contents: HashMap<String, Vec<u8>>,
    /// Where contents of attachments lie beside a file.
    pub(super) beside: Vec<PathBuf>,
    /// What new records said before they were changed, earlier versions first.
    pub(super) versions: HashMap<Uuid, Vec<Record>>,
    /// The text of a framework that becomes the vault's.
    pub(super) framework: Option<String>,
    /// All of the coach's own models from then on, where there are new ones.
    pub(super) models: Option<Vec<Model>>,
}

/// All files of an import so far.
pub(super) struct Holding<'v> {
    vault: &'v OpenVault,
    how: Importing,
    /// Where each id was read first, and what was said there.
    ids: HashMap<Uuid, (Rc<str>, usize, Sha256Hex)>,
    /// The one record of each kind of which a vault has one.
    singles: HashMap<String, Uuid>,
    /// What is in the bin, and when each was last changed.
    bin: HashMap<Uuid, DateTime<Utc>>,
    /// What was deleted for good.
    deleted: HashSet<Uuid>,
    /// There was no record before, so that none has to be looked for.
    is_first: bool,
    /// How many of those added are known by what they say.
    by_content: u32,
    /// How many former versions could not be taken in.
    strange: usize,
    /// How many of those stored say that they were changed at a moment that is still to come.
    ahead: u32,
    /// The moment of the import: what it takes in is there at once, so that no record came before another.
    now: DateTime<Utc>,
    store: ToStore,
    sums: Imported,
}

impl<'v> Holding<'v> {
    /// Before the first file.
    pub(super) fn begin(vault: &'v OpenVault, how: Importing) -> Result<Holding<'v>, Failure> {
        let binned = vault.vault.bin().all()?;
        Ok(Holding {
            vault,
            how,
            ids: HashMap::new(),
            singles: HashMap::new(),
            bin: binned.into_iter().map(|kept| (kept.record.id, kept.record.modified)).collect(),
            deleted: vault.vault.tombstones().all()?.into_iter().map(|stone| stone.record).collect(),
            is_first: vault.vault.records().count(&vault::Filter { limit: Some(1), ..Default::default() })? == 0,
            by_content: 0,
            strange: 0,
            ahead: 0,
            now: vault.clock.now(),
            store: ToStore::default(),
            sums: Imported::default(),
        })
    }

    /// Holds what was taken out of a file against what is there; `told` is told how much of it is done, from 0 to 1.
    pub(super) fn take(
        &mut self,
        from: &mut Beside,
        format: Format,
        mut taken: Taken<'_>,
        told: &mut dyn FnMut(f32),
    ) -> Result<(), Failure> {
        let shown: Rc<str> = from.file.display().to_string().into();
        self.sums.notes.append(&mut taken.notes);
        let mut inside: HashMap<Sha256Hex, Vec<u8>> =
            taken.attached.drain(..).map(|content| (Sha256Hex::of(&content), content)).collect();
        let (all, mut done) = (taken.about, 0);
        let read = taken.checked(self.vault.books(), || {
            done += 1;
            if done % STEP == 0 {
                told(done as f32 / all as f32);
            }
            Stamp { now: self.now, ..self.vault.stamp() }
        });
        let read = read.map_err(|problems| Failure::of_file(&shown, format, problems))?;
        let stamp = Stamp { now: self.now, ..self.vault.stamp() };
        let (mut versions, strange) = from.versions(self.vault.books(), stamp)?;
        self.strange += strange;
        let mut problems = Vec::new();
        for mut item in read {
            let line = item.line;
            let mut add = |field: String, message: String| problems.push(FileProblem { line, field, message });
            self.keep_note(&mut item.record)?;
            self.beside_own(&mut item)?;
            let said = item.record.sha256();
            if let Some((earlier, at, as_said)) = self.ids.get(&item.record.id) {
                if *as_said != said {
                    let message = format!("line {at} of {earlier} has the same id and says something else");
                    add("id".to_owned(), message);
                }
                continue;
            }
            self.ids.insert(item.record.id, (Rc::clone(&shown), line, said.clone()));
            let (held, known) = self.held(&item, &said)?;
            // Nothing of it is taken into the vault, so that its files need not be there.
            if held == Held::LeftInGrave {
                self.sort_in(item, held, known);
                continue;
            }
            for (index, file) in item.record.attachments.iter().enumerate() {
                if let Some((field, message)) = self.attachment(file, &mut inside, from)? {
                    add(format!("attachments[{index}]{field}"), message);
                }
            }
            if let Some(before) = versions.remove(&item.record.id).filter(|_| held == Held::New) {
                self.keep_versions(before, &mut inside, from)?;
            }
            if let Some(problem) = self.second_of_a_single(&item.record)? {
                add(problem.field, problem.message);
            }
            self.sort_in(item, held, known);
        }
        if problems.is_empty() { Ok(()) } else { Err(Failure::of_file(&shown, format, problems)) }
    }

    /// Finds an attached file's content: in the vault, inside the file that is read, or beside it. A problem comes with
    /// the part of the attachment it lies in.
    fn attachment(
        &mut self,
        file: &Attachment,
        inside: &mut HashMap<Sha256Hex, Vec<u8>>,
        beside: &mut Beside,
    ) -> Result<Option<(&'static str, String)>, Failure> {
        let holds = |bytes: u64| {
            let message =
                || format!("\"{}\" has {}, and the file says {}", file.name, count(bytes, "byte"), file.bytes);
            (bytes != u64::from(file.bytes)).then(|| (".bytes", message()))
        };
        if let Some(bytes) = self.vault.vault.attachments().length(&file.sha256)? {
            return Ok(holds(bytes));
        }
        if let Some(found) = inside.remove(file.sha256.as_str()) {
            self.store.contents.insert(file.sha256.clone(), found);
        }
        if let Some(found) = self.store.contents.get(&file.sha256) {
            return Ok(holds(found.len() as u64));
        }
        Ok(match beside.content(file)? {
            Content::At(place) => {
                self.store.beside.push(place);
                None
            }
            Content::OfLength(bytes) => holds(bytes),
            Content::Other => Some((
                ".sha256",
                format!("attachments/{} beside this file holds something else than its name says", file.sha256),
            )),
            Content::Missing => Some((
                "",
                format!("the content of \"{}\" is missing: put the file into attachments beside this one", file.name),
            )),
        })
    }

    /// Keeps what a new record said before, of which all files have to be there.
    fn keep_versions(
        &mut self,
        before: Vec<Record>,
        inside: &mut HashMap<Sha256Hex, Vec<u8>>,
        beside: &mut Beside,
    ) -> Result<(), Failure> {
        for mut version in before {
            let mut whole = true;
            for file in &version.attachments {
                whole &= self.attachment(file, inside, beside)?.is_none();
            }
            if whole {
                version.modified = version.modified.min(self.now);
                self.store.versions.entry(version.id).or_default().push(version);
            } else {
                self.strange += 1;
            }
        }
        Ok(())
    }

    /// Makes one of the profile in a file and the one that is here.
    fn beside_own(&mut self, read: &mut Read) -> Result<(), Failure> {
        if !self.vault.is_single(&read.record) {
            return Ok(());
        }
        let Some(mine) = self.vault.of_kind(&read.record.kind)?.into_iter().next() else { return Ok(()) };
        if mine.id == read.record.id || self.singles.get(&mine.kind).is_some_and(|id| *id != read.record.id) {
            return Ok(());
        }
        self.singles.insert(mine.kind.clone(), read.record.id);
        let (record, differs) = merged(&mine, &read.record, self.how.profile);
        let kind = self.vault.books().kinds.of(&mine);
        let label = |id: String| kind.and_then(|kind| kind.field(&id)).map_or(id.clone(), |field| field.label.clone());
        self.sums.profile_differs = differs.into_iter().map(label).collect();
        // What was asked for happens, whatever was here before.
        read.has_modified = self.how.profile == Profile::Replace;
        read.has_created = false;
        read.by_content = false;
        read.record = Record { modified: self.now, ..record };
        Ok(())
    }

    /// A second record of a kind of which a vault has one.
    fn second_of_a_single(&mut self, record: &Record) -> Result<Option<domain::Problem>, Failure> {
        if !self.vault.is_single(record) {
            return Ok(None);
        }
        let first = *self.singles.entry(record.kind.clone()).or_insert(record.id);
        // The vault's own stands for the first in the file, with which it was made one.
        let is_own = self.vault.vault.records().standing(record.id)?.is_some();
        if first != record.id && !is_own {
            let message = format!("there is more than one {} in what is imported", record.kind);
            return Ok(Some(domain::Problem { field: "kind".to_owned(), message }));
        }
        self.vault.beside_another(record)
    }

    /// A file need not say what was signed in a sign-off: one that is here already keeps what was noted in it.
    fn keep_note(&self, record: &mut Record) -> Result<(), Failure> {
        let Some(sign_off) = SignOff::of(record).filter(|one| one.signed.is_none() && !self.is_first) else {
            return Ok(());
        };
        let Some(known) = self.vault.vault.records().get(record.id)? else { return Ok(()) };
        let same = SignOff::of(&known).is_some_and(|known| known.about == sign_off.about);
        if let Some(noted) = known.fields.get("signed").filter(|_| same && sign_off.binds()) {
            record.fields.insert("signed".to_owned(), noted.clone());
        }
        Ok(())
    }

    /// What becomes of a record, and how the one with its id stands.
    fn held(&self, read: &Read, said: &Sha256Hex) -> Result<(Held, Option<Said>), Failure> {
        let id = read.record.id;
        let records = self.vault.vault.records();
        let known = if self.is_first { None } else { records.standing(id)? };
        // What is known by what it says alone is not changed by being saved anew elsewhere, and a moment that is still to
        // come, by a clock that ran ahead, says nothing of what came first.
        let ahead = read.record.modified > self.now || known.as_ref().is_some_and(|known| known.modified > self.now);
        let dated = read.has_modified && !read.by_content && !ahead;
        let incoming = Incoming { sha256: said, modified: dated.then_some(read.record.modified) };
        let there = if let Some(modified) = self.bin.get(&id) {
            There::InBin { modified: *modified }
        } else if self.deleted.contains(&id) {
            There::Grave
        } else if let Some(known) = &known {
            let once_said = known.sha256 != *said && records.ancestry(id)?.contains(said);
            There::Record { sha256: &known.sha256, modified: known.modified, once_said }
        } else {
            There::Nothing
        };
        Ok((hold(incoming, there, self.how.bring_back), known))
    }

    /// Puts a record where it belongs.
    fn sort_in(&mut self, read: Read, held: Held, known: Option<Said>) {
        let mut record = read.record;
        let sum = match held {
            Held::New => &mut self.sums.added,
            Held::Same => &mut self.sums.unchanged,
            Held::Changed => &mut self.sums.changed,
            Held::KeptNewer => &mut self.sums.kept_newer,
            Held::Restored => &mut self.sums.restored,
            Held::LeftInBin => &mut self.sums.kept_in_bin,
            Held::BroughtBack => &mut self.sums.brought_back,
            Held::LeftInGrave => &mut self.sums.kept_deleted,
        };
        *sum += 1;
        match held {
            Held::New if read.by_content => self.by_content += 1,
            Held::Restored => self.store.restore.push(record.id),
            Held::BroughtBack => self.store.bring_back.push(record.id),
            _ => {}
        }
        if let (false, Some(known)) = (read.has_created, known) {
            record.created = known.created;
        }
        if !held.is_stored() {
            return;
        }
        record.created = record.created.min(self.now);
        if record.modified > self.now {
            self.ahead += 1;
            // So that real later work, from wherever it comes, is later than this.
            record.modified = if held == Held::New { record.created } else { self.now };
        }
        self.store.records.push(record);
    }

    /// After the last file: what is to be stored, and what is said of it.
    pub(super) fn done(mut self) -> (ToStore, Imported) {
        if self.by_content > 0 {
            let came = counted(self.by_content, "new record has no id", "new records have no id");
            let then = "What is changed in the file and imported again comes in as another record, beside the first.";
            self.sums.notes.push(format!("{came}. {then}"));
        }
        let versions = self.store.versions.values().map(Vec::len).sum::<usize>();
        if versions > 0 {
            let came = counted(versions, "former version of a record came", "former versions of records came");
            self.sums.notes.push(format!("{came} along."));
        }
        if self.strange > 0 {
            let were = counted(self.strange, "former version of a record was", "former versions of records were");
            self.sums.notes.push(format!("{were} left out, being of no form that is known here."));
        }
        if self.ahead > 0 {
            let says = counted(self.ahead, "record says that it was", "records say that they were");
            let then = "A clock ran ahead there, so nothing that was written since gives way to it.";
            self.sums.notes.push(format!("{says} last changed at a time that is still to come. {then}"));
        }
        // In the order of days the table grows at its end.
        self.store.records.sort_by_key(|record| (record.date, record.id));
        (self.store, self.sums)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use exchange::TakenDraft;
    use serde_json::json;

    use super::*;
    use crate::Clock;

    #[test]
    fn a_content_that_came_inside_the_file_needs_none_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let clock = Clock::fixed("2026-06-12".parse().unwrap());
        let vault = OpenVault::create(&home.path().join("vault"), "four unrelated small words", clock).unwrap().vault;
        let sha256 = Sha256Hex::of(b"hello");
        let draft = |title: &str, bytes: u32| {
            let file = json!({ "name": "a.txt", "media_type": "text/plain", "sha256": sha256, "bytes": bytes });
            let draft = json!({ "kind": "reflection", "date": "2026-03-01", "title": title, "attachments": [file] });
            TakenDraft { draft: draft.as_object().unwrap().clone(), line: 1, by_content: false }
        };
        let take = |drafts: Vec<TakenDraft>| {
            let notes = vec!["One was passed over.".to_owned()];
            let attached = vec![b"hello".to_vec(), b"unnamed".to_vec()];
            let taken = Taken { about: drafts.len(), drafts: Box::new(drafts.into_iter().map(Ok)), attached, notes };
            let mut holding = Holding::begin(&vault, Importing::default()).unwrap();
            holding
                .take(&mut Beside::of(Path::new("in.zip")).unwrap(), Format::OpenForm, taken, &mut |_| ())
                .map(|()| holding.done())
        };
        let (store, sums) = take(vec![draft("One", 5), draft("Two", 5)]).unwrap();
        assert_eq!(store.contents.into_values().collect::<Vec<_>>(), [b"hello"], "what nothing names stays out");
        assert_eq!((sums.added, sums.notes.len(), store.beside.len()), (2, 1, 0));
        let refused = take(vec![draft("One", 6)]).err().unwrap();
        assert_eq!(refused.problems[0].field, "attachments[0].bytes");
    }
}
