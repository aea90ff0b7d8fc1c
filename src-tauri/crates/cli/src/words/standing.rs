//! Gaps, hours, rhythm and plan in words.

use std::fmt::Write;

use app::Rhythms;
use app::domain::Kinds;
use app::domain::appraisal::Appraisal;
use app::domain::cpd::{Cpd, FormTime};
use app::domain::decision::{marked, who};
use app::domain::framework::{Framework, Need};
use app::domain::gaps::Gaps;
use app::domain::hours::Hours;
use app::domain::kind::{FieldType, label};
use app::domain::needs::{NeedState, Why};
use app::domain::plan::Plan;
use app::domain::ratings::Ratings;
use app::domain::words::{count, coverage, listed, long_date, period, sentence, shape, short_duration};
use uuid::Uuid;

pub(crate) fn gaps(gaps: &Gaps, framework: &Framework) -> String {
    let sums = gaps.summary;
    let mut text = format!(
        "{} · {}\nOf {} competencies expected at this point: {} covered, {} partly, {} not yet.\n",
        framework.title,
        long_date(gaps.today),
        sums.expected,
        sums.evidenced + sums.signed_off,
        sums.partial,
        sums.none
    );
    for area in &framework.areas {
        let _ = writeln!(text, "\n{} {}", area.number, area.title);
        for state in gaps.competencies.iter().filter(|state| state.area == area.number) {
            let (shape, word) = (shape(state.coverage()), coverage(state.coverage()));
            let stale = if state.stale { ", all of it older than your review period" } else { "" };
            let _ = writeln!(text, "  {shape} {:<5} {} · {word}{stale}", state.competency, state.title);
            for need in &state.needs {
                let mark = if need.met { "✓" } else { " " };
                let _ = writeln!(text, "      {mark} {}: {}", asked(&need.need, need.group, framework), there(need));
            }
            for decision in state.sign_off.iter().chain(&state.recorded) {
                let _ = writeln!(text, "        {}", decision.text);
            }
        }
    }
    text
}

fn there(need: &NeedState) -> String {
    let records = count(need.records.len() + need.more as usize, "record");
    let mut text = match (need.met, need.minutes) {
        _ if need.why.is_some() => need.why.clone().unwrap_or_default(),
        (true, Some(minutes)) => format!("there ({})", short_duration(minutes)),
        (true, None) => format!("there ({records})"),
        (false, Some(0)) => "not yet: no session under supervision in that time".to_owned(),
        (false, Some(minutes)) => match need.need.hours {
            Some(hours) => format!("{} so far of {hours} h", short_duration(minutes)),
            None => short_duration(minutes),
        },
        (false, None) => "not yet".to_owned(),
    };
    for uncounted in &need.uncounted {
        let _ = write!(text, "; {} not counted: {}", count(uncounted.records.len(), "record"), uncounted.says);
    }
    if let Some(mark) = &need.mark {
        let _ = write!(text, "; {mark}");
    }
    text
}

fn asked_rest(need: &Need, framework: &Framework) -> Option<String> {
    if let Some(after) = need.after {
        return Some(format!(", after {}", framework.evidence_title(after).to_lowercase()));
    }
    if let Some(months) = need.first_months {
        let hours = need.hours.map(|hours| format!("{hours} h ")).unwrap_or_default();
        return Some(format!(", {hours}under supervision in your first {months} months"));
    }
    if need.course.is_some() {
        return Some(" of the accredited e-learning on it".to_owned());
    }
    need.rhythm.map(|_| ", at the expected rhythm".to_owned())
}

/// What is asked for; with `group`, of observations only those of a group.
pub(super) fn asked(need: &Need, group: bool, framework: &Framework) -> String {
    let titles: Vec<String> =
        need.accepts().iter().map(|kind| framework.evidence_title(*kind).to_lowercase()).collect();
    let group = if group { " of a group" } else { "" };
    titles.join(" or ") + group + &asked_rest(need, framework).unwrap_or_default()
}

