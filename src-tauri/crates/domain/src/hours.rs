//! Hours of coaching and the tier they reach.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::framework::{Framework, TierConditionKind};
use crate::views::{Profile, Session};

/// Over how many days the pace is taken that a forecast rests on.
const PACE_DAYS: u64 = 90;

/// Hours and tier on a day. The rule, printed with every total: contact minutes as they were, a group counts once, no
/// travel, notes, role play or missed appointments; only NHS coaching counts towards a tier (framework.md, "Tiers").
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
    /// Conditions of the tier held by hours that no record settles.
    pub outstanding: Vec<String>,
    /// The next tier; nothing at the highest.
    pub next: Option<NextTier>,
    /// NHS minutes by `face-to-face`, `telephone`, `video`.
    pub by_mode: BTreeMap<String, u32>,
    /// NHS minutes by `one-to-one`, `group`.
    pub by_format: BTreeMap<String, u32>,
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
    /// What must hold beside the hours and no record settles.
    pub open_conditions: Vec<String>,
}

/// Adds up sessions until `today`.
#[must_use]
pub fn hours(framework: &Framework, sessions: &[Session], profile: &Profile, today: NaiveDate) -> Hours {
    let mut hours = Hours {
        nhs_minutes: 0,
        other_minutes: 0,
        supervised_minutes: 0,
        tier: 0,
        outstanding: Vec::new(),
        next: None,
        by_mode: BTreeMap::new(),
        by_format: BTreeMap::new(),
    };
    let pace_from = today.checked_sub_days(Days::new(PACE_DAYS)).unwrap_or(NaiveDate::MIN);
    let mut pace_minutes = 0;
    for session in sessions.iter().filter(|session| session.attended && session.date <= today) {
        if !session.nhs {
            hours.other_minutes += session.minutes;
            continue;
        }
        hours.nhs_minutes += session.minutes;
        hours.supervised_minutes += if session.supervised { session.minutes } else { 0 };
        pace_minutes += if session.date > pace_from { session.minutes } else { 0 };
        *hours.by_mode.entry(session.mode.clone()).or_default() += session.minutes;
        *hours.by_format.entry(session.format.clone()).or_default() += session.minutes;
    }
    let open = |tier: u8| -> Vec<String> {
        let conditions = framework.tiers.iter().filter(|t| t.tier == tier).flat_map(|t| &t.conditions);
        let settled = |about: TierConditionKind| match about {
            TierConditionKind::Training => profile.trained,
            TierConditionKind::Supervised => {
                let needed = framework.tiers.iter().find(|t| t.tier == tier).map_or(0, |t| t.hours * 60);
                hours.supervised_minutes >= needed
            }
            _ => false,
        };
        conditions.filter(|c| !settled(c.about)).map(|c| c.text.clone()).collect()
    };
    let reached =
        framework.tiers.iter().filter(|tier| hours.nhs_minutes >= tier.hours * 60).map(|tier| tier.tier).max();
    let tier = reached.unwrap_or(0);
    let next = framework.tiers.iter().find(|next| next.tier > tier).map(|next| {
        let minutes_left = next.hours * 60 - hours.nhs_minutes;
        NextTier {
            tier: next.tier,
            minutes_left,
            forecast: forecast(minutes_left, pace_minutes, today),
            pace_minutes,
            open_conditions: open(next.tier),
        }
    });
    let outstanding = if tier == 0 { Vec::new() } else { open(tier) };
    Hours { tier, outstanding, next, ..hours }
}

fn forecast(minutes_left: u32, pace_minutes: u32, today: NaiveDate) -> Option<NaiveDate> {
    if pace_minutes == 0 {
        return None;
    }
    let days = (u64::from(minutes_left) * PACE_DAYS).div_ceil(u64::from(pace_minutes));
    // Beyond twenty years a date says less than none.
    (days <= 20 * 365).then(|| today.checked_add_days(Days::new(days))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    fn on_today(sessions: &[Session]) -> Hours {
        let profile = Profile { started: None, fte: 1.0, review_months: 12, trained: true };
        hours(&Framework::shipped(), sessions, &profile, "2026-11-21".parse().unwrap())
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
