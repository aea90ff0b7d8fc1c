//! The standards for a health-coaching supervisor: those who supervise the coach, and the coach's own case.

use chrono::NaiveDate;
use domain::Standing;
use domain::framework::SupervisionType;
use domain::own_case::{OwnCase, OwnPractice, OwnSupervisor, own_case};
use domain::period::Period;
use domain::standards::{SupervisorCheck, supervisor};
use domain::views::{Learning, Person, Statement, Supervision};
use serde::Serialize;
use uuid::Uuid;

use crate::failure::{Code, Failure};
use crate::vault::OpenVault;

/// Everyone who supervises the coach's health coaching, and the coach, checked against the standards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Standards {
    /// The day.
    pub today: NaiveDate,
    /// Each supervisor, by name.
    pub people: Vec<SupervisorCheck>,
    /// The coach's own case; nothing where one person was asked for.
    pub own: Option<OwnCase>,
}

impl OpenVault {
    /// Checks one person, or everyone who supervises the coach's health coaching and the coach too, against the
    /// standards.
    ///
    /// # Errors
    /// When that record is not a person, or the vault cannot be read.
    pub fn standards(&self, person: Option<Uuid>) -> Result<Standards, Failure> {
        let today = self.clock.today();
        let on = self.on(today)?;
        let mut people = match person {
            Some(id) => {
                let record = on.record(id)?;
                let person = Person::of(&record).ok_or_else(|| {
                    Failure::new(format!("\"{}\" is not a person.", record.title)).code(Code::NotAPerson)
                })?;
                vec![person]
            }
            None => on.views("person", Period::ALWAYS, Person::of)?,
        };
        if person.is_none() {
            people.retain(|person| person.role == "health-coaching-supervisor");
        }
        people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        let people = people.iter().map(|person| supervisor(&self.framework, person, today)).collect();
        let own = if person.is_none() { Some(self.own_case()?) } else { None };
        Ok(Standards { today, people, own })
    }

    fn own_case(&self) -> Result<OwnCase, Failure> {
        let today = self.clock.today();
        let caseload = Period::months_until(self.framework.caseload_months(), today);
        let on = self.on(today)?;
        let sums = on.sums(caseload)?;
        let caseload: u64 = sums.iter().filter(|sum| sum.nhs).map(|sum| sum.minutes).sum();
        let ledger = self.ledger(today)?;
        let names = on.views("person", Period::ALWAYS, Person::of)?;
        let of_late = Period::months_until(self.framework.supervision_months(), today);
        let received = on.views("supervision", of_late, |record| {
            let ours = |one: &Supervision| one.counts(SupervisionType::HealthCoaching, &ledger.others);
            Supervision::of(record).filter(ours).map(|one| (one.minutes, record.reference("supervisor")))
        })?;
        let by = |id: Uuid| names.iter().find(|person| person.id == id);
        let named = received.iter().filter_map(|(_, id)| id.and_then(by));
        let mut supervised_by: Vec<OwnSupervisor> = named
            .map(|person| OwnSupervisor {
                name: person.name.clone(),
                tier: person.tier,
                more_experienced: person.more_experienced,
            })
            .collect();
        supervised_by.sort();
        supervised_by.dedup();
        let hours = Standing::of(&self.framework, &ledger).hours;
        let practice = OwnPractice {
            tier: hours.tier,
            agreed_tier: hours.agreed_tier,
            caseload_minutes: u32::try_from(caseload).unwrap_or(u32::MAX),
            supervision_sessions: u32::try_from(received.len()).unwrap_or(u32::MAX),
            supervision_minutes: received.iter().map(|(minutes, _)| minutes).sum(),
            supervised_by: &supervised_by,
            statements: &on.views("statement", Period::ALWAYS, Statement::of)?,
            learning: &on.views("learning", Period::ALWAYS, Learning::of)?,
            agreements: &ledger.agreements,
        };
        Ok(own_case(&self.framework, practice, today))
    }
}
