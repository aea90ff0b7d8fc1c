//! What Today's page shows, read at one go: it is the first page, and somebody waits for it.

use chrono::NaiveDate;
use domain::Standing;
use domain::agenda::Agenda;
use domain::gaps::Summary;
use domain::guidance::Note;
use domain::hours::Hours;
use domain::induction::{Topic, still_to_come};
use domain::period::Period;
use domain::plan::Step;
use domain::renewals::{Renewable, running_out};
use domain::rhythm::Rhythm;
use domain::views::{Learning, TrainingPlan};
use serde::Serialize;
use vault::KeptDraft;

use crate::failure::Failure;
use crate::vault::OpenVault;

/// What is worth knowing before the day begins.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Today {
    /// The day.
    pub today: NaiveDate,
    /// What the coach should know of the vault's files, a sentence or two each.
    pub doubts: Vec<String>,
    /// What is being written, newest first.
    pub drafts: Vec<KeptDraft>,
    /// Whether the coach has said anything about themselves.
    pub has_profile: bool,
    /// Trainings that run out within `NOTICE_DAYS` or have run out, soonest first.
    pub expiring: Vec<Renewable>,
    /// What the induction before the first referrals still lacks, for someone who is new or has begun to tick it.
    pub induction: Vec<Topic>,
    /// What to bring to the next supervision, whichever it is.
    pub agenda: Agenda,
    /// The three kinds of supervision: last, next due, missed.
    pub rhythms: Vec<Rhythm>,
    /// What the rules of thumb say and was not put away, newest first.
    pub guidance: Vec<Note>,
    /// What would close the most gaps; nothing where there is none to arrange.
    pub next: Option<Step>,
    /// Hours of coaching and the tier they reach.
    pub hours: Hours,
    /// How many of the competencies that are expected now stand where.
    pub summary: Summary,
}

impl OpenVault {
    /// All of Today's page.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn today(&self) -> Result<Today, Failure> {
        let today = self.clock.today();
        let on = self.on(today)?;
        let profile = on.profile()?;
        let plan = TrainingPlan::of(profile.as_ref());
        let ledger = self.ledger(today)?;
        let standing = Standing::of(&self.framework, &ledger);
        let caseload = self.caseload()?;
        let mut guidance = self.guidance_of(&ledger, &standing.rhythms, &caseload)?;
        guidance.retain(|note| !note.put_away);
        Ok(Today {
            today,
            doubts: self.doubts(),
            drafts: self.drafts()?,
            has_profile: profile.is_some(),
            expiring: running_out(&self.framework, &on.views("learning", Period::ALWAYS, Learning::of)?, &plan, today),
            induction: still_to_come(&self.framework, &plan, today),
            agenda: self.agenda_of(None, &caseload)?,
            guidance,
            next: standing.plan(&self.framework, &ledger).steps.into_iter().next(),
            rhythms: standing.rhythms,
            hours: standing.hours,
            summary: standing.gaps.summary,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use crate::{Clock, OpenVault};

    fn saved(vault: &mut OpenVault, fields: &Value) -> Uuid {
        vault.save(fields.as_object().unwrap()).unwrap().id
    }

    #[test]
    fn small_facts_are_counted_and_a_tick_spares_what_is_being_typed() {
        let home = tempfile::tempdir().unwrap();
        let clock = Clock::fixed("2026-06-12".parse().unwrap());
        let created = OpenVault::create(&home.path().join("vault"), "four unrelated small words", clock);
        let mut vault = created.unwrap().vault;
        let supervision = json!({
            "kind": "supervision", "date": "2026-05-12", "title": "May", "type": "clinical", "format": "individual",
            "minutes": 60, "actions": [{ "text": "Read", "due": "2026-06-11" }, { "text": "Rest" }]
        });
        let id = saved(&mut vault, &supervision);
        let asked = json!({
            "kind": "reflection", "date": "2026-06-01", "title": "Faint", "for_supervision": "clinical",
            "clinical_question": { "question": "Today?" }
        });
        saved(&mut vault, &asked);
        let course = json!({
            "kind": "learning", "date": "2025-06-30", "title": "First aid", "form": "course", "minutes": 60,
            "capability": "first-aid", "expires": "2026-06-30"
        });
        saved(&mut vault, &course);
        let today = vault.today().unwrap();
        let agenda = &today.agenda;
        let counts = (today.expiring.len(), agenda.questions.len(), agenda.parked.len(), today.guidance.len());
        assert_eq!(counts, (1, 1, 1, 0));
        assert_eq!(agenda.actions.iter().map(|action| action.overdue_days).collect::<Vec<_>>(), [1, 0]);

        let mut typed = vault.record(id).unwrap().to_draft();
        typed.insert("body".into(), json!("half a sent"));
        vault.keep_draft(id, &typed).unwrap();
        vault.done_action(id, 1, clock.today()).unwrap();
        assert_eq!(vault.today().unwrap().agenda.actions.len(), 1);
        let kept = &vault.drafts().unwrap()[0].draft;
        assert_eq!((&kept["body"], &kept["actions"][0]["done"]), (&json!("half a sent"), &json!("2026-06-12")));
    }
}
