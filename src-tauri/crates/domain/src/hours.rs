//! Hours of coaching and the tier they reach.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::coverage::Status;
use crate::framework::{Framework, TierConditionKind};
use crate::gaps::CompetencyState;
use crate::ledger::{Ledger, PACE_DAYS};
use crate::signoff::About;
use crate::views::SessionSum;

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
    /// The highest tier that a supervisor agreed to; 0 when none.
    pub agreed_tier: u8,
    /// Conditions of the tier held by hours that no record settles.
    pub outstanding: Vec<String>,
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
    /// The day the hours are reached at the pace of the last 90 days; nothing when there was none.
    pub forecast: Option<NaiveDate>,
    /// NHS minutes of the last 90 days: what the forecast rests on.
    pub pace_minutes: u32,
    /// Conditions besides the hours that no record settles.
    pub open_conditions: Vec<String>,
}

/// The tier that the ledger's hours reach, 0 to 4.
#[must_use]
pub fn tier_by_hours(framework: &Framework, ledger: &Ledger) -> u8 {
    let minutes = nhs_minutes(&ledger.sessions);
    framework.tiers.iter().filter(|tier| minutes >= needed(tier.hours)).map(|tier| tier.tier).max().unwrap_or(0)
}

/// Adds up the ledger's hours, and checks what is there against the conditions of the tiers.
///
/// The conditions (docs/framework.md, "Tiers"): training is settled by the profile's route or an accredited course;
/// hours under supervision by the log; "evidence of the level" when every competency that was expected before the tier
/// is covered or agreed; agreement by a supervisor's sign-off of that tier; independent approval by one from outside
/// the coach's own organisation.
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
    let supervised: u64 = nhs().filter(|sum| sum.supervised).map(|sum| sum.minutes).sum();
    let decided = |tier: u8| ledger.agreements.iter().find(|a| a.agreed && a.about == About::Tier(tier));
    let open = |tier: u8| -> Vec<String> {
        let conditions = framework.tiers.iter().filter(|t| t.tier == tier).flat_map(|t| &t.conditions);
        let settled = |about: TierConditionKind| match about {
            TierConditionKind::Training => ledger.profile.trained,
            TierConditionKind::Supervised => {
                framework.tiers.iter().find(|t| t.tier == tier).is_none_or(|t| supervised >= needed(t.hours))
            }
            TierConditionKind::Evidence => evidence_of_level(framework, competencies, tier),
            TierConditionKind::Agreement => decided(tier).is_some(),
            TierConditionKind::IndependentApproval => decided(tier).is_some_and(|agreement| agreement.independent),
        };
        conditions.filter(|c| !settled(c.about)).map(|c| c.text.clone()).collect()
    };
    let all = nhs_minutes(&ledger.sessions);
    let tier = tier_by_hours(framework, ledger);
    let pace_minutes = nhs_minutes(&ledger.pace);
    let next = framework.tiers.iter().find(|next| next.tier > tier).map(|next| {
        let left = needed(next.hours).saturating_sub(all);
        NextTier {
            tier: next.tier,
            minutes_left: whole(left),
            forecast: forecast(left, pace_minutes, ledger.today),
            pace_minutes: whole(pace_minutes),
            open_conditions: open(next.tier),
        }
    });
    let agreed = ledger.agreements.iter().filter(|agreement| agreement.agreed);
    Hours {
        nhs_minutes: whole(all),
        other_minutes: whole(ledger.sessions.iter().filter(|sum| !sum.nhs).map(|sum| sum.minutes).sum()),
        supervised_minutes: whole(supervised),
        tier,
        agreed_tier: agreed
            .filter_map(|a| if let About::Tier(tier) = a.about { Some(tier) } else { None })
            .max()
            .unwrap_or(0),
        outstanding: if tier == 0 { Vec::new() } else { open(tier) },
        next,
        by_mode,
        by_format,
        sessions: nhs().map(|sum| sum.sessions).fold(0, u32::saturating_add),
    }
}

