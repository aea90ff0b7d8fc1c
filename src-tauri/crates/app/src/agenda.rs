//! What to bring to the next supervision, and ticking off what was agreed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::agenda::{Agenda, Papers, agenda};
use domain::caseload::Caseload;
use domain::framework::SupervisionType;
use domain::period::Period;
use domain::views::{ClinicalQuestion, Meeting, Parked, Person};
use domain::{Draft, Record};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::failure::{Code, Failure};
use crate::vault::OpenVault;

impl OpenVault {
    /// What to bring to the next supervision of one kind, or of all three.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn agenda(&self, with: Option<SupervisionType>) -> Result<Agenda, Failure> {
        self.agenda_of(with, &self.caseload()?)
    }

    /// The same, of a caseload that is known already.
    pub(crate) fn agenda_of(&self, with: Option<SupervisionType>, caseload: &Caseload) -> Result<Agenda, Failure> {
        let on = self.on(self.clock.today())?;
        let people = on.views("person", Period::ALWAYS, Person::of)?;
        // Few records say any of this, and the others need not be read.
        let said = on.holding(&["actions", "discussed", "for_supervision", "clinical_question"])?;
        let meetings: Vec<_> = said.iter().filter_map(Meeting::of).collect();
        let kinds: BTreeSet<&str> =
            self.kinds.with_field("for_supervision").chain(self.kinds.with_field("clinical_question")).collect();
        let entries = || said.iter().filter(|record| kinds.contains(record.kind.as_str()));
        let parked: Vec<_> = entries().filter_map(Parked::of).collect();
        let questions: Vec<_> = entries().filter_map(ClinicalQuestion::of).collect();
        let (parked, questions) = (&parked, &questions);
        let papers = Papers { meetings: &meetings, parked, questions, people: &people, caseload: &caseload.to_discuss };
        Ok(agenda(papers, with, self.clock.today()))
    }

    /// Marks something that was agreed in a supervision as done since a day; `number` counts that supervision's actions
    /// from 1. What is done already stays as it is.
    ///
    /// # Errors
    /// When there is no such supervision or action, or the day does not fit.
    pub fn done_action(&mut self, supervision: Uuid, number: u32, day: NaiveDate) -> Result<Record, Failure> {
        let record = self.record(supervision)?;
        let mut draft = record.to_draft();
        match action(&mut draft, number) {
            _ if record.kind != "supervision" => {
                Err(Failure::new(format!("\"{}\" is not a supervision.", record.title)).code(Code::NoAction))
            }
            None => {
                let failure = Failure::new(format!("\"{}\" has no action number {number}.", record.title));
                Err(failure.code(Code::NoAction))
            }
            Some(action) if action.get("done").is_some_and(|done| !done.is_null()) => Ok(record),
            Some(action) => {
                action["done"] = json!(day);
                // Someone may be changing the same record: saving would drop what they typed.
                let typed = self.drafts()?.into_iter().find(|kept| kept.id == supervision);
                let record = self.save(&draft)?;
                if let Some(mut typed) = typed {
                    if let Some(action) = self::action(&mut typed.draft, number) {
                        action["done"] = json!(day);
                    }
                    self.keep_draft(supervision, &typed.draft)?;
                }
                Ok(record)
            }
        }
    }
}

/// The action with this number, if it is there and is a row.
fn action(draft: &mut Draft, number: u32) -> Option<&mut Value> {
    let at = usize::try_from(number.checked_sub(1)?).ok()?;
    draft.get_mut("actions")?.as_array_mut()?.get_mut(at).filter(|row| row.is_object())
}
