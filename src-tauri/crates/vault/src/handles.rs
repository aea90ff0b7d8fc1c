//! A handle for each table: `vault.records()` reads, `writer.records()` writes inside a transaction. What a handle can
//! do is in the file that holds its table's SQL.

use crate::database::Writer;
use crate::table::attachment::{Attachments, AttachmentsMut};
use crate::table::bin::Bin;
use crate::table::draft::{Drafts, DraftsMut};
use crate::table::evidence::EvidenceIndex;
use crate::table::installed::{Installed, InstalledMut};
use crate::table::mention::Mentions;
use crate::table::record::{Records, RecordsMut};
use crate::table::release::{Releases, ReleasesMut};
use crate::table::search::{Search, SearchMut};
use crate::table::session::Sessions;
use crate::table::supervision::Supervisions;
use crate::table::tombstone::{Tombstones, TombstonesMut};
use crate::table::version::Versions;
use crate::table::visit::Visits;
use crate::vault::Vault;

impl Vault {
    /// The records that are not in the bin.
    #[must_use]
    pub fn records(&self) -> Records<'_> {
        Records(&self.database)
    }

    /// Records by the words in them.
    #[must_use]
    pub fn search(&self) -> Search<'_> {
        Search(&self.database)
    }

    /// What the records count as.
    #[must_use]
    pub fn evidence(&self) -> EvidenceIndex<'_> {
        EvidenceIndex(&self.database)
    }

    /// The sessions, as far as hours are concerned.
    #[must_use]
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions(&self.database)
    }

    /// The sessions, as far as the caseload is concerned.
    #[must_use]
    pub fn visits(&self) -> Visits<'_> {
        Visits(&self.database)
    }

    /// The supervisions, as far as the rhythm is concerned.
    #[must_use]
    pub fn supervisions(&self) -> Supervisions<'_> {
        Supervisions(&self.database)
    }

    /// Which record names which other.
    #[must_use]
    pub fn mentions(&self) -> Mentions<'_> {
        Mentions(&self.database)
    }

    /// The content of attached files.
    pub fn attachments(&self) -> Attachments<'_> {
        Attachments(&self.database)
    }

    /// What records said before they were changed.
    #[must_use]
    pub fn versions(&self) -> Versions<'_> {
        Versions(&self.database)
    }

    /// What was deleted and can still be brought back.
    #[must_use]
    pub fn bin(&self) -> Bin<'_> {
        Bin(&self.database)
    }

    /// What was deleted for good.
    #[must_use]
    pub fn tombstones(&self) -> Tombstones<'_> {
        Tombstones(&self.database)
    }

    /// What was typed and not yet saved.
    #[must_use]
    pub fn drafts(&self) -> Drafts<'_> {
        Drafts(&self.database)
    }

    /// The log of what was given out.
    #[must_use]
    pub fn releases(&self) -> Releases<'_> {
        Releases(&self.database)
    }

    /// What was installed in this vault, by name.
    #[must_use]
    pub fn installed(&self) -> Installed<'_> {
        Installed(&self.database)
    }
}

impl<'a> Writer<'a> {
    /// What records said before, with what this transaction has kept so far.
    #[must_use]
    pub fn versions(&self) -> Versions<'a> {
        Versions(self.0)
    }

    /// What is in the bin, with what this transaction has put there so far.
    #[must_use]
    pub fn bin(&self) -> Bin<'a> {
        Bin(self.0)
    }

    /// The sessions, with what this transaction has logged so far.
    #[must_use]
    pub fn sessions(&self) -> Sessions<'a> {
        Sessions(self.0)
    }

    /// The supervisions, with what this transaction has logged so far.
    #[must_use]
    pub fn supervisions(&self) -> Supervisions<'a> {
        Supervisions(self.0)
    }

    /// Saves, deletes and restores records.
    #[must_use]
    pub fn records(&self) -> RecordsMut<'a> {
        RecordsMut(self.0)
    }

    /// Takes tombstones away, so that what was deleted for good may come back.
    #[must_use]
    pub fn tombstones(&self) -> TombstonesMut<'a> {
        TombstonesMut(self.0)
    }

    /// Prepares the search index for many records at once.
    #[must_use]
    pub fn search(&self) -> SearchMut<'a> {
        SearchMut(self.0)
    }

    /// Keeps the content of attached files.
    #[must_use]
    pub fn attachments(&self) -> AttachmentsMut<'a> {
        AttachmentsMut(self.0)
    }

    /// Keeps what is being typed.
    #[must_use]
    pub fn drafts(&self) -> DraftsMut<'a> {
        DraftsMut(self.0)
    }

    /// Adds to the log of what was given out.
    #[must_use]
    pub fn releases(&self) -> ReleasesMut<'a> {
        ReleasesMut(self.0)
    }

    /// Installs texts by name.
    #[must_use]
    pub fn installed(&self) -> InstalledMut<'a> {
        InstalledMut(self.0)
    }
}