/// Whether everything that was expected before a tier is covered or agreed: areas 1 to 3 for tier 2, area 4 as well for
/// the tiers above.
fn evidence_of_level(framework: &Framework, competencies: &[CompetencyState], tier: u8) -> bool {
    let expected = |number: &str| {
        framework.competency(number).is_some_and(|competency| competency.expected_from_tier < tier.max(1))
    };
    competencies
        .iter()
        .filter(|state| expected(&state.competency))
        .all(|state| matches!(state.status, Status::Evidenced | Status::SignedOff))
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

fn forecast(minutes_left: u64, pace_minutes: u64, today: NaiveDate) -> Option<NaiveDate> {
    if pace_minutes == 0 {
        return None;
    }
    let days = (minutes_left * PACE_DAYS).div_ceil(pace_minutes);
    // Beyond twenty years a date says less than none.
    (days <= 20 * 365).then(|| today.checked_add_days(Days::new(days))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::kind::Kinds;
    use crate::signoff::Agreement;
    use crate::views::Session;
    use uuid::Uuid;

    fn session(date: &str, minutes: u32) -> Session {
        Session {
            date: date.parse().unwrap(),
            minutes,
            format: "one-to-one".into(),
            mode: "video".into(),
            nhs: true,
            supervised: false,
            attended: true,
        }
    }

    fn ledger(sessions: &[Session]) -> Ledger {
        let today = "2026-11-21".parse().unwrap();
        let mut ledger = Ledger::of(&[], &Kinds::shipped(), &Framework::shipped(), today);
        ledger.profile.trained = true;
        ledger.sessions = SessionSum::of(sessions);
        let pace = crate::ledger::pace(today);
        ledger.pace = SessionSum::of(sessions.iter().filter(|session| session.date >= pace.from().unwrap()));
        ledger
    }

    fn on_today(sessions: &[Session]) -> Hours {
        hours(&Framework::shipped(), &ledger(sessions), &[])
    }

    fn agreed(tier: u8, independent: bool) -> Agreement {
        Agreement {
            sign_off: Uuid::from_u128(1),
            date: "2026-10-10".parse().unwrap(),
            about: About::Tier(tier),
            agreed: true,
            sufficient: false,
            independent,
            changed: false,
        }
    }

    #[test]
    fn the_move_to_tier_two_takes_an_independent_approver() {
        let mut ledger = ledger(&[session("2025-01-02", 200 * 60)]);
        let outstanding = |ledger: &Ledger| hours(&Framework::shipped(), ledger, &[]).outstanding.len();
        assert_eq!(outstanding(&ledger), 1);
        ledger.agreements = vec![agreed(2, false)];
        assert_eq!(outstanding(&ledger), 1);
        ledger.agreements = vec![agreed(2, true)];
        let hours = hours(&Framework::shipped(), &ledger, &[]);
        assert_eq!((hours.outstanding.len(), hours.tier, hours.agreed_tier), (0, 2, 2));
    }

    #[test]
    fn tier_three_takes_a_supervisors_agreement_from_anywhere() {
        let mut ledger = ledger(&[session("2025-01-02", 500 * 60)]);
        assert_eq!(hours(&Framework::shipped(), &ledger, &[]).outstanding.len(), 1);
        ledger.agreements = vec![agreed(3, false)];
        assert_eq!(hours(&Framework::shipped(), &ledger, &[]).outstanding, Vec::<String>::new());
    }

    #[test]
    fn evidence_of_the_level_is_everything_that_was_expected_before() {
        let framework = Framework::shipped();
        let ledger = ledger(&[session("2025-01-02", 200 * 60)]);
        let mut gaps = crate::gaps::gaps(&framework, &ledger, 2, &[]);
        assert_eq!(hours(&framework, &ledger, &gaps.competencies).outstanding.len(), 2);
        for state in gaps.competencies.iter_mut().filter(|state| state.area < 4) {
            state.status = Status::Evidenced;
        }
        assert_eq!(hours(&framework, &ledger, &gaps.competencies).outstanding.len(), 1, "area 4 comes with tier 2");
        gaps.competencies[0].status = Status::Partial;
        assert_eq!(hours(&framework, &ledger, &gaps.competencies).outstanding.len(), 2);
    }

    #[test]
    fn hours_by_mode_and_by_format_add_up_to_the_whole() {
        let group = Session { format: "group".into(), mode: "face-to-face".into(), ..session("2026-11-03", 90) };
        let sums = on_today(&[session("2026-11-02", 50), group]);
        assert_eq!((sums.by_mode.values().sum::<u32>(), sums.by_format.values().sum::<u32>()), (140, 140));
    }

    #[test]
    fn only_attended_nhs_minutes_count_towards_a_tier() {
        let missed = Session { attended: false, ..session("2026-11-01", 600) };
        let private = Session { nhs: false, ..session("2026-11-01", 45) };
        let sums = on_today(&[session("2026-11-02", 50), missed, private]);
        assert_eq!((sums.nhs_minutes, sums.other_minutes, sums.tier), (50, 45, 0));
    }

    #[test]
    fn fifty_hours_to_the_minute_is_tier_one() {
        assert_eq!(on_today(&[session("2025-01-02", 49 * 60 + 59)]).tier, 0);
        assert_eq!(on_today(&[session("2025-01-02", 50 * 60)]).tier, 1);
    }

    #[test]
    fn hours_do_not_promote_by_themselves() {
        let sums = on_today(&[session("2025-01-02", 200 * 60)]);
        assert_eq!(sums.tier, 2);
        assert!(!sums.outstanding.is_empty());
    }

    #[test]
    fn the_forecast_keeps_the_pace_of_the_last_ninety_days() {
        let sums = on_today(&[session("2026-11-01", 1_500)]);
        let next = sums.next.unwrap();
        assert_eq!((next.minutes_left, next.forecast), (1_500, Some("2027-02-19".parse().unwrap())));
        assert_eq!(on_today(&[session("2026-08-23", 60)]).next.unwrap().forecast, None);
    }

    #[test]
    fn there_is_nothing_after_tier_four() {
        assert_eq!(on_today(&[session("2025-01-02", 1_000 * 60)]).next, None);
    }
}
