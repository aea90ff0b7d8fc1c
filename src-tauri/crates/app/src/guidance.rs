//! Rules of thumb, and putting away what they said.

use domain::caseload::Caseload;
use domain::framework::SupervisionType;
use domain::guidance::{COUNTING_MONTHS, Lately, Note, guidance, in_two_roles, looked_at};
use domain::period::Period;
use domain::rhythm::Rhythm;
use domain::views::{Learning, Person, Practice, Supervision};
use domain::{Ledger, Standing};

use crate::failure::{Code, Failure};
use crate::installed;
use crate::vault::OpenVault;

impl OpenVault {
    /// What the rules of thumb say, newest first; what was put away is marked.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn guidance(&self) -> Result<Vec<Note>, Failure> {
        let ledger = self.ledger(self.clock.today())?;
        let rhythms = Standing::of(&self.framework, &ledger).rhythms;
        self.guidance_of(&ledger, &rhythms, &self.caseload()?)
    }

    /// The same out of what is known already.
    pub(crate) fn guidance_of(
        &self,
        ledger: &Ledger,
        rhythms: &[Rhythm],
        caseload: &Caseload,
    ) -> Result<Vec<Note>, Failure> {
        let today = ledger.today;
        let on = self.on(today)?;
        let learning = on.views("learning", Period::ALWAYS, Learning::of)?;
        let young = learning.iter().filter(|learnt| learnt.young_people && learnt.date <= today);
        let coaching = rhythms.iter().find(|rhythm| rhythm.supervision == SupervisionType::HealthCoaching);
        let training = self.training(today)?;
        let of_late = Period::months_until(COUNTING_MONTHS, today);
        let gave = on.views("supervision", of_late, |record| {
            let supervision = Supervision::of(record)?;
            Some((record.reference("supervisor")?, supervision.supervision, supervision.date))
        })?;
        let people = on.views("person", Period::ALWAYS, Person::of)?;
        Ok(guidance(Lately {
            today,
            clients: &caseload.clients,
            sessions: &on.views("session", looked_at(today), Practice::of)?,
            without: coaching.map_or(&[], |rhythm| &rhythm.without),
            young_people_since: young.map(|learnt| learnt.date).min(),
            training: &training,
            in_two_roles: &in_two_roles(&people, &gave, today),
            agreements: &ledger.agreements,
            put_away: &self.put_away()?,
        }))
    }

    /// Puts a note away, so that it is not said again.
    ///
    /// # Errors
    /// When nothing is said under this key, or the vault cannot be written.
    pub fn put_guidance_away(&mut self, key: &str) -> Result<(), Failure> {
        if !self.guidance()?.iter().any(|note| note.key == key) {
            return Err(no_such(key));
        }
        let mut keys = self.put_away()?;
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
            self.keep_put_away(&keys)?;
        }
        Ok(())
    }

    /// Brings back a note that was put away.
    ///
    /// # Errors
    /// When it was not put away, or the vault cannot be written.
    pub fn bring_guidance_back(&mut self, key: &str) -> Result<(), Failure> {
        let mut keys = self.put_away()?;
        let before = keys.len();
        keys.retain(|known| known != key);
        if keys.len() == before { Err(no_such(key)) } else { self.keep_put_away(&keys) }
    }

    fn put_away(&self) -> Result<Vec<String>, Failure> {
        let text = self.vault.installed().get(installed::PUT_AWAY)?;
        // What cannot be read was not written here: better to say something twice than nothing at all.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    fn keep_put_away(&mut self, keys: &[String]) -> Result<(), Failure> {
        let text = serde_json::json!(keys).to_string();
        self.vault.transact(|writer| Ok(writer.installed().put(installed::PUT_AWAY, &text)?))
    }
}

fn no_such(key: &str) -> Failure {
    Failure::new(format!("There is no note with the key \"{key}\".")).code(Code::NoNote)
}
