//! The caseload in words.

use std::fmt::Write;

use app::domain::Kinds;
use app::domain::caseload::{Caseload, Client, LATELY_DAYS, Seen, Share, USUAL_MINUTES, USUAL_SESSIONS};
use app::domain::kind::{FieldType, label};
use app::domain::words::{count, counted, duration, listed, long_date, short_date};

/// How many clients of a list are printed; `--json` has them all.
const LISTED: usize = 40;

pub(crate) fn caseload(caseload: &Caseload, kinds: &Kinds) -> String {
    let mut text = format!("Your caseload · {}\n", long_date(caseload.today));
    if caseload.clients.is_empty() && caseload.waiting.is_empty() && caseload.finished.is_empty() {
        text += "\nNobody is in it yet. Say with whom when you log a session, by a pseudonym such as \"Client A\".\n";
        text += &unnamed(caseload);
        return text;
    }
    let (current, long_ago): (Vec<&Client>, Vec<&Client>) =
        caseload.clients.iter().partition(|client| client.seen != Seen::LongAgo);
    let _ = writeln!(text, "\nYou are seeing {}.", count(caseload.being_seen, "client"));
    for client in current.iter().take(LISTED) {
        text += &line(client);
    }
    text += &rest(current.len());
    if !caseload.waiting.is_empty() {
        text += "\nHave not come yet\n";
        for one in caseload.waiting.iter().take(LISTED) {
            let missed = missed(one.did_not_attend, one.cancelled);
            let _ = writeln!(text, "  {}: last appointment on {}{missed}", one.client, short_date(one.last));
        }
        text += &rest(caseload.waiting.len());
    }
    text += "\nHow it goes\n";
    let _ = writeln!(
        text,
        "  In the last {LATELY_DAYS} days {} sessions a week, and {} on a day that had any.",
        caseload.per_week, caseload.per_day
    );
    let not_held = [
        (caseload.did_not_attend > 0)
            .then(|| format!("nobody came to {}", count(caseload.did_not_attend, "appointment"))),
        (caseload.cancelled > 0).then(|| format!("{} cancelled", counted(caseload.cancelled, "was", "were"))),
    ];
    let not_held: Vec<String> = not_held.into_iter().flatten().collect();
    if !not_held.is_empty() {
        let _ = writeln!(text, "  In these days {}; that counts as no session.", listed(&not_held));
    }
    if let Some(minutes) = caseload.usual_minutes {
        let (least, most) = USUAL_MINUTES;
        let _ = writeln!(text, "  A session usually lasts {minutes} minutes; {least} to {most} are a guide.");
    }
    if let Some(sessions) = caseload.usual_sessions {
        let (least, most) = USUAL_SESSIONS;
        let sessions = count(sessions, "session");
        let _ = writeln!(text, "  Coaching usually takes {sessions}; {least} to {most} are a guide.");
    }
    text += &unnamed(caseload);
    if !caseload.by_practice.is_empty() {
        text += "\nBy practice, in the last twelve months\n";
        for one in &caseload.by_practice {
            let (sessions, clients) = (count(one.sessions, "session"), count(one.clients, "client"));
            let _ = writeln!(text, "  {}: {sessions} with {clients}, {}", one.practice, duration(one.minutes));
        }
    }
    text += &shares("Where they came from, in the last twelve months", &caseload.referred_from, kinds, "referred_from");
    text += &shares("What came of it, in the last twelve months", &caseload.came_of_it, kinds, "ended");
    if !long_ago.is_empty() {
        let _ = writeln!(text, "\n{} not seen for long; --json names them.", count(long_ago.len(), "client"));
    }
    if !caseload.to_discuss.is_empty() {
        text += "\nTo talk over with your line manager\n";
        for point in &caseload.to_discuss {
            let _ = writeln!(text, "  {}", point.text);
        }
    }
    text
}

fn line(client: &Client) -> String {
    let since = match client.days_since {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{} ago", count(days, "day")),
    };
    let review = if client.review_due { "; time to look back together" } else { "" };
    let sessions = count(client.sessions, "session");
    let (first, missed) = (short_date(client.first), missed(client.did_not_attend, client.cancelled));
    format!("  {}: {sessions} since {first}, the last {since}{missed}{review}\n", client.client)
}

/// ", 1 missed, 2 cancelled".
fn missed(did_not_attend: u32, cancelled: u32) -> String {
    let part = |n: u32, what: &str| if n > 0 { format!(", {n} {what}") } else { String::new() };
    part(did_not_attend, "not attended") + &part(cancelled, "cancelled")
}

fn rest(of: usize) -> String {
    match of.saturating_sub(LISTED) {
        0 => String::new(),
        more => format!("  and {more} more; --json names them all\n"),
    }
}

fn unnamed(caseload: &Caseload) -> String {
    match caseload.unnamed {
        0 => String::new(),
        n => format!(
            "  {} of the last twelve months {} not say with whom.\n",
            count(n, "session"),
            if n == 1 { "does" } else { "do" }
        ),
    }
}

/// How many share each answer to a question that sessions ask.
fn shares(title: &str, shares: &[Share], kinds: &Kinds, field: &str) -> String {
    if shares.is_empty() {
        return String::new();
    }
    let options = match kinds.newest_of("session").and_then(|kind| kind.field(field)).map(|field| &field.holds) {
        Some(FieldType::Choice { options, .. }) => options.as_slice(),
        _ => &[],
    };
    let line = |share: &Share| format!("  {}: {}\n", label(options, &share.id), share.clients);
    format!("\n{title}\n{}", shares.iter().map(line).collect::<String>())
}
