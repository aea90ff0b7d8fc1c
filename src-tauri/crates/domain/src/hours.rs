//! Hours of coaching and the tier they reach.

mod conditions;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::framework::Framework;
use crate::gaps::{CompetencyState, Gaps, gaps};
use crate::ledger::Ledger;
use crate::rhythm::{Log, Rhythm, rhythm};
use crate::signers::By;
use crate::views::SessionSum;
use conditions::Conditions;

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

/// The rhythms in the framework's order, and every competency as it is expected at the tier that the hours reach.
#[must_use]
pub fn rhythms_and_gaps(framework: &Framework, ledger: &Ledger) -> (Vec<Rhythm>, Gaps) {
    let each = framework.rhythms.iter().map(|of| rhythm(of, &framework.decisions, Log::of(ledger)));
    let rhythms: Vec<Rhythm> = each.collect();
    let gaps = gaps(framework, ledger, tier_by_hours(framework, ledger), &rhythms);
    (rhythms, gaps)
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
    let conditions = Conditions::of(framework, ledger, competencies);
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
