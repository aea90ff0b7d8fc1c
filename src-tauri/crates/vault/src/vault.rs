//! An open vault: reading it, and writing to it through one transaction at a time.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use domain::views::{Session, SessionSum, Supervision};
use domain::{Draft, Evidence, Kinds, Record, Tally};
use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use crate::error::VaultError;
use crate::folder::Folder;
use crate::generation::Mark;
use crate::keys::{DataKey, KeyFile, RecoveryKey};
use crate::open::{self, Opened};
use crate::table::bin::{self, Binned};
use crate::table::draft::KeptDraft;
use crate::table::list::{self, Filter};
use crate::table::record::{Before, Claimed};
use crate::table::search::Found;
use crate::table::version::{self, Version};
use crate::table::{
    attachment, draft, evidence, generation, installed, mention, record, release, search, session, supervision,
};
use crate::verify::{Verified, verify};

/// Under which name a vault's day of birth is installed.
const CREATED: &str = "vault-created";

/// A vault that is open and locked against other windows until it is closed or dropped.
pub struct Vault {
    // Before the folder: the database is closed before the lock is let go.
    connection: Connection,
    key: DataKey,
    key_file: RefCell<KeyFile>,
    mark: Mark,
    lost_changes: u64,
    unreadable: RefCell<BTreeSet<Uuid>>,
    folder: Folder,
}

/// Shows the folder only: the rest is keys and what they keep.
impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("folder", &self.folder()).finish_non_exhaustive()
    }
}

impl TryFrom<Opened> for Vault {
    type Error = VaultError;

    fn try_from(Opened { connection, key, key_file, mark, folder }: Opened) -> Result<Vault, VaultError> {
        let (number, lost) = generation::numbers(&connection)?;
        let lost_changes = lost + mark.seen().saturating_sub(number);
        let unreadable = RefCell::default();
        Ok(Vault { connection, key, key_file: RefCell::new(key_file), mark, lost_changes, unreadable, folder })
    }
}

impl Vault {
    /// Makes a vault in a new or empty folder. The recovery key is shown once and stored nowhere.
    ///
    /// # Errors
    /// [`VaultError::Exists`], [`VaultError::NotEmpty`], [`VaultError::WeakPassphrase`], or what the disk says; nothing
    /// half-made stays behind.
    pub fn create(dir: &Path, passphrase: &str, now: DateTime<Utc>) -> Result<(Vault, RecoveryKey), VaultError> {
        let born = |connection: &Connection| installed::put(connection, CREATED, &now.to_rfc3339());
        let (opened, shown) = open::create(dir, passphrase, born)?;
        Ok((opened.try_into()?, shown))
    }

    /// Opens a vault with its passphrase, after bringing an older one up to date.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::NotAVault`], [`VaultError::Incomplete`], [`VaultError::InUse`],
    /// [`VaultError::WrongPassphrase`], [`VaultError::Newer`], [`VaultError::Damaged`].
    pub fn open(dir: &Path, passphrase: &str) -> Result<Vault, VaultError> {
        Vault::try_from(open::open(dir, |file| file.unwrap_by_passphrase(passphrase))?)?.swept()
    }

    /// Opens a vault with its recovery key; capitals, spaces and dashes do not matter.
    ///
    /// # Errors
    /// As [`Vault::open`], with [`VaultError::MistypedRecoveryKey`] and [`VaultError::WrongRecoveryKey`].
    pub fn open_with_recovery_key(dir: &Path, key: &str) -> Result<Vault, VaultError> {
        Vault::try_from(open::open(dir, |file| file.unwrap_by_recovery_key(key))?)?.swept()
    }

    /// Forgets attachments that no record and no draft names any more. Only now, when the vault is opened: until it was
    /// closed, a draft that was discarded or a file that was taken away could still be brought back. A vault that went
    /// back in time is left as it was found.
    fn swept(mut self) -> Result<Vault, VaultError> {
        if self.lost_changes == 0 && attachment::any_unused(&self.connection)? {
            self.transact(|writer| attachment::forget_unused(writer.connection))?;
        }
        Ok(self)
    }

    /// Sets another passphrase, at today's cost. Rewrites the key file and no data.
    ///
    /// # Errors
    /// [`VaultError::WeakPassphrase`], or what the disk says; the old passphrase then still opens the vault.
    pub fn change_passphrase(&self, new: &str) -> Result<(), VaultError> {
        let file = self.key_file.borrow().with_passphrase(new, &self.key)?;
        self.replace_key_file(file)
    }

