//! What was read of a damaged vault, and what was not, without a word of what it said.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

/// What was read of a damaged vault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Rescued {
    /// Records, those that lack something among them.
    pub records: u64,
    /// Contents of attached files.
    pub attachments: u64,
    /// What records said before they were changed.
    pub versions: u64,
    /// Records in the bin.
    pub binned: u64,
    /// What was typed and not yet saved.
    pub drafts: u64,
    /// How many pages of the file were altered or cannot be read.
    pub damaged_pages: u32,
    /// How many it has.
    pub pages: u32,
    /// What could not be read.
    pub lost: Vec<Lost>,
}

/// Something that could not be read, as far as is known what it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Lost {
    /// A record.
    Record {
        /// Its id.
        id: Uuid,
        /// Its kind, such as `reflection`.
        kind: Option<String>,
        /// Its day.
        date: Option<NaiveDate>,
        /// What it said before is in the bin.
        earlier: bool,
    },
    /// Some of a record: its claims or the files that it names.
    PartOfRecord {
        /// Its id.
        id: Uuid,
    },
    /// The content of an attached file.
    Attachment {
        /// Its SHA-256 in hexadecimal.
        sha256: String,
        /// The records that name it.
        records: Vec<Uuid>,
    },
    /// What a record said once.
    Version {
        /// The record.
        record: Uuid,
        /// From 1, in the order in which they were kept.
        number: i64,
    },
    /// What was typed and not yet saved.
    Draft {
        /// The record's id.
        id: Uuid,
    },
    /// The sums that prove each page.
    Proof,
    /// It is not known which.
    Unknown {
        /// Of what, such as `records`.
        of: &'static str,
    },
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lost::Record { id, kind, date, earlier } => {
                write!(f, "Record {id}")?;
                match (kind, date) {
                    (Some(kind), Some(date)) => write!(f, " ({kind}, {date})")?,
                    (Some(of), None) => write!(f, " ({of})")?,
                    (None, Some(date)) => write!(f, " ({date})")?,
                    (None, None) => {}
                }
                f.write_str(" is damaged and could not be read")?;
                f.write_str(if *earlier { "; what it said before it was last changed is there." } else { "." })
            }
            Lost::PartOfRecord { id } => {
                write!(f, "Record {id} is damaged: some of its claims or attached files are missing.")
            }
            Lost::Attachment { sha256, records } => {
                write!(f, "The attached file {sha256} is damaged and could not be read")?;
                let named: Vec<String> = records.iter().map(Uuid::to_string).collect();
                if named.is_empty() {
                    f.write_str(".")
                } else {
                    write!(f, "; it belongs to record {}.", named.join(", "))
                }
            }
            Lost::Version { record, number } => {
                write!(f, "Former version {number} of record {record} is damaged and could not be read.")
            }
            Lost::Draft { id } => write!(f, "The draft {id} is damaged and could not be read."),
            Lost::Proof => f.write_str(
                "The beginning of vault.db is lost, and with it what proves each page. Records and attached files were \
                 checked by sums of their own; drafts and former versions are taken as they are.",
            ),
            Lost::Unknown { of } => write!(f, "Some {of} may be missing; which ones cannot be told."),
        }
    }
}

impl Rescued {
    /// Whether nothing is damaged.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.damaged_pages == 0 && self.lost.is_empty()
    }

    /// What is wrong, a sentence each.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let pages = (self.damaged_pages > 0).then(|| {
            let (count, are) = match self.damaged_pages {
                1 => ("1 page".to_owned(), "is"),
                many => (format!("{many} pages"), "are"),
            };
            let rest = if self.lost.is_empty() { " Nothing that was saved is lost by it." } else { "" };
            format!("{count} of the {} in vault.db {are} damaged.{rest}", self.pages)
        });
        pages.into_iter().chain(self.lost.iter().map(ToString::to_string)).collect()
    }
}
