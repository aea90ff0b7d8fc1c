//! The things a coach can arrange next, and what each of them could be evidence of.

use crate::evidence::EvidenceKind::{self, *};

/// Something a coach can arrange, that leaves one record behind.
#[derive(Debug)]
pub(super) struct Act {
    /// Names it in answers, such as `observed-session`.
    pub(super) id: &'static str,
    /// What it is, as the beginning of "… would close".
    pub(super) one: &'static str,
    /// What to do about it, in a sentence.
    pub(super) how: &'static str,
    /// The record it becomes.
    pub(super) kind: &'static str,
    /// The fields that make it that: what a form is prefilled with.
    pub(super) set: &'static [(&'static str, &'static str)],
    /// What it counts as.
    pub(super) offers: &'static [EvidenceKind],
    /// How many competencies one of them can speak of in earnest. The publication sets no number; an observer's form with
    /// more than eight is not filled in with care, and a reflection on more than three is no reflection on any.
    pub(super) most: usize,
    /// Whether it happens in a group, with one client, or either.
    pub(super) setting: Setting,
}

/// Where an act can show a competency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// A session with one client: nothing of group work shows in it.
    Alone,
    /// A group session: asked for where group work is to be shown.
    Group,
    /// The setting does not matter.
    Either,
}

/// In the order in which they are proposed when they close as much.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "course",
        one: "A course with practice sessions",
        how: "Choose a course in which you practise and are watched, and keep its certificate.",
        kind: "learning",
        set: &[("form", "course"), ("practice_sessions", "yes")],
        offers: &[TrainingPractice, TrainingRecord, Certificate],
        most: 20,
        setting: Setting::Either,
    },
    Act {
        id: "observed-session",
        one: "One observed session",
        how: "Ask someone to sit in, or record with the client's consent, and give them these competencies to look for.",
        kind: "observation",
        set: &[("source", "live")],
        offers: &[ObservedPractice],
        most: 8,
        setting: Setting::Alone,
    },
    Act {
        id: "observed-group",
        one: "One observed group session",
        how: "Ask someone to sit in on a group, and give them these competencies to look for.",
        kind: "observation",
        set: &[("source", "live")],
        offers: &[ObservedPractice],
        most: 8,
        setting: Setting::Group,
    },
    Act {
        id: "coaching-supervision",
        one: "One health coaching supervision that goes through your session notes",
        how: "Bring these competencies and your notes to your next supervision, and write up what came of it.",
        kind: "supervision",
        set: &[("type", "health-coaching"), ("format", "individual"), ("session_notes_reviewed", "yes")],
        offers: &[CoachingSupervision, SessionNotesReview],
        most: 4,
        setting: Setting::Either,
    },
    Act {
        id: "line-management",
        one: "One line management meeting",
        how: "Put these competencies on the agenda with your line manager, and write up what came of it.",
        kind: "supervision",
        set: &[("type", "line-management"), ("format", "individual")],
        offers: &[LineManagement],
        most: 4,
        setting: Setting::Either,
    },
    Act {
        id: "clinical-supervision",
        one: "One clinical supervision",
        how: "Bring these competencies to your clinical supervisor, and write up what came of it.",
        kind: "supervision",
        set: &[("type", "clinical"), ("format", "individual")],
        offers: &[ClinicalSupervision],
        most: 4,
        setting: Setting::Either,
    },
    Act {
        id: "client-feedback",
        one: "Feedback from two clients",
        how: "Ask two clients how it was for them, spoken or with a short survey.",
        kind: "feedback",
        set: &[("from", "client")],
        offers: &[ClientFeedback],
        most: 6,
        setting: Setting::Either,
    },
    Act {
        id: "peer-group",
        one: "One facilitated peer group",
        how: "Show a piece of your work in a peer group, and ask its facilitator for feedback.",
        kind: "peer-learning",
        set: &[("form", "peer-group")],
        offers: &[PeerGroup, Portfolio],
        most: 4,
        setting: Setting::Either,
    },
    Act {
        id: "e-learning",
        one: "One e-learning module with a certificate",
        how: "Take a module on these, and keep its certificate.",
        kind: "learning",
        set: &[("form", "e-learning")],
        offers: &[ELearning, Certificate],
        most: 4,
        setting: Setting::Either,
    },
    Act {
        id: "self-directed-learning",
        one: "One piece of reading or research",
        how: "Read up on these, and write down what you take from it.",
        kind: "learning",
        set: &[("form", "self-directed")],
        offers: &[SelfDirectedLearning, Portfolio],
        most: 4,
        setting: Setting::Either,
    },
    Act {
        id: "reflection",
        one: "One reflection",
        how: "Write about a session in which this mattered.",
        kind: "reflection",
        set: &[],
        offers: &[ReflectiveJournal, Portfolio],
        most: 3,
        setting: Setting::Either,
    },
    Act {
        id: "supervised-session",
        one: "One session under supervision",
        how: "Log your sessions and say which were under supervision.",
        kind: "session",
        set: &[("supervised", "yes")],
        offers: &[PracticeHours],
        most: 1,
        setting: Setting::Either,
    },
];