    /// Makes a new recovery key; the one before no longer opens the vault. Rewrites the key file and no data.
    ///
    /// # Errors
    /// What the disk says; the old recovery key then still opens the vault.
    pub fn new_recovery_key(&self) -> Result<RecoveryKey, VaultError> {
        let (file, shown) = self.key_file.borrow().with_new_recovery_key(&self.key)?;
        self.replace_key_file(file)?;
        Ok(shown)
    }

    fn replace_key_file(&self, file: KeyFile) -> Result<(), VaultError> {
        self.folder.write_key(&file.written()?)?;
        self.key_file.replace(file);
        Ok(())
    }

    /// The vault's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How many changes were saved in this folder that the database no longer holds; 0 when all is well. More means that
    /// something put an older `vault.db` back, such as a synchronised folder: worth a warning whenever the vault is
    /// opened, until it is acknowledged.
    #[must_use]
    pub fn lost_changes(&self) -> u64 {
        self.lost_changes
    }

    /// The coach knows that changes were lost: no more warnings of these.
    ///
    /// # Errors
    /// What the disk says.
    pub fn acknowledge_loss(&mut self) -> Result<(), VaultError> {
        // The change itself first notes what is lost; only then that is forgotten, in a change of its own.
        self.transact(|_| Ok::<_, VaultError>(()))?;
        self.transact(|writer| generation::acknowledge(writer.connection))?;
        self.lost_changes = 0;
        Ok(())
    }