pub(crate) fn hours(hours: &Hours, kinds: &Kinds) -> String {
    let mut text = format!(
        "{} of NHS coaching, {} of it supervised.\n",
        short_duration(hours.nhs_minutes),
        short_duration(hours.supervised_minutes)
    );
    if hours.other_minutes > 0 {
        let _ = writeln!(text, "{} outside the NHS, which no tier counts.", short_duration(hours.other_minutes));
    }
    let sums = |field: &str, map: &std::collections::BTreeMap<String, u32>| {
        let named = kinds.newest_of("session").and_then(|kind| kind.field(field)).map(|field| &field.holds);
        let options = match named {
            Some(FieldType::Choice { options, .. }) => options.as_slice(),
            _ => &[],
        };
        let part = |(id, minutes): (&String, &u32)| {
            format!("{} {}", label(options, id).to_lowercase(), short_duration(*minutes))
        };
        let parts: Vec<String> = map.iter().map(part).collect();
        if parts.is_empty() { String::new() } else { format!("{}.\n", sentence(&listed(&parts))) }
    };
    text += &sums("mode", &hours.by_mode);
    text += &sums("format", &hours.by_format);
    let _ = match hours.tier {
        0 => writeln!(text, "Working towards tier 1."),
        tier => writeln!(text, "The hours of tier {tier} are reached."),
    };
    if hours.agreed_tier > 0 {
        let _ = writeln!(text, "Tier {} is agreed.", hours.agreed_tier);
    }
    for open in hours.open.iter().filter(|open| open.tier <= hours.tier) {
        for condition in &open.conditions {
            let _ = writeln!(text, "  Tier {}, still open: {condition}", open.tier);
        }
    }
    if let Some(next) = &hours.next {
        let _ = write!(text, "Tier {} is {} away", next.tier, short_duration(next.minutes_left));
        let _ = match next.forecast {
            Some(date) => {
                let days = count(next.pace_days, "day");
                writeln!(text, ": about {} at the pace of the last {days}.", long_date(date))
            }
            None => writeln!(text, "."),
        };
        for condition in hours.open.iter().filter(|open| open.tier == next.tier).flat_map(|open| &open.conditions) {
            let _ = writeln!(text, "  Beside the hours: {condition}");
        }
    }
    for agreement in &hours.agreements {
        let (tier, date) = (agreement.tier, long_date(agreement.date));
        let said = if agreement.agreed { "agreed to" } else { "said \"not yet\" to" };
        let outside = if agreement.independent { ", from another organisation," } else { "" };
        let mark = marked(&agreement.by).map(|mark| format!(" ({mark})")).unwrap_or_default();
        let _ = writeln!(text, "{}{outside} {said} tier {tier} on {date}{mark}.", sentence(who(&agreement.by)));
        if agreement.agreed {
            // What is open anyway stands above.
            let open = |why: &&String| hours.open.iter().all(|open| !open.conditions.contains(why));
            for why in agreement.why_not.iter().filter(open) {
                let _ = writeln!(text, "  {why}");
            }
        }
    }
    text + "Contact minutes as they were; a group counts once; no travel, notes, role play or missed appointments.\n"
}

pub(crate) fn rhythm(rhythms: &Rhythms, framework: &Framework) -> String {
    let mut text = String::new();
    for kind in &rhythms.kinds {
        let of = framework.rhythms.iter().find(|of| of.supervision == kind.supervision);
        let _ = writeln!(text, "{}", of.map_or(kind.supervision.id(), |of| &of.title));
        let _ = match kind.last {
            Some(last) => writeln!(text, "  last: {}", long_date(last)),
            None => writeln!(text, "  none yet"),
        };
        let _ = match kind.overdue_days {
            _ if kind.away => writeln!(text, "  nothing is due while you are away"),
            0 => writeln!(text, "  next by: {}", long_date(kind.due)),
            days => writeln!(text, "  was due by {}: {} ago", long_date(kind.due), count(days, "day")),
        };
        if let Some(agreed) = kind.agreed {
            let past = if agreed < rhythms.today { "; is it in your log?" } else { "" };
            let _ = writeln!(text, "  agreed when you last met: {}{past}", long_date(agreed));
        }
        if kind.open && kind.last.is_some() && kind.overdue_days == 0 {
            let _ = writeln!(text, "  none yet in the period that is running");
        }
        for without in &kind.without {
            let _ = writeln!(text, "  {}", without.says);
        }
        if !kind.enough && kind.kept() {
            let asked = kind.minutes_recommended.map(short_duration).unwrap_or_default();
            let _ = writeln!(text, "  the rhythm is kept; {asked} a month is recommended");
        }
        if !kind.uncounted.is_empty() {
            let _ =
                writeln!(text, "  {} not counted: {}", count(kind.uncounted.len(), "meeting"), Why::OtherRole.says());
        }
        if let Some(mark) = &kind.mark {
            let _ = writeln!(text, "  {mark}");
        }
        if let Some(note) = &kind.note {
            let _ = writeln!(text, "  {note}");
        }
        // Nothing is no news to whoever has just begun.
        if kind.minutes_in_period == 0 && kind.group_minutes_in_period == 0 {
            continue;
        }
        let _ = writeln!(
            text,
            "  since {}: {} one to one ({} a month), {} in groups",
            long_date(kind.since),
            short_duration(kind.minutes_in_period),
            short_duration(kind.minutes_a_month),
            short_duration(kind.group_minutes_in_period)
        );
    }
    text + "A group session is a good addition; the rhythm is kept by meeting one to one.\n"
}

