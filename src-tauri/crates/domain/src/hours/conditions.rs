//! What a tier asks for beside its hours, and what an agreement to it is worth.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{TierAgreement, needed, nhs_minutes, rhythms_and_gaps, whole};
use crate::coverage::Status;
use crate::decision::{role, who};
use crate::framework::{Framework, StandardRule, SupervisionType, Tier, TierCondition, TierConditionKind};
use crate::gaps::CompetencyState;
use crate::ledger::Ledger;
use crate::needs::NeedState;
use crate::signoff::{About, Agreement};
use crate::words::{self, listed, long_date};

/// What the conditions of the tiers are held against.
pub(super) struct Conditions<'a> {
    framework: &'a Framework,
    ledger: &'a Ledger,
    competencies: &'a [CompetencyState],
    /// NHS minutes under supervision.
    pub(super) supervised: u64,
}

impl<'a> Conditions<'a> {
    pub(super) fn of(
        framework: &'a Framework,
        ledger: &'a Ledger,
        competencies: &'a [CompetencyState],
    ) -> Conditions<'a> {
        let supervised = ledger.sessions.iter().filter(|sum| sum.nhs && sum.supervised);
        Conditions { framework, ledger, competencies, supervised: supervised.map(|sum| sum.minutes).sum() }
    }

    /// The conditions of one tier that nothing settles; those of its supervisors last.
    pub(super) fn open(&self, of: &Tier) -> Vec<String> {
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
                agreement.by.independent && self.minutes_then(agreement).is_none_or(|then| then >= needed(of.hours))
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

    /// The NHS minutes that were there when a tier was agreed; nothing where that was not looked at.
    fn minutes_then(&self, agreement: &Agreement) -> Option<u64> {
        self.ledger.seen.get(&agreement.sign_off).map(|seen| nhs_minutes(&seen.sessions))
    }

    /// The tiers whose conditions count for a tier.
    fn counted(&self, tier: u8) -> impl Iterator<Item = &Tier> {
        let accumulates = self.framework.decisions.tiers_accumulate.value;
        self.framework.tiers.iter().filter(move |one| one.tier == tier || one.tier < tier && accumulates)
    }

    /// What is there by now, and was not when a tier was agreed, in the middle of a sentence: a sign-off is of what was there
    /// (docs/framework.md, "an agreement to a tier before what it asks for").
    fn since(&self, tier: u8, agreement: &Agreement) -> Vec<String> {
        let Some(seen) = self.ledger.seen.get(&agreement.sign_off) else { return Vec::new() };
        let competencies = rhythms_and_gaps(self.framework, seen).1.competencies;
        let then = Conditions::of(self.framework, seen, &competencies);
        let since = self.counted(tier).flat_map(|of| {
            let about = of.conditions.iter().map(|condition| condition.about);
            let settled = about.filter(|about| self.settled(of, *about) && !then.settled(of, *about));
            settled.map(|about| there(of, about)).collect::<Vec<_>>()
        });
        since.collect()
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
        let mut names: BTreeMap<&str, BTreeSet<u8>> = BTreeMap::new();
        by.filter(|by| !by.open.is_empty()).for_each(|by| names.entry(who(by)).or_default().extend(&by.open));
        let standard = |number: &u8| {
            let known = self.framework.supervisor_standards.iter().find(|standard| standard.number == *number);
            match known.and_then(|standard| standard.rule.as_ref()) {
                Some(StandardRule::Tier { from }) => format!("{number} (tier {from} or above)"),
                _ => number.to_string(),
            }
        };
        let sentence = |(name, open): (&str, BTreeSet<u8>)| {
            let standards = if open.len() == 1 { "standard" } else { "standards" };
            let open = listed(&open.iter().map(standard).collect::<Vec<_>>());
            words::sentence(&format!(
                "{name}, on whose word this rests, is not recorded as meeting {standards} {open} for supervisors."
            ))
        };
        names.into_iter().map(sentence).collect()
    }

    /// Every decision about a tier, and whether what is there supports it.
    pub(super) fn agreements(&self, minutes: u64) -> Vec<TierAgreement> {
        let told = |tier: &Tier| {
            let in_force: Vec<Uuid> = self.in_force(tier.tier).map(|agreement| agreement.sign_off).collect();
            // What is open about the supervisors is told, and keeps nobody back.
            let open = self.counted(tier.tier).flat_map(|one| {
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
            return vec!["Recorded, but it does not count while the supervisor’s own standards are open.".to_owned()];
        }
        if !agreement.agreed {
            return vec!["The decision was “not yet”.".to_owned()];
        }
        if !in_force {
            return vec!["A later decision was “not yet”.".to_owned()];
        }
        let needed = needed(tier.hours);
        let mut why = Vec::new();
        if minutes < needed {
            why.push(format!("The {} hours of tier {} are not there yet.", tier.hours, tier.tier));
        } else if let Some(then) = self.minutes_then(agreement).filter(|then| *then < needed) {
            let logged = words::short_duration(whole(then));
            why.push(format!(
                "On that day {logged} were logged, not {} hours yet: it is time to ask again.",
                tier.hours
            ));
        }
        let since = self.since(tier.tier, agreement);
        if !since.is_empty() {
            let (on, since) = (long_date(agreement.date), listed(&since));
            why.push(format!("Agreed on {on}, before {since}: it is time to ask again."));
        }
        let asks = |condition: &TierCondition| condition.about == TierConditionKind::IndependentApproval;
        if by.inside && tier.conditions.iter().any(asks) && !self.settled(tier, TierConditionKind::IndependentApproval)
        {
            let name = words::sentence(who(by));
            why.push(format!(
                "{name} works for the coach’s own employer, which is not from outside, whatever is ticked."
            ));
        }
        why.extend(open.iter().cloned());
        why
    }
}

/// What a condition says once it holds, in the middle of a sentence.
fn there(of: &Tier, about: TierConditionKind) -> String {
    match about {
        TierConditionKind::Training => "the training was shown".to_owned(),
        TierConditionKind::Supervised => format!("the {} hours under supervision were there", of.hours),
        TierConditionKind::Evidence => format!("the portfolio showed work at the level of tier {}", of.tier),
        TierConditionKind::Agreement => format!("tier {} was agreed", of.tier),
        TierConditionKind::IndependentApproval => format!("the move to tier {} was approved from outside", of.tier),
    }
}

fn shown(status: Status) -> bool {
    matches!(status, Status::Evidenced | Status::SignedOff)
}