    /// Copies the vault, open as it is, into a new or empty folder: a vault of its own with the same passphrase and
    /// recovery key.
    ///
    /// # Errors
    /// [`VaultError::Exists`], [`VaultError::NotEmpty`], or what the disk says; nothing half-made stays behind.
    pub fn copy_to(&self, dir: &Path) -> Result<(), VaultError> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        let (folder, made) = Folder::create(dir)?;
        let copied = folder.copy_from(&self.folder);
        if copied.is_err() {
            folder.clear(made);
        }
        copied
    }

    /// Does all of the work or none of it. When this returns, what was written outlasts a power loss.
    ///
    /// # Errors
    /// What the work says, or [`VaultError`] when it could not be stored; then nothing of it is kept.
    pub fn transact<T, E: From<VaultError>>(&mut self, work: impl FnOnce(&Writer<'_>) -> Result<T, E>) -> Result<T, E> {
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(VaultError::from)?;
        let done = work(&Writer { connection: &transaction })?;
        let number = generation::next(&transaction, self.mark.seen())?;
        transaction.commit().map_err(VaultError::from)?;
        self.mark.note(number, &self.key);
        Ok(done)
    }

    /// The record with this id, if there is one.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn record(&self, id: Uuid) -> Result<Option<Record>, VaultError> {
        record::get(&self.connection, id)
    }

    /// The records that the filter lets through, newest first. One that does not read is left out and named by
    /// [`Vault::unreadable`].
    ///
    /// # Errors
    /// When the database does not read.
    pub fn records(&self, filter: &Filter) -> Result<Vec<Record>, VaultError> {
        list::list(&self.connection, filter, |id| {
            self.unreadable.borrow_mut().insert(id);
        })
    }

    /// The records that were asked for since the vault was opened and could not be read, if there were any.
    #[must_use]
    pub fn unreadable(&self) -> Vec<Uuid> {
        self.unreadable.borrow().iter().copied().collect()
    }

    /// How many records the filter lets through; its limit and offset do not count.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn count(&self, filter: &Filter) -> Result<u64, VaultError> {
        list::count(&self.connection, filter)
    }

    /// Records that hold every word of the query, newest first. A phrase stands in quotation marks; a word that ends in
    /// `*` stands for all that begin like it.
    ///
    /// # Errors
    /// When the database does not read; never because of what the query says.
    pub fn search(&self, query: &str, kind: Option<&str>, limit: u32) -> Result<Found, VaultError> {
        search::search(&self.connection, query, kind, limit)
    }

    /// What every record counts as, newest first.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn evidence(&self) -> Result<Vec<Evidence>, VaultError> {
        evidence::all(&self.connection)
    }

    /// What there is of each kind of evidence for each competency until a day, however large the vault.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn tallies(&self, today: NaiveDate) -> Result<Vec<Tally>, VaultError> {
        evidence::tallies(&self.connection, today)
    }

    /// The numbers of the competencies that there is evidence for.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn competencies(&self) -> Result<Vec<String>, VaultError> {
        evidence::competencies(&self.connection)
    }

    /// The records that claim a competency and are dated until a day, newest first, each with the hash of what it says.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn claimed(&self, competency: &str, to: NaiveDate) -> Result<Vec<Claimed>, VaultError> {
        record::claimed(&self.connection, competency, to)
    }

    /// The SHA-256 of what a record says ([`Record::content`]) in lower-case hexadecimal.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn content_of(&self, id: Uuid) -> Result<Option<String>, VaultError> {
        record::content_of(&self.connection, id)
    }

    /// The same with the times at which it was saved.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn standing(&self, id: Uuid) -> Result<Option<Claimed>, VaultError> {
        record::standing(&self.connection, id)
    }

    /// The sessions of a period, as far as hours are concerned, newest first; both days belong to it.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn sessions(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Vec<Session>, VaultError> {
        session::of_period(&self.connection, from, to)
    }

    /// The sessions of a period that were attended, added up by sort; both days belong to it.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn session_sums(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Vec<SessionSum>, VaultError> {
        session::sums(&self.connection, from, to)
    }

    /// The day of the first session that was attended.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn first_session(&self) -> Result<Option<NaiveDate>, VaultError> {
        session::first(&self.connection)
    }

    /// The supervisions of a period, newest first, as far as the rhythm is concerned; and of each type, when the period has
    /// a beginning, the last one to one before it.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn supervisions(&self, from: Option<NaiveDate>, to: NaiveDate) -> Result<Vec<Supervision>, VaultError> {
        supervision::of_period(&self.connection, from, to)
    }

    /// The records that name this one in one of their fields, oldest first, so many at most.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn mentions(&self, id: Uuid, limit: u32) -> Result<Vec<Uuid>, VaultError> {
        mention::of(&self.connection, id, limit)
    }

    /// An attachment's content by its SHA-256 in lower-case hexadecimal.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn attachment(&self, sha256: &str) -> Result<Option<Vec<u8>>, VaultError> {
        attachment::get(&self.connection, sha256)
    }

    /// Whether a content with this SHA-256 is in the vault.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn has_attachment(&self, sha256: &str) -> Result<bool, VaultError> {
        attachment::is_there(&self.connection, sha256)
    }

    /// How many bytes the content with this SHA-256 has, if it is in the vault.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn attachment_length(&self, sha256: &str) -> Result<Option<u64>, VaultError> {
        attachment::length(&self.connection, sha256)
    }

    /// Which of these ids no record has.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn strangers(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<Uuid>, VaultError> {
        let mut strangers = Vec::new();
        for id in ids {
            if record::content_of(&self.connection, id)?.is_none() {
                strangers.push(id);
            }
        }
        Ok(strangers)
    }

    /// What a record said before it was changed, newest first.
    ///
    /// # Errors
    /// When the database does not read, or one of the versions.
    pub fn versions(&self, id: Uuid) -> Result<Vec<Version>, VaultError> {
        version::of(&self.connection, id)
    }

    /// What is in the bin, last deleted first.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn bin(&self) -> Result<Vec<Binned>, VaultError> {
        bin::all(&self.connection, |id| {
            self.unreadable.borrow_mut().insert(id);
        })
    }

    /// Whether a record is in the bin.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn is_binned(&self, id: Uuid) -> Result<bool, VaultError> {
        bin::holds(&self.connection, id)
    }

    /// Empties the bin: of what was in it, and of any former version of it, no trace stays in the vault's files. Takes a
    /// moment, since the database is written anew. Gives how many records that were.
    ///
    /// # Errors
    /// What the disk says. When only the wiping failed, the bin is empty and the next emptying makes up for it.
    pub fn empty_bin(&mut self) -> Result<u64, VaultError> {
        let emptied = self.transact(|writer| bin::empty(writer.connection))?;
        bin::wipe(&self.connection)?;
        Ok(emptied)
    }

    /// What was typed and not yet saved, newest first.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn drafts(&self) -> Result<Vec<KeptDraft>, VaultError> {
        draft::all(&self.connection)
    }

    /// The log of what was given out, the latest first, each as it was noted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn releases(&self) -> Result<Vec<String>, VaultError> {
        release::all(&self.connection)
    }

    /// What was installed under a name, such as an employer's framework.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn installed(&self, name: &str) -> Result<Option<String>, VaultError> {
        installed::get(&self.connection, name)
    }

    /// Checks every page, row, link, attachment and search entry.
    ///
    /// # Errors
    /// When the check itself could not run; what it finds is in the answer.
    pub fn verify(&self) -> Result<Verified, VaultError> {
        verify(&self.connection, self.lost_changes)
    }

    /// Takes a vault away again that was just made and could not be filled, with its folder if that was made for it.
    pub fn discard(self, folder_too: bool) {
        let Vault { connection, folder, .. } = self;
        // What is thrown away need not close well.
        drop(connection);
        folder.clear(folder_too);
    }

    /// Closes the vault and leaves one whole file behind. Dropping it does the same, without telling what went wrong.
    ///
    /// # Errors
    /// What the disk says; what was saved before stays saved.
    pub fn close(self) -> Result<(), VaultError> {
        let Vault { connection, folder, .. } = self;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        connection.close().map_err(|(_, error)| error)?;
        drop(folder);
        Ok(())
    }
}

