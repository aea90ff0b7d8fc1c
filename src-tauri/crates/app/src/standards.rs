//! The standards for a health-coaching supervisor: those who supervise the coach, and the coach's own case.

use chrono::{Days, Months, NaiveDate};
use domain::framework::SupervisionType;
use domain::standards::{OwnCase, Practice, SupervisorCheck, own_case, supervisor};
use domain::views::{Person, Statement, Supervision};
use serde::Serialize;
use uuid::Uuid;

use crate::failure::{Code, Failure};
use crate::vault::OpenVault;

/// Everyone who supervises the coach's health coaching, and the coach, held against the standards.
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
    /// Holds one person, or everyone who supervises the coach's health coaching and the coach too, against the standards.
    ///
    /// # Errors
    /// When that record is no person, or the vault cannot be read.
    pub fn standards(&self, person: Option<Uuid>) -> Result<Standards, Failure> {
        let today = self.clock.today();
        let mut people = match person {
            Some(id) => {
                let record = self.record(id)?;
                let person = Person::of(&record).ok_or_else(|| {
                    Failure::new(format!("\"{}\" is not a person.", record.title)).code(Code::NotAPerson)
                })?;
                vec![person]
            }
            None => self.views("person", None, Person::of)?,
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
        let year_ago = today.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
        let from = year_ago.checked_add_days(Days::new(1)).unwrap_or(today);
        let sums = self.vault.sessions().sums(Some(from), Some(today))?;
        let caseload: u64 = sums.iter().filter(|sum| sum.nhs).map(|sum| sum.minutes).sum();
        let names = self.views("person", None, Person::of)?;
        let received = self.views("supervision", Some((from, today)), |record| {
            let ours = |one: &Supervision| one.individual && one.supervision == SupervisionType::HealthCoaching;
            Supervision::of(record).filter(ours).map(|one| (one.minutes, record.reference("supervisor")))
        })?;
        let by = |id: Uuid| names.iter().find(|person| person.id == id).map(|person| person.name.clone());
        let mut supervised_by: Vec<String> = received.iter().filter_map(|(_, id)| id.and_then(by)).collect();
        supervised_by.sort();
        supervised_by.dedup();
        let practice = Practice {
            tier: self.hours()?.tier,
            caseload_minutes: u32::try_from(caseload).unwrap_or(u32::MAX),
            supervision_sessions: u32::try_from(received.len()).unwrap_or(u32::MAX),
            supervision_minutes: received.iter().map(|(minutes, _)| minutes).sum(),
            supervised_by: &supervised_by,
        };
        let statements = self.views("statement", None, Statement::of)?;
        Ok(own_case(&self.framework, &statements, practice, today))
    }
}
