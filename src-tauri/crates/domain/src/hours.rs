//! Hours of coaching and the tier they reach.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::coverage::Status;
use crate::decision::{role, who};
use crate::framework::{Framework, SupervisionType, Tier, TierConditionKind};
use crate::gaps::CompetencyState;
use crate::ledger::Ledger;
use crate::needs::NeedState;
use crate::signoff::{About, Agreement, By};
use crate::views::SessionSum;
use crate::words;

/// Hours and tier on a day. The rule, printed with every total: contact minutes as they were, a group counts once, no
/// travel, notes, role play or missed appointments; only NHS coaching counts towards a tier (docs/framework.md,
/// "Tiers").
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Hours {
    /// Attended NHS minutes.
    pub nhs_minutes: u32,
    /// Attended minutes outside the NHS, kept apart.
    pub other_minutes: u32,
    /// Of the NHS minutes, those under supervision.
    pub supervised_minutes: u32,
    /// The tier held by hours, 0 to 4; nothing is promoted by itself.
    pub tier: u8,
    /// The highest tier that a supervisor agreed to and that the hours and the conditions support; 0 when none.
    pub agreed_tier: u8,
    /// Conditions of the tier held by hours, and of those below it, that no record settles.
    pub outstanding: Vec<String>,
    /// The conditions that are open, by the tier that asks for them, up to the next.
    pub open: Vec<OpenConditions>,
    /// Every decision about a tier, whether it carries it or not.
    pub agreements: Vec<TierAgreement>,
    /// The next tier; nothing at the highest.
    pub next: Option<NextTier>,
    /// NHS minutes by `face-to-face`, `telephone`, `video`.
    pub by_mode: BTreeMap<String, u32>,
    /// NHS minutes by `one-to-one`, `group`; a group session counts once, whoever took part.
    pub by_format: BTreeMap<String, u32>,
    /// Attended NHS sessions.
    pub sessions: u32,
}

/// What lies between the coach and the next tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct NextTier {
    /// 1 to 4.
    pub tier: u8,
    /// Minutes still to go.
    pub minutes_left: u32,
    /// The day the hours are reached at the pace of late; nothing when there was none.
    pub forecast: Option<NaiveDate>,
    /// NHS minutes of the days that the forecast rests on.
    pub pace_minutes: u32,
    /// How many days these are: the last 90, or those since the start where these are fewer.
    pub pace_days: u16,
    /// Conditions of it and of the tiers below it, besides the hours, that no record settles.
    pub open_conditions: Vec<String>,
}

/// What one tier asks for beside its hours and is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct OpenConditions {
    /// 1 to 4.
    pub tier: u8,
    /// A sentence each; none where all is there.
    pub conditions: Vec<String>,
}

/// A decision about a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TierAgreement {
    /// 1 to 4.
    pub tier: u8,
    /// The sign-off's record.
    pub record: Uuid,
    /// The day.
    pub date: NaiveDate,
    /// "Agreed", and not "not yet".
    pub agreed: bool,
    /// By someone from outside the coach's own organisation.
    pub independent: bool,
    /// It counts, and the hours and the conditions are there.
    pub supported: bool,
    /// Why it does not carry the tier, a sentence each; none when it does.
    pub why_not: Vec<String>,
    /// Who decided, and what is open about them.
    pub by: By,
}

/// The tier that the ledger's hours reach, 0 to 4.
#[must_use]
pub fn tier_by_hours(framework: &Framework, ledger: &Ledger) -> u8 {
    let minutes = nhs_minutes(&ledger.sessions);
    framework.tiers.iter().filter(|tier| minutes >= needed(tier.hours)).map(|tier| tier.tier).max().unwrap_or(0)
}

