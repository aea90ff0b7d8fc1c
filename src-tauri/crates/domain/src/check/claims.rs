//! Claims that a record cannot make, because of what another record says.

use super::{Books, Problem};
use crate::counts_as::seen;
use crate::evidence::EvidenceKind;
use crate::record::Record;
use crate::remark::Remark;

/// What group work is told of an observation of one client.
const ONE_TO_ONE: &str = "was one to one, and this competency is about groups: take the claim out, or put forward an \
     observation of a group.";

/// The claims of an observation that was one to one for what only an observation of a group shows, each as a problem.
/// Whether the session that it names was with a group is `in_group`, nothing where there is no such session.
///
/// An import lets them in, and they count for nothing ([`crate::needs`]): what was written before this was asked must still
/// travel.
#[must_use]
pub fn of_one_to_one(record: &Record, books: Books<'_>, in_group: Option<bool>) -> Vec<Problem> {
    let said = books.kinds.of(record).map(|kind| kind.said(&record.fields)).unwrap_or_default();
    let offered = books.kinds.of(record).map(|kind| kind.offered(&record.fields)).unwrap_or_default();
    if seen(&said, in_group) != Remark::OneToOne {
        return Vec::new();
    }
    let refused = |(at, claim): (usize, &crate::Claim)| {
        let competency = books.framework.competency(&claim.competency)?;
        let counts = claim.counts_as.as_ref().map_or(offered.as_slice(), std::slice::from_ref);
        let group = |need| books.framework.asks_for_group(competency.area, need);
        let asked = counts.contains(&EvidenceKind::ObservedPractice) && competency.needs.iter().any(group);
        let message = format!("{}: the session {ONE_TO_ONE}", claim.competency);
        asked.then(|| Problem { field: format!("claims[{at}]"), message })
    };
    record.claims.iter().enumerate().filter_map(refused).collect()
}
