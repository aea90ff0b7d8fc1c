//! One line between two sessions: shown as it is understood, then logged as a session or kept as a draft to write on.

use domain::followup::{Followup, followups};
use domain::jotting::{Habits, Jotting};
use domain::{Draft, Record};
use serde::Serialize;
use uuid::Uuid;
use vault::Filter;

use crate::failure::Failure;
use crate::vault::OpenVault;

/// How many of the newest sessions say how the coach usually works, and who is being seen.
const NEWEST: u32 = 200;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Jotted {
    /// A session, and what usually follows it.
    Logged {
        /// As it was saved.
        record: Box<Record>,
        /// Offered, and nothing more.
        followups: Vec<Followup>,
    },
    /// A reflection to write on.
    Kept {
        /// The draft's id.
        id: Uuid,
        /// What it holds so far.
        draft: Draft,
    },
}

impl OpenVault {
    /// How a line is understood; nothing when it says nothing that makes a session or an idea.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn jotting(&self, line: &str) -> Result<Option<Jotting>, Failure> {
        let sessions = Filter { kind: Some("session".to_owned()), limit: Some(NEWEST), ..Filter::default() };
        let habits = Habits::of(&self.vault.records().list(&sessions)?);
        Ok(Jotting::of(line, &habits, &self.kinds, self.clock.today()))
    }

    /// Keeps what a line is understood as.
    ///
    /// # Errors
    /// When it is not understood, or something is still missing; nothing is kept then.
    pub fn jot(&mut self, line: &str) -> Result<Jotted, Failure> {
        let jotting = self.jotting(line)?.ok_or_else(|| {
            Failure::new("That line says neither who you saw nor how long it took.")
                .hint("Such as \"A 50 video\", \"group 7 90 f2f\", \"dna B yesterday\", or \"idea: …\" for a thought to write on.")
        })?;
        if !jotting.missing.is_empty() {
            return Err(Failure::new(jotting.missing.join(" ")));
        }
        if jotting.is_idea() {
            let id = Uuid::now_v7();
            self.keep_draft(id, &jotting.draft)?;
            return Ok(Jotted::Kept { id, draft: jotting.draft });
        }
        let record = self.save(&jotting.draft)?;
        let followups = followups(&record, &self.kinds);
        Ok(Jotted::Logged { record: Box::new(record), followups })
    }
}