pub(crate) fn plan(plan: &Plan, framework: &Framework) -> String {
    if plan.open_needs == 0 {
        return "Nothing that is expected of you at this point is open.\n".to_owned();
    }
    let mut text = String::new();
    for (place, step) in plan.steps.iter().enumerate() {
        let how = step.like.map_or(step.how.clone(), |first| format!("In the same way as step {}.", first + 1));
        let _ = writeln!(text, "{}. {}\n   {how}", place + 1, step.title);
        for counts in &step.counts_as {
            let _ = writeln!(text, "   {} for {}", counts.title, listed(&counts.competencies));
        }
        if !step.after.is_empty() {
            let first: Vec<String> = step.after.iter().map(|place| format!("{}", place + 1)).collect();
            let _ = writeln!(text, "   Comes after step {}", listed(&first));
        }
        if !step.completes.is_empty() {
            let place = |number: &String| framework.competencies.iter().position(|one| one.number == *number);
            let mut completes = step.completes.clone();
            completes.sort_by_key(place);
            let _ = writeln!(text, "   Then covered: {}", listed(&completes));
        }
    }
    for ongoing in &plan.ongoing {
        let title = framework.competency(&ongoing.competency).map_or("", |competency| &competency.title);
        let _ = writeln!(text, "{} {title}: {}", ongoing.competency, ongoing.text);
    }
    text
}

pub(crate) fn ratings(ratings: &[Ratings], name: &dyn Fn(Uuid) -> Option<String>) -> String {
    if ratings.is_empty() {
        return "Nobody has said anything of a competency yet. A statement in which you rate yourself is where to begin.\n"
            .to_owned();
    }
    let mut text = String::new();
    for of in ratings {
        let _ = writeln!(text, "{} {}", of.competency, of.title);
        for (who, said) in [("you", &of.own), ("someone else", &of.others)] {
            for rating in said {
                let who = rating.person.and_then(name).unwrap_or_else(|| who.to_owned());
                let reason = rating.reason.split_whitespace().collect::<Vec<_>>().join(" ");
                let because = if reason.is_empty() { String::new() } else { format!(": {reason}") };
                let level = rating.level.replace('-', " ");
                let _ = writeln!(text, "  {who}, {}: {level}{because}", long_date(rating.date));
            }
        }
    }
    text
}

/// What was learnt: how long in which form, what changed, what has to be renewed.
fn learnt(cpd: &Cpd) -> String {
    let mut text = String::new();
    if !cpd.by_form.is_empty() {
        // A title that goes on after a comma would be read as two forms here.
        let form = |time: &FormTime| {
            let title = time.title.split(',').next().unwrap_or_default().to_lowercase();
            format!("{title} {}", short_duration(time.minutes))
        };
        let forms: Vec<String> = cpd.by_form.iter().map(form).collect();
        let _ = writeln!(text, "{} of learning: {}.", short_duration(cpd.minutes), forms.join(", "));
    }
    for one in &cpd.changed {
        let changed = one.changed.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "  What changed after \"{}\": {changed}", one.title);
    }
    if cpd.unsaid > 0 && !cpd.by_form.is_empty() {
        let _ = writeln!(text, "  {} not say yet what changed because of it.", one_or_many(cpd.unsaid));
    }
    for one in &cpd.ending {
        let ends = if one.days_left < 0 { "ran out" } else { "runs out" };
        let _ = writeln!(text, "  {} {ends} on {}.", one.title, long_date(one.expires));
    }
    text
}

fn one_or_many(records: u32) -> String {
    format!("{} {}", count(records, "record"), if records == 1 { "does" } else { "do" })
}

pub(crate) fn appraisal(appraisal: &Appraisal, framework: &Framework) -> String {
    let sums = appraisal.gaps.summary;
    let mut text = format!(
        "{}, as it stood on the last day (noted on {}).\n\
         Of {} competencies expected: {} covered, {} partly, {} not yet.\n\
         {} of NHS coaching in the period, {} in all.\n",
        period(appraisal.from, appraisal.to),
        long_date(appraisal.noted),
        sums.expected,
        sums.evidenced + sums.signed_off,
        sums.partial,
        sums.none,
        short_duration(appraisal.minutes_in_period),
        short_duration(appraisal.hours.nhs_minutes),
    );
    for kind in &appraisal.supervision {
        let missed: Vec<&str> = kind.without.iter().map(|without| without.says.as_str()).collect();
        let missed = if missed.is_empty() { String::new() } else { format!(" ({})", missed.join("; ")) };
        let in_period = short_duration(kind.minutes_in_period);
        let of = framework.rhythms.iter().find(|of| of.supervision == kind.supervision);
        let title = of.map_or(kind.supervision.id(), |of| &of.title);
        let _ = writeln!(text, "{title}: {in_period} one to one{missed}.");
    }
    if let Some(removed) = &appraisal.removed {
        let _ = writeln!(text, "{}", removed.says);
    }
    text += &learnt(&appraisal.cpd);
    for goal in &appraisal.goals {
        let due = goal.due.map(|due| format!(", by {}", long_date(due))).unwrap_or_default();
        let overdue = if goal.overdue { ", past its day" } else { "" };
        let status = match goal.status.as_str() {
            "done" => "reached",
            "dropped" => "set aside",
            _ => "open",
        };
        let _ = writeln!(text, "Goal: {} ({status}{due}{overdue})", goal.title);
        if goal.status == "open" && !goal.missing.is_empty() {
            let _ = writeln!(text, "  it does not say yet: {}", goal.missing.join("; "));
        }
    }
    text
}