/// Writes, inside one [`Vault::transact`].
pub struct Writer<'a> {
    connection: &'a Connection,
}

impl std::fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer")
    }
}

impl Writer<'_> {
    /// Inserts a record, or replaces the one with its id; exactly as given, `created` and `modified` included. When it says
    /// something else than before, what stood there is kept as a version.
    ///
    /// # Errors
    /// [`VaultError::AttachmentMissing`] unless the contents are put first, [`VaultError::DayFull`],
    /// [`VaultError::InBin`], [`VaultError::NotKept`], or what the disk says.
    pub fn save(&self, record: &Record, kinds: &Kinds) -> Result<(), VaultError> {
        record::save(self.connection, record, kinds, Before::Keep)
    }

    /// The same without keeping a version: for what is saved again and again while it is being written.
    ///
    /// # Errors
    /// As [`Writer::save`].
    pub fn save_on(&self, record: &Record, kinds: &Kinds) -> Result<(), VaultError> {
        record::save(self.connection, record, kinds, Before::Forget)
    }

    /// Many records follow in this transaction: the search index is gathered and merged once, by [`Writer::settle`].
    ///
    /// # Errors
    /// What the disk says.
    pub fn in_bulk(&self) -> Result<(), VaultError> {
        search::in_bulk(self.connection)
    }

    /// The many records are there.
    ///
    /// # Errors
    /// What the disk says.
    pub fn settle(&self) -> Result<(), VaultError> {
        search::settle(self.connection)
    }

    /// Moves a record into the bin with its versions and attachments, and says whether there was one.
    ///
    /// # Errors
    /// What the disk says.
    pub fn bin(&self, id: Uuid, now: DateTime<Utc>) -> Result<bool, VaultError> {
        bin::put(self.connection, id, now)
    }

    /// Brings a record back from the bin as it was; nothing when it is not there.
    ///
    /// # Errors
    /// As [`Writer::save`].
    pub fn restore(&self, id: Uuid, kinds: &Kinds) -> Result<Option<Record>, VaultError> {
        bin::restore(self.connection, id, kinds)
    }

    /// Removes a record with its links, and says whether there was one.
    ///
    /// # Errors
    /// What the disk says.
    pub fn remove(&self, id: Uuid) -> Result<bool, VaultError> {
        record::remove(self.connection, id)
    }

    /// The record with this id, with what this transaction has written so far.
    ///
    /// # Errors
    /// When the database does not read.
    pub fn record(&self, id: Uuid) -> Result<Option<Record>, VaultError> {
        record::get(self.connection, id)
    }

    /// Keeps an attachment's content and gives its SHA-256; the same content is kept once.
    ///
    /// # Errors
    /// What the disk says.
    pub fn put_attachment(&self, content: &[u8]) -> Result<String, VaultError> {
        attachment::put(self.connection, content)
    }

    /// Keeps what was typed so far, in place of what was kept under this id before.
    ///
    /// # Errors
    /// What the disk says.
    pub fn keep_draft(&self, id: Uuid, draft: &Draft, now: DateTime<Utc>) -> Result<(), VaultError> {
        draft::put(self.connection, id, draft, now)
    }

    /// Drops a draft; there need not be one.
    ///
    /// # Errors
    /// What the disk says.
    pub fn drop_draft(&self, id: Uuid) -> Result<(), VaultError> {
        draft::remove(self.connection, id)
    }

    /// Installs a text under a name, in place of the one before.
    ///
    /// # Errors
    /// What the disk says.
    pub fn install(&self, name: &str, content: &str) -> Result<(), VaultError> {
        installed::put(self.connection, name, content)
    }

    /// Adds to the log of what was given out; nothing is ever taken out of it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note_release(&self, content: &str) -> Result<(), VaultError> {
        release::add(self.connection, content)
    }

    /// Takes away what was installed under a name; there need not be anything.
    ///
    /// # Errors
    /// What the disk says.
    pub fn uninstall(&self, name: &str) -> Result<(), VaultError> {
        installed::remove(self.connection, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word that is nowhere else, which the stemmer leaves alone; another for each place it could stay in.
    fn record(n: u128, text: &str) -> Record {
        let fields = serde_json::json!({
            "id": Uuid::from_u128(n), "kind": "reflection", "date": "2026-01-05", "title": format!("{text} title"),
            "body": format!("{text} body").repeat(300), "tags": [text], "answers": [{ "prompt": "p", "text": text }],
            "claims": [{ "competency": "1.3", "reason": text }], "unknown": text,
            "created": "2026-01-05T10:00:00Z", "modified": "2026-01-05T10:00:00Z",
        });
        serde_json::from_value(fields).unwrap()
    }

    /// Every page of the database as it is decrypted, those that are free included.
    fn pages(vault: &mut Vault) -> Vec<u8> {
        vault.connection.serialize(rusqlite::MAIN_DB).unwrap().to_vec()
    }

    fn holds(pages: &[u8], word: &str) -> bool {
        pages.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
    }

    #[test]
    fn what_the_bin_was_emptied_of_leaves_no_trace() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("vault");
        let kinds = Kinds::shipped();
        let now = "2026-01-05T10:00:00Z".parse().unwrap();
        let (mut vault, _) = Vault::create(&folder, "a passphrase", now).unwrap();
        let save = |vault: &mut Vault, record: &Record| vault.transact(|writer| writer.save(record, &kinds)).unwrap();
        for n in 0..200 {
            save(&mut vault, &record(1_000 + n, &format!("plain{n}")));
        }
        // One that said something else before, is still drafted, and has a file; and one that stays, and was moved about.
        save(&mut vault, &record(1, "zyxqwone"));
        save(&mut vault, &record(1, "zyxqwtwo"));
        let file = b"zyxqwfile is in here".as_slice();
        let mut last = record(1, "zyxqwthree");
        let sha256 = vault.transact(|writer| writer.put_attachment(file)).unwrap();
        last.attachments.push(domain::Attachment {
            name: "zyxqwname".to_owned(),
            media_type: "text/plain".to_owned(),
            sha256,
            bytes: 20,
            other: serde_json::Map::new(),
        });
        save(&mut vault, &last);
        vault
            .transact(|writer| writer.keep_draft(last.id, &record(1, "zyxqwdraft").to_draft(), now))
            .map_err(|error: VaultError| error)
            .unwrap();
        for n in 200..400 {
            save(&mut vault, &record(1_000 + n, &format!("plain{n}")));
        }
        let words = ["zyxqwone", "zyxqwtwo", "zyxqwthree", "zyxqwfile", "zyxqwname", "zyxqwdraft"];
        let before = pages(&mut vault);
        assert!(words.iter().all(|word| holds(&before, word)), "the test sees what is there");
        vault.transact(|writer| writer.bin(last.id, now)).unwrap();
        assert!(holds(&pages(&mut vault), "zyxqwthree"), "it could still be brought back");
        assert_eq!(vault.empty_bin().unwrap(), 1);
        let after = pages(&mut vault);
        for trace in ["zyxqw", "xqw"] {
            assert!(!holds(&after, trace), "{trace}");
        }
        assert!(holds(&after, "plain399"));
        // Nor does the log of changes hold anything.
        assert_eq!(std::fs::metadata(folder.join("vault.db-wal")).map_or(0, |log| log.len()), 0);
        let found = vault.verify().unwrap();
        assert_eq!((found.records, found.problems), (400, Vec::new()));
        vault.close().unwrap();
        let mut vault = Vault::open(&folder, "a passphrase").unwrap();
        assert!(!holds(&pages(&mut vault), "zyxqw"));
        assert_eq!(vault.search("plain7", None, 5).unwrap().total, 1);
    }
}
