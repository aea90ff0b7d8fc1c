//! Supervision of the three kinds, at their rhythms, with a month missed now and then.

use chrono::{Datelike, NaiveDate};
use domain::prompts::{Model, shipped};
use serde_json::{Value, json};

use super::calendar::{at_work, later, working};
use super::people::People;
use super::texts::{ActionText, SupervisionText, SupervisionTexts};
use super::writing::{Writing, put};

/// A kind of supervision as this coach has it.
struct Log<'t> {
    texts: &'t [SupervisionText],
    supervision: &'static str,
    supervisor: &'static str,
    group: bool,
    /// In which calendar months: every how many, beginning with which.
    every: usize,
    from: usize,
    /// How often a month is missed: once in this many, and never when 0.
    missed_in: usize,
    minutes: &'static [u32],
    modes: &'static [&'static str],
}

/// Writes all of it.
pub(super) fn write(writing: &mut Writing<'_>, texts: &SupervisionTexts, people: &People) {
    let coaching = Log {
        texts: &texts.health_coaching,
        supervision: "health-coaching",
        supervisor: "supervisor",
        group: false,
        every: 1,
        from: 0,
        missed_in: 12,
        minutes: &[60, 60, 75, 90],
        modes: &["video", "video", "video", "face-to-face"],
    };
    let group = Log {
        texts: &texts.group,
        group: true,
        every: 5,
        from: 3,
        missed_in: 0,
        minutes: &[90, 120],
        modes: &["video", "face-to-face"],
        ..coaching
    };
    let line = Log {
        texts: &texts.line_management,
        supervision: "line-management",
        supervisor: "manager",
        missed_in: 24,
        minutes: &[45, 60],
        modes: &["face-to-face", "face-to-face", "video"],
        ..coaching
    };
    let clinical = Log {
        texts: &texts.clinical,
        supervision: "clinical",
        supervisor: "clinician",
        every: 3,
        from: 1,
        missed_in: 0,
        minutes: &[30, 45, 45],
        modes: &["face-to-face"],
        ..coaching
    };
    for log in [coaching, group, line, clinical] {
        log.write(writing, people);
    }
}

impl ActionText {
    /// The action as it stands today; done once the day has come.
    fn agreed(&self, writing: &Writing<'_>, date: NaiveDate) -> Value {
        let mut action = json!({ "text": self.text, "due": later(date, self.due_days).to_string() });
        if let Some(done) = self.done_days.and_then(|days| writing.span.within(later(date, days))) {
            action["done"] = json!(done.to_string());
        }
        action
    }
}

impl Log<'_> {
    fn write(&self, writing: &mut Writing<'_>, people: &People) {
        let months = writing.span.months();
        // Counted back from the end, so that the year under review has its gap.
        let gaps: Vec<usize> = match self.missed_in {
            0 => Vec::new(),
            every => (0..months.len()).step_by(every).map(|block| block + writing.rng.usize(4..9)).collect(),
        };
        let mut said = 0;
        for (index, first) in months.iter().enumerate() {
            let back = months.len() - 1 - index;
            // The first months are never missed: someone new is looked after.
            let missed = index > 2 && gaps.contains(&back);
            let due = index >= self.from && (index - self.from).is_multiple_of(self.every);
            let day = at_work(later(*first, writing.rng.u64(5..24)));
            if let Some(date) = writing.span.within(day).filter(|_| due && !missed)
                && let Some((text, again)) = self.text(said)
            {
                self.one(writing, people, text, date, again);
                said += 1;
            }
        }
    }

    /// The text in turn, and whether it was there before; what belongs to the beginning is said once.
    fn text(&self, said: usize) -> Option<(&SupervisionText, bool)> {
        if let Some(text) = self.texts.get(said) {
            return Some((text, false));
        }
        let lasting: Vec<&SupervisionText> = self.texts.iter().filter(|text| !text.early).collect();
        let turn = (said - self.texts.len()) % lasting.len().max(1);
        lasting.get(turn).map(|text| (*text, true))
    }

    fn one(&self, writing: &mut Writing<'_>, people: &People, text: &SupervisionText, date: NaiveDate, again: bool) {
        let models: Vec<Model> = shipped().into_iter().filter(|model| model.kind == "supervision").collect();
        let title = if again { format!("{}, {}", text.title, date.year()) } else { text.title.clone() };
        let minute = writing.rng.u32(12 * 60..16 * 60);
        let mut draft = writing.begin("supervision", date, minute, &title, &text.body);
        put(&mut draft, "type", self.supervision);
        put(&mut draft, "format", if self.group { "group" } else { "individual" });
        put(&mut draft, "minutes", writing.one_of(self.minutes).copied().unwrap_or(60));
        put(&mut draft, "mode", writing.one_of(self.modes).copied().unwrap_or("video"));
        put(&mut draft, "supervisor", people.id(self.supervisor));
        if self.group {
            put(&mut draft, "participants", writing.rng.u32(5..8));
        }
        if let Some(model) = &text.model {
            put(&mut draft, "model", model.as_str());
        }
        if let Some(asked) = text.model.as_ref().and_then(|id| models.iter().find(|model| model.id == *id)) {
            let answers = asked.prompts.iter().zip(&text.answers);
            let answers: Vec<Value> =
                answers.map(|(asked, said)| json!({ "prompt": asked.prompt, "text": said })).collect();
            if !answers.is_empty() {
                put(&mut draft, "answers", answers);
            }
        }
        let actions: Vec<Value> = text.actions.iter().map(|action| action.agreed(writing, date)).collect();
        if !actions.is_empty() {
            put(&mut draft, "actions", actions);
        }
        if text.notes_reviewed {
            put(&mut draft, "session_notes_reviewed", true);
        }
        if let Some(safeguarding) = &text.safeguarding {
            put(&mut draft, "safeguarding", safeguarding.clone());
        }
        put(&mut draft, "usefulness", text.usefulness);
        if !self.group {
            let weeks = u64::try_from(self.every).unwrap_or(1) * 4;
            put(&mut draft, "next", working(later(date, weeks * 7)).to_string());
        }
        writing.claim(&mut draft, &text.claims);
        writing.keep(draft);
    }
}