/// Adds up the ledger's hours, and checks what is there against the conditions of the tiers.
///
/// The conditions (docs/framework.md, "Tiers"): training is settled by its records; the hours of the tier that asks for
/// supervision by as many hours under supervision, at whatever tier the coach is; "evidence of the level" when every
/// competency that was expected before the tier is covered or agreed; agreement by a supervisor's sign-off of that tier;
/// independent approval by one of that very tier from outside the coach's own organisation. What a tier asks for stays
/// open at every higher one.
#[must_use]
pub fn hours(framework: &Framework, ledger: &Ledger, competencies: &[CompetencyState]) -> Hours {
    let nhs = || ledger.sessions.iter().filter(|sum| sum.nhs);
    let mut by_mode: BTreeMap<String, u32> = BTreeMap::new();
    let mut by_format: BTreeMap<String, u32> = BTreeMap::new();
    for sum in nhs() {
        for (group, name) in [(&mut by_mode, &sum.mode), (&mut by_format, &sum.format)] {
            let minutes = group.entry(name.clone()).or_default();
            *minutes = minutes.saturating_add(whole(sum.minutes));
        }
    }
    let conditions = Conditions {
        framework,
        ledger,
        competencies,
        supervised: nhs().filter(|sum| sum.supervised).map(|sum| sum.minutes).sum(),
    };
    let all = nhs_minutes(&ledger.sessions);
    let tier = tier_by_hours(framework, ledger);
    let pace_minutes = nhs_minutes(&ledger.pace);
    let next = framework.tiers.iter().find(|next| next.tier > tier);
    let open: Vec<OpenConditions> = framework
        .tiers
        .iter()
        .filter(|of| of.tier <= next.map_or(tier, |next| next.tier))
        .map(|of| OpenConditions { tier: of.tier, conditions: conditions.open(of) })
        .collect();
    let up_to = |tier: u8| -> Vec<String> {
        let counts =
            |of: &&OpenConditions| of.tier == tier || of.tier < tier && framework.decisions.tiers_accumulate.value;
        open.iter().filter(counts).flat_map(|of| of.conditions.iter().cloned()).collect()
    };
    let agreements = conditions.agreements(all);
    Hours {
        nhs_minutes: whole(all),
        other_minutes: whole(ledger.sessions.iter().filter(|sum| !sum.nhs).map(|sum| sum.minutes).sum()),
        supervised_minutes: whole(conditions.supervised),
        tier,
        agreed_tier: agreements.iter().filter(|one| one.supported).map(|one| one.tier).max().unwrap_or(0),
        outstanding: up_to(tier),
        next: next.map(|next| {
            let left = needed(next.hours).saturating_sub(all);
            NextTier {
                tier: next.tier,
                minutes_left: whole(left),
                forecast: forecast(left, pace_minutes, ledger),
                pace_minutes: whole(pace_minutes),
                pace_days: ledger.pace_days,
                open_conditions: up_to(next.tier),
            }
        }),
        open,
        agreements,
        by_mode,
        by_format,
        sessions: nhs().map(|sum| sum.sessions).fold(0, u32::saturating_add),
    }
}

/// What the conditions of the tiers are held against.
struct Conditions<'a> {
    framework: &'a Framework,
    ledger: &'a Ledger,
    competencies: &'a [CompetencyState],
    /// NHS minutes under supervision.
    supervised: u64,
}

impl Conditions<'_> {
    /// The conditions of one tier that nothing settles; those of its supervisors last.
    fn open(&self, of: &Tier) -> Vec<String> {
        let open = of.conditions.iter().filter(|condition| !self.settled(of, condition.about));
        open.map(|condition| of.told(condition)).chain(self.unproven(of)).collect()
    }

    fn settled(&self, of: &Tier, about: TierConditionKind) -> bool {
        match about {
            TierConditionKind::Training => self.ledger.profile.trained,
            TierConditionKind::Supervised => self.supervised >= needed(of.hours),
            TierConditionKind::Evidence => self.expected(of.tier).all(|state| shown(state.status)),
            TierConditionKind::Agreement => self.in_force(of.tier).next().is_some(),
            TierConditionKind::IndependentApproval => self.in_force(of.tier).any(|agreement| {
                // Before its hours there was nothing to approve yet.
                agreement.by.independent && agreement.basis.nhs_minutes >= needed(of.hours)
            }),
        }
    }

    /// What was expected before a tier: areas 1 to 3 for tier 2, area 4 as well for the tiers above.
    fn expected(&self, tier: u8) -> impl Iterator<Item = &CompetencyState> {
        self.competencies.iter().filter(move |state| {
            let competency = self.framework.competency(&state.competency);
            competency.is_some_and(|competency| competency.expected_from_tier < tier.max(1))
        })
    }

    fn of_tier(&self, tier: u8) -> impl Iterator<Item = &Agreement> {
        self.ledger.agreements.iter().filter(move |agreement| agreement.about == About::Tier(tier))
    }

    /// The agreements to a tier that count and that no later "not yet" has overtaken.
    fn in_force(&self, tier: u8) -> impl Iterator<Item = &Agreement> {
        let counting: Vec<&Agreement> = self.of_tier(tier).filter(|agreement| agreement.by.counts).collect();
        let from = counting.iter().rposition(|agreement| !agreement.agreed).map_or(0, |at| at + 1);
        counting.into_iter().skip(from)
    }

    /// A sentence for each supervisor on whose word a tier rests and whose own standards are open: who agreed to it, who
    /// accepted the training, and who signed the competencies whose evidence it is the first to ask for, or gave the
    /// supervision that one of them is.
    fn unproven(&self, of: &Tier) -> Vec<String> {
        let asks = |tier: &Tier, about| tier.conditions.iter().any(|condition| condition.about == about);
        let evidence = |tier: &&Tier| asks(tier, TierConditionKind::Evidence);
        let before = self.framework.tiers.iter().filter(|tier| tier.tier < of.tier).filter(evidence);
        let earlier: Vec<&str> =
            before.flat_map(|tier| self.expected(tier.tier)).map(|s| s.competency.as_str()).collect();
        let asked = || {
            let first = |state: &&CompetencyState| evidence(&of) && !earlier.contains(&state.competency.as_str());
            self.expected(of.tier).filter(first).filter(|state| shown(state.status))
        };
        let signed =
            asked().filter(|state| state.status == Status::SignedOff).filter_map(|state| state.sign_off.as_ref());
        let is_coaching = |need: &NeedState| need.need.rhythm == Some(SupervisionType::HealthCoaching);
        let supervised = asked().any(|state| state.needs.iter().any(is_coaching));
        let relied = &self.ledger.relied;
        let by = signed
            .map(|decision| &decision.by)
            .chain(self.in_force(of.tier).map(|agreement| &agreement.by))
            .chain(relied.supervised.iter().filter(|_| supervised))
            .chain(relied.accepted.iter().filter(|_| asks(of, TierConditionKind::Training)));
        let names: BTreeSet<&str> = by.filter(|by| !by.marks.is_empty()).map(who).collect();
        let from = self.framework.supervisors_from_tier();
        let tier = if from > 0 { format!("tier {from} or above, and ") } else { String::new() };
        let sentence = |name: &str| {
            words::sentence(&format!(
                "{name}, on whose word this rests, is not recorded as meeting the standards for supervisors: {tier}each \
                 standard seen."
            ))
        };
        names.into_iter().map(sentence).collect()
    }

    /// Every decision about a tier, and whether what is there supports it.
    fn agreements(&self, minutes: u64) -> Vec<TierAgreement> {
        let told = |tier: &Tier| {
            let in_force: Vec<Uuid> = self.in_force(tier.tier).map(|agreement| agreement.sign_off).collect();
            let accumulates = self.framework.decisions.tiers_accumulate.value;
            let counted =
                self.framework.tiers.iter().filter(|one| one.tier == tier.tier || one.tier < tier.tier && accumulates);
            // What is open about the supervisors is told, and keeps nobody back.
            let open = counted.flat_map(|one| {
                one.conditions
                    .iter()
                    .filter(|condition| !self.settled(one, condition.about))
                    .map(|condition| one.told(condition))
            });
            let open: Vec<String> = open.collect();
            let one = |agreement: &Agreement| {
                let why = self.why_not(tier, agreement, minutes, &open, in_force.contains(&agreement.sign_off));
                TierAgreement {
                    tier: tier.tier,
                    record: agreement.sign_off,
                    date: agreement.date,
                    agreed: agreement.agreed,
                    independent: agreement.by.independent,
                    supported: why.is_empty(),
                    why_not: why,
                    by: agreement.by.clone(),
                }
            };
            self.of_tier(tier.tier).map(one).collect::<Vec<_>>()
        };
        self.framework.tiers.iter().flat_map(told).collect()
    }

    /// Why an agreement does not carry its tier, a sentence each.
    fn why_not(
        &self,
        tier: &Tier,
        agreement: &Agreement,
        minutes: u64,
        open: &[String],
        in_force: bool,
    ) -> Vec<String> {
        let by = &agreement.by;
        if !by.decides && by.role.is_none() {
            return vec![
                "Recorded, and it counts once it is known who they are: their name and role are not here.".to_owned(),
            ];
        }
        if !by.decides {
            return vec![format!("Recorded, but {} does not decide about a tier.", role(by))];
        }
        if !by.counts {
            return vec!["Recorded, but it does not count while the supervisor's own standards are open.".to_owned()];
        }
        if !agreement.agreed {
            return vec!["The decision was \"not yet\".".to_owned()];
        }
        if !in_force {
            return vec!["A later decision was \"not yet\".".to_owned()];
        }
        let (needed, then) = (needed(tier.hours), agreement.basis.nhs_minutes);
        let mut why = Vec::new();
        if minutes < needed {
            why.push(format!("The {} hours of tier {} are not there yet.", tier.hours, tier.tier));
        } else if then < needed {
            let logged = words::short_duration(whole(then));
            why.push(format!(
                "On that day {logged} were logged, not {} hours yet: it is time to ask again.",
                tier.hours
            ));
        }
        why.extend(open.iter().cloned());
        why
    }
}

fn shown(status: Status) -> bool {
    matches!(status, Status::Evidenced | Status::SignedOff)
}

fn nhs_minutes(sums: &[SessionSum]) -> u64 {
    sums.iter().filter(|sum| sum.nhs).map(|sum| sum.minutes).sum()
}

fn needed(hours: u32) -> u64 {
    u64::from(hours) * 60
}

/// Minutes as they are given out, capped at more than eight thousand years.
fn whole(minutes: u64) -> u32 {
    u32::try_from(minutes).unwrap_or(u32::MAX)
}

fn forecast(minutes_left: u64, pace_minutes: u64, ledger: &Ledger) -> Option<NaiveDate> {
    if pace_minutes == 0 {
        return None;
    }
    let days = (minutes_left * u64::from(ledger.pace_days)).div_ceil(pace_minutes);
    // Beyond twenty years a date says less than none.
    (days <= 20 * 365).then(|| ledger.today.checked_add_days(Days::new(days))).flatten()
}

#[cfg(test)]
mod tests;
